"""One table: a line a figure, the goal beside it, and whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. An empty `name` and no cells makes a blank line; a name without cells a heading."""

    name: str = ""
    cells: Sequence[str] = ()
    goal: str = ""
    met: bool | None = None


def lines(columns: Sequence[str], rows: Sequence[Line]) -> list[str]:
    """The table, its columns as wide as they need to be."""
    wide = max(len(row.name) for row in rows)
    widths = [
        max(len(column), *(len(row.cells[at]) if at < len(row.cells) else 0 for row in rows))
        for at, column in enumerate(columns)
    ]
    goals = max(len("goal"), *(len(row.goal) for row in rows))
    head = "  ".join(column.rjust(width) for column, width in zip(columns, widths, strict=True))
    found = [f"{'':{wide}}  {head}  {'goal'}".rstrip()]
    for row in rows:
        cells = [*row.cells, *[""] * (len(columns) - len(row.cells))]
        told = "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        mark = {None: "", True: "yes", False: "NO"}[row.met]
        found.append(f"{row.name:{wide}}  {told}  {row.goal:{goals}}  {mark}".rstrip())
    return found
