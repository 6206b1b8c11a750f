"""Small histories, each about one kind of statement: the replay comes out where PostgreSQL does."""

from __future__ import annotations

import pytest

from tests.postgres.conftest import Part
from tests.postgres.histories import APART, FAILING, HISTORIES


@pytest.mark.parametrize("sql", HISTORIES.values(), ids=HISTORIES)
def test_a_history_without_failures_builds_what_postgresql_builds(part: Part, sql: str) -> None:
    parted = part(*sql.split("-- next file"))
    assert parted.failures == []
    assert parted == []
    assert parted.unread == 0


@pytest.mark.parametrize(("states", "sql"), FAILING.values(), ids=FAILING)
def test_a_failing_statement_is_refused_with_the_same_sqlstate_and_leaves_the_same_behind(
    part: Part, states: str, sql: str
) -> None:
    parted = part(*sql.split("-- next file"))
    assert parted.failures == states.split()
    assert parted == []


@pytest.mark.parametrize("sql", APART.values(), ids=APART)
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_where_the_two_still_part(part: Part, sql: str) -> None:
    assert part(*sql.split("-- next file")) == []
