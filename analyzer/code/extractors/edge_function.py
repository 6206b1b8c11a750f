"""`client.functions.invoke('name/path')`: an edge function; what follows the first `/` is a path within it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from analyzer.code.chain import chain_of
from analyzer.code.client import receiver_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.script import Script, span_of
from analyzer.model.facts import Name, Reference, Unresolved
from analyzer.model.span import Span

_NAME = re.compile(r"[^/?#]+")


def read(match: Match) -> Reference | Unresolved | None:
    """The function, unless `invoke` is called on something else."""
    values = match.values
    chain = chain_of(values.script, match.nodes["member"])
    if chain is None or not chain.given:
        return None
    if receiver_of(values, chain.receiver).last() != "functions":
        return None
    argument = chain.given[0]
    found = named(values, argument)
    if isinstance(found, Naming):
        return Reference("edge_function", _functions(values.script, found.names))
    # `name/${path}`: the function's name is what stands before the first `/`, whatever follows.
    head = _NAME.match(start := values.head(argument))
    if head is not None and head.end() < len(start):
        return Reference("edge_function", (Name(head[0], span_of(argument)),))
    return unresolved("edge_function", argument, found)


def _functions(script: Script, names: tuple[Name, ...]) -> tuple[Name, ...]:
    short = (_function(script, name) for name in names)
    return tuple({name.text: name for name in short}.values())


def _function(script: Script, name: Name) -> Name:
    first = _NAME.match(name.text)
    if first is None:
        return name
    span = name.span
    if script.data[span.start : span.end] == name.text.encode():
        span = Span(span.start, span.start + len(first[0].encode()))
    return replace(name, text=first[0], span=span)


EXTRACTOR = Extractor("edge_function", ("edge_function",), (b"invoke",), rb"\.\s*invoke", "member", read)
