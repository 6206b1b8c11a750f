"""Reads queries and expressions into plain scopes, the odd ones through sqlglot's trees; nothing here knows the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace
from sqlglot import exp

from analyzer.model.query import ColumnUse, CommonTable, Comparison, FromItem, Output, Query, SourceName, Term
from analyzer.model.span import Span
from analyzer.sql.keywords import RESERVED, words
from analyzer.sql.lexer import fold
from analyzer.sql.plain import COMPARABLE, TYPE_NAMES, Names, read_plain_change, read_plain_expression, read_plain_query
from analyzer.sql.tree import parse

# What the grammar calls by another name than the function that it stands for.
_SPELLED = {
    exp.Extract: "extract",
    exp.Substring: "substring",
    exp.Overlay: "overlay",
    exp.StrPosition: "position",
    exp.AtTimeZone: "timezone",
    exp.CurrentDate: "current_date",
    exp.CurrentUser: "current_user",
    exp.CurrentTime: "current_time",
    exp.Coalesce: "coalesce",
    exp.Exists: "exists",
    exp.Array: "array",
    exp.Nullif: "nullif",
    exp.Tuple: "row",
}
# Words that stand for a value or say of which form a text is: where they are not quoted, no column has such a name.
_GRAMMAR = RESERVED | words("current_schema nfc nfd nfkc nfkd")
# What sqlglot counts as a function and PostgreSQL writes as an operator: it has no name.
_OPERATORS = (
    exp.Binary,
    exp.Connector,
    exp.JSONExtract,
    exp.JSONExtractScalar,
    exp.JSONBExtract,
    exp.JSONBExtractScalar,
)
_TRIMS = {"LEADING": "ltrim", "TRAILING": "rtrim"}


def read_query(sql: str, start: int = 0) -> Query | None:
    """The query that the text is, None when it can't be read. ``start`` is the byte where the text begins."""
    return read_plain_query(sql, start) or query_by_tree(sql, start)


def query_by_tree(sql: str, start: int = 0) -> Query | None:
    """The same through sqlglot."""
    tree = _parse(sql)
    return _Reader(sql, start).query(tree) if isinstance(tree, exp.Query) else None


def read_expression(sql: str, start: int = 0) -> Query | None:
    """An expression as a query without sources: its names are looked for in the scopes around it."""
    return read_plain_expression(sql, start) or expression_by_tree(sql, start)


def expression_by_tree(sql: str, start: int = 0) -> Query | None:
    """The same through sqlglot."""
    tree = _parse(f"SELECT {sql}")
    if not isinstance(tree, exp.Select):
        return None
    return _Reader(f"SELECT {sql}", start - len("SELECT ")).query(tree)


def read_change(sql: str, start: int = 0) -> Query | None:
    """What an INSERT, UPDATE, DELETE or WITH statement reads, as a query; what it writes to is among its sources.

    None when it can't be read.
    """
    return read_plain_change(sql, start) or change_by_tree(sql, start)


def change_by_tree(sql: str, start: int = 0) -> Query | None:
    """The same through sqlglot."""
    tree = _parse(sql)
    reader = _Reader(sql, start)
    if isinstance(tree, exp.Query):
        return reader.query(tree)
    return reader.change(tree) if isinstance(tree, _CHANGES) else None


_CHANGES = (exp.Insert, exp.Update, exp.Delete)
_NO_NAME = re.compile(r"\.\s*\.")


def relations_of(query: Query, common: frozenset[str] = frozenset()) -> Iterator[SourceName]:
    """Every relation that the query reads, wherever in it; WITH queries are not relations."""
    common |= {table.name for table in query.tables}
    for table in query.tables:
        yield from relations_of(table.query, common)
    for item in query.sources:
        if item.relation is not None and (item.relation.schema or item.relation.name not in common):
            yield item.relation
        if item.query is not None:
            yield from relations_of(item.query, common)
    for each in (*query.inner, *query.others):
        yield from relations_of(each, common)


def _parse(sql: str) -> exp.Expr | None:
    tree = parse(sql)
    # sqlglot takes `a..b`, another dialect's, for a table without a schema's name; PostgreSQL refuses it.
    if (
        tree is not None
        and _NO_NAME.search(sql)
        and any(each.args.get("db") == "" for each in tree.find_all(exp.Table))
    ):
        return None
    return tree


class _Reader:
    """One text; characters are turned into the bytes of the file here."""

    def __init__(self, sql: str, start: int) -> None:
        self.sql = sql
        self.start = start

    def span(self, node: exp.Expr) -> Span:
        """Where the node's name stands; the whole text's start where sqlglot does not say."""
        first, last = node.meta.get("start"), node.meta.get("end")
        if first is None or last is None:
            return Span(max(self.start, 0), max(self.start, 0))
        before = len(self.sql[:first].encode("utf-8", "surrogateescape"))
        width = len(self.sql[first : last + 1].encode("utf-8", "surrogateescape"))
        return Span(self.start + before, self.start + before + width)

    # --- queries ------------------------------------------------------------------------------------------------------

    def query(self, tree: exp.Query) -> Query:
        """The query with everything that hangs on it."""
        tables = tuple(self.common_tables(tree))
        if isinstance(tree, exp.SetOperation):
            first, *others = (self.query(each) for each in _branches(tree))
            return replace(first, tables=(*tables, *first.tables), others=(*first.others, *others), simple=False)
        if isinstance(tree, exp.Subquery):
            inner = self.query(tree.this)
            return replace(inner, tables=(*tables, *inner.tables), simple=False)
        if not isinstance(tree, exp.Select):
            return Query(outputs=(), tables=tables)
        return self.select(tree, tables)

    def select(self, tree: exp.Select, tables: tuple[CommonTable, ...]) -> Query:
        """One SELECT."""
        scope = Names()
        sources = tuple(self.sources(tree, scope))
        outputs = tuple(self.output(each) for each in tree.expressions)
        aliases = {each.name for each in outputs if each.name}
        for key, value in tree.args.items():
            if key not in ("from_", "from", "joins", "with_", "with", "laterals"):
                self.walk(value, scope, aliases if key in ("order", "group") else frozenset())
        shaping = ("distinct", "group", "having", "limit", "offset", "windows")
        plain = len(sources) == 1 and sources[0].relation is not None
        simple = plain and not tables and not any(tree.args.get(key) for key in shaping)
        simple = simple and not any(_shapes(each) for each in tree.expressions)
        columns, functions = tuple(scope.columns), tuple(scope.functions)
        compared = tuple(scope.comparisons)
        return Query(outputs, sources, tables, columns, functions, tuple(scope.inner), (), simple, compared)

    def change(self, tree: exp.Expr) -> Query:
        """INSERT, UPDATE or DELETE: its target with the sources beside it, and the names in its expressions."""
        scope = Names()
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        nodes = [target, *(tree.args.get("using") or ())]
        nodes += [tree.args["from_"].this] if tree.args.get("from_") else []
        named = (node for node in nodes if isinstance(node, exp.Expr))  # not so of what other databases take
        sources = tuple(item for node in named for item in self.source(node, scope))
        if isinstance(tree, exp.Update):
            for each in tree.expressions:
                value = each.expression if isinstance(each, exp.EQ) else each
                if not _is_default(value):
                    self.walk(value, scope)
        written = tree.args.get("expression")
        if isinstance(written, exp.Query):
            scope.inner.append(self.query(written))
        elif written is not None:
            values = Names()
            self.walk(written, values)
            scope.inner.extend(values.inner)
        self.walk(tree.args.get("where"), scope)
        common, columns = tuple(self.common_tables(tree)), tuple(scope.columns)
        inner, compared = tuple(scope.inner), tuple(scope.comparisons)
        return Query((), sources, common, columns, inner=inner, comparisons=compared)

    def common_tables(self, tree: exp.Expr) -> Iterator[CommonTable]:
        """The WITH queries that stand before it."""
        clause = tree.args.get("with_") or tree.args.get("with")
        if clause is None:
            return
        for each in clause.expressions:
            inner = each.this
            if isinstance(inner, exp.Query | exp.Insert | exp.Update | exp.Delete):
                alias = each.args["alias"]
                query = self.query(inner) if isinstance(inner, exp.Query) else self.change(inner)
                yield CommonTable(_name(alias.this), query, _columns(alias), bool(clause.args.get("recursive")))

    # --- sources ------------------------------------------------------------------------------------------------------

    def sources(self, tree: exp.Select, scope: Names) -> Iterator[FromItem]:
        """What stands in FROM, in order; conditions of joins go to the scope."""
        clause = tree.args.get("from_") or tree.args.get("from")
        if clause is not None:
            yield from self.source(clause.this, scope)
        for join in tree.args.get("joins") or ():
            yield from self.join(join, scope)
        for lateral in tree.args.get("laterals") or ():
            yield from self.source(lateral, scope)

    def join(self, join: exp.Join, scope: Names) -> Iterator[FromItem]:
        """A joined source."""
        self.walk(join.args.get("on"), scope)
        using = tuple(_name(each) for each in join.args.get("using") or ())
        natural = join.args.get("method") == "NATURAL"
        for number, item in enumerate(self.source(join.this, scope)):
            yield replace(item, using=using, natural=natural) if number == 0 else item

    def source(self, node: exp.Expr, scope: Names) -> Iterator[FromItem]:
        """One source, and those joined to it within parentheses."""
        alias = node.args.get("alias")
        name = _name(alias.this) if alias is not None and alias.this is not None else None
        columns = _columns(alias) if alias is not None else ()
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            relation = self.table_name(node)
            yield FromItem(name or relation.name, relation, columns=columns)
        elif isinstance(node, exp.Subquery | exp.Paren) and not _holds_query(node):
            yield from self.source(node.this, scope)
        elif isinstance(node, exp.Subquery):
            yield FromItem(name, query=self.query(node.this), columns=columns)
        elif isinstance(node, exp.Lateral) and isinstance(node.this, exp.Subquery):
            yield FromItem(name, query=self.query(node.this.this), columns=columns, lateral=True)
        else:
            inner = node.this if isinstance(node, exp.Table | exp.Lateral) else node
            self.walk(inner, scope)
            function = self.function_name(inner)
            called = function or SourceName(None, "", self.span(node))
            if any(
                each.args.get("offset") or each.args.get("ordinality")
                for each in (node, inner)
                if isinstance(each, exp.Expr)
            ):
                columns = ()  # WITH ORDINALITY: sqlglot takes the last name for something else
            yield FromItem(name or (function.name if function else None), function=called, columns=columns)
        for join in node.args.get("joins") or ():
            yield from self.join(join, scope)

    def table_name(self, node: exp.Table) -> SourceName:
        """The relation's name as written."""
        schema = node.args.get("db")
        first = schema if schema is not None else node.this
        whole = Span(self.span(first).start, self.span(node.this).end)
        return SourceName(_name(schema) if schema is not None else None, _name(node.this), whole)

    # --- expressions --------------------------------------------------------------------------------------------------

    def walk(self, value: object, scope: Names, aliases: Iterable[str] = frozenset()) -> None:
        """Gather the names of an expression into the scope; ``aliases`` are outputs that may be named instead of columns."""
        stack: list[object] = [value]
        while stack:
            node = stack.pop()
            if isinstance(node, list | tuple):
                stack.extend(reversed(node))
            elif isinstance(node, exp.Query):
                scope.inner.append(self.query(node))
            elif isinstance(node, exp.Column):
                self.column(node, scope, aliases)
            elif isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func):
                scope.functions.append(self.dotted(node))
                stack.extend(reversed(list(node.expression.args.values())))
            elif isinstance(node, exp.Expr):
                if isinstance(node, _COMPARED):
                    scope.comparisons.extend(self.comparison(node))
                if (function := self.function_name(node)) is not None:
                    scope.functions.append(function)
                stack.extend(each for key, each in reversed(node.args.items()) if key not in ("alias", "to"))

    def comparison(self, node: exp.Expr) -> Iterator[Comparison]:
        """The comparison, where its sides are plain."""
        left = self.term(node.this)
        others = node.expressions if isinstance(node, exp.In) else [node.args["expression"]]
        rights = [term for each in others if (term := self.term(each)) is not None]
        if left is not None and rights:
            yield Comparison(left, tuple(rights), self.span(next(node.find_all(exp.Identifier), node)))

    def term(self, node: object) -> Term | None:
        """One side of a comparison; None for what is not plain."""
        while isinstance(node, exp.Paren):
            node = node.this
        if isinstance(node, exp.Column):
            return None if isinstance(node.this, exp.Star) else Term(self.column_use(node))
        if isinstance(node, exp.Literal):
            number = "integer" if node.name.isdecimal() else "numeric"
            return Term(text=node.name) if node.is_string else Term(type=number)
        if isinstance(node, exp.Boolean):
            return Term(type="boolean")
        if isinstance(node, exp.Cast):
            written = node.to.sql("postgres").lower()
            named = COMPARABLE.get(TYPE_NAMES.get(written, written), "")
            return Term(type=named) if named else None
        function = self.function_name(node)
        return Term(function=function) if function is not None and not isinstance(node, exp.AggFunc) else None

    def column(self, node: exp.Column, scope: Names, aliases: Iterable[str]) -> None:
        """A column of this scope or of one around it."""
        use = self.column_use(node)
        if use.table is None and (use.name in aliases or _is_grammar(node)):
            return
        scope.columns.append(use)

    def column_use(self, node: exp.Column) -> ColumnUse:
        """The column as written."""
        table = node.args.get("table")
        name = "*" if isinstance(node.this, exp.Star) else _name(node.this)
        return ColumnUse(_name(table) if table is not None else None, name, self.span(node.this))

    def dotted(self, node: exp.Dot) -> SourceName:
        """``schema.function(…)``."""
        function = node.expression
        span = self.span(function)
        return SourceName(_name(node.this), self.written(function) or function.name, span)

    def function_name(self, node: object) -> SourceName | None:
        """The name of a function call as written; None for what is no call, or only grammar."""
        if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func):
            return self.dotted(node)
        if isinstance(node, exp.Func) and (name := self.written(node)):
            return SourceName(None, name, self.span(node))
        return None

    def written(self, node: exp.Expr) -> str:
        """The text at the node's place, folded; empty where sqlglot keeps none."""
        first, last = node.meta.get("start"), node.meta.get("end")
        if first is None or last is None:
            return ""
        text = self.sql[first : last + 1]
        return text[1:-1] if text[:1] == '"' else fold(text)

    # --- select lists -------------------------------------------------------------------------------------------------

    def output(self, node: exp.Expr) -> Output:
        """One item of the select list, named as PostgreSQL names it (FigureColname)."""
        if isinstance(node, exp.Star):
            return Output(None, ColumnUse(None, "*", self.span(node)))
        if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Star):
            return Output(None)
        inner = node.this if isinstance(node, exp.Alias) else node
        column = self.column_use(inner) if isinstance(inner, exp.Column) else None
        if isinstance(node, exp.Alias):
            return Output(_name(node.args["alias"]), column)
        if column is not None:
            return Output(None if column.name == "*" else column.name, column)
        return Output(self.figure(node)[0] or "?column?")

    def figure(self, node: exp.Expr) -> tuple[str, int]:
        """A name and how good it is: 2 for one that stands, 1 for one that a cast may give, 0 for none."""
        if isinstance(node, exp.Column):
            return _name(node.this), 2
        if isinstance(
            node, exp.Paren | exp.Bracket | exp.Collate | exp.Window | exp.Filter | exp.WithinGroup | exp.Order
        ):
            return self.figure(node.this)
        if isinstance(node, exp.Cast):
            found = self.figure(node.this)
            return found if found[1] > 1 else (_type_name(node), 1)
        if isinstance(node, exp.Interval):
            return "interval", 1
        if isinstance(node, exp.Case):
            found = self.figure(node.args["default"]) if node.args.get("default") else ("", 0)
            return found if found[1] > 1 else ("case", 1)
        if isinstance(node, exp.Subquery | exp.Select):
            first = node.selects[0] if node.selects else None
            return (self.output(first).name or "", 2) if first is not None else ("", 0)
        return self.figure_function(node)

    def figure_function(self, node: exp.Expr) -> tuple[str, int]:
        """The same for functions and what looks like one."""
        if isinstance(node, exp.Dot):
            return (self.dotted(node).name if isinstance(node.expression, exp.Func) else _name(node.expression)), 2
        if isinstance(node, exp.Trim):
            return _TRIMS.get(node.args.get("position") or "", "btrim"), 2
        if type(node) in _SPELLED:
            written = self.written(node) if isinstance(node, exp.Func) else ""
            return written or _SPELLED[type(node)], 2
        if isinstance(node, exp.Func) and not isinstance(node, _OPERATORS):
            return self.written(node) or node.sql_name().lower(), 2
        return "", 0


_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In)
_ROWS = words(
    """
    generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text
    json_object_keys jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys
    jsonb_path_query regexp_matches regexp_split_to_table string_to_table unnest
    """
)


_ROWS_OF_ITS_OWN = (exp.AggFunc, exp.Window, exp.Unnest, exp.GenerateSeries, exp.Explode)


def _shapes(node: exp.Expr) -> bool:
    """True for an output that is not one value a row: an aggregate, a window, a function that gives rows."""
    stack: list[object] = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, list | tuple):
            stack.extend(each)
        elif isinstance(each, _ROWS_OF_ITS_OWN) or (isinstance(each, exp.Anonymous) and each.name.lower() in _ROWS):
            return True
        elif isinstance(each, exp.Expr) and not isinstance(each, exp.Query):
            stack.extend(each.args.values())
    return False


def _is_default(node: exp.Expr) -> bool:
    """True for ``SET column = DEFAULT``, which sqlglot takes for a column."""
    column = node.this if isinstance(node, exp.Column) else None
    return isinstance(column, exp.Identifier) and not column.args.get("quoted") and fold(column.name) == "default"


def _holds_query(node: exp.Expr) -> bool:
    """False for sources within parentheses: ``((SELECT 1) AS a JOIN b ON true)``."""
    while isinstance(node, exp.Subquery | exp.Paren):
        node = node.this
        if isinstance(node, exp.Subquery) and (node.args.get("alias") is not None or node.args.get("joins")):
            return False
    return isinstance(node, exp.Query)


def _branches(tree: exp.SetOperation) -> list[exp.Query]:
    found: list[exp.Query] = []
    node: exp.Expr = tree
    while isinstance(node, exp.SetOperation):
        found.append(node.expression)
        node = node.this
    assert isinstance(node, exp.Query)
    return [node, *reversed(found)]


def _columns(alias: exp.Expr) -> tuple[str, ...]:
    return tuple(
        _name(each.this if isinstance(each, exp.ColumnDef) else each) for each in alias.args.get("columns") or ()
    )


def _is_grammar(node: exp.Column) -> bool:
    """Whether sqlglot takes for a column what PostgreSQL's grammar has a word for."""
    quoted = node.this.args.get("quoted")
    return node.arg_key == "return_type" or (not quoted and _name(node.this) in _GRAMMAR)


def _name(node: object) -> str:
    if isinstance(node, exp.Identifier):
        return node.name if node.args.get("quoted") else fold(node.name)
    if isinstance(node, exp.Expr):
        return _name(node.this) if isinstance(node.this, exp.Identifier) else fold(node.name)
    return fold(str(node or ""))


def _type_name(node: exp.Cast) -> str:
    name = node.to.sql("postgres").lower().partition("(")[0].removesuffix("[]")
    return TYPE_NAMES.get(name, name).rpartition(".")[2]
