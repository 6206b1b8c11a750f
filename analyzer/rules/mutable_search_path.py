"""A SECURITY DEFINER function has no search_path of its own.

Such a function runs with its owner's rights, and without `set search_path` the names in it are looked up wherever the caller
says: somebody who may create objects can put one of the same name in front.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create function is_admin() returns boolean language sql security definer as $$ select false $$;
```

```ts app/admin.ts
const { data } = await supabase.rpc('is_admin');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create function is_admin() returns boolean language sql security definer set search_path = '' as $$ select false $$;
```

```ts app/admin.ts
const { data } = await supabase.rpc('is_admin');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Severity
from analyzer.rule import Rule, doubtful


def check(project: Project) -> Iterator[Finding]:
    """A finding for each function, where it is created."""
    for function in project.catalog.functions.values():
        own = function.place is not None and not function.managed and not function.open
        if not own or not function.security_definer or any(name == "search_path" for name, _ in function.settings):
            continue
        qualified = project.catalog.qualified(function)
        if function.place and not doubtful(
            project, qualified, project.doubts(function.name, "alter", "function", since=function.place)
        ):
            yield Finding(
                "FC306",
                Severity.WARNING,
                f"`{qualified}` runs with its owner's rights, and looks names up where its caller says",
                qualified,
                function.place,
                "Add `set search_path = ''` to it, and write every name with its schema.",
            )


RULE = Rule(
    "FC306",
    "mutable-search-path",
    Severity.WARNING,
    "a SECURITY DEFINER function without a search_path of its own",
    check,
)
