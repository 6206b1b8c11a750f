"""The scanner cuts SQL just where PostgreSQL's own does."""

from __future__ import annotations

import re
from itertools import pairwise

import postgast
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analyzer.sql.scan import scan, texts

_COMMENTS = frozenset((275, 276))

CASES = [
    "select 'a'\n  'b', 'c' -- it's a comment\n",
    "select 'one'\n \n-- if they're apart\n",
    "select 'one' /* no line */ 'two'",
    r"select E'it\'s', e'\\', E'a''b', 'c:\'",
    "select U&'d\\0061t', u&\"n\\0061me\", N'x', b'01', X'1f'",
    "select $$it's$$, $a$ $$ $b$ $a$, $1, $2::int, a$b$c",
    "/* outer /* inner */ still */ select 1",
    "select 1.5e10, .5, 1., 0x1F, 0o17, 0b11, 1_000, 1..10",
    "select a<>-1, b>=-2, c@-d, e<-f, @- 5, a::int[], x:=1, y=>2, z->>'k'#>>'{a}'",
    "select a*-- comment\nb, c/* d */*e, f+-/* g */1",
    'select "a""b", "ünï", ünï_cödé, tab$le from "S p a c e"."T"',
    "select a\fb\vc",
    "select '😀', \"😀\", 😀 -- 😀",
    "create operator === (leftarg = int)",
]


def tokens_of_postgresql(text: str) -> list[str]:
    raw = text.encode()
    return [raw[each.start : each.end].decode() for each in postgast.scan(text).tokens if each.token not in _COMMENTS]


def tokens_of_ours(text: str) -> list[str]:
    return [text[start:end] for start, end in scan(text)]


@pytest.mark.parametrize("text", CASES)
def test_written_by_hand(text):
    assert tokens_of_ours(text) == tokens_of_postgresql(text)


_PIECES = st.sampled_from(
    [
        *("select", "E'a\\'b'", "'it''s'", "'a'", "\n", " ", "\t", "\r\n", "-- it's\n", "/* x */", "/* a /* b */ */"),
        *("$$ ' $$", "$t$ $$ $t$", '"q""q"', "U&'\\0041'", "x'1f'", "1.5", ".5", "1e5", "0x1f", "$1", "name", "näme"),
        *("+", "-", "*", "/", "<", ">", "=", "~", "!", "@", "#", "%", "^", "&", "|", "`", "?", ":", "::", ":=", "."),
        *(",", ";", "(", ")", "[", "]", "..", "->>", "@>", "<->", "😀", "a$b"),
    ]
)


def test_comments_between_two_strings_are_white_space():
    """As in scan.l; the parser library gives comments out as tokens, and so takes them for the end of a string."""
    text = "select 'one' -- here\n  -- if they're apart\n 'two', 3"
    assert tokens_of_ours(text) == ["select", "'one' -- here\n  -- if they're apart\n 'two'", ",", "3"]


_STRING_THEN_COMMENT = re.compile(r"'\s*--")


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_any_order_of_pieces(text):
    assume(not _STRING_THEN_COMMENT.search(text))
    try:
        expected = tokens_of_postgresql(text)
    except postgast.PgQueryError:
        return  # PostgreSQL refuses the text; what then is cut where is nobody's promise
    assert tokens_of_ours(text) == expected


@given(st.text())
def test_no_text_is_too_odd(text):
    spans = list(scan(text))
    assert all(a < b for a, b in spans[:-1])
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=14).map("".join)))
def test_the_texts_are_those_of_the_places(text):
    found = tokens_of_ours(text)
    assert texts(text) == ([each for each in found if each], "" in found)


@pytest.mark.parametrize("text", ["'", "$a$", '"', "/*", "/* /* */", "select E'\\'"])
def test_what_has_no_end_is_last(text):
    start, end = list(scan(text))[-1]
    assert start == end < len(text)
    assert texts(text)[1]
