"""The system catalogue as guards ask it: rows made from the replayed one, and answers to probes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from analyzer.model.catalog import Function, Index, Oid, Relation, Type
from analyzer.model.events import Condition, Filter, IsThere, Known, Logic, Operand, Probe, Ref
from analyzer.model.span import Span
from analyzer.sql.contents import is_there
from analyzer.sql.cursor import Cursor, RefusedError
from analyzer.sql.lexer import Token, lex
from analyzer.sql.overloads import fitting_overloads
from analyzer.sql.routine import read_signature
from analyzer.sql.state import Refusal, State
from analyzer.sql.template import quote

T = TypeVar("T", Relation, Index, Type, Function)
Row = dict[tuple[str, str], str]
# The names and the qualified names of the relations that are asked for; None where any may be.
Sought = tuple[frozenset[str] | None, frozenset[str] | None]
_NOWHERE = Span(0, 0)
_ABOUT = {
    "pg_policies": "policy",
    "pg_policy": "policy",
    "columns": "column",
    "pg_attribute": "column",
    "pg_constraint": "constraint",
    "table_constraints": "constraint",
    "check_constraints": "constraint",
    "pg_trigger": "trigger",
    "triggers": "trigger",
    "pg_indexes": "index",
    "pg_proc": "function",
    "routines": "function",
    "pg_type": "type",
    "pg_enum": "value",
    "pg_class": "table",
    "pg_tables": "table",
    "tables": "table",
    "pg_publication_tables": "publication",
}
# The words with which such things are made and taken away, and those of statements that reach any of them.
_DOING = {
    "policy": frozenset(("policy",)),
    "trigger": frozenset(("trigger",)),
    "function": frozenset(("function", "procedure", "routine", "aggregate", "extension")),
    "column": frozenset(("column", "add", "create", "not", "type")),
    "constraint": frozenset(("constraint", "create", "add", "index", "column")),
    "index": frozenset(("index", "constraint", "create", "add")),
    "type": frozenset(("type", "domain", "create", "extension")),
    "value": frozenset(("value", "type")),
    "table": frozenset(("create",)),
    "publication": frozenset(("publication",)),
}
_REACHING = frozenset(("drop", "rename", "schema"))
# Columns that hold the name of what is asked for, or of the table that it is on.
_NAMES = frozenset(
    [
        "policyname",
        "tablename",
        "polname",
        "polrelid",
        "table_name",
        "column_name",
        "attname",
        "attrelid",
        "conname",
        "conrelid",
        "constraint_name",
        "tgname",
        "tgrelid",
        "trigger_name",
        "event_object_table",
        "indexname",
        "proname",
        "routine_name",
        "typname",
        "enumlabel",
        "enumtypid",
        "relname",
        "oid",
        "viewname",
        "matviewname",
        "extname",
        "pubname",
        "prrelid",
        "rolname",
        "nspname",
        "schema_name",
        "id",
        "name",
        "sequence_name",
    ]
)
_NAMING = frozenset(("text", "relation", "type", "schema", "function"))
_KINDS = {
    "table": ("r", "BASE TABLE"),
    "partitioned_table": ("p", "BASE TABLE"),
    "foreign_table": ("f", "FOREIGN"),
    "view": ("v", "VIEW"),
    "materialized_view": ("m", ""),
    "sequence": ("S", ""),
}


def check_casts(state: State, condition: Condition) -> None:
    """Refuse what a condition casts to a name that stands for nothing: PostgreSQL does, whatever the rest of it says."""
    if isinstance(condition, Logic):
        for part in condition.conditions:
            check_casts(state, part)
    elif isinstance(condition, Probe):
        for each in (operand for asked in condition.filters for operand in asked.operands if operand.must):
            schema, name = _split(each.text)
            if each.kind == "relation":
                state.need_relation(Ref(schema, name, _NOWHERE), in_query=True)


def answer(state: State, condition: Condition) -> bool | None:
    """Whether the condition holds now; None when it can't be told."""
    if isinstance(condition, Known):
        return condition.answer
    if isinstance(condition, Probe):
        return _probe(state, condition)
    if isinstance(condition, IsThere):
        return is_there(state, condition.value)
    return _logic(state, condition)


def _logic(state: State, logic: Logic) -> bool | None:
    answers = [answer(state, each) for each in logic.conditions]
    if logic.operator == "not":
        return None if answers[0] is None else not answers[0]
    deciding = logic.operator == "or"
    if deciding in answers:
        return deciding
    return None if None in answers else not deciding


def _probe(state: State, probe: Probe) -> bool | None:
    rows = _TABLES.get(probe.table)
    if rows is None:
        return None
    if _doubtful(state, probe):
        return None
    unsure = False
    for row in rows(state, _sought(state, probe)):
        held = _held(state, row, probe.filters)
        if False not in held:
            if probe.exact and None not in held:
                return True
            unsure = True
    return None if unsure else False


def _doubtful(state: State, probe: Probe) -> bool:
    """True when a statement that was not understood names all that is asked for, or builds SQL about such things."""
    schemas = state.catalog.schema_names
    names = {
        _last(operand.text)
        for each in probe.filters
        for operand in each.operands
        if each.column in _NAMES and operand.kind in _NAMING and operand.text not in schemas
    }
    about = _ABOUT.get(probe.table.rpartition(".")[2], "")
    doing = _DOING[about] | _REACHING if about else None
    return any(
        (each.dynamic and about in each.words)
        or (names <= each.words and (doing is None or not doing.isdisjoint(each.words)))
        for each in state.unread
    )


def _held(state: State, row: Row, filters: Sequence[Filter]) -> list[bool | None]:
    """Which of the filters hold, up to the first that does not: it decides."""
    found: list[bool | None] = []
    for each in filters:
        found.append(_holds(state, row, each))
        if found[-1] is False:
            break
    return found


def _holds(state: State, row: Row, asked: Filter) -> bool | None:
    value = row.get((asked.table, asked.column))
    if value is None:
        return None
    return any(_equals(state, value, operand) for operand in asked.operands) != asked.negated


def _equals(state: State, value: str, operand: Operand) -> bool:
    if operand.kind == "longer":
        return operand.text.isdigit() and len(value) > int(operand.text)
    if operand.kind == "regex":
        return re.search(operand.text, value) is not None
    if operand.kind in ("pattern", "pattern, whatever the case"):
        how = re.DOTALL if operand.kind == "pattern" else re.DOTALL | re.IGNORECASE
        return re.fullmatch(_like(operand.text), value, how) is not None
    return value == _value(state, operand)


def _like(pattern: str) -> str:
    """The pattern of LIKE as a regular expression; a backslash takes the meaning from what follows."""
    pieces = re.findall(r"\\?.", pattern, re.DOTALL)
    return "".join({"%": ".*", "_": "."}.get(each, re.escape(each[-1:])) for each in pieces)


def rows_of_probe(state: State, probe: Probe) -> list[Row] | None:
    """The rows that pass the filters; None when they can't be told."""
    rows = _TABLES.get(probe.table)
    if rows is None or not probe.exact or _doubtful(state, probe):
        return None
    found = []
    for row in rows(state, _sought(state, probe)):
        held = _held(state, row, probe.filters)
        if False not in held:
            if None in held:
                return None
            found.append(row)
    return found


def _value(state: State, operand: Operand) -> str:
    if operand.kind == "text" or operand.kind == "schema":
        return operand.text
    if operand.kind == "function":
        return _function(state, operand.text)
    schema, name = _split(operand.text)
    if operand.kind == "relation":
        found = state.find_relation(Ref(schema, name, _NOWHERE))
        return state.catalog.qualified(found) if found is not None else f"?.{name}"
    oid = state.find_type(Ref(schema, name, _NOWHERE))
    return state.catalog.qualified(state.catalog.types[oid]) if oid in state.catalog.types else f"?.{name}"


def _function(state: State, text: str) -> str:
    """A function given by name, or by name and types, as the row of ``pg_proc`` has it."""
    script = lex(text)
    cursor = Cursor(script, [*script.tokens, Token("end", "", "", len(text), len(text))])
    try:
        found = fitting_overloads(state, cursor.ref(), read_signature(cursor))
    except (RefusedError, Refusal):
        found = ()
    return _proc(state, found[0]) if found else f"?.{text}"


def _proc(state: State, function: Function) -> str:
    """What ``oid::regprocedure`` writes, with the schema; it tells functions apart as well as a number does."""
    name = _named_in(state.catalog.schema_of(function), function.name)
    return f"{name}({','.join(state.catalog.spell(each) for each in function.signature)})"


def _named_in(schema: str, name: str) -> str:
    return f"{quote(schema, 'I')}.{quote(name, 'I')}"


def _identity_arguments(state: State, function: Function) -> str:
    """What ``pg_get_function_identity_arguments`` writes."""
    modes = {"in": "", "out": "OUT ", "inout": "INOUT ", "variadic": "VARIADIC "}
    return ", ".join(
        modes[each.mode] + (quote(each.name, "I") + " " if each.name else "") + state.catalog.spell(each.type)
        for each in function.parameters
        if each.mode != "table"
    )


def _split(text: str) -> tuple[str | None, str]:
    parts = [part[1:-1] if part[:1] == '"' else part.lower() for part in text.split(".")]
    return (parts[-2] if len(parts) > 1 else None), parts[-1]


def _last(text: str) -> str:
    return _split(text)[1]


# --- rows -------------------------------------------------------------------------------------------------------------


def _relations(state: State, sought: Sought) -> Iterator[tuple[str, Relation]]:
    """The relations that may be asked for, with their schemas; no row is made for the others."""
    _, qualified = sought
    for relation in _named_so(state.catalog.relations, sought):
        schema = state.catalog.schema_of(relation)
        if qualified is None or f"{schema}.{relation.name}" in qualified:
            yield schema, relation


def _named_so(things: Mapping[Oid, T], sought: Sought) -> list[T]:
    """Those whose name may be asked for: a list, since others may be made as they are looked at."""
    names, _ = sought
    return [each for each in things.values() if names is None or each.name in names]


def _sought(state: State, probe: Probe) -> Sought:
    """The tables that the filters leave over."""
    names: frozenset[str] | None = None
    qualified: frozenset[str] | None = None
    for each in probe.filters:
        where = (each.table, each.column)
        if each.negated or not all(operand.kind in _NAMING for operand in each.operands):
            continue
        if where in _TABLE_NAMES.get(probe.table, ()):
            wanted = frozenset(_value(state, operand) for operand in each.operands)
            names = wanted if names is None else names & wanted
        elif where in _TABLE_OIDS.get(probe.table, ()):
            wanted = frozenset(_value(state, operand) for operand in each.operands)
            qualified = wanted if qualified is None else qualified & wanted
    return names, qualified


_RELNAME, _OID = ("pg_class", "relname"), ("pg_class", "oid")
_COLUMNS_OF = (("information_schema.columns", "table_name"), _RELNAME)
_CONSTRAINTS_ON = (("information_schema.table_constraints", "table_name"), _RELNAME)
_POLICIES_ON = (("pg_policies", "tablename"), _RELNAME)
_TRIGGERS_ON = (("information_schema.triggers", "event_object_table"), _RELNAME)
_TYPNAME = ("pg_type", "typname")
# For the rows of a table: the columns that hold the name of the relation (or function, index, type) that each is of, or on;
# and those with its oid.
_TABLE_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "pg_class": (_RELNAME,),
    "pg_tables": (("pg_tables", "tablename"),),
    "pg_views": (("pg_views", "viewname"),),
    "pg_matviews": (("pg_matviews", "matviewname"),),
    "information_schema.tables": (("information_schema.tables", "table_name"),),
    "information_schema.views": (("information_schema.views", "table_name"),),
    "information_schema.columns": _COLUMNS_OF,
    "pg_attribute": _COLUMNS_OF,
    "pg_constraint": _CONSTRAINTS_ON,
    "information_schema.table_constraints": _CONSTRAINTS_ON,
    "pg_policies": _POLICIES_ON,
    "pg_policy": _POLICIES_ON,
    "pg_trigger": _TRIGGERS_ON,
    "information_schema.triggers": _TRIGGERS_ON,
    "pg_indexes": (("pg_indexes", "indexname"),),
    "pg_type": (_TYPNAME,),
    "pg_enum": (_TYPNAME,),
    "pg_proc": (("pg_proc", "proname"),),
    "information_schema.routines": (("information_schema.routines", "routine_name"),),
}
_TABLE_OIDS: dict[str, tuple[tuple[str, str], ...]] = {
    "pg_class": (_OID,),
    "pg_proc": (("pg_proc", "oid"),),
    "information_schema.columns": (("pg_attribute", "attrelid"), _OID),
    "pg_attribute": (("pg_attribute", "attrelid"), _OID),
    "pg_constraint": (("pg_constraint", "conrelid"), _OID),
    "information_schema.table_constraints": (("pg_constraint", "conrelid"), _OID),
    "pg_policies": (("pg_policy", "polrelid"), _OID),
    "pg_policy": (("pg_policy", "polrelid"), _OID),
    "pg_trigger": (("pg_trigger", "tgrelid"), _OID),
    "information_schema.triggers": (("pg_trigger", "tgrelid"), _OID),
}


def _class_row(state: State, schema: str, relation: Relation) -> Row:
    qualified = f"{schema}.{relation.name}"
    return {
        ("pg_class", "relname"): relation.name,
        ("pg_class", "oid"): qualified,
        ("pg_class", "relkind"): _KINDS[relation.kind][0],
        ("pg_class", "relrowsecurity"): str(relation.rls).lower(),
        ("pg_class", "relnamespace"): schema,
        ("pg_namespace", "nspname"): schema,
    }


def _classes(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        yield _class_row(state, schema, relation)
    for index in _named_so(state.catalog.indexes, sought):
        schema = state.catalog.schema_of(index)
        yield {
            ("pg_class", "relname"): index.name,
            ("pg_class", "oid"): f"{schema}.{index.name}",
            ("pg_class", "relkind"): "i",
            ("pg_class", "relnamespace"): schema,
            ("pg_namespace", "nspname"): schema,
        }


def _tables(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        if _KINDS[relation.kind][1]:
            yield {
                ("information_schema.tables", "table_schema"): schema,
                ("information_schema.tables", "table_name"): relation.name,
                ("information_schema.tables", "table_type"): _KINDS[relation.kind][1],
            }


def _named(table: str, name: str, schema_name: str, kinds: str) -> Callable[[State, Sought], Iterator[Row]]:
    """The rows of a view of the catalogue that shows relations of some kinds by name."""

    def rows(state: State, sought: Sought) -> Iterator[Row]:
        for schema, relation in _relations(state, sought):
            if _KINDS[relation.kind][0] in kinds:
                yield {
                    (table, schema_name): schema,
                    (table, name): relation.name,
                    (table, "rowsecurity"): str(relation.rls).lower(),
                }

    return rows


def _columns(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        for column in relation.columns:
            yield {
                ("information_schema.columns", "table_schema"): schema,
                ("information_schema.columns", "table_name"): relation.name,
                ("information_schema.columns", "column_name"): column.name,
                ("information_schema.columns", "is_nullable"): "YES" if column.nullable else "NO",
                ("information_schema.columns", "data_type"): _data_type(state, column.type.oid, column.type.name),
                ("pg_attribute", "attname"): column.name,
                ("pg_attribute", "attrelid"): f"{schema}.{relation.name}",
                ("pg_attribute", "attisdropped"): "false",
                **_class_row(state, schema, relation),
            }


def _data_type(state: State, oid: int | None, name: str) -> str:
    return "USER-DEFINED" if oid in state.catalog.types else name


def _constraints(state: State, sought: Sought) -> Iterator[Row]:
    letters = {"primary key": "p", "unique": "u", "foreign key": "f", "check": "c", "exclude": "x", "not null": "n"}
    for schema, relation in _relations(state, sought):
        for constraint in relation.constraints:
            yield {
                ("pg_constraint", "conname"): constraint.name,
                ("pg_constraint", "contype"): letters[constraint.kind],
                ("pg_constraint", "conrelid"): f"{schema}.{relation.name}",
                ("pg_constraint", "connamespace"): schema,
                ("information_schema.table_constraints", "constraint_name"): constraint.name,
                ("information_schema.table_constraints", "constraint_type"): constraint.kind.upper(),
                ("information_schema.table_constraints", "table_name"): relation.name,
                ("information_schema.table_constraints", "table_schema"): schema,
                ("information_schema.table_constraints", "constraint_schema"): schema,
                **_class_row(state, schema, relation),
            }


def _check_constraints(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        for constraint in relation.constraints:
            if constraint.kind == "check":
                yield {
                    ("information_schema.check_constraints", "constraint_name"): constraint.name,
                    ("information_schema.check_constraints", "constraint_schema"): schema,
                }


def _policies(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        for policy in relation.policies:
            yield {
                ("pg_policies", "schemaname"): schema,
                ("pg_policies", "tablename"): relation.name,
                ("pg_policies", "policyname"): policy.name,
                ("pg_policies", "cmd"): policy.command.upper(),
                ("pg_policy", "polname"): policy.name,
                ("pg_policy", "polrelid"): f"{schema}.{relation.name}",
                **_class_row(state, schema, relation),
            }


def _triggers(state: State, sought: Sought) -> Iterator[Row]:
    for schema, relation in _relations(state, sought):
        for trigger in relation.triggers:
            yield {
                ("pg_trigger", "tgname"): trigger.name,
                ("pg_trigger", "tgrelid"): f"{schema}.{relation.name}",
                ("pg_trigger", "tgisinternal"): "false",
                ("information_schema.triggers", "trigger_name"): trigger.name,
                ("information_schema.triggers", "event_object_table"): relation.name,
                ("information_schema.triggers", "event_object_schema"): schema,
                ("information_schema.triggers", "trigger_schema"): schema,
                **_class_row(state, schema, relation),
            }


def _indexes(state: State, sought: Sought) -> Iterator[Row]:
    for index in _named_so(state.catalog.indexes, sought):
        relation = state.catalog.relations[index.relation]
        schema = state.catalog.schema_of(index)
        yield {
            ("pg_indexes", "schemaname"): schema,
            ("pg_indexes", "tablename"): relation.name,
            ("pg_indexes", "indexname"): index.name,
        }


def _types(state: State, sought: Sought) -> Iterator[Row]:
    letters = {"enum": "e", "composite": "c", "domain": "d", "range": "r"}
    for type_ in _named_so(state.catalog.types, sought):
        schema = state.catalog.schema_of(type_)
        row = {
            ("pg_type", "typname"): type_.name,
            ("pg_type", "oid"): f"{schema}.{type_.name}",
            ("pg_type", "typtype"): letters.get(type_.kind, "b"),
            ("pg_type", "typnamespace"): schema,
            ("pg_namespace", "nspname"): schema,
        }
        yield row
    for schema, relation in _relations(state, sought):
        yield {
            ("pg_type", "typname"): relation.name,
            ("pg_type", "oid"): f"{schema}.{relation.name}",
            ("pg_type", "typtype"): "c",
            ("pg_type", "typnamespace"): schema,
            ("pg_namespace", "nspname"): schema,
        }


def _labels(state: State, sought: Sought) -> Iterator[Row]:
    for type_ in _named_so(state.catalog.types, sought):
        schema = state.catalog.schema_of(type_)
        for label in type_.labels:
            yield {
                ("pg_enum", "enumlabel"): label,
                ("pg_enum", "enumtypid"): f"{schema}.{type_.name}",
                ("pg_type", "typname"): type_.name,
                ("pg_namespace", "nspname"): schema,
            }


def _functions(state: State, sought: Sought) -> Iterator[Row]:
    _, signatures = sought
    beginnings = None if signatures is None else {each.partition("(")[0] for each in signatures}
    for function in _named_so(state.catalog.functions, sought):
        schema = state.catalog.schema_of(function)
        if beginnings is not None and _named_in(schema, function.name) not in beginnings:
            continue
        yield {
            ("pg_proc", "proname"): function.name,
            ("pg_proc", "oid"): _proc(state, function),
            **({} if function.open else _said_of(state, function)),
            ("pg_proc", "pronamespace"): schema,
            ("pg_proc", "prokind"): "a" if function.aggregate else "p" if function.procedure else "f",
            ("pg_namespace", "nspname"): schema,
            ("information_schema.routines", "routine_name"): function.name,
            ("information_schema.routines", "routine_schema"): schema,
        }


def _said_of(state: State, function: Function) -> Row:
    return {
        ("pg_proc", "pronargs"): str(len(function.signature)),
        ("pg_proc", "prosecdef"): str(function.security_definer).lower(),
        ("pg_proc", "pg_get_function_identity_arguments"): _identity_arguments(state, function),
    }


def _schemas(state: State, sought: Sought) -> Iterator[Row]:
    for name in list(state.catalog.schema_names):
        yield {
            ("pg_namespace", "nspname"): name,
            ("pg_namespace", "oid"): name,
            ("information_schema.schemata", "schema_name"): name,
        }


def _versions(state: State, sought: Sought) -> Iterator[Row]:
    for version in state.versions:
        yield {("supabase_migrations.schema_migrations", "version"): version}


def _extensions(state: State, sought: Sought) -> Iterator[Row]:
    for name in list(state.catalog.extensions):
        yield {("pg_extension", "extname"): name}


def _publications(state: State, sought: Sought) -> Iterator[Row]:
    for name in list(state.catalog.publications):
        yield {("pg_publication", "pubname"): name}


def _published(state: State, sought: Sought) -> Iterator[Row]:
    for publication in list(state.catalog.publications.values()):
        for oid in publication.tables:
            relation = state.catalog.relations[oid]
            schema = state.catalog.schema_of(relation)
            yield {
                ("pg_publication_tables", "pubname"): publication.name,
                ("pg_publication_tables", "schemaname"): schema,
                ("pg_publication_tables", "tablename"): relation.name,
                ("pg_publication_rel", "prrelid"): f"{schema}.{relation.name}",
                ("pg_publication", "pubname"): publication.name,
                **_class_row(state, schema, relation),
            }


def _roles(state: State, sought: Sought) -> Iterator[Row]:
    for name in list(state.rights.roles):
        yield {("pg_roles", "rolname"): name, ("pg_roles", "oid"): name}


def _buckets(state: State, sought: Sought) -> Iterator[Row]:
    for name in list(state.catalog.buckets):
        yield {("storage.buckets", "id"): name, ("storage.buckets", "name"): name}


_TABLES: dict[str, Callable[[State, Sought], Iterator[Row]]] = {
    "pg_class": _classes,
    "pg_tables": _named("pg_tables", "tablename", "schemaname", "rp"),
    "pg_views": _named("pg_views", "viewname", "schemaname", "v"),
    "pg_matviews": _named("pg_matviews", "matviewname", "schemaname", "m"),
    "information_schema.tables": _tables,
    "information_schema.views": _named("information_schema.views", "table_name", "table_schema", "v"),
    "information_schema.sequences": _named("information_schema.sequences", "sequence_name", "sequence_schema", "S"),
    "information_schema.columns": _columns,
    "pg_attribute": _columns,
    "pg_constraint": _constraints,
    "information_schema.table_constraints": _constraints,
    "information_schema.check_constraints": _check_constraints,
    "pg_policies": _policies,
    "pg_policy": _policies,
    "pg_trigger": _triggers,
    "information_schema.triggers": _triggers,
    "pg_indexes": _indexes,
    "pg_type": _types,
    "pg_enum": _labels,
    "pg_proc": _functions,
    "information_schema.routines": _functions,
    "pg_namespace": _schemas,
    "information_schema.schemata": _schemas,
    "pg_extension": _extensions,
    "pg_publication": _publications,
    "pg_publication_tables": _published,
    "pg_publication_rel": _published,
    "pg_roles": _roles,
    "storage.buckets": _buckets,
    "supabase_migrations.schema_migrations": _versions,
}
