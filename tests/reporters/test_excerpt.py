from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.report import Region
from analyzer.model.span import Position
from analyzer.reporter import cells, excerpt


def under(line: str, first: int, last: int, width: int = 80, end_line: int = 1) -> tuple[str, str]:
    """The line as shown, and the carets below it."""
    shown = excerpt(line, Region("a", Position(1, first), Position(end_line, last)), width)
    return shown.line, " " * shown.indent + "^" * shown.marked


@pytest.mark.parametrize(
    ("line", "first", "last", "expected"),
    [
        ("from('agents')", 7, 13, ("from('agents')", "      ^^^^^^")),
        ("\tfrom('a')", 8, 9, ("    from('a')", "          ^")),
        ("ab\tcd", 4, 6, ("ab  cd", "    ^^")),
        ("日本('a')", 5, 6, ("日本('a')", "      ^")),
        ("e\u0301('a')", 5, 6, ("e\u0301('a')", "   ^")),
        ("from('日本')", 7, 9, ("from('日本')", "      ^^^^")),
        ("\x1b[31m('a')", 8, 9, ("\\x1b[31m('a')", " " * 10 + "^")),
        ("text  ", 9, 9, ("text", "    ^")),
        ("text", 3, 3, ("text", "  ^")),
    ],
    ids=[
        "plain",
        "tab",
        "tab stop",
        "wide before",
        "combining before",
        "wide in it",
        "escape before",
        "past the end",
        "empty",
    ],
)
def test_carets_stand_under_the_region(line: str, first: int, last: int, expected: tuple[str, str]) -> None:
    assert under(line, first, last) == expected


def test_a_region_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert under("create table a (", 8, 2, end_line=4) == ("create table a (", "       ^^^^^^^^^")


def test_a_long_line_is_cut_around_the_region() -> None:
    line = "a" * 100 + "TABLE" + "b" * 100
    assert under(line, 101, 106, width=21) == ("…aaaaaaaTABLEbbbbbbb…", "        ^^^^^")


def test_a_long_line_is_cut_at_the_end_only_when_the_region_is_near_its_start() -> None:
    assert under("TABLE" + "b" * 100, 1, 6, width=12) == ("TABLEbbbbb…", "^^^^^")


def test_a_long_line_is_cut_at_the_start_only_when_the_region_is_at_its_end() -> None:
    assert under("a" * 100 + "TABLE", 101, 106, width=12) == ("…aaaaaTABLE", "      ^^^^^")


def test_a_region_wider_than_the_room_is_cut_itself() -> None:
    assert under("ab" + "X" * 50, 3, 53, width=12) == ("…XXXXXXXXXX…", " ^^^^^^^^^^")


@given(
    st.text(st.characters(exclude_characters="\n\r"), max_size=120),
    st.integers(1, 130),
    st.integers(0, 40),
    st.integers(20, 90),
)
def test_fits_and_points_into_the_line(line: str, first: int, length: int, width: int) -> None:
    text, carets = under(line, first, first + length, width)
    assert cells(text) <= width + 10  # a single escape, \U000e0001, is never split
    assert not {unicodedata.category(each) for each in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert len(carets) <= cells(text) + 1
    assert carets.endswith("^")


@given(st.text("ab \t日é\x1b", max_size=100), st.data())
def test_the_caret_is_under_the_character_it_is_about(line: str, data: st.DataObject) -> None:
    marked = f"{line}#{data.draw(st.text('ab日', max_size=100))}"
    text, carets = under(marked, len(line) + 1, len(line) + 2, data.draw(st.integers(20, 80)))
    at = text.index("#")
    assert (len(carets) - 1, carets.count("^")) == (cells(text[:at]), 1)
