"""Legal code that the grammar cannot read, spelt in another way of the same length.

Used only for a file whose tree has errors. The tree of the mended bytes tells where things stand; their text is always
taken from the file itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

# `typeof import('./x')` as a type argument, and `import('./x').Name[]`: a name instead.
_IMPORT_TYPE = re.compile(rb"(?:\btypeof\s+|(?<=[:<|&,=(])\s*)import\s*\(\s*(?:'[^'\n]*'|\"[^\"\n]*\")\s*\)")
# `x as typeof fetch` at the end of a line: the grammar looks for its type arguments on the next.
_TYPEOF = re.compile(rb"\bas\s+(typeof\s+)(?=[A-Za-z_$][\w$.]*[ \t]*\r?\n)")
# sql<Row[]>`…`: a tag whose type argument ends with `[]`.
_TAG = re.compile(rb"\[\](?=>`)")


def mend(data: bytes, errors: Iterable[Node]) -> bytes:
    """The file with each legal form respelt that is known to fail; the same bytes when there is none."""
    respelt = _IMPORT_TYPE.sub(_as_name, data)
    respelt = _TYPEOF.sub(lambda found: found[0].replace(found[1], b"_" * len(found[1])), respelt)
    respelt = _TAG.sub(b"  ", respelt)
    return _without_ampersands(respelt, errors)


def _as_name(found: re.Match[bytes]) -> bytes:
    text = found[0]
    start = len(text) - len(text.lstrip())
    return text[:start] + b"_" * (len(text) - start)


def _without_ampersands(data: bytes, errors: Iterable[Node]) -> bytes:
    """`A & B` and `&#127881;` in JSX text and in the strings of attributes: each is an ERROR that starts at the `&`."""
    blanked = bytearray(data)
    for node in errors:
        if data.startswith(b"&", node.start_byte):
            blanked[node.start_byte] = 0x20
    return bytes(blanked)
