"""Code invokes an edge function that has no folder in `supabase/functions`, and no entry in `supabase/config.toml`.

A project that has no edge functions at all in its repository may keep them elsewhere: there it is a warning. A function that
lies in another folder for them (`lib/edge/send-mail/index.ts`) may be deployed from there: that is counted, and not reported.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
```

```ts supabase/functions/send-mail/index.ts
Deno.serve(() => new Response('ok'));
```

```ts app/mail.ts
await supabase.functions.invoke('sendmail', { body: {} });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
```

```ts supabase/functions/send-mail/index.ts
Deno.serve(() => new Response('ok'));
```

```ts app/mail.ts
await supabase.functions.invoke('send-mail', { body: {} });
```

## What the database answers

`404 Requested function was not found`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.rule import Rule, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, on the function's name."""
    for use in project.uses_of("edge_function"):
        name = use.name.text
        if not use.certain or not name or name in project.schema.edge_functions:
            continue
        if name in project.schema.functions_beside:
            project.withhold(f"edge function {name}")
        else:
            yield _finding(project, use)


def _finding(project: Project, use: Use) -> Finding:
    there = project.schema.edge_functions
    name = use.name.text
    return Finding(
        "FC115",
        Severity.ERROR if there else Severity.WARNING,
        f"no folder `supabase/functions/{name}` holds the edge function `{name}`, so this call fails",
        name,
        use.place,
        f"The functions here are {listed(sorted(there))}."
        if there
        else "If it lives elsewhere, ignore this rule here.",
        "high" if there else "medium",
        Prediction("404"),
    )


RULE = Rule("FC115", "missing-edge-function", Severity.ERROR, "an edge function that has no folder", check)
