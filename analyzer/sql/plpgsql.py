"""Reads DO blocks: guards, handlers, loops over literal lists, and SQL that is put together from literals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from analyzer.model.events import (
    NULL,
    Assign,
    Block,
    Branch,
    Choice,
    Condition,
    Constant,
    Gap,
    Handler,
    Need,
    Raise,
    Ref,
    Return,
    RowLoop,
    Statement,
    Step,
    Text,
)
from analyzer.model.events import Value as ValueOfRow
from analyzer.model.span import Span
from analyzer.sql.gap import gap
from analyzer.sql.guard import UNKNOWN, read_condition, read_rows
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.query import read_expression, read_query, relations_of
from analyzer.sql.split import split
from analyzer.sql.template import fill, quote
from analyzer.sql.values import read_lookup

Value: TypeAlias = "str | tuple[str, ...] | Condition"
MOST_TURNS = 200
_ENDINGS = frozenset(("end", "exception", "elsif", "elseif", "else", "when"))
_WRITING = frozenset(("insert", "update", "delete", "merge"))
_DATA = frozenset(("get", "open", "fetch", "close", "move", "exit", "continue", "assert", "call", "commit"))
_CHANGING = frozenset(("create", "alter", "drop", "buckets"))
# No one nests calls deeper in what is to be run; it keeps the reading linear.
_DEEPEST_VALUE = 20
_HARMLESS = re.compile(
    r"\s*(alter\s+default|grant|revoke|comment|select|insert|update|delete|truncate|lock|notify|analyze|vacuum|refresh"
    r"|reindex|cluster)\b",
    re.I,
)
_GRANTS = re.compile(r"\s*(grant|revoke|alter\s+default)\b", re.I)


class UnreadableBlockError(Exception):
    """The body is no plpgsql that this reader can follow."""


class FixedScript(Script):
    """SQL that a block puts together: everything in it stands where the EXECUTE does."""

    def __init__(self, text: str, at: Span) -> None:
        super().__init__(text)
        self._at = at

    def span(self, start: int, end: int) -> Span:
        """The place of the EXECUTE."""
        return self._at


def read_block(script: Script) -> Block:
    """The body of a DO block. Raises UnreadableBlockError."""
    return _Reader(script, {}).whole()


def read_body(sql: str, start: int, values: dict[str, str]) -> tuple[Step, ...]:
    """The steps of a loop's body for one turn; ``start`` is its byte. Raises UnreadableBlockError."""
    reader = _Reader(lex(sql, start), dict(values))
    steps = tuple(reader.steps())
    if not reader.done:
        raise UnreadableBlockError
    return steps


def embedded(script: Script) -> Iterator[Ref]:
    """The relations that the SQL within a function's body names, wherever in it; what cannot be read names none."""
    reader = _Reader(script, {})
    for tokens in _pieces(script.tokens):
        key = tokens[0].key
        if key in _WRITING:
            statement = reader.statement(script, _without_into(tokens))
            if isinstance(statement.event, Need):
                span = reader.span(tokens)
                reads = (each for read in statement.event.reads for each in relations_of(read))
                yield from statement.event.relations
                yield from (Ref(each.schema, each.name, span) for each in reads)
        elif key in ("select", "with", "("):
            yield from reader.tables_in(tokens)
        elif any(token.key == "select" for token in tokens):
            yield from reader.tables_in(tokens, expression=True)


_CONTROL = frozenset(("then", "else", "loop", "begin", "elsif", "elseif", "if", "while", "when", "until", "declare"))
_SKIPPED = frozenset(("return", "query", "perform", "next"))


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens between what only steers: each a statement of SQL, or an expression that may hold a query."""
    piece: list[Token] = []
    depth = case = 0
    for token in [*tokens, Token("op", ";", ";", 0, 0)]:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        case += (token.key == "case") - (token.key == "end" and case > 0)
        if depth <= 0 and not case and (token.key == ";" or token.key in _CONTROL):
            yield from _sql(piece)
            piece = []
        else:
            piece.append(token)


def _sql(piece: list[Token]) -> Iterator[list[Token]]:
    """A piece without what plpgsql sets before its SQL; nothing for SQL that is put together at run time."""
    while piece and piece[0].key in _SKIPPED:
        piece = piece[1:]
    keys = [token.key for token in piece]
    if keys[:1] in (["for"], ["foreach"]) and "in" in keys:
        piece = piece[keys.index("in") + 1 :]
    elif keys[:1] == ["open"] and "for" in keys:
        piece = piece[keys.index("for") + 1 :]
    elif len(keys) > 1 and ":=" in keys:
        piece = piece[keys.index(":=") + 1 :]
    if piece and piece[0].key not in ("execute", "raise", "get", "fetch", "close", "end", "exception"):
        yield piece


def _without_into(tokens: list[Token]) -> list[Token]:
    """A writing statement without ``INTO variable`` after RETURNING."""
    keys = [token.key for token in tokens]
    after = keys.index("returning") if "returning" in keys else len(keys)
    return tokens[: keys.index("into", after)] if "into" in keys[after:] else tokens


class _Reader:
    """One pass over the tokens of a body; ``values`` are the variables whose value is known at this point."""

    def __init__(self, script: Script, values: dict[str, Value]) -> None:
        self.script = script
        self.tokens = [*script.tokens, Token("end", "", "", len(script.text), len(script.text))]
        self.values = values
        self.texts: set[str] = set()
        self.at = 0
        self._words: frozenset[str] | None = None

    # --- tokens -------------------------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        return self.tokens[self.at].key

    @property
    def done(self) -> bool:
        return self.tokens[self.at].kind == "end"

    def take(self, *keys: str) -> bool:
        if [token.key for token in self.tokens[self.at : self.at + len(keys)]] == list(keys):
            self.at += len(keys)
            return True
        return False

    def must(self, *keys: str) -> None:
        if not self.take(*keys):
            raise UnreadableBlockError

    def until(self, *keys: str) -> list[Token]:
        """The tokens up to one of these words, which is passed; parentheses and CASE … END are passed whole."""
        first, depth = self.at, 0
        while not self.done:
            key = self.key
            if depth == 0 and key in keys:
                self.at += 1
                return self.tokens[first : self.at - 1]
            depth += (key in ("(", "[", "case")) - (key in (")", "]") or (key == "end" and depth > 0))
            self.at += 1
        raise UnreadableBlockError

    # --- structure ----------------------------------------------------------------------------------------------------

    def whole(self) -> Block:
        """The outermost block."""
        block = self.block()
        if not self.done:
            raise UnreadableBlockError
        return block

    def block(self) -> Block:
        """[<<label>>] [DECLARE …] BEGIN … [EXCEPTION …] END [label];"""
        self.label()
        declared: list[Step] = []
        if self.take("declare"):
            while self.key != "begin":
                declared.append(self.declaration())
        self.must("begin")
        steps = (*declared, *self.steps())
        handlers = []
        if self.take("exception"):
            while self.take("when"):
                conditions = tuple(token.value for token in self.until("then") if token.key not in ("or", "sqlstate"))
                handlers.append(Handler(conditions, tuple(self.steps())))
        self.must("end")
        if not self.done and self.key != ";":
            self.at += 1
        self.take(";")
        return Block(steps, tuple(handlers))

    def label(self) -> None:
        """``<<name>>``."""
        if self.key in ("<<", "<"):
            self.until(">>", ">")
            self.take(">")

    def declaration(self) -> Assign:
        """``name [CONSTANT] type [:= value];``: a literal value is kept."""
        tokens = self.until(";")
        if not tokens:
            raise UnreadableBlockError
        keys = [token.key for token in tokens]
        starts = [keys.index(each) for each in (":=", "default", "=") if each in keys]
        if keys[1:2] in (["uuid"], ["text"]) and (len(keys) == 2 or 2 in starts):
            self.texts.add(tokens[0].value)
        return self.assign(tokens[0].value, tokens[min(starts) + 1 :] if starts else [])

    def assign(self, name: str, tokens: list[Token]) -> Assign:
        """Remember a variable's value when it is known, forget it when it is not."""
        value: Value | None = self.constant(tokens) if tokens else None
        if value is None and tokens:
            condition = read_condition(self.text(tokens), self.values)
            value = None if condition == UNKNOWN else condition
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value
        return Assign((name,), self.value(name, tokens))

    def value(self, name: str, tokens: list[Token]) -> ValueOfRow:
        """What a row gets where the variable is written; none is NULL."""
        if not tokens or [token.key for token in tokens] == ["null"]:
            return NULL
        if len(tokens) == 1 and tokens[0].kind == "string" and name in self.texts:
            return Constant(tokens[0].value)
        if tokens[0].key == "(" and _closes(tokens) == len(tokens) - 1:
            return read_lookup(self.script, tokens[1:-1])
        return None

    def steps(self) -> Iterator[Step]:
        """Steps up to a word that ends them."""
        while not self.done and self.key not in _ENDINGS:
            yield from self.step()

    def step(self) -> Iterator[Step]:
        """One step; those that only move data give nothing."""
        self.label()
        key = self.key
        if key in ("begin", "declare"):
            yield self.block()
        elif key == "if":
            yield self.choice()
        elif key in ("for", "foreach"):
            yield from self.loop()
        elif key in ("while", "loop", "case"):
            yield from self.compound()
        else:
            yield from self.simple(self.until(";"))

    def choice(self) -> Choice:
        """IF … END IF;"""
        first = self.at
        branches: list[Branch] = []
        otherwise: tuple[Step, ...] = ()
        while self.take("if") or self.take("elsif") or self.take("elseif"):
            asked = self.until("then")
            condition = read_condition(self.text(asked), self.values)
            branches.append(Branch(condition, self.apart(), self.tables_in(asked, expression=True)))
        if self.take("else"):
            otherwise = self.apart()
        self.must("end", "if", ";")
        tokens = self.tokens[first : self.at]
        doubt = gap(self.script, tokens, "condition that can't be told")
        return Choice(tuple(branches), otherwise, doubt.words, doubt.span)

    def apart(self) -> tuple[Step, ...]:
        """The steps of a branch; variables that it sets are not known afterwards."""
        before = dict(self.values)
        steps = tuple(self.steps())
        self.values = {name: value for name, value in before.items() if self.values.get(name) == value}
        return steps

    def compound(self) -> Iterator[Step]:
        """WHILE, LOOP, CASE, or a loop over rows: passed over whole, and not understood if it does more than move data."""
        first = self.at
        self.skip_compound()
        tokens = self.tokens[first : self.at]
        if _changes(tokens) or _grants(tokens):
            yield self.unread(tokens, "loop in a DO block", grants=not _changes(tokens))

    def skip_compound(self) -> None:
        """Pass everything up to the END LOOP or END CASE that belongs here."""
        depth = 0
        while not self.done:
            if self.key in ("loop", "case", "if", "begin") and self.tokens[self.at - 1].key != "end":
                opens = self.key != "if" or self.tokens[self.at - 1].key in (";", "then", "else", "loop", "begin")
                depth += opens
            elif self.key == "end":
                depth -= 1
                if depth == 0:
                    self.until(";")
                    return
            self.at += 1
        raise UnreadableBlockError

    # --- loops --------------------------------------------------------------------------------------------------------

    def loop(self) -> Iterator[Step]:
        """A loop over a literal list, turn by turn; any other is not understood."""
        first = self.at
        turns = self.turns()
        body = self.at
        if turns is None and (rows := self.row_loop(first)) is not None:
            yield rows
            return
        if turns is None or len(turns) > MOST_TURNS:
            yield from self.reading(self.tokens[first + 3 : self.at - 1])
            self.at = first
            yield from self.compound()
            return
        for turn in turns or [{}]:
            self.at = body
            self.values.update(turn)
            steps = tuple(self.steps())
            if turns:
                yield from steps
        self.must("end", "loop")
        self.until(";")

    def row_loop(self, first: int) -> RowLoop | None:
        """A loop over rows of the system catalogue, which only the replay can run; None for any other loop."""
        header, body = self.tokens[first : self.at - 1], self.at
        if header[0].key != "for" or header[2].key != "in":
            return None
        found = read_rows(self.text(header[3:]), self.values)
        if found is None:
            return None
        self.at = first
        self.skip_compound()
        whole = self.tokens[first : self.at]
        closing = next(at for at in range(self.at - 1, body - 1, -1) if self.tokens[at].key == "end")
        inner = self.tokens[body:closing]
        changes = _changes(inner)
        if not changes and not _grants(inner):
            return RowLoop(
                header[1].value, found[0], (), Text("", self.span(header)), (), frozenset(), self.span(whole)
            )
        text = Text(self.text(inner), self.span(inner))
        values = tuple((name, value) for name, value in self.values.items() if isinstance(value, str))
        words = gap(self.script, whole, "").words
        return RowLoop(header[1].value, found[0], found[1], text, values, words, self.span(whole), grants=not changes)

    def turns(self) -> list[dict[str, Value]] | None:
        """The values of the loop's variable for each turn, None when they can't be told."""
        each = self.take("foreach") or not self.take("for")
        names = self.until("in")
        tokens = self.until("loop")
        name = names[0].value
        if not each and (rows := self.listed_rows(names, tokens)) is not None:
            return rows
        value = self.constant(tokens[1:]) if each else self.unnested(tokens)
        return [{name: item} for item in value] if isinstance(value, tuple) else None

    def listed_rows(self, names: list[Token], tokens: list[Token]) -> list[dict[str, Value]] | None:
        """``SELECT * FROM (VALUES ('a', 'b'), …) AS t (x, y)``: the columns of each row; None for any other query."""
        keys = [token.key for token in tokens]
        if "values" not in keys or keys[0] not in ("select", "("):
            return None
        at = keys.index("values")
        inner = keys.index("from") if "from" in keys else 0
        if keys[inner + 1 : at] != ["("] or _closes(tokens[inner + 1 :]) < 0:
            return None
        end = inner + 1 + _closes(tokens[inner + 1 :])
        alias = [token for token in tokens[end + 1 :] if token.key not in ("as", ")")]
        columns = [token.value for token in alias[2:] if token.kind in ("word", "quoted")]
        if not columns or alias[1].key != "(" or any(token.key not in ("", ",", *columns) for token in alias[2:]):
            return None
        return self.rows_of(names, columns, tokens[at + 1 : end])

    def rows_of(self, names: list[Token], columns: list[str], tokens: list[Token]) -> list[dict[str, Value]] | None:
        """The turns that rows of literals give: as fields of a record, or as one variable each."""
        variables = [token.value for token in names if token.kind in ("word", "quoted")]
        turns: list[dict[str, Value]] = []
        for row in _parted(tokens, ","):
            items = [self.constant(part) for part in _parted(row[1:-1], ",")]
            known = [item for item in items if isinstance(item, str)]
            if len(known) != len(columns):
                return None
            fields: dict[str, Value] = {
                f"{variables[0]}.{name}": item for name, item in zip(columns, known, strict=True)
            }
            single = len(columns) == 1 or len(variables) > 1
            turns.append(fields | (dict(zip(variables, known, strict=False)) if single else {}))
        return turns

    def unnested(self, tokens: list[Token]) -> str | tuple[str, ...] | None:
        """``SELECT unnest(ARRAY[…])`` and ``VALUES ('a'), ('b')``, with or without parentheses."""
        while tokens and tokens[0].key == "(" and tokens[-1].key == ")":
            tokens = tokens[1:-1]
        keys = [token.key for token in tokens]
        if keys[:3] == ["select", "unnest", "("] and ")" in keys:
            return self.constant(tokens[3 : len(keys) - 1 - keys[::-1].index(")")])
        if keys[:1] == ["values"] and all(token.kind == "string" or token.key in "(),values" for token in tokens):
            return tuple(token.value for token in tokens if token.kind == "string")
        return None

    # --- statements ---------------------------------------------------------------------------------------------------

    def simple(self, tokens: list[Token]) -> Iterator[Step]:
        """One statement without its ``;``."""
        if not tokens or tokens[0].key == "null":
            return
        key = tokens[0].key
        if key == "execute":
            yield from self.execute(tokens)
        elif key == "raise":
            if len(tokens) == 1 or tokens[1].key not in ("notice", "warning", "info", "log", "debug"):
                yield Raise(next((t.value for t in tokens if t.kind == "string"), ""), self.span(tokens))
        elif key == "return":
            yield Return()
        elif len(tokens) > 1 and tokens[1].key in (":=", "=") and tokens[0].kind in ("word", "quoted"):
            yield self.assign(tokens[0].value, tokens[2:])
        elif key == "perform":
            yield from self.reading(tokens[1:])
            yield Assign(("found",), None)
        elif key in _DATA:
            yield Assign(("found", *(token.value for token in tokens if token.kind in ("word", "quoted"))), None)
        else:
            yield from self.sql(tokens)

    def sql(self, tokens: list[Token]) -> Iterator[Step]:
        """A statement of plain SQL; SELECT … INTO sets variables."""
        keys = [token.key for token in tokens]
        if (
            keys[0] == "select"
            or (keys[0] == "with" and not _WRITING & set(keys))
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
        targets = _targets(tokens[keys.index("into", after) + 1 :]) if "into" in keys[after:] else []
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
        targets = _targets(tokens[after:])
        rest = [*tokens[:at], *tokens[after + len(targets) :]]
        lookup = read_lookup(self.script, rest) if keys[0] == "select" and after == at + 1 else None
        return Assign(("found", *(token.value for token in targets)), lookup)

    def statement(self, script: Script, tokens: list[Token]) -> Statement:
        """What the statement does, read as at the top level."""
        from analyzer.sql.statement import read_statement

        return read_statement(script, [*tokens, Token("end", "", ";", tokens[-1].end, tokens[-1].end)])

    def execute(self, tokens: list[Token]) -> Iterator[Step]:
        """EXECUTE of a text that can be told is read as SQL; any other is not understood."""
        keys = [token.key for token in tokens]
        end = next((at for at, key in enumerate(keys) if key in ("using", "into")), len(tokens))
        text = self.constant(tokens[1:end])
        if not isinstance(text, str):
            beginning = _beginning(tokens[1:end])
            if not _HARMLESS.match(beginning):
                # A variable may hold any text that the block speaks of.
                yield self.unread(tokens, "EXECUTE of SQL that can't be told", self.words())
            elif _GRANTS.match(beginning):
                yield self.unread(tokens, "GRANT that can't be told", grants=True)
            return
        span = self.span(tokens)
        script = FixedScript(text, span)
        script.tokens = lex(text).tokens
        for inner in split(script):
            yield self.statement(script, inner[:-1])

    def words(self) -> frozenset[str]:
        """Every name of the block, those within its strings too."""
        if self._words is None:
            self._words = gap(self.script, self.script.tokens, "").words
        return self._words

    def unread(
        self, tokens: list[Token], reason: str, words: frozenset[str] = frozenset(), *, grants: bool = False
    ) -> Statement:
        """A step that is not understood; ``words`` are names that it may hold besides its own, ``grants`` all that it does."""
        found: Gap = gap(self.script, tokens, reason)
        known = frozenset(value for value in self.values.values() if isinstance(value, str))
        lists = frozenset(item for value in self.values.values() if isinstance(value, tuple) for item in value)
        return Statement("do", found.span, replace(found, words=found.words | known | lists | words, grants=grants))

    # --- values -------------------------------------------------------------------------------------------------------

    def text(self, tokens: list[Token]) -> str:
        """The text from the first of the tokens to the last."""
        return self.script.text[tokens[0].start : tokens[-1].end] if tokens else ""

    def span(self, tokens: list[Token]) -> Span:
        """Where the tokens stand."""
        return self.script.span(tokens[0].start, tokens[-1].end)

    def constant(self, tokens: list[Token], depth: int = 0) -> str | tuple[str, ...] | None:
        """The text or list of texts that an expression is; None when it can't be told."""
        if depth > _DEEPEST_VALUE:
            return None
        depth += 1
        tokens = _without_cast(tokens)
        if len(tokens) > 2 and tokens[0].value == "pg_catalog" and tokens[1].key == ".":
            tokens = tokens[2:]
        parts = list(_parted(tokens, "||"))
        if len(parts) > 1:
            texts = [self.constant(part, depth) for part in parts]
            return "".join(map(str, texts)) if all(isinstance(each, str) for each in texts) else None
        while len(tokens) > 2 and tokens[0].key == "(" and _closes(tokens) == len(tokens) - 1:
            tokens = _without_cast(tokens[1:-1])
        if len(tokens) == 1:
            return self.single(tokens[0])
        if len(tokens) == 3 and tokens[1].key == ".":
            value = self.values.get(f"{tokens[0].value}.{tokens[2].value}")
            return value if isinstance(value, str) else None
        if tokens and tokens[0].key == "array" and tokens[1].key == "[":
            items = [self.constant(part, depth) for part in _parted(tokens[2:-1], ",")]
            return tuple(str(item) for item in items) if all(isinstance(item, str) for item in items) else None
        if len(tokens) > 2 and tokens[1].key == "(" and _closes(tokens[1:]) == len(tokens) - 2:
            return self.call(tokens[0].key, [self.constant(part, depth) for part in _parted(tokens[2:-1], ",")])
        return None

    def single(self, token: Token) -> str | tuple[str, ...] | None:
        """A literal, or a variable."""
        if token.kind in ("string", "number"):
            return token.value
        value = self.values.get(token.value)
        return value if isinstance(value, str | tuple) else None

    def call(self, name: str, arguments: list[str | tuple[str, ...] | None]) -> str | None:
        """``format``, ``quote_ident`` and ``quote_literal`` of what is known."""
        known = [each for each in arguments if isinstance(each, str)]
        if len(known) != len(arguments) or not known:
            return None
        if name == "format":
            return fill(known[0], known[1:])
        if name in ("quote_ident", "quote_literal") and len(known) == 1:
            return quote(known[0], "I" if name == "quote_ident" else "L")
        return known[0].lower() if name == "lower" else "".join(known) if name == "concat" else None


def _changes(tokens: list[Token]) -> bool:
    """True when steps do more than move data and grant rights."""
    for at, token in enumerate(tokens):
        if token.key in _CHANGING:
            return True
        if token.key == "execute" and not _HARMLESS.match(_beginning(tokens[at + 1 :])):
            return True
    return False


def _grants(tokens: list[Token]) -> bool:
    """True when steps grant or revoke."""
    return any(
        token.key in ("grant", "revoke") or (token.key == "execute" and _GRANTS.match(_beginning(tokens[at + 1 :])))
        for at, token in enumerate(tokens)
    )


def _targets(tokens: list[Token]) -> list[Token]:
    """The tokens of ``name, record.field, …`` after INTO."""
    end = 0
    while end < len(tokens) and tokens[end].kind in ("word", "quoted"):
        end += 1
        if end < len(tokens) and tokens[end].key in (",", "."):
            end += 1
        else:
            break
    return tokens[:end]


def _beginning(tokens: list[Token]) -> str:
    """The literal with which the text begins, empty when it begins with something else."""
    while tokens and tokens[0].key in ("(", "format", "pg_catalog", "."):
        tokens = tokens[1:]
    return tokens[0].value if tokens and tokens[0].kind == "string" else ""


def _without_cast(tokens: list[Token]) -> list[Token]:
    keys = [token.key for token in tokens]
    if "::" not in keys:
        return tokens
    at = len(keys) - 1 - keys[::-1].index("::")
    plain = all(key not in ("||", ",") for key in keys[at:]) and keys[:at].count("(") == keys[:at].count(")")
    return _without_cast(tokens[:at]) if plain else tokens


def _closes(tokens: list[Token]) -> int:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if depth == 0:
            return at
    return -1


def _parted(tokens: list[Token], key: str) -> Iterator[list[Token]]:
    depth, first = 0, 0
    for at, token in enumerate(tokens):
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if depth == 0 and token.key == key:
            yield tokens[first:at]
            first = at + 1
    if first < len(tokens):
        yield tokens[first:]
