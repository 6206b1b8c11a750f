"""Several Supabase projects of one repository may be one database: what another's migrations provide is kept back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from analyzer.check import all_rules, check
from analyzer.link import Project, against
from analyzer.model.catalog import Catalog, Missing
from analyzer.model.finding import Finding
from analyzer.model.inventory import SupabaseRoot
from analyzer.model.span import Place

_ON_CODE = "FC1"
_NOT_THERE = ("FC101", "FC102", "FC104")
_NEEDED = "FC201"

_Identity = tuple[str, Place, str]


def may_be_one(one: SupabaseRoot, other: SupabaseRoot) -> bool:
    """True unless each has a name of its own in its config.toml, and migrations, none of them in both."""
    names = one.project_id, other.project_id
    if None in names or names[0] == names[1] or not (one.migrations and other.migrations):
        return True
    return not _file_names(one).isdisjoint(_file_names(other))


def _file_names(root: SupabaseRoot) -> set[str]:
    return {each.path.rpartition("/")[2] for each in root.migrations}


def agreed(project: Project, others: Iterable[tuple[Project, bool]], found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that hold by every database that may be meant; the others are counted as withheld.

    ``others`` are the projects beside it, and whether they may be one with it. A call in a file that lies in no folder of
    its project may reach any of them.
    """
    asked = [_Other(project, each, one) for each, one in others]
    for finding in found:
        if any(each.answers(finding) for each in asked):
            project.withhold(finding.subject)
        else:
            yield finding


class _Other:
    """Another project, and what the rules say of the same code by its migrations, once that is asked."""

    def __init__(self, project: Project, other: Project, one: bool) -> None:
        self._project = project
        self._other = other
        self._one = one

    def answers(self, finding: Finding) -> bool:
        """True when what the finding misses is there by this project's migrations, and this project may be meant."""
        if finding.code == _NEEDED:
            return self._one and self.builds(finding)
        return finding.code.startswith(_ON_CODE) and self.may_be_asked(finding) and self.provides(finding)

    def may_be_asked(self, finding: Finding) -> bool:
        """True when the call that the finding is about may reach this project's database."""
        return self._one or not _within(finding.place.path, self._project.folder)

    def builds(self, finding: Finding) -> bool:
        """True when this project's migrations build what a migration of the other needs."""
        needed = (want.missing for want in self._project.replay.wants if want.place == finding.place)
        return any(_builds(self._other.catalog, each) for each in needed)

    def provides(self, finding: Finding) -> bool:
        """True when the thing is there by this project's migrations, and the call is right by them."""
        return _identity(finding) not in self._wrong and not self._lacks(finding.subject)

    def _lacks(self, subject: str) -> bool:
        absent = (each.subject for each in self._found if each.code in _NOT_THERE)
        return any(subject == each or subject.startswith((f"{each}.", f"{each}(")) for each in absent)

    @cached_property
    def _found(self) -> tuple[Finding, ...]:
        rules = (rule for rule in all_rules() if rule.code.startswith(_ON_CODE))
        return tuple(check(against(self._project, self._other), rules))

    @cached_property
    def _wrong(self) -> frozenset[_Identity]:
        return frozenset(map(_identity, self._found))


def _builds(catalog: Catalog, missing: Missing) -> bool:
    schema = missing.schema or "public"
    if missing.kind == "function":
        return bool(catalog.functions_named(schema, missing.name))
    relation = catalog.relation(schema, missing.name)
    if missing.kind == "column":
        return relation is not None and relation.column(missing.column or "") is not None
    return missing.kind == "relation" and relation is not None


def _identity(finding: Finding) -> _Identity:
    return finding.code, finding.place, finding.subject


def _within(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
