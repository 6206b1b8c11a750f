"""The body of a function names a table or view that is not there when all migrations have run.

PostgreSQL does not look into a body in plpgsql when the function is made, and a table can be dropped or renamed under any
body. The call fails when it reaches that statement. A function with `set search_path = ''` finds nothing by a bare name:
its tables need their schema.

Nothing is said of a table that generated types or SQL beside the migrations hold: it was made by hand.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
create function count_deals() returns bigint language plpgsql set search_path = '' as $$
begin
  return (select count(*) from deals);
end $$;
```

```ts app/deals.ts
await supabase.rpc('count_deals');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
create function count_deals() returns bigint language plpgsql set search_path = '' as $$
begin
  return (select count(*) from public.deals);
end $$;
```

```ts app/deals.ts
await supabase.rpc('count_deals');
```

## What the database answers

`404 42P01 relation "deals" does not exist`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import BrokenBody, Missing
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each function and relation, on the statement that names it."""
    for broken in project.replay.broken:
        schema = broken.missing.schema or "public"
        name = broken.missing.name
        if project.lost("relation", schema, name) or project.wanted(schema, name):
            continue
        if _made_by_hand(project, schema, name):
            project.withhold(f"{schema}.{name}")
            continue
        if not doubtful(project, f"{schema}.{name}", project.doubts(name, "create", "table")):
            yield _finding(project, broken)


def _made_by_hand(project: Project, schema: str, name: str) -> bool:
    """True when generated types or other SQL hold what no migration ever made, or most of the tables are made by hand."""
    made_once = project.catalog.history("relation", schema, name) or project.catalog.relation("public", name)
    hinted = project.schema.hinted(Missing("relation", schema, name)) or project.made_elsewhere("table")
    return not made_once and hinted


def _finding(project: Project, broken: BrokenBody) -> Finding:
    function = project.catalog.functions[broken.function]
    bare, name = broken.missing.schema is None, broken.missing.name
    written = name if bare else f"{broken.missing.schema}.{name}"
    history = project.catalog.history("relation", broken.missing.schema or "public", name)
    there = project.catalog.relation("public", name) if bare else None
    message = f"the body of `{project.catalog.qualified(function)}` uses `{written}`, which is not there in the end"
    related: tuple[Related, ...] = ()
    help_ = f"Use a table that exists, or create `{written}`."
    if there is not None:
        message = f"the body of `{project.catalog.qualified(function)}` uses `{name}`, and its search_path does not lead there"
        help_ = f"Write `public.{name}`."
    elif history:
        gone = history[-1]
        now = project.catalog.relations.get(gone.successor or 0)
        message += f": a later migration {gone.how} it"
        related = (Related(gone.place, f"{gone.how} here"),)
        help_ = f"Use `{project.catalog.qualified(now)}`." if now is not None else help_
    return Finding(
        "FC206",
        Severity.WARNING,
        message,
        f"{project.catalog.qualified(function)}:{written}",
        broken.place,
        help_,
        "high",
        Prediction("42P01"),
        related,
    )


RULE = Rule("FC206", "broken-body", Severity.WARNING, "a function's body uses a table that is not there", check)
