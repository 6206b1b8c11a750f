"""The audit's verification steps on a real PostgreSQL: silent where all is well, and telling where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analyzer.audit.build import make_audit
from analyzer.check import all_rules
from analyzer.engine import Options, Session
from analyzer.model.audit import Check
from analyzer.verify.base import fresh_database
from analyzer.verify.server import Server

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "persona-studio-fixed"
LATE = "202511290000_create_personas_table.sql"


@pytest.fixture(scope="module")
def steps() -> dict[str, Check]:
    """The steps for the sample as it is, with its migration in the wrong place."""
    session = Session.open(SAMPLE, Options())
    audit = make_audit(session.scan(), session.projects, session.region, all_rules())
    return {each.title: each for each in audit.projects[0].checks if each.language == "sql"}


@pytest.fixture
def database(server: Server) -> Iterator[Any]:
    """The database that the migrations build once the late one is moved."""
    files = sorted((SAMPLE / "supabase" / "migrations").iterdir(), key=lambda file: (file.name != LATE, file.name))
    before = [file for file in files if file.name < "20251105"]
    late = [file for file in files if file.name == LATE]
    with fresh_database(server) as connection:
        for file in (*before, *late, *(file for file in files if file not in before + late)):
            connection.execute(file.read_text())
        yield connection


def answer(connection: Any, check: Check) -> list[tuple[Any, ...]]:
    """The rows of the step's query; several statements go one by one, as psql sends them."""
    rows: list[tuple[Any, ...]] = []
    for statement in filter(str.strip, check.text.split(";")):
        cursor = connection.execute(statement)
        rows = cursor.fetchall() if cursor.description else rows
    return rows


def test_all_is_well_but_for_the_table_that_is_open(database: Any, steps: dict[str, Check]) -> None:
    silent = {title: check for title, check in steps.items() if check.expects.startswith("No row")}
    found = {title: answer(database, check) for title, check in silent.items()}
    assert found.pop("Every exposed table has row level security") == [("social_platforms",)]
    assert found.pop("Every table and view is there") == [("public.agents",)]
    assert len(found) == 1
    assert not any(found.values())


def test_a_stranger_sees_nothing(database: Any, steps: dict[str, Check]) -> None:
    database.execute("grant select on all tables in schema public to authenticated")
    database.execute("insert into auth.users (id) values ('11111111-1111-1111-1111-111111111111')")
    assert database.execute("select count(*) from public.profiles").fetchone() == (1,)
    rows = answer(database, steps["A user sees nothing of what belongs to others"])
    assert len(rows) > 3
    assert {count for _, count in rows} == {0}


def test_what_is_missing_is_named(database: Any, steps: dict[str, Check]) -> None:
    database.execute("alter table public.campaigns drop constraint campaigns_persona_id_fkey")
    database.execute("drop table public.research_tasks")
    database.execute("alter table public.engagement_items disable row level security")
    assert answer(database, steps["Every table and view is there"]) == [("public.agents",), ("public.research_tasks",)]
    keys = answer(database, steps["Every foreign key is there and points where it should"])
    assert [(source, columns) for source, columns, _ in keys] == [
        ("public.campaigns", ["persona_id"]),
        ("public.research_tasks", ["research_id"]),
    ]
    open_tables = answer(database, steps["Every exposed table has row level security"])
    assert open_tables == [("engagement_items",), ("social_platforms",)]


def test_rows_that_point_at_nothing_are_counted(server: Server) -> None:
    session = Session.open(SAMPLE.parent / "persona-studio", Options())
    audit = make_audit(session.scan(), session.projects, session.region, all_rules())
    (check,) = [each for each in audit.projects[0].checks if each.title == "No row points at what is not there"]
    tables = {each.table for each in audit.projects[0].keys if each.target == "public.personas"}
    with fresh_database(server) as connection:
        connection.execute("create table public.personas (id uuid primary key)")
        for table in tables:
            connection.execute(f"create table {table} (persona_id uuid)")
        assert answer(connection, check) == []
        connection.execute("insert into public.oauth_states values (gen_random_uuid()), (null)")
        assert answer(connection, check) == [("public.oauth_states.persona_id", 1)]
