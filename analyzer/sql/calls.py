"""The functions that a piece of SQL calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analyzer.model.events import Ref, Run
from analyzer.model.record import Record
from analyzer.sql.builtins import is_builtin_function
from analyzer.sql.keywords import COLUMN_NAME, NOT_A_COLUMN, UNRESERVED
from analyzer.sql.lexer import Script, Token

_KEYWORDS = NOT_A_COLUMN | COLUMN_NAME | UNRESERVED
_NO_CALL = frozenset(("::", ".", ")", "as", "with", "recursive", "into", "ordinality"))
_SYSTEM = ("pg_catalog", "information_schema")


class Call(Record, frozen=True):
    """A call: which token is the function's name, where the name starts, and how many arguments there are.

    ``arguments`` is None when they can't be counted.
    """

    at: int
    schema: str | None
    name: str
    first: int
    arguments: int | None

    def ref(self, script: Script) -> Ref:
        """The name with its place."""
        tokens = script.tokens
        return Ref(self.schema, self.name, script.span(tokens[self.first].start, tokens[self.at].end))


def calls_in(tokens: Sequence[Token], *, sure: bool = True) -> Iterator[Call]:
    """What is called for sure; without that, what may be.

    An alias with columns (``AS t (a, b)``) and a WITH query look alike, and are left out of what is sure.
    """
    keys = {token.key for token in tokens}
    query = sure and "select" in keys and not keys.isdisjoint(("from", "with"))
    for at, token in enumerate(tokens):
        if token.key != "(" or not at or not is_plain_name(tokens[at - 1]):
            continue
        qualified = at > 2 and tokens[at - 2].key == "."
        before = tokens[at - 4 if qualified else at - 2] if at > (3 if qualified else 1) else None
        if before is not None and (before.key in _NO_CALL or is_plain_name(before) or (query and before.key == ",")):
            continue
        schema = tokens[at - 3].value if qualified else None
        yield Call(at - 1, schema, tokens[at - 1].value, at - 3 if qualified else at - 1, count_arguments(tokens, at))


def own_calls(script: Script, tokens: Sequence[Token]) -> tuple[Ref, ...]:
    """The functions that are called and are not PostgreSQL's own, each once."""
    found: dict[tuple[str | None, str], Ref] = {}
    for call in calls_in(tokens):
        if not _is_system(call.schema, call.name):
            found.setdefault((call.schema, call.name), _named(script, tokens, call))
    return tuple(found.values())


def runs_in(
    script: Script, tokens: Sequence[Token], value: Callable[[list[Token]], str | None] | None = None
) -> tuple[Run, ...]:
    """The functions that a SELECT or CALL runs, none of them PostgreSQL's own; of one for each row no argument can be told.

    ``value`` tells the text that an expression is, where more than literals are known.
    """
    calls = (each for each in calls_in(tokens, sure=False) if not _is_system(each.schema, each.name))
    rows = any(token.key == "from" for token in tokens)
    tell = value or _literal
    return tuple(
        Run(_named(script, tokens, each), () if rows else _arguments(tokens, each.at + 1, tell)) for each in calls
    )


def _named(script: Script, tokens: Sequence[Token], call: Call) -> Ref:
    return Ref(call.schema, call.name, script.span(tokens[call.first].start, tokens[call.at].end))


def _is_system(schema: str | None, name: str) -> bool:
    return schema in _SYSTEM or (schema is None and is_builtin_function(name))


def _arguments(
    tokens: Sequence[Token], opening: int, value: Callable[[list[Token]], str | None]
) -> tuple[str | None, ...]:
    """The arguments within the parentheses."""
    depth, arguments, part = 0, list[str | None](), list[Token]()
    for token in tokens[opening:]:
        depth += (token.key in ("(", "[")) - (token.key in (")", "]"))
        if depth == 0 or (depth == 1 and token.key == ","):
            arguments += [value(part)] if part else []
            part = []
            if depth == 0:
                break
        elif depth > 1 or token.key != "(":
            part.append(token)
    return tuple(arguments)


def _literal(part: list[Token]) -> str | None:
    """The text of a literal, with or without a cast."""
    plain = len(part) == 1 or part[1].key == "::"
    return part[0].value if plain and part[0].kind in ("string", "number") else None


def count_arguments(tokens: Sequence[Token], opening: int) -> int | None:
    """How many arguments stand within the parentheses; None for ``f(*)``, ``f(VARIADIC …)`` and what has no end."""
    depth, count = 0, 0
    for at in range(opening, len(tokens)):
        key = tokens[at].key
        depth += (key in ("(", "[")) - (key in (")", "]"))
        if depth == 0:
            return count + 1 if at > opening + 1 else 0
        if depth == 1 and key in ("variadic", "order", "distinct", "all"):
            return None
        if key == "*" and at == opening + 1:
            return None
        count += depth == 1 and key == ","
    return None


def is_parenthesis(tokens: Sequence[Token]) -> bool:
    """True when the first token opens what the last one closes."""
    depth = 0
    for number, token in enumerate(tokens, 1):
        depth += (token.key == "(") - (token.key == ")")
        if depth == 0:
            return number == len(tokens) > 1
    return False


def is_plain_name(token: Token) -> bool:
    """True for a name that is no word of SQL's."""
    return token.kind == "quoted" or (token.kind == "word" and token.key not in _KEYWORDS)
