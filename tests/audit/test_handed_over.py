"""An audit that somebody wrote of this app by hand: each of its true points is in ours, and what it had wrong is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from analyzer.audit.formats.markdown import FORMAT
from analyzer.model.audit import Audit, Issue
from analyzer.model.finding import Severity

TABLES = {
    *(
        "profiles",
        "social_platforms",
        "persona_social_accounts",
        "campaigns",
        "campaign_posts",
        "campaign_generation_jobs",
    ),
    *("engagement_items", "social_oauth_sessions", "oauth_states", "resonance_research", "resonance_research_personas"),
    "research_tasks",
}
ON_PERSONAS = {
    *("persona_social_accounts.persona_id", "campaigns.persona_id", "resonance_research_personas.persona_id"),
    *("social_oauth_sessions.persona_id", "oauth_states.persona_id"),
}
THE_SIXTH = "engagement_items.persona_id"


def issue(audit: Audit, name: str) -> Issue:
    (found,) = [each for each in audit.projects[0].issues if each.subjects == (f"public.{name}",)]
    return found


def paths(found: Issue) -> set[str]:
    return {spot.path for evidence in found.evidence for spot in evidence.spots}


def in_state(audit: Audit, *states: str) -> set[str]:
    return {each.name.removeprefix("public.") for each in audit.projects[0].tables if each.state in states}


# --- personas, the critical one ---------------------------------------------------------------------------------------


def test_personas_comes_first_and_is_critical(studio: Audit) -> None:
    first = studio.projects[0].issues[0]
    assert first.subjects == ("public.personas",)
    assert first.severity is Severity.CRITICAL
    assert studio.worst is Severity.CRITICAL
    assert "No migration creates the table `public.personas`" in first.problem


def test_every_foreign_key_on_personas_and_the_sixth(studio: Audit) -> None:
    found = next(each for each in issue(studio, "personas").evidence if each.title == "6 foreign keys on it")
    assert {spot.what for spot in found.spots} == {f"`public.{key}`" for key in ON_PERSONAS | {THE_SIXTH}}
    assert {spot.path.partition("/migrations/")[0] for spot in found.spots} == {"supabase"}
    keys = {f"{each.table}.{each.columns[0]}" for each in studio.projects[0].keys if each.target == "public.personas"}
    assert keys == {f"public.{key}" for key in ON_PERSONAS | {THE_SIXTH}}
    assert {each.state for each in studio.projects[0].keys if each.target == "public.personas"} == {"no target"}


def test_the_code_that_asks_for_personas(studio: Audit) -> None:
    named = {"app/api/personas/route.ts", "app/api/campaigns/route.ts", "app/agents/new/actions.ts"}
    assert named <= paths(issue(studio, "personas"))
    assert "23 calls in 18 files" in [each.title for each in issue(studio, "personas").evidence]


def test_the_columns_that_the_code_names(studio: Audit) -> None:
    """What the table has to have, read off the calls by eye."""
    (told,) = [each.title for each in issue(studio, "personas").evidence if "that calls name" in each.title]
    for column in ("id", "name", "user_id", "bio", "voice"):
        assert f"`{column}`" in told


def test_what_fails_because_of_personas(studio: Audit) -> None:
    migrations, statements, calls = issue(studio, "personas").impact
    assert "20251105090000_persona_social_accounts.sql:4" in migrations
    assert "42P01" in migrations
    assert statements.startswith("24 statements of the migrations fail: 6 for want of it, 18")
    assert "23 calls fail at run time" in calls
    assert "PGRST205" in calls


def test_the_order_of_the_fix(studio: Audit, studio_fixed: Audit) -> None:
    """A file dated after its first user does not help: the table has to be there before."""
    (way,) = [each for each in issue(studio, "personas").options if each.recommended]
    assert way.kind == "create"
    assert "sorts before `supabase/migrations/20251105090000_persona_social_accounts.sql`" in way.title
    too_late = issue(studio_fixed, "personas")
    assert too_late.title == "Table `public.personas` is created too late"
    (move,) = too_late.options
    assert "Rename `supabase/migrations/202511290000_create_personas_table.sql`" in move.title


# --- agents, channels, agent_channels ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "files"),
    [
        (
            "agents",
            {"app/agents/[id]/channels/actions.ts", "app/agents/new/actions.ts", "app/agents/[id]/channels/page.tsx"},
        ),
        ("channels", {"app/agents/[id]/channels/page.tsx"}),
        ("agent_channels", {"app/agents/[id]/channels/actions.ts", "app/agents/[id]/channels/page.tsx"}),
    ],
)
def test_the_other_missing_tables_with_their_code(studio: Audit, name: str, files: set[str]) -> None:
    assert paths(issue(studio, name)) == files
    assert issue(studio, name).severity is Severity.ERROR


@pytest.mark.parametrize(
    ("name", "meant"),
    [("agents", "personas"), ("channels", "social_platforms"), ("agent_channels", "persona_social_accounts")],
)
def test_the_ways_out_and_which_is_best(studio: Audit, name: str, meant: str) -> None:
    options = issue(studio, name).options
    (best,) = [each for each in options if each.recommended]
    assert best.title == f"Use `public.{meant}` instead"
    assert best.score is not None
    assert best.reasons
    assert "the domain model does not name what is missing" in best.reasons
    assert {each.kind for each in options} == {"use", "create", "remove"}


def test_what_is_meant_and_missing_itself_is_said_to_be(studio: Audit) -> None:
    said = "it is missing itself, and has to be created first"
    assert said in next(each for each in issue(studio, "agents").options if each.recommended).reasons
    assert said not in next(each for each in issue(studio, "channels").options if each.recommended).reasons


def test_what_the_ids_correspond_to(studio: Audit) -> None:
    best = next(each for each in issue(studio, "agent_channels").options if each.recommended)
    assert "`agent_id` is to `agents` what `persona_id` is to `personas`" in best.reasons
    assert "`channel_id` is to `channels` what `platform_id` is to `social_platforms`" in best.reasons


# --- the comparison ---------------------------------------------------------------------------------------------------


def test_the_tables_compared(studio: Audit) -> None:
    assert in_state(studio, "built", "fails") == TABLES
    assert in_state(studio, "missing") == {"personas", "agents", "channels", "agent_channels"}
    assert in_state(studio, "modelled") == {
        *("content_plans", "content_items", "assets", "scheduled_posts", "analytics_snapshots")
    }
    assert in_state(studio, "fails") == {
        *("persona_social_accounts", "campaigns", "campaign_posts", "campaign_generation_jobs"),
        *("social_oauth_sessions", "oauth_states", "resonance_research_personas"),
    }


def test_where_scheduling_is_instead(studio: Audit) -> None:
    (row,) = [each for each in studio.projects[0].tables if each.name == "public.scheduled_posts"]
    assert row.perhaps == ("public.campaign_posts",)


def test_not_every_table_has_row_level_security(studio: Audit) -> None:
    """The one written by hand says that all of them have."""
    rows = [each for each in studio.projects[0].tables if each.state in ("built", "fails")]
    assert {each.name for each in rows if not each.rls} == {"public.social_platforms"}
    assert all(each.policies for each in rows if each.rls)
    found = next(each for each in studio.projects[0].issues if each.codes == ("FC301",))
    assert found.severity is Severity.CRITICAL


# --- how to verify it -------------------------------------------------------------------------------------------------


def steps(audit: Audit) -> Iterator[str]:
    for each in audit.projects[0].checks:
        yield f"{each.title}\n{each.text}"


def test_the_steps_of_verification(studio: Audit) -> None:
    text = "\n".join(steps(studio))
    for key in ON_PERSONAS | {THE_SIXTH}:
        table, _, column = key.partition(".")
        assert f"('public.{table}', array['{column}'], 'public.personas')" in text
    assert "set local role authenticated" in text
    assert "relrowsecurity" in text
    assert "to_regclass" in text
    assert "'public.agents'" not in text, "what had best be something else is not asked for"


def test_what_to_try_in_the_app(studio: Audit) -> None:
    trials = {each.title: {spot.path for spot in each.spots} for each in studio.projects[0].trials}
    assert "app/api/personas/route.ts" in trials["Create a row of `public.personas`"]
    assert trials["Link `public.campaigns` to `public.personas` by `persona_id`"] == {"app/api/campaigns/route.ts"}
    assert "Link `public.persona_social_accounts` to `public.personas` by `persona_id`" in trials
    assert "Link `public.resonance_research_personas` to `public.personas` by `persona_id`" in trials


# --- the document -----------------------------------------------------------------------------------------------------


def test_the_document_says_all_of_it(studio: Audit) -> None:
    text = "\n".join(FORMAT.render(studio))
    for name in TABLES | in_state(studio, "missing", "modelled"):
        assert f"`public.{name}`" in text
    for key in ON_PERSONAS | {THE_SIXTH}:
        assert f"`public.{key}`" in text
    assert "**Status:** 🔴 critical" in text
    assert "11 of 12 tables have it enabled." in text
    assert "| `public.social_platforms` | **off** |" in text
    assert "5 findings" in text
    headings = re.findall(r"^##? (.*)$", text, re.MULTILINE)
    assert headings[:2] == ["Database audit", "Issues"]
    assert headings[-5:] == ["Tables compared", "Foreign keys (20)", "Row level security", "Verification", "Notes"]
