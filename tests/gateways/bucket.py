"""As much of S3 as keeping files takes: put, get, delete, and an upload in parts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

Answer = tuple[str, dict[str, str], bytes]


@dataclass
class Bucket:
    """What it holds, by path, the parts of uploads that were not finished, and how many of those began."""

    url: str = ""
    holds: dict[str, bytes] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    begun: int = 0

    def answer(self, method: str, target: str, body: bytes) -> Answer:
        parts = urlsplit(target)
        path, asked = parts.path, parse_qs(parts.query, keep_blank_values=True)
        upload = asked.get("uploadId", [""])[0]
        if method == "POST" and "uploads" in asked:
            self.parts["one"] = {}
            self.begun += 1
            return "200 OK", {}, _xml("InitiateMultipartUploadResult", "<UploadId>one</UploadId>")
        if method == "POST" and "delete" in asked:
            keys = re.findall("<Key>(.*?)</Key>", body.decode())
            for key in keys:
                self.holds.pop(f"{path.rstrip('/')}/{key}", None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            return "200 OK", {}, _xml("DeleteResult", deleted)
        if method == "PUT" and upload:
            self.parts[upload][int(asked["partNumber"][0])] = body
            return "200 OK", {"ETag": '"part"'}, b""
        if method == "POST" and upload:
            self.holds[path] = b"".join(part for _number, part in sorted(self.parts.pop(upload).items()))
            return "200 OK", {}, _xml("CompleteMultipartUploadResult", "<ETag>whole</ETag>")
        if method == "DELETE" and upload:
            self.parts.pop(upload)
            return "204 No Content", {}, b""
        if method == "PUT":
            self.holds[path] = body
            return "200 OK", {"ETag": '"whole"'}, b""
        if path not in self.holds:
            return "404 Not Found", {}, _xml("Error", "<Code>NoSuchKey</Code>")
        return (
            "200 OK",
            {"ETag": '"whole"', "Last-Modified": "Mon, 16 Nov 2026 09:00:00 GMT"},
            self.holds[path],
        )

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n"):
                headers = {
                    name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])
                }
                assert headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 ")
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                method, target, _version = head[0].split(" ")
                status, more, content = self.answer(method, target, body)
                lines = [f"{name}: {value}" for name, value in more.items()]
                length = f"Content-Length: {len(content)}"
                writer.write("\r\n".join([f"HTTP/1.1 {status}", length, *lines, "", ""]).encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@asynccontextmanager
async def bucket() -> AsyncIterator[Bucket]:
    found = Bucket()
    server = await asyncio.start_server(found.converse, "127.0.0.1", 0)
    found.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        server.close()


def _xml(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><{name}>{inner}</{name}>'.encode()
