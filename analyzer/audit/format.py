"""What a format of the audit is. Each file in ``formats/`` holds one, as ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analyzer.model.audit import Audit
from analyzer.model.record import Record


class Format(Record, frozen=True):
    """``render`` gives pieces of text, each of whole lines without the last line's end."""

    name: str
    render: Callable[[Audit], Iterable[str]]
