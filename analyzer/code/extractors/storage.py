"""`client.storage.from('bucket')`, and the methods of `storage` that take a bucket's name."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.code.chain import chain_of
from analyzer.code.client import receiver_of
from analyzer.code.extractor import Extractor, Match
from analyzer.code.names import Naming, named, unresolved
from analyzer.model.facts import Reference, Unresolved

# No table and no builtin has these methods.
FILES = frozenset(
    {"upload", "getPublicUrl", "createSignedUrl", "createSignedUrls", "createSignedUploadUrl", "download"}
)
_QUERIES = frozenset({"select", "insert", "upsert", "delete"})


def read(match: Match) -> Reference | Unresolved | None:
    """The bucket, with the first method called on it or the method that takes its name."""
    values = match.values
    chain = chain_of(values.script, match.nodes["member"])
    # Cheap first: nearly every `.from` is a table's, and following its receiver is a third of the reading.
    if chain is None or not chain.given or any(name in _QUERIES for name in chain.after[:1]):
        return None
    method = values.script.text(match.nodes["anchor"])
    receiver = receiver_of(values, chain.receiver)
    of_storage = receiver.last() == "storage" or values.script.text(chain.receiver) == "storage"
    if receiver.likely is False:
        return None
    if method == "from":
        if not of_storage and not (chain.after[:1] and chain.after[0] in FILES):
            return None
    elif not of_storage:
        return None
    argument = chain.given[0]
    found = named(values, argument)
    if not isinstance(found, Naming):
        return replace(unresolved("bucket", argument, found), making=method == "createBucket")
    operation = next(iter(chain.after), None) if method == "from" else method
    return Reference("bucket", found.names, operation=operation)


EXTRACTOR = Extractor(
    "storage",
    ("bucket",),
    (b"from", b"createBucket", b"getBucket", b"updateBucket", b"emptyBucket", b"deleteBucket"),
    rb"\.\s*(?:from|createBucket|getBucket|updateBucket|emptyBucket|deleteBucket)",
    "member",
    read,
)
