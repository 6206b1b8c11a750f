"""The checked-in generated types, or files beside the migrations, hold tables that no migration creates.

Generated types are a picture of a real database. A table that stands there, and in no migration, was made by hand (in the
dashboard, or from a script outside of `supabase/migrations`). It works where it was made; a new database, a preview branch
or a colleague's copy does not have it. It is told once a project, and calls that use such tables are not reported one by
one: the table is most likely there.

The same goes for what declares tables and is not applied itself: the files of `supabase/schemas` beside migrations say what
the schema is to be, and a table that stands there alone is declared and not yet migrated; any other SQL file may have been
run by hand, and an ORM's schema pushed (Drizzle, Prisma): that is told where code uses what they alone declare.

Types go stale. Where they or other SQL hold something that no migration creates, or a migration alters it, and migrations
create less than half of the tables or functions that the code uses (five or more are missing), the migrations are not the
schema: all that is missing is taken to be made by hand, and told here.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```ts src/database.types.ts
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]
export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string } }
      tags: { Row: { id: string } }
    }
    Views: { [_ in never]: never }
  }
}
```

```ts src/tags.ts
const { data } = await supabase.from('tags').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
create table tags (id uuid primary key);
alter table tags enable row level security;
```

```ts src/database.types.ts
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]
export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string } }
      tags: { Row: { id: string } }
    }
    Views: { [_ in never]: never }
  }
}
```

```ts src/tags.ts
const { data } = await supabase.from('tags').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Related, Severity
from analyzer.model.span import Place
from analyzer.rule import BROUGHT, Rule, listed, times

_SHOWN = 10


_TYPES = (
    "the generated types hold",
    "Run `supabase db pull` to write what is missing into a migration, or make the types anew.",
)
_DECLARED = (
    "files beside the migrations declare",
    "Run `supabase db diff -f <name>` to write what is missing into a migration, or name SQL files under `sources`.",
)


def check(project: Project) -> Iterator[Finding]:
    """One finding on the first such table in the SQL that declares it, and one on the first of the others in the types.

    Where the migrations are not the schema, there is one on all of it.
    """
    declared = {
        (each.schema or "public", each.name): place
        for each, place in project.schema.declared.items()
        if each.kind == "relation"
    }
    typed = {name: place for name, place in project.schema.typed.items() if name not in declared}
    if project.made_elsewhere("function"):
        yield _made_elsewhere(project, {**declared, **typed})
        return
    for held, (they_hold, advice) in ((declared, _DECLARED), (typed, _TYPES)):
        drifted = {name: place for name, place in held.items() if _is_drift(project, *name)}
        if drifted:
            yield _finding(project, drifted, they_hold, advice)


def _is_drift(project: Project, schema: str, name: str) -> bool:
    oid = project.catalog.schema_names.get(schema)
    managed = oid is not None and project.catalog.schemas[oid].managed
    known = project.catalog.relation(schema, name) is not None or project.lost("relation", schema, name)
    gone = project.catalog.history("relation", schema, name)
    return not (managed or known or gone or name in BROUGHT or project.doubts(name, "create", "table"))


def _finding(project: Project, drifted: dict[tuple[str, str], Place], they_hold: str, advice: str) -> Finding:
    names = [f"{schema}.{name}" for schema, name in drifted]
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    used = {use.qualified for use in project.uses_of("table")}
    count = sum(name in used for name in names)
    first, *rest = drifted.values()
    return Finding(
        "FC502",
        Severity.WARNING,
        f"{they_hold} {times(len(names), 'table')} that no migration creates ({count} used in code): {shown}{more}",
        project.folder or ".",
        first,
        advice,
        "high",
        related=tuple(Related(place, "this one too") for place in rest[: _SHOWN - 1]),
    )


def _made_elsewhere(project: Project, held: dict[tuple[str, str], Place]) -> Finding:
    """The one finding on all that is made by hand, at the first such table that a file shows, else at the first call."""
    tables, functions = project.absence("table"), project.absence("function")
    kinds = [
        (name, each)
        for name, each in (("table", tables), ("function", functions))
        if each.most or (name == "function" and each.absent)
    ]
    told = [f"{len(each.created)} of {len(each.created) + len(each.absent)} {name}s" for name, each in kinds]
    names = [".".join(name) for _, each in kinds for name in each.absent]
    drifted = [place for name, place in held.items() if _is_drift(project, *name)]
    calls = [place for _, each in kinds for place in each.absent.values()]
    first, *rest = [*drifted, *calls]
    return Finding(
        "FC502",
        Severity.WARNING,
        f"migrations create {' and '.join(told)} that the code uses; the others are taken to be made by hand: "
        f"{listed(names)}",
        project.folder or ".",
        first,
        "Run `supabase db pull` to write them into a migration: until then no database can be built from the migrations.",
        "high",
        related=tuple(Related(place, "this one too") for place in rest[: _SHOWN - 1]),
    )


RULE = Rule(
    "FC502",
    "schema-drift",
    Severity.WARNING,
    "generated types, or files beside the migrations, hold tables that no migration creates",
    check,
    meant=False,
)
