"""Names that PostgreSQL makes up: what it called each of these was read from its catalogue."""

from __future__ import annotations

import pytest

from tests.replay.conftest import Run, sqlstates

TABLE = "create table a (id bigint primary key, name text not null, email text, n int, at timestamptz);"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("(name)", "a_name_idx"),
        ("((name))", "a_name_idx"),
        ('((name collate "C"))', "a_name_idx"),
        ("((a.name))", "a_name_idx"),
        ("(lower(name), email)", "a_lower_email_idx"),
        ("(lower(name), lower(email))", "a_lower_lower1_idx"),
        ("(coalesce(name, email))", "a_coalesce_idx"),
        ("((name || email))", "a_expr_idx"),
        ("((name || email), (n + 1), (n - 1))", "a_expr_expr1_expr2_idx"),
        ("((name || email), (id))", "a_expr_id_idx"),
        ("((lower(name) || 'x'), lower(email))", "a_expr_lower_idx"),
        ("((n::text))", "a_n_idx"),
        ("(cast(n as text))", "a_n_idx"),
        ("(id) include (name, email)", "a_id_name_email_idx"),
        ("(date_trunc('day', at at time zone 'utc'))", "a_date_trunc_idx"),
        ("((at at time zone 'utc'))", "a_timezone_idx"),
        ("((extract(year from at at time zone 'utc')))", "a_extract_idx"),
        ("((case when n > 1 then 1 else 2 end))", "a_case_idx"),
        ("(extensions.digest(name, 'sha1'))", "a_digest_idx"),
        ("((n is null))", "a_expr_idx"),
        ("(n, n)", "a_n_n1_idx"),
        ("((array[n]))", "a_array_idx"),
        ("(greatest(n, 1))", "a_greatest_idx"),
        ("(trim(name))", "a_btrim_idx"),
        ("(substring(name from 1 for 2))", "a_substring_idx"),
        ("(position('a' in name))", "a_position_idx"),
    ],
)
def test_an_index_without_a_name_is_named_after_its_keys(run: Run, keys: str, expected: str) -> None:
    made = run(f"{TABLE} create index on a {keys};")
    assert sqlstates(made) == []
    assert [index.name for index in made.catalog.indexes.values() if index.place and not index.constraint] == [expected]


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("unique (n) include (name)", "a_n_name_key"),
        ("exclude using btree (name with =)", "a_name_excl"),
        ("exclude using btree (lower(name) with =, n with =)", "a_lower_n_excl"),
        ("exclude using btree ((n + 1) with =, n with =)", "a_expr_n_excl"),
    ],
)
def test_so_is_a_key(run: Run, constraint: str, expected: str) -> None:
    made = run(f"{TABLE} alter table a add {constraint};")
    assert sqlstates(made) == []
    table = made.catalog.relation("public", "a")
    assert table is not None
    assert [each.name for each in table.constraints] == ["a_pkey", expected]
