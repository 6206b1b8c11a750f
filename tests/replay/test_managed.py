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


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        # What Supabase ships in these schemas differs from version to version.
        ("realtime.subscription_check_filters", []),
        ("storage.enforce_bucket_name_length", []),
        ("storage.protect_delete", []),
        # And these are always the same.
        ("auth.on_signup", ["42883"]),
        ("public.subscription_check_filters", ["42883"]),
    ],
)
def test_a_trigger_may_call_what_supabase_ships(run: Run, function: str, expected: list[str]) -> None:
    sql = (
        f"create trigger t before insert or update on realtime.subscription for each row execute function {function}();"
    )
    assert sqlstates(run(sql)) == expected
