"""The tree with what was proposed so far, and the trial that each proposal has to pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from analyzer.engine import Session
from analyzer.fix.proposal import Patched, Proposal, Refused, merged
from analyzer.model.catalog import Failure
from analyzer.model.finding import Severity
from analyzer.model.inventory import Tree
from analyzer.model.record import Record
from analyzer.model.report import Entry, Report

Open = Callable[[Tree], Session]


class Trial(Record, frozen=True):
    """A scan with a proposal laid over the tree: what it leaves, what it brings, and what PostgreSQL would refuse of it."""

    session: Session
    report: Report
    left: tuple[str, ...]
    brought: tuple[Entry, ...]
    refused: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """True when the faults are gone and none has come."""
        return not (self.left or self.brought or self.refused)

    def of(self, faults: Sequence[Entry | Failure]) -> Trial:
        """The same with no other faults than these."""
        brought = tuple(each for each in self.brought if each in faults)
        return replace(self, brought=brought, refused=tuple(each for each in self.refused if each in faults))

    def reason(self) -> str:
        """Why it did not pass, in words."""
        if self.refused:
            return f"PostgreSQL would refuse it: {self.refused[0].message}"
        came = ", ".join(
            f"{code} on {subject}" for code, subject in sorted({(e.code, e.subject) for e in self.brought})[:3]
        )
        return f"it would bring {came}" if came else "the fault would still be there"


@dataclass
class Bench:
    """The tree as it is after what was proposed so far, with its scan."""

    open: Open
    tree: Tree
    made: list[Proposal] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = self.open(self.tree)
        self.report: Report = self.session.scan()
        self._first = self.report

    def with_(self, *proposals: Proposal) -> Session:
        """A session on the tree with these, too."""
        return self.open(Patched(self.tree, merged((*self.made, *proposals))))

    def trial(self, *proposals: Proposal) -> Trial:
        """What comes of all of them together."""
        session = self.with_(*proposals)
        report = session.scan()
        wanted = {(code, subject): each for each in proposals for code in _codes(each) for subject in each.subjects}
        then, now = (Counter((entry.code, entry.subject) for entry in every.entries) for every in (self.report, report))
        # Of a name in the code one file is put right at a time, and others may say it in ways that no edit mends.
        left = {about[1] for about, each in wanted.items() if now[about] > max(then[about] - 1, 0) * _is_edit(each)}
        return Trial(
            session,
            report,
            tuple(sorted(left)),
            tuple(each for each in _brought(proposals, self.report, report) if not _futile(session, each)),
            tuple(_refused(self.session, session, proposals)),
        )

    def keep(self, trial: Trial, *proposals: Proposal) -> None:
        """Go on from a trial that passed."""
        self.made.extend(proposals)
        self.session, self.report = trial.session, trial.report

    def offer(self, proposal: Proposal) -> None:
        """Keep the proposal if the fault is gone with it and no new one comes."""
        trial = self.trial(proposal)
        if trial.passed:
            self.keep(trial, proposal)
            return
        self.refused.extend(
            Refused(proposal.code, subject, f"{proposal.title}: {trial.reason()}") for subject in proposal.subjects
        )

    def uncovered(self) -> tuple[Entry, ...]:
        """What shows with all that was kept, and did not before."""
        return tuple(_new(self._first, self.report))

    def by_subject(self, *codes: str) -> dict[tuple[str, str], list[Entry]]:
        """The findings of these rules, by rule and subject."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.report.entries:
            if entry.code in codes:
                found.setdefault((entry.code, entry.subject), []).append(entry)
        return found


def _is_edit(proposal: Proposal) -> bool:
    return all(change.before is not None and change.after is not None for change in proposal.changes)


def _codes(proposal: Proposal) -> tuple[str, ...]:
    """A table that one file makes may be missing in code, in migrations, or in both."""
    return ("FC101", "FC201") if proposal.code in ("FC101", "FC201") else (proposal.code,)


def _refused(before: Session, after: Session, proposals: tuple[Proposal, ...]) -> Iterator[Failure]:
    """What PostgreSQL would refuse now: of what is written anew, or of what it took before."""
    moved = {path: old for each in proposals for old, path in each.moved()}
    known = {(each.place.path, each.place.span.start) for each in failures_of(before)}
    for each in failures_of(after):
        if (moved.get(each.place.path, each.place.path), each.place.span.start) not in known:
            yield each


def failures_of(session: Session) -> Iterator[Failure]:
    """What PostgreSQL would refuse of all the projects' migrations."""
    return (each for project in session.projects for each in project.replay.failures)


def _brought(proposals: tuple[Proposal, ...], before: Report, after: Report) -> Iterator[Entry]:
    """The faults that come with them. What only shows because more of the migrations run now is not their doing; hints are none.

    A build that stops, a fault in what is written, and a call of what they are about that would fail otherwise, are. Where a
    name in the code is put right, what else the call gets wrong was there before: nobody could see it yet.
    """
    written = {change.path for each in proposals for change in each.changes if change.before is None}
    subjects = {subject for each in proposals for subject in each.subjects}
    for entry in _new(before, after):
        if entry.severity > Severity.INFO:
            about = entry.subject in subjects or entry.subject.rpartition(".")[0] in subjects
            asked = about and entry.code.startswith("FC1")
            if asked or entry.code.startswith("FC2") or entry.region.path in written:
                yield entry


def _new(before: Report, after: Report) -> Iterator[Entry]:
    known = {(entry.code, entry.subject) for entry in before.entries}
    return (entry for entry in after.entries if (entry.code, entry.subject) not in known)


def _futile(session: Session, entry: Entry) -> bool:
    """True for an embed of what nobody makes: the call fails whatever there is of the table that it asks."""
    target = entry.subject.rpartition(".")[2]
    served = (
        project.catalog.relation(schema, target) for project in session.projects for schema in project.schema.exposed
    )
    return entry.code == "FC106" and not any(served)
