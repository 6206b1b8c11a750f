"""``supabase/config.toml``: what it says about the API, the storage, the functions and the migrations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import field

from analyzer.model.inventory import Tree
from analyzer.model.record import Record
from analyzer.model.source import Problem

_ENV = re.compile(r"env\(.*\)")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


class SupabaseToml(Record, frozen=True):
    """One project's settings, with the CLI's defaults for what is not said.

    ``schemas`` are the exposed ones; ``schemas_known`` is False when an environment variable adds to them. ``buckets``
    says whether each is public, None when that is not known. ``schema_paths`` are patterns relative to ``supabase/``.
    ``auto_expose_new_tables`` and ``project_id`` are None when nothing is said.
    """

    schemas: tuple[str, ...] = ("public", "graphql_public")
    schemas_known: bool = True
    extra_search_path: tuple[str, ...] = ("public", "extensions")
    auto_expose_new_tables: bool | None = None
    buckets: Mapping[str, bool | None] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    schema_paths: tuple[str, ...] = ()
    migrations_enabled: bool = True
    project_id: str | None = None


def read_supabase_toml(tree: Tree, path: str | None) -> tuple[SupabaseToml, tuple[tuple[str, Problem], ...]]:
    """The settings of one config.toml, and what is wrong with it; the defaults where it cannot be read."""
    if path is None:
        return SupabaseToml(), ()
    try:
        settings = _Settings(_parsed(tree.read(path)))
    except OSError as error:
        return SupabaseToml(), ((path, Problem(f"cannot be read: {error.strerror or error}", unreadable=True)),)
    except _NotTomlError as wrong:
        return SupabaseToml(), ((path, wrong.problem),)
    toml = settings.supabase_toml()
    return toml, tuple((path, Problem(each)) for each in settings.faults)


class _NotTomlError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _parsed(data: bytes) -> dict[str, Any]:
    import tomllib

    mark = data.startswith(b"\xef\xbb\xbf") and 3
    try:
        return tomllib.loads(data[int(mark) :].decode())
    except UnicodeDecodeError as error:
        raise _NotTomlError(Problem("is not valid TOML: it is not UTF-8", error.start + int(mark), True)) from None
    except tomllib.TOMLDecodeError as error:
        raise _NotTomlError(_located(str(error), data)) from None
    except RecursionError:
        raise _NotTomlError(Problem("is not valid TOML: it is nested too deeply")) from None


def _located(message: str, data: bytes) -> Problem:
    """tomllib counts lines and characters from 1, in text whose line ends it made one byte long."""
    place = _PLACE.search(message)
    text = f"is not valid TOML, so the defaults are used: {_PLACE.sub('', message)}"
    if place is None:
        return Problem(text, len(data))
    line, column = int(place[1]), int(place[2])
    lines = data.split(b"\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    within = lines[line - 1].decode("utf-8", "replace")[: column - 1]
    return Problem(text, before + len(within.encode()))


class _Settings:
    """Takes typed values out of the document, and keeps what was wrong on the way."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self.faults: list[str] = []

    def supabase_toml(self) -> SupabaseToml:
        usual = SupabaseToml()
        schemas = self._texts("api.schemas", usual.schemas)
        known = tuple(each for each in schemas if not _ENV.fullmatch(each))
        if known != schemas:
            self.faults.append("api.schemas comes from the environment: name the exposed schemas in fromcheck.yaml")
        return SupabaseToml(
            schemas=known,
            schemas_known=known == schemas,
            extra_search_path=self._texts("api.extra_search_path", usual.extra_search_path),
            auto_expose_new_tables=self._flag("api.auto_expose_new_tables", None),
            buckets=dict(self._buckets()),
            functions=tuple(self._table("functions")),
            schema_paths=self._texts("db.migrations.schema_paths", ()),
            migrations_enabled=self._flag("db.migrations.enabled", True) is not False,
            project_id=named if isinstance(named := self._at(("project_id",)), str) else None,
        )

    def _buckets(self) -> Iterator[tuple[str, bool | None]]:
        for name in self._table("storage.buckets"):
            yield name, self._flag(f"storage.buckets.{name}.public", False, ("storage", "buckets", name, "public"))

    def _at(self, path: tuple[str, ...]) -> object:
        value: object = self._document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def _table(self, name: str) -> dict[str, Any]:
        value = self._at(tuple(name.split(".")))
        if value is not None and not isinstance(value, dict):
            self._fault(name, "a table")
        return value if isinstance(value, dict) else {}

    def _texts(self, name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """A list of text, or, as the CLI takes it too, one text with commas."""
        value = self._at(tuple(name.split(".")))
        if isinstance(value, str):
            value = [each.strip() for each in value.split(",") if each.strip()]
        if value is None or not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            if value is not None:
                self._fault(name, "a list of text")
            return usual
        return tuple(value)

    def _flag(self, name: str, usual: bool | None, path: tuple[str, ...] = ()) -> bool | None:
        """True or false; the usual when nothing is said; None when the environment decides."""
        value = self._at(path or tuple(name.split(".")))
        if value is None or isinstance(value, bool):
            return usual if value is None else value
        if not (isinstance(value, str) and _ENV.fullmatch(value)):
            self._fault(name, "true or false")
            return usual
        return None

    def _fault(self, name: str, takes: str) -> None:
        self.faults.append(f"{name} is not {takes}: the default is used")
