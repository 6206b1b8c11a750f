"""A table is there that the domain model does not name, although it names most others.

A document that names most tables is taken to name all. Where it names less than two thirds of them, it is a sketch, and
nothing is said.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table profiles (id uuid primary key);
alter table profiles enable row level security;
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
create table posts (id uuid primary key);
alter table posts enable row level security;
```

```md docs/domain-model.md
# Tables

- `profiles`: a person who signs in
- `campaigns`: what is said over some weeks
```

```ts app/all.ts
const { data } = await supabase.from('campaigns').select('id');
const { data: profiles } = await supabase.from('profiles').select('id');
const { data: posts } = await supabase.from('posts').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table profiles (id uuid primary key);
alter table profiles enable row level security;
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
create table posts (id uuid primary key);
alter table posts enable row level security;
```

```md docs/domain-model.md
# Tables

- `profiles`: a person who signs in
- `campaigns`: what is said over some weeks
- `posts`: one post of a campaign
```

```ts app/all.ts
const { data } = await supabase.from('campaigns').select('id');
const { data: profiles } = await supabase.from('profiles').select('id');
const { data: posts } = await supabase.from('posts').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.entities import modelled, tables_to_document
from analyzer.link import Project
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule

_MOST_NAMED = 2 / 3


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such table, where it is created."""
    model = modelled(project)
    named = {each.relation.oid for each in model if each.relation is not None}
    tables = tables_to_document(project)
    without = [each for each in tables if each.oid not in named]
    if model and len(tables) - len(without) >= _MOST_NAMED * len(tables):
        document = model[0].place
        for table in without:
            if table.place is not None:
                name = project.intended.qualified(table)
                yield Finding(
                    "FC402",
                    Severity.INFO,
                    f"the domain model does not name `{name}`, and names {len(tables) - len(without)} of {len(tables)} tables",
                    name,
                    table.place,
                    f"Describe it in `{document.path}`.",
                    related=(Related(document, "the domain model begins here"),),
                )


RULE = Rule("FC402", "undocumented-table", Severity.INFO, "a table that the domain model does not name", check)
