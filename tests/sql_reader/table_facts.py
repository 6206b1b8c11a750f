"""Columns, constraints and tables as PostgreSQL's own parser sees them, and as our events say them, in one form."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any

import postgast
from postgast import pg_query_pb2 as pg

from analyzer.model import events as ev

SPELT = {
    "bool": "boolean",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "varchar": "character varying",
    "bpchar": "character",
    "char": '"char"',
    "varbit": "bit varying",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
}

# --- what both sides are brought to -----------------------------------------------------------------------------------


def bare(message: Any) -> bytes:
    """A tree without the places that it holds."""
    clone = copy.deepcopy(message)
    _clear(clone)
    return clone.SerializeToString(deterministic=True)


def _clear(message: Any) -> None:
    for field, value in message.ListFields():
        if field.name in ("location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end", "stmt_location"):
            message.ClearField(field.name)
        elif field.message_type is not None:
            for each in value if isinstance(value, Iterable) else (value,):
                _clear(each)


def expression(text: ev.Text | None) -> bytes | None:
    """The tree of an expression that we kept as text."""
    if text is None:
        return None
    select = postgast.parse(f"SELECT {text.sql}").stmts[0].stmt.select_stmt
    assert len(select.target_list) == 1
    return bare(select.target_list[0].res_target.val)


def tree(message: Any, name: str) -> bytes | None:
    """The tree of an expression that PostgreSQL found."""
    return bare(getattr(message, name)) if message.HasField(name) else None


def strings(items: Any) -> tuple[str, ...]:
    return tuple(item.string.sval for item in items)


def qualified(items: Any) -> tuple[str | None, str]:
    names = strings(items)
    return (names[-2] if len(names) > 1 else None), names[-1]


def relation(message: Any) -> tuple[str | None, str]:
    return message.schemaname or None, message.relname


def ref(value: ev.Ref | None) -> tuple[str | None, str] | None:
    return None if value is None else (value.schema, value.name)


def tree_type(message: Any) -> tuple[Any, ...]:
    names = strings(message.names)
    if message.pct_type:
        return (names[-3] if len(names) > 2 else None), names[-2], names[-1], 0, message.setof
    schema, name = qualified(message.names)
    dimensions = len(message.array_bounds)
    if schema == "pg_catalog" or (schema is None and name in SPELT):
        schema, name = None, SPELT.get(name, name)
    return schema, name, None, dimensions, message.setof


def our_type(value: ev.TypeRef) -> tuple[Any, ...]:
    name = "character" if value.name == "bpchar" else value.name
    return value.schema, name, value.column, value.dimensions, value.setof


# --- columns and constraints ------------------------------------------------------------------------------------------

KEYS = {pg.CONSTR_PRIMARY: "primary key", pg.CONSTR_UNIQUE: "unique", pg.CONSTR_FOREIGN: "foreign key"}
KINDS = {**KEYS, pg.CONSTR_CHECK: "check", pg.CONSTR_EXCLUSION: "exclude"}
ACTIONS = {"": "no action", "a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}


def tree_constraint(message: Any, column: str | None = None) -> tuple[Any, ...]:
    excluded = tuple(pair.list.items[0].index_elem.name for pair in message.exclusions)
    columns = strings(message.fk_attrs) or strings(message.keys) or excluded or ((column,) if column else ())
    target = relation(message.pktable) if message.HasField("pktable") else None
    foreign = message.contype == pg.CONSTR_FOREIGN
    return (
        KINDS[message.contype],
        message.conname or None,
        columns,
        target,
        strings(message.pk_attrs),
        ACTIONS[message.fk_del_action] if foreign else "no action",
        ACTIONS[message.fk_upd_action] if foreign else "no action",
        tree(message, "raw_expr") if message.contype == pg.CONSTR_CHECK else None,
        message.indexname or None,
        message.nulls_not_distinct,
        strings(message.including),
        message.contype == pg.CONSTR_CHECK and message.is_no_inherit,
    )


def our_constraint(value: ev.ConstraintDef) -> tuple[Any, ...]:
    return (
        value.kind,
        value.name,
        value.columns,
        ref(value.target),
        value.target_columns,
        value.on_delete,
        value.on_update,
        expression(value.expression) if value.kind == "check" else None,
        value.using_index,
        value.nulls_not_distinct,
        value.include,
        value.no_inherit,
    )


def tree_column(message: Any) -> tuple[Any, ...]:
    parts = [each.constraint for each in message.constraints]
    by_kind = {part.contype: part for part in parts}
    default = by_kind.get(pg.CONSTR_DEFAULT)
    generated = by_kind.get(pg.CONSTR_GENERATED)
    identity = by_kind.get(pg.CONSTR_IDENTITY)
    return (
        message.colname,
        tree_type(message.type_name),
        pg.CONSTR_NOTNULL in by_kind,
        tree(default, "raw_expr") if default else None,
        tree(generated, "raw_expr") if generated else None,
        {"a": "always", "d": "by default"}[identity.generated_when] if identity else None,
        [tree_constraint(part, message.colname) for part in parts if part.contype in KINDS],
    )


def our_column(value: ev.ColumnDef) -> tuple[Any, ...]:
    return (
        value.name,
        our_type(value.type),
        value.not_null,
        expression(value.default),
        expression(value.generated),
        value.identity,
        [our_constraint(each) for each in value.constraints],
    )


# --- statements -------------------------------------------------------------------------------------------------------


def create_table(message: Any) -> Iterator[Any]:
    yield relation(message.relation), message.if_not_exists, message.relation.relpersistence == "t"
    parents = [relation(each.range_var) for each in message.inh_relations]
    yield parents, qualified(message.of_typename.names) if message.HasField("of_typename") else None
    typed = message.HasField("of_typename") or message.HasField("partbound")
    elements = message.table_elts
    yield [tree_column(each.column_def) for each in elements if each.HasField("column_def") and not typed]
    yield [tree_constraint(each.constraint) for each in elements if each.HasField("constraint")]
    yield [relation(each.table_like_clause.relation) for each in elements if each.HasField("table_like_clause")]
    keys = [each.partition_elem for each in message.partspec.part_params]
    yield message.HasField("partspec"), tuple(each.name or None for each in keys)


def our_table(event: ev.CreateTable) -> Iterator[Any]:
    yield ref(event.table), event.if_not_exists, event.temporary
    parents = [ref(each) for each in event.inherits] + ([ref(event.partition_of)] if event.partition_of else [])
    yield parents, ref(event.of_type)
    yield [our_column(each) for each in event.columns]
    yield [our_constraint(each) for each in event.constraints]
    yield [ref(each.source) for each in event.likes]
    yield event.kind == "partitioned_table", event.parted_by


def alter_table(message: Any) -> Iterator[Any]:
    only = message.objtype != pg.OBJECT_TYPE and not message.relation.inh
    yield relation(message.relation), message.missing_ok, only
    for each in message.cmds:
        yield tree_action(each.alter_table_cmd)


def tree_action(command: Any) -> Any:
    kind, cascade = command.subtype, command.behavior == pg.DROP_CASCADE
    given = getattr(command, "def")
    if kind == pg.AT_AddColumn:
        return "add column", tree_column(given.column_def), command.missing_ok
    if kind == pg.AT_AddConstraint:
        return "add constraint", tree_constraint(given.constraint)
    if kind == pg.AT_DropColumn:
        return "drop column", command.name, command.missing_ok, cascade
    if kind == pg.AT_DropConstraint:
        return "drop constraint", command.name, command.missing_ok, cascade
    if kind == pg.AT_AlterColumnType:
        using = given.column_def.HasField("raw_default")
        return "type", command.name, tree_type(given.column_def.type_name), using
    if kind == pg.AT_ColumnDefault:
        return "default", command.name, bare(given) if command.HasField("def") else None
    if kind in (pg.AT_SetNotNull, pg.AT_DropNotNull):
        return "not null", command.name, kind == pg.AT_SetNotNull
    if kind == pg.AT_DropIdentity:
        return "drop identity", command.name
    if kind in (pg.AT_EnableRowSecurity, pg.AT_DisableRowSecurity):
        return "rls", kind == pg.AT_EnableRowSecurity
    if kind in (pg.AT_ValidateConstraint, pg.AT_AlterConstraint):
        return "need constraint", command.name or given.atalter_constraint.conname
    if kind in (pg.AT_AttachPartition, pg.AT_DetachPartition):
        return "partition", relation(given.partition_cmd.name), kind == pg.AT_AttachPartition
    if kind in (pg.AT_AddInherit, pg.AT_DropInherit):
        return "inherit", relation(given.range_var), kind == pg.AT_AddInherit
    if kind in (pg.AT_AddOf, pg.AT_DropOf):
        return "of", qualified(given.type_name.names) if kind == pg.AT_AddOf else None
    if kind == pg.AT_SetRelOptions:
        return "options", tuple(each.def_elem.defname for each in given.list.items)
    return "other"


def our_alter(event: ev.AlterTable) -> Iterator[Any]:
    yield ref(event.table), event.if_exists, event.only
    for action in event.actions:
        yield our_action(action)


def our_action(action: ev.TableAction) -> Any:
    match action:
        case ev.AddColumn():
            return "add column", our_column(action.column), action.if_not_exists
        case ev.AddConstraint():
            return "add constraint", our_constraint(action.constraint)
        case ev.DropColumn():
            return "drop column", action.column, action.if_exists, action.cascade
        case ev.DropConstraint():
            return "drop constraint", action.name, action.if_exists, action.cascade
        case ev.AlterColumn(type=ev.TypeRef() as kind):
            return "type", action.column, our_type(kind), action.using is not None
        case ev.AlterColumn(default=ev.Text() as text):
            return "default", action.column, expression(text)
        case ev.AlterColumn(drop="default"):
            return "default", action.column, None
        case ev.AlterColumn(not_null=bool() as not_null):
            return "not null", action.column, not_null
        case ev.AlterColumn(drop="identity"):
            return "drop identity", action.column
        case ev.SetRls():
            return "rls", action.enabled
        case ev.NeedConstraint():
            return "need constraint", action.name
        case ev.AttachPartition():
            return "partition", ref(action.partition), action.attach
        case ev.Inherit():
            return "inherit", ref(action.parent), action.on
        case ev.OfType():
            return "of", ref(action.type)
        case ev.SetOptions() if all(value is not None for _, value in action.options):
            return "options", tuple(name for name, _ in action.options)
        case _:
            return "other"
