"""Reads a database's own catalogue into the shape of ``fromcheck schema --format json``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from analyzer.verify.queries import (
    BUCKETS,
    COLUMNS,
    CONSTRAINTS,
    ENUMS,
    FUNCTIONS,
    INDEXES,
    POLICIES,
    PUBLICATIONS,
    RELATIONS,
    TRIGGERS,
)

if TYPE_CHECKING:
    import psycopg

Document = dict[str, Any]
_KINDS = {"r": "table", "p": "partitioned_table", "v": "view", "m": "materialized_view", "f": "foreign_table"}
_ON_DELETE = {"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}
_MODES = {"i": "in", "b": "inout", "v": "variadic"}


def read_catalogue(connection: psycopg.Connection[Any], newest: int | None, managed: Iterable[str]) -> Document:
    """Relations, functions, enums, buckets and publications; ``managed`` marks what Supabase and extensions brought.

    That is what is no newer than ``newest``; where it is None, what lives in one of the ``managed`` schemas. The
    connection is inside a transaction, whose search path this empties so that every type is spelt with its schema.
    """
    reader = _Reader(connection, {"newest": newest, "schemas": list(managed)})
    connection.execute("select pg_catalog.set_config('search_path', '', true)")
    return {
        "relations": reader.relations(),
        "functions": [_function(row) for row in reader.rows(FUNCTIONS)],
        "enums": reader.rows(ENUMS),
        "buckets": reader.rows(BUCKETS) if reader.has_buckets() else [],
        "publications": reader.rows(PUBLICATIONS),
    }


class _Reader:
    def __init__(self, connection: psycopg.Connection[Any], arguments: Mapping[str, Any]) -> None:
        self._connection = connection
        self._arguments = arguments

    def rows(self, query: str) -> list[Document]:
        from psycopg.rows import dict_row

        with self._connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query.encode(), self._arguments).fetchall()

    def has_buckets(self) -> bool:
        (row,) = self.rows("select pg_catalog.to_regclass('storage.buckets') is not null as there")
        return bool(row["there"])

    def relations(self) -> list[Document]:
        columns, constraints = self._by_relation(COLUMNS), self._by_relation(CONSTRAINTS)
        indexes, policies = self._by_relation(INDEXES), self._by_relation(POLICIES)
        triggers = self._by_relation(TRIGGERS)
        found = []
        for row in self.rows(RELATIONS):
            oid = row.pop("oid")
            touched = any(each["new"] for each in (*policies[oid], *triggers[oid]))
            found.append(
                {
                    **row,
                    "managed": row["managed"] and not touched,
                    "kind": _KINDS[row["kind"]],
                    "columns": [_column(each) for each in columns[oid]],
                    **_constraints(constraints[oid]),
                    "indexes": indexes[oid],
                    "policies": [{**each, "command": _COMMANDS[each["command"]]} for each in policies[oid]],
                    "triggers": triggers[oid],
                }
            )
        return found

    def _by_relation(self, query: str) -> defaultdict[int, list[Document]]:
        found: defaultdict[int, list[Document]] = defaultdict(list)
        for row in self.rows(query):
            found[row.pop("relation")].append(row)
        return found


def _column(row: Document) -> Document:
    generated = row.pop("generated")
    expression = row.pop("expression")
    identity = {"a": "always", "d": "by default"}.get(row.pop("identity"))
    return {
        **row,
        "default": None if generated else expression,
        "generated": expression if generated else None,
        "identity": identity,
    }


def _constraints(rows: list[Document]) -> Document:
    keys = [row["columns"] for row in rows if row["kind"] == "p"]
    return {
        "primary_key": keys[0] if keys else [],
        "unique": [row["columns"] for row in rows if row["kind"] == "u"],
        "foreign_keys": [_foreign_key(row) for row in rows if row["kind"] == "f"],
    }


def _foreign_key(row: Document) -> Document:
    target = {"schema": row["target_schema"], "table": row["target"], "columns": row["target_columns"]}
    return {
        "name": row["name"],
        "columns": row["columns"],
        "references": target,
        "on_delete": _ON_DELETE[row["on_delete"]],
    }


def _function(row: Document) -> Document:
    modes = row["modes"] or ["i"] * len(row["types"])
    names = row["names"] or [""] * len(modes)
    inputs = [(n, t, m) for n, t, m in zip(names, row["types"], modes, strict=True) if m in _MODES]
    first = len(inputs) - row["defaults"]
    return {
        "schema": row["schema"],
        "name": row["name"],
        "managed": row["managed"],
        "returns": row["returns"],
        "args": [
            {"name": name or None, "type": spelt, "default": at >= first, "mode": _MODES[mode]}
            for at, (name, spelt, mode) in enumerate(inputs)
        ],
    }
