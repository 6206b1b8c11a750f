"""The tables and their foreign keys as SVG, with what is missing marked."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.audit.elements import Markup, el
from analyzer.audit.graph import HEIGHT, Box, Drawing, lay_out
from analyzer.model.audit import ProjectAudit, TableRow

MARKS = {"built": "", "fails": "! ", "missing": "✕ ", "hinted": "? ", "modelled": "○ "}
WORDS = {
    "built": "built",
    "fails": "its migration fails",
    "missing": "missing",
    "hinted": "only in generated types or files that nothing applies",
    "modelled": "only in the domain model",
}
_LONGEST = 34


def draw(project: ProjectAudit, prefix: str) -> Markup:
    """The drawing; each table is a link to its row. ``prefix`` begins the ids of this project."""
    rows = {row.name: row for row in project.tables if "view" not in row.kind or row.state != "built"}
    keys = list(dict.fromkeys((key.table, key.target, key.state) for key in project.keys))
    guesses = [(row.name, row.perhaps[0]) for row in rows.values() if row.state == "missing" and row.perhaps]
    labels = {name: _label(row) for name, row in rows.items()}
    drawing = lay_out(labels, [(one, other) for one, other, _ in keys] + guesses)
    return el(
        "svg",
        el("title", "Tables and their foreign keys"),
        _arrow(prefix),
        (_edge(drawing, one, other, f"key {state.replace(' ', '-')}", prefix) for one, other, state in keys),
        (_edge(drawing, one, other, "key guess", prefix) for one, other in guesses),
        (_node(rows[name], labels[name], box, prefix) for name, box in drawing.boxes.items()),
        viewbox=f"0 0 {drawing.width:g} {drawing.height:g}",
        width=drawing.width,
        height=drawing.height,
        role="group",
        class_="graph",
    )


def _label(row: TableRow) -> str:
    name = row.name.removeprefix("public.")
    return MARKS[row.state] + (name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")


def _arrow(prefix: str) -> Markup:
    tip = el("path", d="M0,0 L8,4 L0,8 z", class_="tip")
    return el(
        "defs",
        el(
            "marker", tip, id=f"{prefix}tip", markerwidth=8, markerheight=8, refx=7, refy=4, orient="auto-start-reverse"
        ),
    )


def _edge(drawing: Drawing, one: str, other: str, kind: str, prefix: str) -> Markup:
    if one not in drawing.boxes or other not in drawing.boxes or one == other:
        return Markup()
    return el(
        "path",
        d=_curve(drawing.boxes[one], drawing.boxes[other]),
        class_=kind,
        data_from=one,
        data_to=other,
        marker_end=f"url(#{prefix}tip)",
    )


def _curve(one: Box, other: Box) -> str:
    """From the side that faces the other to the side that faces back; within a column, around it."""
    if one.x > other.x + other.width:
        start, end, bend = one.x, other.x + other.width, -1
    elif one.x + one.width < other.x:
        start, end, bend = one.x + one.width, other.x, 1
    else:
        start, end, bend = one.x, other.x, 0
    reach = max(abs(start - end) / 2, 36) * (bend or -1)
    turn = end - reach if bend else end + reach
    return f"M{start:g},{one.middle:g} C{start + reach:g},{one.middle:g} {turn:g},{other.middle:g} {end:g},{other.middle:g}"


def _node(row: TableRow, label: str, box: Box, prefix: str) -> Markup:
    return el(
        "a",
        el("title", f"{row.name}: {', '.join(_facts(row))}"),
        el("rect", x=box.x, y=box.y, width=box.width, height=HEIGHT, rx=6),
        el("text", label, x=box.x + box.width / 2, y=box.middle + 4.5),
        href=f"#{prefix}{row.name}",
        class_=f"node {row.state}",
        data_name=row.name,
    )


def _facts(row: TableRow) -> Iterator[str]:
    yield WORDS[row.state]
    yield f"{row.calls} calls"
    if row.state in ("built", "fails") and row.exposed and "view" not in row.kind:
        yield "row level security" if row.rls else "no row level security"
