"""Whatever statements come one after the other, the replay ends where PostgreSQL ends, failures and all."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, given, settings

from tests.postgres.conftest import Part
from tests.postgres.statements import HISTORY, START


@settings(
    max_examples=int(os.environ.get("HISTORIES", "60")),
    derandomize="HISTORIES" not in os.environ,  # a build does not turn red by chance
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(HISTORY)
def test_the_replay_ends_where_postgresql_ends(part: Part, history: list[str]) -> None:
    parted = part("\n".join((*START, *history)))
    assert parted == []
