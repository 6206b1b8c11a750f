"""What PostgreSQL refuses in a body in plpgsql as soon as it is made, whatever its statements would do."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial
from typing import Literal

from analyzer.model.events import SyntaxFault
from analyzer.sql.lexer import Script, Token, lex, unterminated
from analyzer.sql.plpgsql.structure import FaultError, check_structure
from analyzer.sql.plpgsql.targets import sets_unknown, undeclared
from analyzer.sql.plpgsql.tokens import parted

_LEVELS = frozenset(("debug", "log", "info", "notice", "warning", "exception"))
_BEFORE = frozenset((";", "then", "else", "loop", "begin"))
# Most bodies are not cut into tokens for this: a RAISE with its text, up to what can't be among its parameters.
_RAISE = re.compile(r"\braise\s+(?:\w+\s+)?'((?:[^']|'')*)'([^;'$]*)", re.IGNORECASE)


Returning = Literal["value", "void", "set", "out"]


def body_fault(text: str, start: int, known: Collection[str] = (), returning: Returning = "void") -> SyntaxFault | None:
    """The first fault: of how the body is put together, of a variable that is set and not declared, of a RAISE that is miscounted.

    ``known`` are the names of the arguments; ``returning`` says what the function gives back, ``out`` for what its output
    arguments hold.
    """
    try:
        check_structure(text, partial(_refused_return, returning))
    except FaultError as fault:
        return SyntaxFault(str(fault), lex(text, start).span(fault.start, fault.end), sqlstate=fault.sqlstate)
    if not _suspicious(text) and not sets_unknown(text, known):
        return None
    script = lex(text, start)
    if script.unterminated is not None:
        open_ = script.unterminated
        return SyntaxFault(unterminated(open_), script.span(open_.start, open_.end))
    return undeclared(script, known) or _miscounting(script)


def _refused_return(returning: Returning, how: str, given: bool) -> tuple[str, str] | None:
    if how:
        message = f"cannot use RETURN {how.upper()} in a non-SETOF function"
        return ("42804", message) if returning != "set" else None
    if returning == "value":
        return ("42601", "missing expression") if not given else None
    return ("42804", "RETURN cannot have a parameter in a function of this kind") if given else None


def _miscounting(script: Script) -> SyntaxFault | None:
    """A RAISE with fewer or more parameters than its text has room for."""
    tokens = script.tokens
    for at, token in enumerate(tokens):
        if token.key == "raise" and (at == 0 or tokens[at - 1].key in _BEFORE):
            end = next((end for end in range(at, len(tokens)) if tokens[end].key == ";"), len(tokens))
            if message := _miscounted(tokens[at + 1 : end]):
                return SyntaxFault(message, script.span(token.start, token.end))
    return None


def _suspicious(text: str) -> bool:
    if text.count("'") % 2 or text.count('"') % 2 or "/*" in text:
        return True
    return any(_room(match[1]) != _commas(match[2]) for match in _RAISE.finditer(text))


def _commas(text: str) -> int:
    return -1 if "(" in text or "--" in text else text.count(",")


def _miscounted(tokens: Sequence[Token]) -> str | None:
    if tokens and tokens[0].key in _LEVELS:
        tokens = tokens[1:]
    if not tokens or tokens[0].kind != "string":
        return None
    end = next((at for at, token in enumerate(tokens) if token.key == "using"), len(tokens))
    given = len(list(parted(list(tokens[1:end]), ","))) - 1 if end > 1 else 0
    room = _room(tokens[0].value)
    if given == room or (end > 1 and tokens[1].key != ","):
        return None
    return f"too {'few' if given < room else 'many'} parameters specified for RAISE"


def _room(text: str) -> int:
    return text.replace("%%", "").count("%")
