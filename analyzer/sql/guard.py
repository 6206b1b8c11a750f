"""Conditions of IF in a DO block: what they ask the system catalogue, and how the parts are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sqlglot import exp

from analyzer.model.events import (
    NULL,
    Condition,
    Filter,
    IsThere,
    Known,
    Logic,
    Lookup,
    Operand,
    OperandKind,
    Probe,
    Ref,
    Variable,
)
from analyzer.model.span import Span
from analyzer.sql.template import fill
from analyzer.sql.tree import parse

UNKNOWN = Known(None)
ABSENT = IsThere(NULL)  # what a variable that is NULL is known as
_CATALOGUE = ("pg_", "information_schema.", "storage.", "supabase_migrations.")
Values = Mapping[str, str | tuple[str, ...] | Condition]
_KINDS: dict[str, OperandKind] = {
    "regclass": "relation",
    "regtype": "type",
    "regnamespace": "schema",
    "regproc": "function",
    "regprocedure": "function",
}
_COUNTS: dict[type[exp.Expr], dict[str, bool]] = {
    exp.GT: {"0": True},
    exp.GTE: {"1": True},
    exp.EQ: {"0": False},
    exp.NEQ: {"0": True},
    exp.LT: {"1": False},
}


def read_condition(sql: str, values: Values) -> Condition:
    """The condition that the text is; ``values`` are the variables whose value is known."""
    tree = parse(f"SELECT {sql}")
    if not isinstance(tree, exp.Select) or len(tree.expressions) != 1:
        return UNKNOWN
    return _condition(tree.expressions[0], values)


def _condition(node: exp.Expr, values: Values) -> Condition:
    if isinstance(node, exp.Paren):
        return _condition(node.this, values)
    if isinstance(node, exp.And | exp.Or):
        parts = (_condition(node.this, values), _condition(node.expression, values))
        return Logic("and" if isinstance(node, exp.And) else "or", parts)
    if isinstance(node, exp.Not):
        return Logic("not", (_condition(node.this, values),))
    if isinstance(node, exp.Exists):
        held = _probe(node.this, values)
        return UNKNOWN if isinstance(held, IsThere) and _gives_one(node.this) else held
    if isinstance(node, exp.Boolean):
        return Known(bool(node.this))
    if isinstance(node, exp.Column) and node.args.get("table") is None:
        name = node.name.lower()
        value = values.get(name)
        if value is None and name == "found":
            return IsThere(Variable(name))
        return value if value is not None and not isinstance(value, str | tuple) else UNKNOWN
    if isinstance(node, exp.Subquery):
        return _answer(node.this, values)
    return _comparison(node, values)


def _gives_one(query: exp.Expr) -> bool:
    """Whether an aggregate gives a row where there is none."""
    return isinstance(query, exp.Select) and any(each.find(exp.AggFunc) for each in query.expressions)


def _answer(query: exp.Expr, values: Values) -> Condition:
    """``(SELECT EXISTS (…))``, as it is also put into a variable."""
    if isinstance(query, exp.Select) and len(query.expressions) == 1 and not query.args.get("from_"):
        item = query.expressions[0]
        return _condition(item.this if isinstance(item, exp.Alias) else item, values)
    return UNKNOWN


def _comparison(node: exp.Expr, values: Values) -> Condition:
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        found = _lookup(node.this, values) or _value(node.this, values)
        if found is None:
            return UNKNOWN
        return found if node.args.get("negate") else Logic("not", (found,))
    if isinstance(node, exp.EQ | exp.NEQ | exp.In) and (text := _text(node.this, values)) is not None:
        others = node.expressions if isinstance(node, exp.In) else [node.expression]
        texts = [_text(each, values) for each in others]
        return UNKNOWN if None in texts or not texts else Known((text in texts) != isinstance(node, exp.NEQ))
    wanted = _COUNTS.get(type(node))
    if wanted is not None and isinstance(node, exp.Binary) and isinstance(node.this, exp.Subquery):
        query, number = node.this.this, node.expression
        counted = isinstance(query, exp.Select) and isinstance(query.expressions[0], exp.Count)
        if counted and isinstance(number, exp.Literal) and number.name in wanted:
            probe = _probe(query, values)
            return probe if wanted[number.name] else Logic("not", (probe,))
    return UNKNOWN


def _value(node: exp.Expr, values: Values) -> Condition | None:
    """A variable or a query on a table, of which NULL is asked."""
    if isinstance(node, exp.Column) and not node.table:
        value = values.get(node.name.lower())
        if value is None:
            return IsThere(Variable(_folded(node.this)))
        return value if isinstance(value, IsThere) else Known(True) if isinstance(value, str | tuple) else None
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Select):
        held = _probe(node.this, values)
        return held if isinstance(held, IsThere) and not node.this.find(exp.AggFunc) else None
    return None


def _folded(node: exp.Expr) -> str:
    return node.name if node.args.get("quoted") else node.name.lower()


def _lookup(node: exp.Expr, values: Values) -> Probe | None:
    """``to_regclass('x')`` and its like, of which NULL is asked."""
    if isinstance(node, exp.Dot) and node.this.name.lower() == "pg_catalog":
        node = node.expression
    if isinstance(node, exp.Anonymous) and len(node.expressions) == 1:
        found = _LOOKUPS.get(node.name.lower())
        operand = _operand(node.expressions[0], values)
        if found is not None and operand is not None:
            table, kind = found
            return Probe(table, (Filter(table, "oid", (Operand(operand.text, kind),)),))
    return None


_LOOKUPS: dict[str, tuple[str, OperandKind]] = {
    "to_regclass": ("pg_class", "relation"),
    "to_regtype": ("pg_type", "type"),
    "to_regproc": ("pg_proc", "function"),
    "to_regprocedure": ("pg_proc", "function"),
    "to_regnamespace": ("pg_namespace", "schema"),
    "to_regrole": ("pg_roles", "text"),
}


# --- queries on the catalogue -----------------------------------------------------------------------------------------


def _probe(query: exp.Expr, values: Values) -> Condition:
    if isinstance(query, exp.Subquery):
        query = query.this
    if not isinstance(query, exp.Select):
        return UNKNOWN
    tables = dict(_tables(query))
    if not tables or any(query.args.get(key) for key in ("group", "having", "with_")):
        return UNKNOWN
    conditions = list(_conjuncts(query.args["where"].this if query.args.get("where") else None))
    if not next(iter(tables.values())).startswith(_CATALOGUE):
        return _held(query, conditions, values)
    for join in query.args.get("joins") or ():
        conditions.extend(_conjuncts(join.args.get("on")))
    filters, exact = [], True
    for condition in conditions:
        found = _filter(condition, tables, values)
        if found is not None:
            filters.append(found)
        elif not _is_join(condition):
            exact = False
    return Probe(next(iter(tables.values())), tuple(filters), exact)


def _held(query: exp.Select, conditions: list[exp.Expr], values: Values) -> Condition:
    """Whether a table of the project's own has a row with the values that it is asked for."""
    clause = query.args.get("from_")
    if clause is None or not isinstance(clause.this, exp.Table) or query.args.get("joins"):
        return UNKNOWN
    table = clause.this
    schema = _folded(table.args["db"]) if table.args.get("db") else None
    asked = []
    for each in conditions:
        column = each.this if isinstance(each, exp.EQ) else None
        if isinstance(column, exp.Column) and isinstance(each, exp.EQ):
            literal = isinstance(each.expression, exp.Literal) and each.expression.is_string
            text = _text(each.expression, values) if literal or isinstance(each.expression, exp.Column) else None
            asked += [(_folded(column.this), text)] if text is not None else []
    return IsThere(Lookup(Ref(schema, _folded(table.this), Span(0, 0)), tuple(asked)))


def read_rows(
    sql: str, values: Values, *, first: bool = False
) -> tuple[Probe, tuple[tuple[str, str, str], ...]] | None:
    """A query on the system catalogue, with its outputs as (name, table, column); None for any other query.

    ``first`` for one of which no more than a row is wanted, so that a LIMIT does no harm.
    """
    lowered = sql.lower()
    tree = parse(sql) if any(each.rstrip(".") in lowered for each in _CATALOGUE) else None
    while isinstance(tree, exp.Subquery):
        tree = tree.this
    if not isinstance(tree, exp.Select) or (tree.args.get("limit") and not first) or tree.args.get("offset"):
        return None
    probe = _probe(tree, values)
    if not isinstance(probe, Probe):
        return None
    tables = dict(_tables(tree))
    return probe, tuple(_shown(node, tables) for node in tree.expressions)


def _shown(node: exp.Expr, tables: Mapping[str, str]) -> tuple[str, str, str]:
    name = node.alias_or_name.lower()
    while isinstance(node, exp.Alias | exp.Cast | exp.Paren):
        node = node.this
    if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
        table = tables.get(node.table.lower(), "") if isinstance(node, exp.Column) else ""
        return "*", table or next(iter(tables.values())), "*"
    found = _asked(node, tables)
    return (name or node.name.lower(), *found) if found is not None else (name, "", "")


def _asked(node: exp.Expr, tables: Mapping[str, str]) -> tuple[str, str] | None:
    """The table and the column that an expression shows; some functions of an oid count as columns of it."""
    if isinstance(node, exp.Dot) and node.this.name.lower() == "pg_catalog":
        node = node.expression
    if isinstance(node, exp.Anonymous) and node.name.lower() in _TOLD and node.expressions:
        oid = _asked(node.expressions[0], tables)
        return (oid[0], node.name.lower()) if oid is not None and oid[1] == "oid" else None
    return _column(node, tables) if isinstance(node, exp.Column) else None


# Functions of an oid that rows answer as if they were columns.
_TOLD = frozenset(("pg_get_function_identity_arguments", "pg_get_constraintdef"))


def _tables(query: exp.Select) -> Iterator[tuple[str, str]]:
    """Alias to table; ``information_schema.columns`` keeps its schema, ``pg_catalog`` is left out."""
    clause = query.args.get("from_")
    nodes = [clause.this] if clause else []
    nodes += [join.this for join in query.args.get("joins") or ()]
    for node in nodes:
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            schema = node.db.lower()
            name = node.name.lower()
            yield node.alias_or_name.lower(), name if schema in ("", "pg_catalog") else f"{schema}.{name}"


def _conjuncts(node: exp.Expr | None) -> Iterator[exp.Expr]:
    if isinstance(node, exp.And):
        yield from _conjuncts(node.this)
        yield from _conjuncts(node.expression)
    elif isinstance(node, exp.Paren):
        yield from _conjuncts(node.this)
    elif node is not None:
        yield node


def _is_join(node: exp.Expr) -> bool:
    return isinstance(node, exp.EQ) and isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Column)


def _filter(node: exp.Expr, tables: Mapping[str, str], values: Values) -> Filter | None:
    negated = bool(node.args.get("negate"))
    while isinstance(node, exp.Not | exp.Paren):
        negated ^= isinstance(node, exp.Not)
        node = node.this
        negated ^= bool(node.args.get("negate"))
    if isinstance(node, exp.Or):
        return _either(_filter(node.this, tables, values), _filter(node.expression, tables, values), negated)
    found = _compared(node, values)
    if found is None:
        return None
    column, operands, opposite = found
    while isinstance(column, exp.Cast | exp.Paren | exp.Lower | exp.Length):
        column = column.this
    asked = _asked(column, tables)
    return Filter(*asked, operands, negated ^ opposite) if asked is not None and operands is not None else None


def _either(one: Filter | None, other: Filter | None, negated: bool) -> Filter | None:
    """One of two conditions on the same column."""
    if one is None or other is None or one.negated or other.negated:
        return None
    if (one.table, one.column) != (other.table, other.column):
        return None
    return Filter(one.table, one.column, (*one.operands, *other.operands), negated)


def _compared(node: exp.Expr, values: Values) -> tuple[exp.Expr, tuple[Operand, ...] | None, bool] | None:
    """What is compared, with what, and whether it must differ."""
    if isinstance(node, exp.Column):
        return node, (Operand("true"),), False
    if isinstance(node, exp.EQ | exp.NEQ):
        listed = isinstance(node.expression, exp.Any | exp.All)
        others = _array(node.expression) if listed else [node.expression]
        return node.this, _operands(others, values) if others else None, isinstance(node, exp.NEQ)
    if isinstance(node, exp.In) and node.expressions:
        return node.this, _operands(node.expressions, values), False
    kind = _PATTERNS.get(type(node))
    pattern = _text(node.expression, values) if kind is not None and isinstance(node, exp.Binary) else None
    if kind is not None and pattern is not None and (kind != "regex" or _is_simple(pattern)):
        return node.this, (Operand(pattern, kind),), False
    if isinstance(node, exp.GT | exp.LTE) and isinstance(node.this, exp.Length):
        number = _text(node.expression, values)
        return (node.this, (Operand(number, "longer"),), isinstance(node, exp.LTE)) if number is not None else None
    return None


_PATTERNS: dict[type[exp.Expr], OperandKind] = {
    exp.Like: "pattern",
    exp.ILike: "pattern, whatever the case",
    exp.RegexpLike: "regex",
}
_SIMPLE_REGEX = re.compile(r"\^?(?:[\w ]|\[[\w-]+\])*(?:\([\w |]*\)[\w ]*)?\$?")  # which mean the same to Python


def _is_simple(pattern: str) -> bool:
    """True for a pattern that means the same to Python; `[z-a]` means nothing to either."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return _SIMPLE_REGEX.fullmatch(pattern) is not None


def _array(node: exp.Expr) -> list[exp.Expr]:
    inner: exp.Expr = node
    while isinstance(inner, exp.Any | exp.All | exp.Paren | exp.Cast):
        inner = inner.this
    return list(inner.expressions) if isinstance(inner, exp.Array) else []


def _column(node: exp.Column, tables: Mapping[str, str]) -> tuple[str, str]:
    table = tables.get(node.table.lower(), "") if node.table else ""
    return table or next(iter(tables.values())), node.name.lower()


def _operands(nodes: tuple[exp.Expr, ...] | list[exp.Expr], values: Values) -> tuple[Operand, ...] | None:
    found = [_operand(node, values) for node in nodes]
    plain = tuple(each for each in found if each is not None)
    return plain if len(plain) == len(found) else None


def _operand(node: exp.Expr, values: Values) -> Operand | None:
    kind: OperandKind = "text"
    while isinstance(node, exp.Cast | exp.Paren):
        if isinstance(node, exp.Cast):
            kind = _KINDS.get(node.to.sql("postgres").lower(), kind)
        node = node.this
    if isinstance(node, exp.Subquery):
        return _oid_of(node.this, values)
    text = _text(node, values)
    return Operand(text, kind, must=kind in ("relation", "type", "schema")) if text is not None else None


def _text(node: exp.Expr, values: Values) -> str | None:
    """The text that an expression of literals and known variables gives."""
    if isinstance(node, exp.Cast | exp.Paren):
        return _text(node.this, values)
    if isinstance(node, exp.Literal):
        return node.name
    if isinstance(node, exp.Boolean):
        return "true" if node.this else "false"
    if isinstance(node, exp.Column):
        value = values.get(f"{node.table.lower()}.{node.name.lower()}" if node.table else node.name.lower())
        return value if isinstance(value, str) else None
    if isinstance(node, exp.DPipe):
        both = _text(node.this, values), _text(node.expression, values)
        return both[0] + both[1] if both[0] is not None and both[1] is not None else None
    if isinstance(node, exp.CurrentSchema):
        return "public"
    return _called(node, values)


def _called(node: exp.Expr, values: Values) -> str | None:
    name = node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__.lower()
    if name == "current_schema":
        return "public"
    if name == "format":
        nodes = [*([node.this] if isinstance(node.this, exp.Expr) else []), *node.expressions]
        texts = [_text(each, values) for each in nodes]
        known = [text for text in texts if text is not None]
        return fill(known[0], known[1:]) if known and len(known) == len(texts) else None
    return None


_NAMED_BY: dict[str, tuple[str, OperandKind]] = {
    "pg_class": ("relname", "relation"),
    "pg_type": ("typname", "type"),
    "pg_namespace": ("nspname", "schema"),
}


def _oid_of(query: exp.Expr, values: Values) -> Operand | None:
    """``(SELECT oid FROM pg_class WHERE relname = 'x')`` as the name that it stands for."""
    probe = _probe(query, values)
    if not isinstance(probe, Probe) or probe.table not in _NAMED_BY:
        return None
    column, kind = _NAMED_BY[probe.table]
    found = {
        each.column: each.operands[0].text for each in probe.filters if len(each.operands) == 1 and not each.negated
    }
    if column not in found:
        return None
    return Operand(found[column], kind)
