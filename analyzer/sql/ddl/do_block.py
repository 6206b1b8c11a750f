"""DO."""

from __future__ import annotations

from analyzer.model.events import DoBlock, Event
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.lexer import lex, quoted_part
from analyzer.sql.plpgsql import UnreadableBlockError, read_block


def _do(cursor: Cursor) -> Event:
    language = cursor.name() if cursor.take("language") else "plpgsql"
    token = cursor.token
    cursor.string()
    language = cursor.name() if cursor.take("language") else language
    text = cursor.script.text[token.start : token.end]
    start, end = quoted_part(text)
    if language != "plpgsql" or text[0] != "$":
        raise NotUnderstoodError("DO block that is no dollar-quoted plpgsql")
    inner = lex(text[start:end], cursor.script.byte(token.start + start))
    try:
        return DoBlock(read_block(inner))
    except (UnreadableBlockError, IndexError, ValueError) as error:
        raise NotUnderstoodError("DO block") from error


READERS = {"do": _do}
