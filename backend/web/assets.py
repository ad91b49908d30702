"""The browser's side, as Vite built it: read once, held in memory, served with a year's cache or none."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True, slots=True)
class Asset:
    """One built file, with its brotli form where that is smaller."""

    body: bytes
    brotli: bytes | None
    media_type: str
    hashed: bool


@cache
def built() -> dict[str, Asset]:
    """Every built file by its path under static/."""
    files: dict[str, Asset] = {}
    for file in sorted(STATIC.rglob("*")):
        if not file.is_file() or file.suffix == ".br":
            continue
        compressed = file.with_name(file.name + ".br")
        name = file.relative_to(STATIC).as_posix()
        files[name] = Asset(
            file.read_bytes(),
            compressed.read_bytes() if compressed.exists() else None,
            mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            name.startswith("assets/"),
        )
    return files


@cache
def manifest() -> dict[str, dict[str, str]]:
    """The list of what each source became; empty before the first build."""
    place = STATIC / "manifest.json"
    found: dict[str, dict[str, str]] = json.loads(place.read_text()) if place.exists() else {}
    return found


@cache
def asset(source: str) -> str:
    """The address of a built file by the name of its source, such as `app.js`."""
    found = manifest().get(source)
    return "/static/" + (found["file"] if found else source)


@cache
def inline(source: str) -> str:
    """A small built file as a `data:` address, where asking for it would cost more than it weighs."""
    found = built().get(asset(source).removeprefix("/static/"))
    return f"data:{found.media_type},{quote(found.body.decode())}" if found else "data:,"


def send(request: Request[Any, Any, Any], name: str, cache_control: str) -> Response[bytes]:
    """One built file, brotli where the browser takes it."""
    found = built().get(name)
    if found is None:
        raise NotFoundException
    body, headers = found.body, {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if found.brotli is not None and "br" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = found.brotli, "br"
    return Response(body, media_type=found.media_type, headers=headers)


@get("/static/{name:path}", needs="nothing", session=False, sync_to_thread=False)
def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A built file; those with a hash in their name never change."""
    name = name.lstrip("/")
    return send(
        request, name, "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
    )


@get("/sw.js", needs="nothing", session=False, sync_to_thread=False)
def service_worker(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The service worker, from the root so that it covers every page.

    An hour old at most: with no-cache the browser asks for it at every page, also when nothing changed."""
    return send(request, "sw.js", "max-age=3600")


@get("/manifest.webmanifest", needs="nothing", session=False, sync_to_thread=False)
def web_app_manifest(request: Request[Any, Any, Any]) -> Response[bytes]:
    """What makes the site installable."""
    return send(request, "manifest.webmanifest", "no-cache")


@get("/favicon.ico", needs="nothing", session=False, sync_to_thread=False)
def favicon(request: Request[Any, Any, Any]) -> Response[bytes]:
    """For browsers that ask before reading the page."""
    return send(request, asset("icon-192.png").removeprefix("/static/"), "public, max-age=86400")


routes = [static_file, service_worker, web_app_manifest, favicon]
