"""What an ignore comment says."""

from __future__ import annotations

from analyzer.model.finding import Finding
from analyzer.model.record import Record
from analyzer.model.span import Place, Span

MARK = b"fromcheck-ignore"
"""Where these bytes are not, there is no such comment."""


class Ignore(Record, frozen=True):
    """One ignore comment.

    ``reach`` are the bytes where a finding has to start, ``extent`` those to take out with the comment: the whole line
    where nothing else stands on it. ``fault`` is what keeps it from working.
    """

    place: Place
    reach: Span
    extent: Span
    codes: tuple[str, ...] = ()
    reason: str = ""
    fault: str = ""

    def covers(self, finding: Finding) -> bool:
        """True when the finding starts within reach."""
        at = finding.place.span.start
        return finding.place.path == self.place.path and self.reach.start <= at < self.reach.end
