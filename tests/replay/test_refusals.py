"""Statement by statement, what PostgreSQL refuses and with which SQLSTATE: it wrote the comments of the files in ``refusals``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.replay.conftest import Run

FILES = sorted((Path(__file__).parent / "refusals").glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_same_statements_are_refused_with_the_same_sqlstate(run: Run, path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    replayed = run(sql)
    assert replayed.unread == ()
    found = Counter((sql.count("\n", 0, each.place.span.start) + 1, each.sqlstate) for each in replayed.failures)
    lines = enumerate(sql.splitlines(), 1)
    expected = Counter((number, line.rpartition("-- ")[2]) for number, line in lines if "  -- " in line)
    assert found == expected
