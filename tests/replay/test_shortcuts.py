"""What the replay keeps count of, or passes over, so that it need not look at everything: the answers stay PostgreSQL's."""

from __future__ import annotations

import pytest

from tests.replay.conftest import Run, sqlstates

TABLE = "create table a (id int, n int);"
CHECK = "alter table a add check (n > 0);"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", ["a_n_check"]),
        (CHECK, ["a_n_check", "a_n_check1"]),
        (f"begin; {CHECK} rollback;", ["a_n_check"]),
        (f"{CHECK} alter table a drop constraint a_n_check;", ["a_n_check"]),
        ("create table b (n int constraint a_n_check check (n > 0));", ["a_n_check1"]),
        ("create table b (n int constraint a_n_check check (n > 0)); drop table b;", ["a_n_check"]),
        ("create schema s; create table s.b (n int constraint a_n_check check (n > 0));", ["a_n_check"]),
        (
            "create schema s; create table b (n int constraint a_n_check check (n > 0)); alter table b set schema s;",
            ["a_n_check"],
        ),
    ],
)
def test_a_made_up_name_is_one_that_no_constraint_of_the_schema_has(run: Run, before: str, expected: list[str]) -> None:
    replayed = run(TABLE + before + CHECK)
    assert sqlstates(replayed) == []
    table = next(each for each in replayed.catalog.relations.values() if each.name == "a" and each.columns)
    assert [each.name for each in table.constraints] == expected


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ("select n into v from a;", []),
        ("select n into v from a, gone;", ["gone"]),
        ("select n into v from a x, (select 1 from a, gone) y;", ["gone"]),
        ("select n into v from a join gone on true;", ["gone"]),
        ("select n into v from a x, (select 1 from a where true limit 1) y, gone z;", ["gone"]),
        ("select max(n, 2), gone into v from a;", []),
        ("select n into v from generate_series(1, 2) x, gone;", ["gone"]),
        ("insert into gone (n) values (1);", ["gone"]),
        ("if v is distinct from 1 then update gone set n = 1; end if;", ["gone"]),
        ("insert into a (n) values (1) on conflict do nothing; delete from a using gone;", ["gone"]),
        ("v := extract(epoch from now()); perform 1 from a for update;", []),
    ],
)
def test_bodies_are_read_where_a_relation_may_be_missing(run: Run, body: str, broken: list[str]) -> None:
    function = f"create function f() returns void language plpgsql as $$ declare v int; begin {body} end $$;"
    assert [each.missing.name for each in run(TABLE + function).broken] == broken


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ("select 1 from pg_policies where tablename = 'a' and policyname = 'p'", False),
        ("select 1 from pg_policies where tablename = 'b' and policyname = 'p'", True),
        ("select 1 from pg_class c where c.relname in ('x', 'a')", False),
        ("select 1 from pg_constraint where conrelid = 'public.a'::regclass and conname = 'k'", False),
        ("select 1 from pg_constraint where conrelid = 'public.b'::regclass and conname = 'k'", True),
    ],
)
def test_a_guard_on_a_table_of_many_is_answered(run: Run, asked: str, made: bool) -> None:
    several = "create table a (id int constraint k unique); create table b (id int); create policy p on a using (true);"
    replayed = run(f"{several} do $$ begin if not exists ({asked}) then create table t (id int); end if; end $$;")
    assert sqlstates(replayed) == []
    assert any(each.name == "t" for each in replayed.catalog.relations.values()) == made
