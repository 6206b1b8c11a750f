"""Code asks for a table that a later migration dropped, renamed or moved to another schema.

The table was there once, so the call was right when it was written; a migration has changed that since.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table agents (id uuid primary key);
alter table agents enable row level security;
```

```sql supabase/migrations/20250201000000_rename.sql
alter table agents rename to personas;
```

```ts app/agents.ts
const { data } = await supabase.from('agents').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table agents (id uuid primary key);
alter table agents enable row level security;
```

```sql supabase/migrations/20250201000000_rename.sql
alter table agents rename to personas;
```

```ts app/agents.ts
const { data } = await supabase.from('personas').select('id');
```

## What the database answers

`404 PGRST205 Could not find the table 'public.agents' in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Departed, Relation
from analyzer.model.finding import Edit, Finding, Fix, Prediction, Related, Severity, Suggestion
from analyzer.rule import Rule, doubtful, is_put_aside


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, with the migration that took the table away."""
    for use in project.uses_of("table"):
        schema, name = use.schema or "public", use.name.text
        history = project.catalog.history("relation", schema, name)
        if use.relation is not None or not use.certain or not history:
            continue
        if project.lost("relation", schema, name):
            continue
        if not doubtful(project, use.qualified, project.doubts(name, "create", "table")):
            yield _finding(project, use, history[-1])


def _finding(project: Project, use: Use, gone: Departed) -> Finding:
    successor = project.catalog.relations.get(gone.successor) if gone.successor is not None else None
    now = project.catalog.qualified(successor) if successor is not None else None
    message = f"`{use.qualified}` was {gone.how} by a later migration"
    if now is not None:
        message += f" and is now `{now}`"
    related = [Related(gone.place, f"{gone.how} here")]
    if gone.created is not None:
        related.append(Related(gone.created, "created here"))
    return Finding(
        "FC102",
        Severity.ERROR,
        f"{message}, so this {use.reference.operation or 'call'} fails",
        use.qualified,
        use.place,
        f"Use `{now}`." if now is not None else "Take this call out, or create the table again in a new migration.",
        "high",
        Prediction("PGRST205"),
        tuple(related),
        (Suggestion("did-you-mean", now, 1.0, ("renamed in the history",)),) if now is not None else (),
        _fix(use, gone, successor),
    )


def _fix(use: Use, gone: Departed, successor: Relation | None) -> Fix | None:
    if successor is None or gone.how != "renamed" or use.name.via not in ("literal", "cast"):
        return None
    return Fix(f"Use `{successor.name}`", (Edit(use.place, successor.name),), safe=not is_put_aside(successor.name))


RULE = Rule(
    "FC102", "dropped-table", Severity.ERROR, "a later migration dropped or renamed the table", check, meant=False
)
