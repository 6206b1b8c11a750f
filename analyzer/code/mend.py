"""Legal code that the grammar cannot read, spelt in another way of the same length.

Used only for a file whose tree has errors. The tree of the mended bytes tells where things stand; their text is always
taken from the file itself.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

# `typeof import('./x')` as a type argument, and `import('./x').Name[]`: a name instead.
_IMPORT_TYPE = re.compile(rb"(?:\btypeof\s+|(?<=[:<|&,=(>])\s*)import\s*\(\s*(?:'[^'\n]*'|\"[^\"\n]*\")\s*\)")
# sql<{ id: string }[]>`…`: a tag with type arguments. Bounded, so that a file full of `<` costs no more than its length.
_TAG_TYPES = re.compile(rb"(?<=[\w$])<(?:[^<>`]|<[^<>`]{0,200}>){0,400}>(?=`)")
# export type * from './x'
_EXPORT_TYPES = re.compile(rb"(?<=\bexport)\s+type(?=\s*\*)")
# [old: Node, new: Node]: a tuple's label that is a keyword.
_LABEL = re.compile(rb"(?<=[\[,])\s*new(?=\s*\??:)")
# A property named `in…` after a line without `;`: the grammar takes it for the operator.
_IN_NAME = re.compile(rb"(?<=\n)[ \t]*in(?=\w*\??:)")

# &#127881; and &#x1F389; in JSX text.
_CHARACTER = re.compile(rb"&#(?:\d+|[xX][0-9a-fA-F]+);")


def mend(data: bytes, errors: Iterable[Node]) -> bytes:
    """The file with each legal form respelt that is known to fail; the same bytes when there is none."""
    respelt = data
    for form, letter in _FORMS:
        respelt = form.sub(partial(_respelt, letter), respelt)
    return _without_ampersands(respelt, errors)


_FORMS = (
    (_CHARACTER, b" "),
    (_IMPORT_TYPE, b"_"),
    (_TAG_TYPES, b" "),
    (_EXPORT_TYPES, b" "),
    (_LABEL, b"_"),
    (_IN_NAME, b"_"),
)


def _respelt(letter: bytes, found: re.Match[bytes]) -> bytes:
    text = found[0]
    start = len(text) - len(text.lstrip())
    return text[:start] + letter * (len(text) - start)


def _without_ampersands(data: bytes, errors: Iterable[Node]) -> bytes:
    """`A & B` in JSX text and in the strings of attributes: each is an ERROR that starts at the `&`."""
    blanked = bytearray(data)
    for node in errors:
        if data.startswith(b"&", node.start_byte):
            blanked[node.start_byte] = 0x20
    return bytes(blanked)
