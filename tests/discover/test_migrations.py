"""Which migration files the Supabase CLI takes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.discover.migrations import Migrations, read_migrations

FOLDER = "supabase/migrations"


def read(*names: str) -> Migrations:
    return read_migrations(FOLDER, [f"{FOLDER}/{name}" for name in names])


def applied(*names: str) -> list[str]:
    return [each.path.removeprefix(f"{FOLDER}/") for each in read(*names).applied]


def test_files_are_applied_in_the_order_of_their_bytes_not_of_their_numbers() -> None:
    assert applied("9_c.sql", "10_b.sql", "1_a.sql", "1_B.sql") == ["10_b.sql", "1_B.sql", "1_a.sql", "9_c.sql"]


def test_the_version_is_the_leading_digits() -> None:
    assert [each.version for each in read("0012_a_b.sql", "3_.sql").applied] == ["0012", "3"]


@pytest.mark.parametrize(
    "name", ["20240101-add.sql", "init.sql", "_x.sql", "20240101.sql", "1_x.SQL", "v1_x.sql", "1_a\nb.sql"]
)
def test_another_form_of_name_is_passed_over(name: str) -> None:
    read_ = read(name)
    assert read_.applied == ()
    assert [each.path for each in read_.skipped] == [f"{FOLDER}/{name}"]
    assert "<digits>_<name>.sql" in read_.skipped[0].reason


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("20250115000000-add-plan.sql", "20250115000000_add-plan.sql"),
        ("20250721135628-98c6f79b-dd29.sql", "20250721135628_98c6f79b-dd29.sql"),
        ("2024-01-31-add.sql", "20240131_add.sql"),
        ("V2__add.sql", "2_add.sql"),
        ("20240131.sql", "20240131_migration.sql"),
        ("20210101000000-init.sql", "20210101000000_initial_schema.sql"),
        ("20240131000000-init.sql", "20240131000000_init.sql"),
        ("1_x.SQL", "1_x.sql"),
    ],
)
def test_it_says_which_name_would_do(name: str, better: str) -> None:
    skipped = read(name).skipped[0]
    assert skipped.rename == f"{FOLDER}/{better}"
    assert f"{better} would do" in skipped.reason


def test_no_name_is_proposed_that_would_give_two_files_one_version() -> None:
    assert [each.rename for each in read("1-a.sql", "1_b.sql").skipped] == [None]
    assert [each.rename for each in read("2-a.sql", "2-b.sql").skipped] == [None, None]


def test_folders_below_are_not_entered() -> None:
    read_ = read("old/20240101_a.sql", "20240102_b.sql", "old/README.md")
    assert [each.path for each in read_.applied] == [f"{FOLDER}/20240102_b.sql"]
    assert [each.path for each in read_.skipped] == [f"{FOLDER}/old/20240101_a.sql"]
    assert read_.skipped[0].rename == f"{FOLDER}/20240101_a.sql"


@pytest.mark.parametrize("name", ["README.md", ".gitkeep", "1_x.sql.bak", "meta.json"])
def test_what_is_no_sql_is_neither_applied_nor_skipped(name: str) -> None:
    assert read(name) == Migrations()


def test_an_old_init_is_passed_over_only_when_it_comes_first() -> None:
    old = "20211208000000_init.sql"
    assert applied(old, "20220101000000_b.sql") == ["20220101000000_b.sql"]
    assert applied("20210101000000_a.sql", old) == ["20210101000000_a.sql", old]
    assert applied(".gitkeep", old) == [old]  # the CLI looks at the first entry of the folder, whatever it is
    assert applied("20211209000000_init.sql") == ["20211209000000_init.sql"]
    assert applied("2021120800000_init.sql") == ["2021120800000_init.sql"]  # thirteen digits


names = st.text(alphabet="019-_.vVaT/ \n", max_size=12).map(lambda stem: f"{stem}.sql")


@given(st.lists(names, max_size=6, unique=True))
def test_every_sql_file_is_either_applied_or_skipped_and_a_proposed_name_works(given_names: list[str]) -> None:
    paths = [f"{FOLDER}/{name}" for name in given_names]
    read_ = read_migrations(FOLDER, paths)
    assert sorted([*(each.path for each in read_.applied), *(each.path for each in read_.skipped)]) == sorted(paths)
    assert [each.path for each in read_.applied] == sorted((each.path for each in read_.applied), key=os.fsencode)
    assert read_ == read_migrations(FOLDER, reversed(paths))

    renamed = {each.path: each.rename for each in read_.skipped if each.rename}
    after = read_migrations(FOLDER, [renamed.get(path, path) for path in paths])
    assert set(renamed.values()) <= {each.path for each in after.applied}
    versions = [each.version for each in after.applied if each.path in renamed.values()]
    assert len(versions) == len(set(versions))
