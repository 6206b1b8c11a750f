"""Functions of the migrations' own that a migration runs: what their bodies do to the schema is done."""

from __future__ import annotations

from analyzer.model.catalog import Function
from analyzer.model.events import DoBlock, Run
from analyzer.model.span import Span
from analyzer.sql.effect import apply
from analyzer.sql.gap import gap
from analyzer.sql.lexer import lex
from analyzer.sql.plpgsql.block import read_block
from analyzer.sql.plpgsql.dynamic import changes_schema
from analyzer.sql.plpgsql.tokens import FixedScript, UnreadableBlockError
from analyzer.sql.state import State

_REASON = "a function that changes the schema"
_DEEPEST = 5
"""Functions that run one another: further down they are doubted."""


def run_function(state: State, run: Run, span: Span) -> None:
    """Do what the function does, with the arguments as far as they can be told; what can't be followed is doubted."""
    for function in _meant(state, run):
        assert function.body is not None
        script = FixedScript(function.body.sql, span)
        script.tokens = lex(function.body.sql).tokens
        if not changes_schema(script.tokens):
            continue
        try:
            if function.language != "plpgsql" or state.running >= _DEEPEST:
                raise UnreadableBlockError
            block = read_block(script, _values(function, run))
        except (UnreadableBlockError, IndexError, ValueError):
            words = gap(script, script.tokens, _REASON).words
            state.doubt(_REASON, span, words | {each for each in run.arguments if each}, dynamic=True)
        else:
            _run(state, DoBlock(block, opaque=True), span)


def _run(state: State, block: DoBlock, span: Span) -> None:
    state.running += 1
    try:
        apply(state, block, span)
    finally:
        state.running -= 1


def _meant(state: State, run: Run) -> list[Function]:
    """The overload that is called; all of one name where that can't be told."""
    known = [each for each in state.find_functions(run.function) if each.body is not None and not each.managed]
    fitting = [each for each in known if len([*each.inputs()]) == len(run.arguments)]
    return fitting if len(fitting) == 1 else known[:1]


def _values(function: Function, run: Run) -> dict[str, str]:
    given = zip(function.inputs(), run.arguments, strict=False)
    return {parameter.name: text for parameter, text in given if parameter.name is not None and text is not None}
