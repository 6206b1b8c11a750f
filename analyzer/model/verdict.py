"""What a scan concludes, before places become lines and columns: it holds as long as what the files say does."""

from __future__ import annotations

from analyzer.model.finding import Finding, Silencer
from analyzer.model.record import Record
from analyzer.model.report import Coverage
from analyzer.model.source import Problem


class Judged(Record, frozen=True):
    """A finding, and the name of its rule; ``silenced`` says by what, and why, when it is not to be reported."""

    finding: Finding
    name: str
    silenced: tuple[Silencer, str] | None = None


class Verdict(Record, frozen=True):
    """All findings in their final order, what could not be read, by path, and what was looked at."""

    judged: tuple[Judged, ...]
    problems: tuple[tuple[str, Problem], ...]
    coverage: Coverage
