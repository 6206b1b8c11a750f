"""An ignore comment that silences nothing, or that does not say what it is to silence.

`// fromcheck-ignore FC101: why` silences that rule on its own line or, standing alone, in the statement below;
`// fromcheck-ignore-file FC101: why` in the whole file. Several codes go with commas between. In SQL it is
`-- fromcheck-ignore FC201: why`, in markup `<!-- fromcheck-ignore FC101: why -->`.

When the fault is gone the comment has to go, too: left behind, it would hide the next one. A comment without a code
would hide everything, so it silences nothing.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```ts app/notes.ts
// fromcheck-ignore FC101: the table is made by hand
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```ts app/notes.ts
// fromcheck-ignore FC101: made by the billing service, in its own repository
const { data } = await supabase.from('invoices').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Severity
from analyzer.rule import Rule


def check(project: Project) -> Iterator[Finding]:
    """Nothing: what a comment silences is known once all other rules have run, so ``suppress`` makes these findings."""
    yield from ()


RULE = Rule("FC901", "unused-suppression", Severity.WARNING, "an ignore comment that silences nothing", check)
