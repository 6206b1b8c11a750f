"""The API that PostgREST makes of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from analyzer.model.catalog import Catalog
from analyzer.postgrest.embedding import Relationships
from analyzer.postgrest.plan import Planner


class Api:
    """What PostgREST shows of the exposed schemas; each part is worked out when it is first asked for."""

    def __init__(self, catalog: Catalog, exposed: Sequence[str]) -> None:
        self._catalog = catalog
        self._exposed = exposed

    @cached_property
    def relationships(self) -> Relationships:
        """How relations can be embedded in one another."""
        return Relationships(self._catalog, self._exposed)

    @cached_property
    def planner(self) -> Planner:
        """Sets requests beside relations."""
        return Planner(self._catalog, self.relationships)
