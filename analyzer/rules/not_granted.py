"""Code that runs in the browser uses a table that neither `anon` nor `authenticated` may use.

The API takes one of these two roles for a call from a browser. Row level security decides about rows only after a grant on
the table: without one, every call is refused. New tables of `public` are granted by default privileges, unless a migration
revokes them, or `auto_expose_new_tables` is off.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
revoke all on deals from anon, authenticated;
```

```ts app/deals.ts
import { createBrowserClient } from '@supabase/ssr';

const supabase = createBrowserClient(url, key);
const { data } = await supabase.from('deals').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key);
alter table deals enable row level security;
revoke all on deals from anon, authenticated;
grant select on deals to authenticated;
```

```ts app/deals.ts
import { createBrowserClient } from '@supabase/ssr';

const supabase = createBrowserClient(url, key);
const { data } = await supabase.from('deals').select('id');
```

## What the database answers

`401 42501 permission denied for table deals`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Relation
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule, doubtful

_NEEDS = {"select": ("select",), "insert": ("insert",), "update": ("update",), "delete": ("delete",)}
_ROLES = ("anon", "authenticated")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, on the table's name."""
    for use in project.uses_of("table"):
        relation, operation = use.relation, use.reference.operation
        if relation is None or not use.certain or use.reference.access != "browser" or relation.managed:
            continue
        for privilege in _NEEDS.get(operation or "", ()):
            if all(_refused(project, relation, role, privilege) for role in _ROLES):
                yield from _judged(project, use, relation, privilege)


def _refused(project: Project, relation: Relation, role: str, privilege: str) -> bool:
    """True when the role surely has the privilege neither on the table nor on any of its columns."""
    columns = (0, *(column.number for column in relation.columns))
    return all(project.catalog.may(relation.oid, role, privilege, number) is False for number in columns)


def _judged(project: Project, use: Use, relation: Relation, privilege: str) -> Iterator[Finding]:
    # A grant that was refused, or that is put together at run time, may be the one.
    if any("grant" in failure.kind.lower() for failure in project.replay.failures):
        return
    if not doubtful(project, use.qualified, project.doubts(relation.name, "grant")):
        yield Finding(
            "FC118",
            Severity.WARNING,
            f"neither `anon` nor `authenticated` may {privilege} `{use.qualified}`, so this call from the browser is refused",
            use.qualified,
            use.place,
            f"Grant it in a migration: grant {privilege} on {use.qualified} to authenticated;",
            "high",
            Prediction("42501"),
            (Related(relation.place, "created here"),) if relation.place is not None else (),
        )


RULE = Rule("FC118", "not-granted", Severity.WARNING, "a table that the browser's roles have no grant on", check)
