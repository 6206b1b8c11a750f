"""The select language of PostgREST: `*, alias:column->json::type, relation!hint!inner(…), ...spread(…), column.sum()`.

It is read as PostgREST's own parser reads it, after the client has taken out the white space that is not in quotes. What
follows a whole list is passed over, as PostgREST does.
"""

from __future__ import annotations

import re

from analyzer.code.cursor import Cursor
from analyzer.code.origin import Untold
from analyzer.code.wording import HOLE, Wording
from analyzer.model.facts import Name
from analyzer.model.request import Embed, Field, Selection

_SPACE = re.compile(r"[\s\ufeff]")
_SPACE_OR_QUOTE = re.compile(r'[\s\ufeff"]')
_ALIAS = re.compile(r":(?!:)")
_COUNT = re.compile(r"count\(\)")
_AGGREGATE = re.compile(r"\.(sum|avg|count|max|min)\(\)")
_JOIN = re.compile(r"!(left|inner)(?=[!(])")
_CAST = re.compile(r"::([\w $\0]+)")
_DOTTED = re.compile(r"(?=\.[\w$])")
# No one embeds deeper; it keeps the reading off the end of the stack.
_DEEPEST = 50


def read_selection(wording: Wording) -> Selection:
    """What the select list asks for, items with unknown parts left out.

    Raises `Refused` where PostgREST cannot parse it; of a wording with holes that says nothing.
    """
    return _forest(Cursor(_stripped(wording)), 0)


def _stripped(wording: Wording) -> Wording:
    """Without the white space outside double quotes, which the client takes out."""
    text = wording.text
    if _SPACE.search(text) is None:
        return wording
    kept: list[int] = []
    quoted, at = False, 0
    for found in _SPACE_OR_QUOTE.finditer(text):
        kept += range(at, found.start())
        quote = found[0] == '"'
        if quote or quoted:
            kept.append(found.start())
        quoted ^= quote
        at = found.end()
    return wording.kept((*kept, *range(at, len(text))))


def _forest(cursor: Cursor, depth: int) -> Selection:
    if depth > _DEEPEST:
        raise Untold("too deeply nested")
    found: list[Field | Embed | None] = []
    if not (cursor.ended() or cursor.sees(")")):
        found.append(_item(cursor, depth))
        while cursor.take(","):
            found.append(_item(cursor, depth))
    return Selection(
        tuple(each for each in found if isinstance(each, Field)),
        tuple(each for each in found if isinstance(each, Embed)),
    )


def _item(cursor: Cursor, depth: int) -> Field | Embed | None:
    """The next item; None for one that is not all known."""
    if cursor.ended() or cursor.sees(",") or cursor.sees(")"):
        raise cursor.refused("a name is missing after the comma" if cursor.at else "a name is missing before the comma")
    start = cursor.at
    spread = cursor.take("...")
    alias = None if spread else _alias(cursor)
    if cursor.take("*"):
        if alias is not None:
            raise cursor.refused("`*` can have no alias")
        cursor.holes()
        return Field(_ended(cursor, cursor.wording.name("*", start, start + 1)))
    found = None if spread else _count(cursor, alias)
    if found is not None:
        return found
    name = cursor.name()
    if name is None:
        raise cursor.refused()
    if spread or cursor.sees("!") or cursor.sees("("):
        return _embed(cursor, name, alias, spread, depth)
    return _field(cursor, name, alias)


def _alias(cursor: Cursor) -> str | None:
    start = cursor.at
    name = cursor.name()
    if name is not None and cursor.match(_ALIAS) is not None:
        return name.text
    cursor.at = start
    return None


def _count(cursor: Cursor, alias: str | None) -> Field | None:
    """`count()`, which counts rows."""
    if cursor.match(_COUNT) is None:
        return None
    cast = cursor.match(_CAST)
    _ended(cursor, None)
    return Field(None, alias, cast=cast[1].strip(" ") if cast else None, aggregate="count")


def _field(cursor: Cursor, name: Name, alias: str | None) -> Field | None:
    json = cursor.json_path()
    cast = cursor.match(_CAST)
    aggregate = cursor.match(_AGGREGATE)
    outer = cursor.match(_CAST) if aggregate is not None else None
    cursor.holes()
    if cursor.match(_DOTTED) is not None:
        raise cursor.refused(
            "only an aggregate can follow a dot; the columns of a relation stand in `relation(column)`"
        )
    _ended(cursor, name)
    if HOLE in name.text:
        return None
    kind = outer or cast
    return Field(name, alias, json, kind[1].strip(" ") if kind else None, aggregate[1] if aggregate else None)


def _embed(cursor: Cursor, name: Name, alias: str | None, spread: bool, depth: int) -> Embed | None:
    hint, join = None, None
    for _ in range(2):
        if (joined := cursor.match(_JOIN)) is not None:
            join = join or joined[1]
        elif cursor.take("!"):
            named = cursor.name()
            if named is None:
                raise cursor.refused("a hint is missing after `!`")
            hint = hint or named
    if not cursor.take("("):
        raise cursor.refused("a relation needs its columns in parentheses")
    selection = _forest(cursor, depth + 1)
    cursor.holes()
    if not cursor.take(")"):
        raise cursor.refused("the parenthesis is not closed" if cursor.ended() else "")
    cursor.holes()
    if HOLE in name.text + (alias or "") + (hint.text if hint else ""):
        return None
    return Embed(name, selection, alias, hint, "inner" if join == "inner" else "left" if join else None, spread)


def _ended(cursor: Cursor, name: Name | None) -> Name | None:
    """The name again, when its item ends here."""
    if not (cursor.ended() or cursor.sees(",") or cursor.sees(")")):
        raise cursor.refused()
    return name
