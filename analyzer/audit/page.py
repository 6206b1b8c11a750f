"""The parts of the audit's page: issues, findings, drawing, matrix, tables and steps, each a section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.audit.drawing import WORDS, draw
from analyzer.audit.elements import Markup, Part, breaking, code, el, said
from analyzer.model.audit import Audit, Check, Evidence, Issue, Option, Patch, ProjectAudit, Remark, Spot, TableRow
from analyzer.model.finding import Severity
from analyzer.model.report import Entry
from analyzer.reporter import counted

_FOLDED = 6
# Of many issues only the first ones are open, so that one sees which there are.
_MANY, _OPEN = 10, 3
_WORST = ("missing", "fails", "hinted", "modelled", "built")
_LETTERS = {"select": "S", "insert": "I", "upsert": "U+", "update": "U", "delete": "D", "realtime": "R"}


def level(severity: Severity | None) -> Markup:
    """The severity as a word in a frame."""
    word = severity.label if severity is not None else "nothing found"
    return el("span", word, class_=f"level {severity.label if severity is not None else 'fine'}")


def section(name: str, title: str, *parts: Part) -> Markup:
    """A section that the navigation leads to."""
    return el("section", el("h2", title, id=f"{name}-title"), *parts, id=name, aria_labelledby=f"{name}-title")


# --- issues -----------------------------------------------------------------------------------------------------------


def issues(found: Sequence[Issue], prefix: str) -> Iterator[Markup]:
    """Each issue, those open that nobody should miss."""
    for number, each in enumerate(found, 1):
        title = (level(each.severity), " ", f"{number}. ", said(each.title))
        yield el(
            "details",
            el("summary", *title),
            el("div", *_issue(each)),
            class_="issue",
            open=number <= _OPEN if len(found) > _MANY else each.severity >= Severity.ERROR,
            id=f"{prefix}issue-{number}",
        )


def _issue(issue: Issue) -> Iterator[Part]:
    yield el("p", said(issue.problem), " ", el("span", ", ".join(issue.codes), class_="quiet"))
    yield el("h3", "Evidence")
    yield el("ul", (el("li", _evidence(each)) for each in issue.evidence))
    if issue.impact:
        yield el("h3", "Impact")
        yield el("ul", (el("li", said(each)) for each in issue.impact))
    if issue.options:
        chosen = all(each.recommended for each in issue.options)
        yield el("h3", "What to do" if chosen else "Options")
        yield el("ul", (_option(each, marked=not chosen) for each in issue.options), class_="options")
    yield from map(_patch, issue.patches)


def _evidence(evidence: Evidence) -> Part:
    if not evidence.spots:
        return said(evidence.title)
    advice = el("div", "→ ", said(evidence.advice), class_="quiet") if evidence.advice else ""
    if len(evidence.spots) == 1:
        return said(evidence.title), ": ", _spot(evidence.spots[0]), advice
    spots = el("ul", (el("li", _spot(each)) for each in evidence.spots))
    folded = el(
        "details", el("summary", said(evidence.title)), spots, class_="places", open=len(evidence.spots) <= _FOLDED
    )
    return folded, advice


def _spot(spot: Spot) -> Part:
    return code(f"{spot.path}:{spot.line}"), " " if spot.what else "", said(spot.what)


def _option(option: Option, *, marked: bool) -> Markup:
    best = marked and option.recommended
    score = f" (likeness {option.score:.2f})" if option.score is not None else ""
    mark = (" ", el("strong", "recommended", class_="fine")) if best else ""
    reasons = el("ul", (el("li", said(each)) for each in option.reasons)) if option.reasons else ""
    return el("li", said(option.title), score, mark, reasons, class_="best" if best else None)


def _patch(patch: Patch) -> Part:
    text = (
        el("pre", el("code", patch.text), tabindex=0)
        if patch.text is not None
        else el("p", "The file is to be taken away.")
    )
    return el("h3", "Fix: ", code(patch.path)), el("p", said(patch.why)) if patch.why else "", text


# --- findings ---------------------------------------------------------------------------------------------------------


def findings(entries: Sequence[Entry]) -> Iterator[Markup]:
    """A form to choose with, and all findings; without scripts, all are shown."""
    codes = sorted({(each.code, each.name) for each in entries})
    yield el(
        "form",
        el(
            "div",
            el("label", "Words", for_="words"),
            el("input", type="search", id="words", name="words"),
            class_="field",
        ),
        el(
            "div",
            el("label", "Rule", for_="code"),
            el(
                "select",
                el("option", "all", value=""),
                (el("option", f"{code} {name}", value=code) for code, name in codes),
                id="code",
                name="code",
            ),
            class_="field",
        ),
        el("fieldset", el("legend", "Severity"), map(_box, sorted({each.severity for each in entries}, reverse=True))),
        el("button", "Reset", type="reset"),
        class_="filter js-only",
    )
    yield el("p", id="told", class_="quiet", role="status")
    yield el("ol", map(_finding, sorted(entries, key=lambda each: -each.severity)), class_="findings")


def _box(severity: Severity) -> Markup:
    box = el("input", type="checkbox", name="level", value=severity.label, checked=True)
    return el("label", box, severity.label)


def _finding(entry: Entry) -> Markup:
    where = f"{entry.region.path}:{entry.region.start.line}:{entry.region.start.column}"
    return el(
        "li",
        el("div", level(entry.severity), " ", el("strong", entry.code), " ", code(where)),
        el("div", said(entry.message)),
        el("div", said(entry.help), class_="quiet") if entry.help else "",
        data_level=entry.severity.label,
        data_code=entry.code,
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def drawing(project: ProjectAudit, prefix: str) -> Iterator[Markup]:
    """The drawing of the foreign keys, with what its marks mean."""
    if not project.tables:
        yield el("p", "No table.")
        return
    yield el(
        "ul",
        el("li", "→ foreign key, to the table that it points at"),
        el("li", "✕ missing"),
        el("li", "! its migration fails"),
        el("li", "○ only in the domain model"),
        el("li", "? only in generated types, or in files that nothing applies"),
        el("li", "··· perhaps this was meant"),
        class_="key-list quiet",
    )
    yield el(
        "div",
        el("button", "Zoom in", type="button", data_zoom="in"),
        el("button", "Zoom out", type="button", data_zoom="out"),
        el("button", "Fit", type="button", data_zoom="fit"),
        class_="tools js-only",
    )
    yield _scroll("Drawing of the foreign keys", draw(project, prefix), "scroll drawing")
    yield el(
        "p",
        "Keys on Supabase's own tables, such as auth.users, are not drawn; the list below has them.",
        class_="quiet",
    )


def matrix(project: ProjectAudit, prefix: str) -> Iterator[Markup]:
    """Code files against tables, with what each file does."""
    states = {row.name: row.state for row in project.tables}
    asked = Counter(name for tables in project.calls.values() for name in tables)
    names = sorted(asked, key=lambda name: (states.get(name) != "missing", -asked[name], name))
    if not names:
        yield el("p", "No code asks for a table.")
        return
    order = "What most files ask for comes first."
    if states.get(names[0]) == "missing":
        order = "What is missing comes first, then what most files ask for."
        box = el("input", type="checkbox", data_only=f"{prefix}matrix-table")
        yield el("div", el("label", box, " only files that ask for what is missing"), class_="tools js-only")
    letters = ", ".join(f"{letter} {operation}" for operation, letter in _LETTERS.items())
    yield el("p", f"{letters}. {order}", class_="quiet")
    heads = (el("th", el("span", _short(name)), scope="col", class_=_gone(states.get(name))) for name in names)
    body = (
        el(
            "tr",
            el("th", breaking(path), scope="row"),
            (_cell(path, name, tables.get(name, ()), states.get(name)) for name in names),
        )
        for path, tables in sorted(project.calls.items(), key=lambda each: (_lacks_nothing(each[1], states), each[0]))
    )
    yield _scroll(
        "Which code file asks for which table",
        el(
            "table",
            el("thead", el("tr", el("td"), heads)),
            el("tbody", body),
            class_="matrix",
            id=f"{prefix}matrix-table",
        ),
    )


def _lacks_nothing(tables: Iterable[str], states: Mapping[str, str]) -> bool:
    return all(states.get(name) != "missing" for name in tables)


def _gone(state: str | None) -> str | None:
    return "critical" if state == "missing" else None


def _cell(path: str, name: str, operations: Sequence[str], state: str | None) -> Markup:
    if not operations:
        return el("td")
    order = sorted(
        operations, key=lambda each: (each not in _LETTERS, list(_LETTERS).index(each) if each in _LETTERS else 0)
    )
    letters = " ".join(_LETTERS.get(each, each) for each in order)
    title = f"{path}: {', '.join(operations)} on {name}{', which is missing' if state == 'missing' else ''}"
    return el("td", el("abbr", letters, title=title), class_="gone" if state == "missing" else None)


def _short(name: str) -> str:
    return name.removeprefix("public.")


def tables(project: ProjectAudit, prefix: str) -> Markup:
    """Every table with how it stands."""
    model = any(row.documented is not None for row in project.tables)
    heads = ["table", "state", "created", "columns", "calls", *(["in the model"] if model else []), "perhaps it is"]
    rows = sorted(project.tables, key=lambda row: _WORST.index(row.state))
    return _table("All tables", heads, (_table_row(row, prefix, model=model) for row in rows))


def _table_row(row: TableRow, prefix: str, *, model: bool) -> Markup:
    grade = {"missing": "critical", "fails": "warning", "built": "fine"}.get(row.state, "quiet")
    kind = "" if row.kind == "table" else f" ({row.kind})"
    return el(
        "tr",
        el("th", el("code", row.name), kind, scope="row"),
        el("td", WORDS[row.state], class_=grade),
        el("td", code(f"{row.at.path}:{row.at.line}") if row.at else "", class_="at"),
        el("td", str(len(row.columns) or "")),
        el("td", str(row.calls)),
        el("td", "yes" if row.documented else "") if model else "",
        el("td", ((el("code", each), " ") for each in row.perhaps)),
        id=f"{prefix}{row.name}",
    )


def keys(project: ProjectAudit) -> Markup:
    """The foreign keys."""
    words = {
        "built": ("built", "fine"),
        "fails": ("its table fails", "warning"),
        "no target": ("target missing", "critical"),
    }
    rows = (
        el(
            "tr",
            el("th", el("code", f"{each.table}.{', '.join(each.columns)}"), scope="row"),
            el("td", el("code", f"{each.target}.{', '.join(each.target_columns)}")),
            el("td", each.on_delete),
            el("td", words[each.state][0], class_=words[each.state][1]),
            el("td", code(f"{each.at.path}:{each.at.line}") if each.at else "", class_="at"),
        )
        for each in project.keys
    )
    return _table("Foreign keys", ["from", "to", "on delete", "state", "where"], rows)


def access(project: ProjectAudit) -> Markup:
    """Row level security and the policies."""
    rows = [row for row in project.tables if row.state in ("built", "fails") and "view" not in row.kind]
    on = sum(row.rls for row in rows)
    words = el("p", f"{on} of {counted(len(rows), 'table')} {'has' if on == 1 else 'have'} it enabled.")
    return el("div", words, _table("Row level security", ["table", "RLS", "policies"], map(_access_row, rows)))


def _access_row(row: TableRow) -> Markup:
    off = ("off", "critical") if row.exposed else ("off, not exposed", "quiet")
    word, grade = ("on", "fine") if row.rls else off
    policies = (
        el("div", each.name, el("span", f" ({each.command}, {', '.join(each.roles) or 'public'})", class_="quiet"))
        for each in row.policies
    )
    return el("tr", el("th", el("code", row.name), scope="row"), el("td", word, class_=grade), el("td", policies))


def _table(label: str, heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    head = el("thead", el("tr", (el("th", each, scope="col") for each in heads)))
    return _scroll(label, el("table", head, el("tbody", rows)))


def _scroll(label: str, content: Markup, kind: str = "scroll") -> Markup:
    return el("div", content, class_=kind, tabindex=0, role="region", aria_label=label)


# --- steps and notes --------------------------------------------------------------------------------------------------


def steps(project: ProjectAudit) -> Iterator[Markup]:
    """What to run when the changes are made, and what to try in the app."""
    yield el("p", "When the changes are made:")
    yield from (_step(number, each) for number, each in enumerate(project.checks, 1))
    if project.trials:
        yield el("h3", "In the app")
        yield el("ul", (el("li", _evidence(Evidence(each.title, each.spots))) for each in project.trials))


def _step(number: int, check: Check) -> Markup:
    text = el("pre", el("code", check.text), tabindex=0)
    return el("div", el("h3", f"{number}. ", said(check.title)), text, el("p", "Expected: ", said(check.expects)))


def remarks(notes: Iterable[Remark]) -> Markup:
    """What the audit does not know."""
    return el("ul", (el("li", _remark(each)) for each in notes))


def _remark(remark: Remark) -> Part:
    if not remark.spots:
        return said(remark.text)
    return _evidence(Evidence(remark.text, remark.spots))


def status(audit: Audit) -> Iterator[Markup]:
    """What an owner has to know first."""
    yield el("p", level(audit.worst))
    yield el("ul", (el("li", said(each)) for each in audit.status))
