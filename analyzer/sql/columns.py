"""Columns as a definition makes them: types resolved, ``serial`` and identity expanded."""

from __future__ import annotations

import re

from analyzer.model.catalog import Column, Relation, TypeUse
from analyzer.model.events import ColumnDef, ConstraintDef, Ref, Text
from analyzer.model.span import Span
from analyzer.sql.cursor import Cursor, NotUnderstoodError, RefusedError
from analyzer.sql.lexer import Token, lex
from analyzer.sql.needs import needs_of
from analyzer.sql.state import Refusal, State, object_name
from analyzer.sql.types import is_builtin, read_type

SERIALS = {
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
}
# ``unknown`` is none of them here: it stands for the types of an ORM that are not known.
_PSEUDO_TYPES = frozenset(("cstring", "event_trigger", "internal", "record", "trigger", "void"))
_ANY = frozenset(("any", "anyarray", "anyelement", "anyenum", "anynonarray", "anyrange", "anycompatible"))
_END = Token("end", "", "", 0, 0)
_NULL = re.compile(r"\(*\s*null\s*\)*\s*(?P<cast>::.*)?", re.IGNORECASE | re.DOTALL)


def resolve_column(state: State, definition: ColumnDef) -> Column:
    """The column that a definition describes, not yet numbered; refuses an unknown type."""
    serial = SERIALS.get(definition.type.name) if definition.type.schema is None else None
    use = TypeUse(serial) if serial else state.resolve_type(definition.type)
    _refuse_pseudo_type(definition)
    return Column(
        number=0,
        name=definition.name,
        type=use,
        nullable=not (definition.not_null or serial or definition.identity or _is_key(definition.constraints)),
        default=f"nextval({definition.name})" if serial else default_text(definition.default, use),
        generated=definition.generated.sql if definition.generated else None,
        identity=definition.identity,
        place=state.place(definition.span),
        needs=needs_of(state, definition.default, definition.generated),
    )


def _refuse_pseudo_type(definition: ColumnDef) -> None:
    """42P16 for what only functions take or give, and no column holds."""
    kind = definition.type
    if (
        kind.schema in (None, "pg_catalog")
        and (kind.name in _PSEUDO_TYPES or kind.name in _ANY)
        and not kind.dimensions
    ):
        raise Refusal("42P16", f'column "{definition.name}" has pseudo-type {kind.name}', kind.span)


def _is_key(constraints: tuple[ConstraintDef, ...]) -> bool:
    return any(constraint.kind == "primary key" for constraint in constraints)


def default_text(default: Text | None, use: TypeUse) -> str | None:
    """The default as written; PostgreSQL keeps none for NULL, unless a cast to a type with a length is left to do."""
    if default is None:
        return None
    null = _NULL.fullmatch(default.sql.strip())
    return default.sql if null is None or (null["cast"] and use.modifier) else None


def is_literal(state: State, default: str, use: TypeUse) -> bool:
    """True for a literal that is surely of the column's own type."""
    script = lex(default)
    tokens = script.tokens
    while len(tokens) > 2 and tokens[0].key == "(" and tokens[-1].key == ")":
        tokens = tokens[1:-1]
    match tokens:
        case [literal]:
            return literal.kind == "string" or (literal.key in ("true", "false") and use.name == "boolean")
        case [literal, cast, *_] if literal.kind == "string" and cast.key == "::":
            cursor = Cursor(script, [*tokens[2:], _END])
            try:
                return same_type(state.resolve_type(read_type(cursor)), use) and cursor.done
            except (NotUnderstoodError, RefusedError, Refusal):
                return False
    return False


def refuse_two_defaults(definition: ColumnDef, table: str) -> None:
    """42601 for a column that has a default, an identity or an expression beside another of them; 22023 for an odd identity."""
    said = f'for column "{definition.name}" of table "{table}"'
    serial = definition.type.schema is None and definition.type.name in SERIALS
    if serial and definition.type.dimensions:
        raise Refusal("0A000", "array of serial is not implemented", definition.type.span)
    if definition.default is not None and serial:
        raise Refusal("42601", f"multiple default values specified {said}", definition.span)
    given = {
        "default": definition.default,
        "identity": definition.identity,
        "generation expression": definition.generated,
    }
    names = [name for name, value in given.items() if value is not None]
    if len(names) > 1:
        raise Refusal("42601", f"both {names[0]} and {names[1]} specified {said}", definition.span)
    if definition.identity is not None and is_builtin(definition.type.name) and definition.type.name not in _IDENTITIES:
        raise Refusal("22023", "identity column type must be smallint, integer, or bigint", definition.span)


_IDENTITIES = ("smallint", "integer", "bigint")
SYSTEM_COLUMNS = frozenset(("ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"))


def refuse_system_name(name: str, at: Span | None) -> None:
    """42701 for a name that every table has already."""
    if name in SYSTEM_COLUMNS:
        raise Refusal("42701", f'column name "{name}" conflicts with a system column name', at)


def refuse_column_taken(state: State, relation: Relation, definition: ColumnDef) -> None:
    """42701 when the relation has a column of that name."""
    if state.catalog.relations[relation.oid].column(definition.name) is not None:
        message = f'column "{definition.name}" of relation "{relation.name}" already exists'
        raise Refusal("42701", message, definition.span)


def enter_column(state: State, relation: Relation, column: Column, definition: ColumnDef) -> None:
    """Append a resolved column, with the sequence that a serial or identity column owns; 42701 when the name is taken."""
    refuse_column_taken(state, relation, definition)
    entered = state.add_column(relation, column)
    if definition.identity or definition.type.name in SERIALS:
        own_sequence(state, relation, entered, definition.sequence)


def own_sequence(state: State, relation: Relation, column: Column, named: Ref | None = None) -> None:
    """Make the sequence of a serial or identity column, beside its table unless it is named otherwise."""
    schema = relation.schema
    if named is not None:
        schema = state.creation_schema(named) if named.schema is not None else schema
        state.refuse_taken(schema, named.name, named.span)
    name = named.name if named else free_name(state, schema, relation.name, column.name, "seq")
    owner = (relation.oid, column.number)
    made = state.add_relation(Relation(state.new_oid(), schema, name, "sequence", place=column.place, owner=owner))
    if column.identity is None and column.default is not None:
        state.change_column(relation, column.number, needs=column.needs | {made.oid})


def free_name(state: State, schema: int, first: str, second: str, label: str) -> str:
    """The first made-up name that no relation or index of the schema has (ChooseRelationName)."""
    names = state.catalog.relation_names
    number = 0
    name = object_name(first, second, label)
    while (schema, name) in names:
        number += 1
        name = object_name(first, second, f"{label}{number}")
    return name


def same_type(one: TypeUse, other: TypeUse) -> bool:
    """True when both are the same type, modifiers aside."""
    return (one.oid or one.name, one.dimensions) == (other.oid or other.name, other.dimensions)
