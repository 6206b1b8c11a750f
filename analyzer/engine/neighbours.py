"""Several Supabase projects of one repository may be one database: what another's migrations provide is kept back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from analyzer.check import all_rules, check
from analyzer.link import Project, against
from analyzer.model.finding import Finding
from analyzer.model.span import Place

_ON_CODE = "FC1"
_NOT_THERE = ("FC101", "FC102", "FC104")

_Identity = tuple[str, Place, str]


def agreed(project: Project, projects: Sequence[Project], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that hold by every database that the call may reach; the others are counted as withheld.

    A call may reach another project's database when both may be one, or when its file lies in neither folder.
    """
    others = [_Other(project, each) for each in projects if each is not project]
    for finding in found:
        on_code = finding.code.startswith(_ON_CODE)
        if on_code and any(each.may_be_asked(finding) and each.provides(finding) for each in others):
            project.withhold(finding.subject)
        else:
            yield finding


class _Other:
    """Another project, and what the rules say of the same code by its migrations, once that is asked."""

    def __init__(self, project: Project, other: Project) -> None:
        self._project = project
        self._other = other

    def may_be_asked(self, finding: Finding) -> bool:
        """True when the call that the finding is about may reach this project's database."""
        return self._one or not _within(finding.place.path, self._project.folder)

    def provides(self, finding: Finding) -> bool:
        """True when the thing is there by this project's migrations, and the call is right by them."""
        return _identity(finding) not in self._wrong and not self._lacks(finding.subject)

    def _lacks(self, subject: str) -> bool:
        absent = (each.subject for each in self._found if each.code in _NOT_THERE)
        return any(subject == each or subject.startswith((f"{each}.", f"{each}(")) for each in absent)

    @cached_property
    def _one(self) -> bool:
        return _may_be_one(self._project, self._other)

    @cached_property
    def _found(self) -> tuple[Finding, ...]:
        rules = (rule for rule in all_rules() if rule.code.startswith(_ON_CODE))
        return tuple(check(against(self._project, self._other), rules))

    @cached_property
    def _wrong(self) -> frozenset[_Identity]:
        return frozenset(map(_identity, self._found))


def _identity(finding: Finding) -> _Identity:
    return finding.code, finding.place, finding.subject


def _within(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _may_be_one(one: Project, other: Project) -> bool:
    """True unless each names itself differently in its config.toml, and no migration is in both."""
    names = one.schema.project_id, other.schema.project_id
    if None in names or names[0] == names[1]:
        return True
    return not _file_names(one).isdisjoint(_file_names(other))


def _file_names(project: Project) -> set[str]:
    return {each.path.rpartition("/")[2] for each in project.schema.migrations}
