"""What can be written through a view: the answers are those of ``pg_relation_is_updatable``."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.replay.conftest import Run, sqlstates

COMMANDS: tuple[Literal["insert", "update", "delete"], ...] = ("insert", "update", "delete")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select id, a from t", "insert update delete"),
        ("select id + 1 as x from t", "delete"),
        ("select id from simple", "insert update delete"),
        ("select id from guarded", "insert update"),
        ("select x.id from t x join t y on y.id = x.id", ""),
        ("select distinct id from t", ""),
        ("select id, count(*) from t group by id", ""),
        ("select count(*) as n from t", ""),
        ("select id, row_number() over () as n from t", ""),
        ("select generate_series(1, 2) as n, id from t", ""),
        ("select id from t limit 1", ""),
        ("select 1 as x", ""),
        ("select id from t union select a from t", ""),
        ("with x as (select 1) select id from t", ""),
        ("select id from (select id from t) x", ""),
        ("select * from t where id > 1 order by id", "insert update delete"),
        ("select (select max(id) from t) as m, a from t", "insert update delete"),
    ],
)
def test_a_view_takes_what_it_can_pass_on(run: Run, query: str, expected: str) -> None:
    made = run(
        f"""
        create table t (id int primary key, a int);
        create view simple as select id, a from t;
        create view guarded as select distinct id from t;
        create function tf() returns trigger language plpgsql as 'begin return new; end';
        create trigger tg instead of insert on guarded for each row execute function tf();
        create rule r as on update to guarded do instead nothing;
        create view v as {query};
        """
    )
    assert sqlstates(made) == []
    view = made.catalog.relation("public", "v")
    assert view is not None
    assert [each for each in COMMANDS if made.catalog.writable(view, each)] == expected.split()


def test_a_view_says_with_whose_rights_it_reads(run: Run) -> None:
    made = run(
        """
        create table t (id int);
        create view a as select id from t;
        create view b with (security_invoker) as select id from t;
        create view c with (security_invoker = off) as select id from t;
        create view d as select id from t;
        alter view d set (security_invoker = on);
        """
    )
    views = [made.catalog.relation("public", name) for name in "abcd"]
    assert [view.security_invoker for view in views if view] == [False, True, False, True]
