"""What uses a table besides a project's own calls: SQL in its code, code of another root, in another language, or through an ORM.

None of it is read for what it asks; that it has the name of a table is enough not to call the table unused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from analyzer.discover import CODE_SUFFIXES
from analyzer.engine.readers import created
from analyzer.engine.reading import Reading, is_sql
from analyzer.link import Project
from analyzer.model.finding import Finding
from analyzer.model.inventory import SupabaseRoot
from analyzer.rules.unused_table import called

_UNUSED = "FC501"
_WORD = re.compile(rb"\w+")
_OTHER_CODE = (
    *(".sh", ".bash", ".zsh", ".ps1"),
    *(".py", ".ipynb", ".dart", ".swift", ".kt", ".kts", ".java", ".scala", ".go", ".rs", ".rb", ".php", ".cs", ".fs"),
    *(".ex", ".exs", ".elm", ".r", ".R", ".prisma", ".graphql", ".gql", ".yaml", ".yml"),
)


class Elsewhere:
    """The names that the rest of a tree has, besides one project's calls; found out once a table seems unused."""

    def __init__(self, reading: Reading, root: SupabaseRoot, others: Iterable[Project], unread: Iterable[str]) -> None:
        """``others`` are the projects that may be one with this; ``unread`` are the files that belong to none, of any kind."""
        self._reading = reading
        self._root = root
        self._others = others
        self._unread = unread

    def unused(self, project: Project, found: Iterable[Finding]) -> Iterator[Finding]:
        """The findings without the tables that something else names; those are counted as withheld."""
        findings = tuple(found)
        unused = dict.fromkeys(_table(each) for each in findings if each.code == _UNUSED)
        named = {name for name in unused if name in self._called or name in self._declared or name in self._written}
        named |= {name for name in unused if name not in named and name.lower() in self._stated}
        for finding in findings:
            if finding.code == _UNUSED and _table(finding) in named:
                project.withhold(finding.subject)
            else:
                yield finding

    @cached_property
    def _stated(self) -> frozenset[str]:
        """The tables that SQL in the project's own code speaks of, in small letters."""
        return frozenset(name for path in self._root.code for name in self._reading.stated(path))

    @cached_property
    def _called(self) -> frozenset[str]:
        """What the code of the other projects asks for."""
        return frozenset(name for each in self._others for name in called(each))

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The tables that an ORM's files declare: whoever wrote them asks for the tables by other names."""
        files = (path for path in self._root.beside if not is_sql(path))
        scripts = self._reading.declared(files)
        made = (each for script in scripts for each, _ in created(script.path, script.facts))
        return frozenset(each.name for each in made if each.kind == "relation")

    @cached_property
    def _written(self) -> frozenset[str]:
        """Every word of code that was not read."""
        files = (path for path in self._unread if path.endswith((*_OTHER_CODE, *CODE_SUFFIXES)) and not _hidden(path))
        words = {word for path in files for word in set(_WORD.findall(self._reading.bytes_of(path)))}
        return frozenset(word.decode("utf-8", "replace") for word in words)


def _table(finding: Finding) -> str:
    return finding.subject.rpartition(".")[2]


def _hidden(path: str) -> bool:
    """True for what configures tools, such as ``.github/workflows``."""
    return path.startswith(".") or "/." in path
