"""What PostgreSQL refuses in a body in plpgsql as soon as it is made, whatever its statements would do."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Literal

from analyzer.model.events import SyntaxFault
from analyzer.sql.lexer import lex, unterminated
from analyzer.sql.plpgsql.outline import Outline
from analyzer.sql.plpgsql.structure import FaultError, check_structure

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
        check_structure(outline, known, partial(_refused_return, returning))
    except FaultError as fault:
        return SyntaxFault(str(fault), lex(text, start).span(fault.start, fault.end), sqlstate=fault.sqlstate)
    return None


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
