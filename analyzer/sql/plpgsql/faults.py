"""What PostgreSQL refuses in a body in plpgsql as soon as it is made, whatever its statements would do."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import Literal

from analyzer.model.events import SyntaxFault
from analyzer.sql.lexer import LEXEMES, lex, unterminated
from analyzer.sql.plpgsql.outline import Outline
from analyzer.sql.plpgsql.structure import FaultError, check_structure
from analyzer.sql.plpgsql.targets import sets_unknown, undeclared

_LEVELS = frozenset(("debug", "log", "info", "notice", "warning", "exception"))
_BEFORE = frozenset((";", "then", "else", "loop", "begin"))
_GIVEN = re.compile("[^;u]*")
_MORE = re.compile(",(?=.)")


Returning = Literal["value", "void", "set", "out"]


def body_fault(text: str, start: int, known: Collection[str] = (), returning: Returning = "void") -> SyntaxFault | None:
    """The first fault: of how the body is put together, of a variable that is set and not declared, of a RAISE that is miscounted.

    ``known`` are the names of the arguments; ``returning`` says what the function gives back, ``out`` for what its output
    arguments hold.
    """
    outline = Outline(text)
    if outline.open:
        return _unended(text, start)
    try:
        check_structure(outline, partial(_refused_return, returning))
        _count_parameters(outline)
    except FaultError as fault:
        return SyntaxFault(str(fault), lex(text, start).span(fault.start, fault.end), sqlstate=fault.sqlstate)
    return undeclared(lex(text, start), known) if sets_unknown(outline, known) else None


def _unended(text: str, start: int) -> SyntaxFault | None:
    script = lex(text, start)
    rest = script.unterminated
    return SyntaxFault(unterminated(rest), script.span(rest.start, rest.end)) if rest is not None else None


def _refused_return(returning: Returning, how: str, given: bool) -> tuple[str, str] | None:
    if how:
        message = f"cannot use RETURN {how.upper()} in a non-SETOF function"
        return ("42804", message) if returning != "set" else None
    if returning == "value":
        return ("42601", "missing expression") if not given else None
    return ("42804", "RETURN cannot have a parameter in a function of this kind") if given else None


def _count_parameters(outline: Outline) -> None:
    """Raises FaultError at a RAISE with fewer or more parameters than its text has room for."""
    keys, shape = outline.keys, outline.shape
    for at in (match.start() for match in re.finditer("r", shape)):
        text = at + 2 if keys[at + 1] in _LEVELS else at + 1
        if (at and keys[at - 1] not in _BEFORE) or text >= len(outline) or keys[text + 1] not in (",", ";", "using"):
            continue
        said = LEXEMES[outline.texts[text]]
        if said.kind == "string":
            given = next(_GIVEN.finditer(shape, text + 1))[0]
            _count(outline, at, len(_MORE.findall(given)), said.value.replace("%%", "").count("%"))


def _count(outline: Outline, at: int, given: int, room: int) -> None:
    if given != room:
        raise FaultError(f"too {'few' if given < room else 'many'} parameters specified for RAISE", *outline.place(at))
