"""A folder is a list: whatever a package's modules say under an agreed name, found without registration."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def find_constants(package: str, name: str) -> tuple[Any, ...]:
    """The constant ``name`` of every module of ``package`` that has one, in order of module name.

    Modules whose names start with an underscore are left out; packages within are not entered.
    """
    folder = import_module(package)
    found = sorted(module.name for module in iter_modules(folder.__path__) if not module.name.startswith("_"))
    modules = (import_module(f"{package}.{each}") for each in found)
    return tuple(getattr(module, name) for module in modules if hasattr(module, name))
