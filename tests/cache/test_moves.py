"""An edit that only moves what a file asks for moves what was concluded with it; any other edit is judged anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from analyzer.engine import Options, Session, readers, standing
from analyzer.engine.moves import Changed, moves_between
from analyzer.model.crossing import NOTHING_KNOWN, Exports, Known
from analyzer.model.facts import CodeFacts, Name, Reference
from analyzer.model.report import Report
from analyzer.model.source import Problem, Source
from analyzer.model.span import Span

MIGRATION = """\
create table public.pets (id uuid primary key, name text);
alter table public.pets enable row level security;
create policy "all" on public.pets for select using (true);
"""
TABLES = "export const PETS = 'pets';\n"
HELD = """\
import { PETS } from './tables';
export async function load(supabase) {
  await supabase.from(PETS).select('id, colour');
  // fromcheck-ignore FC101: made by hand
  await supabase.from('owners').select('id');
  await supabase.from('vets').select('id');
}
"""


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, "supabase/migrations/20250101000000_a.sql", MIGRATION)
    write(root, "src/tables.ts", TABLES)
    write(root, "src/held.ts", HELD)
    write(root, "src/plain.js", "supabase.from('pets').select('nam');\n")
    return root


def fresh(project: Path) -> Report:
    return structs.replace(Session.open(project, Options()).scan(), seconds=0.0)


def again(project: Path) -> tuple[Report, bool]:
    """What is said with what was kept, and whether it was concluded anew."""
    session = Session.open(project, Options(cache=project.parent / "cache"))
    report = structs.replace(session.scan(), seconds=0.0)
    return report, "analysis" in vars(session)


def codes(report: Report) -> list[str]:
    return [f"{each.region.path}:{each.region.start.line} {each.code}" for each in report.entries]


def edit(project: Path, path: str, change: Callable[[str], str]) -> None:
    file = project / path
    file.write_text(change(file.read_text()))


def test_lines_that_ask_for_nothing_move_what_was_found(project: Path) -> None:
    before = [*codes(again(project)[0])]
    assert before == ["src/held.ts:3 FC103", "src/held.ts:6 FC101", "src/plain.js:1 FC103"]
    edit(project, "src/held.ts", lambda text: text.replace("export", "\n// ä line\nexport"))
    edit(project, "src/plain.js", lambda text: "const a = 1;\n" + text)
    edit(project, "src/tables.ts", lambda text: "// the tables\n" + text)
    report, anew = again(project)
    assert not anew
    assert codes(report) == ["src/held.ts:5 FC103", "src/held.ts:8 FC101", "src/plain.js:2 FC103"]
    assert report == fresh(project)
    assert [each.entry.region.start.line for each in report.silenced] == [7]
    # And again, over what has moved.
    edit(project, "src/held.ts", lambda text: text.replace("\n// ä line", ""))
    assert again(project) == (fresh(project), False)
    assert again(project) == (fresh(project), False)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        pytest.param("src/held.ts", lambda text: text.replace("'vets'", "'pets'"), id="a name"),
        pytest.param("src/held.ts", lambda text: text.replace("'vets'", "`v\\u0065ts`"), id="a way to write it"),
        pytest.param("src/held.ts", lambda text: text.replace("// from", "// not from"), id="an ignore comment"),
        pytest.param("src/held.ts", lambda text: text.replace("hand\n", "hand\n\n"), id="its reach"),
        pytest.param("src/held.ts", lambda text: text + "supabase.from('more').select();\n", id="a call more"),
        pytest.param("src/held.ts", lambda text: text + "supabase.from(more).select();\n", id="one that is not known"),
        pytest.param("src/held.ts", lambda text: text + "const = = ;\n", id="a file that cannot be read whole"),
        pytest.param("src/tables.ts", lambda text: text.replace("'pets'", "'birds'"), id="what others import"),
        pytest.param("src/tables.ts", lambda text: text.replace("PETS", "BIRDS"), id="its name"),
        pytest.param("src/plain.js", lambda text: text + "const a = 1; " * 9000, id="a bundle by now"),
        pytest.param("supabase/migrations/20250101000000_a.sql", lambda text: "-- a line\n" + text, id="a migration"),
    ],
)
def test_anything_else_is_judged_anew(project: Path, path: str, change: Callable[[str], str]) -> None:
    again(project)
    edit(project, path, change)
    assert again(project) == (fresh(project), True)
    assert again(project) == (fresh(project), False)


def test_a_file_that_comes_or_goes_is_judged_anew(project: Path) -> None:
    again(project)
    edit(project, "src/held.ts", lambda text: text.replace("./tables", "@/tables"))
    write(project, "tsconfig.json", '{"compilerOptions": {"paths": {"@/*": ["./other/*"]}}}')
    assert again(project) == (fresh(project), True)
    edit(project, "tsconfig.json", lambda text: text.replace("other", "src"))
    assert again(project) == (fresh(project), True)
    (project / "src/plain.js").unlink()
    assert again(project) == (fresh(project), True)


def test_what_is_kept_may_be_lost(project: Path) -> None:
    again(project)
    there = kept(project)
    assert len(there) > 2
    for lost in there:
        edit(project, "src/held.ts", lambda text: "\n" + text)
        lost.unlink()
        assert again(project)[0] == fresh(project)


def kept(project: Path) -> list[Path]:
    return sorted((project.parent / "cache").glob("*.facts"))


LINES = st.sampled_from(["", "  ", "// x", "/* é */", "const other = 1;", "}", "supabase.from('posts').select('id');"])


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, int, int, str]:
    """Which file, at which of its lines, how many of them go, and what comes there."""
    return draw(st.integers(0, 99)), draw(st.integers(0, 200)), draw(st.sampled_from((0, 0, 0, 1))), draw(LINES)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("moves") / "project"
    shutil.copytree(Path(__file__).parents[2] / "samples" / "persona-studio", root)
    return root


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits(), min_size=1, max_size=3))
def test_whatever_is_edited_the_same_is_said_as_without_what_was_kept(
    sample: Path, changes: list[tuple[int, int, int, str]]
) -> None:
    files = sorted(sample.rglob("*.ts*"))
    for which, at, gone, line in changes:
        file = files[which % len(files)]
        lines = file.read_text().split("\n")
        at %= len(lines)
        lines[at : at + gone] = [line]
        file.write_text("\n".join(lines))
    assert again(sample)[0] == fresh(sample)


# --- what counts as a move --------------------------------------------------------------------------------------------


def call(start: int, text: str = "pets", length: int = 4) -> CodeFacts:
    return CodeFacts((Reference("table", (Name(text, Span(start, start + length), "literal"),)),))


def test_every_offset_moves_to_one_place() -> None:
    assert moves_between([(call(10), call(12)), (Problem("odd", 3), Problem("odd", 3))]) == {0: 0, 10: 12, 14: 16, 3: 3}


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([(call(10), call(10, "bets"))], id="another name"),
        pytest.param([(call(10), call(10, length=6))], id="written in another length"),
        pytest.param([(call(10), CodeFacts())], id="fewer calls"),
        pytest.param([(call(10), call(11)), (call(10), call(12))], id="two places for one"),
        pytest.param([(call(10), call(20)), (call(30), call(12))], id="one passes the other"),
        pytest.param([(call(0), call(5))], id="from the start, where the whole file is told of"),
        pytest.param([(Problem("odd", 3), Problem("odder", 3))], id="another problem"),
        pytest.param([(Problem("odd", 3), Problem("odd"))], id="a problem of the whole"),
    ],
)
def test_what_changes_more_is_no_move(answers: list[tuple[object, object]]) -> None:
    with pytest.raises(Changed):
        moves_between(answers)


def test_many_changed_files_are_judged_anew(project: Path) -> None:
    for number in range(standing.MOST + 1):
        write(project, f"src/more_{number}.ts", "supabase.from('pets').select('id');\n")
    again(project)
    for number in range(standing.MOST):
        edit(project, f"src/more_{number}.ts", lambda text: "\n" + text)
    assert again(project)[1] is False
    for number in range(standing.MOST + 1):
        edit(project, f"src/more_{number}.ts", lambda text: "\n" + text)
    assert again(project) == (fresh(project), True)


def test_sql_that_comes_into_the_code_is_seen(project: Path) -> None:
    write(project, "supabase/migrations/20250102000000_b.sql", MIGRATION.replace("pets", "vets_of_pets"))
    unused = "supabase/migrations/20250102000000_b.sql:1 FC501"
    assert unused in codes(again(project)[0])
    edit(project, "src/plain.js", lambda text: "// a line\n" + text)
    report, anew = again(project)
    assert (unused in codes(report), anew) == (True, False)
    edit(project, "src/plain.js", lambda text: "run('select 1 from vets_of_pets');\n" + text)
    report, anew = again(project)
    assert (unused in codes(report), anew, report) == (False, True, fresh(project))
    edit(project, "src/plain.js", lambda text: text.replace("select 1", "select 2"))
    assert again(project) == (fresh(project), False)


DRIZZLE = """\
import { pgTable, text } from 'drizzle-orm/pg-core';
export const pets = pgTable('pets', { name: text('name') });
"""


def test_a_file_that_makes_the_schema_is_no_file_of_code_alone(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write(project, "package.json", '{"dependencies": {"drizzle-orm": "1"}}')
    write(project, "db.ts", DRIZZLE)
    write(project, "a.ts", "supabase.from('pets').select('name');\n")
    assert codes(again(project)[0]) == []
    # What the schema is made of is not read again for this.
    edit(project, "a.ts", lambda text: text + "supabase.from('pets').select();\n")
    assert codes(again(project)[0]) == []
    edit(project, "db.ts", lambda text: text.replace("name: text('name')", "colour: text('colour')"))
    assert codes(again(project)[0]) == ["a.ts:1 FC103"]


CALL = "supabase.from('pets').select('nam');\n"


@pytest.mark.parametrize(
    ("path", "becomes"),
    [
        pytest.param("src/test/pets.ts", "import { it } from 'vitest';\n" + CALL, id="a test"),
        pytest.param("src/a.ts", "import { pgTable } from 'drizzle-orm/pg-core';\n" + CALL, id="what Drizzle reads"),
        pytest.param("src/big.js", CALL + "const a = 1; " * 9000 + "\n", id="a bundle"),
        pytest.param(
            "src/db_types.ts", "export type Json = 1\nexport type Database = {}\n" + CALL, id="generated types"
        ),
    ],
)
def test_a_file_that_was_asked_what_it_is_for_moves_until_it_says_something_else(
    project: Path, path: str, becomes: str
) -> None:
    write(project, "package.json", '{"dependencies": {"drizzle-orm": "1"}}')
    write(project, path, CALL)
    again(project)
    edit(project, path, lambda text: "// a line\n" + text)
    assert again(project) == (fresh(project), False)
    # What the project consists of is known by then, for a run that has to judge anew as well.
    edit(project, path, lambda text: text + "supabase.from('pets').select('name');\n")
    assert again(project) == (fresh(project), True)
    write(project, path, becomes)
    assert again(project) == (fresh(project), True)
    write(project, path, CALL)
    assert again(project) == (fresh(project), True)


def test_a_line_that_is_no_text_is_kept_too(project: Path) -> None:
    (project / "src/plain.js").write_bytes(b"/* \xff\xfe */ supabase.from('pets').select('nam');\n")
    report, _ = again(project)
    excerpts = {each.excerpt[:5] for each in report.entries if each.region.path == "src/plain.js"}
    assert excerpts == {"/* \ufffd\ufffd"}
    assert again(project) == (report, False)


def test_a_file_name_that_is_no_text_is_scanned_and_nothing_is_kept(project: Path) -> None:
    try:
        (project / os.fsdecode(b"src/caf\xe9.ts")).write_text("supabase.from('vets').select('id');\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert "src/caf\udce9.ts:1 FC101" in codes(fresh(project))
    assert again(project) == (fresh(project), True)
    assert again(project) == (fresh(project), True)


def test_what_is_told_of_a_whole_file_stays_at_its_start(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exports(source: Source, known: Known = NOTHING_KNOWN) -> Exports:
        raise RecursionError

    monkeypatch.setattr(readers, "exports", exports)
    write(project, "src/held.ts", "import { PETS } from './tables'; supabase.from(PETS); // fromcheck-ignore FC902\n")
    assert codes(again(project)[0]) == ["src/plain.js:1 FC103"]
    # The comment moves from the first line, where the file is told of.
    edit(project, "src/held.ts", lambda text: "const a = 1;\n" + text)
    assert codes(again(project)[0]) == ["src/held.ts:1 FC902", "src/held.ts:2 FC901", "src/plain.js:1 FC103"]
