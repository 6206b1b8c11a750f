"""sqlglot's trees of SQL. Who looks at one leaves it as it is: others that ask for the same text get it, too."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache, lru_cache

from sqlglot import Token, TokenType, exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.parser import Parser
from sqlglot.tokens import Tokenizer

# What it can't parse it says on stderr; we say it in our own words.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

# sqlglot tries both ways to read each join that has no condition: forty of them take it years.
_MOST_OPEN_JOINS = 10
_CONDITIONS = frozenset((TokenType.ON, TokenType.USING))
_WITHOUT = frozenset((TokenType.CROSS, TokenType.NATURAL))


@cache
def _tools() -> tuple[Tokenizer, Parser]:
    """Made once: that takes as long as to parse a short text."""
    dialect = Postgres()
    return dialect.tokenizer(), dialect.parser()


@lru_cache(maxsize=256)  # policies repeat one another, and a text is looked at from several sides
def parse(sql: str) -> exp.Expr | None:
    """The tree of the one statement that the text is; None when sqlglot can't read it."""
    tokenizer, parser = _tools()
    try:
        tokens = tokenizer.tokenize(sql)
        if _open_joins(tokens) > _MOST_OPEN_JOINS:
            return None
        trees = parser.parse(tokens, sql)
    except Exception:  # It promises SqlglotError, and raises IndexError and others, too.
        return None
    return trees[0] if len(trees) == 1 else None


def _open_joins(tokens: Iterable[Token]) -> int:
    """How many joins wait for their conditions at once, at the most."""
    most = waiting = 0
    complete = False
    for kind in (token.token_type for token in tokens):
        if kind in _WITHOUT:
            complete = True
        elif kind == TokenType.JOIN:
            waiting, complete = waiting + (not complete), False
            most = max(most, waiting)
        elif kind in _CONDITIONS:
            waiting = max(waiting - 1, 0)
    return most
