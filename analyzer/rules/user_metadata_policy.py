"""A policy trusts user_metadata, which users write themselves.

`supabase.auth.updateUser({ data: … })` lets every user change their own `user_metadata` (`raw_user_meta_data` in
`auth.users`), so that a role or a tenant that is read from there is whatever the user says. `app_metadata` can only be
changed by the server.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table reports (id uuid primary key);
alter table reports enable row level security;
create policy "admins" on reports for select to authenticated
  using ((auth.jwt() -> 'user_metadata' ->> 'role') = 'admin');
```

```ts app/reports.ts
const { data } = await supabase.from('reports').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table reports (id uuid primary key);
alter table reports enable row level security;
create policy "admins" on reports for select to authenticated
  using ((auth.jwt() -> 'app_metadata' ->> 'role') = 'admin');
```

```ts app/reports.ts
const { data } = await supabase.from('reports').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from analyzer.exposure import lets_api_in
from analyzer.link import Project
from analyzer.model.catalog import Function, Policy, Relation
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful
from analyzer.sql.lexer import lex

_OF_USERS = ("user_metadata", "raw_user_meta_data")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each policy, where it is created."""
    for relation in project.catalog.relations.values():
        for policy in relation.policies:
            # A restrictive policy that users can talk their way through still leaves the others standing.
            if policy.permissive and lets_api_in(policy):
                through = next(_trusted(project, policy), None)
                if through is not None and not doubtful(
                    project, policy.name, project.doubts(policy.name, "drop", "policy", since=policy.place)
                ):
                    yield _finding(project, relation, policy, through)


def _trusted(project: Project, policy: Policy) -> Iterator[Function | str]:
    """What the policy takes the users' word by: itself, or a function that it calls."""
    if _reads(policy.using or "") or _reads(policy.check or ""):
        yield ""
    for oid in sorted(policy.needs):
        function = project.catalog.functions.get(oid)
        if function is not None and not function.managed and function.body is not None and _reads(function.body.sql):
            yield function


@cache
def _reads(sql: str) -> bool:
    if not any(name in sql for name in _OF_USERS):
        return False
    tokens = lex(sql).tokens
    named = any(token.kind in ("word", "quoted") and token.value == "raw_user_meta_data" for token in tokens)
    keys = (token.value.strip("{}").split(",")[0].strip() for token in tokens if token.kind == "string")
    return named or "user_metadata" in keys


def _finding(project: Project, relation: Relation, policy: Policy, through: Function | str) -> Finding:
    qualified = project.catalog.qualified(relation)
    related = [Related(relation.place, "the table is created here")] if relation.place else []
    by = ""
    if isinstance(through, Function):
        by = f", by `{project.catalog.qualified(through)}`"
        related += [Related(through.place, "this function reads it")] if through.place else []
    return Finding(
        "FC307",
        Severity.ERROR,
        f"the policy `{policy.name}` of `{qualified}` trusts what users say of themselves in `user_metadata`{by}",
        f"{qualified}.{policy.name}",
        policy.place,
        "Read `app_metadata`, which only the server writes, or look the role up in a table of your own.",
        related=tuple(related),
    )


RULE = Rule(
    "FC307",
    "user-metadata-policy",
    Severity.ERROR,
    "a policy trusts user_metadata, which users write",
    check,
)
