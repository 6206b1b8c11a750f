"""The turns of a loop over what is written out: rows of VALUES, unnest of an array."""

from __future__ import annotations

from analyzer.sql.lexer import Token
from analyzer.sql.plpgsql.constants import Constants, Value
from analyzer.sql.plpgsql.tokens import closes, parted


def listed_rows(constants: Constants, names: list[Token], tokens: list[Token]) -> list[dict[str, Value]] | None:
    """``SELECT * FROM (VALUES ('a', 'b'), …) AS t (x, y)``: the columns of each row; None for any other query."""
    keys = [token.key for token in tokens]
    if "values" not in keys or keys[0] not in ("select", "("):
        return None
    at = keys.index("values")
    inner = keys.index("from") if "from" in keys else 0
    if keys[inner + 1 : at] != ["("] or closes(tokens[inner + 1 :]) < 0:
        return None
    end = inner + 1 + closes(tokens[inner + 1 :])
    alias = [token for token in tokens[end + 1 :] if token.key not in ("as", ")")]
    columns = [token.value for token in alias[2:] if token.kind in ("word", "quoted")]
    if not columns or alias[1].key != "(" or any(token.key not in ("", ",", *columns) for token in alias[2:]):
        return None
    return _rows_of(constants, names, columns, tokens[at + 1 : end])


def _rows_of(
    constants: Constants, names: list[Token], columns: list[str], tokens: list[Token]
) -> list[dict[str, Value]] | None:
    """The turns that rows of literals give: as fields of a record, or as one variable each."""
    variables = [token.value for token in names if token.kind in ("word", "quoted")]
    turns: list[dict[str, Value]] = []
    for row in parted(tokens, ","):
        items = [constants.constant(part) for part in parted(row[1:-1], ",")]
        known = [item for item in items if isinstance(item, str)]
        if len(known) != len(columns):
            return None
        fields: dict[str, Value] = {f"{variables[0]}.{name}": item for name, item in zip(columns, known, strict=True)}
        single = len(columns) == 1 or len(variables) > 1
        turns.append(fields | (dict(zip(variables, known, strict=False)) if single else {}))
    return turns


def unnested(constants: Constants, tokens: list[Token]) -> str | tuple[str, ...] | None:
    """``SELECT unnest(ARRAY[…])`` and ``VALUES ('a'), ('b')``, with or without parentheses."""
    while tokens and tokens[0].key == "(" and tokens[-1].key == ")":
        tokens = tokens[1:-1]
    keys = [token.key for token in tokens]
    if keys[:3] == ["select", "unnest", "("] and ")" in keys:
        return constants.constant(tokens[3 : len(keys) - 1 - keys[::-1].index(")")])
    if keys[:1] == ["values"] and all(token.kind == "string" or token.key in "(),values" for token in tokens):
        return tuple(token.value for token in tokens if token.kind == "string")
    return None
