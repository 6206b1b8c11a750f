"""Reads queries that are nothing out of the ordinary from their tokens, in a quarter of the time that sqlglot's trees take.

A query's facts are names in the order of its text, so no tree is needed to tell them. To anything that it does not know,
this reader gives no answer, and ``query`` asks sqlglot. The tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from msgspec.structs import replace

from analyzer.model.query import ColumnUse, CommonTable, Comparison, FromItem, Output, Query, SourceName, Term
from analyzer.model.span import Span
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.calls import is_parenthesis
from analyzer.sql.keywords import COLUMN_NAME, NOT_A_COLUMN, words
from analyzer.sql.lexer import Script, Token, lex

_OPERATORS = words("= <> != < > <= >= + - * / % || -> ->> #> #>> @> <@ && ~ ~* !~ !~* and or like ilike between")
_CALLED = words("coalesce greatest least nullif")  # of the words that name no column, those that are just functions
_ODD_CALLS = words("cube rollup unnest")
_VALUES = words("null true false")
_NAMED_VALUES = words("current_date current_timestamp current_user")
_AGGREGATES = words("array_agg avg bool_and bool_or count every json_agg jsonb_agg max min sum stddev variance")
_SIMPLE_CALLS = _CALLED | words(
    "abs ceil concat current_setting date_trunc floor jsonb_build_object length lower now replace round to_char upper"
)
TYPE_NAMES = {
    "boolean": "bool",
    "int": "int4",
    "integer": "int4",
    "bigint": "int8",
    "smallint": "int2",
    "decimal": "numeric",
    "double precision": "float8",
    "real": "float4",
    "timestamp with time zone": "timestamptz",
    "character varying": "varchar",
    "character": "bpchar",
    "char": "bpchar",
}
# The types that values are compared as: how a cast gives them, and how PostgreSQL spells them.
COMPARABLE = {
    **{each: each for each in ("uuid", "text", "jsonb", "date")},
    "varchar": "character varying",
    "int4": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
}
_COMPARED = frozenset(("=", "<>", "!=", "<", ">", "<=", ">="))
_UNITS = words("year month day hour minute second")
_SETS = frozenset(("union", "except"))
_JOINS = frozenset(("left", "right", "full"))
# How an expression is named: the name and how good it is, 2 for one that stands, 1 for one that a cast may give.
Figure = tuple[str, int]
NAMELESS: Figure = ("", 0)
_END = Token("end", "", "", 0, 0)


class _OddError(Exception):
    """Something that this reader does not know."""


@dataclass(slots=True)
class Names:
    """What the expressions of one scope name, in the order of the text."""

    columns: list[ColumnUse] = field(default_factory=list)
    functions: list[SourceName] = field(default_factory=list)
    inner: list[Query] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)


@dataclass(slots=True)
class _Scope(Names):
    aliases: frozenset[str] = frozenset()
    called: list[str] = field(default_factory=list)
    windows: bool = False

    def add(self, other: _Scope) -> None:
        """What stands behind this one's."""
        self.columns += other.columns
        self.functions += other.functions
        self.inner += other.inner
        self.comparisons += other.comparisons


@dataclass(slots=True)
class _Chain:
    """The values and operators of an expression from one AND or OR to the next; a value is None where it is not plain."""

    values: list[Term | None] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)
    listed: tuple[Term, ...] = ()

    def ends_at(self, key: str) -> bool:
        """True for OR, and for an AND that is not that of a BETWEEN."""
        return key == "or" or (key == "and" and self.operators.count("between") == self.operators.count("and"))

    def end(self, scope: _Scope) -> None:
        """Keep the comparison that the chain is, if it is just one of plain values."""
        match self.operators, self.values:
            case [operator], [Term() as left, Term() as right] if operator in _COMPARED:
                scope.comparisons.append(Comparison(left, (right,), _named_at(left, right)))
            case ["in"], [Term() as left] if self.listed:
                scope.comparisons.append(Comparison(left, self.listed, _named_at(left)))
        self.values.clear()
        self.operators.clear()
        self.listed = ()


def type_of(token: Token) -> str | None:
    """The type of a literal, empty for a string, which may be of any; None for what is no literal."""
    if token.kind == "number":
        return "integer" if token.value.isdecimal() else "numeric"
    if token.kind == "word" and token.key in ("true", "false"):
        return "boolean"
    return "" if token.kind == "string" else None


def _named_at(*terms: Term) -> Span:
    """Where the first name stands."""
    named = next((each.column or each.function for each in terms if each.column or each.function), None)
    return named.span if named is not None else Span(0, 0)


def read_plain_query(sql: str, start: int) -> Query | None:
    """The query that the text is; None when it is out of the ordinary, or none."""
    return _read(sql, start, _Reader.query)


def read_plain_expression(sql: str, start: int) -> Query | None:
    """An expression as a query without sources; None when it is out of the ordinary, or none."""
    return _read(sql, start, lambda reader: reader.rest_of_query((), reader.select()))


def read_plain_change(sql: str, start: int) -> Query | None:
    """What a statement with WITH, INSERT, UPDATE or DELETE reads; None when it is out of the ordinary, or none."""
    return _read(sql, start, _Reader.statement)


def _read(sql: str, start: int, read: Callable[[_Reader], Query]) -> Query | None:
    script = lex(sql, start)
    reader = _Reader(script)
    try:
        query = read(reader)
    except (_OddError, RecursionError):
        return None
    return query if reader.tokens[reader.at] is _END and script.unterminated is None else None


@dataclass(slots=True)
class _Select:
    """One SELECT up to what may belong to a whole UNION."""

    outputs: tuple[Output, ...]
    sources: tuple[FromItem, ...]
    shown: _Scope
    scope: _Scope
    shaped: bool


class _Reader:
    """A position among the tokens."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.tokens = [*script.tokens, _END, _END, _END]
        self.at = 0

    # --- steps --------------------------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        return self.tokens[self.at].key

    def ahead(self) -> str:
        return self.tokens[self.at + 1].key

    def take(self, *keys: str) -> bool:
        for number, key in enumerate(keys):
            if self.tokens[self.at + number].key != key:
                return False
        self.at += len(keys)
        return True

    def must(self, *keys: str) -> None:
        if not self.take(*keys):
            self.odd()

    def odd(self) -> NoReturn:
        raise _OddError

    def is_name(self) -> bool:
        token = self.tokens[self.at]
        return token.kind == "quoted" or (
            token.kind == "word" and token.key not in NOT_A_COLUMN and token.key not in COLUMN_NAME
        )

    def name(self) -> str:
        if not self.is_name():
            self.odd()
        self.at += 1
        return self.tokens[self.at - 1].value

    def names(self) -> tuple[str, ...]:
        """A list of names within parentheses, if there is one."""
        found = []
        if self.take("("):
            found.append(self.name())
            while self.take(","):
                found.append(self.name())
            self.must(")")
        return tuple(found)

    # --- queries ------------------------------------------------------------------------------------------------------

    def query(self) -> Query:
        """WITH …, SELECT … [UNION …] [ORDER BY …]."""
        tables = tuple(self.common_tables()) if self.take("with") else ()
        self.must("select")
        return self.rest_of_query(tables, self.select())

    def statement(self) -> Query:
        """A query, or INSERT, UPDATE or DELETE: the table that it writes to is its first source."""
        tables = tuple(self.common_tables()) if self.take("with") else ()
        if self.take("select"):
            return self.rest_of_query(tables, self.select())
        scope = _Scope()
        if self.take("insert", "into"):
            sources = self.insert(scope)
        elif self.take("update"):
            sources = self.update(scope)
        else:
            self.must("delete", "from")
            sources = (self.single(scope), *(self.sources(scope) if self.take("using") else ()))
        if self.take("where"):
            self.expression(scope)
        if self.key in ("returning", "on"):
            self.skip()
        columns, inner, compared = tuple(scope.columns), tuple(scope.inner), tuple(scope.comparisons)
        return Query((), sources, tables, columns, inner=inner, comparisons=compared)

    def insert(self, scope: _Scope) -> tuple[FromItem, ...]:
        """INSERT INTO … VALUES … or SELECT …; of the values only queries count."""
        target = self.table()
        alias = self.name() if self.take("as") else target.name
        self.names()
        if self.take("values"):
            values = _Scope()
            self.listed(values)
            scope.inner.extend(values.inner)
        else:
            scope.inner.append(self.query())
        return (FromItem(alias, target),)

    def update(self, scope: _Scope) -> tuple[FromItem, ...]:
        """UPDATE … SET … [FROM …]; what stands in FROM comes before the values."""
        target = self.single(scope)
        self.must("set")
        values = _Scope()
        while True:
            if not self.names():
                self.name()
            self.must("=")
            self.expression(values)
            if not self.take(","):
                break
        sources = (target, *(self.sources(scope) if self.take("from") else ()))
        scope.add(values)
        return sources

    def skip(self) -> None:
        """Pass all that is left of the statement."""
        depth = 0
        while self.tokens[self.at] is not _END and (depth or self.key != ")"):
            depth += (self.key == "(") - (self.key == ")")
            self.at += 1

    def rest_of_query(self, tables: tuple[CommonTable, ...], first: _Select) -> Query:
        """What may follow the first SELECT."""
        others = []
        while self.key in _SETS:
            self.at += 1
            if not self.take("all"):
                self.take("distinct")
            self.must("select")
            others.append(self.select())
        tail = _Scope(aliases=frozenset(each.name for each in first.outputs if each.name))
        cut = self.tail(tail)
        if not others:
            first.scope.add(tail)
        query = _finished(first, tables, first.shaped or cut)
        if not others:
            return query
        return replace(query, others=tuple(_finished(each, (), each.shaped) for each in others), simple=False)

    def common_tables(self) -> Iterator[CommonTable]:
        """The queries of WITH."""
        recursive = self.take("recursive")
        while True:
            name = self.name()
            columns = self.names()
            self.must("as")
            self.take("not")
            self.take("materialized")
            self.must("(")
            query = self.statement()
            self.must(")")
            yield CommonTable(name, query, columns, recursive)
            if not self.take(","):
                return

    def subquery(self) -> Query:
        """A query within parentheses."""
        self.must("(")
        query = self.query()
        self.must(")")
        return query

    def at_query(self) -> bool:
        return self.key == "(" and self.ahead() in ("select", "with")

    def select(self) -> _Select:
        """One SELECT behind that word."""
        shown, scope = _Scope(), _Scope()
        shaped = self.take("distinct")
        if shaped and self.take("on"):
            self.must("(")
            self.listed(shown)
            self.must(")")
        self.take("all")
        outputs = [self.output(shown)]
        while self.take(","):
            outputs.append(self.output(shown))
        sources = tuple(self.sources(scope)) if self.take("from") else ()
        scope.add(shown)
        if self.take("where"):
            self.expression(scope)
        if self.take("group", "by"):
            shaped = True
            grouped = _Scope(aliases=frozenset(each.name for each in outputs if each.name))
            self.listed(grouped)
            scope.add(grouped)
        if self.take("having"):
            shaped = True
            self.expression(scope)
        return _Select(tuple(outputs), sources, shown, scope, shaped)

    def tail(self, scope: _Scope) -> bool:
        """ORDER BY, LIMIT and OFFSET; True where rows are cut off."""
        if self.take("order", "by"):
            self.listed(scope)
        cut = False
        scope.aliases = frozenset()
        while self.key in ("limit", "offset"):
            self.at += 1
            cut = True
            self.expression(scope)
        if self.take("for"):
            self.lock()
        return cut

    def lock(self) -> None:
        """FOR UPDATE and its like."""
        self.take("no")
        self.take("key")
        if not self.take("update"):
            self.must("share")
        if self.take("of"):
            self.name()
        if self.take("skip"):
            self.must("locked")
        else:
            self.take("nowait")

    # --- sources ------------------------------------------------------------------------------------------------------

    def sources(self, scope: _Scope) -> Iterator[FromItem]:
        """What stands in FROM."""
        yield from self.source(scope)
        while True:
            if self.take(","):
                yield from self.source(scope)
                continue
            natural = self.take("natural")
            if self.key in _JOINS:
                self.at += 1
                self.take("outer")
            elif not self.take("inner"):
                self.take("cross")
            if not self.take("join"):
                return
            yield from self.joined(scope, natural)

    def joined(self, scope: _Scope, natural: bool) -> Iterator[FromItem]:
        """A source behind JOIN; its condition comes before what it holds itself."""
        own = _Scope()
        item, *others = self.source(own)
        using: tuple[str, ...] = ()
        if self.take("on"):
            self.expression(scope)
        elif self.take("using"):
            using = self.names()
        scope.add(own)
        yield replace(item, using=using, natural=natural) if using or natural else item
        yield from others

    def source(self, scope: _Scope) -> Iterator[FromItem]:
        """A table, a function, a query, or several that are joined within parentheses."""
        if self.key == "(" and not self.at_query():
            self.at += 1
            yield from self.sources(scope)
            self.must(")")
        else:
            yield self.single(scope)

    def single(self, scope: _Scope) -> FromItem:
        """A table, a function or a query."""
        lateral = self.tokens[self.at - 1].key == "join" and self.take("lateral")
        if self.at_query():
            query = self.subquery()
            alias, columns = self.alias()
            return FromItem(alias, query=query, columns=columns, lateral=lateral)
        self.take("only")
        table = self.table()
        if self.key == "(":
            before = len(scope.functions)
            self.called(table.schema, self.at - 1, scope)
            called = scope.functions[before]
            alias, columns = self.alias()
            return FromItem(alias or called.name, function=called, columns=columns)
        if lateral:
            self.odd()
        alias, columns = self.alias()
        return FromItem(alias or table.name, table, columns=columns)

    def table(self) -> SourceName:
        """[schema.]name."""
        first = self.tokens[self.at]
        name = self.name()
        schema, name = (name, self.name()) if self.take(".") else (None, name)
        return SourceName(schema, name, self.script.span(first.start, self.tokens[self.at - 1].end))

    def alias(self) -> tuple[str | None, tuple[str, ...]]:
        """[AS] name [(column, …)]; SET follows the table of UPDATE."""
        if self.take("as") or (self.is_name() and self.key != "set"):
            return self.name(), self.names()
        return None, ()

    # --- select lists -------------------------------------------------------------------------------------------------

    def output(self, scope: _Scope) -> Output:
        """One item of the select list."""
        first, before = self.at, len(scope.columns)
        if self.take("*"):
            return Output(
                None, ColumnUse(None, "*", self.script.span(self.tokens[first].start, self.tokens[first].end))
            )
        figure = self.expression(scope)
        plain = len(scope.columns) == before + 1 and self.at - first in (1, 3) and self.tokens[first].key != "("
        column = scope.columns[-1] if plain and (self.at - first == 1 or self.tokens[first + 1].key == ".") else None
        if column is not None and column.name == "*":
            return Output(None, column)
        if self.take("as") or self.is_name():
            return Output(self.name(), column)
        return Output(figure[0] or "?column?", column)

    # --- expressions --------------------------------------------------------------------------------------------------

    def listed(self, scope: _Scope) -> None:
        """One or more expressions, with or without an order."""
        while True:
            self.expression(scope)
            if not self.take("asc"):
                self.take("desc")
            if self.take("nulls") and not self.take("first"):
                self.must("last")
            if not self.take(","):
                return

    def expression(self, scope: _Scope) -> Figure:
        """Pass an expression, and say how PostgreSQL would name it."""
        chain = _Chain()
        figure = self.value(scope, chain)
        joined = False
        while True:
            key = self.key
            if key in _OPERATORS:
                self.at += 1
                if chain.ends_at(key):
                    chain.end(scope)
                else:
                    chain.operators.append(key)
                self.value(scope, chain)
                joined = True
            elif key == "::":
                self.at += 1
                first, named = self.at, self.type()
                chain.values[-1] = self.cast_value(first, named)
                figure = figure if figure[1] > 1 else (named, 1)
            elif key in _PREDICATES:
                first = self.at
                _PREDICATES[key](self, scope)
                chain.operators.append("in" if self.tokens[first + (key == "not")].key == "in" else "is")
                chain.listed = self.texts(first)
                joined = True
            elif key in ("[", "at", "filter", "over") and self.behind(scope):
                figure = ("timezone", 2) if key == "at" else figure
                chain.values[-1] = None
            else:
                chain.end(scope)
                return NAMELESS if joined else figure

    def behind(self, scope: _Scope) -> bool:
        """Pass what belongs to the value before it: a subscript, AT TIME ZONE, FILTER or OVER; False where nothing does."""
        if self.take("["):
            self.expression(scope)
            self.must("]")
        elif self.take("at", "time", "zone"):
            self.operand(scope)
        elif self.take("filter", "(", "where"):
            self.expression(scope)
            self.must(")")
        elif self.take("over", "("):
            self.window(scope)
        else:
            return False
        return True

    # --- what is compared ---------------------------------------------------------------------------------------------

    def value(self, scope: _Scope, chain: _Chain) -> Figure:
        """Pass an operand, and add to the chain what it is."""
        first, columns, functions = self.at, len(scope.columns), len(scope.functions)
        while not chain.operators and self.tokens[first].key == "not":
            first += 1
        figure = self.operand(scope)
        chain.values.append(self.plain_value(first, scope.columns[columns:], scope.functions[functions:]))
        return figure

    def plain_value(self, first: int, columns: list[ColumnUse], functions: list[SourceName]) -> Term | None:
        """What the tokens from the first on are, by the names that were found in them; None for what is not plain."""
        tokens = self.tokens[first : self.at]
        while is_parenthesis(tokens):
            tokens = tokens[1:-1]
        parts = 3 if len(tokens) > 1 and tokens[1].key == "." else 1
        if len(tokens) == parts and len(columns) == 1 and columns[0].name != "*":
            return Term(columns[0])
        if len(tokens) == 1 and (type_ := type_of(tokens[0])) is not None:
            return Term(type=type_) if type_ else Term(text=tokens[0].value)
        if functions and is_parenthesis(tokens[parts:]):
            name = tokens[parts - 1]
            own = functions[0].schema is not None or not is_builtin_function(functions[0].name)
            return Term(function=functions[0]) if own and functions[0].span == self.script.span(*_ends(name)) else None
        return None

    def cast_value(self, first: int, named: str) -> Term | None:
        """A value of the type whose name begins at the first token, if it is a bare one."""
        bare = all(each.kind == "word" for each in self.tokens[first : self.at])
        return Term(type=COMPARABLE[named]) if bare and named in COMPARABLE else None

    def texts(self, first: int) -> tuple[Term, ...]:
        """The texts within the parentheses of IN, where there is nothing else in them."""
        opening = next((at for at in range(first, self.at) if self.tokens[at].key == "("), self.at)
        listed = self.tokens[opening + 1 : self.at - 1 : 2]
        plain = all(each.kind == "string" for each in listed)
        plain = plain and all(each.key == "," for each in self.tokens[opening + 2 : self.at - 1 : 2])
        return tuple(Term(text=each.value) for each in listed) if plain else ()

    def window(self, scope: _Scope) -> None:
        """The inside of OVER ( … )."""
        scope.windows = True
        if self.take("partition", "by"):
            self.listed(scope)
        if self.take("order", "by"):
            self.listed(scope)
        self.must(")")

    def is_(self, scope: _Scope) -> None:
        """IS [NOT] NULL, TRUE, FALSE, DISTINCT FROM …"""
        self.at += 1
        self.take("not")
        if self.take("distinct", "from"):
            self.operand(scope)
        elif self.key in _VALUES:
            self.at += 1
        else:
            self.odd()

    def in_(self, scope: _Scope) -> None:
        """IN ( … )."""
        self.at += 1
        self.parenthesised(scope)

    def not_(self, scope: _Scope) -> None:
        """NOT before IN, LIKE or BETWEEN."""
        self.at += 1
        if self.key == "in":
            self.in_(scope)
        elif self.key in ("like", "ilike", "between"):
            self.at += 1
            self.operand(scope)
        else:
            self.odd()

    def operand(self, scope: _Scope) -> Figure:
        """A value with what stands before it."""
        token = self.tokens[self.at]
        key = token.key
        if key in ("not", "-"):
            self.at += 1
            self.operand(scope)
            return NAMELESS
        if token.kind == "quoted" or (token.kind == "word" and self.is_name()):
            return self.named(scope)
        plain = token.kind in ("number", "param") or (token.kind == "string" and self.is_plain_string(token))
        if plain or key in _VALUES or (key == "default" and self.ahead() != "("):
            self.at += 1
            return NAMELESS
        if key == "(":
            return self.parenthesised(scope)
        read = _OPERANDS.get(key)
        if read is not None:
            return read(self, scope)
        if key in _NAMED_VALUES and self.ahead() != "(":
            self.at += 1
            return key, 2
        if key in _CALLED and self.ahead() == "(":
            self.at += 1
            return self.called(None, self.at - 1, scope)
        self.odd()

    def is_plain_string(self, token: Token) -> bool:
        """True for one that ends where its first quote closes."""
        text = self.script.text
        return text[token.start] == "'" and text.find("'", token.start + 1) == token.end - 1

    def parenthesised(self, scope: _Scope) -> Figure:
        """A query, or one or more expressions."""
        if self.at_query():
            query = replace(self.subquery(), simple=False)
            scope.inner.append(query)
            return query.outputs[0].name or "", 2
        self.must("(")
        figure = self.expression(scope)
        if self.key == ",":
            figure = "row", 2
            self.at += 1
            self.listed(scope)
        self.must(")")
        if self.key == ".":
            self.odd()
        return figure

    def exists(self, scope: _Scope) -> Figure:
        """EXISTS (SELECT …)."""
        self.at += 1
        if not self.at_query():
            self.odd()
        scope.inner.append(self.subquery())
        return "exists", 2

    def any_(self, scope: _Scope) -> Figure:
        """ANY (…) and ALL (…), of a query or a list."""
        self.at += 1
        self.parenthesised(scope)
        return NAMELESS

    def row(self, scope: _Scope) -> Figure:
        """ROW (…)."""
        self.at += 1
        self.parenthesised(scope)
        return "row", 2

    def array(self, scope: _Scope) -> Figure:
        """ARRAY[…]."""
        self.must("array", "[")
        if not self.take("]"):
            self.listed(scope)
            self.must("]")
        return "array", 2

    def case(self, scope: _Scope) -> Figure:
        """CASE … END."""
        self.at += 1
        figure = NAMELESS
        if self.key != "when":
            self.expression(scope)
        while self.take("when"):
            self.expression(scope)
            self.must("then")
            self.expression(scope)
        if self.take("else"):
            figure = self.expression(scope)
        self.must("end")
        return figure if figure[1] > 1 else ("case", 1)

    def cast(self, scope: _Scope) -> Figure:
        """CAST (… AS …)."""
        self.must("cast", "(")
        figure = self.expression(scope)
        self.must("as")
        named = self.type()
        self.must(")")
        return figure if figure[1] > 1 else (named, 1)

    def interval(self, scope: _Scope) -> Figure:
        """INTERVAL '…'."""
        self.at += 1
        if self.tokens[self.at].kind != "string" or self.ahead() in _UNITS:
            self.odd()
        self.at += 1
        return "interval", 1

    def extract(self, scope: _Scope) -> Figure:
        """EXTRACT (field FROM …)."""
        self.must("extract", "(")
        self.name()
        self.must("from")
        self.expression(scope)
        self.must(")")
        return "extract", 2

    def type(self) -> str:
        """Pass the name of a type, and give it as the catalogue has it."""
        token = self.tokens[self.at]
        if token.kind not in ("word", "quoted"):
            self.odd()
        self.at += 1
        name = self.name() if self.take(".") else token.value
        if token.key == "double":
            self.must("precision")
            name = "float8"
        elif self.take("varying"):
            name = "varchar" if token.key == "character" else "varbit"
        if self.key == "(":
            while not self.take(")"):
                self.at += 1
                if self.tokens[self.at].kind not in ("number", "op"):
                    self.odd()
        if token.key in ("timestamp", "time") and (self.take("with") or self.take("without")):
            name += "tz" if self.tokens[self.at - 1].key == "with" else ""
            self.must("time", "zone")
        if token.key == "interval" and self.key in _UNITS:
            self.odd()
        while self.take("[", "]"):
            pass
        return TYPE_NAMES.get(name, name)

    # --- names --------------------------------------------------------------------------------------------------------

    def named(self, scope: _Scope) -> Figure:
        """A column or a call."""
        first = self.tokens[self.at]
        self.at += 1
        schema = None
        if self.take("."):
            schema = first.value
            if self.key == "*":
                self.at += 1
                return self.column(schema, self.at - 1, scope)
            self.name()
        if self.key == "(":
            return self.called(schema, self.at - 1, scope)
        if self.key == "." or self.tokens[self.at].kind == "string":
            self.odd()
        return self.column(schema, self.at - 1, scope)

    def column(self, table: str | None, at: int, scope: _Scope) -> Figure:
        """Keep a column, unless it is an output of that name."""
        token = self.tokens[at]
        name = token.value
        if table is not None or name not in scope.aliases:
            scope.columns.append(ColumnUse(table, name, self.script.span(token.start, token.end)))
        return name, 2

    def called(self, schema: str | None, at: int, scope: _Scope) -> Figure:
        """A call behind its name."""
        token = self.tokens[at]
        name = token.value
        if schema is None and name in _ODD_CALLS:
            self.odd()
        scope.functions.append(SourceName(schema, name, self.script.span(token.start, token.end)))
        scope.called.append(name)
        self.must("(")
        if not self.take(")") and not self.take("*", ")"):
            self.take("distinct")
            self.listed(scope)
            if self.take("order", "by"):
                self.listed(scope)
            self.must(")")
        return name, 2


_PREDICATES: dict[str, Callable[[_Reader, _Scope], None]] = {"is": _Reader.is_, "in": _Reader.in_, "not": _Reader.not_}
_OPERANDS: dict[str, Callable[[_Reader, _Scope], Figure]] = {
    "exists": _Reader.exists,
    "any": _Reader.any_,
    "all": _Reader.any_,
    "array": _Reader.array,
    "row": _Reader.row,
    "case": _Reader.case,
    "cast": _Reader.cast,
    "interval": _Reader.interval,
    "extract": _Reader.extract,
}


def _finished(select: _Select, tables: tuple[CommonTable, ...], shaped: bool) -> Query:
    scope = select.scope
    single = len(select.sources) == 1 and select.sources[0].relation is not None
    simple = single and not tables and not shaped and not select.shown.windows
    if simple and (called := set(select.shown.called)):
        simple = called.isdisjoint(_AGGREGATES)
        if simple and any(is_builtin_function(each) for each in called - _SIMPLE_CALLS):
            raise _OddError  # it may give several rows
    columns, functions, inner = tuple(scope.columns), tuple(scope.functions), tuple(scope.inner)
    return Query(
        select.outputs, select.sources, tables, columns, functions, inner, (), simple, tuple(scope.comparisons)
    )


def _ends(token: Token) -> tuple[int, int]:
    return token.start, token.end
