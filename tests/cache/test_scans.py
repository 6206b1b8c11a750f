"""A run says the same with a cold cache, a warm one, a broken one and none; a warm one imports no parser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec import structs

from analyzer.cache import Shelf, Store
from analyzer.config import Config
from analyzer.engine import Options, Session
from analyzer.model.report import Report

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(each.name for each in (ROOT / "samples").iterdir() if (each / "supabase").is_dir())
PARSERS = ("tree_sitter", "sqlglot", "analyzer.code.read", "analyzer.sql.read", "analyzer.sql.replay")
STEPS = ("analyzer.engine.analysis", "analyzer.link", "analyzer.check", "analyzer.model.events")


def run(*arguments: object, imported: tuple[str, ...] = ()) -> str:
    """What a process of its own writes, but for the seconds; instead, which of these modules it ``imported``."""
    said = f"print([each for each in {imported} if each in sys.modules])" if imported else "pass"
    program = (
        "import sys; from analyzer.cli import main\n"
        f"try: main({[str(each) for each in arguments]}, prog_name='fromcheck')\n"
        f"except SystemExit: {said}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert "Traceback" not in done.stderr
    if imported:
        return done.stdout.splitlines()[-1]
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0', done.stdout)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "samples" / SAMPLES[0], tmp_path / "project")
    return tmp_path / "project"


@pytest.mark.parametrize("command", ["scan", "schema", "refs"])
@pytest.mark.parametrize("name", SAMPLES)
def test_cold_warm_and_without_a_cache_the_same_is_said(name: str, command: str, tmp_path: Path) -> None:
    ask = (command, ROOT / "samples" / name, "--format", "json")
    without = run(*ask, "--no-cache")
    assert without
    assert [run(*ask, "--cache-dir", tmp_path) for _ in range(2)] == [without, without]


@pytest.mark.parametrize("command", ["scan", "schema", "refs"])
def test_a_warm_run_imports_no_parser(sample: Path, tmp_path: Path, command: str) -> None:
    ask = (command, sample, "--format", "json", "--cache-dir", tmp_path / "cache")
    assert "sqlglot" in run(*ask, imported=PARSERS)
    assert run(*ask, imported=PARSERS) == "[]"


def test_an_unchanged_scan_imports_none_of_the_steps(sample: Path, tmp_path: Path) -> None:
    ask = ("scan", sample, "--format", "json", "--cache-dir", tmp_path / "cache")
    assert "analyzer.link" in run(*ask, imported=STEPS)
    assert run(*ask, imported=STEPS) == "[]"


def test_after_a_call_that_came_no_sql_is_read_again_beside_an_orm_either(sample: Path, tmp_path: Path) -> None:
    ask = ("scan", sample, "--format", "json", "--cache-dir", tmp_path / "cache")
    (sample / "package.json").write_text('{"dependencies": {"drizzle-orm": "1"}}')
    declared = "import { pgTable } from 'drizzle-orm/pg-core';\nexport const odd = pgTable('odd', {});\n"
    (sample / "tables.ts").write_text(declared)
    (sample / "more.ts").write_text("supabase.from('nothing').select('id');\n")
    assert "sqlglot" in run(*ask, imported=PARSERS)
    (sample / "more.ts").write_text("supabase.from('nothing_else').select('id');\n")
    imported = run(*ask, imported=PARSERS)
    assert "analyzer.code.read" in imported
    assert "sql" not in imported


def scan(project: Path, cache: Path | None = None) -> Report:
    return structs.replace(Session.open(project, Options(cache=cache)).scan(), seconds=0.0)


def edit_code(project: Path) -> None:
    file = next(each for each in sorted(project.rglob("*.ts*")) if b".from(" in each.read_bytes())
    file.write_bytes(b"// a line more\n" + file.read_bytes() + b"\nsupabase.from('nowhere_at_all').select('*')\n")


def edit_migration(project: Path) -> None:
    file = sorted(project.glob("supabase/migrations/*.sql"))[-1]
    file.write_bytes(file.read_bytes() + b"\ncreate table late_one (id int); drop table not_there;\n")


def add_file(project: Path) -> None:
    (project / "added.ts").write_text("supabase.from('added_in_vain').select('*')\n")


def remove_file(project: Path) -> None:
    sorted(project.glob("supabase/migrations/*.sql"))[0].unlink()


def rename_file(project: Path) -> None:
    file = next(each for each in sorted(project.rglob("*.ts*")) if b".from(" in each.read_bytes())
    file.rename(file.with_name(f"renamed_{file.name}"))


def configure(project: Path) -> None:
    (project / "fromcheck.yaml").write_text("select: [FC3]\n")


def ignore_in_config(project: Path) -> None:
    (project / ".gitignore").write_text("*.tsx\n*.ts\n!keep.ts\n")
    (project / "keep.ts").write_text("supabase.from('kept_in_vain').select('*')\n")


CHANGES = [edit_code, edit_migration, add_file, remove_file, rename_file, configure, ignore_in_config]


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_after_a_change_the_same_is_said_as_without_a_cache(
    change: Callable[[Path], None], sample: Path, tmp_path: Path
) -> None:
    before = scan(sample, tmp_path / "cache")
    change(sample)
    after = scan(sample)
    assert after != before
    assert [scan(sample, tmp_path / "cache") for _ in range(2)] == [after, after]


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied", "a folder"])
def test_a_broken_cache_is_an_empty_one(sample: Path, tmp_path: Path, harm: str) -> None:
    cache = tmp_path / "cache"
    before = scan(sample, cache)
    for file in cache.glob("*.facts"):
        data = file.read_bytes()
        file.unlink()
        if harm == "a folder":
            file.mkdir()
        else:
            file.write_bytes({"cut": data[:-9], "flipped": data[:40] + b"\xff" + data[41:], "emptied": b""}[harm])
    assert scan(sample, cache) == before


def test_where_nothing_can_be_kept_the_same_is_said(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert scan(sample, tmp_path / "file" / "cache") == scan(sample)


def test_runs_at_once_say_the_same(sample: Path, tmp_path: Path) -> None:
    ask = ("scan", sample, "--format", "json")
    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(lambda _: run(*ask, "--cache-dir", tmp_path / "cache"), range(3)))
    assert said == [run(*ask, "--no-cache")] * 3


def test_the_baseline_and_the_threshold_are_no_part_of_what_is_kept(sample: Path, tmp_path: Path) -> None:
    cache = ("--cache-dir", tmp_path / "cache")
    assert json.loads(run("scan", sample, "--format", "json", *cache))["findings"]
    run("baseline", "write", sample, *cache)
    document = json.loads(run("scan", sample, "--format", "json", *cache))
    assert document["findings"] == []
    assert document["summary"]["baselined"] > 0


class Files:
    """A tree in memory; a ``changing`` one has other code whenever it is looked at."""

    def __init__(self, *, changing: bool) -> None:
        self.changing = changing
        self.looked = 0

    def paths(self) -> tuple[str, ...]:
        return ("a.ts", "b.ts", "supabase/migrations/1_a.sql")

    def problems(self) -> tuple[()]:
        return ()

    def read(self, path: str) -> bytes:
        self.looked += self.changing
        return b"create table t ();" if path.endswith(".sql") else b"supabase.from('t%d').select()" % self.looked


@pytest.mark.parametrize("changing", [False, True])
def test_a_report_on_files_that_change_while_they_are_read_is_not_kept(changing: bool, tmp_path: Path) -> None:
    reports = Shelf()
    for number in (1, 2):
        files = Files(changing=changing)
        files.looked = number * 1000 if changing else 0
        report = Session(files, ".", Config(), Options(), store=Store(tmp_path), reports=reports).scan()
        subjects = {each.subject for each in report.entries if each.code == "FC101"}
        assert len(subjects) == (2 if changing else 1)
        assert all(each.startswith(f"public.t{number if changing else 0}") for each in subjects)
    assert (reports == Shelf()) == changing
