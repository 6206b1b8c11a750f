"""What stands within CREATE TABLE's parentheses and after ADD: columns and constraints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from msgspec.structs import replace

from analyzer.model.events import ColumnDef, ConstraintDef, OnDelete, Ref, Text
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.expression import skip_b_expr
from analyzer.sql.index_key import key_label, read_index_key
from analyzer.sql.types import read_type
from analyzer.sql.whole_expression import read_condition

_ATTRIBUTES = (
    ("not", "deferrable"),
    ("deferrable",),
    ("initially", "deferred"),
    ("initially", "immediate"),
    ("not", "valid"),
    ("no", "inherit"),
    ("not", "enforced"),
    ("enforced",),
)
_ACTIONS: dict[str, OnDelete] = {"no": "no action", "restrict": "restrict", "cascade": "cascade"}


def skip_attributes(cursor: Cursor) -> None:
    """Pass DEFERRABLE, NOT VALID and their like."""
    while any(cursor.take(*words) for words in _ATTRIBUTES):
        pass


# --- columns ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Column:
    """A column while its parts are gathered, in whatever order they come."""

    not_null: bool = False
    default: Text | None = None
    generated: Text | None = None
    identity: Literal["always", "by default"] | None = None
    constraints: list[ConstraintDef] = field(default_factory=list)
    sequence: Ref | None = None


def read_column(cursor: Cursor) -> ColumnDef:
    """A column's name, its type and all that follows."""
    first = cursor.token
    name = cursor.name()
    span = cursor.span_of(first)
    kind = read_type(cursor)
    if cursor.take("storage") and not cursor.take("default"):
        cursor.name()
    if cursor.take("compression") and not cursor.take("default"):
        cursor.name()
    if cursor.key == "options":
        cursor.step()
        cursor.skip_parens()
    column = read_qualifiers(cursor, name)
    return ColumnDef(
        name,
        kind,
        span,
        column.not_null,
        column.default,
        column.generated,
        column.identity,
        tuple(column.constraints),
        column.sequence,
    )


def read_qualifiers(cursor: Cursor, name: str) -> _Column:
    """A column's constraints, in any order."""
    column = _Column()
    while not cursor.done and cursor.key not in (",", ")"):
        start = cursor.token
        constraint_name = cursor.name() if cursor.take("constraint") else None
        read = _QUALIFIERS.get(cursor.key)
        if read is None:
            cursor.refuse()
        constraint = read(cursor, column)
        if constraint is not None:
            columns = (name,)
            span = cursor.span_from(start)
            column.constraints.append(
                replace(constraint, name=constraint_name, columns=columns, span=span, inline=True)
            )
    return column


def _not(cursor: Cursor, column: _Column) -> None:
    cursor.must("not")
    if cursor.take_any("deferrable", "enforced"):
        return
    cursor.must("null")
    cursor.take("no", "inherit")
    column.not_null = True


def _null(cursor: Cursor, column: _Column) -> None:
    cursor.must("null")


def _default(cursor: Cursor, column: _Column) -> None:
    cursor.must("default")
    first = cursor.at
    skip_b_expr(cursor)
    column.default = cursor.text_from(first)


def _collate(cursor: Cursor, column: _Column) -> None:
    cursor.must("collate")
    cursor.ref()


def _deferrable(cursor: Cursor, column: _Column) -> None:
    cursor.step()


def _initially(cursor: Cursor, column: _Column) -> None:
    cursor.must("initially")
    cursor.must_any("deferred", "immediate")


def _generated(cursor: Cursor, column: _Column) -> None:
    cursor.must("generated")
    kind = read_when(cursor)
    cursor.must("as")
    if cursor.take("identity"):
        column.identity = kind
        column.sequence = read_own_sequence(cursor)
        return
    column.generated = read_condition(cursor)
    cursor.take_any("stored", "virtual")


def read_own_sequence(cursor: Cursor) -> Ref | None:
    """The options of an identity column's sequence, if there are any; its name, if they give one."""
    if cursor.key != "(":
        return None
    start = cursor.at
    cursor.skip_parens()
    end, cursor.at = cursor.at, start
    while cursor.at < end and not cursor.sees("sequence", "name"):
        cursor.step()
    name = cursor.ref() if cursor.at < end and cursor.take("sequence", "name") else None
    cursor.at = end
    return name


def read_when(cursor: Cursor) -> Literal["always", "by default"]:
    """ALWAYS or BY DEFAULT."""
    if cursor.take("always"):
        return "always"
    cursor.must("by", "default")
    return "by default"


def _inline_key(kind: Literal["primary key", "unique"]) -> Callable[[Cursor, _Column], ConstraintDef]:
    words = kind.split()

    def read(cursor: Cursor, column: _Column) -> ConstraintDef:
        start = cursor.token
        cursor.must(*words)
        constraint = ConstraintDef(kind, cursor.span_of(start), nulls_not_distinct=_nulls(cursor))
        _index_parameters(cursor)
        return constraint

    return read


def _inline_check(cursor: Cursor, column: _Column) -> ConstraintDef:
    start = cursor.token
    cursor.must("check")
    expression = read_condition(cursor)
    alone = cursor.take("no", "inherit")
    return ConstraintDef("check", cursor.span_of(start), expression=expression, no_inherit=alone)


def _inline_reference(cursor: Cursor, column: _Column) -> ConstraintDef:
    return _references(cursor, ConstraintDef("foreign key", cursor.span_of(cursor.token)))


_QUALIFIERS: dict[str, Callable[[Cursor, _Column], ConstraintDef | None]] = {
    "not": _not,
    "null": _null,
    "default": _default,
    "collate": _collate,
    "deferrable": _deferrable,
    "enforced": _deferrable,
    "initially": _initially,
    "generated": _generated,
    "primary": _inline_key("primary key"),
    "unique": _inline_key("unique"),
    "check": _inline_check,
    "references": _inline_reference,
}


# --- constraints ------------------------------------------------------------------------------------------------------


def at_constraint(cursor: Cursor, steps: int = 0) -> bool:
    """True when a table constraint comes next, or after so many steps, and not a column."""
    key = cursor.ahead(steps).key
    if key == "exclude":
        return cursor.ahead(steps + 1).key in ("using", "(")
    return key in _CONSTRAINTS or key in ("constraint", "not")


def read_constraint(cursor: Cursor) -> ConstraintDef:
    """A table constraint, with its name if it has one."""
    start = cursor.token
    name = cursor.name() if cursor.take("constraint") else None
    read = _CONSTRAINTS.get(cursor.key)
    if read is None or (cursor.key == "not" and not cursor.sees("not", "null")):
        cursor.refuse()
    constraint = read(cursor)
    first = cursor.at
    skip_attributes(cursor)
    alone = constraint.no_inherit or any(token.key == "inherit" for token in cursor.tokens[first : cursor.at])
    return replace(constraint, name=name, span=cursor.span_from(start), no_inherit=alone)


def _key(kind: Literal["primary key", "unique"]) -> Callable[[Cursor], ConstraintDef]:
    words = kind.split()

    def read(cursor: Cursor) -> ConstraintDef:
        span = cursor.span_of(cursor.token)
        cursor.must(*words)
        if cursor.take("using", "index"):
            return ConstraintDef(kind, span, using_index=cursor.name())
        distinct = _nulls(cursor)
        columns = _key_columns(cursor)
        include = cursor.names_in_parens() if cursor.take("include") else ()
        _index_parameters(cursor)
        return ConstraintDef(kind, span, columns=columns, nulls_not_distinct=distinct, include=include)

    return read


def _key_columns(cursor: Cursor) -> tuple[str, ...]:
    cursor.must("(")
    columns = cursor.listed(cursor.name)
    if cursor.key == "without":
        raise NotUnderstoodError("a key WITHOUT OVERLAPS")
    cursor.must(")")
    return columns


def _nulls(cursor: Cursor) -> bool:
    """True for NULLS NOT DISTINCT."""
    if not cursor.take("nulls"):
        return False
    rejected = cursor.take("not")
    cursor.must("distinct")
    return rejected


def _index_parameters(cursor: Cursor) -> None:
    if cursor.key == "with" and cursor.ahead().key == "(":
        cursor.step()
        cursor.skip_parens()
    if cursor.take("using", "index", "tablespace"):
        cursor.name()


def _not_null(cursor: Cursor) -> ConstraintDef:
    """NOT NULL of a column, as PostgreSQL 18 has it."""
    span = cursor.span_of(cursor.token)
    cursor.must("not", "null")
    return ConstraintDef("not null", span, columns=(cursor.name(),))


def _check(cursor: Cursor) -> ConstraintDef:
    return _inline_check(cursor, _Column())


def _exclude(cursor: Cursor) -> ConstraintDef:
    start = cursor.token
    cursor.must("exclude")
    first = cursor.at
    if cursor.take("using"):
        cursor.name()
    keys = cursor.in_parens(lambda: _excluded(cursor))
    include = cursor.names_in_parens() if cursor.take("include") else ()
    _index_parameters(cursor)
    if cursor.take("where"):
        cursor.skip_parens()
    return ConstraintDef(
        "exclude",
        cursor.span_of(start),
        columns=tuple(key for key in keys if isinstance(key, str)),
        expression=cursor.text_from(first),
        include=include,
        labels=(*map(key_label, keys), *include),
    )


def _excluded(cursor: Cursor) -> str | Text:
    key = read_index_key(cursor)
    cursor.must("with")
    cursor.until(",")
    return key


def _foreign(cursor: Cursor) -> ConstraintDef:
    span = cursor.span_of(cursor.token)
    cursor.must("foreign", "key")
    columns = cursor.names_in_parens()
    return _references(cursor, ConstraintDef("foreign key", span, columns=columns))


def _references(cursor: Cursor, constraint: ConstraintDef) -> ConstraintDef:
    cursor.must("references")
    target = cursor.ref()
    target_columns = cursor.names_in_parens() if cursor.key == "(" else ()
    if cursor.take("match"):
        cursor.must_any("full", "partial", "simple")
    actions: dict[str, OnDelete] = {}
    while cursor.take("on"):
        occasion = cursor.take_any("delete", "update")
        if not occasion or occasion in actions:
            cursor.refuse()
        actions[occasion] = _action(cursor)
    return replace(
        constraint,
        target=target,
        target_columns=target_columns,
        on_delete=actions.get("delete", "no action"),
        on_update=actions.get("update", "no action"),
    )


def _action(cursor: Cursor) -> OnDelete:
    if cursor.take("set"):
        what = cursor.must_any("null", "default")
        if cursor.key == "(":
            cursor.names_in_parens()
        return "set null" if what == "null" else "set default"
    word = cursor.must_any("no", "restrict", "cascade")
    if word == "no":
        cursor.must("action")
    return _ACTIONS[word]


_CONSTRAINTS: dict[str, Callable[[Cursor], ConstraintDef]] = {
    "primary": _key("primary key"),
    "unique": _key("unique"),
    "check": _check,
    "exclude": _exclude,
    "foreign": _foreign,
    "not": _not_null,
}
