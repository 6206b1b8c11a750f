"""Which tables the functions write to that a statement runs, or sets off: what is in the others stays known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from analyzer.model.catalog import Function, Oid, Relation
from analyzer.model.events import Ref
from analyzer.sql.calls import own_calls
from analyzer.sql.lexer import Token, lex
from analyzer.sql.state import State

# Functions of Supabase's and of extensions that write to no table of anyone's.
_NAMED = frozenset(("uid", "role", "jwt", "email", "schedule", "unschedule", "uuid_generate_v4", "gen_salt", "crypt"))
_WRITES = re.compile(r"\b(?:insert|update|delete|merge|truncate|copy|execute|call)\b", re.IGNORECASE)
_UNSEEN = frozenset(("execute", "call", "copy", "merge", "truncate"))


class _UnseenError(Exception):
    """It can't be told what is written."""


def written_by(state: State, called: Iterable[Ref]) -> frozenset[str] | None:
    """The names of the tables that the functions may write to; None when it can't be told."""
    walk = _Walk(state)
    try:
        for each in called:
            walk.call(each)
    except _UnseenError:
        return None
    return frozenset(walk.tables)


def set_off(state: State, relation: Relation, *commands: str) -> frozenset[str] | None:
    """The names of the tables that may be written to when the commands set off the relation's triggers."""
    walk = _Walk(state)
    try:
        walk.trigger(relation, commands)
    except _UnseenError:
        return None
    return frozenset(walk.tables)


class _Walk:
    """From function to function, each once."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.tables: set[str] = set()
        self._seen: set[Oid] = set()

    def call(self, called: Ref) -> None:
        """Follow a call."""
        if called.name in _NAMED:
            return
        overloads = self.state.find_functions(called)
        if not overloads:
            raise _UnseenError
        for each in overloads:
            self.function(each)

    def trigger(self, relation: Relation, commands: Sequence[str]) -> None:
        """Follow the triggers that the commands set off."""
        if relation.rules:
            raise _UnseenError
        for trigger in relation.triggers:
            if any(command in trigger.events for command in commands):
                function = self.state.catalog.functions.get(trigger.function)
                if function is None:
                    raise _UnseenError
                self.function(function)

    def function(self, function: Function) -> None:
        """Follow what a function does."""
        if function.oid in self._seen:
            return
        self._seen.add(function.oid)
        plain = function.language in ("sql", "plpgsql") and not function.managed
        if function.body is None or not plain or self.state.explained(function.name, "create", "function"):
            raise _UnseenError
        does = _does(function.body.sql)
        if does is None:
            raise _UnseenError
        for name in does[0] - self.tables:
            self.tables.add(name)
            for relation in [each for each in self.state.catalog.relations.values() if each.name == name]:
                self.trigger(relation, ("insert", "update", "delete"))
        for call in does[1]:
            self.call(call)


@lru_cache(256)
def _does(body: str) -> tuple[frozenset[str], tuple[Ref, ...]] | None:
    """The tables that a body writes to, and the functions that it calls; None when it can't be told."""
    script = lex(body)
    try:
        written = frozenset(_written(script.tokens)) if _WRITES.search(body) else frozenset()
    except _UnseenError:
        return None
    return written, own_calls(script, script.tokens)


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    """The table of each INSERT, UPDATE and DELETE."""
    for at, token in enumerate(tokens):
        if token.key in _UNSEEN:
            raise _UnseenError
        if token.key == "insert" or (
            token.key == "delete" and tokens[at + 1 : at + 2] and tokens[at + 1].key == "from"
        ):
            yield _name(tokens, at + 2)
        elif token.key == "update" and (at == 0 or tokens[at - 1].key not in ("for", "do", "or", "before", "after")):
            yield _name(tokens, at + 2 if tokens[at + 1 : at + 2] and tokens[at + 1].key == "only" else at + 1)


def _name(tokens: Sequence[Token], at: int) -> str:
    if at + 2 < len(tokens) and tokens[at + 1].key == ".":
        at += 2
    if at >= len(tokens) or tokens[at].kind not in ("word", "quoted"):
        raise _UnseenError
    return tokens[at].value
