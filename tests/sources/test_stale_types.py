"""What a finding on stale generated types says, and what the reader of such types gets out of them."""

from __future__ import annotations

from analyzer.code.generated import read_generated_types
from analyzer.model.source import Source

from .conftest import Project

JSON = "export type Json = string\n"
TYPES = JSON + (
    "export type Database = {\n  public: {\n    Tables: {\n"
    "      users: { Row: { id: number; old: string }; Relationships: [] }\n    }\n  }\n}\n"
)
MIGRATIONS = {
    "supabase/migrations/1_a.sql": "create table users (id int primary key, old text);\n",
    "supabase/migrations/2_b.sql": "alter table users drop column old, add column new text;\ncreate table posts (id int);\n",
}


def test_both_sides_are_named_with_where_the_migrations_say_it(project: Project) -> None:
    project.write({**MIGRATIONS, "src/database.types.ts": TYPES})
    (found,) = (each for each in project.session().scan().entries if each.code == "FC503")
    assert found.message == (
        "these types are not those of the migrations: they lack `public.posts`, `public.users.new`"
        " and still have `public.users.old`"
    )
    assert [(each.region.path, each.region.start.line, each.message) for each in found.notes] == [
        ("supabase/migrations/2_b.sql", 2, "`public.posts` is made here"),
        ("supabase/migrations/2_b.sql", 1, "`public.users.new` is made here"),
        ("supabase/migrations/2_b.sql", 1, "`public.users.old` is gone since here"),
    ]


def test_what_was_not_understood_may_have_changed_what_it_names(project: Project) -> None:
    unread = (
        "do $$ begin\n  if random() > 0.5 then drop table posts; alter table users drop column new; end if;\nend $$;\n"
    )
    project.write({**MIGRATIONS, "supabase/migrations/3_c.sql": unread, "src/database.types.ts": TYPES})
    (found,) = (each for each in project.session().scan().entries if each.code == "FC503")
    assert found.message == "these types are not those of the migrations: they still have `public.users.old`"


def test_migrations_that_fail_by_themselves_make_no_database_to_compare_with(project: Project) -> None:
    project.write(
        {**MIGRATIONS, "supabase/migrations/3_c.sql": "create table users (id int);\n", "src/database.types.ts": TYPES}
    )
    assert "FC503" not in [code for code, _ in project.found()]


def test_each_file_has_a_finding_of_its_own(project: Project) -> None:
    project.write({**MIGRATIONS, "a/database.types.ts": TYPES, "b/database.types.ts": TYPES})
    assert [subject for code, subject in project.found() if code == "FC503"] == [
        "a/database.types.ts",
        "b/database.types.ts",
    ]


def test_names_and_labels_are_those_of_the_file(project: Project) -> None:
    text = JSON + (
        "export interface Database {\n  __InternalSupabase: { PostgrestVersion: '12' }\n  public: {\n    Tables: {\n"
        "      'odd name': {\n        Row: {\n          a: string\n          index: number\n          inn: string\n        }\n"
        "        Relationships: [{ foreignKeyName: 'x' }]\n      }\n      [_ in never]: never\n    }\n"
        "    Functions: { f: { Args: { a: string }; Returns: string } }\n"
        "    Enums: { mood: 'sad' | \"o\\\"k\"; one: 'x'; named: Mood }\n  }\n  crm: { Tables: {} }\n}\n"
    )
    types = read_generated_types(Source("a.ts", text.encode()))
    assert {name: set(each.columns) for name, each in types.relations.items()} == {
        ("public", "odd name"): {"a", "index", "inn"}
    }
    assert types.functions == {("public", "f")}
    assert types.enums == {
        ("public", "mood"): {"sad", 'o"k'},
        ("public", "one"): {"x"},
        ("public", "named"): None,
    }
    assert {name: text.encode()[at.start : at.end] for name, at in types.schemas.items()} == {
        "public": b"public",
        "crm": b"crm",
    }
    assert types.whole


def test_types_that_a_windows_shell_wrote_are_read(project: Project) -> None:
    project.write(MIGRATIONS)
    (project.path / "database.types.ts").write_bytes(TYPES.encode("utf-16"))
    (found,) = (each for each in project.session().scan().entries if each.code == "FC503")
    assert found.region.start.line == 1
