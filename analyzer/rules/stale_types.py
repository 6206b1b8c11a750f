"""The checked-in generated types differ from what the migrations build.

`supabase gen types` writes down what a database held when it ran. A migration that comes later changes the database and
not the file: the compiler then refuses columns that are there, and lets through those that are gone. One finding a file
says what differs, by name.

Only what surely differs is told, and only where the migrations apply from an empty database. Tables that the types hold
and no migration ever created are schema drift (FC502).

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, text text);
alter table notes enable row level security;
```

```sql supabase/migrations/20250201000000_titles.sql
alter table notes add column title text;
alter table notes drop column text;
```

```ts src/database.types.ts
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]
export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string; text: string | null }; Relationships: [] }
    }
    Views: { [_ in never]: never }
  }
}
```

```ts src/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, text text);
alter table notes enable row level security;
```

```ts src/database.types.ts
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]
export type Database = {
  public: {
    Tables: {
      notes: { Row: { id: string; text: string | null }; Relationships: [] }
    }
    Views: { [_ in never]: never }
  }
}
```

```ts src/notes.ts
const { data } = await supabase.from('notes').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import QUERYABLE, Function, Relation, Replay, TypeUse
from analyzer.model.facts import GeneratedTypes
from analyzer.model.finding import Finding, Related, Severity
from analyzer.model.record import Record
from analyzer.model.span import Place, Span
from analyzer.rule import Rule, departed_column, listed

_SHOWN = 8
_ON_ROWS = ("insert", "update", "delete", "select")


class _Difference(Record, frozen=True):
    """A name that one side lacks; ``place`` is what the migrations say of it, ``span`` where the types have it."""

    name: str
    lacking: bool
    place: Place | None = None
    span: Span | None = None


def check(project: Project) -> Iterator[Finding]:
    """One finding for each file of generated types, on the first thing in it that is no more, else on its schema."""
    if not _is_whole(project.replay):
        return
    for path, types in project.schema.generated.items():
        found = list(_differences(project, types)) if types.whole else []
        if found:
            yield _finding(path, types, found)


def _is_whole(replay: Replay) -> bool:
    """True where every statement that shapes the schema is applied: rows that are refused change nothing in it."""
    return replay.clean or (bool(replay.failures) and all(each.kind in _ON_ROWS for each in replay.failures))


def _differences(project: Project, types: GeneratedTypes) -> Iterator[_Difference]:
    yield from _relations_lacking(project, types)
    yield from _columns(project, types)
    yield from _functions_lacking(project, types)
    yield from _labels(project, types)
    for (schema, name), typed in types.relations.items():
        gone = project.catalog.history("relation", schema, name)
        if gone and project.catalog.relation(schema, name) is None and not project.doubts(name, "create", "table"):
            yield _Difference(f"{schema}.{name}", lacking=False, place=gone[-1].place, span=typed.span)


def _relations_lacking(project: Project, types: GeneratedTypes) -> Iterator[_Difference]:
    for relation in _own(project, types):
        schema = project.catalog.schema_of(relation)
        if (schema, relation.name) not in types.relations and not project.doubts(relation.name, "drop", "table"):
            yield _Difference(f"{schema}.{relation.name}", lacking=True, place=relation.place)


def _columns(project: Project, types: GeneratedTypes) -> Iterator[_Difference]:
    """The columns of a table that the types lack, and those that a migration took from it."""
    for relation in _own(project, types):
        schema = project.catalog.schema_of(relation)
        typed = types.relations.get((schema, relation.name))
        if typed is None or relation.open or not typed.columns:
            continue
        for column in relation.columns:
            if column.name not in typed.columns and not project.doubts(column.name, "alter", "table"):
                place = column.place or relation.place
                yield _Difference(f"{schema}.{relation.name}.{column.name}", lacking=True, place=place)
        for name in sorted(typed.columns):
            gone = departed_column(project, relation, name)
            if gone is not None and not _has(project, relation, name):
                yield _Difference(f"{schema}.{relation.name}.{name}", lacking=False, place=gone.place, span=typed.span)


def _has(project: Project, relation: Relation, name: str) -> bool:
    return project.api.planner.has_column(relation, name) or bool(project.doubts(name, "alter", "table"))


def _functions_lacking(project: Project, types: GeneratedTypes) -> Iterator[_Difference]:
    for function in project.catalog.functions.values():
        schema = project.catalog.schema_of(function)
        told = (schema, function.name) in types.functions or schema not in types.schemas
        if not told and _is_listed(project, function) and not project.doubts(function.name, "drop", "function"):
            yield _Difference(f"{schema}.{function.name}()", lacking=True, place=function.place)


def _is_listed(project: Project, function: Function) -> bool:
    """True for a function that every version of the generator lists: one that can be called by its arguments' names."""
    returns = function.returns.name if function.returns else ""
    inputs = list(function.inputs())
    own = not (function.managed or function.procedure or function.open) and function.place is not None
    return (
        own
        and returns not in ("trigger", "event_trigger")
        and all(each.name and not _is_row(project, each.type) for each in inputs)
    )


def _is_row(project: Project, use: TypeUse) -> bool:
    return use.oid in project.catalog.relations


def _labels(project: Project, types: GeneratedTypes) -> Iterator[_Difference]:
    for enum in project.catalog.types.values():
        schema = project.catalog.schema_of(enum)
        typed = types.enums.get((schema, enum.name))
        if typed is None or enum.managed or project.doubts(enum.name, "alter", "type"):
            continue
        for label in enum.labels:
            if label not in typed:
                yield _Difference(f"{schema}.{enum.name} '{label}'", lacking=True, place=enum.place)


def _own(project: Project, types: GeneratedTypes) -> Iterator[Relation]:
    """The relations of migrations in the schemas that the types list; what the generator thinks of partitions is not known."""
    for relation in project.catalog.relations.values():
        listed_there = project.catalog.schema_of(relation) in types.schemas
        if relation.kind in QUERYABLE and listed_there and not relation.managed and relation.partition_of is None:
            yield relation


def _finding(path: str, types: GeneratedTypes, found: list[_Difference]) -> Finding:
    lacking = [each for each in found if each.lacking]
    stale = [each for each in found if not each.lacking]
    said = [f"lack {listed((each.name for each in lacking), _SHOWN)}"] if lacking else []
    said += [f"still have {listed((each.name for each in stale), _SHOWN)}"] if stale else []
    spans = [each.span for each in stale if each.span is not None]
    related = tuple(
        Related(each.place, f"`{each.name}` is {'made' if each.lacking else 'gone since'} here")
        for each in found
        if each.place is not None
    )
    return Finding(
        "FC503",
        Severity.WARNING,
        f"these types are not those of the migrations: they {' and '.join(said)}",
        path,
        Place(path, min(spans or types.schemas.values())),
        f"Make them anew: `supabase gen types typescript --local > {path}`.",
        "high",
        related=related[:_SHOWN],
    )


RULE = Rule(
    "FC503", "stale-types", Severity.WARNING, "checked-in generated types are not those of the migrations", check
)
