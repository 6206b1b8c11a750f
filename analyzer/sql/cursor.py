"""A place in a statement's tokens, and the small steps that every reader is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

from analyzer.model.events import Ref, Text
from analyzer.model.span import Span
from analyzer.sql.keywords import NOT_A_COLUMN, NOT_A_LABEL
from analyzer.sql.lexer import Script, Token, names_within, quoted_part

T = TypeVar("T")


class RefusedError(Exception):
    """PostgreSQL's grammar stops at this token; ``message`` is set where it says more than that."""

    def __init__(self, token: Token, message: str = "") -> None:
        super().__init__(token.value)
        self.token = token
        self.message = message


class NotUnderstoodError(Exception):
    """The statement may well be right, but this reader can't say what it does; the text says why."""


class Cursor:
    """A position among the tokens of one statement; the last of them is always the ``end`` token.

    Steps that ``must`` find something raise ``RefusedError`` when it is not there: use them only where PostgreSQL's
    grammar leaves no other way.
    """

    __slots__ = ("at", "modifiers", "script", "tokens")

    def __init__(self, script: Script, tokens: list[Token], modifiers: frozenset[str] = frozenset()) -> None:
        self.script = script
        self.tokens = tokens
        self.at = 0
        self.modifiers = modifiers

    # --- looking ------------------------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    @property
    def key(self) -> str:
        """The next token's key."""
        return self.tokens[self.at].key

    @property
    def done(self) -> bool:
        """True when nothing is left."""
        return self.tokens[self.at].kind == "end"

    def ahead(self, steps: int = 1) -> Token:
        """A later token; the end token when there are not so many."""
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def sees(self, *keys: str) -> bool:
        """True when these words or operators come next."""
        tokens, at = self.tokens, self.at
        if tokens[at].key != keys[0]:
            return False
        return len(keys) == 1 or [token.key for token in tokens[at : at + len(keys)]] == list(keys)

    # --- stepping -----------------------------------------------------------------------------------------------------

    def step(self) -> Token:
        """The next token, which is passed; the end token is never passed."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def take(self, *keys: str) -> bool:
        """Pass these words if they come next, and say whether they did."""
        if self.tokens[self.at].key != keys[0] or (len(keys) > 1 and not self.sees(*keys)):
            return False
        self.at += len(keys)
        return True

    def take_any(self, *keys: str) -> str:
        """Pass the next token if it is one of these; its key, or empty."""
        key = self.tokens[self.at].key
        if key and key in keys:
            self.at += 1
            return key
        return ""

    def must(self, *keys: str) -> None:
        """Pass these words; the statement is refused at the first that is not there."""
        for key in keys:
            if self.tokens[self.at].key != key:
                raise RefusedError(self.token)
            self.at += 1

    def must_any(self, *keys: str) -> str:
        """Pass one of these words, and say which."""
        return self.take_any(*keys) or self.refuse()

    def clause(self, *keys: str) -> bool:
        """Pass these words if the first of them comes next: then all the others must follow."""
        if self.tokens[self.at].key != keys[0]:
            return False
        self.must(*keys)
        return True

    def must_end(self) -> None:
        """Nothing may be left."""
        if not self.done:
            raise RefusedError(self.token)

    def refuse(self) -> NoReturn:
        """PostgreSQL stops here."""
        raise RefusedError(self.token)

    # --- names and values ---------------------------------------------------------------------------------------------

    def is_name(self, refused: frozenset[str] = NOT_A_COLUMN) -> bool:
        """True when the next token can be a name."""
        token = self.tokens[self.at]
        return token.kind == "quoted" or (token.kind == "word" and token.key not in refused)

    def name(self, refused: frozenset[str] = NOT_A_COLUMN) -> str:
        """An identifier; ``refused`` are the keywords that can't be one here."""
        token = self.tokens[self.at]
        if token.kind == "quoted" or (token.kind == "word" and token.key not in refused):
            self.at += 1
            return token.value
        raise RefusedError(token)

    def ref(self, refused: frozenset[str] = NOT_A_COLUMN) -> Ref:
        """A name that may be qualified; of three parts the first, a database, is left out.

        ``refused`` are the keywords that can't be the name when it stands alone.
        """
        first = self.token
        parts = [self.name(NOT_A_COLUMN if self.ahead().key == "." else refused)]
        while self.tokens[self.at].key == ".":
            self.at += 1
            parts.append(self.name(NOT_A_LABEL))
        return Ref(parts[-2] if len(parts) > 1 else None, parts[-1], self.span_from(first))

    def dotted(self) -> list[Token]:
        """The name tokens of ``a.b.c``."""
        parts = [self.token]
        self.name()
        while self.take("."):
            parts.append(self.token)
            self.name(NOT_A_LABEL)
        return parts

    def string(self) -> str:
        """The value of a string literal."""
        if self.token.kind != "string":
            raise RefusedError(self.token)
        return self.step().value

    def quoted_text(self) -> Text:
        """What stands within the quotes of a string literal, as it is written there."""
        token = self.token
        self.string()
        start, end = quoted_part(self.script.text[token.start : token.end])
        inner = self.script.text[token.start + start : token.start + end]
        names = names_within(inner if self.script.text[token.start] == "$" else inner.replace("''", "'"))
        return Text(inner, self.script.span(token.start + start, token.start + end), names)

    # --- lists --------------------------------------------------------------------------------------------------------

    def listed(self, read: Callable[[], T]) -> tuple[T, ...]:
        """One or more, parted by commas."""
        found = [read()]
        while self.take(","):
            found.append(read())
        return tuple(found)

    def in_parens(self, read: Callable[[], T]) -> tuple[T, ...]:
        """A list of one or more within parentheses."""
        self.must("(")
        found = self.listed(read)
        self.must(")")
        return found

    def names_in_parens(self) -> tuple[str, ...]:
        """A list of column names within parentheses."""
        return self.in_parens(self.name)

    # --- what is kept as text -----------------------------------------------------------------------------------------

    def skip_parens(self) -> list[Token]:
        """Pass ``( … )`` or ``[ … ]`` with all that it holds; the tokens within."""
        first = self.at
        if self.key not in ("(", "["):
            raise RefusedError(self.token)
        closing: list[str] = []
        while True:
            token = self.tokens[self.at]
            if token.key in _CLOSING:
                closing.append(_CLOSING[token.key])
            elif token.kind == "end" or (token.key in (")", "]") and token.key != closing.pop()):
                raise RefusedError(token)
            self.at += 1
            if not closing:
                return self.tokens[first + 1 : self.at - 1]

    def parens(self) -> Text:
        """The text within ``( … )``; refused when there is none."""
        inner = self.skip_parens()
        if not inner:
            raise RefusedError(self.tokens[self.at - 1])
        return self.script.piece(inner)

    def until(self, *keys: str) -> list[Token]:
        """Pass everything up to one of these words or the end, parentheses as a whole; at least one token."""
        first = self.at
        while (token := self.tokens[self.at]).kind != "end" and token.key not in keys:
            if token.key in _CLOSING:
                self.skip_parens()
            elif token.key in (")", "]"):
                break
            else:
                self.at += 1
        if self.at == first:
            raise RefusedError(self.token)
        return self.tokens[first : self.at]

    def text_until(self, *keys: str) -> Text:
        """The text up to one of these words or the end."""
        return self.script.piece(self.until(*keys))

    def skip_rest(self) -> list[Token]:
        """Pass everything that is left; refused only where parentheses don't match."""
        first = self.at
        while not self.done:
            if self.key in _CLOSING:
                self.skip_parens()
            elif self.key in (")", "]"):
                raise RefusedError(self.token)
            else:
                self.at += 1
        return self.tokens[first:-1]

    # --- places -------------------------------------------------------------------------------------------------------

    def span_of(self, token: Token) -> Span:
        """Where a token stands."""
        return self.script.span(token.start, token.end)

    def span_from(self, first: Token) -> Span:
        """From a token to the last one passed."""
        return self.script.span(first.start, self.tokens[self.at - 1].end)

    def text_from(self, first: int) -> Text:
        """The text from a position to the last token passed."""
        return self.script.piece(self.tokens[first : self.at])

    # --- what many statements say -------------------------------------------------------------------------------------

    def if_exists(self) -> bool:
        """IF EXISTS, where a name may stand instead: ``if`` alone is a name."""
        return self.take("if", "exists")

    def if_not_exists(self) -> bool:
        """IF NOT EXISTS."""
        return self.take("if", "not", "exists")

    def cascade(self) -> bool:
        """True for CASCADE, False for RESTRICT or nothing."""
        return self.take_any("cascade", "restrict") == "cascade"


_CLOSING = {"(": ")", "[": "]"}
