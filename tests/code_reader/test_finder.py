"""Where a file is looked at: behind each word that a call may stand at, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.code.finder import anchored, extractors


@pytest.mark.parametrize(
    ("code", "before"),
    [
        (b"db.from('a')", b"("),
        (b"db\n  .\n  from('a')", b"("),
        (b"db?.rpc('a')", b"("),
        (b"storage.createBucket('a')", b"("),
        (b"sql`select 1`", b"`"),
        (b"pool.query('select 1')", b"("),
        (b"type A = Tables<'a'>", b"<"),
        (b"D['public']['TablesInsert']", None),
        (b"D['public']['Tables']['a']", b"']['a"),
    ],
)
def test_a_word_is_found_with_what_has_to_stand_around_it(code: bytes, before: bytes | None) -> None:
    assert anchored(code) == ([] if before is None else [code.index(before)])


@pytest.mark.parametrize(
    "code",
    [b"import a from 'a'", b"db.fromEntries(a)", b"db.from$(a)", b"from('a')", b"mysql`select 1`", b"pool.query(a)"],
)
def test_what_only_looks_like_such_a_word_is_passed_over(code: bytes) -> None:
    assert anchored(code) == []


def test_the_places_are_in_order_whatever_their_words_and_end_where_the_file_does() -> None:
    code = b"a.rpc(); b.from(); c.invoke(); d.from()"
    assert anchored(code) == [5, 15, 27, 37]
    assert anchored(code, 30) == [5, 15, 27]


_PIECES = [
    b".",
    b"..",
    b" ",
    b"\n",
    b"$",
    b"x",
    b"(",
    b"<",
    b"`",
    b"'",
    b"']['",
    b"from",
    b"rpc",
    b"sql",
    b"query",
    b"('select 1')",
]
_PIECES += [b"Tables", b"TablesInsert", b"Enums", b"/rest/v1", b"postgres_changes", b"$queryRaw", b"$executeRawUnsafe"]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(b"".join))
def test_the_search_by_words_finds_all_that_the_expressions_of_the_extractors_find(code: bytes) -> None:
    whole = rb"(?:" + rb"|".join(each.anchor for each in extractors()) + rb")(?![\w$])"
    assert anchored(code) == [found.end() for found in re.finditer(whole, code)]
