"""A finished report: what the formats print. Positions are made, paths are relative, the order is settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.model.finding import Confidence, Prediction, Severity, Silencer, Suggestion
from analyzer.model.span import Position


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A piece of a file as people read it; the end is the position after the last character."""

    path: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Note:
    """The other side of a finding. ``excerpt`` is the source line."""

    region: Region
    message: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One text edit of a fix."""

    region: Region
    text: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """A fix with its edits in place."""

    title: str
    safe: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding, ready to print. ``excerpt`` is the source line it starts on; ``name`` and ``url`` are the rule's."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    help: str
    subject: str
    region: Region
    excerpt: str
    predicts: Prediction | None
    notes: tuple[Note, ...]
    suggestions: tuple[Suggestion, ...]
    remedy: Remedy | None
    url: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read. ``line`` is None when it is about the whole file; ``told`` is True where a finding tells it.

    ``unreadable`` is True where bytes could not be had or decoded, ``internal`` where the fault is our own.
    """

    path: str
    line: int | None
    message: str
    told: bool = field(default=False, compare=False)
    internal: bool = field(default=False, compare=False)
    unreadable: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at, and how much of it was understood.

    ``withheld`` counts findings that something not understood could explain, ``withheld_subjects`` what they are about.
    ``bundles`` are minified files, which are not read.
    """

    code_files: int = 0
    migrations: int = 0
    resolved: int = 0
    unresolved: int = 0
    statements_read: int = 0
    statements_unread: int = 0
    unresolved_reasons: tuple[tuple[str, int], ...] = ()
    unread_kinds: tuple[tuple[str, int], ...] = ()
    withheld: int = 0
    withheld_subjects: tuple[tuple[str, int], ...] = ()
    bundles: int = 0


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not reported: by what, and the reason that was given, if any."""

    entry: Entry
    by: Silencer
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that a baseline accepts; the fingerprint is what it is known by, the rest is for people."""

    fingerprint: str
    code: str
    path: str
    subject: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a scan has to say. ``root`` is the scanned folder as given; ``seconds`` is wall time.

    ``silenced`` are the findings that ``suppressed`` and ``baselined`` count. ``baseline`` names the file that was used,
    and ``stale`` are its entries whose finding is gone. ``older`` counts findings that are not reported since they are not
    new: they were there at ``since``, as people call it; that is None where everything is reported. ``uncertain`` when
    what was there then could not be read whole, so that some of what is reported may not be new.
    """

    root: str
    entries: tuple[Entry, ...]
    troubles: tuple[Trouble, ...]
    coverage: Coverage
    seconds: float = field(default=0.0, compare=False)
    suppressed: int = 0
    baselined: int = 0
    silenced: tuple[Silenced, ...] = ()
    baseline: str | None = None
    stale: tuple[Accepted, ...] = ()
    older: int = 0
    since: str | None = None
    uncertain: bool = False

    @property
    def untold(self) -> tuple[Trouble, ...]:
        """What could not be read and no finding tells."""
        return tuple(each for each in self.troubles if not each.told)

    @property
    def failed(self) -> bool:
        """True when something went wrong within the tool itself, so that the report is not whole."""
        return any(each.internal for each in self.troubles)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(entry.severity is severity for entry in self.entries)

    def worst(self) -> Severity | None:
        """The highest severity found, None when there is no finding."""
        return max((entry.severity for entry in self.entries), default=None)
