"""How a body in plpgsql is put together: what begins and has no end is refused as soon as the body is made.

Only the words that steer are looked at. What stands between them is SQL, and somebody else's to read.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from analyzer.sql.lexer import fold
from analyzer.sql.scan import scan

_OPENING = {"(": 1, "[": 1, ")": -1, "]": -1}
_END = frozenset(("end",))
_OPTION = 3  # tokens: ``#variable_conflict use_column``


class FaultError(Exception):
    """The body is refused at this place of its text."""

    def __init__(self, message: str, start: int, end: int, sqlstate: str = "42601") -> None:
        super().__init__(message)
        self.start = start
        self.end = end
        self.sqlstate = sqlstate


class _UnseenError(Exception):
    """The body holds what has statements of its own."""


# Tells of ``next``, ``query`` or nothing after RETURN, and of whether an expression follows, the SQLSTATE and the message
# with which the function refuses it; None where it takes it.
RefuseReturn = Callable[[str, bool], tuple[str, str] | None]


def check_structure(text: str, refuse_return: RefuseReturn) -> None:
    """Raises FaultError at the first fault."""
    places = list(scan(text))
    if not places or places[-1][0] < places[-1][1]:
        with suppress(_UnseenError):
            _Reader(text, places, refuse_return).body()


class _Reader:
    def __init__(self, text: str, places: list[tuple[int, int]], refuse_return: RefuseReturn) -> None:
        self.text = text
        self.places = places
        self.keys = [text[start:end].lower() for start, end in places]
        self.at = 0
        self.refuse_return = refuse_return

    @property
    def key(self) -> str:
        """The token that is next, empty at the end."""
        return self.keys[self.at] if self.at < len(self.keys) else ""

    def fault(self, message: str = "", sqlstate: str = "42601") -> FaultError:
        start, end = self.places[self.at] if self.at < len(self.places) else (len(self.text), len(self.text))
        near = f'syntax error at or near "{self.text[start:end]}"' if start < end else "syntax error at end of input"
        return FaultError(message or near, start, end, sqlstate)

    def take(self, key: str) -> bool:
        taken = self.key == key
        self.at += taken
        return taken

    def must(self, *keys: str) -> None:
        for key in keys:
            if not self.take(key):
                raise self.fault()

    def until(self, stop: str, *, nested: bool = False) -> None:
        """Past the next such token that stands within no parentheses; before it no statement may end, but for ``nested`` ones."""
        depth = 0
        for at in range(self.at, len(self.keys)):
            key = self.keys[at]
            depth += _OPENING.get(key, 0)
            if key == stop and not depth:
                self.at = at + 1
                return
            if (key == ";" and not nested) or depth < 0:
                self.at = at
                raise self.fault()
        self.at = len(self.keys)
        raise self.fault()

    # --- blocks -------------------------------------------------------------------------------------------------------

    def body(self) -> None:
        while self.key == "#":
            self.at += _OPTION
        self.label()
        self.block()
        self.take(";")
        if self.key:
            raise self.fault()

    def label(self) -> None:
        if self.take("<<"):
            self.at += 1
            self.must(">>")

    def block(self) -> None:
        while self.take("declare"):
            self.declarations()
        self.must("begin")
        self.steps(_END | {"exception"})
        if self.take("exception"):
            while self.take("when"):
                self.until("then")
                self.steps(_END | {"when"})
        self.must("end")
        self.end_label()

    def end_label(self) -> None:
        if self.key not in (";", ""):
            self.at += 1

    def declarations(self) -> None:
        names: set[str] = set()
        while self.key not in ("begin", "declare"):
            self.label()
            start, end = self.places[self.at] if self.key else (0, 0)
            name = self.text[start:end]
            name = name[1:-1] if name.startswith('"') else fold(name)
            if name in names:
                raise self.fault(f'duplicate declaration at or near "{name}"')
            names.add(name)
            self.until(";")

    def steps(self, stops: frozenset[str]) -> None:
        while self.key not in stops:
            if not self.key:
                raise self.fault()
            read = _STEPS.get(self.key)
            if read is None:
                self.simple()
            else:
                read(self)

    # --- statements ---------------------------------------------------------------------------------------------------

    def labelled(self) -> None:
        self.label()
        if self.key not in _LABELLED:
            raise self.fault()

    def nested(self) -> None:
        self.block()
        self.must(";")

    def choice(self) -> None:
        self.at += 1
        self.until("then")
        self.steps(_END | {"elsif", "elseif", "else"})
        while self.take("elsif") or self.take("elseif"):
            self.until("then")
            self.steps(_END | {"elsif", "elseif", "else"})
        if self.take("else"):
            self.steps(_END)
        self.must("end", "if", ";")

    def case(self) -> None:
        self.at += 1
        self.until("when")
        self.until("then")
        self.steps(_END | {"when", "else"})
        while self.take("when"):
            self.until("then")
            self.steps(_END | {"when", "else"})
        if self.take("else"):
            self.steps(_END)
        self.must("end", "case", ";")

    def loop(self) -> None:
        self.until("loop")
        self.steps(_END)
        self.must("end", "loop")
        self.end_label()
        self.must(";")

    def returning(self) -> None:
        following = self.keys[self.at + 1 : self.at + 2]
        how = following[0] if following and following[0] in ("next", "query") else ""
        empty = self.keys[self.at + 1 + bool(how) : self.at + 2 + bool(how)] == [";"]
        if refused := self.refuse_return(how, not empty):
            raise self.fault(refused[1], refused[0])
        self.simple()

    def simple(self) -> None:
        if self.key == "create" and "atomic" in self.keys[self.at :]:
            raise _UnseenError
        self.until(";", nested=self.key == "create" and "rule" in self.keys[self.at + 1 : self.at + 4])


_STEPS: dict[str, Callable[[_Reader], None]] = {
    "<<": _Reader.labelled,
    "begin": _Reader.nested,
    "declare": _Reader.nested,
    "if": _Reader.choice,
    "case": _Reader.case,
    "loop": _Reader.loop,
    "while": _Reader.loop,
    "for": _Reader.loop,
    "foreach": _Reader.loop,
    "return": _Reader.returning,
}
_LABELLED = frozenset(("begin", "declare", "loop", "while", "for", "foreach"))
