"""The functions of ``pg_catalog``, by name: those of PostgreSQL 15 to 18 together."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _names() -> frozenset[str]:
    return frozenset(files("analyzer.sql").joinpath("builtin_functions.txt").read_text(encoding="utf-8").split())


def is_builtin_function(name: str) -> bool:
    """True when PostgreSQL itself may have a function of that name."""
    return name in _names()
