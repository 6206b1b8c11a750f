"""The rows that an INSERT writes out: literals, NULL, and look-ups in other tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.events import DEFAULT, NULL, Constant, Lookup, Ref, Value, Variable
from analyzer.sql.calls import is_plain_name
from analyzer.sql.cursor import Cursor, RefusedError
from analyzer.sql.lexer import Script, Token
from analyzer.sql.plain import COMPARABLE, type_of
from analyzer.sql.query import read_query

MOST_ROWS = 500
_WORDS = {"null": NULL, "default": DEFAULT}
_SHAPING = frozenset(("union", "intersect", "except", "group"))


def read_values(cursor: Cursor) -> tuple[tuple[Value, ...], ...] | None:
    """The rows after VALUES; None when there are too many to keep."""
    rows: list[tuple[Value, ...]] = []
    while True:
        rows.append(cursor.in_parens(lambda: read_value(cursor, cursor.until(","))))
        if not cursor.take(","):
            return tuple(rows)
        if len(rows) == MOST_ROWS:
            return None


def read_listed(cursor: Cursor) -> tuple[tuple[Value, ...], ...] | None:
    """The rows of ``SELECT … FROM (VALUES …) AS t (a, b) …``: each may be left out, none is added; None for other queries.

    The cursor stays where it is.
    """
    here = cursor.at
    rows = _listed(cursor)
    cursor.at = here
    return rows


def _listed(cursor: Cursor) -> tuple[tuple[Value, ...], ...] | None:
    if not cursor.take("select") or cursor.done or cursor.key == "from":
        return None
    shown = cursor.until("from")
    rows = read_values(cursor) if cursor.take("from", "(", "values") else None
    if rows is None or not cursor.take(")"):
        return None
    cursor.take("as")
    if not cursor.is_name() or cursor.ahead().key != "(":
        return None
    alias = cursor.name()
    names = [token.value for token in cursor.skip_parens() if token.key != ","]
    if _SHAPING & {token.key for token in cursor.tokens[cursor.at :]} or any(len(row) != len(names) for row in rows):
        return None
    if [token.key for token in shown] == ["*"]:
        return rows if cursor.done or cursor.key in ("where", "on", "order", "limit", "returning") else None
    places = list(_places(shown, alias, names))
    return tuple(tuple(None if place is None else row[place] for place in places) for row in rows)


def _places(tokens: Sequence[Token], alias: str, names: Sequence[str]) -> Iterator[int | None]:
    """Which column of the list each output is; None for any other."""
    item: list[Token] = []
    depth = 0
    for token in [*tokens, Token("op", ",", ",", 0, 0)]:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if token.key != "," or depth:
            item.append(token)
            continue
        if len(item) == 3 and item[0].value == alias and item[1].key == ".":
            item = item[2:]
        yield names.index(item[0].value) if len(item) == 1 and item[0].value in names else None
        item = []


def read_value(cursor: Cursor, tokens: Sequence[Token]) -> Value:
    """What the tokens give; None for an expression that can't be told."""
    _refuse_broken(tokens)
    if len(tokens) > 2 and tokens[0].key == "(" and tokens[1].key == "select" and tokens[-1].key == ")":
        return read_lookup(cursor.script, tokens[1:-1])
    if (constant := read_constant(tokens)) is not None:
        return constant
    if [token.key for token in tokens[:2]] == ["null", "::"]:
        return NULL
    token = tokens[0] if len(tokens) == 1 else None
    if token is None or token.kind not in ("word", "quoted"):
        return None
    return _WORDS.get(token.key) or Variable(token.value)


def read_constant(tokens: Sequence[Token]) -> Constant | None:
    """What the tokens write out; None for any other expression."""
    if len(tokens) > 2 and tokens[1].key == "::":
        cast = COMPARABLE.get(" ".join(each.key for each in tokens[2:]), "")
        return Constant(tokens[0].value, type=cast) if tokens[0].kind in ("string", "number") else None
    type_ = type_of(tokens[0]) if len(tokens) == 1 else None
    return Constant(tokens[0].value, quoted=not type_, type=type_) if type_ is not None else None


def _refuse_broken(tokens: Sequence[Token]) -> None:
    """42601 at a name that follows a string: an apostrophe within the text has ended it."""
    depth = 0
    for at, token in enumerate(tokens[:-1]):
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if not depth and token.kind == "string" and is_plain_name(tokens[at + 1]):
            raise RefusedError(tokens[at + 1])


def read_lookup(script: Script, tokens: Sequence[Token]) -> Lookup | None:
    """``SELECT … FROM t WHERE c = 'x' …``, which gives no row when ``t`` has none with that value."""
    keys = [token.key for token in tokens]
    if len(tokens) > 200 or "from" not in keys:
        return None
    end = next((at for at, key in enumerate(keys) if key in ("limit", "order")), len(keys))
    query = read_query(" ".join(script.text[token.start : token.end] for token in tokens[:end]))
    if query is None or not query.simple:
        return None
    name = query.sources[0].relation
    if name is None:
        return None
    span = script.span(tokens[0].start, tokens[-1].end)
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
