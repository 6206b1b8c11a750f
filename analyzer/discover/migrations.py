"""Which files of ``supabase/migrations`` the Supabase CLI applies, and in which order.

As its ``ListLocalMigrations`` does it: the entries of the folder by name, those that are ``<digits>_<name>.sql``.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from analyzer.model.inventory import Migration, Skipped
from analyzer.model.record import Record

_TAKEN = re.compile(r"([0-9]+)_(.*)\.sql")
_DATED_INIT = re.compile(r"([0-9]{14})_init\.sql")
_INIT_APPLIES_FROM = 20211209000000

_MISNAMED = re.compile(r"[Vv]?([0-9]{4}[-.][0-9]{2}[-.][0-9]{2}(?![0-9])|[0-9]+)[^A-Za-z0-9]*(.*)\.sql", re.IGNORECASE)


class Migrations(Record, frozen=True):
    """What a migrations folder holds: the files that are applied, in order, and the SQL files that are passed over."""

    applied: tuple[Migration, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def read_migrations(folder: str, paths: Iterable[str]) -> Migrations:
    """Sort the files below ``folder`` (``supabase/migrations``) into those that the CLI applies and those it does not.

    Files that are not SQL, such as a README, are neither.
    """
    inside = sorted((path for path in paths if path.startswith(f"{folder}/")), key=os.fsencode)
    names = {path: path[len(folder) + 1 :] for path in inside}
    first = min((name.split("/")[0] for name in names.values()), key=os.fsencode, default="")
    taken = {path: found[1] for path, name in names.items() if (found := _TAKEN.fullmatch(name))}
    taken = {path: version for path, version in taken.items() if names[path] != first or not _is_old_init(first)}
    passed = {path: names[path] for path in inside if path not in taken and path.lower().endswith(".sql")}
    better = _better_names(passed, taken.values())
    return Migrations(
        tuple(Migration(path, version) for path, version in taken.items()),
        tuple(_skipped(folder, path, name, better.get(path)) for path, name in passed.items()),
    )


def _is_old_init(name: str) -> bool:
    """True for what the first versions of the CLI wrote themselves, which it passes over when it comes first."""
    found = _DATED_INIT.search(name)
    return found is not None and int(found[1]) < _INIT_APPLIES_FROM


def _better_names(passed: Mapping[str, str], versions: Iterable[str]) -> dict[str, str]:
    """For each file passed over the name under which it would be applied, where that leaves every version unique."""
    names = {path: name for path, old in passed.items() if (name := _better(old.rpartition("/")[2]))}
    counts = Counter([*versions, *(name.split("_")[0] for name in names.values())])
    return {path: name for path, name in names.items() if counts[name.split("_")[0]] == 1}


def _better(name: str) -> str | None:
    """A name with the same version that the CLI takes; None where there is no version to keep."""
    found = _MISNAMED.fullmatch(name)
    if found is None:
        return None
    better = f"{re.sub('[-.]', '', found[1])}_{found[2] or 'migration'}.sql"
    return better.replace("_init.sql", "_initial_schema.sql") if _is_old_init(better) else better


def _skipped(folder: str, path: str, name: str, better: str | None) -> Skipped:
    would_do = f"{better} would do" if better else "put its date and time first, as in 20240131120000_name.sql"
    if "/" in name:
        reason = f"it is in a folder below {folder}, and the Supabase CLI does not look into those"
    elif _is_old_init(name):
        reason = f"the CLI takes a first file called init from before 9 December 2021 for its own: {would_do}"
    else:
        reason = f"its name is not <digits>_<name>.sql: {would_do}"
    return Skipped(path, reason, f"{folder}/{better}" if better else None)
