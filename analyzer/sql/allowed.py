"""The values that a CHECK lets through, where it is a list of texts."""

from __future__ import annotations

from functools import lru_cache

from analyzer.sql.lexer import Token, lex


@lru_cache(1024)  # asked for every value that is written to the table
def allowed_texts(expression: str) -> tuple[str, frozenset[str]] | None:
    """The column and its values, for ``col IN ('a', 'b')`` in any of its spellings; None for every other check.

    ``col = ANY (ARRAY['a', 'b'])``, ``col = 'a' OR col = 'b'``, casts, parentheses and ``OR col IS NULL`` are understood.
    """
    try:
        return _Reader(lex(expression).tokens).read()
    except _OtherError:
        return None


class _OtherError(Exception):
    """The check is not a list of texts."""


class _Reader:
    """Reads ``term {OR term}``; anything else is another kind of check."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._column: str | None = None
        self._values: set[str] = set()

    def read(self) -> tuple[str, frozenset[str]]:
        self._either()
        if self._at < len(self._tokens) or self._column is None or not self._values:
            raise _OtherError
        return self._column, frozenset(self._values)

    def _either(self) -> None:
        self._term()
        while self._take("or"):
            self._term()

    def _term(self) -> None:
        start = self._at
        if self._take("("):
            try:
                self._either()
                self._must(")")
                if self._key() in ("", "or", ")"):
                    return
            except _OtherError:
                pass
            self._at = start
        self._named()
        if self._take("is"):
            self._must("null")
        elif self._take("in"):
            self._listed("(", ")")
        else:
            self._must("=")
            if self._take("any"):
                self._must("(")
                self._array()
                self._must(")")
            else:
                self._text()

    def _named(self) -> None:
        open_ = 0
        while self._take("("):
            open_ += 1
        token = self._step()
        if token.kind not in ("word", "quoted") or self._column not in (None, token.value):
            raise _OtherError
        self._column = token.value
        self._cast()
        for _ in range(open_):
            self._must(")")
            self._cast()

    def _array(self) -> None:
        if self._take("("):
            self._array()
            self._must(")")
        else:
            self._must("array")
            self._listed("[", "]")
        self._cast()

    def _listed(self, opening: str, closing: str) -> None:
        self._must(opening)
        self._text()
        while self._take(","):
            self._text()
        self._must(closing)

    def _text(self) -> None:
        if self._take("("):
            self._text()
            self._must(")")
        else:
            token = self._step()
            if token.kind != "string":
                raise _OtherError
            self._values.add(token.value)
        self._cast()

    def _cast(self) -> None:
        """Pass ``::text``, ``::character varying(20)``, ``::text[]``: none changes which texts are equal."""
        while self._take("::"):
            self._step()
            while self._key() in ("varying", ".") or self._tokens[self._at - 1].key == ".":
                self._step()
            if self._take("("):
                self._step()
                self._must(")")
            while self._take("["):
                self._must("]")

    def _key(self) -> str:
        return self._tokens[self._at].key if self._at < len(self._tokens) else ""

    def _step(self) -> Token:
        if self._at == len(self._tokens):
            raise _OtherError
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, key: str) -> bool:
        taken = self._key() == key
        self._at += taken
        return taken

    def _must(self, key: str) -> None:
        if not self._take(key):
            raise _OtherError
