"""What is needed is pinned and its licence told. ``python requirements/write.py`` writes both files anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", (ROOT / "requirements" / "test.txt").read_text(), re.MULTILINE))
ROWS = re.findall(
    r"^\| ([a-z0-9][a-z0-9-]*) \| (\S+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "dependencies.md").read_text(), re.M
)


def wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [
        each
        for each in (*project["dependencies"], *project["optional-dependencies"]["test"])
        if not each.startswith("fromcheck")
    ]


@pytest.mark.parametrize("asked", wanted())
def test_what_is_asked_for_is_pinned_to_a_version_that_fits(asked: str) -> None:
    requirement = Requirement(asked)
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_every_pin_is_listed_with_its_licence() -> None:
    assert {name: version for name, version, _, _ in ROWS if name != "package"} == PINS
    assert all(licence.strip() and needed.strip() for _, _, licence, needed in ROWS)


def test_what_the_tool_itself_brings_is_free_to_use() -> None:
    """No licence of what ``pip install fromcheck`` brings asks anything of the code that is scanned or of who scans it."""
    free = ("MIT", "BSD", "Apache", "MPL", "Mozilla Public License 2.0", "PSF")
    own = {name: licence for name, _, licence, needed in ROWS if "fromcheck" in needed.split(", ")}
    assert {"click", "sqlglot", "tree-sitter"} <= own.keys()
    assert [name for name, licence in own.items() if not licence.startswith(free)] == []
