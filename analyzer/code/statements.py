"""Tables that SQL in a code file speaks of, whatever it is handed to: found by a search of the bytes, without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

# How far before FROM its statement may have begun, and how far back an import.
_BEFORE, _CLAUSE = 2_000, 300

_LETTER = rb"[\w\x80-\xff]"
# A word begins after what is no word, and after the `\n` of a string.
_BEGINS = re.compile(rb"(?:(?<!" + _LETTER + rb")|(?<=\\[nrt]))")
_SPACE = rb"(?:\s|\\[nrt])+"
_QUOTE = rb'\\?"?'
_TABLE = (
    rb"(?:only" + _SPACE + rb")?(?:" + _QUOTE + rb"\w+" + _QUOTE + rb"\s*\.\s*)?" + _QUOTE + rb"(" + _LETTER + rb"+)"
)
_ALIAS = _QUOTE + rb"(?:" + _SPACE + rb"(?:as" + _SPACE + rb")?\w+)?"

# By the word that they begin with: after it stands the table, behind that what makes it SQL.
_STATEMENTS = {
    b"insert": re.compile(rb"insert" + _SPACE + rb"into" + _SPACE + _TABLE),
    b"merge": re.compile(rb"merge" + _SPACE + rb"into" + _SPACE + _TABLE),
    b"truncate": re.compile(rb"truncate" + _SPACE + rb"(?:table" + _SPACE + rb")?" + _TABLE),
    b"update": re.compile(rb"update" + _SPACE + _TABLE + _ALIAS + _SPACE + rb"set\b"),
    b"join": re.compile(rb"join" + _SPACE + _TABLE + _ALIAS + _SPACE + rb"(?:on|using)\b"),
    b"copy": re.compile(rb"copy" + _SPACE + _TABLE + _QUOTE + rb"\s*(?:\(|from\b|to\b)"),
}
_FROM = re.compile(rb"from" + _SPACE + rb'(?=(\\?"|' + _LETTER + rb"))")
_NAMED = re.compile(_TABLE)
_ANOTHER = re.compile(_ALIAS + rb"\s*,\s*")
_ASKS = re.compile(_BEGINS.pattern + rb"(?:select|delete)\b(?![^;]*;)")
_MODULE = re.compile(rb"(?:\b(?:im|ex)port\b|\})[^;\n]*\Z")


def tables_stated(data: bytes) -> tuple[str, ...]:
    """The names that stand where SQL has a table, in small letters: ``delete from deals``, ``update deals set``.

    Capitals make no difference, and neither does whether the text is a string: code may put a statement together.
    """
    text = data.lower()
    found = {name for word, statement in _STATEMENTS.items() for name in _after(text, word, statement)}
    found.update(_asked(text))
    return tuple(sorted(name.decode("utf-8", "surrogateescape") for name in found))


def _after(text: bytes, word: bytes, statement: re.Pattern[bytes]) -> Iterator[bytes]:
    for at in _places(text, word):
        if found := statement.match(text, at):
            yield found[1]


def _asked(text: bytes) -> Iterator[bytes]:
    """What stands behind the FROM of a statement."""
    for at in _places(text, b"from"):
        begins = _FROM.match(text, at)
        if begins is None or not _ASKS.search(text[max(at - _BEFORE, 0) : at]):
            continue
        if begins[1] != b'"' or not _MODULE.search(text[max(at - _CLAUSE, 0) : at]):
            yield from _listed(text, begins.end())


def _listed(text: bytes, at: int) -> Iterator[bytes]:
    while table := _NAMED.match(text, at):
        yield table[1]
        another = _ANOTHER.match(text, table.end())
        if another is None:
            return
        at = another.end()


def _places(text: bytes, word: bytes) -> Iterator[int]:
    at = text.find(word)
    while at != -1:
        if _BEGINS.match(text, at):
            yield at
        at = text.find(word, at + len(word))
