"""Writes ``requirements/test.txt`` and ``docs/dependencies.md`` from what is installed: ``python requirements/write.py``.

Run it in an environment into which ``pip install --editable '.[test]'`` has put what is to be pinned. What only another
platform or another Python needs is not in it, and is not pinned.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK, PAGE = ROOT / "requirements" / "test.txt", ROOT / "docs" / "dependencies.md"

_LOCK_HEAD = """\
# The versions that the tests are known to pass with, on Python 3.11 to 3.14; `./dev` installs these.
# Written by requirements/write.py; pyproject.toml says what fromcheck itself asks for.
"""
_PAGE_HEAD = """\
# Dependencies and their licences

Written by `requirements/write.py` from the packages' own metadata; the versions are those that `requirements/test.txt`
pins for the tests. What `pip install fromcheck` brings is marked as needed by fromcheck itself; the extras bring the rest.

| package | version | licence | needed by |
| --- | --- | --- | --- |
"""


def declared() -> dict[str, list[Requirement]]:
    """What pyproject.toml asks for: ``fromcheck`` for the tool itself, then each extra by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"fromcheck": project["dependencies"], **project["optional-dependencies"]}
    return {
        name: [each for each in map(Requirement, listed) if canonicalize_name(each.name) != "fromcheck"]
        for name, listed in groups.items()
    }


def reached(wanted: Iterable[Requirement]) -> Iterator[Distribution]:
    """Every package that these need, themselves too, as far as it is installed here."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(wanted)
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if (name, frozenset(each.extras)) in seen:
            continue
        seen.add((name, frozenset(each.extras)))
        try:
            found = distribution(each.name)
        except PackageNotFoundError:
            continue
        yield found
        for text in found.requires or ():
            inner = Requirement(text)
            extras = ("", *each.extras)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(inner)


def licence(package: Distribution) -> str:
    """The licence as the package itself names it. Raises ValueError when it names none."""
    said = package.metadata
    classified = [
        each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each.startswith("License ::")
    ]
    named = said.get("License-Expression") or ", ".join(classified) or (said.get("License") or "").strip()
    if not named or "\n" in named:
        raise ValueError(f"{said['Name']} names no licence in a line")
    return re.sub(r"\s+", " ", named)


def packages() -> dict[str, tuple[Distribution, list[str]]]:
    """Every package by name, and which of the groups needs it."""
    found: dict[str, tuple[Distribution, list[str]]] = {}
    for group, wanted in declared().items():
        for package in reached(wanted):
            groups = found.setdefault(canonicalize_name(package.metadata["Name"]), (package, []))[1]
            if group not in groups:
                groups.append(group)
    return dict(sorted(found.items()))


def main() -> None:
    """Write both files."""
    listed = packages()
    LOCK.write_text(_LOCK_HEAD + "".join(f"{name}=={package.version}\n" for name, (package, _) in listed.items()))
    rows = (
        f"| {name} | {package.version} | {licence(package)} | {', '.join(groups)} |\n"
        for name, (package, groups) in listed.items()
    )
    PAGE.write_text(_PAGE_HEAD + "".join(rows))


if __name__ == "__main__":
    main()
