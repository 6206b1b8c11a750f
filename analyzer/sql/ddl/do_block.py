"""DO."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.events import DoBlock, Event, Text
from analyzer.sql.calls import own_calls
from analyzer.sql.cursor import Cursor, NotUnderstoodError
from analyzer.sql.declarations import read_declared
from analyzer.sql.lexer import Script, Token, lex, quoted_part
from analyzer.sql.plpgsql.block import read_block
from analyzer.sql.plpgsql.dynamic import SHAPING, beginning_of
from analyzer.sql.plpgsql.faults import body_fault
from analyzer.sql.plpgsql.tokens import FixedScript, UnreadableBlockError, pieces


def _do(cursor: Cursor) -> Event:
    language = _language(cursor) if cursor.take("language") else "plpgsql"
    token = cursor.token
    cursor.string()
    language = _language(cursor) if cursor.take("language") else language
    if not cursor.done:
        cursor.refuse()
    text = cursor.script.text[token.start : token.end]
    if language != "plpgsql":
        raise NotUnderstoodError(f"DO block in {language}")
    if text[0] == "$":
        start, end = quoted_part(text)
        inner = lex(text[start:end], cursor.script.byte(token.start + start))
    else:
        # Between plain quotes the text is no longer what stands in the file: its places are the literal's.
        inner = FixedScript(token.value, cursor.span_of(token))
        inner.tokens = lex(token.value).tokens
    if fault := body_fault(inner.text, inner.base):
        return fault if text[0] == "$" else replace(fault, span=cursor.span_of(token))
    declared = read_declared(inner, Text(inner.text, inner.span(0, len(inner.text))), ())
    try:
        return DoBlock(read_block(inner), _is_opaque(inner), _is_followed(inner), declared)
    except (UnreadableBlockError, IndexError, ValueError) as error:
        raise NotUnderstoodError("DO block") from error


def _is_opaque(script: Script) -> bool:
    """True for a block that runs what is not seen, and may put rows anywhere."""
    tokens = script.tokens
    unseen = any(
        token.key == "execute"
        and tokens[at + 1 : at + 2]
        and tokens[at + 1].key not in ("function", "procedure", "on")
        and not SHAPING.match(beginning_of(tokens[at + 1 :]))
        for at, token in enumerate(tokens)
    )
    return unseen or any(own_calls(script, piece) for piece in pieces(tokens) if not _is_shaping(piece))


def _is_shaping(piece: list[Token]) -> bool:
    """Whether it makes or changes something, and runs none of the functions that it names."""
    keys = [token.key for token in piece]
    if keys[0] in ("create", "alter", "drop", "comment", "grant", "revoke"):
        return keys[1:2] not in (["table"], ["materialized"], ["temp"], ["temporary"]) or "select" not in keys
    # What stands behind the IF of IF NOT EXISTS.
    return (
        "exists" in keys[:2]
        and keys[keys.index("exists") + 1 : keys.index("exists") + 2] != ["("]
        and ("select" not in keys)
    )


def _is_followed(script: Script) -> bool:
    """False for a block that sets variables in loops, handlers, or by SQL that it puts together."""
    return not {"loop", "case", "exception", "execute"} & {token.key for token in script.tokens}


def _language(cursor: Cursor) -> str:
    return cursor.string().lower() if cursor.token.kind == "string" else cursor.name()


READERS = {"do": _do}
