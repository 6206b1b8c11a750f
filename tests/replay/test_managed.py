"""What Supabase ships can be replaced where PostgreSQL lets it be."""

from __future__ import annotations

import pytest

from tests.replay.conftest import Run, sqlstates


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("create or replace function auth.uid() returns uuid language sql as 'select null::uuid';", []),
        ("create or replace function auth.role() returns text language sql as 'select null::text';", []),
        ("create or replace function auth.uid() returns text language sql as 'select null::text';", ["42P13"]),
        ("create function auth.uid() returns uuid language sql as 'select null::uuid';", ["42723"]),
        (
            "create or replace function storage.foldername(name text) returns text[] language sql as 'select null::text[]';",
            [],
        ),
        ("create function auth.uid(of_whom text) returns text language sql as 'select null::text';", []),
    ],
)
def test_a_shipped_function_is_replaced_by_one_that_returns_the_same(run: Run, sql: str, expected: list[str]) -> None:
    assert sqlstates(run(sql)) == expected
