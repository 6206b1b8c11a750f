"""How a body in plpgsql is put together: what begins and has no end is refused as soon as the body is made.

Only the words that steer are looked at. What stands between them is SQL, and somebody else's to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

from analyzer.sql.lexer import LEXEMES
from analyzer.sql.plpgsql.conditions import Refused, refused_condition, refused_handler
from analyzer.sql.plpgsql.misplaced import misplaced
from analyzer.sql.plpgsql.outline import Outline
from analyzer.sql.plpgsql.targets import ALWAYS, Target, set_by, set_by_loop

# Where what comes before such a word ends, or has to.
_ENDS = {key: re.compile(f"[{letter};()]") for key, letter in {";": "", "then": "t", "when": "w", "loop": "l"}.items()}
_END = frozenset(("end",))
_LEVELS = frozenset(("debug", "log", "info", "notice", "warning", "exception"))
_GIVEN = re.compile("[^;u]*")
_MORE = re.compile(",(?=.)")
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


def check_structure(outline: Outline, known: Collection[str], refuse_return: RefuseReturn) -> None:
    """Raises FaultError at the first fault; ``known`` are names of variables that are there from the start."""
    with suppress(_UnseenError):
        _Reader(outline, known, refuse_return).body()


class _Reader:
    def __init__(self, outline: Outline, known: Collection[str], refuse_return: RefuseReturn) -> None:
        self.outline = outline
        self.keys = outline.keys
        self.at = 0
        self.refuse_return = refuse_return
        self.variables = dict.fromkeys((*ALWAYS, *known), False)  # whether each is constant, wherever it is declared
        self.targets: list[Target] = []
        self.given = ""  # the label before what is next
        self.around: list[tuple[str, bool]] = [(name, False) for name in known]  # labels, and whether each is a loop's

    @property
    def key(self) -> str:
        """The token that is next, empty at the end."""
        return self.keys[self.at]

    def fault(self, message: str = "", sqlstate: str = "42601", at: int | None = None) -> FaultError:
        start, end = self.outline.place(self.at if at is None else at)
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

    def refuse(self, refused: Refused | None) -> None:
        if refused is not None:
            raise self.fault(refused[2], refused[1], refused[0])

    # --- blocks -------------------------------------------------------------------------------------------------------

    def body(self) -> None:
        while self.key == "#":
            self.at += _OPTION
        self.label()
        self.block()
        self.take(";")
        if self.key:
            raise self.fault()
        for at, message in self.targets:
            self.check_target(at, message)
        if (wrong := misplaced(self.outline)) is not None:
            raise self.fault(at=wrong)

    def check_target(self, at: int, message: str) -> None:
        """One name in one block counts for all of them, so that nothing is told of a variable that is only out of reach."""
        name = self.outline.name(at)
        if self.variables.get(name):
            raise self.fault(f'variable "{name}" is declared CONSTANT', "22005", at)
        if name not in self.variables and not self.outline.is_parameter(at):
            raise self.fault(message.format(self.outline.texts[at]), at=at)

    def label(self) -> None:
        self.given = ""
        if self.take("<<"):
            self.given = self.outline.name(self.at)
            self.variables.setdefault(self.given, False)  # it may stand before a variable's name
            self.at += 1
            self.must(">>")

    @contextmanager
    def within(self, *, loop: bool) -> Iterator[None]:
        """A block or loop: up to its END it may be left."""
        self.around.append((self.given, loop))
        self.given = ""
        yield
        self.around.pop()

    def block(self) -> None:
        label = self.given
        with self.within(loop=False):
            while self.take("declare"):
                self.declarations()
            self.must("begin")
            self.steps(_END | {"exception"})
            if self.take("exception"):
                while self.take("when"):
                    self.handler()
        self.must("end")
        self.end_label(label)

    def handler(self) -> None:
        start = self.at
        self.until("then")
        self.refuse(next(refused_handler(self.outline, start, self.at - 1), None))
        self.steps(_END | {"when"})

    def end_label(self, label: str) -> None:
        if self.key in (";", ""):
            return
        said = self.outline.name(self.at)
        if said and said != label:
            differs = f'differs from block\'s label "{label}"' if label else "specified for unlabeled block"
            raise self.fault(f'end label "{said}" {differs}')
        self.at += 1

    def declarations(self) -> None:
        names: set[str] = set()
        while self.key not in ("begin", "declare"):
            self.label()
            name = self.outline.name(self.at)
            if name and name in names:
                raise self.fault(f'duplicate declaration at or near "{name}"')
            names.add(name)
            self.variables[name] = self.keys[self.at + 1] == "constant" and self.variables.get(name, True)
            self.until(";")

    def steps(self, stops: frozenset[str]) -> None:
        while self.key not in stops:
            if not self.key:
                raise self.fault()
            sets = self.keys[self.at + 1] in (":=", "=")  # a variable, whatever it is called
            read = _Reader.simple if sets else _STEPS.get(self.key, _Reader.simple)
            read(self)

    # --- statements ---------------------------------------------------------------------------------------------------

    def labelled(self) -> None:
        self.label()
        if self.key not in _LABELLED:
            raise self.fault()
        _STEPS[self.key](self)

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
        label, start = self.given, self.at
        self.until("loop")
        target, name = set_by_loop(self.outline, start, self.at)
        self.targets += [target] if target is not None else []
        self.variables |= {name: False} if name else {}
        with self.within(loop=True):
            self.steps(_END)
        self.must("end", "loop")
        self.end_label(label)
        self.must(";")

    def leaving(self) -> None:
        """EXIT or CONTINUE [label] [WHEN condition]."""
        label = self.outline.name(self.at + 1) if self.keys[self.at + 1] != "when" else ""
        loops = [name for name, is_loop in self.around if is_loop]
        if not label and not loops:
            unless = ", unless it has a label" if self.key == "exit" else ""
            raise self.fault(f"{self.key.upper()} cannot be used outside a loop{unless}")
        if label and label not in loops and label not in (name for name, _ in self.around):
            raise self.fault(f'there is no label "{label}" attached to any block or loop enclosing this statement')
        self.until(";")

    def returning(self) -> None:
        following = self.keys[self.at + 1]
        how = following if following in ("next", "query") else ""
        empty = self.keys[self.at + 1 + bool(how)] == ";"
        if refused := self.refuse_return(how, not empty):
            raise self.fault(refused[1], refused[0])
        self.until(";")

    def raising(self) -> None:
        """RAISE [level] ['text' [, parameter …] | condition] [USING …]."""
        start = self.at
        said = start + 1 + (self.keys[start + 1] in _LEVELS)
        self.until(";")
        if self.outline.name(said) and self.keys[said] != "using":
            self.refuse(refused_condition(self.outline, said))
        elif self.keys[said + 1] in (",", ";", "using") and self.keys[said] not in (";", "using"):
            text = LEXEMES[self.outline.texts[said]]
            given = len(_MORE.findall(next(_GIVEN.finditer(self.outline.shape, said + 1))[0]))
            room = text.value.replace("%%", "").count("%")
            if text.kind == "string" and given != room:
                raise self.fault(f"too {'few' if given < room else 'many'} parameters specified for RAISE", at=start)

    def simple(self) -> None:
        start = self.at
        if self.key == "create" and ("atomic" in self.keys[start:] or "rule" in self.keys[start : start + 4]):
            raise _UnseenError
        self.until(";")
        self.targets += set_by(self.outline, start, self.at - 1)


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
    "exit": _Reader.leaving,
    "continue": _Reader.leaving,
    "return": _Reader.returning,
    "raise": _Reader.raising,
}
_LABELLED = frozenset(("begin", "declare", "loop", "while", "for", "foreach"))
