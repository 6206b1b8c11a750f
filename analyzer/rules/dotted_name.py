"""Code asks for a table by a name with a dot in it.

PostgREST takes the whole string as a table's name: it looks for a table called `auth.users` in the schema `public`.
Another schema is chosen with `.schema('name')`, and has to be exposed in `supabase/config.toml` (`api.schemas`).

## Bad

```sql supabase/migrations/20250101000000_init.sql
create schema private;
create table private.notes (id uuid primary key);
```

```ts app/notes.ts
const { data } = await supabase.from('private.notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## What the database answers

`404 PGRST205 Could not find the table 'public.private.notes' in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule

# What PostgreSQL says of itself.
_CATALOGUES = ("information_schema", "pg_catalog")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each name with a dot, unless a table is really called that."""
    for use in project.uses_of("table"):
        if "." in use.name.text and use.relation is None and use.certain:
            yield _finding(project, use)


def _finding(project: Project, use: Use) -> Finding:
    schema, _, name = use.name.text.partition(".")
    meant = project.catalog.relation(schema, name)
    related = (Related(meant.place, "the table is created here"),) if meant is not None and meant.place else ()
    exposed = "" if schema in project.schema.exposed else f" and expose `{schema}` in `api.schemas`"
    advice = f"Write `.schema('{schema}').from('{name}')`{exposed}."
    if schema in _CATALOGUES:
        advice = f"Ask `{schema}` in a function, and call that with `.rpc()`: it is not to be exposed."
    return Finding(
        "FC112",
        Severity.ERROR,
        f"`{use.name.text}` is looked for as one table name, dot and all, and there is none",
        use.name.text,
        use.place,
        advice,
        "high",
        Prediction("PGRST205"),
        related,
    )


RULE = Rule("FC112", "dotted-name", Severity.ERROR, "a table name with a dot is never resolved", check)
