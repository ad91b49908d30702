"""How often something was tried lately."""

from __future__ import annotations

from piccolo.columns import Array, Timestamptz, Varchar
from piccolo.table import Table


class Attempts(Table):
    """The moments of late attempts under one key, such as `code:<account>`; a strict sliding window."""

    key = Varchar(length=200, primary_key=True)
    moments = Array(base_column=Timestamptz())
