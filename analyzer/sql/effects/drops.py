"""DROP, kind by kind."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.model.catalog import Index, Missing, Oid, Relation
from analyzer.model.events import Drop, DropTarget, Ref
from analyzer.model.span import Span
from analyzer.sql.inheritance import descendants
from analyzer.sql.overloads import need_routine, refuse_other_routine
from analyzer.sql.presence import FITTING, wrong_kind
from analyzer.sql.removal import drop_function, drop_relation, drop_type, refuse_dependents, remove_index
from analyzer.sql.state import Refusal, State

_RELIED_ON = "2BP01"


def drop(state: State, event: Drop, span: Span) -> None:
    """DROP: all targets at once, so that none of them stands in the way of another."""
    pending = [(target, _resolved(state, event, target)) for target in event.targets]
    _free(state, {oid for _, oid in pending if oid is not None})
    while pending:
        refused = [(each, refusal) for each in pending if (refusal := _drop_one(state, event, *each)) is not None]
        if len(refused) == len(pending):
            raise refused[0][1]
        pending = [each for each, _ in refused]


def _drop_one(state: State, event: Drop, target: DropTarget, oid: Oid | None) -> Refusal | None:
    """Drop it, unless it is gone with another; the refusal where something still relies on it."""
    catalog = state.catalog
    kept = (catalog.relations, catalog.indexes, catalog.types, catalog.functions)
    if oid is not None and not any(oid in each for each in kept):
        return None
    mark = state.journal.mark()
    try:
        _DROPS[event.kind](state, event, target)
    except Refusal as refusal:
        if refusal.sqlstate != _RELIED_ON or len(event.targets) == 1:
            raise
        state.journal.roll_back(mark)
        return refusal
    return None


def _resolved(state: State, event: Drop, target: DropTarget) -> Oid | None:
    """What a target means before anything is dropped; None where that can't be said."""
    if event.kind in ("type", "domain"):
        return state.find_type(target.name)
    if event.kind in FITTING or event.kind == "index":
        found = state.find_relation(target.name)
        return found.oid if found is not None and not state.imagined(found.oid) else None
    return None


def _free(state: State, doomed: set[Oid]) -> None:
    """Take away the foreign keys between tables that go together: they may lead both ways."""
    for oid in doomed if len(doomed) > 1 else ():
        relation = state.catalog.relations.get(oid)
        if relation is not None:
            others = doomed - {oid}
            kept = tuple(each for each in relation.constraints if each.target not in others)
            if kept != relation.constraints:
                state.change(relation, constraints=kept)


def _absent(state: State, event: Drop, sqlstate: str, said: str, ref: Ref, missing: Missing | None = None) -> None:
    if not event.if_exists and not state.explained(ref.name, "create", event.kind.split()[-1]):
        if ref.schema is not None:
            state.need_schema(ref.schema, ref.span)
        raise Refusal(sqlstate, f"{said} does not exist", ref.span, missing)


def _drop_relation(state: State, event: Drop, target: DropTarget) -> None:
    found = state.find_relation(target.name)
    if found is None:
        missing = state.missing(target.name)
        code = "42704" if event.kind == "foreign table" else "42P01"
        _absent(state, event, code, f'{event.kind} "{target.name}"', target.name, missing)
    elif isinstance(found, Index) or (found.kind not in FITTING[event.kind] and not state.imagined(found.oid)):
        raise wrong_kind(target.name, event.kind)
    elif found.oid in state.catalog.relations:
        drop_relation(state, found, target.name.span, cascade=event.cascade)


def _drop_index(state: State, event: Drop, target: DropTarget) -> None:
    found = state.find_relation(target.name)
    if found is None:
        _absent(state, event, "42704", f'index "{target.name}"', target.name)
    elif isinstance(found, Relation):
        raise Refusal("42809", f'"{target.name.name}" is not an index', target.name.span)
    elif found.parent in state.catalog.indexes or found.constraint:
        raise refuse_dependents(f"index {found.name}", target.name.span)
    else:
        remove_index(state, found)


def _drop_schema(state: State, event: Drop, target: DropTarget) -> None:
    name = target.name.name
    oid = state.catalog.schema_names.get(name)
    if oid is None:
        _absent(state, event, "3F000", f'schema "{name}"', target.name)
        return
    members = [each for each in state.catalog.relations.values() if each.schema == oid]
    functions = [each for each in state.catalog.functions.values() if each.schema == oid]
    types = [each for each in state.catalog.types.values() if each.schema == oid]
    if (members or functions or types) and not event.cascade:
        raise refuse_dependents(f"schema {name}", target.name.span)
    at = target.name.span
    for relation in members:
        if relation.oid in state.catalog.relations:
            drop_relation(state, relation, at, cascade=True)
    for function in functions:
        if function.oid in state.catalog.functions:
            drop_function(state, function, at, cascade=True)
    for type_ in types:
        drop_type(state, type_, at, cascade=True)
    state.journal.remove(state.catalog.schema_names, name)
    for extension in [name_ for name_, home in state.catalog.extensions.items() if home == name]:
        state.journal.remove(state.catalog.extensions, extension)


def _drop_type(state: State, event: Drop, target: DropTarget) -> None:
    oid = state.find_type(target.name)
    if oid is None:
        if target.name.schema is not None and not event.if_exists:
            state.need_schema(target.name.schema, target.name.span)
        _absent(state, event, "42704", f'type "{target.name}"', target.name, state.missing_type(target.name))
    elif oid in state.catalog.types:
        if event.kind == "domain" and state.catalog.types[oid].kind not in ("domain", "base"):
            raise wrong_kind(target.name, "domain")
        drop_type(state, state.catalog.types[oid], target.name.span, cascade=event.cascade)
    else:
        name = target.name.name
        raise Refusal("2BP01", f"cannot drop type {name} because table {name} requires it", target.name.span)


def _drop_function(state: State, event: Drop, target: DropTarget) -> None:
    try:
        function = need_routine(state, target.name, target.args)
    except Refusal as refusal:
        if event.if_exists and refusal.sqlstate != "42725":
            return
        raise
    refuse_other_routine(function, event.kind, target.name)
    if function is not None:
        drop_function(state, function, target.name.span, cascade=event.cascade)


def _drop_part(what: str, kept_in: str) -> Callable[[State, Drop, DropTarget], None]:
    def drop_part(state: State, event: Drop, target: DropTarget) -> None:
        assert target.on is not None
        found = state.find_relation(target.on)
        if found is None and event.if_exists:
            return
        relation = state.need_relation(target.on)
        parts = getattr(relation, kept_in)
        left = tuple(part for part in parts if part.name != target.name.name)
        if len(left) < len(parts):
            state.change(relation, **{kept_in: left})
            if kept_in == "triggers":
                _drop_clones(state, relation, target.name)
        elif not relation.open:
            said = f'{what} "{target.name.name}" for table "{relation.name}"'
            _absent(state, event, "42704", said, target.name)

    return drop_part


def _drop_clones(state: State, relation: Relation, name: Ref) -> None:
    """A trigger of a partitioned table leaves its partitions, too; 2BP01 for one of those, which the whole's requires."""
    if any(trigger.name == name.name and trigger.cloned for trigger in relation.triggers):
        message = f"cannot drop trigger {name.name} on table {relation.name} because other objects require it"
        raise Refusal("2BP01", message, name.span)
    for child in descendants(state, relation):
        left = tuple(each for each in child.triggers if each.name != name.name or not each.cloned)
        if left != child.triggers:
            state.change(child, triggers=left)


def _drop_extension(state: State, event: Drop, target: DropTarget) -> None:
    name = target.name.name
    if name in state.catalog.extensions:
        _drop_members(state, name, target.name, cascade=event.cascade)
        state.journal.remove(state.catalog.extensions, name)
    else:
        _absent(state, event, "42704", f'extension "{name}"', target.name)


def _drop_members(state: State, extension: str, ref: Ref, *, cascade: bool) -> None:
    """Everything that the extension brought, and what relies on it."""
    catalog = state.catalog
    try:
        for oid in state.brought.get(extension, ()):
            if oid in catalog.functions:
                drop_function(state, catalog.functions[oid], ref.span, cascade=cascade)
            elif oid in catalog.types:
                drop_type(state, catalog.types[oid], ref.span, cascade=cascade)
    except Refusal as refusal:
        raise refuse_dependents(f"extension {extension}", ref.span) from refusal


def _drop_publication(state: State, event: Drop, target: DropTarget) -> None:
    name = target.name.name
    if name in state.catalog.publications:
        state.journal.remove(state.catalog.publications, name)
    else:
        _absent(state, event, "42704", f'publication "{name}"', target.name)


def _drop_event_trigger(state: State, event: Drop, target: DropTarget) -> None:
    """Not all that there are were kept, so that one that is not known is no fault."""
    if target.name.name in state.watchers:
        state.journal.remove(state.watchers, target.name.name)


_DROPS: dict[str, Callable[[State, Drop, DropTarget], None]] = {
    **dict.fromkeys(FITTING, _drop_relation),
    "index": _drop_index,
    "schema": _drop_schema,
    "type": _drop_type,
    "domain": _drop_type,
    "function": _drop_function,
    "procedure": _drop_function,
    "routine": _drop_function,
    "aggregate": _drop_function,
    "policy": _drop_part("policy", "policies"),
    "trigger": _drop_part("trigger", "triggers"),
    "rule": _drop_part("rule", "rules"),
    "extension": _drop_extension,
    "publication": _drop_publication,
    "event trigger": _drop_event_trigger,
}

EFFECTS = {Drop: drop}
