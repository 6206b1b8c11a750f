"""The schema document as text: each relation with all that hangs on it, then the rest, then how the replay went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analyzer.reporter import Style, cells, counted, visible

BOLD, RED, GREEN, YELLOW = 1, 31, 32, 33
Document = Mapping[str, Any]


def listing(document: Document, style: Style) -> Iterator[str]:
    """The lines of a schema document, version 1."""
    for relation in document["relations"]:
        yield from _relation(relation, style)
        yield ""
    sections = {
        "Functions": map(_function, document["functions"]),
        "Enums": map(_enum, document["enums"]),
        "Buckets": map(_bucket, document["buckets"]),
        "Publications": map(_publication, document["publications"]),
    }
    for title, entries in sections.items():
        yield from _section(title, entries, style)
    yield from _replay(document, style)


def _section(title: str, entries: Iterable[str], style: Style) -> Iterator[str]:
    lines = [f"  {visible(each)}" for each in entries]
    if lines:
        yield style.paint(title, BOLD)
        yield from lines
        yield ""


# --- relations --------------------------------------------------------------------------------------------------------


def _relation(relation: Document, style: Style) -> Iterator[str]:
    name = style.paint(visible(_qualified(relation)), BOLD)
    at = relation["defined_at"]
    where = f"  {visible(at['path'])}:{at['line']}:{at['column']}" if at else ""
    yield f"{relation['kind'].replace('_', ' ')} {name}{_security(relation, style)}{where}"
    yield from _columns(relation["columns"])
    yield from (f"  {visible(each)}" for each in _attached(relation))


def _security(relation: Document, style: Style) -> str:
    if relation["kind"] not in ("table", "partitioned_table"):
        return ""
    return style.paint("  RLS on", GREEN) if relation["rls"] else style.paint("  RLS off", RED)


def _columns(columns: Iterable[Document]) -> Iterator[str]:
    rows = [(visible(each["name"]), visible(_type(each))) for each in columns]
    width = max((cells(name) for name, _ in rows), default=0)
    for name, spelt in rows:
        yield f"  {name}{' ' * (width - cells(name))}  {spelt}".rstrip()


def _type(column: Document) -> str:
    words = [column["type"] or "unknown"]
    words += [] if column["nullable"] else ["not null"]
    words += [f"default {column['default']}"] if column["default"] is not None else []
    words += [f"generated always as ({column['generated']})"] if column["generated"] else []
    words += [f"generated {column['identity']} as identity"] if column["identity"] else []
    return " ".join(words)


def _attached(relation: Document) -> Iterator[str]:
    if relation["primary_key"]:
        yield f"primary key {_listed(relation['primary_key'])}"
    yield from (f"unique {_listed(columns)}" for columns in relation["unique"])
    yield from map(_foreign_key, relation["foreign_keys"])
    for index in relation["indexes"]:
        yield f"{'unique ' if index['unique'] else ''}index {index['name']} {_listed(index['columns'])}"
    for policy in relation["policies"]:
        yield f'policy "{policy["name"]}" for {policy["command"]} to {", ".join(policy["roles"]) or "public"}'
    for trigger in relation["triggers"]:
        yield f"trigger {trigger['name']} calls {trigger['function'] or 'an unknown function'}"


def _foreign_key(key: Document) -> str:
    target = key["references"]
    action = "" if key["on_delete"] in (None, "no action") else f" on delete {key['on_delete']}"
    there = f"{target['schema']}.{target['table']} {_listed(target['columns'])}"
    return f"foreign key {_listed(key['columns'])} references {there}{action}"


def _listed(names: Iterable[str]) -> str:
    return f"({', '.join(names)})"


def _qualified(each: Document) -> str:
    return f"{each['schema']}.{each['name']}"


# --- the rest ---------------------------------------------------------------------------------------------------------


def _function(function: Document) -> str:
    arguments = ", ".join(map(_argument, function["args"]))
    returns = f" returns {function['returns']}" if function["returns"] else ""
    return f"{_qualified(function)}({arguments}){returns}"


def _argument(argument: Document) -> str:
    words = [argument["mode"]] if argument["mode"] != "in" else []
    words += [word for word in (argument["name"], argument["type"]) if word]
    return " ".join(words) + (" default" if argument["default"] else "")


def _enum(enum: Document) -> str:
    return f"{_qualified(enum)}: {', '.join(enum['labels'])}"


def _bucket(bucket: Document) -> str:
    return f"{bucket['id']}{' (public)' if bucket['public'] else ''}"


def _publication(publication: Document) -> str:
    return f"{publication['name']}: {', '.join(publication['tables']) or 'no table'}"


def _replay(document: Document, style: Style) -> Iterator[str]:
    replay = document["replay"]
    relations = counted(len(document["relations"]), "relation")
    if replay["clean"]:
        yield f"{relations}. {style.paint('The migrations apply from first to last.', GREEN)}"
        return
    failures = replay["failures"]
    for failure in failures:
        where = style.paint(f"{visible(failure['path'])}:{failure['line']}", BOLD)
        yield f"{where}: {style.paint('fails', RED)} with {failure['sqlstate']}: {visible(failure['message'])}"
    first = replay["first_failure"]
    stop = f"; `supabase db reset` stops at {visible(first['path'])}:{first['line']}" if first else ""
    verb = "fails" if len(failures) == 1 else "fail"
    yield f"{relations}. {counted(len(failures), 'statement')} {verb}{stop}."
