"""The extensions that Supabase has and our server has not: their names, types and signatures, with hollow bodies.

They are written as extensions of the server's own, so that CREATE, ALTER and DROP EXTENSION work as they always do.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

# Real ones that only a superuser may create, and a Supabase project may, too; none of them reaches the machine.
_LENT = (
    *("autoinc", "bloom", "dict_xsyn", "earthdistance", "insert_username", "moddatetime", "pg_stat_statements"),
    *("pgrowlocks", "pgstattuple", "refint", "vector"),
)
_OWN_SCHEMA = {"pg_cron": "pg_catalog", "pgmq": "pgmq", "supabase_vault": "vault", "pg_graphql": "graphql"}
_IN_BASE = ("pgjwt", "pgcrypto", "uuid-ossp", "supabase_vault", "pg_graphql")
_IN_PART = ("postgis",)  # of these, what is written by hand is not all that they bring
# Their types take modifiers, as in geometry(Point, 4326), and those take C.
_NOT_HOLLOW = ("postgis_raster", "postgis_topology", "pgrouting", "address_standardizer")
_PURE = ("digest", "hmac", "encrypt", "decrypt", "armor", "dearmor", "uuid_n", "foldername", "filename", "extension")


@cache
def base_facts() -> dict[str, Any]:
    """What a fresh Supabase database holds."""
    text = files("analyzer.sql").joinpath("base.json").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(text)
    return facts


def write_extensions(folder: Path, shared: Path) -> None:
    """Fill ``folder/extension``; ``shared`` is where the server keeps its own control files."""
    target = folder / "extension"
    target.mkdir(parents=True)
    for name in _LENT:
        _lend(shared, target, name)
    for name in (*base_facts()["extensions_available"], *_IN_BASE):
        if name not in _NOT_HOLLOW and not (shared / f"{name}.control").exists():
            _write(target, name)


def _lend(shared: Path, target: Path, name: str) -> None:
    control = shared / f"{name}.control"
    if not control.exists():
        return
    (target / control.name).write_text(control.read_text() + "\ntrusted = true\n")
    for script in shared.glob(f"{name}--*.sql"):
        shutil.copy(script, target)


def _write(target: Path, name: str) -> None:
    own = f"schema = '{_OWN_SCHEMA[name]}'\n" if name in _OWN_SCHEMA else ""
    control = f"default_version = '1.0'\nrelocatable = false\ntrusted = true\n{own}"
    (target / f"{name}.control").write_text(control)
    (target / f"{name}--1.0.sql").write_text("\n".join(_script(name)) + "\n")


def _script(name: str) -> Iterator[str]:
    written = files("analyzer.verify").joinpath("extensions", f"{name}.sql")
    by_hand = written.read_text(encoding="utf-8") if written.is_file() else ""
    yield by_hand
    if name in _IN_BASE:
        for facts in base_facts()["functions"]:
            if extension_of(facts) == name and f".{facts[1]}(" not in by_hand:
                yield function(facts[0], facts[1], facts[2], facts[3], "@extschema@")
    elif not by_hand:
        yield from _guessed(base_facts()["extensions_available"][name])


def extension_of(function: Iterable[str]) -> str | None:
    """The extension that brought a function of the base, None for one that Supabase made itself."""
    schema, name, _, returns = function
    if schema in ("graphql", "vault"):
        return {"graphql": "pg_graphql", "vault": "supabase_vault"}[schema]
    if schema != "extensions" or returns == "event_trigger":
        return None
    if f"extensions.{name}" in base_facts()["extensions_available"]["pgjwt"]["functions"]:
        return "pgjwt"
    if name.startswith("pg_stat_statements"):
        return "pg_stat_statements"
    return "uuid-ossp" if name.startswith("uuid_") else "pgcrypto"


def extension_beyond(function: str) -> str | None:
    """The extension that is stood in for in part, and brings a function of this name."""
    available = base_facts()["extensions_available"]
    return next((name for name in _IN_PART if f"extensions.{function}" in available[name]["functions"]), None)


def _guessed(brought: dict[str, list[str]]) -> Iterator[str]:
    """Types as text, and functions that take anything, where only the names are known."""
    for qualified in brought["types"]:
        yield f"create domain {_placed(qualified)} as text;"
    for qualified in brought["functions"]:
        yield f"create function {_placed(qualified)}() returns jsonb language internal as 'jsonb_build_array_noargs';"
        anything = 'variadic "any"'
        yield f"create function {_placed(qualified)}({anything}) returns jsonb language internal as 'jsonb_build_array';"


def _placed(qualified: str) -> str:
    schema, _, name = qualified.partition(".")
    return f"{'@extschema@' if schema == 'extensions' else identifier(schema)}.{identifier(name)}"


def identifier(name: str) -> str:
    """The name in double quotes, which are right for any name."""
    return '"' + name.replace('"', '""') + '"'


def function(schema: str, name: str, arguments: str, returns: str, placed: str | None = None) -> str:
    """A function of that signature which does nothing."""
    home = placed or identifier(schema)
    kind = "immutable" if name.startswith(_PURE) else "volatile" if returns in ("trigger", "void") else "stable"
    return f"create function {home}.{identifier(name)}({arguments}) returns {returns} {kind} {_body(returns)};"


def _body(returns: str) -> str:
    if returns.startswith(("SETOF", "TABLE")):
        return "language plpgsql as 'begin return; end'"
    if returns in ("void", "event_trigger"):
        return "language plpgsql as 'begin end'"
    return "language plpgsql as 'begin return " + ("new" if returns == "trigger" else "null") + "; end'"
