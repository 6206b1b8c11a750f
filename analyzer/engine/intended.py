"""Which of a project's documents describe its data: those that the configuration names, or that the schema bears out."""

from __future__ import annotations

from collections.abc import Mapping

from analyzer.engine.reading import Reading
from analyzer.entities import standings
from analyzer.link import Project
from analyzer.model.domain import DomainFacts
from analyzer.model.inventory import SupabaseRoot

_LEAST_BUILT = 2


def model_of(reading: Reading, root: SupabaseRoot, project: Project, *, named: bool) -> Mapping[str, DomainFacts]:
    """What the documents of the domain model name, by file, in byte order.

    A document that is only found by its name counts where at least half of its entities are there in one way or
    another: else it is about something else, or about what may be one day.
    """
    reading.read_documents(root.documents)
    documents = {path: reading.domain[path] for path in root.documents if reading.domain[path].entities}
    return {path: facts for path, facts in documents.items() if named or _borne_out(project, path, facts)}


def _borne_out(project: Project, path: str, facts: DomainFacts) -> bool:
    there = [each.standing != "absent" for each in standings(project, path, facts)]
    return sum(there) >= _LEAST_BUILT and 2 * sum(there) >= len(there)
