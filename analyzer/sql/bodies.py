"""The relations that bodies of functions use: held against the catalogue as it is in the end, when they will run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec.structs import replace

from analyzer.model.catalog import BrokenBody, Function
from analyzer.model.events import Need, Ref
from analyzer.model.span import Span
from analyzer.sql.lexer import Lexeme, Script, lex, lexemes
from analyzer.sql.plpgsql.embedded import embedded
from analyzer.sql.plpgsql.tokens import UnreadableBlockError, holds_any
from analyzer.sql.query import relations_of
from analyzer.sql.split import split
from analyzer.sql.state import DEFAULT_PATH, Refusal, State
from analyzer.sql.statement import read_statement

# A relation's name may follow these; whether it does is for the parser to say.
_BEFORE = frozenset(("from", "join", "update", "using", "only"))
_WRITING = frozenset(("insert", "merge"))
_LISTING = frozenset(("from", "using"))
# Behind the list of a query's relations.
_AFTER_LIST = frozenset(
    [
        "where",
        "group",
        "having",
        "window",
        "order",
        "limit",
        "offset",
        "fetch",
        "for",
        "union",
        "intersect",
        "except",
        "set",
        "values",
        "select",
        "returning",
        "loop",
        "then",
        ";",
    ]
)
_NOWHERE = Span(0, 0)
_MADE = frozenset(("temp", "temporary", "unlogged", "table"))


def broken_bodies(state: State) -> Iterator[BrokenBody]:
    """Every relation that a function of the migrations' own names and that is not there."""
    for function in tuple(state.catalog.functions.values()):
        own = function.place is not None and not function.managed
        if own and function.body is not None and function.language in ("sql", "plpgsql"):
            yield from _broken(state, function)


def _broken(state: State, function: Function) -> Iterator[BrokenBody]:
    assert function.body is not None
    tokens, unended = lexemes(function.body.sql)
    state.search_path = _path(function)
    made = _made(tokens)
    # What SQL that is put together may make or name is nobody's to tell.
    if unended or "*" in made:
        return
    suspects = [at for at, ref in _candidates(tokens) if _absent(state, ref, made)]
    if suspects:
        yield from _missing(state, function, made, suspects)


def _missing(state: State, function: Function, made: frozenset[str], suspects: Sequence[int]) -> Iterator[BrokenBody]:
    """What is not there of what the statements name in which the suspects stand, told by the numbers of their tokens."""
    assert function.body is not None
    script = lex(function.body.sql, function.body.span.start)
    seen: set[str] = set()
    for ref in _relations(script, function.language, [script.tokens[at].start for at in suspects]):
        if str(ref) not in seen and not (ref.schema is None and ref.name in made) and _own(state, ref):
            seen.add(str(ref))
            try:
                state.need_relation(ref, in_query=True)
            except Refusal as refusal:
                if refusal.missing is not None and not _transition(state, function, ref):
                    assert function.place is not None
                    place = replace(function.place, span=ref.span)
                    yield BrokenBody(function.oid, place, replace(refusal.missing, schema=ref.schema))


def _own(state: State, ref: Ref) -> bool:
    """False in schemas that are not the migrations' own: extensions make tables there as they run."""
    oid = state.catalog.schema_names.get(ref.schema or "")
    if ref.schema in state.catalog.extensions.values():
        return False
    return ref.schema is None or ref.schema == "public" or (oid is not None and not state.catalog.schemas[oid].managed)


def _path(function: Function) -> tuple[str, ...]:
    paths = [value for name, value in function.settings if name == "search_path"]
    if not paths:
        return DEFAULT_PATH
    names = (each.strip().strip("\"'") for each in paths[-1].split(","))
    return tuple(name for name in names if name not in ("", "$user"))


def _made(tokens: Sequence[Lexeme]) -> frozenset[str]:
    """The tables and WITH queries that the body makes itself; ``*`` when it runs SQL that may make any."""
    made: set[str] = set()
    for at, token in enumerate(tokens):
        if token.key == "execute" and (at == 0 or tokens[at - 1].key not in ("grant", "revoke")):
            made.add("*")
        elif token.key == "create":
            names = [each for each in tokens[at + 1 : at + 8] if each.key not in {*_MADE, "if", "not", "exists"}]
            made.update(each.value for each in names[:1])
        elif token.key == "as" and tokens[at + 1 : at + 2] and tokens[at + 1].key in ("(", "materialized", "not"):
            made.update(each.value for each in tokens[max(0, at - 1) : at])
        elif token.key in ("with", "recursive", ",") and tokens[at + 2 : at + 3] and tokens[at + 2].key == "(":
            made.add(tokens[at + 1].value)
    return frozenset(made)


def _candidates(tokens: Sequence[Lexeme]) -> Iterator[tuple[int, Ref]]:
    """The names that may be relations', by the word before them, and where: more than there are, found without a parse."""
    keys = [*(token.key for token in tokens), "", "", ""]
    listed = frozenset(_commas(keys))
    for at, token in enumerate(tokens[:-1]):
        first = tokens[at + 1]
        if first.kind in ("word", "quoted") and (at in listed or _may_name(keys, at)):
            dotted = keys[at + 2] == "." and at + 3 < len(tokens)
            last = tokens[at + 3] if dotted else first
            if keys[at + 4 if dotted else at + 2] != "(" or token.key == "into":  # what is called is no relation
                yield at + 1, Ref(first.value if dotted else None, last.value, _NOWHERE)


def _commas(keys: Sequence[str]) -> Iterator[int]:
    """Where a list of relations goes on."""
    lists = [False]  # whether one is open, at each depth of brackets
    for at, key in enumerate(keys):
        if key == "(":
            lists.append(False)
        elif key == ")" and len(lists) > 1:
            lists.pop()
        elif key in _LISTING:
            lists[-1] = True
        elif key in _AFTER_LIST:
            lists[-1] = False
        elif key == "," and lists[-1]:
            yield at


def _may_name(keys: Sequence[str], at: int) -> bool:
    """True when a relation may follow: not after SELECT … INTO, which sets variables, nor after IS DISTINCT FROM."""
    if keys[at] == "into":
        return keys[at - 1] in _WRITING
    return keys[at] in _BEFORE and keys[at - 1] != "distinct"


def _absent(state: State, ref: Ref, made: frozenset[str]) -> bool:
    return ref.name not in made and state.find_relation(ref) is None


def _transition(state: State, function: Function, ref: Ref) -> bool:
    """True for what may be a trigger's table of old or new rows: it has a name of the trigger's choosing."""
    returns = function.returns.name if function.returns is not None else ""
    return returns == "trigger" and ref.schema is None and not state.catalog.history("relation", "public", ref.name)


def _relations(script: Script, language: str, suspects: Sequence[int]) -> Iterator[Ref]:
    """The relations that the statements name in which one of the suspects stands."""
    if language == "plpgsql":
        with suppress(UnreadableBlockError):
            yield from embedded(script, suspects)
        return
    for tokens in split(script):
        if not holds_any(tokens, suspects):
            continue
        event = read_statement(script, tokens).event
        if isinstance(event, Need):
            span = script.span(tokens[0].start, tokens[-1].end)
            yield from event.relations
            yield from (Ref(each.schema, each.name, span) for read in event.reads for each in relations_of(read))
