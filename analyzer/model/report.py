"""A finished report: what the formats print. Positions are made, paths are relative, the order is settled."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.finding import Confidence, Prediction, Severity, Silencer, Suggestion
from analyzer.model.record import Record
from analyzer.model.span import Position


class Region(Record, frozen=True, order=True):
    """A piece of a file as people read it; the end is the position after the last character."""

    path: str
    start: Position
    end: Position


class Note(Record, frozen=True):
    """The other side of a finding. ``excerpt`` is the source line."""

    region: Region
    message: str
    excerpt: str = ""


class Change(Record, frozen=True):
    """One text edit of a fix."""

    region: Region
    text: str


class Remedy(Record, frozen=True):
    """A fix with its edits in place."""

    title: str
    safe: bool
    changes: tuple[Change, ...]


class Entry(Record, frozen=True):
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


class Trouble(Record, frozen=True):
    """What could not be read. ``line`` is None when it is about the whole file; ``told`` is True where a finding tells it.

    ``unreadable`` is True where bytes could not be had or decoded, ``internal`` where the fault is our own.
    """

    path: str
    line: int | None
    message: str
    told: bool = False
    internal: bool = False
    unreadable: bool = False

    @property
    def said(self) -> tuple[str, int | None, str]:
        """What a reader is told: the same twice is one trouble."""
        return self.path, self.line, self.message


class Coverage(Record, frozen=True):
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


class Silenced(Record, frozen=True):
    """A finding that is not reported: by what, and the reason that was given, if any."""

    entry: Entry
    by: Silencer
    reason: str = ""


class Accepted(Struct, frozen=True):
    """A finding that a baseline accepts, as its file has it: known by the fingerprint, the rest is for people."""

    fingerprint: str
    code: str
    path: str
    subject: str


class Report(Record, frozen=True):
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
    seconds: float = 0.0
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
