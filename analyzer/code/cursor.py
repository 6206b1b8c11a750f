"""Reads PostgREST's small languages from left to right: names, quotes, JSON paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.code.wording import HOLE, Wording

if TYPE_CHECKING:
    from analyzer.model.facts import Name
    from analyzer.model.span import Span

_PLAIN = re.compile(r"[\w $\0]+(?:-(?!>)[\w $\0]+)*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SLASHED = re.compile(r"\\(.)", re.DOTALL)
_ARROW = re.compile(r"->>?")
_INDEX = re.compile(r"-?[0-9]+(?=->|::|[.,]|\Z)")
_KEY = re.compile(r"[^(\-:.,>)]+(?:-(?!>)[^(\-:.,>)]+)*")
_BLANK = re.compile(r"[ \t]*")


class Refused(Exception):
    """PostgREST cannot parse the text: where, and why in plain words."""

    def __init__(self, at: int, span: Span, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.span = span
        self.reason = reason


@dataclass(slots=True)
class Cursor:
    """A place in a wording; ``at`` is the next character."""

    wording: Wording
    at: int = 0

    def ended(self) -> bool:
        """True at the end."""
        return self.at >= len(self.wording.text)

    def sees(self, text: str) -> bool:
        """True when this text comes next."""
        return self.wording.text.startswith(text, self.at)

    def take(self, text: str) -> bool:
        """Go past this text, if it comes next."""
        if not self.sees(text):
            return False
        self.at += len(text)
        return True

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what the pattern matches here, if it does."""
        found = pattern.match(self.wording.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def blanks(self) -> None:
        """Go past spaces and tabs."""
        self.match(_BLANK)

    def holes(self) -> None:
        """Go past parts that are not known."""
        while self.take(HOLE):
            pass

    def name(self) -> Name | None:
        """Go past the name that comes next; None without one. It stands within its quotes, without the blanks around it."""
        if (quoted := self.match(_QUOTED)) is not None:
            return self.wording.name(_SLASHED.sub(r"\1", quoted[1]), *quoted.span(1))
        plain = self.match(_PLAIN)
        if plain is None:
            return None
        inner = plain[0].strip(" ")
        start = plain.start() + len(plain[0]) - len(plain[0].lstrip(" "))
        text = "-".join([each.strip(" ") for each in inner.split("-")])
        return self.wording.name(text, start, start + len(inner))

    def json_path(self) -> bool:
        """Go past `->'key'->>0`; True when there is one."""
        found = False
        while self.match(_ARROW) is not None:
            found = True
            if (self.match(_INDEX) or self.match(_QUOTED) or self.match(_KEY)) is None:
                raise self.refused("a key is missing after the arrow")
        return found

    def refused(self, reason: str = "") -> Refused:
        """The refusal of what comes next."""
        if not reason:
            reason = "it ends too early" if self.ended() else f"`{self.wording.text[self.at]}` cannot stand here"
        unclosed = self.sees('"') and _QUOTED.match(self.wording.text, self.at) is None
        span = self.wording.part(self.at, min(self.at + 1, len(self.wording.text)))
        return Refused(self.at, span, "the quote is not closed" if unclosed else reason)
