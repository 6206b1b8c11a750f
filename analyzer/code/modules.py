"""Which file an import means.

Relative paths, tsconfig's ``paths``, import maps, packages of the workspace, ``$lib``, ``@/`` and ``~/``.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

_ENDINGS = ("", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".vue", ".svelte", ".astro")
_INDEXES = tuple(f"/index{ending}" for ending in _ENDINGS[1:])
# TypeScript lets an import name the file that the compiler will write.
_WRITTEN = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
_CONFIGS = ("tsconfig.json", "jsconfig.json", "tsconfig.app.json", "tsconfig.base.json")
_IMPORT_MAPS = ("deno.json", "deno.jsonc", "import_map.json", "package.json")
_MANIFEST = ("package.json",)
_ALL_CONFIGS = frozenset((*_CONFIGS, *_IMPORT_MAPS))
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*+"?|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)


class Modules:
    """Answers for the files of one tree; configuration is read when an import first needs it."""

    def __init__(self, paths: Iterable[str], read: Callable[[str], bytes]) -> None:
        self._paths = frozenset(paths)
        self._read = read
        self._found: dict[tuple[str, str], str | None] = {}
        self._configs: dict[str, Mapping[str, Any]] = {}
        self._extends: dict[str, tuple[str, ...]] = {}
        self._above: dict[tuple[str, tuple[str, ...]], tuple[tuple[str, str], ...]] = {}
        self._configured = {posixpath.dirname(path) for path in self._paths if posixpath.basename(path) in _ALL_CONFIGS}
        self._settings: dict[str, str] = {}

    def resolve(self, importer: str, specifier: str) -> str | None:
        """The file of the tree that the import in ``importer`` means; None for what is not in the tree."""
        folder = posixpath.dirname(importer)
        key = (folder if specifier.startswith(".") else self._setting(folder), specifier)
        if key not in self._found:
            candidates = self._candidates(key[0], specifier.partition("?")[0])
            found = (self._file(each) for each in candidates)
            self._found[key] = next((each for each in found if each is not None), None)
        return self._found[key]

    def _setting(self, folder: str) -> str:
        """The nearest folder at or above this one that has configuration: an import that is not relative means the same there."""
        if folder not in self._settings:
            ends = not folder or folder in self._configured
            self._settings[folder] = folder if ends else self._setting(posixpath.dirname(folder))
        return self._settings[folder]

    def _candidates(self, folder: str, specifier: str) -> Iterator[str]:
        if specifier.startswith("."):
            yield posixpath.normpath(posixpath.join(folder, specifier))
            return
        yield from self._by_config(folder, specifier)
        yield from self._by_import_map(folder, specifier)
        yield from self._by_package(specifier)
        yield from self._by_habit(folder, specifier)

    def _file(self, path: str) -> str | None:
        if path.startswith(("..", "/")):
            return None
        stem, ending = posixpath.splitext(path)
        written = tuple(stem + each for each in _WRITTEN.get(ending, ()))
        choices = (*written, *(path + each for each in _ENDINGS), *(path + each for each in _INDEXES))
        return next((each for each in choices if each in self._paths), None)

    # --- tsconfig -----------------------------------------------------------------------------------------------------

    def _by_config(self, folder: str, specifier: str) -> Iterator[str]:
        for _, path in self._at_or_above(folder, _CONFIGS):
            for config in self._extended(path):
                yield from self._mapped(config, specifier)

    def _mapped(self, config: str, specifier: str) -> Iterator[str]:
        options = self._json(config).get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        folder = posixpath.dirname(config)
        base = options.get("baseUrl")
        root = posixpath.normpath(posixpath.join(folder, base)) if isinstance(base, str) else folder
        for pattern, targets in _items(options.get("paths")):
            rest = _matched(pattern, specifier)
            for target in targets if rest is not None and isinstance(targets, list) else ():
                if isinstance(target, str):
                    yield posixpath.normpath(posixpath.join(root, target.replace("*", rest or "", 1)))
        if isinstance(base, str):
            yield posixpath.normpath(posixpath.join(root, specifier))

    def _extended(self, config: str) -> tuple[str, ...]:
        """A configuration and all that it extends, each once, however they extend one another."""
        if config not in self._extends:
            found: dict[str, None] = {}
            waiting = [config]
            while waiting:
                path = waiting.pop()
                if path in self._paths and path not in found:
                    found[path] = None
                    waiting += reversed([*self._bases(path)])
            self._extends[config] = tuple(found)
        return self._extends[config]

    def _bases(self, config: str) -> Iterator[str]:
        extended = self._json(config).get("extends")
        for each in extended if isinstance(extended, list) else [extended]:
            if isinstance(each, str) and each.startswith("."):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(config), each))
                yield path if path.endswith(".json") else path + ".json"

    def _by_import_map(self, folder: str, specifier: str) -> Iterator[str]:
        """The ``imports`` of Deno, in which ``"@/"`` stands for all that begins with it, and those of a package (``#lib/*``)."""
        for above, path in self._at_or_above(folder, _IMPORT_MAPS):
            for key, target in _items(self._json(path).get("imports")):
                if isinstance(target, str) and key.endswith("/") and specifier.startswith(key):
                    target += specifier[len(key) :]
                elif key != specifier and "*" not in key:
                    continue
                found = _exported({f"./{key}": target}, f"./{specifier}") if "*" in key else iter((target,))
                yield from (posixpath.normpath(posixpath.join(above, each)) for each in found if isinstance(each, str))

    def _at_or_above(self, folder: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The files of these names from the folder up to the root, each behind its folder."""
        found = self._above.get((folder, names))
        if found is None:
            here = ((folder, posixpath.join(folder, name)) for name in names)
            above = self._at_or_above(posixpath.dirname(folder), names) if folder else ()
            found = self._above[folder, names] = (*(each for each in here if each[1] in self._paths), *above)
        return found

    def _json(self, path: str) -> Mapping[str, Any]:
        if path not in self._configs:
            self._configs[path] = _parsed(self._bytes(path))
        return self._configs[path]

    def _bytes(self, path: str) -> bytes:
        try:
            return self._read(path)
        except OSError:
            return b""

    # --- packages and habits ------------------------------------------------------------------------------------------

    @cached_property
    def _packages(self) -> dict[str, str]:
        """The folders of the workspace's packages, by name."""
        found: dict[str, str] = {}
        for path in sorted(self._paths):
            if posixpath.basename(path) == "package.json":
                name = self._json(path).get("name")
                if isinstance(name, str):
                    found.setdefault(name, posixpath.dirname(path))
        return found

    def _by_package(self, specifier: str) -> Iterator[str]:
        parts = specifier.split("/")
        name = "/".join(parts[: 2 if specifier.startswith("@") else 1])
        if name not in self._packages:
            return
        folder, rest = self._packages[name], specifier[len(name) :].lstrip("/")
        manifest = self._json(posixpath.join(folder, "package.json"))
        wanted = [*_exported(manifest.get("exports"), f"./{rest}" if rest else ".")]
        if not rest:
            wanted += [
                each for key in ("source", "module", "main", "types") if isinstance(each := manifest.get(key), str)
            ]
            wanted += ["src/index", "index"]
        else:
            wanted += [rest, f"src/{rest}"]
        yield from (posixpath.normpath(posixpath.join(folder, each)) for each in wanted)

    def _by_habit(self, folder: str, specifier: str) -> Iterator[str]:
        """What frameworks map by themselves: SvelteKit's ``$lib``, and ``@/``, ``~/`` of Next, Nuxt and Vite templates."""
        for prefix, places in (("$lib", ("src/lib",)), ("@", ("src", "", "app")), ("~", ("src", "", "app"))):
            if specifier == prefix or specifier.startswith(prefix + "/"):
                rest = specifier[len(prefix) :].lstrip("/")
                for above, _ in self._at_or_above(folder, _MANIFEST):
                    yield from (posixpath.normpath(posixpath.join(above, each, rest)) for each in places)


def _matched(pattern: str, specifier: str) -> str | None:
    """What the ``*`` of the pattern stands for, empty without one; None when it does not match."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if specifier == pattern else None
    if specifier.startswith(before) and specifier.endswith(after) and len(specifier) >= len(before) + len(after):
        return specifier[len(before) : len(specifier) - len(after)]
    return None


def _items(value: object) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((key, each) for key, each in value.items() if isinstance(key, str))


def _exported(exports: object, entry: str) -> Iterator[str]:
    """The files that a package's ``exports`` gives for an entry, whatever the condition."""
    if isinstance(exports, str) and entry == ".":
        yield exports
    for key, value in _items(exports):
        if not key.startswith("."):
            yield from _exported(value, ".") if entry == "." else ()
        elif (rest := _matched(key, entry)) is not None:
            yield from (each.replace("*", rest) for each in _exported(value, "."))


def _parsed(data: bytes) -> Mapping[str, Any]:
    """JSON with comments and trailing commas; nothing where it is none."""
    text = _COMMENT.sub(lambda match: match[0] if match[0][0] == '"' else " ", data.decode("utf-8-sig", "replace"))
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
