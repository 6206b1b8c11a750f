"""CREATE and ALTER of functions and procedures."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.model.catalog import Function
from analyzer.model.events import AlterRoutine, CreateFunction, Need, Statement, SyntaxFault, Text
from analyzer.model.span import Span
from analyzer.sql.assigning import refuse_parameter_default
from analyzer.sql.columns import same_type
from analyzer.sql.effects.blocks import need_declared
from analyzer.sql.effects.settings import need_reads
from analyzer.sql.overloads import fitting_overloads
from analyzer.sql.presence import need_object
from analyzer.sql.resolve import Given, Rows
from analyzer.sql.results import refuse_result
from analyzer.sql.signature import resolve_function
from analyzer.sql.state import Refusal, State
from analyzer.sql.vetting import vet_expression


def create_function(state: State, event: CreateFunction, span: Span) -> None:
    """CREATE FUNCTION: replaces the one overload with the same argument types, where OR REPLACE allows it."""
    schema = state.creation_schema(event.function)
    if not event.language:
        raise Refusal("42P13", "no language specified", event.function.span)
    new = resolve_function(state, event, schema)
    for parameter, argument in zip(new.parameters, event.args, strict=True):
        refuse_parameter_default(state, parameter, argument.default)
    _refuse_trigger_function(state, new, event)
    old = state.alike(new)
    if old is not None:
        if not old.open:
            _refuse_replacing(old, new, event)
        state.remove_function(old)
        new = replace(new, oid=old.oid, managed=old.managed)
    state.add_function(new)
    if state.check_bodies:
        _check_body(state, event, new)


def _check_body(state: State, event: CreateFunction, function: Function) -> None:
    """Refuse a body in SQL that names what is not there; it is looked up by the function's own search path, if it sets one."""
    given = tuple(Given(each.name, each.type) for each in function.parameters if each.name)
    within = [Rows(event.function.name, given), *(Rows(each.name, (), open=True) for each in given)]
    paths = [value for name, value in event.settings if name == "search_path"]
    before = state.search_path
    if paths:
        names = (each.strip().strip('"') for each in paths[-1].split(","))
        state.search_path = tuple(name for name in names if name not in ("", "$user"))
    try:
        if event.language == "sql":
            _refuse_faults(event)
        for statement in event.statements:
            if isinstance(statement.event, Need):
                _check_statement(state, event, statement, statement.event, within)
        if event.language == "sql":
            refuse_result(state, function, event, within)
        need_declared(state, event.declared)
        _refuse_faults(event)
    finally:
        state.search_path = before


def _refuse_faults(event: CreateFunction) -> None:
    for statement in event.statements:
        if isinstance(statement.event, SyntaxFault):
            raise Refusal(statement.event.sqlstate, statement.event.message, statement.event.span)


def _check_statement(state: State, event: CreateFunction, statement: Statement, need: Need, within: list[Rows]) -> None:
    texts = (_piece(event, statement),)
    vet_expression(state, texts, lambda: _check_need(state, need, within))


def _piece(event: CreateFunction, statement: Statement) -> Text | None:
    """The statement's own text within the body."""
    if event.body is None:
        return None
    whole = event.body.sql.encode("utf-8", "surrogateescape")
    start, end = (at - event.body.span.start for at in (statement.span.start, statement.span.end))
    return Text(whole[start:end].decode("utf-8", "surrogateescape"), statement.span)


def _check_need(state: State, need: Need, within: list[Rows]) -> None:
    for relation in need.relations:
        state.need_relation(relation, in_query=True)
    for kind, target in need.objects:
        need_object(state, kind, target)
    need_reads(state, need, within)
    for each in need.then:
        _check_need(state, each, within)


def _refuse_trigger_function(state: State, new: Function, event: CreateFunction) -> None:
    """42P13: plpgsql's trigger functions take no arguments, and SQL has none of them."""
    returns = new.returns.name if new.returns and new.returns.oid is None else ""
    if returns not in ("trigger", "event_trigger"):
        return
    at = event.function.span
    if new.language == "sql":
        raise Refusal("42P13", f"SQL functions cannot return type {returns}", at)
    if new.language == "plpgsql" and state.check_bodies and any(new.inputs()):
        raise Refusal("42P13", "trigger functions cannot have declared arguments", at)


def _refuse_replacing(old: Function, new: Function, event: CreateFunction) -> None:
    at = event.function.span
    if not event.replace:
        raise Refusal("42723", f'function "{new.name}" already exists with same argument types', at)
    if (old.procedure, old.aggregate) != (new.procedure, new.aggregate):
        raise Refusal("42809", "cannot change routine kind", at)
    if not _same_result(old, new):
        raise Refusal("42P13", "cannot change return type of existing function", at)
    for before, after in zip(old.inputs(), new.inputs(), strict=True):
        if before.name is not None and before.name != after.name:
            raise Refusal("42P13", f'cannot change name of input parameter "{before.name}"', at)
        if before.default and not after.default:
            raise Refusal("42P13", "cannot remove parameter defaults from existing function", at)


def _same_result(old: Function, new: Function) -> bool:
    outputs = [
        [(p.name, p.type) for p in each.parameters if p.mode in ("out", "inout", "table")] for each in (old, new)
    ]
    if old.returns is None or new.returns is None:
        return old.returns is new.returns and outputs[0] == outputs[1]
    return old.returns_set == new.returns_set and same_type(old.returns, new.returns) and outputs[0] == outputs[1]


def alter_routine(state: State, event: AlterRoutine, span: Span) -> None:
    """ALTER FUNCTION … SECURITY, SET and RESET."""
    need_object(state, event.kind, event.routine)
    for function in fitting_overloads(state, event.routine.name, event.routine.args)[:1]:
        settings = dict(function.settings)
        for name, value in event.settings:
            if value is not None:
                settings[name] = value
            elif name == "all":
                settings.clear()
            else:
                settings.pop(name, None)
        definer = function.security_definer if event.security_definer is None else event.security_definer
        changed = replace(
            function,
            security_definer=definer,
            settings=tuple(settings.items()),
            volatility=event.volatility or function.volatility,
        )
        state.journal.put(state.catalog.functions, function.oid, changed)


EFFECTS = {CreateFunction: create_function, AlterRoutine: alter_routine}
