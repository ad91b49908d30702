"""A form's body is text in UTF-8, whatever its sender calls it."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException

OTHER_CHARSET = re.compile(rb"charset\s*=\s*\"?(?!utf-?8\b)", re.IGNORECASE)
"""Each part of a form may name its own, and Python knows some that take time by the square of the length."""

MOST_FIELDS = 200
"""Ours hold some fifteen; a hundred thousand would take a second to put in order."""


class FormRequest(Request[Any, Any, Any]):
    """A request of a page; of what it cannot read it says so, instead of failing."""

    async def form(self) -> FormMultiDict:
        kind = self.content_type[0]
        if kind == RequestEncodingType.MULTI_PART and OTHER_CHARSET.search(await self.body()):
            raise ClientException("forms are UTF-8")
        if kind == RequestEncodingType.URL_ENCODED and (await self.body()).count(b"&") > MOST_FIELDS:
            raise ClientException("too many fields")
        try:
            return await super().form()
        except (UnicodeError, LookupError) as error:
            raise ClientException("unreadable form") from error
