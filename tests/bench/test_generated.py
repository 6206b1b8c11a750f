"""The made-up project of the benchmark has the faults that it says it has, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.engine import Options, Session
from bench.generate import generate


@pytest.mark.parametrize(("files", "migrations"), [(150, 30), (8, 2)])
def test_its_faults_are_found_and_nothing_else(tmp_path: Path, files: int, migrations: int) -> None:
    faults = generate(tmp_path, files, migrations)
    report = Session.open(tmp_path, Options()).scan()
    found = sorted((each.code, each.region.path, each.subject) for each in report.entries)
    assert found == sorted((each.code, each.path, each.subject) for each in faults)
    assert report.troubles == ()
    assert report.coverage.code_files == files
    assert bool(faults) == (files > 100)


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, 10, 3)
    written = [
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    ]
    assert written[0] == written[1]
