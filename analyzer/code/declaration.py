"""What a declarer is: how one tool writes a schema outside of SQL. Each file in ``declarations/`` holds one, as ``DECLARER``."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.declaration import Declarations
from analyzer.model.record import Record
from analyzer.model.source import Problem, Source
from analyzer.model.span import Span
from analyzer.registry import find_constants


class Declarer(Record, frozen=True):
    """``read`` gets a file whose name ends with one of ``suffixes``, and never raises."""

    suffixes: tuple[str, ...]
    read: Callable[[Source], Declarations]


def read_declarations(source: Source) -> Declarations:
    """The tables, enums and keys that the file declares; empty for a file that no tool writes.

    A file that is no text may declare anything, and says so.
    """
    if (binary := source.data.find(b"\0")) != -1:
        problem = Problem("this file is no UTF-8 text, so what it declares is not known", binary)
        return Declarations(hidden=Span(binary, binary), problems=(problem,))
    declarers: tuple[Declarer, ...] = find_constants("analyzer.code.declarations", "DECLARER")
    reader = next((each.read for each in declarers if source.path.endswith(each.suffixes)), None)
    return reader(source) if reader is not None else Declarations()
