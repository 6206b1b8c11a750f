from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from textwrap import dedent

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from analyzer.model.finding import Prediction, Severity, Suggestion
from analyzer.model.report import Change, Entry, Note, Region, Remedy, Report, Trouble
from analyzer.reporter import Style
from analyzer.reporters.text import REPORTER

Entries = Callable[..., Entry]
Reports = Callable[..., Report]
Regions = Callable[..., Region]

SGR = re.compile(r"\x1b\[[0-9;]*m")
READ = """\
Read 2 code files and 1 migration in 0.25 s:
  3 references resolved, 0 not
  4 statements read, 0 not
"""


def text(report: Report, **style: object) -> str:
    return "".join(f"{line}\n" for line in REPORTER.render(report, structs.replace(Style(width=80), **style)))  # type: ignore[arg-type]


def test_a_finding_with_all_it_can_say(entry: Entries, report: Reports, region: Regions) -> None:
    told = entry(
        severity=Severity.CRITICAL,
        confidence="medium",
        help="Create `agents` in a migration.",
        predicts=Prediction("PGRST205"),
        notes=(
            Note(
                region("supabase/migrations/1_init.sql", 112, 22, 28),
                "it is needed here",
                "  agent uuid references agents",
            ),
        ),
        suggestions=(Suggestion("did-you-mean", "public.personas", 0.81, ("same columns", "same file")),),
        remedy=Remedy("Use `personas`", True, (Change(region("app/agents.ts", 4, 16, 22), "personas"),)),
        url="https://example.org/FC101",
    )
    assert (
        text(report(told))
        == dedent("""\
        app/agents.ts:4:16: critical[FC101] missing-table: no migration creates `public.agents`, so this select fails
            |
          4 | supabase.from('agents').select()
            |                ^^^^^^
            = supabase/migrations/1_init.sql:112:22: it is needed here
            |
        112 |   agent uuid references agents
            |                      ^^^^^^
            = at run time: the database answers PGRST205
            = confidence: medium
            = did you mean `public.personas`? (same columns; same file)
            = do: Create `agents` in a migration.
            = fix: Use `personas`
            = more: https://example.org/FC101

        1 finding: 1 critical.
        """)
        + READ
        + "`fromcheck explain FC101` says more about a rule, `fromcheck fix` proposes changes.\n"
    )


def test_nothing_found_still_says_what_was_read(report: Reports) -> None:
    assert text(report()) == "No findings in 2 code files and 1 migration.\n" + READ


def test_what_was_not_understood_is_counted_with_reasons(report: Reports) -> None:
    reasons = (
        ("parameter without a known caller", 9),
        ("template", 2),
        ("computed", 2),
        ("imported from a package", 1),
    )
    shown = text(
        report(
            resolved=1300,
            unresolved=14,
            unresolved_reasons=reasons,
            statements_unread=1,
            unread_kinds=(("DO", 1),),
            withheld=2,
            withheld_subjects=(("public.a", 2),),
            bundles=1,
        )
    )
    assert shown.splitlines()[2:] == [
        "  1,300 references resolved, 14 not (parameter without a known caller: 9; template: 2; computed: 2; "
        "1 more reason (-v lists them))",
        "  4 statements read, 1 not (DO: 1)",
        "  2 findings are withheld: the generated types, or what was not understood, could explain them (-v lists them)",
        "  1 minified file left out",
    ]
    told = text(report(withheld=2, withheld_subjects=(("public.a", 2),)), verbose=True)
    assert "could explain them\n    public.a × 2\n" in told


def test_findings_that_say_the_same_are_told_once(entry: Entries, report: Reports, region: Regions) -> None:
    calls = [entry(region=region("app/b.ts", line, 3, 9)) for line in range(10, 13)]
    update = entry(
        region=region("app/c.ts", 1, 3, 9), message="no migration creates `public.agents`, so this update fails"
    )
    shown = text(report(entry(), *calls, update))
    assert shown.startswith(
        dedent("""\
        app/agents.ts:4:16: error[FC101] missing-table: no migration creates `public.agents`, so this select fails
          |
        4 | supabase.from('agents').select()
          |                ^^^^^^
          also app/b.ts:10:3
          also app/b.ts:11:3
          also app/b.ts:12:3
          also app/c.ts:1:3: no migration creates `public.agents`, so this update fails

        5 findings: 5 errors.
        """)
    )


def test_many_places_are_counted_and_listed_on_demand(entry: Entries, report: Reports, region: Regions) -> None:
    calls = [entry(region=region("app/b.ts", line, 3, 9)) for line in range(1, 31)]
    short, full = text(report(*calls)), text(report(*calls), verbose=True)
    assert short.count("also app/b.ts:") == 10
    assert "also in 19 more places (-v lists them)" in short
    assert full.count("also app/b.ts:") == 29
    assert "more places" not in full


def test_many_notes_get_brief_then_counted(entry: Entries, report: Reports, region: Regions) -> None:
    notes = tuple(Note(region(f"{at}.sql", at, 1, 7), "needed here", "create") for at in range(1, 21))
    told = report(entry(notes=notes))
    short, full = text(told), text(told, verbose=True)
    assert (short.count("needed here"), short.count("| create\n")) == (13, 3)
    assert "   = and 7 more places (-v lists them)\n" in short
    assert (full.count("needed here"), full.count("| create\n")) == (20, 20)
    assert "more places" not in full


def test_what_differs_in_more_than_place_and_message_is_told_apart(entry: Entries, report: Reports) -> None:
    others = [
        entry(subject="public.other"),
        entry(severity=Severity.WARNING),
        entry(help="Do something else."),
        entry(code="FC102", name="dropped-table"),
    ]
    assert "also" not in text(report(entry(), *others))


def test_order_is_the_report_s_and_counts_begin_with_the_worst(
    entry: Entries, report: Reports, region: Regions
) -> None:
    grades = [Severity.INFO, Severity.CRITICAL, Severity.WARNING, Severity.ERROR, Severity.WARNING]
    entries = [
        entry(severity=grade, subject=str(at), region=region(f"{at}.ts", 1, 1, 2)) for at, grade in enumerate(grades)
    ]
    shown = text(report(*entries))
    assert re.findall(r"^(\d)\.ts", shown, re.MULTILINE) == ["0", "1", "2", "3", "4"]
    assert "5 findings: 1 critical, 1 error, 2 warnings, 1 info." in shown


def test_problems_are_always_listed(entry: Entries, report: Reports) -> None:
    troubles = (Trouble("a.sql", 7, "the quote is never closed"), Trouble("b.ts", None, "not UTF-8"))
    listed = "a.sql:7: problem: the quote is never closed\nb.ts: problem: not UTF-8\n"
    assert text(report(troubles=troubles), quiet=True) == listed + (
        "No findings in 2 code files and 1 migration (2 problems).\n"
    )
    assert listed in text(report(entry(), troubles=troubles))


def test_suppressed_and_baselined_are_said(entry: Entries, report: Reports) -> None:
    silenced = structs.replace(report(entry()), suppressed=3, baselined=1)
    assert "1 finding: 1 error (3 suppressed, 1 in the baseline)." in text(silenced)


def test_quiet_is_one_line_a_finding(entry: Entries, report: Reports) -> None:
    line = (
        "app/agents.ts:4:16: error[FC101] missing-table: no migration creates `public.agents`, so this select fails\n"
    )
    assert text(report(entry(), entry()), quiet=True) == line * 2 + "2 findings: 2 errors.\n"


def test_no_excerpt_when_there_is_no_line(entry: Entries, report: Reports) -> None:
    assert text(report(entry(excerpt="", help="Look."))).splitlines()[1] == "  = do: Look."


def test_an_unsafe_fix_says_so_and_a_migration_s_answer(entry: Entries, report: Reports, region: Regions) -> None:
    change = Change(region("a.sql", 1, 1, 2), "x")
    shown = text(report(entry(remedy=Remedy("Move it", False, (change,)), predicts=Prediction("42P01", "migration"))))
    assert "= fix (look at it first): Move it" in shown
    assert "= in the migration: the database answers 42P01" in shown


def test_colour_changes_nothing_but_colour(entry: Entries, report: Reports) -> None:
    full = report(entry(help="Do."), troubles=(Trouble("a", None, "b"),))
    colored = text(full, color=True)
    assert colored != text(full)
    assert SGR.sub("", colored) == text(full)


HOSTILE = st.text(st.sampled_from("\x00\x07\x1b\x7f\x9b\n\r\t\u200b\u202e\u2066\ufeff\udce9a[31m "), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE, st.booleans())
def test_nothing_from_the_repository_acts_on_the_terminal(
    entry: Entries, report: Reports, region: Regions, hostile: str, verbose: bool
) -> None:
    told = entry(
        code=hostile,
        name=hostile,
        message=hostile,
        help=hostile,
        excerpt=hostile,
        region=region(hostile, 1, 2, 5),
        predicts=Prediction(hostile),
        notes=(Note(region(hostile, 1, 1, 2), hostile, hostile),),
        suggestions=(Suggestion("did-you-mean", hostile, 0.5, (hostile,)),),
        remedy=Remedy(hostile, True, ()),
        url=hostile,
        fingerprint=hostile,
    )
    again = structs.replace(told, message=f"{hostile}!")
    full = report(
        told,
        again,
        troubles=(Trouble(hostile, 1, hostile),),
        unresolved_reasons=((hostile, 1),),
        unread_kinds=((hostile, 1),),
    )
    for line in REPORTER.render(full, Style(verbose=verbose)):
        assert not {unicodedata.category(each) for each in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
