"""A value written in the code is none of those that the column allows.

The column is of an enum type, or a CHECK lists its values. An enum refuses an unknown value in a filter too; a CHECK only
when a row is written. Nothing is said where checked-in generated types have any text in the column of an enum, or the value
among the enum's.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create type stage as enum ('open', 'won', 'lost');
create table deals (id bigint primary key, stage stage);
alter table deals enable row level security;
```

```ts app/deals.ts
await supabase.from('deals').update({ stage: 'closed' }).eq('id', 1);
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create type stage as enum ('open', 'won', 'lost');
create table deals (id bigint primary key, stage stage);
alter table deals enable row level security;
```

```ts app/deals.ts
await supabase.from('deals').update({ stage: 'won' }).eq('id', 1);
```

## What the database answers

`400 22P02 invalid input value for enum stage: "closed"`, or
`400 23514 new row for relation "deals" violates check constraint "deals_stage_check"`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.record import Record
from analyzer.model.request import Constant, Request
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful, listed
from analyzer.sql.allowed import allowed_texts

_EQUAL = frozenset(("eq", "neq", "in"))


class _Allowed(Record, frozen=True):
    """What a column lets through, in the order of its declaration, and what says so."""

    values: tuple[str, ...]
    source: str
    answer: str
    place: Place | None


def check(project: Project) -> Iterator[Finding]:
    """A finding for each value, on the value."""
    for use in project.uses_of("table"):
        request, relation = use.reference.request, use.relation
        if request is not None and relation is not None and use.alone and not relation.managed:
            for column, value in _written(request):
                allowed = _enum(project, relation, column) or _list(relation, column)
                yield from _judged(project, use, relation, column, value, allowed)
            for column, value in _compared(request):
                yield from _judged(project, use, relation, column, value, _enum(project, relation, column))


def _written(request: Request) -> Iterator[tuple[str, Constant]]:
    for row in request.payload.rows if request.payload is not None else ():
        yield from ((entry.name.text, entry.value) for entry in row.entries if entry.value is not None)


def _compared(request: Request) -> Iterator[tuple[str, Constant]]:
    for each in request.filters:
        if each.operator in _EQUAL and not each.path and not each.json:
            yield from ((each.column.text, value) for value in each.values)


def _enum(project: Project, relation: Relation, name: str) -> _Allowed | None:
    column = relation.column(name)
    type_ = project.catalog.types.get(column.type.oid or 0) if column is not None else None
    if column is None or type_ is None or type_.kind != "enum" or column.type.dimensions or type_.managed:
        return None
    return _Allowed(type_.labels, f"the enum `{project.catalog.qualified(type_)}`", "22P02", type_.place)


def _list(relation: Relation, name: str) -> _Allowed | None:
    column = relation.column(name)
    if column is None or column.type.dimensions or column.type.name not in ("text", "character varying"):
        return None
    for constraint in relation.constraints:
        found = allowed_texts(constraint.expression) if constraint.kind == "check" and constraint.expression else None
        if found is not None and found[0] == name:
            source = f"the check `{constraint.name}`"
            return _Allowed(tuple(sorted(found[1])), source, "23514", constraint.place or relation.place)
    return None


def _judged(
    project: Project, use: Use, relation: Relation, column: str, value: Constant, allowed: _Allowed | None
) -> Iterator[Finding]:
    if allowed is None or value.sort == "null" or value.text in allowed.values:
        return
    if value.sort != "string" and allowed.answer == "23514":
        return
    subject = f"{project.catalog.qualified(relation)}.{column}={value.text}"
    if _typed_otherwise(project, relation, column, value.text):
        project.withhold(subject)
        return
    words = _changed_by(project, relation, column)
    if not doubtful(project, subject, tuple(doubt for word in words for doubt in project.doubts(word, "alter"))):
        yield _finding(use, relation, column, value, allowed, subject)


def _typed_otherwise(project: Project, relation: Relation, name: str, value: str) -> bool:
    """True when generated types have any text in the column of an enum, or the value among the enum's."""
    column = relation.column(name)
    type_ = project.catalog.types.get(column.type.oid or 0) if column is not None else None
    if type_ is None:
        return False
    table = project.catalog.schema_of(relation), relation.name
    enum = project.catalog.schema_of(type_), type_.name
    return any(
        (table in types.relations and types.relations[table].types.get(name) == "string")
        or value in (types.enums.get(enum) or ())
        for types in (*project.schema.generated.values(), *project.schema.hints)
    )


def _changed_by(project: Project, relation: Relation, name: str) -> Iterable[str]:
    """The words by which a statement that was not understood may have changed what is allowed."""
    column = relation.column(name)
    type_ = project.catalog.types.get(column.type.oid or 0) if column is not None else None
    checks = (each.name for each in relation.constraints if each.kind == "check")
    return (type_.name,) if type_ is not None else (name, *checks)


def _finding(use: Use, relation: Relation, column: str, value: Constant, allowed: _Allowed, subject: str) -> Finding:
    near = next((each for each in allowed.values if each.lower() == value.text.lower()), None)
    return Finding(
        "FC113",
        Severity.ERROR,
        f"`{value.text}` is not among the values of `{relation.name}.{column}`: {allowed.source} refuses it",
        subject,
        Place(use.path, value.span),
        f"Use `{near}`: case counts." if near else f"Allowed are {listed(allowed.values)}.",
        "high",
        Prediction(allowed.answer),
        (Related(allowed.place, "the values are listed here"),) if allowed.place is not None else (),
    )


RULE = Rule("FC113", "unknown-value", Severity.ERROR, "a literal outside the column's enum or CHECK list", check)
