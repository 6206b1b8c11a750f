"""The functions and types that an expression or query relies on: they can't be dropped without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.catalog import Function, Oid
from analyzer.model.events import Ref, Text
from analyzer.model.span import Span
from analyzer.sql.keywords import RESERVED
from analyzer.sql.lexer import Token, lex
from analyzer.sql.setting import split_path
from analyzer.sql.state import State

_NOWHERE = Span(0, 0)


def needs_of(state: State, *texts: Text | str | None) -> frozenset[Oid]:
    """The functions and types that the texts name for sure; of overloads that can't be told apart, none."""
    return frozenset(oid for text in texts if text is not None for oid in _needs(state, text))


def _needs(state: State, text: Text | str) -> Iterator[Oid]:
    if isinstance(text, Text) and "nextval" not in text.names and not _names_any(state, text.names):
        return
    tokens = lex(text.sql if isinstance(text, Text) else text).tokens
    for at, token in enumerate(tokens):
        if token.key == "::":
            yield from _type(state, tokens, at + 1)
        elif token.value == "nextval" and at + 2 < len(tokens) and tokens[at + 2].kind == "string":
            yield from _sequence(state, tokens, at + 2)
        elif token.key == "(" and at and tokens[at - 1].kind in ("word", "quoted"):
            yield from _function(state, tokens, at - 1)


def _sequence(state: State, tokens: Sequence[Token], at: int) -> Iterator[Oid]:
    ref = sequence_at(tokens, at)
    found = state.find_relation(ref) if ref is not None else None
    if found is not None and found.oid in state.catalog.relations:
        yield found.oid


def sequence_at(tokens: Sequence[Token], at: int) -> Ref | None:
    """What the string of ``nextval('s')`` names: one of type regclass keeps what it names, one of type text does not."""
    as_text = at + 2 < len(tokens) and tokens[at + 1].key == "::" and tokens[at + 2].key == "text"
    parts = split_path(tokens[at].value.replace(".", ","))
    return Ref(parts[-2] if len(parts) > 1 else None, parts[-1], _NOWHERE) if parts and not as_text else None


def _names_any(state: State, names: Sequence[str]) -> bool:
    """True when one of the names may be a function's or a type's: most expressions need no closer look."""
    known = (state.catalog.function_names, state.catalog.type_names)
    return any((schema, name) in each for schema in state.catalog.schemas for name in names for each in known)


def _type(state: State, tokens: Sequence[Token], at: int) -> Iterator[Oid]:
    if at >= len(tokens) or tokens[at].kind not in ("word", "quoted"):
        return
    qualified = at + 2 < len(tokens) and tokens[at + 1].key == "."
    name = tokens[at + 2].value if qualified else tokens[at].value
    oid = state.find_type(Ref(tokens[at].value if qualified else None, name, _NOWHERE))
    if oid in state.catalog.types:
        yield oid


def _function(state: State, tokens: Sequence[Token], at: int) -> Iterator[Oid]:
    token = tokens[at]
    if token.kind == "word" and token.key in RESERVED:
        return
    qualified = at > 1 and tokens[at - 1].key == "."
    ref = Ref(tokens[at - 2].value if qualified else None, token.value, _NOWHERE)
    overloads = state.find_functions(ref)
    if not overloads:
        return
    count = _arguments(tokens, at + 1)
    fitting = [each for each in overloads if takes(each, count)]
    if len(fitting) == 1:
        yield fitting[0].oid


def _arguments(tokens: Sequence[Token], opening: int) -> int:
    """How many arguments stand within the parentheses."""
    depth, count = 0, 0
    for at in range(opening, len(tokens)):
        key = tokens[at].key
        depth += (key in ("(", "[")) - (key in (")", "]"))
        if depth == 0:
            return count + 1 if at > opening + 1 else 0
        count += depth == 1 and key == ","
    return count


def takes(function: Function, count: int) -> bool:
    """True when the function can be called with that many arguments."""
    inputs = list(function.inputs())
    required = sum(not each.default and each.mode != "variadic" for each in inputs)
    most = len(inputs) if all(each.mode != "variadic" for each in inputs) else count
    return function.open or required <= count <= most
