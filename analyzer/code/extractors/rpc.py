"""`client.rpc('function', { … })`: a function of the database.

Other libraries have an `rpc` too, and nothing that follows tells them apart. So the receiver must be a client.
"""

from __future__ import annotations

import re

from analyzer.code.chain import chain_of
from analyzer.code.client import receiver_of, schema_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.model.facts import Reference, Unresolved

_PLAIN = re.compile(r"[A-Za-z_][\w$]*")


def read(match: Match) -> Reference | Unresolved | None:
    """The function, unless the receiver is no client."""
    values = match.values
    chain = chain_of(values.script, match.nodes["rpc"])
    if chain is None or not 1 <= len(chain.given) <= 3:
        return None
    receiver = receiver_of(values, chain.receiver)
    if receiver.likely is False or not (receiver.likely or receiver.weak):
        return None
    argument = chain.given[0]
    found = named(values, argument)
    if not isinstance(found, Naming):
        return unresolved("function", argument, found)
    if not receiver.likely and not all(_PLAIN.fullmatch(name.text) for name in found.names):
        return None
    schema, known = schema_of(values, receiver)
    return Reference("function", found.names, schema, known, "rpc")


EXTRACTOR = Extractor("rpc", ("function",), rb"\.\s*rpc", "rpc", read)
