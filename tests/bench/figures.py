"""The figures of one scene as lines of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.bench.rounds import BUSY, Figures
from tests.bench.scenes import Scene
from tests.bench.table import Line

LARGE_GOAL = 1.2
Found = Mapping[tuple[str, str], Figures]


def columns(databases: Sequence[str]) -> list[str]:
    """The product beside the floor; then both in the large database, there against here."""
    found = ["product", "floor", "x floor"]
    return [*found, "large", "its floor", "x small"] if "large" in databases else found


def told(scene: Scene, found: Found) -> list[Line]:
    """Costs first, then what they mean for speed."""
    ours = found["small", "product"]
    goal = f"at most {scene.goal} x floor" if scene.goal else ""
    met = ours.server <= scene.goal * found["small", "floor"].server if scene.goal else None
    both = ours.together <= scene.goal * found["small", "floor"].together if scene.goal else None
    rows = [
        Line(scene.title),
        _costs("  server, ms of processor", found, lambda f: f.server, goal, met),
        _costs("  PostgreSQL, ms", found, lambda f: f.postgres),
        _costs("  Redis, ms", found, lambda f: f.redis),
        _costs("  together, ms", found, lambda f: f.together, goal, both),
    ]
    if ("large", "product") in found:
        ratio = found["large", "product"].together / ours.together
        rows.append(
            Line(
                "  together, large x small",
                ["", "", "", "", "", f"{ratio:.2f}"],
                "at most 1.2",
                ratio <= LARGE_GOAL,
            )
        )
    limit = scene.statements
    return [
        *rows,
        Line(
            "  SQL statements",
            _cells(found, lambda f: f"{f.statements:g}"),
            f"at most {limit}" if limit else "",
            ours.statements <= limit if limit else None,
        ),
        Line("  BEGIN and COMMIT besides", _cells(found, lambda f: f"{f.brackets:g}")),
        Line("  kB on the wire, with headers", _cells(found, lambda f: f"{f.wire / 1000:.1f}")),
        Line("  kB of page, unpacked", _cells(found, lambda f: f"{f.body / 1000:.1f}")),
        Line("  requests/s, 1 connection", _cells(found, lambda f: f"{f.alone.rate:.0f}")),
        Line("    p50 / p95, ms", _cells(found, lambda f: f"{f.alone.p50:.1f} / {f.alone.p95:.1f}")),
        Line(f"  requests/s, {BUSY} connections", _cells(found, lambda f: f"{f.busy.rate:.0f}")),
        Line("    p50 / p95, ms", _cells(found, lambda f: f"{f.busy.p50:.1f} / {f.busy.p95:.1f}")),
        Line(),
    ]


def _costs(
    name: str, found: Found, of: Callable[[Figures], float], goal: str = "", met: bool | None = None
) -> Line:
    cells = _cells(found, lambda f: f"{of(f):.2f}")
    floor = of(found["small", "floor"])
    cells[2] = f"{of(found['small', 'product']) / floor:.2f}" if floor >= 0.005 else ""
    if len(cells) > 3:
        small = of(found["small", "product"])
        cells[5] = f"{of(found['large', 'product']) / small:.2f}" if small >= 0.005 else ""
    return Line(name, cells, goal, met)


def _cells(found: Found, of: Callable[[Figures], str]) -> list[str]:
    cells = [of(found["small", "product"]), of(found["small", "floor"]), ""]
    if ("large", "product") in found:
        cells += [of(found["large", "product"]), of(found["large", "floor"]), ""]
    return cells
