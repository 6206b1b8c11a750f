"""Replays SQL given as text. What is expected was taken from a real PostgreSQL, never from the replay itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyzer.model.catalog import Replay
from analyzer.model.source import Source
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script

Run = Callable[..., Replay]


def sqlstates(replayed: Replay) -> list[str]:
    """The refusals, in order; a statement that was not understood is none, and must not hide here."""
    assert replayed.unread == ()
    return [failure.sqlstate for failure in replayed.failures]


@pytest.fixture
def run() -> Run:
    """``run(sql)``: one migration, applied to a fresh project whose new tables the API may use, unless ``exposed`` says other."""

    def run(sql: str, *, exposed: bool | None = True) -> Replay:
        return replay([Script("1_it.sql", "1", read_sql(Source("1_it.sql", sql.encode())))], exposed=exposed)

    return run
