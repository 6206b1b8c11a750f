"""Cuts SQL into tokens, each with what it stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from analyzer.model.events import Text
from analyzer.model.source import Problem
from analyzer.model.span import Span
from analyzer.sql.keywords import NOT_A_COLUMN
from analyzer.sql.scan import kind_of, scan, texts

Kind = Literal["word", "quoted", "string", "bits", "number", "param", "op", "end"]
NAME_BYTES = 63
BOM = b"\xef\xbb\xbf"


class Token(Struct, frozen=True, gc=False):
    """One token; ``start`` and ``end`` count characters of ``Script.text``.

    ``value`` is the folded word, the unquoted identifier, what a string literal stands for, or the text. ``key`` is
    what the grammar goes by: the folded word or the operator, and empty for all that only carries a value.
    """

    kind: Kind
    key: str
    value: str
    start: int
    end: int


class Lexeme(NamedTuple):
    """What a token is, wherever it stands."""

    kind: Kind
    key: str
    value: str


class Script:
    """The text of one file with its tokens, and the way from characters back to bytes."""

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        self.base = base
        self.problems: list[Problem] = []
        self.tokens: list[Token] = []
        self.unterminated: Token | None = None
        self._wide, self._extra = ((), ()) if text.isascii() else _wide(text)

    def stream(self) -> Iterator[Token]:
        """The tokens one by one; ``unterminated`` is known when there are no more."""
        return _tokens(self, mask(self.text))

    def byte(self, at: int) -> int:
        """The byte offset of a character."""
        if not self._wide:
            return self.base + at
        passed = bisect_right(self._wide, at - 1)
        return self.base + at + (self._extra[passed - 1] if passed else 0)

    def span(self, start: int, end: int) -> Span:
        """The bytes of a range of characters."""
        return Span(self.byte(start), self.byte(end))

    def piece(self, tokens: Sequence[Token]) -> Text:
        """The text from the first of these tokens to the last, with the names among them."""
        start, end = tokens[0].start, tokens[-1].end
        return Text(self.text[start:end], self.span(start, end), names_of(tokens))


def _wide(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Where characters of several bytes stand, and how many bytes too many have gathered there."""
    places, extras, extra = [], [], 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        code = ord(match[0])
        extra += 0 if 0xDC80 <= code <= 0xDCFF else 1 if code < 0x800 else 2 if code < 0x10000 else 3
        places.append(match.start())
        extras.append(extra)
    return places, extras


def names_of(tokens: Iterable[Token | Lexeme]) -> tuple[str, ...]:
    """The identifiers among the tokens, each once, in order; what only the grammar may say is left out."""
    return tuple(
        dict.fromkeys(
            token.value
            for token in tokens
            if (token.kind == "word" and token.key not in NOT_A_COLUMN) or token.kind == "quoted"
        )
    )


def names_within(body: str) -> tuple[str, ...]:
    """The identifiers of a body that is not worth cutting into tokens: in a third of the time, with the same result."""
    return names_of(LEXEMES[text] for text in dict.fromkeys(texts(mask(body))[0]))


# --- words ------------------------------------------------------------------------------------------------------------

_TO_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def fold(word: str) -> str:
    """An unquoted identifier as PostgreSQL stores it: ASCII letters in lower case, cut at 63 bytes."""
    if word.isascii() and len(word) <= NAME_BYTES:
        return word.lower()
    return cut(word.lower() if word.isascii() else word.translate(_TO_LOWER))


def cut(name: str) -> str:
    """An identifier cut at 63 bytes, never within a character."""
    if len(name) <= NAME_BYTES // 4:
        return name
    raw = name.encode("utf-8", "surrogateescape")
    return name if len(raw) <= NAME_BYTES else raw[:NAME_BYTES].decode("utf-8", "ignore")


# --- values -----------------------------------------------------------------------------------------------------------

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)|''", re.DOTALL)
_CODE_POINT = re.compile(r"\\(\\|\+[0-9a-fA-F]{6}|[0-9a-fA-F]{4})")
_PIECE = re.compile(r"'(?:[^']|'')*'")
_ESCAPED_PIECE = re.compile(r"'(?:[^'\\]|\\.|'')*'", re.DOTALL)
_PLAIN_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if code is None:
        return "'"
    if len(code) > 1 or code in "01234567":
        number = int(code[1:], 16) if code[0] in "uUx" else int(code, 8)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return _PLAIN_ESCAPES.get(code, code)


def _code_point(match: re.Match[str]) -> str:
    code = match[1]
    if code == "\\":
        return code
    number = int(code.removeprefix("+"), 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def quoted_part(text: str) -> tuple[int, int]:
    """Where, in a string literal's own text, what stands between its quotes starts and ends."""
    if text[0] == "$":
        width = text.index("$", 1) + 1
        return width, len(text) - width
    return text.index("'") + 1, len(text) - 1


def _string_value(text: str) -> str:
    if text[0] == "$":
        start, end = quoted_part(text)
        return text[start:end]
    if text[0] in "eE":
        return "".join(_ESCAPE.sub(_unescape, piece[1:-1]) for piece in _ESCAPED_PIECE.findall(text))
    if text[0] == "'" and text.find("'", 1) == len(text) - 1:  # nothing doubled, nothing that goes on
        return text[1:-1]
    inner = "".join(piece[1:-1] for piece in _PIECE.findall(text)).replace("''", "'")
    return _CODE_POINT.sub(_code_point, inner) if text[0] in "uU" else inner


# --- tokens -----------------------------------------------------------------------------------------------------------


def _tokens(script: Script, masked: str) -> Iterator[Token]:
    """The tokens up to the end, or up to what has no end, which becomes the script's ``unterminated``."""
    text = script.text
    for start, end in scan(masked):
        if start == end:
            script.unterminated = Token("end", "", text[start:], start, len(text))
            return
        kind, key, value = LEXEMES[text[start:end]]
        yield Token(kind, key, value, start, end)


class _Lexemes(dict[str, Lexeme]):
    """What a token is by how it is written: files say the same few words again and again."""

    def __missing__(self, text: str) -> Lexeme:
        found = _lexeme(text)
        if len(text) <= NAME_BYTES:
            if len(self) == _MOST_KNOWN:
                self.clear()
            self[text] = found
        return found


LEXEMES = _Lexemes()
_MOST_KNOWN = 16_384


def lexemes(text: str) -> tuple[list[Lexeme], bool]:
    """The tokens without their places, in half the time; and whether something follows that has no end."""
    found, unended = texts(mask(text))
    return [LEXEMES[each] for each in found], unended


def _lexeme(text: str) -> Lexeme:
    kind = kind_of(text)
    if kind == "word":
        folded = fold(text)
        return Lexeme(kind, folded, folded)
    if kind == "op":
        return Lexeme(kind, text, text)
    if kind == "string":
        return Lexeme("bits" if text[0] in "bBxX" else kind, "", _string_value(text))
    return Lexeme(kind, "", _quoted_value(text) if kind == "quoted" else text)


def _quoted_value(text: str) -> str:
    inner = text[text.index('"') + 1 : -1].replace('""', '"')
    return cut(_CODE_POINT.sub(_code_point, inner) if text[0] in "uU" else inner)


# --- what is no SQL ---------------------------------------------------------------------------------------------------

_PSQL = re.compile(
    r"^\\(?:restrict|unrestrict|connect|c|set|unset|echo|qecho|i|ir|include|include_relative|pset|timing|encoding|"
    r"if|elif|else|endif|gset|gexec|copy|q|o|a|t|x|prompt|warn|\!)\b.*$",
    re.MULTILINE,
)
_COPY = re.compile(r"^[ \t]*copy\s[^;]*?\sfrom\s+stdin\b[^;\n]*;[^\n]*\n(.*?)^\\\.\r?$", re.I | re.M | re.S)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match[0])


def _blank_copied(match: re.Match[str]) -> str:
    data = match.start(1) - match.start()
    return match[0][:data] + re.sub(r"[^\r\n]", " ", match[0][data:])


def mask(text: str) -> str:
    """The text as it is scanned, of equal length: psql's own lines and copied data are blank."""
    if "\\" in text:
        if "\n\\." in text:
            text = _COPY.sub(_blank_copied, text)
        text = _PSQL.sub(_blank, text)
    if "\0" in text:
        text = text.replace("\0", " ")
    return text


def lex(text: str, base: int = 0) -> Script:
    """The tokens of a piece of SQL. ``base`` is the byte at which the text starts in its file.

    The list may be another script's, too: it is never written to. What has no end (a string, a quoted name, a
    comment) becomes ``Script.unterminated``, and no token follows it.
    """
    script = Script(text, base)
    if len(text) > _LONG:
        script.tokens = list(_tokens(script, mask(text)))
    else:
        script.tokens, script.unterminated = _lexed(text)
    return script


_LONG = 4_000


@lru_cache(maxsize=512)
def _lexed(text: str) -> tuple[list[Token], Token | None]:
    """The tokens of a short text: an expression is looked at from several sides, and policies repeat one another."""
    script = Script(text)
    return list(_tokens(script, mask(text))), script.unterminated


def lex_file(data: bytes) -> Script:
    """The tokens of a file. What keeps PostgreSQL from reading it is in ``Script.problems``."""
    script = open_file(data)
    script.tokens = list(script.stream())
    return script


def open_file(data: bytes) -> Script:
    """The same without the tokens: ``stream`` gives them one by one, so that a large file takes little memory."""
    base = len(BOM) if data.startswith(BOM) else 0
    text = data[base:].decode("utf-8", "surrogateescape")
    script = Script(text, base)
    if not text.isascii() and (wrong := re.search("[\udc80-\udcff]", text)):
        script.problems.append(Problem("invalid byte sequence for encoding UTF-8", script.byte(wrong.start()), True))
    if (at := text.find("\0")) != -1:
        script.problems.append(Problem("a NUL byte, which PostgreSQL does not take", script.byte(at), True))
    return script


def unterminated(token: Token) -> str:
    """PostgreSQL's words for what has no end."""
    what = {"/": "/* comment", '"': "quoted identifier", "$": "dollar-quoted string"}.get(
        token.value[0], "quoted string"
    )
    return f'unterminated {what} at or near "{token.value.splitlines()[0][:60]}"'
