"""What a finding shows besides its own place."""

from __future__ import annotations

from pathlib import Path

from analyzer.engine import Options, Session


def test_a_column_that_a_create_table_names_in_vain_is_shown_where_that_stands(tmp_path: Path) -> None:
    files = {
        "supabase/migrations/1_prices.sql": "create table prices (id int primary key);\n",
        "supabase/migrations/2_again.sql": "create table if not exists prices (id int primary key, item int);\n",
        "app.ts": "await supabase.from('prices').select('item, colour');\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = [each for each in Session.open(tmp_path, Options()).scan().entries if each.code == "FC103"]
    shown = {each.subject: [note.region.path for note in each.notes] for each in found}
    assert shown == {
        "public.prices.item": ["supabase/migrations/1_prices.sql", "supabase/migrations/2_again.sql"],
        "public.prices.colour": ["supabase/migrations/1_prices.sql"],
    }


def test_what_postgresql_says_of_itself_is_not_to_be_exposed(tmp_path: Path) -> None:
    files = {
        "supabase/migrations/1_prices.sql": "create table prices (id int primary key);\n",
        "app.ts": "await supabase.from('information_schema.tables').select();\nawait supabase.from('shop.prices').select();\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    helps = {
        each.subject: each.help for each in Session.open(tmp_path, Options()).scan().entries if each.code == "FC112"
    }
    assert "`.rpc()`" in helps["information_schema.tables"]
    assert "expose `shop`" in helps["shop.prices"]


def test_only_what_has_no_grammar_cannot_be_parsed(tmp_path: Path) -> None:
    files = {
        "supabase/migrations/1_a.sql": "create table a (id int generated always as identity primary key, b int);\n"
        "alter table a alter column id set default 1;\nalter table a alter column b set set;\ninsert into a (b) values (1, 2);\n",
        "app.ts": "await supabase.from('a').select('b');\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = [each for each in Session.open(tmp_path, Options()).scan().entries if each.code == "FC207"]
    assert [each.message.partition(":")[0] for each in found] == [
        "PostgreSQL refuses this statement",
        "PostgreSQL cannot parse this statement",
        "PostgreSQL refuses this statement",
    ]
    assert {each.predicts.code for each in found if each.predicts is not None} == {"42601"}
