"""What a format of the audit is. Each file in ``formats/`` holds one, as ``FORMAT``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analyzer.model.audit import Audit


@dataclass(frozen=True, slots=True)
class Format:
    """``render`` gives pieces of text, each of whole lines without the last line's end."""

    name: str
    render: Callable[[Audit], Iterable[str]]
