"""What one code file asks of the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import field

from analyzer.model.crossing import Imported, Taken
from analyzer.model.ignore import Ignore
from analyzer.model.record import Record
from analyzer.model.request import Access, Name, Request, Via
from analyzer.model.source import Problem
from analyzer.model.span import Span

__all__ = ["Access", "CodeFacts", "GeneratedTypes", "Kind", "Name", "Reference", "TypedRelation", "Unresolved", "Via"]

Kind = Literal["table", "function", "bucket", "edge_function", "realtime", "type"]


class Reference(Record, frozen=True):
    """One call that asks the database for something.

    ``names`` holds one name, or each of several that the call may take. ``schema`` is None where the client's
    default applies; ``schema_known`` is False where code chose a schema that could not be read. ``columns`` are all that
    it names, for the public JSON; ``request`` says what it does with them, None for a kind that has no such parts.
    ``access`` is the kind of client, None where nothing tells it; ``made_by`` the import by which the file has it.
    """

    kind: Kind
    names: tuple[Name, ...]
    schema: Name | None = None
    schema_known: bool = True
    operation: str | None = None
    columns: tuple[Name, ...] = ()
    client: str = "supabase-js"
    request: Request | None = None
    access: Access | None = None
    made_by: Imported | None = None


class Unresolved(Record, frozen=True):
    """A call whose name could not be known, with the reason; it is counted and shown.

    ``making`` when the call makes what it names.
    """

    kind: Kind
    span: Span
    reason: str
    making: bool = False


class CodeFacts(Record, frozen=True):
    """All that one code file says, in the order of the file.

    ``wants`` are imports, and ``takes`` parameters of exported functions, whose values would tell more. ``ignores`` are
    the comments that silence findings.
    """

    references: tuple[Reference, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    problems: tuple[Problem, ...] = ()
    wants: tuple[Imported, ...] = ()
    takes: tuple[Taken, ...] = ()
    ignores: tuple[Ignore, ...] = ()


class TypedRelation(Record, frozen=True):
    """A table or view of checked-in generated types: where it is named, and the columns of its ``Row``.

    ``types`` are those of TypeScript, by column, as they are written, without ``| null``.
    """

    span: Span
    columns: frozenset[str]
    types: Mapping[str, str] = field(default_factory=dict)


class GeneratedTypes(Record, frozen=True):
    """What a file of checked-in generated types lists, by (schema, name).

    ``enums`` are the labels of each, None where they are not spelt out; ``schemas`` are where each schema is named.
    ``whole`` is True for what the generator wrote: what it leaves out was not there.
    """

    relations: Mapping[tuple[str, str], TypedRelation] = field(default_factory=dict)
    functions: frozenset[tuple[str, str]] = frozenset()
    enums: Mapping[tuple[str, str], frozenset[str] | None] = field(default_factory=dict)
    schemas: Mapping[str, Span] = field(default_factory=dict)
    whole: bool = False
