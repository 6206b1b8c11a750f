"""CREATE and ALTER POLICY, CREATE TRIGGER."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Missing, Oid, Policy, Relation, Rule, Trigger
from analyzer.model.events import AlterPolicy, CreatePolicy, CreateRule, CreateTrigger, Ref
from analyzer.model.span import Span
from analyzer.sql.inheritance import hand_down_to_all
from analyzer.sql.needs import needs_of
from analyzer.sql.resolve import Use, resolve_query, rows_of
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_columns, vet_expression


def create_policy(state: State, event: CreatePolicy, span: Span) -> None:
    """CREATE POLICY on a table; 42710 when the table has one of that name."""
    _refuse_clauses(event)
    _need_roles(state, event.roles, event.span)
    relation = state.need_relation(event.table)
    _refuse_wrong_kind(relation, event.table)
    uses = _uses(state, relation, event)
    existing = [policy for policy in relation.policies if policy.name == event.name]
    if existing and not state.may_be_gone(event.name, relation.name):
        message = f'policy "{event.name}" for table "{relation.name}" already exists'
        raise Refusal("42710", message, event.span)
    policy = Policy(
        event.name,
        event.command,
        event.permissive,
        event.roles,
        event.using.sql if event.using else None,
        event.check.sql if event.check else None,
        state.place(event.span),
        uses,
        needs_of(state, event.using, event.check),
    )
    kept = [each for each in state.catalog.relations[relation.oid].policies if each.name != event.name]
    state.change(relation, policies=(*kept, policy))


def _need_roles(state: State, roles: tuple[str, ...], at: Span) -> None:
    for role in roles:
        state.need_role(role, at)


def _refuse_clauses(event: CreatePolicy) -> None:
    if event.command in ("select", "delete") and event.check is not None:
        raise Refusal("42601", "WITH CHECK cannot be applied to SELECT or DELETE", event.span)
    if event.command == "insert" and event.using is not None:
        raise Refusal("42601", "only WITH CHECK expression allowed for INSERT", event.span)


def _uses(state: State, relation: Relation, event: CreatePolicy | AlterPolicy) -> frozenset[Use]:
    """What the expressions depend on: the table's own columns, and what their queries read."""
    current = state.catalog.relations[relation.oid]
    names = {name for each in (event.using, event.check) if each for name in each.names}
    found: set[Use] = {(relation.oid, column.number) for column in current.columns if column.name in names}
    texts = (event.using, event.check)
    plain = [each for each in texts if each and "select" not in each.sql.lower()]

    def read() -> None:
        for query in event.reads:
            found.update(resolve_query(state, query, [rows_of(state, relation.oid, relation.name)]).uses)

    vet_expression(state, texts, lambda: vet_columns(state, relation, *plain), read)
    return frozenset(each for each in found if each != (relation.oid, 0))


def _refuse_wrong_kind(relation: Relation, ref: Ref) -> None:
    if relation.kind not in ("table", "partitioned_table"):
        raise Refusal("42809", f'"{relation.name}" is not a table', ref.span)


def alter_policy(state: State, event: AlterPolicy, span: Span) -> None:
    """ALTER POLICY: its roles and expressions; 42704 when there is no such policy."""
    _need_roles(state, event.roles or (), event.span)
    relation = state.need_relation(event.table)
    _refuse_wrong_kind(relation, event.table)
    policy = next((each for each in relation.policies if each.name == event.name), None)
    if policy is None:
        if relation.open or state.explained(event.name, "create", "policy"):
            return
        message = f'policy "{event.name}" for table "{relation.name}" does not exist'
        raise Refusal("42704", message, event.span)
    changed = replace(
        policy,
        roles=policy.roles if event.roles is None else event.roles,
        using=policy.using if event.using is None else event.using.sql,
        check=policy.check if event.check is None else event.check.sql,
        uses=_uses(state, relation, event) | (policy.uses if _keeps(policy, event) else frozenset()),
    )
    changed = replace(changed, needs=needs_of(state, changed.using, changed.check))
    state.change(relation, policies=tuple(changed if each is policy else each for each in relation.policies))


def _keeps(policy: Policy, event: AlterPolicy) -> bool:
    """True when an expression stays that the statement does not give anew."""
    return (policy.using is not None and event.using is None) or (policy.check is not None and event.check is None)


def create_trigger(state: State, event: CreateTrigger, span: Span) -> None:
    """CREATE TRIGGER: the table, then the function, then the name have to be right."""
    relation = state.need_relation(event.table)
    _refuse_timing(relation, event)
    function = _trigger_function(state, event)
    existing = next((each for each in relation.triggers if each.name == event.name), None)
    if existing is not None and not event.replace and not state.may_be_gone(event.name, relation.name):
        message = f'trigger "{event.name}" for relation "{relation.name}" already exists'
        raise Refusal("42710", message, event.span)
    compared = [state.need_column(relation, name, event.span).number for name in event.compared]
    updated = [state.need_column(relation, name, event.span).number for name in event.columns]
    uses = frozenset((*compared, *updated))
    place = state.place(event.span)
    trigger = Trigger(event.name, function, event.timing, event.events, place, event.each_row, uses=uses)
    kept = tuple(each for each in relation.triggers if each is not existing)
    state.change(relation, triggers=(*kept, trigger))
    hand_down_to_all(state, relation)


def _refuse_timing(relation: Relation, event: CreateTrigger) -> None:
    """42809 for INSTEAD OF on what is no view, and for BEFORE and AFTER each row on one."""
    if relation.kind == "view" and event.timing != "instead of" and event.each_row and not relation.open:
        raise Refusal("42809", f'"{relation.name}" is a view', event.table.span)
    if event.timing == "instead of" and relation.kind != "view" and not relation.open:
        raise Refusal("42809", f'"{relation.name}" is a table', event.table.span)


def _trigger_function(state: State, event: CreateTrigger) -> Oid:
    overloads = state.find_functions(event.function)
    fitting = [each for each in overloads if each.open or not each.signature]
    if fitting:
        return fitting[0].oid
    if event.function.schema is not None and event.function.schema != "pg_catalog":
        state.need_schema(event.function.schema, event.function.span)
    known = event.function.name in _BUILT_IN or state.may_be_shipped(event.function)
    if known or state.explained(event.function.name, "create", "function"):
        return state.imagine_function(event.function)
    missing = Missing("function", event.function.schema or "public", event.function.name)
    raise Refusal("42883", f"function {event.function}() does not exist", event.function.span, missing)


def create_rule(state: State, event: CreateRule, span: Span) -> None:
    """CREATE RULE; 42710 when the table has one of that name."""
    relation = state.need_relation(event.table)
    if relation.kind == "materialized_view":
        raise Refusal("0A000", "rules on materialized views are not supported", event.table.span)
    kept = tuple(each for each in relation.rules if each.name != event.name)
    if len(kept) < len(relation.rules) and not event.replace:
        message = f'rule "{event.name}" for relation "{relation.name}" already exists'
        raise Refusal("42710", message, event.span)
    state.change(relation, rules=(*kept, Rule(event.name, event.command, event.instead)))


_BUILT_IN = frozenset(
    (
        "suppress_redundant_updates_trigger",
        "tsvector_update_trigger",
        "tsvector_update_trigger_column",
        "unique_key_recheck",
        "lo_manage",
    )
)

EFFECTS = {
    CreatePolicy: create_policy,
    AlterPolicy: alter_policy,
    CreateTrigger: create_trigger,
    CreateRule: create_rule,
}
