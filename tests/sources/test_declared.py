"""Declarative files of the Supabase CLI, and the files that fromcheck.yaml names."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from analyzer.discover.globs import matching
from analyzer.engine.declared import declared_by
from analyzer.engine.reading import Reading
from analyzer.link import link
from analyzer.model.catalog import Missing
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.facts import CodeFacts, Reference
from analyzer.model.request import Embed, Field, Name, Request, Selection
from analyzer.model.span import Span

from .conftest import Project

USERS = "create table users (id int primary key);\nalter table users enable row level security;\n"
ORDERS = "create table orders (id int primary key, of int references users);\n"
OWN = {"supabase/migrations/1_own.sql": "create table own (id int);\n"}


def test_without_migrations_the_declarative_files_are_the_schema_in_byte_order(project: Project) -> None:
    project.write({"supabase/schemas/b.sql": ORDERS, "supabase/schemas/a/z.sql": USERS, "supabase/seed.sql": "x"})
    assert project.applied() == ["supabase/schemas/a/z.sql", "supabase/schemas/b.sql"]
    assert project.tables() == ["public.orders", "public.users"]
    assert project.found() == []


def test_declarative_files_in_folders_are_applied_in_the_order_that_they_need(project: Project) -> None:
    """No pattern says what comes first, and names say nothing: a table in ``public/`` may need one of any other file."""
    seen = "create view seen with (security_invoker = on) as select o.id, f.note from orders o join flags f on f.id = o.id;\n"
    flags = "create table flags (id int references orders, note extensions.citext);\nalter table flags enable row level security;\n"
    project.write(
        {
            "supabase/schemas/a/flags.sql": flags,
            "supabase/schemas/b/orders.sql": f"{ORDERS}alter table orders enable row level security;\n",
            "supabase/schemas/c/users.sql": USERS,
            "supabase/schemas/a/all.sql": seen,
            "supabase/schemas/z/kinds.sql": "create extension citext with schema extensions;\n",
        }
    )
    assert project.tables() == ["public.flags", "public.orders", "public.seen", "public.users"]
    assert project.found() == []


def test_declarative_files_that_need_one_another_are_told(project: Project) -> None:
    project.write(
        {
            "supabase/schemas/a/one.sql": "create table one (id int primary key, two int references two);\n",
            "supabase/schemas/a/two.sql": "create table two (id int primary key, one int references one);\n",
        }
    )
    assert ("FC202", "public.two") in project.found()


def test_schema_paths_give_the_order_and_each_file_counts_once(project: Project) -> None:
    toml = '[db.migrations]\nschema_paths = ["./tables/users.sql", "./tables/*.sql", "../more/*.sql", "./none.sql"]\n'
    project.write(
        {
            "supabase/config.toml": toml,
            "supabase/tables/orders.sql": ORDERS,
            "supabase/tables/users.sql": USERS,
            "supabase/schemas/unnamed.sql": "create table unnamed (id int);\n",
            "more/x.sql": "create table x (id int references orders);\n",
        }
    )
    assert project.applied() == ["supabase/tables/users.sql", "supabase/tables/orders.sql", "more/x.sql"]
    assert project.tables() == ["public.orders", "public.users", "public.x"]
    troubles = [(each.path, each.message) for each in project.session().scan().troubles]
    assert troubles == [("supabase/config.toml", "db.migrations.schema_paths: no file matches './none.sql'")]


def test_what_is_declared_beside_migrations_is_told_once_and_held_against_no_call(project: Project) -> None:
    more = "import { supabase } from './client';\nsupabase.from('users').select('id');\nsupabase.from('nowhere').select('id');\n"
    project.write({**OWN, "supabase/schemas/a.sql": f"create table own (id int);\n{USERS}{ORDERS}", "app/b.ts": more})
    assert project.tables() == ["public.own"]
    assert project.found() == [("FC101", "public.nowhere"), ("FC502", ".")]
    report = project.session().scan()
    drift = next(each for each in report.entries if each.code == "FC502")
    assert "2 tables that no migration creates (1 used in code): `public.users`, `public.orders`" in drift.message
    assert (drift.region.path, drift.region.start.line) == ("supabase/schemas/a.sql", 2)
    assert report.coverage.withheld == 2


def test_what_is_declared_and_migrated_is_not_told(project: Project) -> None:
    project.write({"supabase/migrations/1_a.sql": USERS, "supabase/schemas/a.sql": USERS})
    assert project.found() == []


def test_a_table_that_a_migration_dropped_is_gone_though_it_is_declared(project: Project) -> None:
    dropped = {"supabase/migrations/1_a.sql": USERS, "supabase/migrations/2_b.sql": "drop table users;\n"}
    project.write({**dropped, "supabase/schemas/a.sql": USERS})
    assert project.found() == [("FC102", "public.users")]


def test_what_types_and_declarative_files_both_hold_is_told_once(project: Project) -> None:
    types = (
        "export type Json = string\n"
        "export type Database = {\n  public: {\n    Tables: {\n      users: { Row: {} }\n    }\n  }\n}\n"
    )
    project.write({**OWN, "supabase/schemas/a.sql": USERS, "app/database.types.ts": types})
    assert project.found() == [("FC502", ".")]


# --- SQL that nothing applies -------------------------------------------------------------------------------------------


def test_a_table_that_other_sql_creates_is_told_once_and_one_that_nothing_creates_is_missing(project: Project) -> None:
    code = "import { supabase } from './client';\nsupabase.from('users').select('id');\nsupabase.from('nowhere').select('id');\n"
    project.write({**OWN, "supabase/schema.sql": f"{ORDERS}{USERS}", "app/b.ts": code})
    assert project.found() == [("FC101", "public.nowhere"), ("FC502", ".")]
    drift = next(each for each in project.session().scan().entries if each.code == "FC502")
    assert "declare 1 table that no migration creates (1 used in code): `public.users`" in drift.message
    assert (drift.region.path, drift.region.start.line) == ("supabase/schema.sql", 2)


@pytest.mark.parametrize(
    "path", ["supabase/seed.sql", "seeds/users.sql", "supabase/tests/a.sql", "db/1_users.down.sql"]
)
def test_seeds_and_tests_and_what_undoes_explain_nothing(project: Project, path: str) -> None:
    project.write({**OWN, path: USERS})
    assert project.found() == [("FC101", "public.users")]


def test_other_sql_goes_to_the_nearest_project(project: Project) -> None:
    both = ("one", "two")
    named = {f"{each}/supabase/config.toml": f'project_id = "{each}"\n' for each in both}
    roots = {f"{each}/supabase/migrations/1_{each}.sql": "create table own (id int);\n" for each in both}
    calls = {f"{each}/a.ts": "supabase.from('users').select('id')" for each in both}
    project.write({**named, **roots, **calls, "two/sql/users.sql": USERS, "app/a.ts": ""})
    assert project.found() == [("FC101", "public.users"), ("FC502", "two")]


def test_what_is_wrong_in_sql_that_nothing_applies_is_nobodys_problem(project: Project) -> None:
    project.write({**OWN, "sql/users.sql": USERS + "create tabel x;\nselect 'unterminated\n"})
    assert project.session().scan().troubles == ()
    assert project.found() == [("FC502", ".")]


def test_columns_and_functions_that_other_sql_adds_are_hints_where_code_asks_for_them(project: Project) -> None:
    added = "alter table users add column nick text, add column unused text;\n"
    more = "alter table orders add column note text;\ncreate function greet() returns int language sql as 'select 1';\n"
    project.write({"supabase/migrations/1_a.sql": USERS + ORDERS, "sql/more.sql": added + more})
    session = project.session()
    at = Span(0, 0)
    within = Selection((Field(Name("of", at)), Field(Name("note", at))))
    request = Request(
        (Selection((Field(Name("id", at)), Field(Name("nick", at))), (Embed(Name("orders", at), within),)),)
    )
    asked = (
        Reference("table", (Name("users", at),), request=request),
        Reference("function", (Name("greet", at),)),
    )
    linked = link("", session.projects[0].schema, {"app/a.ts": CodeFacts(asked)})
    declared = declared_by(Reading(session.tree), session.inventory.roots[0], linked)
    assert set(declared) == {
        Missing("column", "public", "users", "nick"),
        Missing("column", "public", "orders", "note"),
        Missing("function", "public", "greet"),
    }
    schema = replace(linked.schema, declared=declared)
    assert schema.hinted(Missing("column", "public", "users", "nick"))
    assert not schema.hinted(Missing("column", "public", "users", "unused"))


# --- sources ------------------------------------------------------------------------------------------------------------


def test_sources_follow_the_migrations_in_their_order(project: Project) -> None:
    project.write(
        {
            **OWN,
            "sql/b.sql": ORDERS,
            "sql/c.sql": "create table x (id int references orders);\n",
            "base/users.sql": USERS,
            "fromcheck.yaml": "sources: [./base/*.sql, 'sql/**/*.sql']\n",
        }
    )
    assert project.applied() == ["supabase/migrations/1_own.sql", "base/users.sql", "sql/b.sql", "sql/c.sql"]
    assert project.tables() == ["public.orders", "public.own", "public.users", "public.x"]


def test_sources_alone_make_a_project_and_nothing_is_guessed_beside_them(project: Project) -> None:
    project.write({"base/users.sql": USERS, "schema.sql": ORDERS, "fromcheck.yaml": "sources: [base/users.sql]\n"})
    assert project.tables() == ["public.users"]
    assert project.found() == []


def test_named_declarative_files_are_applied_and_the_others_stay_hints(project: Project) -> None:
    declarative = {"supabase/schemas/a.sql": ORDERS, "supabase/schemas/b.sql": USERS}
    project.write({**declarative, "fromcheck.yaml": "sources: [supabase/schemas/b.sql]\n"})
    assert project.applied() == ["supabase/schemas/b.sql"]
    assert project.session().inventory.roots[0].declared == ("supabase/schemas/a.sql",)


def test_sources_leave_out_seeds_and_what_undoes_and_name_no_file_twice(project: Project) -> None:
    project.write(
        {
            **OWN,
            "db/seed.sql": "insert into users values (1);\n",
            "db/users.sql": f"-- migrate:up\n{USERS}-- migrate:down\ndrop table users;\n",
            "db/users.down.sql": "drop table users;\n",
            "fromcheck.yaml": "sources: [db/*.sql, db/users.sql, supabase/migrations/*.sql]\n",
        }
    )
    assert project.applied() == ["supabase/migrations/1_own.sql", "db/users.sql"]
    assert project.tables() == ["public.own", "public.users"]


def test_sources_go_to_the_nearest_project(project: Project) -> None:
    roots = {f"{each}/supabase/migrations/1_a.sql": "create table own (id int);\n" for each in ("one", "two")}
    project.write({**roots, "two/sql/users.sql": USERS, "fromcheck.yaml": "sources: [two/sql/*.sql]\n"})
    applied = {root.folder: len(root.migrations) for root in project.session().inventory.roots}
    assert applied == {"one": 1, "two": 2}


@pytest.mark.parametrize(
    ("glob", "told"),
    [("db/*.sql", "sources: 'db/*.sql' matches no file"), ("seed.sql", "sources: 'seed.sql' matches only seeds")],
)
def test_a_source_that_is_not_there_is_an_error_that_names_it(project: Project, glob: str, told: str) -> None:
    project.write({**OWN, "seed.sql": "x", "fromcheck.yaml": f"sources: ['{glob}']\n"})
    with pytest.raises(ConfigError) as caught:
        project.session().scan()
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("glob", "matched"),
    [
        ("a/*.sql", ["a/x.sql"]),
        ("a", ["a/x.sql", "a/b/y.sql"]),
        ("a/**/*.sql", ["a/x.sql", "a/b/y.sql"]),
        ("**/y.sql", ["a/b/y.sql"]),
        ("?/[x-z].sql", ["a/x.sql"]),
        ("a/[^a-w].sql", ["a/x.sql"]),
        ("a?x.sql", []),
        ("a[^q]x.sql", []),
        ("*.sql", []),
        ("a/[z-a].sql", []),
        ("a/[.sql", []),
        ("a/\\x.sql", ["a/x.sql"]),
    ],
)
def test_globs_are_those_of_the_cli_and_two_stars(glob: str, matched: list[str]) -> None:
    assert list(matching(glob, ["a/x.sql", "a/b/y.sql"])) == matched


def test_sql_that_is_no_known_layout_is_named_where_nothing_could_be_checked(project: Project) -> None:
    project.write({f"sql/{name}.sql": USERS for name in "abcdefg"})
    with pytest.raises(NothingToScan) as caught:
        project.session().scan()
    told = "the SQL files that make the schema (sql/a.sql, sql/b.sql, sql/c.sql, sql/d.sql, sql/e.sql and 2 more)"
    assert f"{told} can be named under `sources` in fromcheck.yaml" in str(caught.value)


def test_what_extensions_bring_is_no_drift(project: Project) -> None:
    row = "{ Row: { srid: number } }"
    types = f"export type Json = string\nexport type Database = {{\n  public: {{\n    Tables: {{ spatial_ref_sys: {row} }}\n"
    project.write({**OWN, "app/a.ts": "", "app/database.types.ts": types + "  }\n}\n"})
    assert project.found() == []
