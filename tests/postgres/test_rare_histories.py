"""The same of what is rare: nothing is refused that PostgreSQL takes, nothing taken that it refuses, the rest is equal."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, given, settings

from tests.postgres.conftest import Part
from tests.postgres.rare import HISTORY, START


@settings(
    max_examples=int(os.environ.get("HISTORIES", "30")),
    derandomize="HISTORIES" not in os.environ,  # a build does not turn red by chance
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(HISTORY)
def test_the_replay_ends_where_postgresql_ends(part: Part, history: list[str]) -> None:
    assert part("\n".join((*START, *history))) == []
