"""A body in plpgsql as the texts of its tokens, and as one letter for each: so it is looked through many times as fast."""

from __future__ import annotations

import re

from analyzer.sql.lexer import LEXEMES, NAME_BYTES, mask
from analyzer.sql.scan import kind_of, scan, texts

# What steers, or parts what it stands between, has a letter, and so have literals and operators: those of PostgreSQL's
# grammar that stand between two operands only, and the others. All else is a blank.
_SIGNS = {
    **dict.fromkeys(("(", "["), "("),
    **dict.fromkeys((")", "]"), ")"),
    **dict.fromkeys(("=", "<", ">", "<=", ">=", "<>", "!=", "/", "%", "^"), "o"),
    **dict.fromkeys((":", "::", "..", ".", "=>", "*"), " "),
    ";": ";",
    ",": ",",
    ":=": "=",
    "then": "t",
    "loop": "l",
    "when": "w",
    "into": "i",
    "using": "u",
    "from": "F",
    "where": "F",
}
_OF_KIND = {"string": "n", "number": "n", "op": "x"}


class _Letters(dict[str, str]):
    def __missing__(self, key: str) -> str:
        letter = _OF_KIND.get(kind_of(key), " ")
        if len(key) <= NAME_BYTES:
            if len(self) > _MOST_KNOWN:
                self.clear()
                self.update(_SIGNS)
            self[key] = letter
        return letter


_LETTERS = _Letters(_SIGNS)
_MOST_KNOWN = 16_384
_EDGE = re.compile("[();]")
_PAST = [""] * 4  # a reader may look so far beyond the end


class Outline:
    """``texts`` are the tokens as they are written, ``keys`` the same in lower case, with more of them that are empty.

    ``letters`` has one letter for each token. So has ``shape``, but for blanks where something stands in parentheses: up to a
    semicolon in parentheses, or a parenthesis that nothing opens.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts, self.open = texts(mask(text))
        self.keys = [*map(str.lower, self.texts), *_PAST]
        self.letters = "".join([_LETTERS[key] for key in self.keys[: len(self)]])
        self.shape = _without_parentheses(self.letters)

    def __len__(self) -> int:
        return len(self.texts)

    def name(self, at: int) -> str:
        """The identifier that stands there, empty where there is none."""
        found = LEXEMES[self.texts[at]] if 0 <= at < len(self) else None
        return found.value if found is not None and found.kind in ("word", "quoted") else ""

    def is_parameter(self, at: int) -> bool:
        """True for ``$1``."""
        return at < len(self) and LEXEMES[self.texts[at]].kind == "param"

    def place(self, at: int) -> tuple[int, int]:
        """Where in the text the token stands; behind the last, its end."""
        return [*scan(mask(self.text)), (len(self.text), len(self.text))][min(at, len(self))]


def _without_parentheses(letters: str) -> str:
    pieces: list[str] = []
    depth = done = 0
    for edge in _EDGE.finditer(letters):
        if edge[0] == "(":
            depth += 1
            if depth == 1:
                pieces.append(letters[done : edge.start()])
                done = edge.start()
        elif edge[0] == ")" and depth:
            depth -= 1
            if not depth:
                pieces.append(" " * (edge.end() - done))
                done = edge.end()
        elif edge[0] == ")" or depth:
            break
    return "".join(pieces) + letters[done:]
