"""A folder is a list: whatever a package's modules say under an agreed name, found without registration."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def find_modules(package: str) -> tuple[str, ...]:
    """The names of a package's own modules, in order; none of them is imported, and packages within are not entered.

    Modules whose names start with an underscore are left out.
    """
    folder = import_module(package)
    return tuple(sorted(module.name for module in iter_modules(folder.__path__) if not module.name.startswith("_")))


@cache
def find_constants(package: str, name: str) -> tuple[Any, ...]:
    """The constant ``name`` of every module of ``package`` that has one, in order of module name."""
    modules = (import_module(f"{package}.{each}") for each in find_modules(package))
    return tuple(getattr(module, name) for module in modules if hasattr(module, name))


def spoken(module: str) -> str:
    """A module's name as people write it: ``edge-function`` for ``edge_function``, ``import`` for ``import_``."""
    return module.rstrip("_").replace("_", "-")


def find_spoken(package: str, word: str, name: str) -> Any:
    """The constant ``name`` of the one module that people write as ``word``; None when there is none of that name.

    The other modules are not imported.
    """
    module = next((each for each in find_modules(package) if spoken(each) == word), None)
    return None if module is None else getattr(import_module(f"{package}.{module}"), name)
