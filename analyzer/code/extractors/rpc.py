"""`client.rpc('function', { … })`: a function of the database.

Other libraries have an `rpc` too, and nothing that follows tells them apart. So the receiver must be a client.
"""

from __future__ import annotations

import re

from analyzer.code.chain import Chain, chain_of
from analyzer.code.client import Receiver, receiver_of, schema_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.script import Script
from analyzer.code.syntax import WRAPPERS, field
from analyzer.model.facts import Reference, Unresolved

_NARROWING = frozenset({"single", "maybeSingle", "throwOnError", "returns", "overrideTypes", "abortSignal"})
_ANSWER = re.compile(r"\b(?:data|error)\b")
_PLAIN = re.compile(r"[A-Za-z_][\w$]*")


def read(match: Match) -> Reference | Unresolved | None:
    """The function, unless the receiver is no client."""
    values = match.values
    chain = chain_of(values.script, match.nodes["rpc"])
    if chain is None or not 1 <= len(chain.given) <= 3:
        return None
    receiver = receiver_of(values, chain.receiver)
    if receiver.likely is False or not (receiver.likely or _answers_like_postgrest(values.script, chain, receiver)):
        return None
    argument = chain.given[0]
    found = named(values, argument)
    if not isinstance(found, Naming):
        return unresolved("function", argument, found)
    if not receiver.likely and not all(_PLAIN.fullmatch(name.text) for name in found.names):
        return None
    schema, known = schema_of(values, receiver)
    return Reference("function", found.names, schema, known, "rpc")


def _answers_like_postgrest(script: Script, chain: Chain, receiver: Receiver) -> bool:
    """True when the answer is used as PostgREST's: `{ data, error }` is taken from it, or a query is narrowed.

    A name that only suggests a client counts where the file speaks of Supabase.
    """
    if chain.receiver.type == "this":
        return False
    if any(name in _NARROWING for name in chain.after):
        return True
    holder = chain.call
    for each in reversed(script.path(chain.call)):
        if each.type in WRAPPERS:
            continue
        holder = each
        break
    taken = field(holder, "name") if holder.type == "variable_declarator" else None
    if taken is not None and taken.type == "object_pattern" and _ANSWER.search(script.text(taken)):
        return True
    return receiver.weak and b"supabase" in script.data.lower()


EXTRACTOR = Extractor("rpc", ("function",), rb"\.\s*rpc", "rpc", read)
