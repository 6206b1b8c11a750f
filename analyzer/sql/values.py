"""The rows that an INSERT writes out: literals, NULL, and look-ups in other tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.events import DEFAULT, NULL, Constant, Lookup, Ref, Value, Variable
from analyzer.sql.cursor import Cursor
from analyzer.sql.lexer import Token
from analyzer.sql.query import read_query

MOST_ROWS = 500


def read_values(cursor: Cursor) -> tuple[tuple[Value, ...], ...] | None:
    """The rows after VALUES; None when there are too many to keep."""
    rows: list[tuple[Value, ...]] = []
    while True:
        rows.append(cursor.in_parens(lambda: _value(cursor, cursor.until(","))))
        if not cursor.take(","):
            return tuple(rows)
        if len(rows) == MOST_ROWS:
            return None


def _value(cursor: Cursor, tokens: Sequence[Token]) -> Value:
    if len(tokens) > 2 and tokens[0].key == "(" and tokens[1].key == "select" and tokens[-1].key == ")":
        return read_lookup(cursor, tokens[1:-1])
    cast = len(tokens) > 2 and tokens[1].key == "::"
    if len(tokens) != 1 and not cast:
        return None
    token = tokens[0]
    if token.kind == "string":
        return Constant(token.value, quoted=not cast)
    if token.kind == "number":
        return Constant(token.value)
    if token.key == "null":
        return NULL
    if token.key == "default":
        return DEFAULT
    return Variable(token.value) if token.kind in ("word", "quoted") and not cast else None


def read_lookup(cursor: Cursor, tokens: Sequence[Token]) -> Lookup | None:
    """``SELECT … FROM t WHERE c = 'x' …``, which gives no row when ``t`` has none with that value."""
    keys = [token.key for token in tokens]
    if len(tokens) > 200 or "from" not in keys:
        return None
    end = next((at for at, key in enumerate(keys) if key in ("limit", "order")), len(keys))
    query = read_query(cursor.script.text[tokens[0].start : tokens[end - 1].end])
    if query is None or not query.simple:
        return None
    name = query.sources[0].relation
    if name is None:
        return None
    span = cursor.script.span(tokens[0].start, tokens[-1].end)
    return Lookup(Ref(name.schema, name.name, span), tuple(_conditions(tokens)))


def _conditions(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """``column = 'literal'`` of a WHERE that is a chain of AND; none of any other."""
    keys = [token.key for token in tokens]
    if "where" not in keys or "or" in keys or "not" in keys:
        return
    start = keys.index("where") + 1
    end = next((at for at in range(start, len(keys)) if keys[at] in ("limit", "order", "for", "group")), len(keys))
    for at in range(start, end - 2):
        before = keys[at - 1] in ("where", "and") or (
            keys[at - 1] == "." and at > 2 and keys[at - 3] in ("where", "and")
        )
        after = at + 3 >= end or keys[at + 3] == "and"
        if before and after and keys[at + 1] == "=" and tokens[at + 2].kind == "string":
            yield tokens[at].value, tokens[at + 2].value
