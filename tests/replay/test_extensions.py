"""What extensions bring is there once they are created; what an unknown one brings is not held against anybody."""

from __future__ import annotations

import pytest

from tests.replay.conftest import Run, sqlstates


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("create extension postgis; create table t (a geography(Point, 4326), b geometry, c box2d);", []),
        ("create table t (a geography(Point, 4326));", ["42704"]),
        ("create extension postgis with schema extensions; create table t (a extensions.geography);", []),
        ("create extension postgis with schema extensions; create table t (a public.geography);", ["42704"]),
        ("create extension postgis; alter table spatial_ref_sys enable row level security;", []),
        ("create extension cube; create table t (a cube, b earth);", ["42704"]),
        ("create extension isn; create table t (a isbn);", []),
    ],
)
def test_types_come_with_their_extension(run: Run, sql: str, expected: list[str]) -> None:
    assert sqlstates(run(sql)) == expected


def test_an_extension_that_is_not_known_may_bring_any_type_and_function_but_no_table(run: Run) -> None:
    replayed = run(
        "create extension of_the_future;"
        "create table t (id int, a oddity, b elsewhere.oddity);"
        "create table u (id int, a oddity, b oddity[]);"
        "create trigger touch before update on u for each row execute function touch_it();"
        "alter table missing add column a int;"
        "drop policy missing on u;"
    )
    assert [failure.sqlstate for failure in replayed.failures] == ["3F000", "42P01", "42704"]
    assert [each.reason for each in replayed.unread] == ["extension of_the_future"]
