"""Ignore comments: which are true comments, how far they reach, and what a wrong one is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.finding import Finding, Severity
from analyzer.model.ignore import Ignore
from analyzer.model.source import Source
from analyzer.model.span import Place, Span
from analyzer.suppress import Outcome, read_ignores, suppress

KNOWN = ("FC101", "FC103", "FC201", "FC901")


def ignores(path: str, text: str) -> tuple[Ignore, ...]:
    return read_ignores(Source(path, text.encode()))


def at(path: str, text: str, needle: str, code: str = "FC101") -> Finding:
    start = text.encode().index(needle.encode())
    return Finding(code, Severity.ERROR, "wrong", "public.x", Place(path, Span(start, start + 1)))


def outcome(path: str, text: str, *findings: Finding, checked: tuple[str, ...] = KNOWN) -> Outcome:
    return suppress(findings, ignores(path, text), checked, KNOWN)


# --- true comments ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.ts", "// fromcheck-ignore FC101: why\nhere"),
        ("a.ts", "/* fromcheck-ignore FC101: why */\nhere"),
        ("a.ts", "/*\n  fromcheck-ignore FC101: why\n*/\nhere"),
        ("a.ts", "  /** fromcheck-ignore FC101: why */\r\nhere"),
        ("a.ts", "here // fromcheck-ignore FC101: why"),
        ("a.ts", "here /* fromcheck-ignore FC101: why */ + 1"),
        ("a.ts", "//fromcheck-ignore FC101\nhere"),
        ("a.ts", "// fromcheck-ignore FC103, FC101: why\nhere"),
        ("a.ts", "// fromcheck-ignore FC103 FC101\nhere"),
        ("a.ts", "// fromcheck-ignore FC101: why\n// fromcheck-ignore FC103: why\nhere"),
        ("a.ts", "// fromcheck-ignore-file FC101: why\n\n\n\nhere"),
        ("a.ts", "const a = `${b /* fromcheck-ignore FC101: é */ + here}`"),
        ("a.tsx", "const a = <p>\n {/* fromcheck-ignore FC101: why */}\n {here}</p>"),
        ("a.vue", "<template>\n<!-- fromcheck-ignore FC101: why -->\n<p>{{ here }}</p></template>"),
        ("a.vue", "<template/><script>\n// fromcheck-ignore FC101: why\nhere\n</script>"),
        ("a.svelte", "<!-- fromcheck-ignore-file FC101: why -->\n<script>\nhere\n</script>"),
        ("a.astro", "---\n// fromcheck-ignore FC101: why\nhere\n---\n<p/>"),
        ("a.astro", "---\n---\n{/* fromcheck-ignore FC101: why */}\n<p>{here}</p>"),
        ("a.md", "- a <!-- x -->\n<!-- fromcheck-ignore FC101: why -->\n- here"),
        # the statement below, however many lines it takes, and whatever other comments stand between
        ("a.ts", "/**\n * fromcheck-ignore FC101: why\n */\nhere"),
        ("a.ts", "// fromcheck-ignore FC101: why\nconst a = await supabase\n  .from('here')\n  .select('id');"),
        ("a.ts", "// fromcheck-ignore FC101: why\nreturn db\n  .from('a')\n  .select(`\n    id,\n    here\n  `);"),
        ("a.ts", "// fromcheck-ignore FC101: why\n// @ts-expect-error\n/* eslint-disable-next-line */\nawait here();"),
        ("a.ts", "// fromcheck-ignore FC101: why\nexport const a = f(\n  here,\n);"),
        ("a.vue", "<template/><script>\n// fromcheck-ignore FC101: why\nf(\n  here)\n</script>"),
        ("a.sql", "-- fromcheck-ignore FC101: why\nhere"),
        ("a.sql", "select 'é'; here -- fromcheck-ignore FC101: why"),
        ("a.sql", "/* fromcheck-ignore FC101: why /* nested */ */\nhere"),
        ("a.sql", "create function f() returns void language sql as $$\n-- fromcheck-ignore FC101: why\nhere\n$$;"),
        ("a.sql", "do $body$ begin\n-- fromcheck-ignore FC101: é\nhere; end $body$;"),
    ],
)
def test_a_comment_silences_what_it_reaches(path: str, text: str) -> None:
    finding = at(path, text, "here")
    assert finding in outcome(path, text, finding).silenced


@pytest.mark.parametrize(
    "text",
    [
        "const f = () => {\n  here\n};",  # it holds code of its own
        "if (a)\n{ here }",
        "f(\n);\nhere",  # the statement after
        "\nf(\n  here);",  # an empty line between
    ],
)
def test_a_comment_reaches_one_call_or_value(text: str) -> None:
    text = f"// fromcheck-ignore FC101: why\n{text}"
    assert not outcome("a.ts", text, at("a.ts", text, "here")).silenced


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.ts", "'// fromcheck-ignore FC101: why'; here"),
        ("a.ts", "`\n// fromcheck-ignore FC101: why\n${here}`"),
        ("a.ts", "/\\/* fromcheck-ignore FC101 *\\// ; here"),
        ("a.tsx", "const a = <p>\n// fromcheck-ignore FC101: text\n{here}</p>"),
        ("a.vue", "<p title='<!-- fromcheck-ignore FC101: why -->'>{{ here }}</p>"),
        ("a.vue", "<script>\nconst a = '<!-- fromcheck-ignore FC101: why -->'; here\n</script>"),
        ("a.sql", "select '-- fromcheck-ignore FC101: why', here"),
        ("a.sql", "insert into t values ($$\n-- fromcheck-ignore FC101: why\nhere$$)"),
        ("a.sql", 'select "-- fromcheck-ignore FC101" from here'),
        ("a.ts", "// see fromcheck-ignore FC101\nhere"),
        ("a.dbml", "<!-- fromcheck-ignore FC101: why -->\nhere"),
    ],
)
def test_what_is_no_such_comment_does_nothing(path: str, text: str) -> None:
    assert outcome(path, text, at(path, text, "here")) == Outcome({}, ())


@pytest.mark.parametrize(
    "text",
    [
        "// fromcheck-ignore FC101: why\n\nhere",
        "// fromcheck-ignore FC101: why\nother\nhere",
        "other // fromcheck-ignore FC101: why\nhere",
        "here\n// fromcheck-ignore FC101: why",
        "// fromcheck-ignore FC103: why\nhere",
    ],
)
def test_what_is_out_of_reach_stays_and_the_comment_is_unused(text: str) -> None:
    told = outcome("a.ts", text, at("a.ts", text, "here"))
    assert told.silenced == {}
    assert ["silences nothing" in each.message for each in told.faults] == [True]


# --- wrong ones -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "message", "help_"),
    [
        ("fromcheck-ignore", "does not say what it silences", "Write `fromcheck-ignore FC103: the reason`"),
        ("fromcheck-ignore: why", "does not say what it silences", "fromcheck-ignore FC103"),
        ("fromcheck-ignore fc103", "does not say what it silences", "fromcheck-ignore FC103"),
        ("fromcheck-ignore FC1", "does not say what it silences", "fromcheck-ignore FC103"),
        ("fromcheck-ignore FC103, all: why", "`all` is no code", "fromcheck-ignore FC103"),
        ("fromcheck-ignore-line FC103", "there is no `fromcheck-ignore-line`", "fromcheck-ignore FC103"),
        ("fromcheck-ignore FC999: why", "there is no rule FC999", "fromcheck rules"),
        ("fromcheck-ignore FC901: why", "FC901 cannot be silenced", "Take the comment out"),
    ],
)
def test_a_wrong_comment_silences_nothing_and_is_told_what_to_write(comment: str, message: str, help_: str) -> None:
    text = f"// {comment}\nhere"
    told = outcome("a.ts", text, at("a.ts", text, "here", "FC103"))
    assert told.silenced == {}
    (fault,) = told.faults
    assert message in fault.message
    assert help_ in fault.help
    assert (fault.code, fault.place) == ("FC901", Place("a.ts", Span(0, len(f"// {comment}"))))


def test_each_code_of_a_comment_has_to_silence_something() -> None:
    text = "// fromcheck-ignore FC101, FC103: why\nhere"
    (fault,) = outcome("a.ts", text, at("a.ts", text, "here")).faults
    assert fault.subject == "FC103"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\n  // fromcheck-ignore FC101: why\nhere\n", "a\nhere\n"),
        ("a\r\n/* fromcheck-ignore FC101,\r\n FC103 */\r\nhere", "a\r\nhere"),
        ("here // fromcheck-ignore FC101: why\nb", "here\nb"),
        ("x /* fromcheck-ignore FC101: why */ + here", "x  + here"),
        ("// fromcheck-ignore FC101: why", ""),
        ("<p>\n {/* fromcheck-ignore FC101: why */}\n</p>", "<p>\n</p>"),
    ],
)
def test_what_silences_nothing_can_be_taken_out(text: str, left: str) -> None:
    fault = outcome("a.tsx", text).faults[0]
    assert fault.fix is not None
    (edit,) = fault.fix.edits
    data = text.encode()
    assert data[: edit.place.span.start] + edit.text.encode() + data[edit.place.span.end :] == left.encode()
    assert fault.fix.safe


def test_what_silences_something_is_not_taken_out() -> None:
    text = "// fromcheck-ignore FC101, FC103: why\nhere"
    assert [each.fix for each in outcome("a.ts", text, at("a.ts", text, "here")).faults] == [None]


def test_an_edit_of_a_migration_is_not_safe() -> None:
    (fault,) = outcome("a.sql", "-- fromcheck-ignore FC101: why\nselect 1;").faults
    assert fault.fix is not None
    assert not fault.fix.safe


def test_nothing_is_said_of_a_rule_that_was_not_run() -> None:
    text = "// fromcheck-ignore FC101: why\nhere"
    assert outcome("a.ts", text, checked=("FC103", "FC901")).faults == ()
    assert outcome("a.ts", text, checked=("FC101",)).faults == ()


def test_the_reason_is_kept() -> None:
    text = "here /* fromcheck-ignore FC101:\n  made by  hand */"
    finding = at("a.ts", text, "here")
    assert outcome("a.ts", text, finding).silenced == {finding: "made by hand"}


MARKS = ["// ", "/* ", " */", "-- ", "<!-- ", " -->", "\n", "\r", "{", "'", "`", "$$", "as ", "é", "\0", "<p ", "x"]
WORDS = ["fromcheck-ignore", "-file", " FC101", ", ", ": why"]


@given(
    st.sampled_from(["a.ts", "a.tsx", "a.vue", "a.svelte", "a.astro", "a.sql"]),
    st.lists(st.sampled_from(MARKS + WORDS)),
)
def test_any_text_has_comments_that_lie_within_it(path: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    for ignore in ignores(path, text):
        span = ignore.place.span
        assert b"fromcheck-ignore" in text.encode()[span.start : span.end]
        assert bool(ignore.codes) != bool(ignore.fault)
        assert ignore.extent.start <= span.start < span.end <= ignore.extent.end <= len(text.encode())
        assert 0 <= ignore.reach.start <= ignore.reach.end <= len(text.encode()) + 1
