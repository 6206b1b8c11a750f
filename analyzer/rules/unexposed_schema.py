"""Code asks for a schema that the API does not serve.

`api.schemas` in `supabase/config.toml` lists what PostgREST serves (or `schemas` in `fromcheck.yaml`, for a project whose
hosted settings differ). Where neither says so, nothing is reported.

## Bad

```toml supabase/config.toml
[api]
schemas = ["public"]
```

```sql supabase/migrations/20250101000000_init.sql
create schema crm;
create table crm.deals (id bigint primary key);
alter table crm.deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.schema('crm').from('deals').select('id');
```

## Good

```toml supabase/config.toml
[api]
schemas = ["public", "crm"]
```

```sql supabase/migrations/20250101000000_init.sql
create schema crm;
create table crm.deals (id bigint primary key);
alter table crm.deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.schema('crm').from('deals').select('id');
```

## What the database answers

`406 PGRST106 Invalid schema: crm`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.model.span import Place
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, on the schema's name."""
    if not project.schema.exposed_known:
        return
    seen = set()
    for use in project.uses:
        asked = use.reference.schema
        if use.reference.kind not in ("table", "function") or use.reference.client != "supabase-js" or asked is None:
            continue
        place = Place(use.path, asked.span)
        if asked.text not in project.schema.exposed and place not in seen:
            seen.add(place)
            # A role's own setting can expose more: `alter role authenticator set pgrst.db_schemas = …`.
            if not doubtful(project, asked.text, project.doubts("db_schemas")):
                yield _finding(project, use, asked.text, place)


def _finding(project: Project, use: Use, schema: str, place: Place) -> Finding:
    return Finding(
        "FC111",
        Severity.ERROR,
        f"the schema `{schema}` is not exposed, so this call fails: the API serves {listed(project.schema.exposed)}",
        schema,
        place,
        f"Add `{schema}` to `api.schemas` in supabase/config.toml, and to the exposed schemas of the hosted project.",
        "high",
        Prediction("PGRST106"),
    )


RULE = Rule("FC111", "unexposed-schema", Severity.ERROR, "code asks for a schema that the API does not serve", check)
