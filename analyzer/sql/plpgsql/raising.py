"""What RAISE raises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.model.events import Raise
from analyzer.model.span import Span
from analyzer.sql.lexer import Token

CONDITIONS = {
    "duplicate_object": "42710",
    "duplicate_table": "42P07",
    "duplicate_column": "42701",
    "duplicate_function": "42723",
    "duplicate_schema": "42P06",
    "undefined_table": "42P01",
    "undefined_column": "42703",
    "undefined_object": "42704",
    "undefined_function": "42883",
    "invalid_schema_name": "3F000",
    "invalid_table_definition": "42P16",
    "wrong_object_type": "42809",
    "dependent_objects_still_exist": "2BP01",
    "feature_not_supported": "0A000",
    "unique_violation": "23505",
    "foreign_key_violation": "23503",
    "check_violation": "23514",
    "not_null_violation": "23502",
    "syntax_error": "42601",
    "invalid_foreign_key": "42830",
    "datatype_mismatch": "42804",
    "insufficient_privilege": "42501",
    "raise_exception": "P0001",
    "no_data_found": "P0002",
    "too_many_rows": "P0003",
}
_QUIET = frozenset(("notice", "warning", "info", "log", "debug"))
_CODE = re.compile(r"[0-9A-Z]{5}")


def read_raise(tokens: Sequence[Token], span: Span) -> Raise | None:
    """The error that the statement raises; None for a message that is only shown."""
    if len(tokens) == 1:
        return Raise("", span, "")
    if tokens[1].key in _QUIET:
        return None
    message = next((token.value for token in tokens if token.kind == "string"), "")
    return Raise(message, span, _sqlstate(tokens[1:]))


def _sqlstate(tokens: Sequence[Token]) -> str | None:
    keys = [token.key for token in tokens]
    if "errcode" in keys:
        value = tokens[keys.index("errcode") + 2 : keys.index("errcode") + 3]
        return _named(value[0].value) if value and value[0].kind == "string" else None
    if keys[0] == "exception":
        tokens = tokens[1:]
    if not tokens:
        return None
    if tokens[0].kind == "string" or tokens[0].key == "using":
        return "P0001"
    if tokens[0].key == "sqlstate" and len(tokens) > 1:
        return _named(tokens[1].value)
    return _named(tokens[0].value)


def _named(name: str) -> str | None:
    return CONDITIONS.get(name.lower()) or (name if _CODE.fullmatch(name) else None)
