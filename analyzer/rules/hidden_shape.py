"""CREATE TABLE IF NOT EXISTS passes over a table that has another shape.

The table is there already, from an earlier migration, so the whole statement does nothing: the columns that it lists and the
table lacks are never made. It looks as if the migration built them, and the app fails where it uses them.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id uuid primary key, name text);
alter table deals enable row level security;
```

```sql supabase/migrations/20250201000000_amounts.sql
create table if not exists deals (id uuid primary key, name text, amount numeric);
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('name');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id uuid primary key, name text);
alter table deals enable row level security;
```

```sql supabase/migrations/20250201000000_amounts.sql
alter table deals add column if not exists amount numeric;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('amount');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Hidden, Relation
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, departed_column, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such statement, on the table's name."""
    for hidden in project.replay.hidden:
        relation = project.catalog.relations.get(hidden.relation)
        if relation is None or relation.managed or relation.open:
            continue
        lacking = [name for name, _ in hidden.columns if _lacks(project, relation, name)]
        other = [
            name for name, type_ in hidden.columns if type_ is not None and _differs(project, relation, name, type_)
        ]
        qualified = project.catalog.qualified(relation)
        if (lacking or other) and not doubtful(
            project, qualified, project.doubts(relation.name, "alter", "table", since=relation.place)
        ):
            yield _finding(qualified, relation, hidden, lacking, other)


def _lacks(project: Project, relation: Relation, name: str) -> bool:
    """True for a column that no migration ever gave the table, before or after."""
    return relation.column(name) is None and departed_column(project, relation, name) is None


def _differs(project: Project, relation: Relation, name: str, type_: str) -> bool:
    column = relation.column(name)
    return column is not None and project.catalog.spell(column.type) != type_


def _finding(qualified: str, relation: Relation, hidden: Hidden, lacking: list[str], other: list[str]) -> Finding:
    lacks = f"it lacks {listed(lacking)}" if lacking else ""
    differs = f"{listed(other)} {'has another type' if len(other) == 1 else 'have other types'}" if other else ""
    return Finding(
        "FC208",
        Severity.WARNING,
        f"`{qualified}` is there already, so this does nothing: {' and '.join(filter(None, (lacks, differs)))}",
        qualified,
        hidden.place,
        "Change the table with `alter table`, in a migration of its own.",
        related=(Related(relation.place, "it is created here"),) if relation.place is not None else (),
    )


RULE = Rule(
    "FC208",
    "hidden-shape",
    Severity.WARNING,
    "CREATE TABLE IF NOT EXISTS passes over a table that has another shape",
    check,
)
