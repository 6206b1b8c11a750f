"""What one code file asks of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analyzer.model.source import Problem
from analyzer.model.span import Span

Kind = Literal["table", "function", "bucket", "edge_function", "realtime", "type"]
Via = Literal["literal", "cast", "constant", "import", "conditional", "union", "loop", "member", "parameter"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is known: its text, where it is written at the call (quotes not included), and how it was found out."""

    text: str
    span: Span
    via: Via = "literal"


@dataclass(frozen=True, slots=True)
class Reference:
    """One call that asks the database for something.

    ``names`` holds one name, or each of several that the call may take. ``schema`` is None where the client's
    default applies; ``schema_known`` is False where code chose a schema that could not be read.
    """

    kind: Kind
    names: tuple[Name, ...]
    schema: Name | None = None
    schema_known: bool = True
    operation: str | None = None
    columns: tuple[Name, ...] = ()
    client: str = "supabase-js"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A call whose name could not be known, with the reason; it is counted and shown."""

    kind: Kind
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """All that one code file says, in the order of the file."""

    references: tuple[Reference, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    problems: tuple[Problem, ...] = ()
