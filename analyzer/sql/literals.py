"""Which texts PostgreSQL takes for values of its types, as far as that is plain."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Callable

_UUID = re.compile(r"\{?[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}\}?", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?(?:0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)", re.IGNORECASE)
_NUMBER = re.compile(
    r"[+-]?(?:0[xob][0-9a-f_.]+(?:p[+-]?[0-9]+)?|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:e[+-]?[0-9_]+)?|inf(?:inity)?|nan)",
    re.IGNORECASE,
)
_BOOLEAN = re.compile(r"t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|y(?:es?)?|no?|on|off?|[01]", re.IGNORECASE)
# Whatever holds a digit may be a date, and whatever stands around these words is passed over.
_MOMENT = re.compile(r".*(?:\d|now|today|tomorrow|yesterday|epoch|infinity|allballs).*", re.IGNORECASE | re.DOTALL)
# A date whose order of year, month and day no setting changes.
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9-]).*", re.DOTALL)
_DIGITS = re.compile(r"[+-]?[0-9]+")
_BITS = {"smallint": 15, "integer": 31, "bigint": 63}
_ARRAY = re.compile(r"\{.*\}|\[[-+\d].*=\s*\{.*\}", re.DOTALL)


def _fullmatch(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=str)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def _is_in_range(type_: str, text: str) -> bool:
    bits = _BITS.get(type_)
    return bits is None or _DIGITS.fullmatch(text) is None or -(1 << bits) <= int(text) < 1 << bits


def _is_day(text: str) -> bool:
    """False for a day that no calendar has."""
    said = _DAY.fullmatch(text)
    if said is None:
        return True
    year, month, day = map(int, said.groups())
    return year > 0 and 0 < month < 13 and 0 < day <= monthrange(year, month)[1]


# The type's check, and the SQLSTATE of what does not pass it.
_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "uuid": (_fullmatch(_UUID), "22P02"),
    "boolean": (_fullmatch(_BOOLEAN), "22P02"),
    **dict.fromkeys(("smallint", "integer", "bigint"), (_fullmatch(_INTEGER), "22P02")),
    **dict.fromkeys(("numeric", "real", "double precision"), (_fullmatch(_NUMBER), "22P02")),
    **dict.fromkeys(("json", "jsonb"), (_is_json, "22P02")),
    **dict.fromkeys(
        ("date", "timestamp without time zone", "timestamp with time zone"), (_fullmatch(_MOMENT), "22007")
    ),
}


def sqlstate_of(type_: str, text: str, *, array: bool = False) -> str | None:
    """How PostgreSQL refuses the text as a value of the type; None where it may take it.

    ``type_`` is as ``format_type`` spells it, without a modifier; ``array`` for an array of such values.
    """
    plain = text.strip(" \t\n\r\f\v")
    if array:
        return None if _ARRAY.fullmatch(plain) else "22P02"
    passes, sqlstate = _CHECKS.get(type_, (None, ""))
    if passes is None:
        return None
    if not passes(plain):
        return sqlstate
    if sqlstate == "22007":
        return None if _is_day(plain) else "22008"
    return None if _is_in_range(type_, plain) else "22003"


def fits(type_: str, modifier: str, text: str) -> bool:
    """False for a text that is too long for a column of the type; blanks at its end are cut off."""
    if type_ not in ("character varying", "character") or not modifier.strip("()").isdigit():
        return True
    return not text[int(modifier.strip("()")) :].strip(" ")
