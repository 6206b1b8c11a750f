from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reporter import Style, cells, counted, visible

HOSTILE = st.text(st.characters(), max_size=60) | st.text(
    "\x00\x07\x1b\x7f\x9b\n\r\t\u200b\u202e\u2066\ufeff\ud800a", max_size=60
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain `public.agents`", "plain `public.agents`"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("one\ntwo\r", "one\\ntwo\\r"),
        ("\x9b2J", "\\x9b2J"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("caf\udce9.ts", "caf\\udce9.ts"),
        ("naïve 日本", "naïve 日本"),
        ("no\xa0break", "no\\xa0break"),
    ],
)
def test_shows_what_does_not_print(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(HOSTILE)
def test_nothing_that_acts_on_a_terminal_comes_through(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode("utf-8")


@given(HOSTILE)
def test_what_is_visible_stays(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\u1112\u1161\u11ab", 2), ("", 0)]
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_paints_only_when_colour_is_on() -> None:
    assert Style(color=False).paint("x", 1, 31) == "x"
    assert Style(color=True).paint("x", 1, 31) == "\x1b[1;31mx\x1b[0m"
    assert Style(color=True).paint("", 31) == ""


def test_counted() -> None:
    assert counted(1, "file") == "1 file"
    assert counted(0, "file") == "0 files"
    assert counted(1200, "reply", "replies") == "1,200 replies"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("as wide as the line!", "as wide as the line!"),
        ("one word more than fits here", "one word more than\n  fits here"),
        ("keep `all of this` whole", "keep `all of this`\n  whole"),
        ("do: `what is wider than a line is kept`, too", "do:\n  `what is wider than a line is kept`,\n  too"),
        ("\x1b[1mbold\x1b[0m takes no cells", "\x1b[1mbold\x1b[0m takes no cells"),
        ("日本日本 日本日本 日本", "日本日本 日本日本\n  日本"),
        ("  = averyveryverylongwordwithoutend", "  =\n  averyveryverylongwordwithoutend"),
        ("an `odd backtick at the very end", "an `odd backtick at\n  the very end"),
    ],
)
def test_lines_end_between_words(text: str, folded: str) -> None:
    assert Style(width=20, folds=True).fold(text, 2) == folded
    assert Style(width=20).fold(text, 2) == text


@given(st.text("ab` 日", max_size=80), st.integers(0, 10))
def test_folding_takes_nothing_but_blanks(text: str, indent: int) -> None:
    folded = Style(width=20, folds=True).fold(text, indent)
    assert folded.replace("\n", "").replace(" ", "") == text.replace(" ", "")
