"""What events are made of: names, pieces of SQL, types."""

from __future__ import annotations

from analyzer.model.record import Record, Variant
from analyzer.model.span import Span


class Ref(Variant, frozen=True):
    """A name that may be qualified; ``schema`` is None when the search path decides."""

    schema: str | None
    name: str
    span: Span

    def __str__(self) -> str:
        return self.name if self.schema is None else f"{self.schema}.{self.name}"


class Text(Record, frozen=True):
    """A piece of SQL kept as written: an expression, a query, a function body.

    ``names`` are the identifiers that it holds, folded, each once, in order; strings and comments are not looked into.
    """

    sql: str
    span: Span
    names: tuple[str, ...] = ()


class TypeRef(Variant, frozen=True):
    """A type as written.

    A built-in one is spelt as ``format_type`` spells it (``int4`` is ``integer``), with ``schema`` None; any other is
    resolved at replay. ``modifier`` is ``(10,2)`` or empty (``timestamp(3) with time zone`` has ``(3)``), and
    ``dimensions`` counts ``[]``.
    ``column`` is set for ``table.column%TYPE``, where ``name`` is the table.
    """

    name: str
    span: Span
    schema: str | None = None
    modifier: str = ""
    dimensions: int = 0
    column: str | None = None
    setof: bool = False
