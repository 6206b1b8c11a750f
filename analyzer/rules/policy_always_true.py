"""A policy for writes lets everyone in.

`using (true)` or `with check (true)` for insert, update, delete or all says that whoever has the public key may do it, to
every row. The service role needs no policy: it passes row level security by. Reading is another matter: `for select using
(true)` is how a table is published. An update is let in by `using`: with `using (true)` and a `with check` that asks only whose
the row is afterwards, every signed-in user may take over the rows of others.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table posts (id uuid primary key, author_id uuid references auth.users (id));
alter table posts enable row level security;
create policy "anything goes" on posts for all using (true);
```

```ts app/posts.ts
const { data } = await supabase.from('posts').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table posts (id uuid primary key, author_id uuid references auth.users (id));
alter table posts enable row level security;
create policy "everyone reads" on posts for select using (true);
create policy "authors write" on posts for all to authenticated using ((select auth.uid()) = author_id);
```

```ts app/posts.ts
const { data } = await supabase.from('posts').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.exposure import always, exposed, let_in, of_own, reachable, restricted
from analyzer.link import Project
from analyzer.model.catalog import Policy, Relation
from analyzer.model.events import PolicyCommand
from analyzer.model.finding import Finding, Related, Severity
from analyzer.rule import Rule, doubtful

_WRITES: tuple[PolicyCommand, ...] = ("insert", "update", "delete")


def check(project: Project) -> Iterator[Finding]:
    """A finding for each policy, where it is created."""
    for relation in project.catalog.relations.values():
        # Without row level security no policy counts; whoever writes one means it to be on, and that is told by other rules.
        if _holds_rows(project, relation):
            for policy in relation.policies:
                allowed = [
                    each
                    for each in _WRITES
                    if _lets_all(relation, policy, each) and _counts(project, relation, policy, each)
                ]
                if allowed and not doubtful(
                    project, policy.name, project.doubts(policy.name, "drop", "policy", since=policy.place)
                ):
                    yield _finding(project, relation, policy, allowed)


def _holds_rows(project: Project, relation: Relation) -> bool:
    """True for what the API writes to; a policy of ``realtime`` says who may join a channel, and no row is kept."""
    if relation.managed:
        return project.catalog.schema_of(relation) != "realtime"
    return exposed(project, relation)


def _lets_all(relation: Relation, policy: Policy, command: PolicyCommand) -> bool:
    """True when the policy alone lets the API's roles do it to any row, with any content."""
    if not policy.permissive or policy.command not in (command, "all"):
        return False
    written = policy.check if policy.check is not None else policy.using
    if command == "insert":
        return always(written)
    return always(policy.using) and (command == "delete" or always(written) or _takes_over(relation, policy))


def _takes_over(relation: Relation, policy: Policy) -> bool:
    """True when it lets users change any row, as long as it is theirs afterwards."""
    return "authenticated" in let_in(policy) and of_own(policy.check, relation)


def _counts(project: Project, relation: Relation, policy: Policy, command: PolicyCommand) -> bool:
    return reachable(project, relation, command, roles=let_in(policy)) and not restricted(relation, command)


def _finding(project: Project, relation: Relation, policy: Policy, allowed: list[PolicyCommand]) -> Finding:
    qualified = project.catalog.qualified(relation)
    takes = _takes_over(relation, policy)
    anyone = "anon" in let_in(policy) and allowed != ["update"] * takes
    who = "whoever has the public key" if anyone else "every signed-in user"
    change = "take over every row" if takes else "change every row"
    what = {"insert": "insert any row", "update": change, "delete": "delete every row"}
    return Finding(
        "FC304",
        Severity.WARNING,
        f"the policy `{policy.name}` lets {who} {' and '.join(what[each] for each in allowed)} of `{qualified}`",
        f"{qualified}.{policy.name}",
        policy.place,
        "Say whose rows they are, such as `(select auth.uid()) = user_id`; the service role needs no policy.",
        related=(Related(relation.place, "the table is created here"),) if relation.place else (),
    )


RULE = Rule("FC304", "policy-always-true", Severity.WARNING, "a policy for writes lets everyone in", check)
