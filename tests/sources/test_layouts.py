"""Migrations of tools other than the Supabase CLI: which files, in which order, and which parts of them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.discover.layout import down_sections, home, is_down, is_seed, numbered
from analyzer.discover.layouts.dump import psql_lines
from analyzer.model.errors import NothingToScan
from analyzer.model.inventory import Migration

from .conftest import Project

USERS = "create table users (id int primary key);\n"
ORDERS = "create table orders (id int primary key, of int references users);\n"


def journal(*tags: str, dialect: str = "postgresql") -> str:
    return json.dumps({"version": "7", "dialect": dialect, "entries": [{"idx": 0, "tag": tag} for tag in tags]})


# Each has users before orders in the tool's order, and says nothing else on the way up.
LAYOUTS = {
    "dbmate": {
        "db/migrations/20240101_users.sql": f"-- migrate:up\n{USERS}\n-- migrate:down\ndrop table users;\n",
        "db/migrations/20240102_orders.sql": f"-- migrate:up transaction:false\n{ORDERS}\n-- migrate:down\ndrop table orders;\n",
        "db/schema.sql": "create table dumped (id int);\n",
    },
    "goose": {
        "sql/2_users.sql": (
            f"-- +goose Up\n-- +goose StatementBegin\n{USERS}-- +goose StatementEnd\n"
            "-- +goose Down\ndrop table users;\n"
        ),
        "sql/10_orders.sql": f"-- +goose up\r\n{ORDERS}\r\n-- +goose down\r\ndrop table orders;\r\n",
    },
    "golang-migrate": {
        "store/migrations/2_users.up.sql": USERS,
        "store/migrations/2_users.down.sql": "drop table users;\n",
        "store/migrations/10_orders.up.sql": ORDERS,
        "store/migrations/10_orders.down.sql": "drop table orders;\n",
    },
    "prisma": {
        "prisma/migrations/migration_lock.toml": '# made by Prisma\nprovider = "postgresql"\n',
        "prisma/migrations/20240101000000_users/migration.sql": USERS,
        "prisma/migrations/20240102000000_orders/migration.sql": ORDERS,
        "prisma/seed.sql": "insert into nothing values (1);\n",
    },
    "drizzle": {
        "drizzle/meta/_journal.json": journal("0001_users", "0000_orders", "0002_gone"),
        "drizzle/0000_orders.sql": f"{ORDERS}--> statement-breakpoint\nselect 1;\n",
        "drizzle/0001_users.sql": USERS,
        "drizzle/0003_unknown.sql": "drop table users;\n",
    },
    "drizzle from 1.0 on": {
        "src/drizzle/20240101000000_users/migration.sql": USERS,
        "src/drizzle/20240101000000_users/snapshot.json": '{"version": "8", "dialect": "postgres"}',
        "src/drizzle/20240102000000_orders/migration.sql": ORDERS,
        "src/drizzle/20240102000000_orders/snapshot.json": '{"version": "8", "dialect": "postgres"}',
    },
    "plain": {
        "migrations/2_users.sql": USERS,
        "migrations/10_orders.sql": ORDERS,
        "migrations/10_orders_down.sql": "drop table orders;\n",
        "migrations/seeds/1_users.sql": "insert into nothing values (1);\n",
    },
    "plain with names alone": {"migrations/a.sql": USERS, "migrations/b10.sql": ORDERS},
    "dump": {"db/structure.sql": USERS + ORDERS},
    "pg_dump": {
        "schema.sql": f"\\restrict abc\n{USERS}COPY users (id) FROM stdin;\n1\n'x\n\\.\n\n{ORDERS}\\unrestrict abc\n",
        "db/seeds/schema.sql": "create table seeded (id int);\n",
    },
}


@pytest.mark.parametrize("tool", LAYOUTS)
def test_the_way_up_is_the_schema(project: Project, tool: str) -> None:
    project.write(LAYOUTS[tool])
    assert project.tables() == ["public.orders", "public.users"]
    assert project.found() == []
    folder = {"golang-migrate": "store", "drizzle from 1.0 on": "src"}.get(tool, "")
    assert [(root.folder, root.code) for root in project.session().inventory.roots] == [(folder, ("app/a.ts",))]


@pytest.mark.parametrize("tool", LAYOUTS)
def test_a_supabase_project_without_migrations_takes_them(project: Project, tool: str) -> None:
    project.write({"supabase/config.toml": "", **LAYOUTS[tool]})
    assert [root.folder for root in project.session().inventory.roots] == [""]
    assert project.tables() == ["public.orders", "public.users"]


@pytest.mark.parametrize("tool", LAYOUTS)
def test_supabase_migrations_are_the_schema_whatever_stands_beside(project: Project, tool: str) -> None:
    project.write({"supabase/migrations/1_own.sql": "create table own (id int);\n", **LAYOUTS[tool]})
    assert project.tables() == ["public.own"]
    assert project.found() == [("FC502", ".")]


@pytest.mark.parametrize("tool", LAYOUTS)
def test_without_supabase_in_code_they_are_no_project(project: Project, tool: str) -> None:
    project.write({"app/a.ts": "export const a = 1;\n", **LAYOUTS[tool]})
    assert project.session().inventory.roots == ()
    with pytest.raises(NothingToScan, match=r"Prisma"):
        project.session().scan()


def test_a_dependency_on_supabase_is_enough(project: Project) -> None:
    manifest = json.dumps({"dependencies": {"@supabase/supabase-js": "2"}})
    project.write({"app/a.ts": "db.from('nope');\n", "package.json": manifest, **LAYOUTS["prisma"]})
    assert project.tables() == ["public.orders", "public.users"]


def test_a_finding_stands_at_its_line_though_what_is_before_it_is_left_out(project: Project) -> None:
    text = "-- migrate:down\ndrop table é;\n-- migrate:up\ncreate table users (id int references nowhere);\n"
    project.write({"db/migrations/1_a.sql": text})
    entries = [each for each in project.session().scan().entries if each.code == "FC201"]
    assert [(each.region.path, each.region.start.line) for each in entries] == [("db/migrations/1_a.sql", 4)]


@pytest.mark.parametrize(("mark", "refused"), [("-- migrate:up", "23505"), ("-- +goose Up", None)])
def test_one_version_twice_is_what_the_database_refuses_only_where_it_is_a_key(
    project: Project, mark: str, refused: str | None
) -> None:
    project.write({"db/migrations/1_a.sql": f"{mark}\n{USERS}", "db/migrations/1_b.sql": f"{mark}\n{ORDERS}"})
    failure = project.session().schema()["replay"]["first_failure"]
    assert (failure and failure["sqlstate"]) == refused


def test_what_comes_too_early_in_files_without_versions_is_told_without_a_new_name(project: Project) -> None:
    project.write({"migrations/a.sql": ORDERS, "migrations/b.sql": USERS})
    early = [each for each in project.session().scan().entries if each.code == "FC202"]
    assert [each.suggestions for each in early] == [()]


@pytest.mark.parametrize(
    "files",
    [
        {"migrations/1_a.sql": USERS, "wrangler.toml": ""},
        {"drizzle/meta/_journal.json": journal("0000_a", dialect="sqlite"), "drizzle/0000_a.sql": USERS},
        {"drizzle/meta/_journal.json": "[", "drizzle/0000_a.sql": USERS},
        {"drizzle/meta/_journal.json": '{"entries": [1, {"tag": 2}, {}]}', "drizzle/2.sql": USERS},
        {"prisma/migrations/1_a/migration.sql": USERS, "prisma/migrations/migration_lock.toml": 'provider = "sqlite"'},
        {"drizzle/1_a/migration.sql": USERS, "drizzle/1_a/snapshot.json": '{"dialect": "mysql"}'},
        {"drizzle/1_a/migration.sql": USERS},
        {"web/tests/migrations/1_a.sql": USERS},
        {"examples/prisma/migrations/1_a/migration.sql": USERS},
        {"seed.sql": USERS, "db/seeds/migrations/1_a.sql": USERS},
        {"db/queries.sql": USERS},
    ],
)
def test_another_database_and_what_is_no_schema_are_passed_over(project: Project, files: dict[str, str]) -> None:
    project.write(files)
    with pytest.raises(NothingToScan, match=r"supabase/schemas/\*\.sql.*\(dbmate\).*\(goose\).*seeds are not schema"):
        project.session().schema()


def test_sql_beside_what_is_taken_is_not_held_against_the_code(project: Project) -> None:
    project.write({"schema.sql": "create table own (id int);\n", "add_users.sql": USERS})
    assert project.applied() == ["schema.sql"]
    assert project.found() == [("FC502", ".")]


def test_supabases_own_dump_comes_first_and_the_others_are_hints(project: Project) -> None:
    project.write({"supabase/schema.sql": "create table own (id int);\n", "db/schema.sql": USERS, "schema.sql": ORDERS})
    assert project.applied() == ["supabase/schema.sql"]
    assert [code for code, _ in project.found()] == ["FC502"]


def test_several_projects_of_tools_have_their_own_code_each(project: Project) -> None:
    one = {f"one/{path}": text for path, text in LAYOUTS["prisma"].items()}
    two = {f"two/{path}": text for path, text in LAYOUTS["goose"].items()}
    project.write({**one, **two, "two/a.ts": "supabase.from('nothing')", "supabase/config.toml": ""})
    code = {root.folder: root.code for root in project.session().inventory.roots}
    assert code == {"": ("app/a.ts",), "one": (), "two": ("two/a.ts",)}


# --- the parts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "project_folder"),
    [
        ("db/migrations", ""),
        ("web/prisma/migrations", "web"),
        ("packages/db/prisma/migrations", "packages/db"),
        ("a/drizzle", "a"),
        ("supabase", ""),
        ("", ""),
        ("store", "store"),
    ],
)
def test_a_tools_folder_stands_in_a_project(folder: str, project_folder: str) -> None:
    assert home(folder, frozenset({"packages/db"})) == project_folder


@pytest.mark.parametrize(
    "path", ["seed.sql", "a/seeds.sql", "seed_users.sql", "seeds/a.sql", "db/seed/x/y.sql", "Seed-2.sql"]
)
def test_seeds(path: str) -> None:
    assert is_seed(path)


@pytest.mark.parametrize("path", ["seedlings.sql", "1_seed.sql", "unseed.sql", "seed", "seeding/a.sql"])
def test_no_seeds(path: str) -> None:
    assert not is_seed(path)


def test_down_files_by_name() -> None:
    assert [
        name for name in ("a.down.sql", "a_down.sql", "down.sql", "countdown.sql", "a.up.sql") if is_down(name)
    ] == [
        "a.down.sql",
        "a_down.sql",
        "down.sql",
    ]


def test_numbers_come_by_their_size_and_then_by_bytes() -> None:
    assert numbered(["b/10_a.sql", "b/2_b.sql", "b/2_B.sql", "b/x.sql"]) == (
        "b/x.sql",
        "b/2_B.sql",
        "b/2_b.sql",
        "b/10_a.sql",
    )


def test_words_that_only_look_like_marks_are_sql() -> None:
    assert down_sections(b"-- migrate:down\nselect 1;\n") == ()  # without a way up it is no marked file
    text = b"-- migrate:up\n-- migrate:downs\n  -- migrate:down\nselect 1;\n"
    assert down_sections(text) == ()


pieces = st.lists(
    st.sampled_from(["-- migrate:up\n", "-- migrate:down\n", "-- +goose Up\n", "select 1;\n", "é\r\n", "x"]), max_size=8
)


@given(pieces)
def test_what_is_left_out_is_blank_and_nothing_else_moves(parts: list[str]) -> None:
    data = "".join(parts).encode()
    applied = Migration("a.sql", "", down_sections(data)).applied(data)
    assert len(applied) == len(data)
    assert [at for at, each in enumerate(applied) if each in b"\r\n"] == [
        at for at, e in enumerate(data) if e in b"\r\n"
    ]
    assert all(new in (old, 0x20) for new, old in zip(applied, data, strict=True))
    if re.search(rb"^-- migrate:up$", data, re.MULTILINE):
        assert not re.search(rb"^-- migrate:down$", applied, re.MULTILINE)


def test_only_psqls_own_lines_and_rows_are_left_out() -> None:
    data = (
        b"\\connect a\nselect '\n\\\\x';\nCOPY a (b) FROM stdin;\n1\t2\n\\.\nselect 2;\nCOPY a FROM '/x';\nselect 3;\n"
    )
    applied = Migration("a.sql", "", psql_lines(data)).applied(data)
    assert applied.split() == b"select ' \\\\x'; select 2; COPY a FROM '/x'; select 3;".split()


def test_where_every_migration_is_passed_over_the_reason_is_told(project: Project) -> None:
    project.write({"supabase/migrations/20250101000000-one.sql": "create table one (id int);\n"})
    with pytest.raises(
        NothingToScan, match=r"1 file passed over, supabase/migrations/20250101000000-one\.sql the first"
    ):
        project.session().scan()
