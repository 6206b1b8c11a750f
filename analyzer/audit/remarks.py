"""What the audit does not know, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.audit.view import View
from analyzer.model.audit import Remark, Spot
from analyzer.model.report import Report
from analyzer.model.span import Place
from analyzer.reporter import counted, understood

_MOST = 20


def make_remarks(report: Report, views: Sequence[View]) -> Iterator[Remark]:
    """How much was understood, what was not, and what was not looked at."""
    coverage = report.coverage
    yield Remark(
        f"Read: {counted(coverage.code_files, 'code file')} and {counted(coverage.migrations, 'migration')};"
        f" {understood(coverage)}"
    )
    yield Remark(
        "No database was asked: what was made by hand, in the dashboard or with a script, is not seen here. The"
        " verification steps ask it."
    )
    yield from _not_understood(views)
    for count, subjects in ((coverage.withheld, coverage.withheld_subjects),) if coverage.withheld else ():
        listed = ", ".join(f"`{name}`" for name, _ in subjects[:_MOST])
        yield Remark(
            f"{counted(count, 'finding')} withheld, since something that was not understood could explain"
            f" {'it' if count == 1 else 'them'}: {listed}{' …' if len(subjects) > _MOST else ''}."
        )
    troubles: dict[str, list[Spot]] = {}
    for trouble in report.untold:
        troubles.setdefault(trouble.message, []).append(Spot(trouble.path, trouble.line or 1))
    yield from (Remark(f"Not read: {message}.", tuple(spots)) for message, spots in troubles.items())
    if report.suppressed or report.baselined:
        yield Remark(
            f"Not in this audit: {counted(report.suppressed, 'finding')} suppressed by comments or the configuration,"
            f" {report.baselined:,} in the baseline."
        )
    for view in views:
        yield from _model(view)


def _not_understood(views: Sequence[View]) -> Iterator[Remark]:
    calls = [view.spot(Place(path, each.span), each.reason) for view in views for path, each in view.project.unresolved]
    if calls:
        yield Remark(f"{counted(len(calls), 'call')} whose table or function could not be known:", tuple(calls))
    statements = [view.spot(each.place, each.reason) for view in views for each in view.project.replay.unread]
    if statements:
        yield Remark(f"{counted(len(statements), 'statement')} not understood:", tuple(statements))
    skipped = [Spot(each.path, 1, each.reason) for view in views for each in view.project.schema.skipped]
    if skipped:
        yield Remark(f"{counted(len(skipped), 'file')} in `migrations/` that the CLI passes over:", tuple(skipped))


def _model(view: View) -> Iterator[Remark]:
    where = f"In `{view.project.folder}`, the" if view.project.folder else "The"
    documents = ", ".join(f"`{path}`" for path in view.project.schema.model)
    if documents:
        yield Remark(f"{where} domain model is {documents}: {counted(len(view.model), 'entity', 'entities')}.")
    else:
        yield Remark(
            f"{where} project has no document that is known to be its domain model; `model` in `fromcheck.yaml` names one."
        )
