"""What goes with a function or a type that is dropped with CASCADE."""

from __future__ import annotations

from tests.replay.conftest import Run, sqlstates


def test_policies_views_checks_and_defaults_go_with_the_overload_that_they_call(run: Run) -> None:
    made = run(
        """
        create type mood as enum ('sad', 'ok');
        create function rights(a int) returns bool language sql immutable as 'select true';
        create function rights(a int, b int, c int) returns bool language sql immutable as 'select true';
        create table t (id int default 1 + rights(1, 2, 3)::int, m text, constraint c check (rights(id, 1, 2)));
        create policy one on t using (rights(id));
        create policy three on t using (rights(id, 2, 3));
        create policy cast_to on t using (m::mood = 'sad'::mood);
        create policy none on t using (id = 1);
        create view v as select rights(1, 2, 3) as x;
        create view w as select x from v;
        drop function rights(int, int, int) cascade;
        drop type mood cascade;
        """
    )
    assert sqlstates(made) == []
    table = made.catalog.relation("public", "t")
    assert table is not None
    assert [policy.name for policy in table.policies] == ["one", "none"]
    assert [constraint.name for constraint in table.constraints] == []
    assert [(column.name, column.default) for column in table.columns] == [("id", None), ("m", None)]
    assert made.catalog.relation("public", "v") is made.catalog.relation("public", "w") is None
