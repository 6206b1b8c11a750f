"""An insert leaves out a column that must have a value.

The column is NOT NULL, has no default, and no trigger that runs before the insert could fill it. An upsert is an insert
too: PostgreSQL looks at the new row first, and only then for one that is there already.

Of an array of rows, PostgREST takes all keys together: a row without a key that another row has gets NULL, whatever the
column's default (unless `defaultToNull: false` is given).

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint generated always as identity primary key, title text not null, stage text not null);
alter table deals enable row level security;
```

```ts app/deals.ts
await supabase.from('deals').insert({ title: 'First' });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint generated always as identity primary key, title text not null, stage text not null);
alter table deals enable row level security;
```

```ts app/deals.ts
await supabase.from('deals').insert({ title: 'First', stage: 'new' });
```

## What the database answers

`400 23502 null value in column "stage" of relation "deals" violates not-null constraint`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import TABLE_LIKE, Column, Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Payload, Row
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each row that is written, on the row, with all columns that it lacks."""
    for use in project.uses_of("table"):
        request, relation = use.reference.request, use.relation
        if request is None or request.payload is None or relation is None or not use.alone:
            continue
        if use.reference.operation not in ("insert", "upsert") or relation.kind not in TABLE_LIKE:
            continue
        if not (relation.open or relation.managed or request.gap("payload") or request.gap("columns")):
            yield from _rows(project, use, relation, request.payload)


def _rows(project: Project, use: Use, relation: Relation, payload: Payload) -> Iterator[Finding]:
    for row in payload.rows:
        if row.complete:
            lacking = [each for each in relation.columns if _lacks(project, relation, each, row, payload)]
            sure = [each for each in lacking if not _doubted(project, relation, each)]
            if sure:
                yield _finding(project, use, relation, row, sure)


def _lacks(project: Project, relation: Relation, column: Column, row: Row, payload: Payload) -> bool:
    if column.nullable or column.generated is not None:
        return False
    entries = [entry for entry in row.entries if entry.name.text == column.name and not entry.absent]
    if any(entry.value is None or entry.value.sort != "null" or entry.maybe for entry in entries):
        return False
    sent = bool(entries) or _sent_by_another(column, payload)
    # The bodies of triggers are looked at last: they are long, and nearly every column is given.
    return (sent or not _has_default(project, column)) and not _fills(project, relation, column)


def _sent_by_another(column: Column, payload: Payload) -> bool:
    """True when the row's missing key is sent as NULL."""
    if not payload.many or not payload.nulls or not payload.complete:
        return False
    if payload.columns is not None:
        return any(name.text == column.name for name in payload.columns)
    return any(column.name in row.names() for row in payload.rows)


def _has_default(project: Project, column: Column) -> bool:
    domain = project.catalog.types.get(column.type.oid or 0)
    # A domain may bring a default of its own.
    return column.default is not None or column.identity is not None or (domain is not None and domain.kind == "domain")


def _fills(project: Project, relation: Relation, column: Column) -> bool:
    """True when a trigger before the insert may set the column: it names it, or sets rows in a way that can't be followed."""
    for trigger in relation.triggers:
        if trigger.timing != "after" and "insert" in trigger.events:
            function = project.catalog.functions.get(trigger.function)
            body = function.body.sql if function is not None and function.body is not None else None
            if body is None or re.search(rf"\b{re.escape(column.name)}\b|\bnew\s*:?=|\bexecute\b|populate", body, re.I):
                return True
    return False


def _doubted(project: Project, relation: Relation, column: Column) -> bool:
    subject = f"{project.catalog.qualified(relation)}.{column.name}"
    doubts = (*project.doubts(column.name, "alter", "column"), *project.doubts(relation.name, "create", "trigger"))
    return doubtful(project, subject, doubts)


def _finding(project: Project, use: Use, relation: Relation, row: Row, columns: list[Column]) -> Finding:
    table = project.catalog.qualified(relation)
    names = [column.name for column in columns]
    several = len(names) > 1
    return Finding(
        "FC108",
        Severity.ERROR,
        f"this {use.reference.operation} gives no value for {listed(names)} of `{table}`, which must not be null"
        f" and {'have' if several else 'has'} no default",
        f"{table}.{','.join(names)}",
        Place(use.path, row.span) if row.span is not None else use.place,
        f"Give {'them values' if several else 'it a value'}, or give the column{'s' * several} a default in a migration.",
        "high",
        Prediction("23502"),
        tuple(Related(each.place, f"`{each.name}` is declared here") for each in columns if each.place is not None),
    )


RULE = Rule(
    "FC108", "missing-required-value", Severity.ERROR, "an insert leaves out a column that must have a value", check
)
