"""Issues about columns that migrations need in vain: one for each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.audit.failing import failing, migration_impact, order, stops, way
from analyzer.audit.view import View
from analyzer.model.audit import Evidence, Issue, Option, Patch, Spot
from analyzer.model.catalog import Want
from analyzer.model.report import Entry
from analyzer.reporter import counted
from analyzer.rule import subject


def column_issues(view: View, by_subject: dict[str, list[Entry]], patches: Sequence[Patch]) -> Iterator[Issue]:
    """An issue for each table that lacks columns; the findings are by the column, ``schema.table.column``."""
    by_table: dict[str, list[str]] = {}
    for name in by_subject:
        by_table.setdefault(name.rpartition(".")[0], []).append(name)
    wants: dict[str, list[Want]] = {}
    for want in view.project.replay.wants:
        wants.setdefault(subject(want.missing), []).append(want)
    for table, names in by_table.items():
        columns = [_Column(view, name, by_subject[name], wants.get(name, [])) for name in names]
        yield _issue(view, table, columns, [each for each in patches if set(names) & set(each.subjects)])


@dataclass(frozen=True)
class _Column:
    """A column that is not there, or not yet, with the findings on it and the statements that need it."""

    view: View
    name: str
    entries: list[Entry]
    wants: list[Want]

    @property
    def late(self) -> bool:
        """True when a later statement makes it."""
        return any(entry.code == "FC202" for entry in self.entries)

    def evidence(self) -> Evidence:
        """Who needs it, who makes it too late, and what to do."""
        short = self.name.rpartition(".")[2]
        how = "created too late" if self.late else "created by no migration"
        needing = [Spot(entry.region.path, entry.region.start.line) for entry in self.entries]
        made = {(note.region.path, note.region.start.line) for entry in self.entries for note in entry.notes}
        spots = (*needing, *(Spot(path, line, "it is created here") for path, line in sorted(made)))
        count = counted(len(needing), "statement needs it", "statements need it")
        return Evidence(f"`{short}` is {how}; {count}", spots, self._advice())

    def _advice(self) -> str:
        late = next((entry for entry in self.entries if entry.code == "FC202"), None)
        if late is not None:
            return way(late)
        return f"Add `{self.name.rpartition('.')[2]}` in a migration{order(self.view, self.wants)}."


def _issue(view: View, table: str, columns: Sequence[_Column], patches: Sequence[Patch]) -> Issue:
    entries = [entry for column in columns for entry in column.entries]
    wants = [want for column in columns for want in column.wants]
    ordered = sorted(columns, key=lambda each: (-len(each.wants), each.name))
    names = ", ".join(f"`{each.name.rpartition('.')[2]}`" for each in ordered)
    several = len(columns) > 1
    return Issue(
        title=f"Table `{table}` lacks {names} when migrations need {'them' if several else 'it'}",
        severity=max(entry.severity for entry in entries),
        codes=tuple(sorted({entry.code for entry in entries})),
        subjects=tuple(each.name for each in ordered),
        problem=(
            f"{counted(len(entries), 'place', 'places')} in the migrations name {'columns' if several else 'a column'} that"
            f" `{table}` does not have at that time."
        ),
        evidence=tuple(each.evidence() for each in ordered),
        impact=tuple(migration_impact(view, wants)),
        options=(
            Option(
                "Add what is missing before it is needed; each column has its own way, told with the evidence",
                recommended=True,
            ),
        )
        if several
        else (Option(ordered[0].evidence().advice, recommended=True),),
        patches=tuple(patches),
        findings=tuple(entry.fingerprint for entry in entries),
        weight=len(failing(view, wants)),
        stops=stops(view, wants),
    )
