"""Every value that is kept comes back as it was, and no bytes do anything but fail."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.cache import Unreadable, codec
from analyzer.code.read import read_code
from analyzer.engine import Options, Session
from analyzer.engine.reading import Built
from analyzer.model.events import SqlFacts
from analyzer.model.facts import CodeFacts
from analyzer.model.inventory import SupabaseRoot
from analyzer.model.record import Variant
from analyzer.model.report import Report
from analyzer.model.source import Source
from analyzer.sql.read import read_sql

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(each for each in (ROOT / "samples").iterdir() if (each / "supabase").is_dir())
FILES = [path for folder in ("samples", "tests/cases") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]


class Grade(IntEnum):
    LOW = 1
    HIGH = 2


class Leaf(Variant, frozen=True):
    text: str
    number: int | None = None


class Nothing(Variant, frozen=True):
    pass


class Branch(Variant, frozen=True):
    parts: tuple[Part, ...] = ()
    names: frozenset[str] = frozenset()
    grade: Grade = Grade.LOW
    held: Mapping[tuple[str, int], Leaf | None] = None  # type: ignore[assignment]
    either: str | Leaf = ""
    pair: tuple[int, bytes] = (0, b"")


Part = Leaf | Branch | Nothing

texts = st.text(st.characters(codec="utf-8"), max_size=5)
leaves = st.builds(Leaf, texts, st.none() | st.integers(-(2**63), 2**64 - 1))
branches = st.deferred(
    lambda: st.builds(
        Branch,
        st.lists(leaves | branches | st.just(Nothing()), max_size=3).map(tuple),
        st.frozensets(texts, max_size=3),
        st.sampled_from(Grade),
        st.dictionaries(st.tuples(texts, st.integers(0, 9)), st.none() | leaves, max_size=3),
        texts | leaves,
        st.tuples(st.integers(0, 9), st.binary(max_size=4)),
    )
)


@given(branches)
def test_a_value_comes_back_as_it_was(value: Branch) -> None:
    back = codec(Branch).decode(codec(Branch).encode(value))
    assert back == value
    assert list(back.held) == list(value.held)


@pytest.mark.parametrize("leaf", [Leaf("", 2**64), Leaf("\ud800")], ids=["a number of 65 bits", "no UTF-8"])
def test_what_has_no_bytes_is_said(leaf: Leaf) -> None:
    with pytest.raises(Unreadable):
        codec(Leaf).encode(leaf)


@given(st.binary(max_size=60) | branches.map(lambda value: codec(Branch).encode(value)[:-1]))
def test_other_bytes_are_refused_or_read_as_some_value(data: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(codec(Branch).decode(data), Branch)


@pytest.mark.parametrize("folder", ["samples", "tests/cases"])
def test_the_facts_of_every_sample_come_back(folder: str) -> None:
    read = 0
    for path in (each for each in FILES if each.is_relative_to(ROOT / folder)):
        source = Source(path.name, path.read_bytes())
        code, sql = read_code(source), read_sql(source) if path.suffix == ".sql" else SqlFacts()
        assert codec(CodeFacts).decode(codec(CodeFacts).encode(code)) == code
        assert codec(SqlFacts).decode(codec(SqlFacts).encode(sql)) == sql
        read += len(code.references) + len(sql.statements)
    assert read > 10


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.name)
def test_what_migrations_build_and_a_report_come_back(sample: Path) -> None:
    session = Session.open(sample, Options())
    report = session.scan()
    assert codec(Report).decode(codec(Report).encode(report)) == report
    for root in session.inventory.roots:
        built = session.analysis._reading.built(root, exposed=None, roles=())
        assert isinstance(root, SupabaseRoot)
        assert codec(Built).decode(codec(Built).encode(built)) == built
