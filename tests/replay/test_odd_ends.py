"""Text that stops where more is needed is no fault of fromcheck's own: found by fuzzing."""

from __future__ import annotations

import pytest

from analyzer.model.source import Source
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script


@pytest.mark.parametrize(
    "sql",
    [
        "with x as (select 1) delete f",
        "do $$for\nbegin in $$",
        "create function g() returns int language sql as $$select ''::c.$$",
        "create function g() returns int language sql as $$select ''::c.[]$$",
        "create function g() returns int language sql as $$select cast('' as c.-)$$",
        "select g(()=>)from",
        "create table t (id int); do $$ declare r record; begin for r in select tablename from pg_tables"
        " where tablename ~ '^[s-9]' loop execute format('drop table %I', r.tablename); end loop; end $$;",
        "create schema a; create materialized v as select; alter view v set schema a; alter view v set schema a;"
        " drop schema a cascade",
    ],
)
def test_nothing_goes_wrong(sql: str) -> None:
    facts = read_sql(Source("1_a.sql", sql.encode()))
    replayed = replay([Script("1_a.sql", "1", facts)])
    assert [*facts.problems, *replayed.problems] == []
