"""Values of variables and expressions, as far as the literals of a body tell them."""

from __future__ import annotations

import re
from typing import TypeAlias

from analyzer.model.events import NULL, Assign, Condition, Constant, IsThere
from analyzer.model.events import Value as ValueOfRow
from analyzer.model.span import Span
from analyzer.sql.guard import UNKNOWN, read_condition
from analyzer.sql.lexer import Script, Token
from analyzer.sql.plpgsql.tokens import closes, parted, without_cast
from analyzer.sql.template import fill, quote
from analyzer.sql.values import read_lookup

Value: TypeAlias = "str | tuple[str, ...] | Condition"
# No one nests calls deeper in what is to be run; it keeps the reading linear.
_DEEPEST_VALUE = 20
_DEFINITION = "definition of "
_SIGNATURE = re.compile(r'[\w."]+\([\w\s.,"\[\]]*\)$')


class Constants:
    """Expressions over the tokens of a body; ``values`` are the variables whose value is known at this point."""

    def __init__(self, script: Script, values: dict[str, Value]) -> None:
        self.script = script
        self.values = values
        self.texts: set[str] = set()

    def assign(self, name: str, tokens: list[Token]) -> Assign:
        """Remember a variable's value when it is known, forget it when it is not."""
        value: Value | None = self.constant(tokens) if tokens else None
        if value is None:
            value = self.definition(tokens)
        if value is None and tokens:
            condition = read_condition(self.text(tokens), self.values)
            value = None if condition == UNKNOWN else condition
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value
        return Assign((name,), self.value(name, tokens))

    def definition(self, tokens: list[Token]) -> IsThere | None:
        """The CREATE OR REPLACE of a function that is there, with another body; None where its head may be another, too."""
        name = next((found for at in range(len(tokens)) if (found := self._defined(tokens, at))), None)
        if name is None:
            return None
        texts = (
            token.value.lower() for token in tokens if token.kind == "string" and not _SIGNATURE.match(token.value)
        )
        changed = any(name in text or "function" in text for text in texts)
        return None if changed else IsThere(Constant(_DEFINITION + name))

    def _defined(self, tokens: list[Token], at: int) -> str | None:
        """The bare name of the function whose definition the token stands for."""
        given = tokens[at + 2 : at + 3]
        if tokens[at].key == "pg_get_functiondef" and given and given[0].kind == "string":
            return given[0].value.partition("(")[0].rpartition(".")[2].strip('"').lower()
        value = self.values.get(tokens[at].value) if tokens[at].kind in ("word", "quoted") else None
        text = value.value.text if isinstance(value, IsThere) and isinstance(value.value, Constant) else ""
        return text.removeprefix(_DEFINITION) if text.startswith(_DEFINITION) else None

    def value(self, name: str, tokens: list[Token]) -> ValueOfRow:
        """What a row gets where the variable is written; none is NULL."""
        if not tokens or [token.key for token in tokens] == ["null"]:
            return NULL
        if len(tokens) == 1 and tokens[0].kind == "string" and name in self.texts:
            return Constant(tokens[0].value)
        if tokens[0].key == "(" and closes(tokens) == len(tokens) - 1:
            return read_lookup(self.script, tokens[1:-1])
        return None

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
        tokens = without_cast(tokens)
        if len(tokens) > 2 and tokens[0].value == "pg_catalog" and tokens[1].key == ".":
            tokens = tokens[2:]
        parts = list(parted(tokens, "||"))
        if len(parts) > 1:
            texts = [self.constant(part, depth) for part in parts]
            return "".join(map(str, texts)) if all(isinstance(each, str) for each in texts) else None
        while len(tokens) > 2 and tokens[0].key == "(" and closes(tokens) == len(tokens) - 1:
            tokens = without_cast(tokens[1:-1])
        if len(tokens) == 1:
            return self.single(tokens[0])
        if len(tokens) == 3 and tokens[1].key == ".":
            value = self.values.get(f"{tokens[0].value}.{tokens[2].value}")
            return value if isinstance(value, str) else None
        if tokens and tokens[0].key == "array" and tokens[1].key == "[":
            items = [self.constant(part, depth) for part in parted(tokens[2:-1], ",")]
            return tuple(str(item) for item in items) if all(isinstance(item, str) for item in items) else None
        if len(tokens) > 2 and tokens[1].key == "(" and closes(tokens[1:]) == len(tokens) - 2:
            return self.call(tokens[0].key, [self.constant(part, depth) for part in parted(tokens[2:-1], ",")])
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
