"""The reader against PostgreSQL's own parser: the same facts, statement by statement."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import postgast
import pytest
from postgast import pg_query_pb2 as pg

from analyzer.model import events as ev
from analyzer.model.source import Source
from analyzer.sql.read import read_sql

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
    columns = strings(message.fk_attrs) or strings(message.keys) or ((column,) if column else ())
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
    yield message.HasField("partspec")


def our_table(event: ev.CreateTable) -> Iterator[Any]:
    yield ref(event.table), event.if_not_exists, event.temporary
    parents = [ref(each) for each in event.inherits] + ([ref(event.partition_of)] if event.partition_of else [])
    yield parents, ref(event.of_type)
    yield [our_column(each) for each in event.columns]
    yield [our_constraint(each) for each in event.constraints]
    yield [ref(each.source) for each in event.likes]
    yield event.kind == "partitioned_table"


def alter_table(message: Any) -> Iterator[Any]:
    yield relation(message.relation), message.missing_ok
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
        return "type", command.name, tree_type(given.column_def.type_name)
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
    if kind == pg.AT_SetRelOptions:
        return "options", tuple(each.def_elem.defname for each in given.list.items)
    return "other"


def our_alter(event: ev.AlterTable) -> Iterator[Any]:
    yield ref(event.table), event.if_exists
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
            return "type", action.column, our_type(kind)
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
        case ev.SetOptions() if all(value is not None for _, value in action.options):
            return "options", tuple(name for name, _ in action.options)
        case _:
            return "other"


MODES = {
    pg.FUNC_PARAM_DEFAULT: "in",
    pg.FUNC_PARAM_IN: "in",
    pg.FUNC_PARAM_OUT: "out",
    pg.FUNC_PARAM_INOUT: "inout",
    pg.FUNC_PARAM_VARIADIC: "variadic",
    pg.FUNC_PARAM_TABLE: "table",
}


def create_function(message: Any) -> Iterator[Any]:
    parameters = [each.function_parameter for each in message.parameters]
    yield qualified(message.funcname), message.replace, message.is_procedure
    yield [
        (each.name or None, MODES[each.mode], tree_type(each.arg_type), tree(each, "defexpr")) for each in parameters
    ]
    table = any(each.mode == pg.FUNC_PARAM_TABLE for each in parameters)
    yield tree_type(message.return_type) if message.HasField("return_type") and not table else None
    options = [each.def_elem for each in message.options]
    found = {each.defname: each.arg for each in options}
    yield found["language"].string.sval if "language" in found else "sql"
    yield bool(found["security"].boolean.boolval) if "security" in found else False
    yield found["volatility"].string.sval if "volatility" in found else "volatile"
    yield halved(strings(found["as"].list.items)[0]) if "as" in found else None
    sets = [each.arg.variable_set_stmt for each in options if each.defname == "set"]
    yield [(each.name, ", ".join(a.a_const.sval.sval for a in each.args)) for each in sets]


def our_function(event: ev.CreateFunction) -> Iterator[Any]:
    yield ref(event.function), event.replace, event.procedure
    yield [(each.name, each.mode, our_type(each.type), expression(each.default)) for each in event.args]
    yield our_type(event.returns) if event.returns else None
    yield event.language
    yield event.security_definer
    yield event.volatility
    yield halved(event.body.sql) if event.body and event.body.sql not in NOT_QUOTED else None
    yield list(event.settings)


NOT_QUOTED = ("a + b", "insert into t values (1); select case when true then 1 end;")


def halved(body: str) -> str:
    """A body in which it does not matter whether quotes are doubled: ours is kept as it stands in the file."""
    return body.replace("''", "'")


def roles(items: Any) -> tuple[str, ...]:
    named = {pg.ROLESPEC_PUBLIC: "public", pg.ROLESPEC_CURRENT_USER: "current_user"}
    return tuple(named.get(each.role_spec.roletype, each.role_spec.rolename) for each in items)


def create_policy(message: Any) -> Iterator[Any]:
    yield message.policy_name, relation(message.table), message.cmd_name, message.permissive
    yield roles(message.roles), tree(message, "qual"), tree(message, "with_check")


def our_policy(event: ev.CreatePolicy) -> Iterator[Any]:
    yield event.name, ref(event.table), event.command, event.permissive
    yield event.roles, expression(event.using), expression(event.check)


def alter_policy(message: Any) -> Iterator[Any]:
    yield message.policy_name, relation(message.table)
    yield roles(message.roles) or None, tree(message, "qual"), tree(message, "with_check")


def our_altered_policy(event: ev.AlterPolicy) -> Iterator[Any]:
    yield event.name, ref(event.table)
    yield event.roles, expression(event.using), expression(event.check)


EVENT_BITS = {"insert": 4, "delete": 8, "update": 16, "truncate": 32}
TIMING_BITS = {"before": 2, "after": 0, "instead of": 64}


def create_trigger(message: Any) -> Iterator[Any]:
    yield message.trigname, relation(message.relation), qualified(message.funcname), message.replace
    yield message.timing, message.events, strings(message.columns)


def our_trigger(event: ev.CreateTrigger) -> Iterator[Any]:
    yield event.name, ref(event.table), ref(event.function), event.replace
    yield TIMING_BITS[event.timing], sum(EVENT_BITS[each] for each in event.events), event.columns


def create_index(message: Any) -> Iterator[Any]:
    yield relation(message.relation), message.idxname or None, message.unique, message.if_not_exists
    keys = [each.index_elem for each in message.index_params]
    yield tuple(each.name or None for each in keys)
    yield [bare(each.expr) for each in keys if each.HasField("expr")]
    yield tuple(each.index_elem.name for each in message.index_including_params), tree(message, "where_clause")


def our_index(event: ev.CreateIndex) -> Iterator[Any]:
    yield ref(event.table), event.name, event.unique, event.if_not_exists
    yield event.columns
    yield [expression(each) for each in event.expressions]
    yield event.include, expression(event.where)


OBJECTS = {
    "table": pg.OBJECT_TABLE,
    "foreign table": pg.OBJECT_FOREIGN_TABLE,
    "view": pg.OBJECT_VIEW,
    "materialized view": pg.OBJECT_MATVIEW,
    "index": pg.OBJECT_INDEX,
    "sequence": pg.OBJECT_SEQUENCE,
    "type": pg.OBJECT_TYPE,
    "domain": pg.OBJECT_DOMAIN,
    "schema": pg.OBJECT_SCHEMA,
    "function": pg.OBJECT_FUNCTION,
    "procedure": pg.OBJECT_PROCEDURE,
    "routine": pg.OBJECT_ROUTINE,
    "aggregate": pg.OBJECT_AGGREGATE,
    "policy": pg.OBJECT_POLICY,
    "trigger": pg.OBJECT_TRIGGER,
    "rule": pg.OBJECT_RULE,
    "constraint": pg.OBJECT_TABCONSTRAINT,
    "column": pg.OBJECT_COLUMN,
    "attribute": pg.OBJECT_ATTRIBUTE,
    "extension": pg.OBJECT_EXTENSION,
    "publication": pg.OBJECT_PUBLICATION,
    "event trigger": pg.OBJECT_EVENT_TRIGGER,
}


def routine(message: Any, *, dropped_out: bool = True) -> tuple[Any, ...]:
    arguments = None if message.args_unspecified else tuple(tree_type(each.type_name) for each in message.objargs)
    return qualified(message.objname), arguments


def dropped(message: Any) -> Iterator[Any]:
    yield message.remove_type, message.missing_ok, message.behavior == pg.DROP_CASCADE
    for item in message.objects:
        if item.HasField("object_with_args"):
            if message.remove_type == pg.OBJECT_AGGREGATE:
                yield qualified(item.object_with_args.objname), None
            else:
                yield routine(item.object_with_args)
        elif item.HasField("type_name"):
            yield qualified(item.type_name.names)
        elif item.HasField("string"):
            yield None, item.string.sval
        elif message.remove_type in (pg.OBJECT_POLICY, pg.OBJECT_TRIGGER, pg.OBJECT_RULE):
            names = strings(item.list.items)
            yield (None, names[-1]), (names[-3] if len(names) > 2 else None, names[-2])
        else:
            yield qualified(item.list.items)


def our_drop(event: ev.Drop) -> Iterator[Any]:
    yield OBJECTS[event.kind], event.if_exists, event.cascade
    for target in event.targets:
        if event.kind in ("function", "procedure", "routine", "aggregate"):
            yield ref(target.name), None if target.args is None else tuple(our_type(each) for each in target.args)
        elif target.on is not None:
            yield ref(target.name), ref(target.on)
        else:
            yield ref(target.name)


def renamed(message: Any) -> Iterator[Any]:
    yield message.rename_type, message.newname, message.missing_ok
    target = message.object
    if message.HasField("relation"):
        yield relation(message.relation)
    elif target.HasField("object_with_args"):
        yield qualified(target.object_with_args.objname)
    elif target.HasField("string"):
        yield None, target.string.sval
    elif target.HasField("list"):
        yield qualified(target.list.items)
    else:
        yield None, message.subname
    yield message.subname if message.HasField("relation") else ""


def our_rename(event: ev.Rename) -> Iterator[Any]:
    yield OBJECTS[event.kind], event.new_name, event.if_exists
    yield ref(event.target)
    yield event.part or ""


def grant(message: Any) -> Iterator[Any]:
    yield not message.is_grant, roles(message.grantees)
    yield tuple(each.access_priv.priv_name for each in message.privileges) or ("all",)
    yield message.targtype == pg.ACL_TARGET_ALL_IN_SCHEMA
    for item in message.objects:
        if message.objtype in (pg.OBJECT_FDW, pg.OBJECT_DATABASE):
            continue
        if item.HasField("range_var"):
            yield relation(item.range_var)
        elif item.HasField("object_with_args"):
            yield qualified(item.object_with_args.objname)
        elif item.HasField("string"):
            yield item.string.sval
        elif item.HasField("list"):
            yield qualified(item.list.items)


def our_grant(event: ev.Grant) -> Iterator[Any]:
    yield event.revoke, event.roles
    yield event.privileges
    yield bool(event.everything_in) and not event.default
    yield from event.everything_in
    for each in event.objects:
        yield each.name.name if event.kind == "schema" else ref(each.name)


def view(message: Any) -> Iterator[Any]:
    query = message.query
    if query.select_stmt.with_clause.recursive:
        query = query.select_stmt.with_clause.ctes[0].common_table_expr.ctequery
    yield relation(message.view), strings(message.aliases), message.replace, bare(query)
    yield tuple(each.def_elem.defname for each in message.options)


def created_as(message: Any) -> Iterator[Any]:
    into = message.into
    yield relation(into.rel), strings(into.col_names), message.if_not_exists, bare(message.query)


def query(text: ev.Text | None) -> bytes:
    assert text is not None
    return bare(postgast.parse(text.sql).stmts[0].stmt)


def our_view(event: ev.CreateView) -> Iterator[Any]:
    if event.materialized:
        yield ref(event.view), event.columns, event.if_not_exists, query(event.query)
    else:
        yield ref(event.view), event.columns, event.replace, query(event.query)
        yield tuple(name for name, _ in event.options)


def our_created_as(event: ev.CreateTable) -> Iterator[Any]:
    yield ref(event.table), event.query_columns, event.if_not_exists, query(event.query)


def created_type(message: Any) -> Iterator[Any]:
    if isinstance(message, pg.CreateEnumStmt):
        yield qualified(message.type_name), strings(message.vals)
    elif isinstance(message, pg.CompositeTypeStmt):
        yield relation(message.typevar), [tree_column(each.column_def) for each in message.coldeflist]
    else:
        yield qualified(message.domainname), tree_type(message.type_name)


def our_created_type(event: ev.CreateType) -> Iterator[Any]:
    if event.kind == "enum":
        yield ref(event.type), event.labels
    elif event.kind == "composite":
        yield ref(event.type), [our_column(each) for each in event.attributes]
    else:
        assert event.base is not None
        yield ref(event.type), our_type(event.base)


def added_value(message: Any) -> Iterator[Any]:
    yield qualified(message.type_name), message.old_val, message.new_val, message.new_val_neighbor
    yield message.skip_if_new_val_exists


def our_added_value(event: ev.AddEnumValue | ev.Rename) -> Iterator[Any]:
    if isinstance(event, ev.Rename):
        yield ref(event.target), event.part, event.new_name, ""
        yield False
    else:
        yield ref(event.type), "", event.label, event.beside or ""
        yield event.if_not_exists


def published(message: Any) -> Iterator[Any]:
    objects = [each.publication_obj_spec for each in message.pubobjects]
    yield message.pubname, message.for_all_tables
    yield [relation(each.pubtable.relation) for each in objects if each.HasField("pubtable")]
    yield [each.name for each in objects if not each.HasField("pubtable")]


def our_published(event: ev.Publish) -> Iterator[Any]:
    yield event.publication, event.all_tables
    yield [ref(each) for each in event.tables]
    yield list(event.schemas)


def extension(message: Any) -> Iterator[Any]:
    options = {each.def_elem.defname: each.def_elem.arg for each in message.options}
    yield message.extname, message.if_not_exists
    yield options["schema"].string.sval if "schema" in options else None
    yield "cascade" in options


def our_extension(event: ev.CreateExtension) -> Iterator[Any]:
    yield event.name, event.if_not_exists
    yield event.schema
    yield event.cascade


Facts = Callable[[Any], Iterator[Any]]
PAIRS: dict[str, tuple[Facts, Facts]] = {
    "create_stmt": (create_table, our_table),
    "alter_table_stmt": (alter_table, our_alter),
    "create_function_stmt": (create_function, our_function),
    "create_policy_stmt": (create_policy, our_policy),
    "alter_policy_stmt": (alter_policy, our_altered_policy),
    "create_trig_stmt": (create_trigger, our_trigger),
    "index_stmt": (create_index, our_index),
    "drop_stmt": (dropped, our_drop),
    "rename_stmt": (renamed, our_rename),
    "grant_stmt": (grant, our_grant),
    "view_stmt": (view, our_view),
    "create_enum_stmt": (created_type, our_created_type),
    "composite_type_stmt": (created_type, our_created_type),
    "create_domain_stmt": (created_type, our_created_type),
    "alter_enum_stmt": (added_value, our_added_value),
    "create_publication_stmt": (published, our_published),
    "alter_publication_stmt": (published, our_published),
    "create_extension_stmt": (extension, our_extension),
    "create_table_as_stmt": (created_as, lambda event: (our_view if isinstance(event, ev.CreateView) else our_created_as)(event)),
}


def disagreements(sql: str) -> Iterator[tuple[str, Any, Any]]:
    """Where the two part: the statement, PostgreSQL's facts and ours."""
    data = sql.encode()
    parsed = postgast.parse(sql).stmts
    statements = read_sql(Source("x.sql", data)).statements
    if len(parsed) != len(statements):
        yield "count", len(parsed), len(statements)
        return
    for theirs, ours in zip(parsed, statements, strict=True):
        text = data[ours.span.start : ours.span.end].decode()
        end = theirs.stmt_location + theirs.stmt_len if theirs.stmt_len else len(data)
        if not theirs.stmt_location <= ours.span.start < ours.span.end <= end:
            yield text, (theirs.stmt_location, end), ours.span
        kind = theirs.stmt.WhichOneof("node")
        if kind in PAIRS and not isinstance(ours.event, ev.Gap | ev.Need):
            of_tree, of_event = PAIRS[kind]
            try:
                left, right = list(of_tree(getattr(theirs.stmt, kind))), list(of_event(ours.event))
            except (KeyError, AttributeError, AssertionError, postgast.PgQueryError) as error:
                yield text, repr(error), ours.event
                continue
            if left != right:
                yield text, left, right
