"""The audit as one Markdown document, to be read from the top down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzer.audit.format import Format
from analyzer.audit.markup import block, code, table, text
from analyzer.model.audit import Audit, Check, Evidence, Issue, Patch, ProjectAudit, Remark, Spot, TableRow
from analyzer.model.finding import Severity
from analyzer.reporter import counted

_MOST_SPOTS, _MOST_EVIDENCE = 12, 30
_MARKS = {Severity.CRITICAL: "🔴", Severity.ERROR: "🟠", Severity.WARNING: "🟡", Severity.INFO: "🔵"}


def render(audit: Audit) -> Iterator[str]:
    """Status, issues from the worst on, then what there is, how to verify it, and what is not known."""
    yield "# Database audit"
    yield ""
    yield f"**Status:** {_status(audit.worst)}"
    yield ""
    yield from (f"- {text(each)}" for each in audit.status)
    several = len(audit.projects) > 1
    for project in audit.projects:
        yield ""
        if several:
            yield f"# Project {code(project.folder or '.')}"
            yield ""
        yield from _project(project)
    yield ""
    yield "## Notes"
    yield ""
    for remark in audit.remarks:
        yield from _remark(remark)


def _status(worst: Severity | None) -> str:
    return f"{_MARKS[worst]} {worst.label}" if worst is not None else "🟢 nothing found"


def _project(project: ProjectAudit) -> Iterator[str]:
    if project.issues:
        yield from _summary(project.issues)
    for number, issue in enumerate(project.issues, 1):
        yield ""
        yield from _issue(number, issue)
    yield ""
    yield from _tables(project)
    yield ""
    yield from _keys(project)
    yield ""
    yield from _access(project)
    yield ""
    yield from _verification(project)


# --- issues -----------------------------------------------------------------------------------------------------------


def _summary(issues: Sequence[Issue]) -> Iterator[str]:
    yield "## Issues"
    yield ""
    rows = (
        (str(number), f"{_MARKS[each.severity]} {each.severity.label}", text(each.title), text(_recommended(each)))
        for number, each in enumerate(issues, 1)
    )
    yield from table(("", "severity", "issue", "recommended"), rows)


def _recommended(issue: Issue) -> str:
    chosen = [each.title.rstrip(".") for each in issue.options if each.recommended]
    return chosen[0] if len(chosen) == 1 else f"{chosen[0]}; the others have their own" if chosen else ""


def _issue(number: int, issue: Issue) -> Iterator[str]:
    yield f"## {_MARKS[issue.severity]} Issue {number}: {text(issue.title)}"
    yield ""
    yield f"{issue.severity.label.capitalize()}, {', '.join(issue.codes)}. {text(issue.problem)}"
    yield ""
    yield "### Evidence"
    yield ""
    for evidence in issue.evidence[:_MOST_EVIDENCE]:
        yield from _evidence(evidence)
    if len(issue.evidence) > _MOST_EVIDENCE:
        rest = f"`fromcheck scan --select {','.join(issue.codes)}` lists all"
        yield f"- and {len(issue.evidence) - _MOST_EVIDENCE} more: {rest}"
    if issue.impact:
        yield ""
        yield "### Impact"
        yield ""
        yield from (f"- {text(each)}" for each in issue.impact)
    if issue.options:
        yield ""
        yield from _options(issue)
    for patch in issue.patches:
        yield ""
        yield from _patch(patch)


def _evidence(evidence: Evidence) -> Iterator[str]:
    if not evidence.spots:
        yield f"- {text(evidence.title)}"
        return
    if len(evidence.spots) == 1:
        yield f"- {text(evidence.title)}: {_spot(evidence.spots[0])}"
        yield from [f"  - → {text(evidence.advice)}"] if evidence.advice else []
        return
    yield f"- {text(evidence.title)}:"
    yield from (f"  - {_spot(spot)}" for spot in evidence.spots[:_MOST_SPOTS])
    if len(evidence.spots) > _MOST_SPOTS:
        yield f"  - and {len(evidence.spots) - _MOST_SPOTS} more"
    if evidence.advice:
        yield f"  - → {text(evidence.advice)}"


def _spot(spot: Spot) -> str:
    return f"{code(f'{spot.path}:{spot.line}')}{' ' + text(spot.what) if spot.what else ''}"


def _options(issue: Issue) -> Iterator[str]:
    many = len(issue.options) > 1 and not all(each.recommended for each in issue.options)
    yield "### Options" if many else "### What to do"
    yield ""
    for letter, option in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", issue.options, strict=False):
        mark = " **(recommended)**" if option.recommended and many else ""
        score = f" (likeness {option.score:.2f})" if option.score is not None else ""
        yield f"- {f'**{letter}.** ' if many else ''}{text(option.title)}{score}{mark}"
        yield from (f"  - {text(reason)}" for reason in option.reasons)


def _patch(patch: Patch) -> Iterator[str]:
    yield "### Fix"
    yield ""
    yield f"{code(patch.path)}{': ' + text(patch.why) if patch.why else ''}"
    yield ""
    yield from block(patch.text, patch.language) if patch.text is not None else ("The file is to be taken away.",)


# --- what there is ----------------------------------------------------------------------------------------------------

_SECTIONS = (
    ("In the migrations", ("built", "fails")),
    ("Used in code or migrations, but missing", ("missing",)),
    ("Only in generated types, or in files that nothing applies", ("hinted",)),
    ("In the domain model, but not built", ("modelled",)),
)


def _tables(project: ProjectAudit) -> Iterator[str]:
    yield "## Tables compared"
    for title, states in _SECTIONS:
        rows = [each for each in project.tables if each.state in states]
        if rows:
            yield ""
            yield f"### {title} ({len(rows)})"
            yield ""
            yield from _rows(rows, built="built" in states)
    unused = [each for each in project.tables if each.state in ("built", "fails") and not each.calls]
    if unused:
        yield ""
        yield f"### In the migrations, and asked for by no call that was read ({len(unused)})"
        yield ""
        yield from (f"- {code(each.name)}" for each in unused)


def _rows(rows: Sequence[TableRow], *, built: bool) -> Iterator[str]:
    model = any(each.documented is not None for each in rows)
    heads = ["table", *(["created", "columns"] if built else []), "calls", *(["in the model"] if model else [])]
    if not built:
        heads.append("perhaps it is")
    yield from table(heads, (_cells(each, built=built, model=model) for each in rows))


def _cells(row: TableRow, *, built: bool, model: bool) -> list[str]:
    cells = [code(row.name) + ("" if row.kind == "table" else f" ({row.kind})")]
    if built:
        where = code(f"{row.at.path}:{row.at.line}") if row.at else ""
        cells += [where + (" (fails)" if row.state == "fails" else ""), str(len(row.columns))]
    cells.append(str(row.calls))
    if model:
        cells.append("yes" if row.documented else "")
    if not built:
        cells.append(", ".join(map(code, row.perhaps)))
    return cells


def _keys(project: ProjectAudit) -> Iterator[str]:
    yield f"## Foreign keys ({len(project.keys)})"
    yield ""
    states = {"built": "built", "fails": "its table fails", "no target": "**target missing**"}
    rows = (
        (
            code(f"{each.table}.{', '.join(each.columns)}"),
            code(f"{each.target}.{', '.join(each.target_columns)}"),
            each.on_delete,
            states[each.state],
            code(f"{each.at.path}:{each.at.line}") if each.at else "",
        )
        for each in project.keys
    )
    yield from table(("from", "to", "on delete", "state", "where"), rows) if project.keys else ("None.",)


def _access(project: ProjectAudit) -> Iterator[str]:
    rows = [each for each in project.tables if each.state in ("built", "fails") and "view" not in each.kind]
    on = sum(each.rls for each in rows)
    yield "## Row level security"
    yield ""
    yield f"{on} of {counted(len(rows), 'table')} {'has' if on == 1 else 'have'} it enabled."
    if rows:
        yield ""
        yield from table(("table", "RLS", "policies"), map(_access_row, rows))


def _access_row(row: TableRow) -> tuple[str, str, str]:
    policies = "; ".join(
        f"{text(each.name)} ({each.command}, {text(', '.join(each.roles) or 'public')})" for each in row.policies
    )
    off = "**off**" if row.exposed else "off, not exposed"
    return code(row.name), "on" if row.rls else off, policies or ("none" if row.rls else "")


# --- what to do next --------------------------------------------------------------------------------------------------


def _verification(project: ProjectAudit) -> Iterator[str]:
    yield "## Verification"
    yield ""
    yield "When the changes are made:"
    for number, check in enumerate(project.checks, 1):
        yield ""
        yield from _check(number, check)
    if project.trials:
        yield ""
        yield "### In the app"
        yield ""
        for trial in project.trials:
            spots = ", ".join(code(f"{spot.path}:{spot.line}") for spot in trial.spots[:_MOST_SPOTS])
            more = f" and {len(trial.spots) - _MOST_SPOTS} more" if len(trial.spots) > _MOST_SPOTS else ""
            yield f"- {text(trial.title)}: {spots}{more}"


def _check(number: int, check: Check) -> Iterator[str]:
    yield f"### {number}. {text(check.title)}"
    yield ""
    yield from block(check.text, check.language)
    yield ""
    yield f"Expected: {text(check.expects)}"


def _remark(remark: Remark) -> Iterable[str]:
    yield f"- {text(remark.text)}"
    yield from (f"  - {_spot(spot)}" for spot in remark.spots[:_MOST_SPOTS])
    if len(remark.spots) > _MOST_SPOTS:
        yield f"  - and {len(remark.spots) - _MOST_SPOTS} more"


FORMAT = Format("markdown", render)
