"""The files that the replay is held to, statement by statement: a real PostgreSQL refuses the same, for the same reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres.conftest import Part

FILES = sorted((Path(__file__).parent.parent / "replay" / "refusals").glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_postgresql_wrote_the_comments(part: Part, path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    parted = part(sql)
    assert parted.failures == [line.rpartition("-- ")[2] for line in sql.splitlines() if "  -- " in line]
    assert parted == []
