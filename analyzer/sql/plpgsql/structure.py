"""How a body in plpgsql is put together: what begins and has no end is refused as soon as the body is made.

Only the words that steer are looked at. What stands between them is SQL, and somebody else's to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from analyzer.sql.plpgsql.outline import Outline

# Where what comes before such a word ends, or has to.
_ENDS = {key: re.compile(f"[{letter};()]") for key, letter in {";": "", "then": "t", "when": "w", "loop": "l"}.items()}
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


def check_structure(outline: Outline, refuse_return: RefuseReturn) -> None:
    """Raises FaultError at the first fault."""
    with suppress(_UnseenError):
        _Reader(outline, refuse_return).body()


class _Reader:
    def __init__(self, outline: Outline, refuse_return: RefuseReturn) -> None:
        self.outline = outline
        self.keys = outline.keys
        self.at = 0
        self.refuse_return = refuse_return

    @property
    def key(self) -> str:
        """The token that is next, empty at the end."""
        return self.keys[self.at]

    def fault(self, message: str = "", sqlstate: str = "42601") -> FaultError:
        start, end = self.outline.place(self.at)
        near = f'syntax error at or near "{self.outline.text[start:end]}"'
        return FaultError(message or (near if start < end else "syntax error at end of input"), start, end, sqlstate)

    def take(self, key: str) -> bool:
        taken = self.keys[self.at] == key
        self.at += taken
        return taken

    def must(self, *keys: str) -> None:
        for key in keys:
            if not self.take(key):
                raise self.fault()

    def until(self, stop: str) -> None:
        """Past the next such token that stands within no parentheses; before it no statement may end."""
        shape = self.outline.shape
        found = _ENDS[stop].search(shape, self.at)
        opened = found is not None and found[0] == "("  # and not closed before a statement ends
        ends = shape.find(";", self.at) if opened else found.start() if found is not None else -1
        self.at = ends if ends >= 0 else len(self.outline)
        if opened or self.keys[self.at] != stop:
            raise self.fault()
        self.at += 1

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
            name = self.outline.name(self.at)
            if name and name in names:
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
        following = self.keys[self.at + 1]
        how = following if following in ("next", "query") else ""
        empty = self.keys[self.at + 1 + bool(how)] == ";"
        if refused := self.refuse_return(how, not empty):
            raise self.fault(refused[1], refused[0])
        self.simple()

    def simple(self) -> None:
        if self.key == "create" and ("atomic" in self.keys[self.at :] or "rule" in self.keys[self.at : self.at + 4]):
            raise _UnseenError
        self.until(";")


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
