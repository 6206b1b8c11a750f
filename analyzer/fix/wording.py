"""What SQL does with a column, and of which type the column must be for that."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"'[^'\n]*'")
_SIGN = r"\s*(?:<=|>=|<>|!=|[<>=+*/-])\s*"
_NUMBER = r"\(?-?\d+(?:\.\d+)?\b"
# With {0} for the column, as it may be written; the first that is found tells.
_USES = (
    (r"{0}\s*(?:=|<>|!=)\s*\(?\s*(?:select\s+)?auth\.uid\(|auth\.uid\(\)\s*\)?\s*(?:=|<>|!=)\s*{0}", "uuid"),
    (r"{0}\s*->", "jsonb"),
    (r"(?:any|unnest|array_length|cardinality)\s*\(\s*{0}|{0}\s*(?:@>|&&)\s*array\b", "text[]"),
    (r"{0}\s*(?:=|<>|!=|is|is\s+not)\s*(?:true|false)\b", "boolean"),
    (r"extract\s*\(\s*\w+\s+from\s+\(?[^()]*{0}|age\s*\([^()]*{0}", "timestamp with time zone"),
    (
        r"{0}\s*[*/]|[\w)]\s*[*/]\s*{0}|"
        rf"{{0}}{_SIGN}{_NUMBER}|(?<![\w.]){_NUMBER}{_SIGN}{{0}}|(?:sum|avg|round|abs|greatest|least)\s*\(\s*{{0}}"
        rf"|(?:coalesce|nullif)\s*\(\s*{{0}}\s*,\s*{_NUMBER}",
        "numeric",
    ),
    (
        r"{0}\s*(?:<=|>=|<|>)\s*(?:now\(|current_timestamp\b|current_date\b)|date_trunc\s*\([^,()]+,\s*{0}",
        "timestamp with time zone",
    ),
)


class Wording:
    """The statements that name one table, and what they do with its columns."""

    def __init__(self, texts: Iterable[str], table: str) -> None:
        self._table = table
        named = re.compile(rf"(?<![\w]){re.escape(table)}(?![\w])", re.IGNORECASE)
        parts = (part for text in texts if named.search(text) for part in _COMMENT.sub(" ", text).split(";"))
        self._parts = [part for part in parts if named.search(part)]
        self._types: dict[str, str | None] = {}

    def columns(self) -> list[str]:
        """What is named with the table before it, and is called no function: columns that the table has to have."""
        named = re.findall(
            rf"(?<![\w.\"]){re.escape(self._table)}\.([a-z_]\w*)\b(?!\s*[(.])",
            _STRING.sub("''", ";".join(self._parts)),
            re.IGNORECASE,
        )
        return list(dict.fromkeys(map(str.lower, named)))

    def type_of(self, column: str) -> str | None:
        """The type that the column has to have, None where nothing tells."""
        if column not in self._types:
            self._types[column] = self._type_of(column)
        return self._types[column]

    def _type_of(self, column: str) -> str | None:
        spelt, text = rf'(?<![\w"])"?{re.escape(column)}"?(?![\w"])', self._said_of(column)
        uses = _USES if text else ()
        return next((kind for use, kind in uses if re.search(use.replace("{0}", spelt), text, re.IGNORECASE)), None)

    def _said_of(self, column: str) -> str:
        return ";".join(part for part in self._parts if column in part)

    def target_of(self, column: str) -> str | None:
        """The table whose ``id`` the column is compared with, None where it is with none."""
        text = self._said_of(column)
        if not text:
            return None
        spelt = rf'(?:\w+\.)?"?{re.escape(column)}"?(?![\w"])'
        found = re.search(rf"\b(\w+)\.id\s*=\s*{spelt}|(?<!\w){spelt}\s*=\s*(\w+)\.id\b", text, re.IGNORECASE)
        alias = (found[1] or found[2]) if found else ""
        named = re.search(rf"\b(?:from|join)\s+(?:\w+\.)?(\w+)\s+(?:as\s+)?{alias}\b", text, re.IGNORECASE)
        name = named[1] if named else alias
        return name if alias and alias.lower() not in ("new", "old") and name != self._table else None
