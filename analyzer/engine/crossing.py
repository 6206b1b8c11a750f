"""Reads again what waits for other files: imported names, and parameters whose callers are elsewhere.

Reading a file stays a function of its bytes and of what is known of others. A file that asks for nothing is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import product

from msgspec.structs import replace

from analyzer.code.modules import Modules
from analyzer.code.regions import is_code
from analyzer.engine import readers
from analyzer.engine.library import Library
from analyzer.model.crossing import ALL, NOTHING_KNOWN, Calls, Exports, Imported, Known, Taken
from analyzer.model.facts import CodeFacts, Name, Reference
from analyzer.model.source import Problem, mishap

ROUNDS = 3
_DEEPEST = 8
# Questions that one question may lead to: of functions that hand on many parameters, each asks for all of those above.
_MOST_ASKED = 1_000
_MOST_OPEN = 40
_CHOSEN = re.compile(r'"db": \{[^{}]*"schema": "(\w+)"')

_Seen = dict[tuple[str, str], int]


class Crossing:
    """Joins the code files of one tree."""

    def __init__(self, library: Library, problems: list[tuple[str, Problem]]) -> None:
        self._problems = problems
        paths = library.tree.paths()
        self._code = tuple(path for path in paths if is_code(path))
        self._library = library
        self._modules = Modules(paths, library.tree.read)
        self._exports: dict[str, Exports] = {}
        self._open: set[str] = set()
        self._calls: dict[tuple[str, str], tuple[Calls, ...]] = {}
        self._told: dict[str, tuple[Imported, ...]] = {}
        self._clauses: dict[str, str] = {}
        self._asked: set[tuple[str, Taken]] = set()
        self._left = 0

    def settle(self, facts: dict[str, CodeFacts], paths: Iterable[str]) -> None:
        """Replace the facts of each of these files that other files can tell something about."""
        paths = tuple(paths)
        known: dict[str, Known] = {}
        waiting = [path for path in paths if facts[path].wants or facts[path].takes]
        for _ in range(ROUNDS):
            told: dict[str, Known] = {}
            for path in waiting:
                with self._held(path):
                    now = self._known(path, facts[path])
                    if now != known.get(path, NOTHING_KNOWN):
                        told[path] = known[path] = now
            self._library.expect((CodeFacts, path, readers.code, now) for path, now in told.items())
            waiting = [path for path, now in told.items() if self._read_again(facts, path, now)]
        for path in paths:
            with self._held(path):
                facts[path] = self._with_clients(path, facts[path])

    def _read_again(self, facts: dict[str, CodeFacts], path: str, now: Known) -> bool:
        """Replace the facts of a file; True when they ask for other things now."""
        before = facts[path]
        with self._held(path):
            facts[path] = self._library.code(path, now)
        return (before.wants, before.takes) != (facts[path].wants, facts[path].takes)

    @contextmanager
    def _held(self, path: str) -> Iterator[None]:
        """Whatever goes wrong with a file is a problem of that file, which keeps the facts that it has."""
        try:
            yield
        except Exception as error:
            self._problems.append((path, mishap(error, "what other files tell of this one")))

    # --- clients ------------------------------------------------------------------------------------------------------

    def _with_clients(self, path: str, facts: CodeFacts) -> CodeFacts:
        """The facts with the kind of each imported client, and its schema, as the file says that makes it."""
        if not any(each.made_by is not None for each in facts.references):
            return facts
        return replace(facts, references=tuple(self._with_client(path, each) for each in facts.references))

    def _with_client(self, path: str, reference: Reference) -> Reference:
        code = self._value(path, reference.made_by, _DEEPEST) if reference.made_by is not None else None
        if code is None:
            return reference
        from analyzer.code.client import access_in

        schema, chosen = reference.schema, _CHOSEN.search(code)
        if schema is None and reference.schema_known and chosen is not None and reference.names:
            schema = Name(chosen[1], reference.names[0].span, "import")
        return replace(reference, schema=schema, access=reference.access or access_in(code))

    def _known(self, path: str, facts: CodeFacts) -> Known:
        # It does not ask again for what it was told already, and still needs it.
        wants = dict.fromkeys((*self._told.get(path, ()), *facts.wants))
        known = self._around(path, wants, facts.takes)
        self._told[path] = tuple(each for each, _ in known.imports)
        return known

    def _around(self, path: str, wants: Iterable[Imported], takes: Iterable[Taken]) -> Known:
        """What other files tell of these imports and parameters of the file."""
        imports = [(each, code) for each in wants if (code := self._value(path, each, _DEEPEST)) is not None]
        given = [(each, codes) for each in takes if (codes := self._given(path, each)) is not None]
        return Known(tuple(imports), tuple(given))

    # --- imports ------------------------------------------------------------------------------------------------------

    def _value(self, importer: str, name: Imported, left: int, seen: _Seen | None = None) -> str | None:
        """The value of an import as code, through modules that hand it on; None when it is not known.

        ``seen`` are the modules that were asked for it, and how many steps were left then: files that export all of one
        another would be asked without end.
        """
        path = self._modules.resolve(importer, name.specifier)
        seen = {} if seen is None else seen
        if path is None or not is_code(path) or seen.get((path, name.name), 0) >= left:
            return None
        seen[path, name.name] = left
        exports = self._exports_of(path)
        if name.name == ALL:
            return "{" + ", ".join(f"{_quoted(key)}: {code}" for key, code in exports.values) + "}"
        for key, code in exports.values:
            if key == name.name:
                return code
        for key, origin in exports.origins:
            if key == name.name:
                return self._value(path, origin, left - 1, seen)
        found = (self._value(path, Imported(each, name.name), left - 1, seen) for each in exports.stars)
        return next((code for code in found if code is not None), None)

    def _exports_of(self, path: str) -> Exports:
        if path not in self._exports:
            if path in self._open or len(self._open) > _MOST_OPEN:
                return Exports()
            self._open.add(path)
            exports = self._library.exports(path)
            told = [(each, code) for each in exports.wants if (code := self._value(path, each, _DEEPEST)) is not None]
            self._exports[path] = self._library.exports(path, Known(tuple(told))) if told else exports
            self._open.discard(path)
        return self._exports[path]

    # --- callers ------------------------------------------------------------------------------------------------------

    def _given(self, path: str, taken: Taken) -> tuple[str, ...] | None:
        """What every caller gives for the parameter, or every heir for the field; None when one of them is not known."""
        codes: dict[str, None] = {}
        self._left = self._left - 1 if self._asked else _MOST_ASKED
        if (path, taken) in self._asked or len(self._asked) > _DEEPEST or self._left < 0:
            return None
        self._asked.add((path, taken))
        try:
            for caller, calls in self._users(path, taken):
                found = self._of_heirs(caller, calls, taken) if taken.member else _at(calls, taken.position)
                if found is None:
                    return None
                codes.update(dict.fromkeys(found))
        finally:
            self._asked.discard((path, taken))
        return tuple(codes)

    def _of_heirs(self, path: str, calls: Calls, taken: Taken) -> list[str] | None:
        """What the classes of one file that extend the class give a field, and those that extend them."""
        codes: list[str] = []
        for heir in calls.heirs:
            code = dict(heir.fields).get(taken.member, "")
            below = self._given(path, replace(taken, function=heir.name)) if heir.name is not None else ()
            if code is None or below is None:
                return None
            codes += [each for each in (code, *below) if each]
        return codes

    def _users(self, path: str, taken: Taken) -> Iterator[tuple[str, Calls]]:
        """Every file that imports the function or class, also under a name that another file gives it."""
        reaching, function = tuple(self._reaching(path)), taken.function
        names = dict.fromkeys((function, *self._renamed(reaching, function)))
        met: set[tuple[str, Imported]] = set()
        for caller, name in product(reaching, names):
            for at, calls in enumerate(self._calls_in(caller, name)):
                key = (caller, calls.function)
                if key not in met and self._leads_to(caller, calls.function, path, function, _DEEPEST):
                    met.add(key)
                    yield caller, self._calls_told(caller, name)[at] if _lacks(calls, taken) else calls

    def _calls_in(self, caller: str, function: str) -> tuple[Calls, ...]:
        key = (caller, function)
        if key not in self._calls:
            self._calls[key] = self._library.calls(caller, function)
        return self._calls[key]

    def _calls_told(self, caller: str, function: str) -> tuple[Calls, ...]:
        """The same, with what other files tell about the caller."""
        calls = self._calls_in(caller, function)
        known = self._around(caller, calls[0].wants, calls[0].takes)
        return self._library.calls(caller, function, known) if known != NOTHING_KNOWN else calls

    def _renamed(self, paths: Iterable[str], function: str) -> Iterator[str]:
        """The names under which these files hand the export on: `export { useTable as useRows } from './table'`."""
        renamed = re.compile(rf"\b{re.escape(function)}\s+as\s+([\w$]+)")
        for path in paths:
            if path not in self._clauses:
                self._clauses[path] = " ".join(self._library.clauses(path))
            yield from (each[1] for each in renamed.finditer(self._clauses[path]))

    def _reaching(self, path: str) -> Iterator[str]:
        """The files that import this one, or a file that hands it on."""
        seen, waiting = {path}, [path]
        while waiting:
            for importer in self._importers.get(waiting.pop(), ()):
                if importer not in seen:
                    seen.add(importer)
                    waiting.append(importer)
                    yield importer

    @cached_property
    def _importers(self) -> dict[str, list[str]]:
        """For each file, the files that name it as a module."""
        found: dict[str, list[str]] = {}
        for importer in self._code:
            for specifier in self._library.modules(importer):
                path = self._modules.resolve(importer, specifier)
                if path is not None:
                    found.setdefault(path, []).append(importer)
        return found

    def _leads_to(
        self, importer: str, name: Imported, path: str, function: str, left: int, seen: _Seen | None = None
    ) -> bool:
        found = self._modules.resolve(importer, name.specifier)
        seen = {} if seen is None else seen
        if found is None or seen.get((found, name.name), 0) >= left:
            return False
        seen[found, name.name] = left
        if found == path:
            return name.name == function
        exports = self._exports_of(found)
        for key, origin in exports.origins:
            if key == name.name:
                return self._leads_to(found, origin, path, function, left - 1, seen)
        return any(
            self._leads_to(found, Imported(each, name.name), path, function, left - 1, seen) for each in exports.stars
        )


def _at(calls: Calls, position: int) -> list[str] | None:
    """What each call gives at the position; None when one gives what is not known, or others may call."""
    given = [each[position] if position < len(each) else None for each in calls.arguments]
    return [each for each in given if each is not None] if calls.whole and None not in given else None


def _lacks(calls: Calls, taken: Taken) -> bool:
    """True when the file by itself does not tell what it gives."""
    if taken.member:
        return any(dict(each.fields).get(taken.member, "") is None for each in calls.heirs)
    return any(each[taken.position : taken.position + 1] == (None,) for each in calls.arguments)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
