"""A call writes what cannot be written.

That is a generated column, an identity column that is always generated, or a view whose rows have no table to go to.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table lines (
  id bigint primary key,
  price numeric not null,
  amount int not null,
  total numeric generated always as (price * amount) stored
);
alter table lines enable row level security;
```

```ts app/lines.ts
await supabase.from('lines').insert({ id: 1, price: 2, amount: 3, total: 6 });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table lines (
  id bigint primary key,
  price numeric not null,
  amount int not null,
  total numeric generated always as (price * amount) stored
);
alter table lines enable row level security;
```

```ts app/lines.ts
await supabase.from('lines').insert({ id: 1, price: 2, amount: 3 });
```

## What the database answers

`400 428C9 cannot insert a non-DEFAULT value into column "total"`, for a view `55000 cannot insert into view`, and for a
materialized view `42809 cannot change materialized view`
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from analyzer.link import Project, Use
from analyzer.model.catalog import Column, Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Name, Request
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful

_Command = Literal["insert", "update", "delete"]
_INSERT: tuple[_Command, ...] = ("insert",)
_UPDATE: tuple[_Command, ...] = ("update",)
_DELETE: tuple[_Command, ...] = ("delete",)
_WRITES = frozenset(("insert", "update", "upsert", "delete"))


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such column on its key, and for each such view on its name."""
    for use in project.uses_of("table"):
        relation = use.relation
        if relation is None or not use.alone or use.reference.operation not in _WRITES:
            continue
        if relation.kind in ("view", "materialized_view") and not _takes(project, relation, use.reference.operation):
            yield from _view(project, use, relation)
        elif use.reference.request is not None and not relation.managed:
            for name, column in _generated(relation, use.reference.request):
                yield from _column(project, use, relation, name, column)


def _takes(project: Project, relation: Relation, operation: str | None) -> bool:
    """True when PostgreSQL may write through the view, or when what hangs on it may do so in its place."""
    commands = {"insert": _INSERT, "upsert": (*_INSERT, *_UPDATE), "update": _UPDATE, "delete": _DELETE}
    return relation.managed or all(
        project.catalog.writable(relation, command) is not False for command in commands.get(operation or "", ())
    )


def _view(project: Project, use: Use, relation: Relation) -> Iterator[Finding]:
    if doubtful(project, use.qualified, project.doubts(relation.name, "view")):
        return
    stored = relation.kind == "materialized_view"
    yield Finding(
        "FC110",
        Severity.ERROR,
        f"`{use.qualified}` is a {'materialized view' if stored else 'view over more than the rows of one table'}, so this"
        f" {use.reference.operation} fails",
        use.qualified,
        use.place,
        "Write to the tables that it reads, and refresh it."
        if stored
        else "Write to the tables that it reads, or give it an INSTEAD OF trigger.",
        "high",
        Prediction("42809" if stored else "55000"),
        (Related(relation.place, "created here"),) if relation.place is not None else (),
    )


def _generated(relation: Relation, request: Request) -> Iterator[tuple[Name, Column]]:
    """The keys of rows that are surely sent, and that no value may be given for."""
    for row in request.payload.rows if request.payload is not None else ():
        for entry in row.entries:
            column = relation.column(entry.name.text)
            if column is not None and not (entry.absent or entry.maybe) and _is_generated(column):
                yield entry.name, column


def _is_generated(column: Column) -> bool:
    return column.generated is not None or column.identity == "always"


def _column(project: Project, use: Use, relation: Relation, name: Name, column: Column) -> Iterator[Finding]:
    subject = f"{project.catalog.qualified(relation)}.{column.name}"
    how = "is generated" if column.generated is not None else "is an identity that is always generated"
    if not doubtful(project, subject, project.doubts(column.name, "alter", "column")):
        yield Finding(
            "FC110",
            Severity.ERROR,
            f"`{subject}` {how}, and takes no value from outside",
            subject,
            Place(use.path, name.span),
            f"Leave `{column.name}` out.",
            "high",
            Prediction("428C9"),
            (Related(column.place, "declared here"),) if column.place is not None else (),
        )


RULE = Rule("FC110", "not-writable", Severity.ERROR, "a write to a generated column or a view that takes none", check)
