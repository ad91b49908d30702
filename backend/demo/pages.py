"""Who lives in the demo, for whoever tries the product. In development only."""

from __future__ import annotations

from typing import Any

from litestar import get

from backend.demo.listed import listed


@get("/dev/people.json", needs="nothing")
async def show_people() -> list[dict[str, Any]]:
    """Everyone with what it takes to sign in as them; password and secret are null for the only invited."""
    return await listed()


routes = [show_people]
