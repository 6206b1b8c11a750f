"""One key of an index or of an EXCLUDE constraint: a column, or an expression."""

from __future__ import annotations

from analyzer.model.events import Ref, Text
from analyzer.sql.cursor import Cursor
from analyzer.sql.expression import skip_function
from analyzer.sql.keywords import NOT_A_COLUMN, TYPE_OR_FUNCTION
from analyzer.sql.lexer import lex
from analyzer.sql.query import read_expression


def key_label(key: str | Text) -> str:
    """What PostgreSQL would call the key, were it a column of a query (FigureIndexColname)."""
    if isinstance(key, str):
        return key
    read = read_expression(key.sql)
    name = read.outputs[0].name if read is not None and read.outputs else None
    return name if name not in (None, "?column?") else "expr"


def _in_parens(cursor: Cursor) -> str | Text:
    """An expression; a column alone is a plain key, however many parentheses stand around it."""
    inner = cursor.parens()
    tokens = [token for token in lex(inner.sql).tokens if token.key not in ("(", ")")]
    if len(tokens) > 2 and tokens[-2].key == "collate":
        tokens = tokens[:-2]
    if len(tokens) == 3 and tokens[1].key == ".":
        tokens = tokens[2:]
    alone = len(tokens) == 1 and (tokens[0].kind == "quoted" or tokens[0].key not in NOT_A_COLUMN | {""})
    return tokens[0].value if alone else inner


def read_index_key(cursor: Cursor) -> str | Text:
    """A plain column's name, or the text of an expression."""
    return read_index_element(cursor)[0]


def read_index_element(cursor: Cursor) -> tuple[str | Text, Ref | None]:
    """The key, and the operator class that is given for it."""
    first = cursor.at
    key: str | Text
    if cursor.key == "(":
        key = _in_parens(cursor)
    elif cursor.take("cast"):
        cursor.skip_parens()
        key = cursor.text_from(first)
    elif cursor.is_name() and cursor.ahead().key not in ("(", "."):
        key = cursor.name()
    elif cursor.is_name() or cursor.key in TYPE_OR_FUNCTION:
        skip_function(cursor)
        key = cursor.text_from(first)
    else:
        cursor.refuse()
    if cursor.take("collate"):
        cursor.ref()
    given = cursor.ref() if cursor.is_name() and cursor.key not in ("asc", "desc", "nulls") else None
    if given is not None and cursor.key == "(":
        cursor.skip_parens()
    cursor.take_any("asc", "desc")
    if cursor.take("nulls"):
        cursor.must_any("first", "last")
    return key, given
