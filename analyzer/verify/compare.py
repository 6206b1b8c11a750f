"""Where two schema documents part, by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

from analyzer.model.record import Record

Document = Mapping[str, Any]
Tree = dict[str, Any]
Kind = Literal["missing here", "only here", "differs"]


class Difference(Record, frozen=True):
    """One place where they part. ``subject`` leads to it, outermost first; "here" is the static replay.

    ``here`` and ``there`` are the two values, None where there is none.
    """

    kind: Kind
    subject: tuple[str, ...]
    here: Any
    there: Any


class _Unknown:
    """Equal to anything: a value that the static side says it does not know."""


_UNKNOWN = _Unknown()
# _OPEN: beginnings of what the static side may lack; _MESSAGE: what is told with a failure, and not compared
_MANAGED, _OPEN, _MESSAGE = "\0managed", "\0open", "\0message"
_SHAPES = re.compile(r"\b(geometry|geography)\(.*\)")
_BROUGHT = ("column ", "kind", "rls", "primary key", "unique ", "foreign key ", "index ")


def compare(here: Document, there: Document, open_relations: Collection[str]) -> Iterator[Difference]:
    """The differences, in order of name. What is managed and only there is none: it is not listed here on purpose.

    ``open_relations`` may have columns that the static replay can't know, so that more of them there are none either.
    """
    yield from _differences((), _tree(here, open_relations), _tree(there, ()))


def _differences(path: tuple[str, ...], here: Tree, there: Tree) -> Iterator[Difference]:
    for key in sorted(here.keys() | there.keys()):
        if key in (_MANAGED, _OPEN, _MESSAGE):
            continue
        subject = (*path, key)
        mine, theirs = here.get(key), there.get(key)
        if key not in here:
            if not _ignored(key, here, there):
                yield Difference("missing here", subject, None, _shown(theirs))
        elif key not in there:
            yield Difference("only here", subject, _shown(mine), None)
        elif isinstance(mine, dict) and isinstance(theirs, dict):
            yield from _differences(subject, mine, theirs)
        elif mine != theirs and mine is not _UNKNOWN:
            yield Difference("differs", subject, mine, theirs)


def _ignored(key: str, here: Tree, there: Tree) -> bool:
    theirs = there[key]
    if isinstance(theirs, dict) and _MANAGED in theirs:
        return True
    return key.startswith(here.get(_OPEN, ())) or (_MANAGED in there and key.startswith("trigger "))


def _shown(value: Any) -> Any:
    """A value as far as it is one, or how a statement was refused: for any other object, its name says enough."""
    if not isinstance(value, dict):
        return value
    return f"{value['sqlstate']} {value[_MESSAGE]}".strip() if "sqlstate" in value else None


# --- documents as trees -----------------------------------------------------------------------------------------------


def _tree(document: Document, open_relations: Collection[str]) -> Tree:
    tree: Tree = {}
    for relation in document["relations"]:
        tree[f"relation {_qualified(relation)}"] = _relation(relation, open_relations)
    for function in document["functions"]:
        signature = ", ".join(each["type"] for each in function["args"])
        tree[f"function {_qualified(function)}({signature})"] = _function(function)
    for enum in document["enums"]:
        tree[f"enum {_qualified(enum)}"] = {"labels": enum["labels"], **_managed(enum)}
    for bucket in document["buckets"]:
        tree[f"bucket {bucket['id']}"] = {"public": bucket["public"]}
    for publication in document["publications"]:
        if publication["tables"] or not publication.get("managed"):
            members: Tree = {f"table {name}": {} for name in publication["tables"]}
            tree[f"publication {publication['name']}"] = members
    return {**tree, **_failures(document.get("failures", ()))}


def _qualified(each: Document) -> str:
    return f"{each['schema']}.{each['name']}"


def _managed(each: Document) -> Tree:
    return {_MANAGED: True} if each.get("managed") else {}


def _relation(relation: Document, open_relations: Collection[str]) -> Tree:
    brought = "defined_at" in relation and relation["defined_at"] is None
    tree: Tree = {_OPEN: _BROUGHT} if brought else _built(relation, open_relations)
    for policy in relation["policies"]:
        tree[f"policy {policy['name']}"] = {"command": policy["command"], "roles": sorted(set(policy["roles"]))}
    tree |= {f"trigger {each['name']}": {"function": each["function"]} for each in relation["triggers"]}
    return tree | _managed(relation)


def _built(relation: Document, open_relations: Collection[str]) -> Tree:
    """What a relation is made of; not compared where Supabase made it, and migrations only hang policies on it."""
    tree: Tree = {"kind": relation["kind"], "rls": relation["rls"], "primary key": relation["primary_key"]}
    tree |= {f"column {each['name']}": _column(each) for each in relation["columns"]}
    tree |= {f"unique ({', '.join(columns)})": {} for columns in relation["unique"]}
    tree |= {f"foreign key {each['name']}": _foreign_key(each) for each in relation["foreign_keys"]}
    tree |= {f"index {each['name']}": {k: each[k] for k in ("columns", "unique")} for each in relation["indexes"]}
    return tree | ({_OPEN: ("column ",)} if _qualified(relation) in open_relations else {})


def _column(column: Document) -> Tree:
    return {
        "type": _type(column["type"]),
        "nullable": column["nullable"],
        "default": (column["default"] or "null").partition("::")[0].lower() != "null",
        "generated": column["generated"] is not None,
        "identity": column["identity"],
    }


def _type(spelt: str | None) -> Any:
    """The type; PostGIS spells the modifiers of its own in its own way, so they are left out."""
    return _UNKNOWN if not spelt or "unknown" in spelt else _SHAPES.sub(r"\1", spelt)


def _foreign_key(key: Document) -> Tree:
    target = key["references"]
    return {
        "columns": key["columns"],
        "references": f"{target['schema']}.{target['table']} ({', '.join(target['columns'])})",
        "on delete": key["on_delete"],
    }


def _function(function: Document) -> Tree:
    arguments = [f"{each['mode']} {each['name'] or ''}{' default' * each['default']}" for each in function["args"]]
    return {"returns": _returned(function["returns"]), "arguments": arguments, **_managed(function)}


def _returned(spelt: str | None) -> Any:
    return _UNKNOWN if spelt and "unknown" in spelt else spelt


def _failures(failures: Iterable[Document]) -> Tree:
    tree: Tree = {}
    seen: Counter[str] = Counter()
    for each in failures:
        at = f"{each['path']}:{each['line']}"
        seen[at] += 1
        name = f"failure {at}" + (f" #{seen[at]}" if seen[at] > 1 else "")
        tree[name] = {"sqlstate": each["sqlstate"], _MESSAGE: each.get("message") or ""}
    return tree
