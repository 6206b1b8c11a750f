"""Tables that SQL in a code file speaks of, whatever it is handed to: found by a search of the bytes, without a parser."""

from __future__ import annotations

import re

# How far before a name its statement may have begun, what the name follows in it, and how far it goes on.
_BEFORE = 2_000
_CLAUSE = 300
_BEHIND = 200

# A word begins after what is no word, and after the `\n` of a string.
_WORD = rb"(?:(?<![\w\x80-\xff])|(?<=\\[nrt]))"
_SPACE = rb"(?:\s|\\[nrt])+"
_QUALIFIED = rb'(?:\\?"?\w+\\?"?\s*\.\s*)?\\?"?'
_LISTED = rb'(?:[\w."\\]+(?:' + _SPACE + rb"(?:as" + _SPACE + rb")?\w+)?\s*,\s*)*"
_FROM = re.compile(_WORD + rb"from" + _SPACE + rb"(?:only" + _SPACE + rb")?" + _LISTED + _QUALIFIED + rb"\Z")
_ASKS = re.compile(_WORD + rb"(?:select|delete)\b(?![^;]*;)")
_MODULE = re.compile(rb'(?:\b(?:im|ex)port\b|\})[^;\n]*from\s*"\Z')
_WRITES = re.compile(
    _WORD
    + rb"(?:(?:insert|merge)"
    + _SPACE
    + rb"into|truncate(?:"
    + _SPACE
    + rb"table)?)"
    + _SPACE
    + _QUALIFIED
    + rb"\Z"
)
_TAKES = re.compile(_WORD + rb"(update|join|copy)" + _SPACE + rb"(?:only" + _SPACE + rb")?" + _QUALIFIED + rb"\Z")
_ALIAS = rb'\\?"?(?:' + _SPACE + rb"(?:as" + _SPACE + rb")?\w+)?" + _SPACE
_GOES_ON = {
    b"update": re.compile(_ALIAS + rb"set\b"),
    b"join": re.compile(_ALIAS + rb"(?:on|using)\b"),
    b"copy": re.compile(rb'\\?"?\s*(?:\(|from\b|to\b)'),
}


def tables_stated(data: bytes, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that stand where SQL has a table: ``delete from deals``, ``join deals on``, ``update deals set``.

    Capitals make no difference, and neither does whether the text is a string: code may put a statement together.
    """
    text = data.lower()
    return tuple(name for name in names if _is_stated(text, name.lower().encode("utf-8", "surrogateescape")))


def _is_stated(text: bytes, name: bytes) -> bool:
    if name not in text:
        return False
    word = re.compile(_WORD + re.escape(name) + rb"(?![\w\x80-\xff])")
    return any(_is_table(text, *each.span()) for each in word.finditer(text))


def _is_table(text: bytes, at: int, end: int) -> bool:
    clause = text[max(at - _CLAUSE, 0) : at]
    taken = _TAKES.search(clause)
    if taken is not None:
        return _GOES_ON[taken[1]].match(text, end, end + _BEHIND) is not None
    if _WRITES.search(clause) is not None:
        return True
    found = _FROM.search(clause)
    if found is None or _MODULE.search(clause) is not None:
        return False
    start = at - len(clause) + found.start()
    return _ASKS.search(text[max(start - _BEFORE, 0) : start]) is not None
