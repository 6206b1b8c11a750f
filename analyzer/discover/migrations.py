"""Which files of ``supabase/migrations`` the Supabase CLI applies, and in which order.

As its ``ListLocalMigrations`` does it: the entries of the folder by name, those that are ``<digits>_<name>.sql``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.model.inventory import Migration, Skipped

_TAKEN = re.compile(r"([0-9]+)_(.*)\.sql")
_DATED_INIT = re.compile(r"([0-9]{14})_init\.sql")
_INIT_APPLIES_FROM = 20211209000000

_VERSION_AND_NAME = re.compile(r"[Vv]?([0-9][0-9\-. :T]*[0-9]|[0-9])[^A-Za-z0-9]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Migrations:
    """What a migrations folder holds: the files that are applied, in order, and the SQL files that are passed over."""

    applied: tuple[Migration, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def read_migrations(folder: str, paths: Iterable[str]) -> Migrations:
    """Sort the files below ``folder`` (``supabase/migrations``) into those that the CLI applies and those it does not.

    Files that are not SQL, such as a README, are neither.
    """
    inside = sorted((path for path in paths if path.startswith(f"{folder}/")), key=os.fsencode)
    names = sorted({path[len(folder) + 1 :].split("/")[0] for path in inside}, key=os.fsencode)
    applied: list[Migration] = []
    skipped: list[Skipped] = []
    for path in inside:
        name = path[len(folder) + 1 :]
        found = _TAKEN.fullmatch(name)
        if "/" in name:
            skipped += _nested(folder, path)
        elif name == names[0] and _is_old_init(name):
            skipped.append(_old_init(path, name))
        elif found:
            applied.append(Migration(path, found[1]))
        elif name.lower().endswith(".sql"):
            skipped.append(_misnamed(folder, path, name))
    return Migrations(tuple(applied), tuple(skipped))


def _nested(folder: str, path: str) -> list[Skipped]:
    if not path.lower().endswith(".sql"):
        return []
    name = path.rpartition("/")[2]
    rename = f"{folder}/{name}" if _TAKEN.fullmatch(name) else None
    return [Skipped(path, f"it is in a folder below {folder}, and the Supabase CLI does not look into those", rename)]


def _is_old_init(name: str) -> bool:
    found = _DATED_INIT.search(name)
    return found is not None and int(found[1]) < _INIT_APPLIES_FROM


def _old_init(path: str, name: str) -> Skipped:
    reason = "the CLI takes a first file called init from before 9 December 2021 for its own; any other name would do"
    return Skipped(path, reason, path[: -len(name)] + name.replace("_init.sql", "_initial_schema.sql"))


def _misnamed(folder: str, path: str, name: str) -> Skipped:
    better = _better(name)
    would_do = f"{better} would do" if better else "put its date and time first, as in 20240131120000_name.sql"
    return Skipped(path, f"its name is not <digits>_<name>.sql: {would_do}", f"{folder}/{better}" if better else None)


def _better(name: str) -> str | None:
    """A name with the same version that the CLI takes; None where there is no version to keep."""
    found = _VERSION_AND_NAME.fullmatch(name[: -len(".sql")])
    if found is None:
        return None
    better = f"{re.sub('[^0-9]', '', found[1])}_{found[2] or 'migration'}.sql"
    return better if _TAKEN.fullmatch(better) else None
