"""A query as its text says it: what it gives out, where it reads from, and which names it uses, scope by scope."""

from __future__ import annotations

from analyzer.model.record import Record
from analyzer.model.span import Span


class SourceName(Record, frozen=True):
    """The name of a relation or function in a query; ``schema`` is None when the search path decides."""

    schema: str | None
    name: str
    span: Span


class ColumnUse(Record, frozen=True):
    """A column that a query names; ``table`` is the qualifier, None without one. ``*`` is a name too."""

    table: str | None
    name: str
    span: Span


class Term(Record, frozen=True):
    """One side of a comparison: a column, the text of a literal, what a function gives, or a value of a type of PostgreSQL's."""

    column: ColumnUse | None = None
    text: str | None = None
    function: SourceName | None = None
    type: str = ""


class Comparison(Record, frozen=True):
    """``left = right``, ``<``, ``IN (…)`` and their like, where both sides are that plain."""

    left: Term
    rights: tuple[Term, ...]
    span: Span


class Output(Record, frozen=True):
    """One item of a select list. ``column`` is set when it is a plain column or a star, ``name`` is None for a star.

    Both are None for ``(value).*``: the fields of a composite value.
    """

    name: str | None
    column: ColumnUse | None = None


class FromItem(Record, frozen=True):
    """One source of rows: a relation, a query or a function; ``columns`` renames what it gives, as far as it goes.

    ``using`` are the columns by which it is joined to what stands before it; ``natural`` for a NATURAL JOIN.
    """

    alias: str | None
    relation: SourceName | None = None
    query: Query | None = None
    function: SourceName | None = None
    columns: tuple[str, ...] = ()
    using: tuple[str, ...] = ()
    natural: bool = False
    lateral: bool = False


class CommonTable(Record, frozen=True):
    """A WITH query; ``recursive`` ones see themselves."""

    name: str
    query: Query
    columns: tuple[str, ...] = ()
    recursive: bool = False


class Query(Record, frozen=True):
    """One SELECT with its scope. ``inner`` are the queries within its expressions, which see its sources.

    ``others`` are the further branches of UNION, INTERSECT or EXCEPT. ``simple`` is True where PostgreSQL could write
    through a view on it: one source, and no DISTINCT, GROUP BY, LIMIT, WITH or set operation. ``comparisons`` are
    those of plain values; a tree tells some that tokens do not.
    """

    outputs: tuple[Output, ...] = ()
    sources: tuple[FromItem, ...] = ()
    tables: tuple[CommonTable, ...] = ()
    columns: tuple[ColumnUse, ...] = ()
    functions: tuple[SourceName, ...] = ()
    inner: tuple[Query, ...] = ()
    others: tuple[Query, ...] = ()
    simple: bool = False
    comparisons: tuple[Comparison, ...] = ()
