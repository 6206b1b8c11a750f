"""The audit of a scan: the report's findings by what they are about, beside what each project builds and asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from analyzer.audit.checks import make_checks, make_trials
from analyzer.audit.general import general_issues
from analyzer.audit.missing import about_missing, missing_issues
from analyzer.audit.remarks import make_remarks
from analyzer.audit.tables import call_matrix, key_rows, table_rows
from analyzer.audit.view import View
from analyzer.link import Project
from analyzer.model.audit import Audit, Issue, Patch, ProjectAudit, Stop, TableRow
from analyzer.model.finding import Severity
from analyzer.model.report import Entry, Region, Report
from analyzer.model.span import Place
from analyzer.reporter import counted
from analyzer.rule import Rule


def make_audit(
    report: Report,
    projects: Sequence[Project],
    region: Callable[[Place], Region],
    rules: Iterable[Rule],
    patches: Sequence[Patch] = (),
) -> Audit:
    """Everything that the report says, put together by what is missing or wrong, the worst first.

    ``region`` turns a place into lines and columns; ``patches`` are the changes that mend something, each shown with what
    it mends.
    """
    pages = {rule.code: rule for rule in rules}
    homes = _homes(projects, report.entries)
    views = [View(project, homes.get(project.folder, ()), region) for project in projects]
    audits = tuple(_project(view, pages, patches) for view in views)
    return Audit(report, tuple(_status(report, audits)), audits, tuple(make_remarks(report, views)))


def _homes(projects: Sequence[Project], entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The findings of each project, by its folder; one in a file that belongs to none goes to the nearest project above it."""
    owner = {use.path: project.folder for project in projects for use in project.uses}
    owner |= {each.path: project.folder for project in projects for each in project.schema.migrations}
    folders = sorted((project.folder for project in projects), key=len, reverse=True)
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        path = entry.region.path
        above = (folder for folder in folders if not folder or path.startswith(f"{folder}/"))
        found.setdefault(owner.get(path) or next(above, folders[-1] if folders else ""), []).append(entry)
    return found


def _project(view: View, pages: dict[str, Rule], patches: Sequence[Patch]) -> ProjectAudit:
    tables = tuple(table_rows(view))
    keys = tuple(key_rows(view))
    missing = list(missing_issues(view, patches))
    others = [entry for entry in view.entries if not about_missing(entry)]
    issues = sorted((*missing, *general_issues(view, others, pages, patches)), key=_by_weight)
    first = view.project.replay.first_failure
    return ProjectAudit(
        folder=view.project.folder,
        issues=tuple(issues),
        tables=tables,
        keys=keys,
        calls=call_matrix(view),
        checks=tuple(make_checks([each for each in tables if _is_wanted(each, missing)], keys)),
        trials=tuple(make_trials(view, keys)),
        model=tuple(view.project.schema.model),
        stop=Stop(view.spot(first.at), first.sqlstate, first.message) if first else None,
        refused=len(view.project.replay.failures),
    )


def _is_wanted(table: TableRow, missing: Sequence[Issue]) -> bool:
    """True for a table that is to be there in the end: one of the migrations, or one that had best be created."""
    options = (option for each in missing if table.name in each.subjects for option in each.options)
    created = any(option.kind == "create" and option.recommended for option in options)
    return table.state in ("built", "fails") or (table.state == "missing" and created)


def _by_weight(issue: Issue) -> tuple[bool, int, int, str]:
    """What stops everything comes first, then the worst, of these what breaks most."""
    return not issue.stops, -issue.severity, -issue.weight, issue.title


def _status(report: Report, audits: Sequence[ProjectAudit]) -> Iterator[str]:
    """The state of things in a few sentences."""
    worst = report.worst()
    if worst is None:
        yield "Nothing was found to be wrong."
    else:
        graded = (_graded(each, report.count(each)) for each in sorted(Severity, reverse=True) if report.count(each))
        yield f"{counted(len(report.entries), 'finding')} ({', '.join(graded)})."
    for each in audits:
        where = f"In `{each.folder}`: the" if each.folder else "The"
        if each.stop is None:
            yield f"{where} migrations build the database from empty."
        else:
            yield (
                f"{where} database cannot be built from its migrations: `supabase db reset` stops at"
                f" `{each.stop.at.path}:{each.stop.at.line}` with {each.stop.sqlstate}"
                f" ({each.stop.message}){_in_all(each.refused)}."
            )
    yield from _by_hand(audits)
    failing = [each for each in report.entries if each.predicts and each.predicts.when == "runtime"]
    sure = [each for each in failing if each.severity > Severity.WARNING]
    for calls, fails in (
        (sure, ("call fails", "calls fail")),
        (failing[: 0 if sure else None], ("call may fail", "calls may fail")),
    ):
        if calls:
            yield f"{counted(len(calls), *fails)} at run time, in {_files(calls)}."


def _in_all(refused: int) -> str:
    return f"; {counted(refused, 'statement fails', 'statements fail')} in all" if refused else ""


def _by_hand(audits: Sequence[ProjectAudit]) -> Iterator[str]:
    """What migrations need and only generated types have was there before the first migration."""
    known = [row.name for each in audits for row in each.tables if row.state == "missing" and row.hinted]
    if known:
        what = "table that migrations need is" if len(known) == 1 else "tables that migrations need are"
        yield (
            f"{len(known)} {what} only in generated types or in files that nothing applies, so a database that was made by"
            " hand has them: `supabase db pull` writes them into a migration, which has to sort before the others."
        )


def _graded(severity: Severity, count: int) -> str:
    several = severity in (Severity.ERROR, Severity.WARNING) and count != 1
    return f"{count:,} {severity.label}{'s' if several else ''}"


def _files(entries: Iterable[Entry]) -> str:
    paths = {entry.region.path for entry in entries if entry.predicts and entry.predicts.when == "runtime"}
    return counted(len(paths), "file")
