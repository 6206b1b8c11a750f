"""A policy trusts user_metadata, which users write themselves.

`supabase.auth.updateUser({ data: … })` lets every user change their own `user_metadata` (`raw_user_meta_data` in
`auth.users`), so that a role or a tenant that is read from there is whatever the user says. `app_metadata` can only be
changed by the server.

A function that a policy calls counts as well. Where what the user says only picks among rows that `auth.uid()` has in a
table, the user may say what they like: that is counted, and not reported.

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

from collections.abc import Iterator, Sequence
from functools import cache

from analyzer.exposure import lets_api_in
from analyzer.link import Project
from analyzer.model.catalog import Function, Policy, Relation
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful
from analyzer.sql.lexer import Token, lex

_OF_USERS = ("user_metadata", "raw_user_meta_data")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each policy, where it is created."""
    for relation in project.catalog.relations.values():
        for policy in relation.policies:
            # A restrictive policy that users can talk their way through still leaves the others standing.
            if policy.permissive and lets_api_in(policy):
                yield from _judged(project, relation, policy)


def _judged(project: Project, relation: Relation, policy: Policy) -> Iterator[Finding]:
    read = list(_readings(project, policy))
    trusted = next((each for each, narrowed in read if not narrowed), None)
    if trusted is None:
        if read:
            project.withhold(f"{project.catalog.qualified(relation)}.{policy.name}")
    elif not doubtful(project, policy.name, project.doubts(policy.name, "drop", "policy", since=policy.place)):
        yield _finding(project, relation, policy, trusted)


def _readings(project: Project, policy: Policy) -> Iterator[tuple[Function | str, bool]]:
    """Where the policy reads what users say: itself, or a function that it calls; and whether a table narrows that."""
    for expression in (policy.using, policy.check):
        yield from (("", narrowed) for narrowed in _narrowed(expression or ""))
    for oid in sorted(policy.needs):
        function = project.catalog.functions.get(oid)
        if function is not None and not function.managed and function.body is not None:
            yield from ((function, narrowed) for narrowed in _narrowed(function.body.sql, function.language))


@cache
def _narrowed(sql: str, language: str = "sql") -> tuple[bool, ...]:
    """For each reading of what users say, whether it only chooses among rows that belong to the user."""
    if not any(name in sql for name in _OF_USERS):
        return ()
    tokens = lex(sql).tokens
    return tuple(
        any(_asks_who(tokens[start:end], deep=deep) for start, end, deep in _around(tokens, at, language))
        for at, token in enumerate(tokens)
        if _reads(token)
    )


def _reads(token: Token) -> bool:
    if token.kind == "string":
        return token.value.strip("{}").split(",")[0].strip() == "user_metadata"
    return token.kind in ("word", "quoted") and token.value == "raw_user_meta_data"


def _around(tokens: Sequence[Token], at: int, language: str) -> Iterator[tuple[int, int, bool]]:
    """What stands around a token: each parenthesis, then its statement; True where a variable may carry it anywhere."""
    yield from ((start, end, False) for start, end in _parentheses(tokens) if start <= at < end)
    ends = [index for index, token in enumerate(tokens) if token.key == ";"]
    start = max((end + 1 for end in ends if end < at), default=0)
    if language == "sql" or any(token.key == "return" for token in tokens[start:at]):
        yield start, min((end for end in ends if end > at), default=len(tokens)), False
    else:
        yield 0, len(tokens), True


def _parentheses(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.key == "(":
            opened.append(index + 1)
        elif token.key == ")" and opened:
            yield opened.pop(), index


def _asks_who(tokens: Sequence[Token], *, deep: bool) -> bool:
    """True for a query of a table (`auth.users` holds but what users say) by who the user is; ``deep``: also within."""
    depth = 0
    queried = False
    for index, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.key, 0)
        if token.key in ("from", "join") and (deep or depth == 0):
            queried |= [each.value for each in tokens[index + 1 : index + 4]] != ["auth", ".", "users"]
    return queried and any(token.value == "uid" for token in tokens)


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
