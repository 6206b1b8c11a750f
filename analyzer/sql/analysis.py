"""In which order PostgreSQL looks at the parts of an expression: of several faults it tells the first that it meets.

Arguments come before the function, FROM before the select list, and the type of a cast before what is cast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from analyzer.model.events import Text
from analyzer.sql.keywords import words
from analyzer.sql.lexer import Token, lex
from analyzer.sql.state import Refusal

_BRANCHES = frozenset(("union", "intersect", "except"))
_AFTER_FROM = words("where group having window order limit offset fetch for")
_OPEN, _CLOSE = frozenset(("(", "[")), frozenset((")", "]"))


def refuse_first(texts: Sequence[Text | None], *checks: Callable[[], object]) -> None:
    """Run every check, and raise the refusal that PostgreSQL would come to first in these texts."""
    refusals = []
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            refusals.append(refusal)
    if len(refusals) > 1:
        ranks = _ranks([text for text in texts if text is not None])
        refusals.sort(key=lambda each: ranks.get(each.at.start, 0.0) if each.at else 0.0)
    if refusals:
        raise refusals[0]


def refuse_first_of(tokens: Sequence[Token], places: Iterable[int], check: Callable[[int], object]) -> None:
    """Run the check on every place among the tokens, and raise the refusal that PostgreSQL would come to first."""
    refusals: list[tuple[int, Refusal]] = []
    for at in places:
        try:
            check(at)
        except Refusal as refusal:
            refusals.append((at, refusal))
    if len(refusals) > 1:
        ranks = ranks_of(tokens)
        refusals.sort(key=lambda each: ranks[each[0]])
    if refusals:
        raise refusals[0][1]


def _ranks(texts: Sequence[Text]) -> dict[int, float]:
    """For the byte where each token starts, when it is looked at."""
    ranks: dict[int, float] = {}
    for text in texts:
        script = lex(text.sql, text.span.start)
        first = len(ranks)
        for token, rank in zip(script.tokens, ranks_of(script.tokens), strict=True):
            ranks.setdefault(script.byte(token.start), first + rank)
    return ranks


def ranks_of(tokens: Sequence[Token]) -> list[float]:
    """For each token, when it is looked at."""
    ranks = [0.0] * len(tokens)
    for rank, at in enumerate(_arranged(tokens, 0, len(tokens))):
        ranks[at] = float(rank)
    for at, token in enumerate(tokens):
        if token.key == "::":
            _before(ranks, at + 1, _operand(tokens, at), at)
        elif token.key == "cast" and at + 1 < len(tokens) and tokens[at + 1].key == "(":
            end = _closing(tokens, at + 1)
            named = next((each for each in range(end - 1, at, -1) if tokens[each].key == "as"), end)
            _before(ranks, named + 1, at + 2, end)
    return ranks


def _before(ranks: list[float], type_: int, first: int, end: int) -> None:
    """Move the type of a cast before its operand."""
    if type_ < len(ranks) and first < end:
        ranks[type_] = min(ranks[first:end]) - 0.001


def _operand(tokens: Sequence[Token], at: int) -> int:
    """Where the operand begins of the cast whose ``::`` stands there."""
    first = at - 1
    while first > 0:
        if tokens[first].key in _CLOSE:
            first = _opening(tokens, first)
            if first and _is_name(tokens[first - 1]):
                first -= 1
            elif tokens[first].key == "[" and first:
                first -= 1
                continue
        if first > 1 and tokens[first - 1].key in (".", "::"):
            first -= 2
            continue
        break
    return max(first, 0)


def _is_name(token: Token) -> bool:
    return token.kind in ("word", "quoted")


def _opening(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for each in range(at, -1, -1):
        depth += (tokens[each].key in _CLOSE) - (tokens[each].key in _OPEN)
        if depth == 0:
            return each
    return 0


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for each in range(at, len(tokens)):
        depth += (tokens[each].key in _OPEN) - (tokens[each].key in _CLOSE)
        if depth == 0:
            return each
    return len(tokens)


def _arranged(tokens: Sequence[Token], first: int, end: int) -> Iterator[int]:
    """The tokens of a stretch in the order in which they are looked at."""
    starts = [at for at in _level(tokens, first, end) if tokens[at].key in _BRANCHES]
    for start, stop in zip([first, *starts], [*starts, end], strict=True):
        yield from _branch(tokens, start, stop)


def _branch(tokens: Sequence[Token], first: int, end: int) -> Iterator[int]:
    """One SELECT: what stands before it, FROM, the select list, and the rest."""
    level = list(_level(tokens, first, end))
    select = next((at for at in level if tokens[at].key == "select"), end)
    source = next((at for at in level if at > select and _is_from(tokens, at)), end)
    rest = next((at for at in level if at > source and tokens[at].key in _AFTER_FROM), end)
    for start, stop in ((first, select), (source, rest), (select, source), (rest, end)):
        yield from _plain(tokens, start, stop)


def _is_from(tokens: Sequence[Token], at: int) -> bool:
    distinct = tokens[at - 1].key == "distinct" and tokens[at - 2].key in ("is", "not")
    return tokens[at].key == "from" and not distinct


def _level(tokens: Sequence[Token], first: int, end: int) -> Iterator[int]:
    """The tokens that stand within no parentheses of the stretch."""
    at = first
    while at < end:
        yield at
        at = _closing(tokens, at) + 1 if tokens[at].key in _OPEN else at + 1


def _plain(tokens: Sequence[Token], first: int, end: int) -> Iterator[int]:
    """A stretch from left to right, but for the names of functions: they come after the arguments."""
    names: list[int] = []
    for at in _level(tokens, first, end):
        if tokens[at].key in _OPEN:
            closing = min(_closing(tokens, at), end - 1)
            yield at
            yield from _arranged(tokens, at + 1, closing)
            if closing > at:
                yield closing
            yield from names
            names = []
        elif _is_name(tokens[at]) or tokens[at].key == ".":
            if names and tokens[at].key != "." and tokens[names[-1]].key != ".":
                yield from names
                names = []
            names.append(at)
        else:
            yield from names
            names = []
            yield at
    yield from names
