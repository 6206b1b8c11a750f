"""A select list, a filter or an order that PostgREST cannot parse.

supabase-js sends these strings as they are, and TypeScript takes any text, so that the mistake shows when the call runs.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key, title text);
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, title,');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key, title text);
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, title');
```

## What the database answers

`400 PGRST100 failed to parse select parameter`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.model.request import Malformed
from analyzer.model.span import Place
from analyzer.rule import Rule


def check(project: Project) -> Iterator[Finding]:
    """A finding for each string, where it stops making sense."""
    seen = set()
    for use in project.uses:
        for malformed in use.reference.request.malformed if use.reference.request is not None else ():
            place = Place(use.path, malformed.span)
            if place not in seen:
                seen.add(place)
                yield _finding(use, malformed, place)


def _finding(use: Use, malformed: Malformed, place: Place) -> Finding:
    return Finding(
        "FC117",
        Severity.ERROR,
        f"PostgREST cannot parse this {malformed.aspect}: {malformed.reason}",
        f"{use.qualified}.{malformed.aspect}",
        place,
        "Mend the string: `name`, `alias:name`, `table(columns)`, separated by commas.",
        "high",
        Prediction("PGRST100"),
    )


RULE = Rule("FC117", "malformed-select", Severity.ERROR, "a string that PostgREST cannot parse", check)
