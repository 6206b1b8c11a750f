"""The SQL that stands in a body as it is: what it needs to be there, and the variables that it sets."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.model.events import Assign, Need, Ref, Statement, Step
from analyzer.model.span import Span
from analyzer.sql.calls import runs_in
from analyzer.sql.guard import UNKNOWN, read_condition
from analyzer.sql.lexer import Script, Token
from analyzer.sql.named import named_objects
from analyzer.sql.plpgsql.constants import Constants
from analyzer.sql.plpgsql.tokens import into_targets
from analyzer.sql.query import read_expression, read_query, relations_of
from analyzer.sql.values import read_lookup

WRITING = frozenset(("insert", "update", "delete", "merge"))


class Queries(Constants):
    """Statements of plain SQL within a body."""

    def sql(self, tokens: list[Token]) -> Iterator[Step]:
        """A statement of plain SQL; SELECT … INTO sets variables."""
        keys = [token.key for token in tokens]
        if (
            keys[0] == "select"
            or (keys[0] == "with" and not WRITING & set(keys))
            or ("into" in keys and keys[0] != "insert" and "returning" in keys)
        ):
            yield from self.reading(tokens)
            yield self.select_into(tokens, keys)
            return
        statement = self.statement(self.script, tokens)
        event = statement.event
        if isinstance(event, Need):
            event = self.without_columns(event, self.span(tokens))
        yield replace(statement, event=event)
        after = keys.index("returning") if "returning" in keys else len(keys)
        targets = into_targets(tokens[keys.index("into", after) + 1 :]) if "into" in keys[after:] else []
        yield Assign(("found", *(token.value for token in targets)), None)

    def without_columns(self, need: Need, span: Span) -> Need:
        """A statement that reads tables; their columns may be variables, so they are not looked at."""
        tables = (Ref(each.schema, each.name, span) for read in need.reads for each in relations_of(read))
        then = tuple(self.without_columns(each, span) for each in need.then)
        return replace(need, relations=(*need.relations, *tables), reads=(), then=then)

    def reading(self, tokens: list[Token]) -> Iterator[Step]:
        """What a query needs to be there: its tables. Its columns may be variables, so they are not looked at."""
        tables = self.tables_in(tokens)
        if tables:
            span = self.span(tokens)
            yield Statement("select", span, Need("select", tables))

    def naming(self, tokens: list[Token]) -> Iterator[Step]:
        """What the texts among them that are cast to an object's name need to be there."""
        for need in named_objects(self.script, tokens):
            yield Statement("select", self.span(tokens), need)

    def running(self, tokens: list[Token]) -> Iterator[Step]:
        """The functions that are run for what they do."""
        if runs := runs_in(self.script, tokens, self.text_of):
            yield Statement("select", self.span(tokens), Need("select", runs=runs))

    def text_of(self, tokens: list[Token]) -> str | None:
        """The text that an expression is; None when it is a list, or can't be told."""
        value = self.constant(tokens)
        return value if isinstance(value, str) else None

    def tables_in(self, tokens: list[Token], *, expression: bool = False) -> tuple[Ref, ...]:
        """The tables that a query or an expression reads, the system catalogue's left out."""
        if not any(token.key == "from" for token in tokens):
            return ()
        keys = [token.key for token in tokens]
        if "into" in keys:
            at = keys.index("into")
            end = at + 1
            while end < len(keys) and keys[end] not in ("from", "where", "limit", "order"):
                end += 1
            pieces = [*tokens[:at], *tokens[end:]]
            text = " ".join(self.script.text[token.start : token.end] for token in pieces)
        else:
            text = self.text(tokens)
        read = (
            read_expression(text)
            if expression
            else read_query(text if keys[0] in ("select", "with", "(") else f"select {text}")
        )
        span = self.span(tokens)
        return tuple(Ref(each.schema, each.name, span) for each in relations_of(read)) if read else ()

    def select_into(self, tokens: list[Token], keys: list[str]) -> Assign:
        """SELECT … INTO name …: its value is known when it is a guard's."""
        if "into" not in keys:
            return Assign(("found",), None)
        at = keys.index("into")
        after = at + 2 if keys[at + 1 : at + 2] == ["strict"] else at + 1
        name = tokens[after].value if after < len(tokens) else ""
        rest = [*tokens[:at], *tokens[after + 1 :]]
        pieces = " ".join(self.script.text[token.start : token.end] for token in rest)
        self.values.pop(name, None)
        condition = read_condition(f"({pieces})", self.values)
        if condition != UNKNOWN:
            self.values[name] = condition
        elif (definition := self.definition(rest)) is not None:
            self.values[name] = definition
        targets = into_targets(tokens[after:])
        rest = [*tokens[:at], *tokens[after + len(targets) :]]
        lookup = read_lookup(self.script, rest) if keys[0] == "select" and after == at + 1 else None
        return Assign(("found", *(token.value for token in targets)), lookup)

    def statement(self, script: Script, tokens: list[Token]) -> Statement:
        """What the statement does, read as at the top level."""
        from analyzer.sql.statement import read_statement

        return read_statement(script, [*tokens, Token("end", "", ";", tokens[-1].end, tokens[-1].end)])
