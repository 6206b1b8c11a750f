"""Two tokens that cannot follow one another in any SQL: a body that holds them is refused as soon as it is made.

That is told by the letters of its outline, so that no expression has to be read.
"""

from __future__ import annotations

import re

from analyzer.sql.plpgsql.outline import Outline

# A comma before what ends a list or opens one; an operand that is missing before or behind an operator; two literals.
_WRONG = re.compile("(?:,(?=[);F])|[(](?=,)|[ox=](?=o)|[ox](?=[);,tF])|n(?=n))(.)")
# Where an operator is named, it stands for itself.
_NAMING = frozenset(("create", "alter", "drop", "operator", "exclude", "comment"))
_BEFORE_NAME = frozenset(("(", ".", "using", "with", "operator"))


def misplaced(outline: Outline) -> int | None:
    """The number of the first token that cannot stand where it does."""
    for found in _WRONG.finditer(outline.letters):
        at = found.start()
        if found[0][0] not in "ox" or not _is_name(outline, at):
            return at + 1
    return None


def _is_name(outline: Outline, at: int) -> bool:
    """Whether the operator may be one that is named."""
    if outline.keys[at - 1] in _BEFORE_NAME:
        return True
    start = outline.letters.rfind(";", 0, at) + 1
    return not _NAMING.isdisjoint(outline.keys[start:at])
