"""Versions of migrations: digits that begin their names, and the order in which they run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from analyzer.model.inventory import Migration

_STAMP = "%Y%m%d%H%M%S"


def version_before(migrations: Sequence[Migration], position: int, *, room: int = 1) -> str | None:
    """A free version that runs just before the migration at ``position``; None where none is found.

    With ``room`` for more than one, those that are asked for one after the other run in that order.
    """
    version = migrations[position].version
    if not version or int(version) == 0:
        return None
    before = migrations[position - 1].version if position else ""
    taken = {each.version for each in migrations}
    candidates = (_moved(version, -back) for back in range(min(room, int(version)), 0, -1))
    return next((each for each in candidates if each not in taken and before < each < version), None)


def version_after(migrations: Sequence[Migration]) -> str | None:
    """A version that runs after all of them; None where they have none."""
    version = migrations[-1].version if migrations else ""
    if not version:
        return None
    candidate = _moved(version, 1)
    return candidate if f"{candidate}_" > f"{version}_" else None


def _moved(version: str, by: int) -> str:
    """Seconds later where the version is a timestamp, else a number higher."""
    try:
        moment = datetime.strptime(version, _STAMP) + timedelta(seconds=by)
    except (ValueError, OverflowError):
        return str(int(version) + by).zfill(len(version))
    return moment.strftime(_STAMP)
