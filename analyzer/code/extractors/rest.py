"""`fetch('…/rest/v1/deals?select=id')`: PostgREST asked by its address.

The text must be what a call that sends is given first; one that is only compared or matched asks nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyzer.code.address import PATH, request_at
from analyzer.code.extractor import Extractor, Match
from analyzer.code.origin import Untold
from analyzer.code.request import columns_of
from analyzer.code.script import span_of
from analyzer.code.syntax import WRAPPERS, arguments, field, operator
from analyzer.code.value import Values
from analyzer.code.wording import HOLE, Wording, wordings
from analyzer.model.facts import Name, Reference, Unresolved

if TYPE_CHECKING:
    from tree_sitter import Node

_SENDING = re.compile(
    r"(?:.*\.)?(?:\w*fetch|\w*api|axios|ky|got|request|get|post|patch|put|delete)", re.IGNORECASE | re.DOTALL
)
_OPERATIONS = {
    "GET": "select",
    "HEAD": "select",
    "POST": "insert",
    "PATCH": "update",
    "PUT": "upsert",
    "DELETE": "delete",
}
_PROFILE = re.compile(rb"(?:Accept|Content)-Profile", re.IGNORECASE)


def read(match: Match) -> Reference | Unresolved | None:
    """The table or function of the address; None when nothing is sent there."""
    values, anchor = match.values, match.nodes["rest"]
    address, call = _sent(values, anchor)
    if call is None:
        return None
    try:
        found = wordings(values, address)
    except Untold:
        return None
    # The host may be one of several; what is asked of it must be the same.
    if len({each.text.partition("/rest/v1/")[2] for each in found}) != 1:
        return None
    told = PATH.match(found[0].text)
    if told is None:
        return _unknown(found[0], address)
    kind = "function" if told["rpc"] else "table"
    operation = "rpc" if told["rpc"] else _operation(values, call)
    name = found[0].name(told["name"], *told.span("name"))
    known = _PROFILE.search(values.script.data) is None
    if kind == "function":
        return Reference("function", (name,), None, known, "rpc", client="rest")
    body = _option(values, call, "body") or _option(values, call, "data")
    writes = operation in ("insert", "update", "upsert", "delete")
    request = request_at(values, found[0], told.end(), body, writes=writes)
    columns: tuple[Name, ...] = columns_of(request)
    return Reference("table", (name,), None, known, operation, columns=columns, client="rest", request=request)


def _sent(values: Values, anchor: Node) -> tuple[Node, Node | None]:
    """The whole expression that holds the text, and the call that is given it first; None when there is no such call."""
    path = values.script.path(anchor)
    address = path.pop()
    while path and (path[-1].type in WRAPPERS or operator(path[-1]) == "+"):
        address = path.pop()
    call = path[-2] if len(path) > 1 and path[-1].type == "arguments" else None
    function = field(call, "function")
    given = arguments(call) if call is not None else []
    sends = function is not None and _SENDING.fullmatch(values.script.text(function)) is not None
    return address, call if sends and given and given[0].id == address.id else None


def _unknown(address: Wording, node: Node) -> Unresolved | None:
    """An address whose name is not known; None for the path alone, and for patterns."""
    behind = address.text.partition("/rest/v1/")[2].removeprefix("rpc/")
    if not behind.startswith(HOLE) or "*" in address.text:
        return None
    kind = "function" if "/rest/v1/rpc/" in address.text else "table"
    return Unresolved(
        "function" if kind == "function" else "table", span_of(node), "address with a name that is not known"
    )


def _operation(values: Values, call: Node) -> str | None:
    method = _option(values, call, "method")
    if method is None:
        function = field(call, "function")
        word = values.script.text(function).rpartition(".")[2].upper() if function is not None else ""
        return _OPERATIONS.get(word, "select" if len(arguments(call)) < 3 else None)
    try:
        texts = values.texts(method)
    except Untold:
        return None
    return _OPERATIONS.get(texts[0].text.upper()) if len(texts) == 1 else None


def _option(values: Values, call: Node, key: str) -> Node | None:
    for given in arguments(call)[1:2]:
        try:
            return values.entry(given, key)
        except Untold:
            return None
    return None


EXTRACTOR = Extractor("rest", ("table", "function"), (b"/rest/v1",), rb"/rest/v1", "rest", read)
