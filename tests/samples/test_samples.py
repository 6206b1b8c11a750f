"""The samples against expectations that were read off them by hand; what PostgreSQL refuses was seen on PostgreSQL 15."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzer.engine import Options, Session
from analyzer.model.finding import Severity
from analyzer.model.report import Entry

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
EXPECTED: dict[str, Any] = yaml.safe_load((HERE / "persona-studio.yaml").read_text())
LATE = "supabase/migrations/202511290000_create_personas_table.sql"


def at(entry: Entry) -> str:
    return f"{entry.region.path}:{entry.region.start.line}"


@pytest.fixture(scope="module")
def studio() -> Session:
    return Session.open(SAMPLES / "persona-studio", Options())


@pytest.fixture(scope="module")
def fixed() -> Session:
    return Session.open(SAMPLES / "persona-studio-fixed", Options())


def test_the_four_missing_tables_with_every_place(studio: Session) -> None:
    found = defaultdict(list)
    for entry in studio.scan().entries:
        if entry.code == "FC101":
            found[entry.subject.removeprefix("public.")].append(at(entry))
    assert {name: sorted(places) for name, places in found.items()} == {
        name: sorted(places) for name, places in EXPECTED["missing"].items()
    }


def test_only_the_table_that_the_migrations_need_is_critical(studio: Session) -> None:
    worst = {entry.subject for entry in studio.scan().entries if entry.code == "FC101" and entry.severity is Severity.CRITICAL}
    assert worst == {"public.personas"}


def test_the_advice_puts_the_missing_table_before_the_first_migration_that_needs_it(studio: Session) -> None:
    advice = {entry.help for entry in studio.scan().entries if entry.subject == "public.personas" and entry.code == "FC101"}
    assert advice == {
        "Create `personas` in a migration that sorts before `20251105090000_persona_social_accounts.sql`,"
        " the first one that needs it."
    }


def test_a_call_that_may_take_another_table_is_a_use_and_no_finding(studio: Session) -> None:
    place = EXPECTED["may_use_personas"]
    names = {each["name"] for each in studio.references()["references"] if f"{each['path']}:{each['line']}" == place}
    assert names == {"personas", "campaigns"}
    assert place not in [at(entry) for entry in studio.scan().entries]


def test_all_six_foreign_keys_on_personas(studio: Session) -> None:
    found = {entry.message.split("`")[1]: at(entry) for entry in studio.scan().entries if entry.code == "FC201"}
    assert found == EXPECTED["foreign_keys_on_personas"]


def test_the_table_without_row_level_security(studio: Session) -> None:
    found = {entry.subject.removeprefix("public."): at(entry) for entry in studio.scan().entries if entry.code == "FC301"}
    assert found == EXPECTED["without_rls"]


def test_the_tables_of_the_model_that_nobody_built(studio: Session) -> None:
    found = {entry.subject.removeprefix("public."): at(entry) for entry in studio.scan().entries if entry.code == "FC401"}
    assert found == EXPECTED["not_built"]


def test_nothing_else_is_found(studio: Session) -> None:
    report = studio.scan()
    assert {entry.code for entry in report.entries} == {"FC101", "FC201", "FC301", "FC401", "FC501"}
    assert report.troubles == ()
    assert report.coverage.unresolved == report.coverage.statements_unread == 0


@pytest.mark.parametrize("sample", ["persona-studio", "persona-studio-fixed"])
def test_postgresql_refuses_just_these_statements(sample: str) -> None:
    replay = Session.open(SAMPLES / sample, Options()).schema()["replay"]
    assert not replay["clean"]
    refused = [(Path(each["path"]).name, each["line"]) for each in replay["failures"]]
    assert refused == [(file, line) for file, line, _ in EXPECTED["refused"]]
    assert {each["sqlstate"] for each in replay["failures"]} == {"42P01"}
    assert replay["first_failure"] == replay["failures"][0]


def test_causes_are_told_from_consequences(studio: Session) -> None:
    causes = [(file, line) for file, line, why in EXPECTED["refused"] if why == "cause"]
    failures = studio.projects[0].replay.failures
    index = {each.place: number for number, each in enumerate(failures)}
    document = studio.schema()["replay"]["failures"]
    found = [
        (Path(said["path"]).name, said["line"])
        for failure, said in zip(failures, document, strict=True)
        if failure.cause is None
    ]
    assert found == causes
    assert len(index) == len(failures)


def test_the_fix_sorts_too_late_and_the_file_to_move_is_named(fixed: Session) -> None:
    late = [entry for entry in fixed.scan().entries if entry.code == "FC202"]
    assert {entry.message.split("`")[1]: at(entry) for entry in late} == EXPECTED["foreign_keys_on_personas"]
    for entry in late:
        assert [note.region.path for note in entry.notes] == [LATE]
        (suggestion,) = entry.suggestions
        assert suggestion.kind == "rename-file"
        assert LATE in entry.help
        assert suggestion.name in entry.help


def test_moved_where_it_is_told_the_replay_is_clean(fixed: Session, tmp_path: Path) -> None:
    new = next(entry for entry in fixed.scan().entries if entry.code == "FC202").suggestions[0].name
    for path in (SAMPLES / "persona-studio-fixed" / "supabase" / "migrations").iterdir():
        target = tmp_path / (new if path.name == Path(LATE).name else f"supabase/migrations/{path.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert Session.open(tmp_path, Options()).schema()["replay"] == {"clean": True, "first_failure": None, "failures": []}
