"""`client.rpc('function', { … })`: a function of the database.

Other libraries have an `rpc` too, and nothing that follows tells them apart. So the receiver must be a client; one that
is only called so is none when it takes arguments by position, as JSON-RPC does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.code.chain import Chain, chain_of
from analyzer.code.client import Receiver, access_of, receiver_of, schema_of
from analyzer.code.course import course_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.request import columns_of, request_of
from analyzer.code.script import Script, span_of
from analyzer.code.syntax import WRAPPERS, bare, field, operator
from analyzer.model.facts import Reference, Unresolved

if TYPE_CHECKING:
    from tree_sitter import Node

_NARROWING = frozenset({"single", "maybeSingle", "throwOnError", "returns", "overrideTypes", "abortSignal"})
_ANSWER = re.compile(r"\b(?:data|error)\b")
_WRITING = frozenset({"insert", "update", "upsert"})
_PLAIN = re.compile(r"[A-Za-z_][\w$]*")


def read(match: Match) -> Reference | Unresolved | None:
    """The function, unless the receiver is no client."""
    values = match.values
    chain = chain_of(values.script, match.nodes["member"])
    if chain is None or not 1 <= len(chain.given) <= 3:
        return None
    receiver = receiver_of(values, chain.receiver)
    if receiver.likely is False or not (receiver.likely or _answers_like_postgrest(values.script, chain, receiver)):
        return None
    argument = chain.given[0]
    if _never_sent(values.script, chain):
        return Unresolved("function", span_of(argument), "call that nothing waits for, as the value of a column")
    found = named(values, argument)
    if not isinstance(found, Naming):
        return unresolved("function", argument, found)
    if not receiver.likely and not all(_PLAIN.fullmatch(name.text) for name in found.names):
        return None
    schema, known = schema_of(values, receiver)
    several = len(found.names) > 1
    request = request_of(values, course_of(values, chain.onward, several=several), chain.call, several=several)
    return Reference(
        "function",
        found.names,
        schema,
        known,
        "rpc",
        columns=columns_of(request),
        request=request,
        access=access_of(values, receiver),
        made_by=receiver.source,
    )


def _never_sent(script: Script, chain: Chain) -> bool:
    """True for `update({ total: client.rpc(…) })`: what is sent is the query as an object, and the function is not called."""
    if chain.onward.awaited or "then" in chain.after:
        return False
    around = (each for each in reversed(script.path(chain.onward.end)) if each.type not in WRAPPERS)
    outer = [each for each in around if operator(each) not in ("??", "||")][:4]
    if [each.type for each in outer] != ["pair", "object", "arguments", "call_expression"]:
        return False
    method = field(field(outer[-1], "function"), "property")
    return method is not None and script.text(method) in _WRITING


def _answers_like_postgrest(script: Script, chain: Chain, receiver: Receiver) -> bool:
    """True when the answer is used as PostgREST's: `{ data, error }` is taken from it, or a query is narrowed.

    A name that only suggests a client also counts where the answer's `.error` is looked at later, or where the file
    speaks of Supabase.
    """
    if chain.receiver.type == "this" or any(bare(each).type == "array" for each in chain.given[1:]):
        return False
    if any(name in _NARROWING for name in chain.after):
        return True
    taken = _taken(script, chain)
    if taken is not None and taken.type == "object_pattern" and _ANSWER.search(script.text(taken)):
        return True
    return receiver.weak and (b"supabase" in script.data.lower() or _looked_at(script, taken))


def _taken(script: Script, chain: Chain) -> Node | None:
    """What the answer is bound to, as a name or a pattern."""
    holder = next((each for each in reversed(script.path(chain.call)) if each.type not in WRAPPERS), None)
    return field(holder, "name") if holder is not None and holder.type == "variable_declarator" else None


def _looked_at(script: Script, taken: Node | None) -> bool:
    if taken is None or taken.type != "identifier":
        return False
    return script.mentions(script.text(taken), rb"\s*\??\.\s*(?:error|data)\b")


EXTRACTOR = Extractor("rpc", ("function",), (b"rpc",), rb"\.\s*rpc", "member", read)
