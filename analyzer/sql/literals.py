"""Which texts PostgreSQL takes for values of its types, as far as that is plain."""

from __future__ import annotations

import json
import re
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
    return None if passes is None or passes(plain) else sqlstate
