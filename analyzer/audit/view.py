"""One project as the audit looks at it: what was found, who asks for what, and where things stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analyzer.entities import Modelled, modelled
from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.audit import Spot
from analyzer.model.report import Entry, Region
from analyzer.model.span import Place
from analyzer.resemblance import Candidate, resemblances
from analyzer.words import words_of

# From this score on, nineteen in twenty of what was renamed is the one that was meant.
LIKELY = 0.55
_LEAST_COLUMNS, _MOST_COLUMNS = 2, 0.6
_SAID_OF_ALL = frozenset({"id", "created_at", "updated_at", "deleted_at"})


@dataclass
class View:
    """A project with the findings that are its own; ``region`` turns a place into lines and columns."""

    project: Project
    entries: Sequence[Entry]
    region: Callable[[Place], Region]
    _at: dict[tuple[str, int, int], Use] = field(default_factory=dict)

    def spot(self, place: Place, what: str = "") -> Spot:
        """The place as a line of a file."""
        return Spot(place.path, self.region(place).start.line, what)

    def uses(self, *, tests: bool = True) -> Iterator[Use]:
        """The calls that ask for a table, view or subscription."""
        return (
            use for use in self.project.uses if use.reference.kind in ("table", "realtime") and (tests or not use.test)
        )

    @cached_property
    def asking(self) -> dict[str, list[Use]]:
        """The calls by the qualified name that they ask for; what a view or table really is, where it is there."""
        found: dict[str, list[Use]] = {}
        for use in self.uses():
            name = self.project.catalog.qualified(use.relation) if use.relation else use.qualified
            found.setdefault(name, []).append(use)
        return found

    @cached_property
    def candidates(self) -> dict[str, tuple[Candidate, ...]]:
        """What may have been meant by each missing table, by its qualified name."""
        return {
            f"{DEFAULT_SCHEMA}.{name}": tuple(each for each in found if not self._apart(name, each.relation.name))
            for name, found in resemblances(self.project).items()
        }

    def _apart(self, name: str, other: str) -> bool:
        """True when one table refers to both, each by a column of its own: then they are not one and the same."""
        return any(name in targets and other in targets for targets in self._targets)

    @cached_property
    def _targets(self) -> list[set[str]]:
        """What each table refers to."""
        relations = self.project.intended.relations
        keys = (
            (each.target for each in relation.constraints if each.target in relations)
            for relation in relations.values()
        )
        return [{relations[target].name for target in found if target is not None} for found in keys]

    def stands_for(self, candidate: Candidate, name: str) -> bool:
        """True when the candidate can do what the code asks of the missing table: it has nearly all the columns, of two at least.

        A column that refers to what corresponds to the target of one of the candidate's counts as had.
        """
        asked = self._asked(name)
        there = {column.name for column in candidate.relation.columns} | self._asked(
            self.project.intended.qualified(candidate.relation)
        )
        alike = {column for column in asked if any(f"`{column}` is to " in each for each in candidate.evidence)}
        had = asked & there | alike
        return candidate.score >= LIKELY and len(had) >= _LEAST_COLUMNS and len(had) >= _MOST_COLUMNS * len(asked)

    def columns_asked(self, name: str) -> tuple[str, ...]:
        """The columns that calls name which ask for this table and no other, in the order of the code."""
        uses = (use for use in self.asking.get(name, ()) if use.alone)
        columns = (column.text for use in uses for column in use.reference.columns)
        return tuple(dict.fromkeys(column for column in columns if column != "*"))

    def _asked(self, name: str) -> set[str]:
        return set(self.columns_asked(name)) - _SAID_OF_ALL

    @cached_property
    def model(self) -> tuple[Modelled, ...]:
        """What the domain model names."""
        return modelled(self.project)

    def mention(self, name: str) -> Modelled | None:
        """Where the domain model names the table, if it does."""
        said = words_of(name.rpartition(".")[2])
        return next((each for each in self.model if words_of(each.entity.name.rpartition(".")[2]) == said), None)
