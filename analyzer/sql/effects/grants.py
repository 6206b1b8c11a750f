"""GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, and the roles that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.model.access import ALL, Access, Grantable, Right
from analyzer.model.catalog import Index, Oid, Relation
from analyzer.model.events import ChangeRoles, DropTarget, Grant, TypeRef
from analyzer.model.span import Span
from analyzer.sql.overloads import need_routine
from analyzer.sql.rights import EVERYWHERE, MAKER, built_in, changed, rights_of
from analyzer.sql.state import Refusal, State

_MORE = {
    "table": {"maintain"},
    "sequence": set[str](),
    "function": set[str](),
    "schema": set[str](),
    "type": set[str](),
}
_NOUNS = {"table": "relation"}


def grant(state: State, event: Grant, span: Span) -> None:
    """GRANT and REVOKE: the objects, then the roles, then the privileges have to be right, as PostgreSQL checks them."""
    if event.default:
        _change_defaults(state, event, span)
        return
    found = list(_objects(state, event))
    _need_roles(state, event.roles, span)
    if event.kind == "other" or event.kind == "type":
        return
    _refuse_privileges(event.kind, event, found, span)
    for oid, kind in found:
        rights = list(_rights(state, event, kind, oid, span))
        if oid is not None and not event.option:
            access = state.catalog.access.get(oid, Access(kind, {}, None))
            state.journal.put(state.catalog.access, oid, changed(access, rights, revoke=event.revoke))


def _need_roles(state: State, roles: Iterable[str], span: Span) -> None:
    for role in roles:
        state.need_role(role, span)


# --- objects ----------------------------------------------------------------------------------------------------------


def _objects(state: State, event: Grant) -> Iterator[tuple[Oid | None, Grantable]]:
    for target in event.objects:
        yield _object(state, event, target)
    for name in event.everything_in:
        schema = state.need_schema(name, None)
        yield from _members(state, event.kind, schema)


def _object(state: State, event: Grant, target: DropTarget) -> tuple[Oid | None, Grantable]:
    if event.kind == "function":
        function = need_routine(state, target.name, target.args)
        return (function.oid if function else None), "function"
    if event.kind == "schema":
        return state.need_schema(target.name.name, target.name.span), "schema"
    if event.kind in ("table", "sequence"):
        return _relation(state, event, target)
    if event.kind == "type":
        state.resolve_type(TypeRef(target.name.name, target.name.span, target.name.schema))
    return None, "type"


def _relation(state: State, event: Grant, target: DropTarget) -> tuple[Oid, Grantable]:
    ref = target.name
    if isinstance(state.find_relation(ref), Index):
        raise Refusal("42809", f'"{ref.name}" is an index', ref.span)
    relation = state.need_relation(ref)
    sequence = relation.kind == "sequence"
    if event.kind == "sequence" and not sequence and not state.imagined(relation.oid):
        raise Refusal("42809", f'"{ref.name}" is not a sequence', ref.span)
    return relation.oid, "sequence" if sequence else "table"


def _members(state: State, kind: str, schema: Oid) -> Iterator[tuple[Oid, Grantable]]:
    if kind == "function":
        yield from ((each.oid, "function") for each in state.catalog.functions.values() if each.schema == schema)
    for relation in state.catalog.relations.values():
        sequence = relation.kind == "sequence"
        if relation.schema == schema and kind == ("sequence" if sequence else "table"):
            yield relation.oid, "sequence" if sequence else "table"


# --- privileges -------------------------------------------------------------------------------------------------------


def _refuse_privileges(
    kind: Grantable, event: Grant, found: Iterable[tuple[Oid | None, Grantable]], span: Span
) -> None:
    """0LP01 for a privilege that such objects do not have; ON TABLE takes those of sequences, too."""
    known = {*ALL[kind], *_MORE[kind], "all"}
    if kind == "table" and any(each == "sequence" for _, each in found):
        known |= {*ALL["sequence"]}
    for privilege in event.privileges:
        if privilege not in known:
            noun = _NOUNS.get(kind, kind)
            raise Refusal("0LP01", f"invalid privilege type {privilege.upper()} for {noun}", span)


def _rights(state: State, event: Grant, kind: Grantable, oid: Oid | None, span: Span) -> Iterator[Right]:
    if not any(event.columns):
        yield from rights_of(kind, event.roles, event.privileges)
        return
    relation = state.catalog.relations[oid or 0]
    for privilege, names in zip(event.privileges, event.columns, strict=True):
        numbers = [_column(state, relation, name, span) for name in names] or [0]
        for role, each, _ in rights_of(kind, event.roles, (privilege,)):
            yield from ((role, each, number) for number in numbers)


def _column(state: State, relation: Relation, name: str, span: Span) -> int:
    return state.need_column(relation, name, span).number


# --- defaults ---------------------------------------------------------------------------------------------------------


def _change_defaults(state: State, event: Grant, span: Span) -> None:
    _need_roles(state, event.roles, span)
    if event.kind == "other":
        return
    _refuse_privileges(event.kind, event, (), span)
    _need_roles(state, event.makers, span)
    schemas = [state.need_schema(name, span) for name in event.everything_in] or [EVERYWHERE]
    if event.kind == "schema" and event.everything_in:
        raise Refusal("0LP01", "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS", span)
    for maker in event.makers or (MAKER,):
        for schema in schemas:
            key = (MAKER if maker in ("current_user", "session_user", "current_role") else maker, schema, event.kind)
            before = state.rights.defaults.get(key, built_in(event.kind) if schema == EVERYWHERE else {})
            after = changed(
                Access(event.kind, before), rights_of(event.kind, event.roles, event.privileges), revoke=event.revoke
            )
            if not event.option:
                state.journal.put(state.rights.defaults, key, after.rights)


# --- roles ------------------------------------------------------------------------------------------------------------


def change_roles(state: State, event: ChangeRoles, span: Span) -> None:
    """CREATE, DROP and RENAME of roles."""
    if event.action == "create":
        _create_role(state, event.roles[0], event.span)
        return
    for name in event.roles:
        if name not in state.rights.roles and event.if_exists:
            continue
        state.need_role(name, event.span)
        if name in state.rights.roles:
            state.journal.remove(state.rights.roles, name)
    if event.action == "rename":
        _create_role(state, event.new_name, event.span)


def _create_role(state: State, name: str, at: Span) -> None:
    if name in state.rights.roles:
        raise Refusal("42710", f'role "{name}" already exists', at)
    state.journal.put(state.rights.roles, name, True)


EFFECTS = {Grant: grant, ChangeRoles: change_roles}
