"""What a reporter is. Each file in ``reporters/`` holds one, as ``REPORTER``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import category, east_asian_width

from analyzer.model.report import Report


@dataclass(frozen=True, slots=True)
class Style:
    """How the reader wants text: ``width`` is in terminal cells; ``quiet`` asks for one line a finding."""

    color: bool = False
    width: int = 120
    verbose: bool = False
    quiet: bool = False

    def paint(self, text: str, *codes: int) -> str:
        """The text in the given SGR codes; the text itself when colour is off or there is nothing to paint."""
        if not (self.color and codes and text):
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"


@dataclass(frozen=True, slots=True)
class Reporter:
    """An output format: ``render`` gives pieces of text, each of whole lines without the last line's end."""

    name: str
    summary: str
    render: Callable[[Report, Style], Iterable[str]]


def visible(text: str) -> str:
    """The text with every character that does not print written as an escape: ``\\x1b``, ``\\u202e``, ``\\n``.

    What comes from a repository goes to a terminal only through here: it can move no cursor, set no colour, start no
    line and turn no reading direction. Lone surrogates, which stand for bytes that are not UTF-8, become ``\\udc80``.
    """
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """One character as ``visible`` shows it."""
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


def cells(text: str) -> int:
    """How many terminal cells printable text takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":  # Jamo that join the one before
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


def counted(number: int, what: str, several: str = "") -> str:
    """``1 file``, ``2 files``, ``1,200 files``; ``several`` where an s is not enough."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"
