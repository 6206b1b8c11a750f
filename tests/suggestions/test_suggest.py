"""Did you mean: which names are the same thing spelt differently, and which are another thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from analyzer.cli import main
from analyzer.suggest import Names


@pytest.mark.parametrize(
    ("wanted", "there", "evidence"),
    [
        ("public.saveDeal", "public.savedeal", "case only"),
        ("public.Personas", "public.personas", "case only"),
        ("public.user_profiles", "public.userprofiles", "how the words are joined"),
        ("public.userProfiles", "public.user_profiles", "how the words are joined"),
        ("avatars-images", "avatars_images", "how the words are joined"),
        ("avatar", "avatars", "singular and plural only"),
        ("public.category", "public.categories", "singular and plural only"),
        ("public.user_box", "public.users_boxes", "singular and plural only"),
        ("public.tags_posts", "public.post_tags", "the same words in another order"),
        ("public.personsa", "public.persona", "1 letter"),
        ("public.campaings", "public.campaigns", "1 letter"),
        ("public.reciept_lines", "public.receipts_lines", "2 letters"),
    ],
)
def test_what_differs_in_spelling_is_suggested(wanted: str, there: str, evidence: str) -> None:
    (suggestion,) = Names([there]).nearest(wanted)
    assert suggestion.name == there
    assert evidence in suggestion.evidence[0]
    assert 0.6 < suggestion.score < 1


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("public.agents", "public.personas"),
        ("public.agents", "public.agendas_x"),
        ("public.step_1", "public.step_2"),
        ("public.a", "public.b"),
        ("public.cat", "public.car"),
        ("public.posts", "public.user_posts"),
        ("public.orders", "public.borders_log"),
    ],
)
def test_what_is_another_thing_is_not(wanted: str, there: str) -> None:
    assert Names([there]).nearest(wanted) == ()


def test_the_nearest_come_first_and_at_most_three() -> None:
    there = ["public.personae", "public.persona", "public.Personas", "other.personas", "public.personos"]
    found = Names(there).nearest("public.personas")
    assert [each.name for each in found] == ["other.personas", "public.Personas", "public.persona"]
    assert found[0].evidence == ("it is in the schema `other`",)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


NAMES = st.text(alphabet="abAB_s12é.", max_size=12)


@given(NAMES, st.lists(NAMES, max_size=8))
def test_any_names_give_scores_below_one_in_order(wanted: str, there: list[str]) -> None:
    found = Names(there).nearest(wanted)
    assert {each.name for each in found} <= set(there) - {wanted}
    assert all(0 < each.score <= 1 and each.evidence for each in found)
    assert found == Names(reversed(there)).nearest(wanted)


CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"


def test_a_scan_suggests_what_is_there_of_the_same_kind(tmp_path: Path) -> None:
    (tmp_path / "supabase/migrations").mkdir(parents=True)
    (tmp_path / "supabase/functions/send-mail").mkdir(parents=True)
    (tmp_path / "supabase/functions/send-mail/index.ts").write_text("Deno.serve(() => new Response());\n")
    (tmp_path / "supabase/migrations/20250101000000_init.sql").write_text(
        "create schema private;\n"
        "create table personas (id int primary key, full_name text);\nalter table personas enable row level security;\n"
        "create table private.notes (id int primary key);\n"
        "create function store_deal() returns int language sql as 'select 1';\n"
        "insert into storage.buckets (id, name) values ('avatars', 'avatars');\n"
    )
    (tmp_path / "app.ts").write_text(
        f"{CLIENT}await supabase.from('persona').select();\nawait supabase.from('notes').select();\n"
        "await supabase.from('personas').select('fullname');\nawait supabase.rpc('StoreDeal');\n"
        "await supabase.from('store_deals').select();\nawait supabase.rpc('store_deals');\n"
        "await supabase.storage.from('avatar').list();\nawait supabase.functions.invoke('send_mail');\n"
    )
    result = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", "--select", "FC1"])
    found = json.loads(result.stdout)["findings"]
    assert {(each["code"], each["subject"]): [s["name"] for s in each["suggestions"]] for each in found} == {
        ("FC101", "public.persona"): ["public.personas"],
        ("FC101", "public.notes"): ["private.notes"],
        ("FC101", "public.store_deals"): [],
        ("FC103", "public.personas.fullname"): ["public.personas.full_name"],
        ("FC104", "public.StoreDeal"): ["public.store_deal"],
        ("FC104", "public.store_deals"): ["public.store_deal"],
        ("FC114", "avatar"): ["avatars"],
        ("FC115", "send_mail"): ["send-mail"],
    }


def test_a_function_that_was_renamed_comes_with_its_new_name(tmp_path: Path) -> None:
    (tmp_path / "supabase/migrations").mkdir(parents=True)
    (tmp_path / "supabase/migrations/20250101000000_init.sql").write_text(
        "create function store() returns int language sql as 'select 1';\n"
        "create function stores() returns int language sql as 'select 1';\n"
        "alter function store() rename to keep;\n"
    )
    (tmp_path / "app.ts").write_text(f"{CLIENT}await supabase.rpc('store');\n")
    result = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", "--select", "FC104"])
    (finding,) = json.loads(result.stdout)["findings"]
    assert [(each["name"], each["score"]) for each in finding["suggestions"]] == [("public.keep", 1.0)]
    assert finding["fix"]["safe"]
    (edit,) = finding["fix"]["edits"]
    assert (edit["start"], edit["end"]["column"], edit["text"]) == ({"line": 3, "column": 21}, 26, "keep")
