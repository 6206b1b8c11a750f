"""What EXECUTE may do, by the words with which its text begins."""

from __future__ import annotations

import re

from analyzer.sql.lexer import Token

_CHANGING = frozenset(("create", "alter", "drop", "buckets"))
HARMLESS = re.compile(
    r"\s*(alter\s+default|grant|revoke|comment|select|insert|update|delete|truncate|lock|notify|analyze|vacuum|refresh"
    r"|reindex|cluster)\b",
    re.I,
)
DEFINED = frozenset(("pg_get_functiondef", "pg_get_viewdef", "pg_get_indexdef", "pg_get_triggerdef"))
DEFINING = re.compile(r"\s*(create|alter|drop)\b", re.I)
SHAPING = re.compile(r"\s*(create|alter|drop|grant|revoke|comment)\b", re.I)
GRANTS = re.compile(r"\s*(grant|revoke|alter\s+default)\b", re.I)


def changes_schema(tokens: list[Token]) -> bool:
    """True when steps do more than move data and grant rights."""
    for at, token in enumerate(tokens):
        if token.key in _CHANGING:
            return True
        if token.key == "execute" and not HARMLESS.match(beginning_of(tokens[at + 1 :])):
            return True
    return False


def grants_rights(tokens: list[Token]) -> bool:
    """True when steps grant or revoke."""
    return any(
        token.key in ("grant", "revoke") or (token.key == "execute" and GRANTS.match(beginning_of(tokens[at + 1 :])))
        for at, token in enumerate(tokens)
    )


def beginning_of(tokens: list[Token]) -> str:
    """The literal with which the text begins, empty when it begins with something else."""
    while tokens and tokens[0].key in ("(", "format", "pg_catalog", "."):
        tokens = tokens[1:]
    return tokens[0].value if tokens and tokens[0].kind == "string" else ""
