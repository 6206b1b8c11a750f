"""sqlglot's trees of SQL. Who looks at one leaves it as it is: others that ask for the same text get it, too."""

from __future__ import annotations

import logging
from functools import cache, lru_cache

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres
from sqlglot.parser import Parser
from sqlglot.tokens import Tokenizer

# What it can't parse it says on stderr; we say it in our own words.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


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
        trees = parser.parse(tokenizer.tokenize(sql), sql)
    except Exception:  # It promises SqlglotError, and raises IndexError and others, too.
        return None
    return trees[0] if len(trees) == 1 else None
