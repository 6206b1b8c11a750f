"""Tables that are made go into the checked-in generated types, too, as ``supabase gen types`` writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.link import DEFAULT_SCHEMA
from analyzer.model.catalog import Catalog, Column, Relation, TypeUse
from analyzer.model.facts import GeneratedTypes
from analyzer.model.record import Record

_TYPES = {
    "boolean": "boolean",
    **dict.fromkeys(("smallint", "integer", "bigint", "real", "double precision", "numeric"), "number"),
    **dict.fromkeys(("text", "uuid", "character varying", "character", "date", "bytea", "citext"), "string"),
    **dict.fromkeys((f"{each} with{out} time zone" for each in ("time", "timestamp") for out in ("", "out")), "string"),
    **dict.fromkeys(("json", "jsonb"), "Json"),
}
_VIEWS = re.compile(rb"^[ \t]*Views\s*:", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*")


class _Style(Record, frozen=True):
    """How the file is written: what ends a member, the quotes, one step of indentation, and what a line ends with."""

    end: str
    quote: str
    step: str
    newline: str


def with_tables(data: bytes, types: GeneratedTypes, catalog: Catalog, tables: Iterable[Relation]) -> bytes | None:
    """The file with the tables in it, each where its name sorts; None where it is not laid out as the generator does."""
    places = [(_place(data, types, each.name), _entry(data, types, catalog, each)) for each in tables]
    for place, entry in sorted(places, key=lambda each: each[0] or 0, reverse=True):
        if place is None:
            return None
        data = data[:place] + entry.encode() + data[place:]
    return data


def _place(data: bytes, types: GeneratedTypes, name: str) -> int | None:
    """The start of the line before which the table goes: that of the next table, or of what ends the list."""
    tables = _tables(data, types)
    following = next((start for other, start in tables.items() if other > name), None)
    if following is not None:
        return _line(data, following)
    views = _VIEWS.search(data, max(tables.values())) if tables else None
    return _line(data, data.rindex(b"}", 0, views.start())) if views is not None else None


def _tables(data: bytes, types: GeneratedTypes) -> Mapping[str, int]:
    """The tables of the default schema in the order of the file, each with where its name stands."""
    listed = {name: each.span.start for (schema, name), each in types.relations.items() if schema == DEFAULT_SCHEMA}
    schema = types.schemas.get(DEFAULT_SCHEMA)
    views = _VIEWS.search(data, schema.start) if schema is not None else None
    end = views.start() if views is not None else 0
    return {name: start for name, start in sorted(listed.items(), key=lambda each: each[1]) if start < end}


def _line(data: bytes, offset: int) -> int:
    return data.rfind(b"\n", 0, offset) + 1


# --- one table --------------------------------------------------------------------------------------------------------


def _entry(data: bytes, types: GeneratedTypes, catalog: Catalog, table: Relation) -> str:
    start = next(iter(_tables(data, types).values()), 0)
    indent = data[_line(data, start) : start].decode("utf-8", "replace")
    style = _style_of(data, indent)
    return "".join(f"{indent}{line}{style.newline}" for line in _lines(catalog, table, style))


def _style_of(data: bytes, indent: str) -> _Style:
    """Formatters add semicolons and change quotes; the name of a table stands three steps in."""
    ends = re.search(rb"\bRelationships: \[\s*\];|\b(string|number)( \| null)?;", data) is not None
    single = data.count(b"'") > data.count(b'"')
    step = indent[: len(indent) // 3] or "  "
    return _Style(";" if ends else "", "'" if single else '"', step, "\r\n" if b"\r\n" in data else "\n")


def _lines(catalog: Catalog, table: Relation, style: _Style) -> Iterator[str]:
    columns = sorted(table.columns, key=lambda each: each.name)
    yield f"{_key(table.name, style)}: {{"
    for part in ("Row", "Insert", "Update"):
        yield f"{style.step}{part}: {{"
        for column in columns:
            optional = part == "Update" or (part == "Insert" and _may_be_left_out(column))
            null = " | null" if column.nullable else ""
            name = f"{_key(column.name, style)}{'?' if optional else ''}"
            yield f"{style.step * 2}{name}: {_spelt(catalog, column.type)}{null}{style.end}"
        yield f"{style.step}}}{style.end}"
    yield from (style.step + line for line in _relationships(catalog, table, style))
    yield f"}}{style.end}"


def _may_be_left_out(column: Column) -> bool:
    return bool(column.nullable or column.default or column.identity)


def _key(name: str, style: _Style) -> str:
    return name if _PLAIN.fullmatch(name) else _said(name, style)


def _said(text: str, style: _Style) -> str:
    return json.dumps(text, ensure_ascii=False) if style.quote == '"' else f"'{text}'"


def _spelt(catalog: Catalog, use: TypeUse) -> str:
    plain = catalog.spell(use)
    base = plain.removesuffix("[]")
    return _TYPES.get(base.partition("(")[0], "unknown") + plain[len(base) :]


def _relationships(catalog: Catalog, table: Relation, style: _Style) -> Iterator[str]:
    """The keys to tables of the same schema, by name; the generator knows of no others."""
    keys = [
        (key.name, table.names_of(key.columns), target, target.names_of(key.target_columns))
        for key in table.constraints
        if key.kind == "foreign key"
        and (target := catalog.relations.get(key.target or 0)) is not None
        and target.schema == table.schema
    ]
    if not keys:
        yield f"Relationships: []{style.end}"
        return
    yield "Relationships: ["
    for name, columns, target, referred in sorted(keys, key=lambda each: each[0]):
        one = any(
            each.kind in ("primary key", "unique") and table.names_of(each.columns) == columns
            for each in table.constraints
        )
        members = {
            "foreignKeyName": _said(name, style),
            "columns": _list(columns, style),
            "isOneToOne": "true" if one else "false",
            "referencedRelation": _said(target.name, style),
            "referencedColumns": _list(referred, style),
        }
        yield f"{style.step}{{"
        yield from (f"{style.step * 2}{key}: {value}{style.end}" for key, value in members.items())
        yield f"{style.step}}},"
    yield f"]{style.end}"


def _list(names: Sequence[str], style: _Style) -> str:
    return f"[{', '.join(_said(each, style) for each in names)}]"
