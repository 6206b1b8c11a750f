"""Which patterns of paths cost more than they can be worth: a few stars make a regular expression try for hours."""

from __future__ import annotations

import re

_MOST = 3
_RUN = re.compile(r"\*+")


def too_many_wildcards(pattern: str) -> bool:
    """True for more than three stars in one part of the path, or more than three ``**``."""
    return pattern.count("**") > _MOST or any(len(_RUN.findall(part)) > _MOST for part in pattern.split("/"))
