"""Steps that show whether all is well, once the changes are made: SQL for the database, and the code to run through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.audit.view import View
from analyzer.model.audit import Check, KeyRow, Spot, TableRow, Trial
from analyzer.model.catalog import quoted

_TABLES = ("table", "partitioned table")


def make_checks(tables: Sequence[TableRow], keys: Sequence[KeyRow]) -> Iterator[Check]:
    """The steps, in the order in which to take them, for tables that are to be there in the end.

    Nearly every query judges itself: it lists what is wrong, or nothing.
    """
    yield Check("Build the database from empty", "supabase db reset", "It ends without an error.", "sh")
    if tables:
        yield Check(
            "Every table and view is there",
            _values("names(name)", ((_literal(each.name),) for each in tables))
            + "select name from names where to_regclass(name) is null order by name;",
            "No row.",
        )
    if keys:
        yield Check(
            "Every foreign key is there and points where it should",
            _values("expected(source, source_columns, target)", map(_expected, keys)) + _KEYS,
            "No row.",
        )
        dangling = [each for each in keys if each.state == "no target"]
        if dangling:
            yield Check(
                "No row points at what is not there",
                _orphans(dangling),
                "No row. Where the tables hold rows already, run it before the foreign keys are added.",
            )
    if any(each.exposed and each.kind in _TABLES for each in tables):
        schemas = sorted({each.name.partition(".")[0] for each in tables if each.exposed})
        yield Check("Every exposed table has row level security", _RLS.format(schemas=_list(schemas)), "No row.")
        yield Check(
            "The policies are what they should be",
            _POLICIES.format(schemas=_list(schemas)),
            "One row a policy: compare with the table of policies above.",
        )
    own = [each for each in tables if each.private and each.kind in _TABLES]
    if own:
        yield Check(
            "A user sees nothing of what belongs to others",
            _strangers(own),
            "Every count is 0, since no user has this id; `permission denied` is as good: nobody is granted that table.",
        )
    yield Check("Nothing is found any more", "fromcheck scan", "Exit code 0.", "sh")


def make_trials(view: View, keys: Sequence[KeyRow]) -> Iterator[Trial]:
    """What to try in the app: every operation on what was missing, then what links to it."""
    wanted = {entry.subject for entry in view.entries if entry.code in ("FC101", "FC102")}
    for name in sorted(wanted):
        by_operation: dict[str, list[Spot]] = {}
        for use in view.asking.get(name, ()):
            if not use.test:
                by_operation.setdefault(use.reference.operation or "call", []).append(view.spot(use.place))
        for operation in sorted(by_operation, key=lambda each: (_ORDER.get(each, len(_ORDER)), each)):
            yield Trial(f"{_WORDS.get(operation, operation)} `{name}`", tuple(by_operation[operation]))
        for key in (each for each in keys if each.target == name):
            writes = [
                view.spot(use.place)
                for use in view.asking.get(key.table, ())
                if use.reference.operation in ("insert", "upsert", "update") and not use.test
            ]
            if writes:
                yield Trial(f"Link `{key.table}` to `{name}` by `{', '.join(key.columns)}`", tuple(writes))


_ORDER = {each: number for number, each in enumerate(("insert", "upsert", "select", "update", "delete"))}
_WORDS = {
    "insert": "Create a row of",
    "upsert": "Create or change a row of",
    "select": "Read rows of",
    "update": "Change a row of",
    "delete": "Delete a row of",
}

_KEYS = """select expected.*
from expected
where not exists (
  select from pg_constraint c
  where c.contype = 'f'
    and c.conrelid = to_regclass(expected.source)
    and c.confrelid = to_regclass(expected.target)
    and (
      select array_agg(a.attname::text order by k.number)
      from unnest(c.conkey) with ordinality as k (attnum, number)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    ) = expected.source_columns
)
order by source, source_columns;"""

_RLS = """select c.oid::regclass as "table"
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ({schemas})
  and c.relkind in ('r', 'p')
  and not c.relispartition
  and not c.relrowsecurity
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname;"""

_POLICIES = """select schemaname, tablename, policyname, cmd, roles, qual, with_check
from pg_policies
where schemaname in ({schemas})
order by schemaname, tablename, policyname;"""


def _values(name: str, rows: Iterator[tuple[str, ...]]) -> str:
    listed = ",\n    ".join(f"({', '.join(row)})" for row in rows)
    return f"with {name} as (\n  values\n    {listed}\n)\n"


def _expected(key: KeyRow) -> tuple[str, ...]:
    columns = ", ".join(map(_text, key.columns))
    return _literal(key.table), f"array[{columns}]", _literal(key.target)


def _orphans(keys: Sequence[KeyRow]) -> str:
    counts = "\nunion all ".join(map(_orphan_count, keys))
    return f"with dangling(source, row_count) as (\n{counts}\n)\nselect * from dangling where row_count > 0;"


def _orphan_count(key: KeyRow) -> str:
    pairs = zip(key.columns, key.target_columns, strict=False)
    same = " and ".join(f"t.{quoted(theirs)} = s.{quoted(ours)}" for ours, theirs in pairs)
    given = " and ".join(f"s.{quoted(column)} is not null" for column in key.columns)
    source = _text(f"{key.table}.{', '.join(key.columns)}")
    return (
        f"select {source}, count(*) from {_name(key.table)} s\n"
        f"  where {given} and not exists (select from {_name(key.target)} t where {same})"
    )


def _strangers(rows: Sequence[TableRow]) -> str:
    counts = "\nunion all ".join(
        f'select {_literal(each.name)} as "table", count(*) from {_name(each.name)}' for each in rows
    )
    return (
        "begin;\nset local role authenticated;\n"
        'set local request.jwt.claims = \'{"sub": "00000000-0000-0000-0000-000000000000", "role": "authenticated"}\';\n'
        f"{counts};\nrollback;"
    )


def _name(qualified: str) -> str:
    return ".".join(map(quoted, qualified.split(".", 1)))


def _literal(qualified: str) -> str:
    """The name as ``to_regclass`` takes it, quoted where it has to be."""
    return _text(_name(qualified))


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(_text, names))
