"""`client.from('table')`: a table or view.

Many libraries have a `from`. It is a table when it takes one argument, and either a method of a query follows or the
receiver is known to be a client; and when nothing says otherwise: a builtin, `.storage`, a builder of another library.
"""

from __future__ import annotations

from analyzer.code.chain import Chain, chain_of
from analyzer.code.client import access_of, receiver_of, schema_of
from analyzer.code.course import course_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.code.request import columns_of, request_of
from analyzer.code.script import Script
from analyzer.code.syntax import field
from analyzer.model.facts import Reference, Unresolved

OPERATIONS = ("select", "insert", "update", "upsert", "delete")


def read(match: Match) -> Reference | Unresolved | None:
    """The table, unless the call is one of another library or asks for a bucket."""
    values = match.values
    chain = chain_of(values.script, match.nodes["member"])
    if chain is None or len(chain.given) != 1:
        return None
    receiver = receiver_of(values, chain.receiver)
    follows = bool(chain.after) and chain.after[0] in OPERATIONS
    if receiver.likely is False or receiver.last() == "storage":
        return None
    if not (follows or receiver.likely or (receiver.weak and _queried_later(values.script, chain))):
        return None
    argument = chain.given[0]
    found = named(values, argument)
    if not isinstance(found, Naming):
        return unresolved("table", argument, found)
    schema, known = schema_of(values, receiver)
    several = len(found.names) > 1
    course = course_of(values, chain.onward, several=several)
    request = request_of(values, course, several=several)
    return Reference(
        "table",
        found.names,
        schema,
        known,
        course.first(OPERATIONS),
        columns=columns_of(request),
        request=request,
        access=access_of(values, receiver),
        made_by=receiver.source,
    )


def _queried_later(script: Script, chain: Chain) -> bool:
    """True for `const q = db.from(x)` in a file that goes on with `q.select(…)`."""
    holder = script.path(chain.call)[-1]
    name = field(holder, "name")
    if holder.type != "variable_declarator" or name is None or name.type != "identifier":
        return False
    return script.mentions(script.text(name), rb"\s*\.\s*(?:%s)\b" % "|".join(OPERATIONS).encode())


EXTRACTOR = Extractor("from_table", ("table",), (b"from",), rb"\.\s*from", "member", read)
