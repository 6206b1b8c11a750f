"""The variables that a body in plpgsql sets: one that is not declared is refused as soon as the body is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from analyzer.model.events import SyntaxFault
from analyzer.sql.keywords import words
from analyzer.sql.lexer import Script, Token
from analyzer.sql.plpgsql.outline import Outline
from analyzer.sql.plpgsql.tokens import pieces

_ALWAYS = words(
    """
    found new old sqlstate sqlerrm tg_name tg_when tg_level tg_op tg_relid tg_relname tg_table_name tg_table_schema
    tg_nargs tg_argv tg_event tg_tag
    """
)
# What else may stand before INTO and names no variable there.
_FILLED = frozenset(("insert", "merge"))
# Statements of plpgsql's own, of which INTO is none or is not looked at when the body is read.
_OWN = words(
    """
    alias assert begin call case close commit constant continue declare do else elsif elseif end exception exit for
    foreach get if import into loop move null open perform raise return rollback then until when while
    """
)
_SETTING = re.compile("[=ifed]")


def sets_unknown(outline: Outline, known: Collection[str]) -> bool:
    """Whether a body may set what it does not declare: then it is worth cutting into tokens."""
    heading = outline.keys.index("begin") if "begin" in outline.keys else 0
    declared = {*known, *_ALWAYS, *map(outline.name, range(heading)), ""}
    targets = (_target(outline.keys, match.start()) for match in _SETTING.finditer(outline.letters))
    return any(outline.name(at) not in declared for at in targets)


def _target(keys: Sequence[str], at: int) -> int:
    """Where the name stands that is set there, if one is."""
    match keys[at]:
        case ":=":
            return at - 1
        case "into" if keys[at - 1] in _FILLED:
            return -1
        case "into" if keys[at + 1] == "strict":
            return at + 2
        case "for" if keys[at + 2] not in ("in", ",") or keys[at + 3] == "reverse" or keys[at + 3][:1].isdecimal():
            return -1
    return at + 1


def undeclared(script: Script, known: Collection[str]) -> SyntaxFault | None:
    """42601 at the first variable that is set and nowhere declared; ``known`` are the names of the arguments.

    A variable of one block counts for all of them, so that nothing is told of one that is only out of reach.
    """
    parts = [part for piece in pieces(script.tokens) if (part := _without_label(piece))]
    declared = {*known, *_ALWAYS, *_declared(script.tokens), *(name for piece in parts for name in _made(piece))}
    for piece in parts:
        for token, message in _faults(piece, declared):
            return SyntaxFault(message.format(token.value), script.span(token.start, token.end))
    return None


def _without_label(piece: list[Token]) -> list[Token]:
    """The piece without the ``<<label>>`` before it."""
    return piece[3:] if piece[0].key == "<<" else piece


def _declared(tokens: Sequence[Token]) -> Iterator[str]:
    """The names in every DECLARE, and the labels of blocks and loops."""
    within = fresh = False
    for at, token in enumerate(tokens):
        if token.key == "<<" and at + 1 < len(tokens):
            yield tokens[at + 1].value
        if token.key in ("declare", "begin"):
            within = fresh = token.key == "declare"
        elif within and fresh:
            yield token.value
            fresh = False
        elif token.key == ";":
            fresh = True


def _made(piece: Sequence[Token]) -> Iterator[str]:
    """The variable that a loop over numbers or over a cursor brings itself."""
    if piece[0].key == "for" and len(piece) > 1 and _header(piece) is None:
        yield piece[1].value


def _header(piece: Sequence[Token]) -> Sequence[Token] | None:
    """What stands behind IN of a loop over the rows of a query; None for every other loop."""
    at = next((at for at, token in enumerate(piece) if token.key == "in"), len(piece))
    behind = piece[at + 1 :]
    if not behind or behind[0].key not in ("select", "with", "execute", "(", "values", "insert", "update", "delete"):
        return None
    return None if any(token.key == ".." for token in behind) else behind


def _faults(piece: Sequence[Token], declared: Collection[str]) -> Iterator[tuple[Token, str]]:
    first = piece[0]
    unknown = '"{}" is not a known variable'
    if first.key == "for" and len(piece) > 3 and piece[2].key in ("in", ",") and _header(piece) is not None:
        if not _is_known(piece[1:], declared):
            yield piece[1], "loop variable of loop over rows must be a record variable or list of scalar variables"
    elif first.key == "foreach" and len(piece) > 1:
        if not _is_known(piece[1:], declared):
            yield piece[1], "loop variable of FOREACH must be a known variable or list of variables"
    elif first.key == "get":
        at = next((at for at, token in enumerate(piece) if token.key == "diagnostics"), len(piece))
        if at + 2 < len(piece) and not _is_known(piece[at + 1 :], declared):
            yield piece[at + 1], unknown
    elif len(piece) > 1 and piece[1].key == ":=":
        if first.key not in _OWN and not _is_known(piece, declared):
            yield first, unknown
    elif first.kind == "word" and first.key not in _OWN and first.value not in declared:
        yield from ((token, unknown) for token in _unknown_targets(piece, declared))


def _is_known(tokens: Sequence[Token], declared: Collection[str]) -> bool:
    """Whether a name stands there that is declared, or no name at all."""
    return tokens[0].kind not in ("word", "quoted") or tokens[0].value in declared


def _unknown_targets(piece: Sequence[Token], declared: Collection[str]) -> Iterator[Token]:
    """Each name after INTO that is no variable."""
    for at in range(1, len(piece)):
        if piece[at].key != "into" or piece[at - 1].key in _FILLED:
            continue
        target = at + 2 if piece[at + 1 : at + 2] and piece[at + 1].key == "strict" else at + 1
        while target < len(piece) and piece[target].kind in ("word", "quoted"):
            if piece[target].value not in declared:
                yield piece[target]
            target += 1
            while target + 1 < len(piece) and piece[target].key == ".":
                target += 2
            if target >= len(piece) or piece[target].key != ",":
                break
            target += 1
