"""Where the reader and PostgreSQL's own parser part over a piece of SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import postgast
from postgast import pg_query_pb2 as pg

from analyzer.model import events as ev
from analyzer.model.source import Source
from analyzer.sql.read import read_sql
from tests.sql_reader.table_facts import (
    alter_table,
    bare,
    create_table,
    expression,
    our_alter,
    our_column,
    our_table,
    our_type,
    qualified,
    ref,
    relation,
    strings,
    tree,
    tree_column,
    tree_type,
)

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
    yield message.timing, message.events, strings(message.columns), message.row


def our_trigger(event: ev.CreateTrigger) -> Iterator[Any]:
    yield event.name, ref(event.table), ref(event.function), event.replace
    yield TIMING_BITS[event.timing], sum(EVENT_BITS[each] for each in event.events), event.columns, event.each_row


def create_index(message: Any) -> Iterator[Any]:
    yield (
        relation(message.relation),
        message.idxname or None,
        message.unique,
        message.if_not_exists,
        message.relation.inh,
    )
    keys = [each.index_elem for each in message.index_params]
    yield tuple(each.name or None for each in keys)
    yield [bare(each.expr) for each in keys if each.HasField("expr")]
    yield tuple(each.index_elem.name for each in message.index_including_params), tree(message, "where_clause")
    yield message.access_method, {each.name for each in keys if each.name and not each.opclass}
    yield [qualified(each.opclass) for each in keys if each.opclass]


def our_index(event: ev.CreateIndex) -> Iterator[Any]:
    yield ref(event.table), event.name, event.unique, event.if_not_exists, not event.only
    yield event.columns
    yield [expression(each) for each in event.expressions]
    yield event.include, expression(event.where)
    yield event.method, event.classless
    yield [ref(each) for each in event.classes]


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


def routine(message: Any) -> tuple[Any, ...]:
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
            unsaid = target.args is None or event.kind == "aggregate"
            yield ref(target.name), None if unsaid else tuple(our_type(each) for each in target.args or ())
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
    yield tuple(each.access_priv.priv_name or "all" for each in message.privileges) or ("all",)
    columns = tuple(strings(each.access_priv.cols) for each in message.privileges)
    yield columns if any(columns) else ()
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
    yield event.columns
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


def our_created_as(event: ev.CreateTable | ev.CreateView) -> Iterator[Any]:
    if isinstance(event, ev.CreateView):
        yield from our_view(event)
        return
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
    "create_table_as_stmt": (created_as, our_created_as),
}


def read(sql: str) -> tuple[ev.Statement, ...]:
    """The statements of a piece of SQL."""
    return read_sql(Source("x.sql", sql.encode())).statements


def refusal(sql: str) -> str | None:
    """What PostgreSQL's parser says against the text, None when it takes it."""
    try:
        postgast.parse(sql)
    except postgast.PgQueryError as error:
        return str(error)
    return None


def disagreements(sql: str) -> Iterator[tuple[str, Any, Any]]:
    """Where the two part: the statement, PostgreSQL's facts and ours."""
    data = sql.encode()
    parsed = postgast.parse(sql).stmts
    statements = read(sql)
    if len(parsed) != len(statements):
        yield "count", len(parsed), len(statements)
        return
    for theirs, ours in zip(parsed, statements, strict=True):
        text = data[ours.span.start : ours.span.end].decode()
        end = theirs.stmt_location + theirs.stmt_len if theirs.stmt_len else len(data)
        if not theirs.stmt_location <= ours.span.start < ours.span.end <= end:
            yield text, (theirs.stmt_location, end), ours.span
        kind = theirs.stmt.WhichOneof("node")
        if kind in PAIRS and not isinstance(ours.event, ev.Gap | ev.Need | ev.AlterDomain):
            of_tree, of_event = PAIRS[kind]
            event = ours.event
            if isinstance(event, ev.AlterType):
                event = ev.AlterTable(event.type, event.actions)
            if isinstance(event, ev.AttachIndex):
                event = ev.AlterTable(event.index, (ev.AttachPartition(event.part),), kind="index")
            try:
                left, right = list(of_tree(getattr(theirs.stmt, kind))), list(of_event(event))
            except (KeyError, AttributeError, AssertionError, postgast.PgQueryError) as error:
                yield text, repr(error), ours.event
                continue
            if left != right:
                yield text, left, right
