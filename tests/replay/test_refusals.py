"""Statement by statement, what PostgreSQL refuses and with which SQLSTATE: it wrote the comments of the files in ``refusals``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.replay.conftest import Run

FILES = sorted((Path(__file__).parent / "refusals").glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_same_statements_are_refused_with_the_same_sqlstate(run: Run, path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    replayed = run(sql)
    assert replayed.unread == ()
    found = Counter((sql.count("\n", 0, each.place.span.start) + 1, each.sqlstate) for each in replayed.failures)
    lines = enumerate(sql.splitlines(), 1)
    expected = Counter((number, line.rpartition("-- ")[2]) for number, line in lines if "  -- " in line)
    assert found == expected


def test_overloads_that_a_loop_may_have_dropped_make_no_name_ambiguous(run: Run) -> None:
    replayed = run("""
        create function f(a int) returns int language sql as 'select 1';
        do $$ declare r record; begin
          for r in select pg_get_function_identity_arguments(oid) as args from pg_proc where proname = 'f' loop
            execute format('drop function public.f(%s)', r.args);
          end loop;
        end $$;
        create function f(a text) returns int language sql as 'select 1';
        comment on function f is 'the only one';
    """)
    assert replayed.failures == ()


def test_an_unknown_extension_may_bring_the_schema_of_its_own_name(run: Run) -> None:
    replayed = run("create extension mystery with schema mystery; create extension riddle with schema nowhere;")
    assert [each.sqlstate for each in replayed.failures] == ["3F000"]


def test_a_label_may_be_used_at_once_where_the_type_is_as_new(run: Run) -> None:
    """Here the savepoints of what wrote the other files' comments would be in the way."""
    replayed = run(
        "create type mood as enum ('a'); alter type mood add value 'b'; create table t (m mood default 'b');"
    )
    assert replayed.failures == ()
