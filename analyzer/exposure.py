"""Who reaches a relation through the API: what the security rules ask of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Policy, Relation, Unread
from analyzer.model.events import PolicyCommand
from analyzer.sql.lexer import lex

# The roles that whoever has the public key may take on; a policy for `public` holds for both.
API_ROLES = ("anon", "authenticated")
_ALWAYS = ("true", "'t'", "'true'", "1=1", "true=true", "notfalse", "true::boolean", "trueistrue", "1::boolean")


def exposed_tables(project: Project) -> Iterator[Relation]:
    """The tables of the migrations' own, in schemas that the API exposes; partitions go with the whole."""
    for relation in project.catalog.relations.values():
        own = relation.place is not None and not relation.managed and relation.partition_of is None
        if own and relation.kind in ("table", "partitioned_table") and exposed(project, relation):
            yield relation


def doubts_of(project: Project, table: Relation, *verbs: str) -> tuple[Unread, ...]:
    """The statements, not understood, that may have done this to the table since it was made, or have dropped it."""
    done = project.doubts(table.name, *verbs, since=table.place)
    return done or project.doubts(table.name, "drop", "table", since=table.place)


def exposed(project: Project, relation: Relation) -> bool:
    """True when the API exposes the schema that it is in."""
    return project.catalog.schema_of(relation) in project.schema.exposed


def reachable(project: Project, relation: Relation, *privileges: str, roles: tuple[str, ...] = API_ROLES) -> bool:
    """False when the API's roles (those given) surely hold none of the privileges, on the whole or on any column."""
    columns = (0, *(column.number for column in relation.columns))
    return any(
        project.catalog.may(relation.oid, role, privilege, number) is not False
        for role in roles
        for privilege in privileges
        for number in columns
    )


def let_in(policy: Policy) -> tuple[str, ...]:
    """The API's roles that the policy holds for."""
    everyone = "public" in policy.roles or not policy.roles
    return tuple(role for role in API_ROLES if everyone or role in policy.roles)


def lets_api_in(policy: Policy) -> bool:
    """True when the policy holds for one of the API's roles."""
    return bool(let_in(policy))


def always(expression: str | None) -> bool:
    """True when the expression is true for every row and everybody, as far as it shows: ``true``, ``(1 = 1)``."""
    if expression is None:
        return False
    words = _words(expression)
    while len(words) > 2 and words[0] == "(" and words[-1] == ")":
        words = words[1:-1]
    return "".join(words) in _ALWAYS


def of_own(expression: str | None, relation: Relation) -> bool:
    """True when it says no more than that a column of the row holds the user: ``(select auth.uid()) = user_id``."""
    words = [each for each in _words(expression or "") if each not in ("(", ")", "select")]
    one, _, other = " ".join(words).partition(" = ")
    names = {spelt for each in relation.columns for spelt in (each.name, f"{relation.name} . {each.name}")}
    return any(user == "auth . uid" and column in names for user, column in ((one, other), (other, one)))


def _words(expression: str) -> list[str]:
    return [expression[token.start : token.end].lower() for token in lex(expression).tokens if token.kind != "end"]


def restricted(relation: Relation, command: PolicyCommand) -> bool:
    """True when a restrictive policy narrows what the others let through."""
    return any(not policy.permissive and policy.command in (command, "all") for policy in relation.policies)


def open_to_read(relation: Relation, role: str) -> bool:
    """True when a policy lets everybody who has this role read every row."""
    return any(
        policy.permissive and policy.command in ("select", "all") and role in let_in(policy) and always(policy.using)
        for policy in relation.policies
    ) and not restricted(relation, "select")


def tables_under(project: Project, view: Relation) -> Iterator[Relation]:
    """The tables that a view reads from, those under other views among them; each once."""
    seen: set[int] = set()
    waiting = [oid for oid, _ in view.uses]
    while waiting:
        oid = waiting.pop()
        relation = project.catalog.relations.get(oid)
        if oid in seen or relation is None:
            continue
        seen.add(oid)
        if relation.kind in ("view", "materialized_view"):
            waiting.extend(each for each, _ in relation.uses)
        else:
            yield relation
