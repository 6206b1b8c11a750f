"""Reads DO blocks: guards, handlers, loops over literal lists, and SQL that is put together from literals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from analyzer.model.events import (
    Assign,
    Block,
    Branch,
    Choice,
    CreateFunction,
    Gap,
    Handler,
    Leave,
    Need,
    Pick,
    Return,
    RowLoop,
    Statement,
    Step,
    Text,
    Turns,
)
from analyzer.sql.gap import gap
from analyzer.sql.guard import ABSENT, UNKNOWN, read_condition, read_rows
from analyzer.sql.lexer import Script, Token, lex
from analyzer.sql.plpgsql.constants import Value
from analyzer.sql.plpgsql.dynamic import (
    DEFINED,
    DEFINING,
    GRANTS,
    HARMLESS,
    beginning_of,
    changes_schema,
    grants_rights,
)
from analyzer.sql.plpgsql.queries import WRITING, Queries
from analyzer.sql.plpgsql.raising import read_raise
from analyzer.sql.plpgsql.tokens import FixedScript, UnreadableBlockError, closes, into_targets, parted, sets_part
from analyzer.sql.plpgsql.turns import listed_rows, unnested
from analyzer.sql.split import split
from analyzer.sql.template import fill

MOST_TURNS = 200
_ENDINGS = frozenset(("end", "exception", "elsif", "elseif", "else", "when"))
_DATA = frozenset(("get", "open", "fetch", "close", "move", "assert", "call", "commit"))
_ACTING = frozenset(("perform", "call", *WRITING))
_BODY = "the body that is not told"
_FINDING = frozenset(("select", "perform", "with", "fetch", "move", *WRITING))


def read_block(script: Script, values: Mapping[str, str] | None = None) -> Block:
    """The body of a DO block, or of a function whose arguments have these ``values``. Raises UnreadableBlockError."""
    return _Reader(script, dict(values or {})).whole()


def read_body(sql: str, start: int, values: Mapping[str, Value]) -> tuple[Step, ...]:
    """The steps of a part of a body, with what is known by then; ``start`` is its byte. Raises UnreadableBlockError."""
    reader = _Reader(lex(sql, start), dict(values))
    steps = tuple(reader.steps())
    if not reader.done:
        raise UnreadableBlockError
    return steps


class _Reader(Queries):
    """One pass over the tokens of a body."""

    def __init__(self, script: Script, values: dict[str, Value]) -> None:
        super().__init__(script, values)
        self.tokens = [*script.tokens, Token("end", "", "", len(script.text), len(script.text))]
        self.at = 0
        self._loops = 0
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

    def ahead_to(self, key: str) -> list[Token]:
        """The tokens up to a word, which are not passed."""
        ends = (at for at in range(self.at, len(self.tokens)) if self.tokens[at].key == key)
        return self.tokens[self.at : next(ends, self.at)]

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
            yield from self.naming(self.ahead_to("then"))
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
        if changes_schema(tokens) or grants_rights(tokens):
            yield self.unread(tokens, "loop in a DO block", grants=not changes_schema(tokens))
        if writing := tuple(self.writing(tokens)):
            yield Choice((Branch(UNKNOWN, writing),), (), frozenset(), self.span(tokens))

    def writing(self, tokens: list[Token]) -> Iterator[Statement]:
        """The statements that move rows, wherever within they stand."""
        for at, token in enumerate(tokens):
            if token.key in WRITING and tokens[at - 1].key in (";", "then", "else", "loop", "begin"):
                ends = (end for end in range(at, len(tokens)) if tokens[end].key in (";", "returning"))
                found = self.statement(self.script, tokens[at : next(ends, len(tokens))])
                if isinstance(found.event, Need):
                    yield found

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
        self._loops += 1
        read = []
        for turn in turns or [{}]:
            self.at = body
            self.values.update(turn)
            read.append(tuple(self.steps()))
        self._loops -= 1
        self.must("end", "loop")
        self.until(";")
        if turns:
            yield Turns(tuple(read))

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
        changes = changes_schema(inner) or any(token.key in _ACTING for token in inner)
        if not changes and not grants_rights(inner):
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
        if not each and (rows := listed_rows(self, names, tokens)) is not None:
            return rows
        value = self.constant(tokens[1:]) if each else unnested(self, tokens)
        return [{name: item} for item in value] if isinstance(value, tuple) else None

    # --- statements ---------------------------------------------------------------------------------------------------

    def simple(self, tokens: list[Token]) -> Iterator[Step]:
        """One statement without its ``;``."""
        if not tokens or tokens[0].key == "null":
            return
        key = tokens[0].key
        yield from self.naming(tokens)
        if key in _FINDING:
            self.values.pop("found", None)
        if key == "execute":
            yield from self.execute(tokens)
        elif key in ("continue", "exit"):
            yield self.leave(tokens)
        elif key == "raise":
            if (raised := read_raise(tokens, self.span(tokens))) is not None:
                yield raised
        elif key == "return":
            yield Return()
        elif len(tokens) > 1 and tokens[1].key in (":=", "=") and tokens[0].kind in ("word", "quoted"):
            yield self.assign(tokens[0].value, tokens[2:])
        elif sets_part(tokens):
            yield Assign((tokens[0].value,), None)
        elif key == "perform":
            yield from self.reading(tokens[1:])
            yield from self.running(tokens[1:])
            yield Assign(("found",), None)
        elif key in _DATA:
            yield Assign(("found", *(token.value for token in tokens if token.kind in ("word", "quoted"))), None)
        elif key == "select":
            yield from self.select(tokens)
        else:
            yield from self.sql(tokens)

    def leave(self, tokens: list[Token]) -> Step:
        """CONTINUE or EXIT [label] [WHEN condition]."""
        keys = [token.key for token in tokens]
        if keys[1:2] not in ([], ["when"]) and self._loops > 1:
            raise UnreadableBlockError  # the label may be of any loop around
        found = Leave(whole=keys[0] == "exit")
        if "when" not in keys:
            return found
        condition = read_condition(self.text(tokens[keys.index("when") + 1 :]), self.values)
        return Choice((Branch(condition, (found,)),), (), frozenset(), self.span(tokens))

    def select(self, tokens: list[Token]) -> Iterator[Step]:
        """SELECT; one INTO variables from the system catalogue gives what stands behind it to the replay to read."""
        head = tuple(self.sql(tokens))
        pick = self.picked(tokens)
        if pick is None:
            yield from head
            return
        first = self.at
        rest = tuple(self.steps())
        inner = self.tokens[first : self.at]
        names = {*pick.names, "found"}
        acts = changes_schema(inner) or any(token.key == "raise" for token in inner)
        if not pick.strict and (not acts or not any(token.value in names for token in inner)):
            yield from head
            yield from rest
        else:
            yield replace(pick, rest=Text(self.text(inner), self.span(inner or tokens)))

    def picked(self, tokens: list[Token]) -> Pick | None:
        """What SELECT … INTO … takes from the system catalogue, ``rest`` still empty; None for any other query."""
        keys = [token.key for token in tokens]
        if "into" not in keys:
            return None
        at = keys.index("into")
        after = at + 2 if keys[at + 1 : at + 2] == ["strict"] else at + 1
        targets = into_targets(tokens[after:])
        rest = [*tokens[:at], *tokens[after + len(targets) :]]
        names = tuple(token.value for token in targets if token.key != ",")
        text = " ".join(self.script.text[token.start : token.end] for token in rest)
        found = read_rows(text, self.values, first=True)
        if found is None or len(found[1]) != len(names) or "." in names or not all(column for *_, column in found[1]):
            return None
        texts = tuple((name, value) for name, value in self.values.items() if isinstance(value, str))
        absent = tuple(name for name, value in self.values.items() if value == ABSENT)
        return Pick(names, *found, Text("", self.span(tokens)), texts, absent, after > at + 1)

    def execute(self, tokens: list[Token]) -> Iterator[Step]:
        """EXECUTE of a text that can be told is read as SQL; any other is not understood."""
        keys = [token.key for token in tokens]
        end = next((at for at, key in enumerate(keys) if key in ("using", "into")), len(tokens))
        text = self.constant(tokens[1:end])
        if not isinstance(text, str) and self.definition(tokens[1:end]) is not None:
            # A function that is there is made again, with another body.
            yield Statement("do", self.span(tokens), Need("define"))
            return
        if not isinstance(text, str) and (made := self.with_other_body(tokens[1:end])) is not None:
            yield made
            return
        if not isinstance(text, str):
            beginning = beginning_of(tokens[1:end])
            if not HARMLESS.match(beginning):
                # A variable may hold any text that the block speaks of.
                words = frozenset() if DEFINING.match(beginning) else self.words() | {"create"}
                yield self.unread(tokens, "EXECUTE of SQL that can't be told", words)
            elif GRANTS.match(beginning):
                yield self.unread(tokens, "GRANT that can't be told", grants=True)
            return
        span = self.span(tokens)
        script = FixedScript(text, span)
        script.tokens = lex(text).tokens
        for inner in split(script):
            yield self.statement(script, inner[:-1])

    def with_other_body(self, tokens: list[Token]) -> Statement | None:
        """CREATE FUNCTION … AS %L, of which all but the body can be told."""
        keys = [token.key for token in tokens]
        if keys[:2] != ["format", "("] or closes(tokens[1:]) != len(tokens) - 2:
            return None
        given = [self.constant(part) for part in parted(tokens[2:-1], ",")]
        if given.count(None) != 1 or not all(isinstance(each, str | None) for each in given):
            return None
        text = fill(str(given[0]), [_BODY if each is None else str(each) for each in given[1:]])
        if text is None or text.count(_BODY) != 1 or f"'{_BODY}'" not in text:
            return None
        script = FixedScript(text, self.span(tokens))
        script.tokens = lex(text).tokens
        pieces = list(split(script))
        made = self.statement(script, pieces[0][:-1]) if len(pieces) == 1 else None
        if made is None or not isinstance(made.event, CreateFunction) or made.event.body is None:
            return None
        return replace(made, event=replace(made.event, statements=())) if made.event.body.sql == _BODY else None

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
        if not DEFINED.isdisjoint(words):
            # The definition of what is there already, with other words put in: they stand in the block.
            found = replace(found, dynamic=False)
        known = frozenset(value for value in self.values.values() if isinstance(value, str))
        lists = frozenset(item for value in self.values.values() if isinstance(value, tuple) for item in value)
        return Statement("do", found.span, replace(found, words=found.words | known | lists | words, grants=grants))
