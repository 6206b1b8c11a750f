"""However many processes read the files, the same is said; and whatever happens to them, the run goes on or ends at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec import structs

from analyzer.cache import codec
from analyzer.engine import Options, Session, ahead, readers
from analyzer.engine.ahead import Ahead, Task, usual_jobs
from analyzer.engine.documents import Document
from analyzer.model.facts import CodeFacts
from analyzer.model.report import Report
from analyzer.model.source import Source

ROOT = Path(__file__).parents[2]
CASES = ROOT / "samples"
SAMPLES = sorted(each.name for each in CASES.iterdir() if (each / "supabase").is_dir())

CODE = Source("a.ts", b"supabase.from('t').select('id')")


def answers(session: Session) -> tuple[Report, Document]:
    return structs.replace(session.scan(), seconds=0), session.references()


def sql(source: Source, *given: object) -> None:
    """Stands here for the reader of migrations; the other processes have the real one."""
    raise AssertionError(f"{source.path} is read here")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_is_said_whatever_the_number(sample: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone = answers(Session.open(CASES / sample, Options()))
    monkeypatch.setattr(ahead, "LEAST_BYTES", 0)
    several = Session.open(CASES / sample, Options(cache=tmp_path, jobs=2))
    monkeypatch.setattr(readers, "sql", sql)
    assert answers(several) == alone
    assert answers(Session.open(CASES / sample, Options(cache=tmp_path))) == alone


def task(name: bytes, *given: object) -> Task:
    return Task(name, CodeFacts, "code", CODE, given)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LEAST_BYTES", 0)
    monkeypatch.setattr(ahead, "_CHUNK_BYTES", 1)


@pytest.mark.usefixtures("eager")
def test_an_error_in_a_process_is_left_to_whoever_asks() -> None:
    started = Ahead([task(b"bad", "no such thing"), task(b"good")], 2)
    try:
        assert started.answer(b"bad") is None
        assert started.answer(b"good") == codec(CodeFacts).encode(readers.code(CODE))
        assert started.answer(b"never asked") is None
    finally:
        started.close()


@pytest.mark.usefixtures("eager")
def test_a_process_that_is_killed_takes_only_its_answers_along() -> None:
    started = Ahead([task(b"%d" % number) for number in range(300)], 2)
    while not started._answers:  # any: the process that has the first question may be the last to start
        started._receive()
    for worker in started._workers:
        worker.process.kill()
    left = [started.answer(b"%d" % number) for number in range(300)]
    assert None in left
    assert any(left)
    started.close()


@pytest.mark.parametrize(("jobs", "size"), [(1, 5_000_000), (4, 1_000)])
def test_none_is_started_for_one_job_or_a_little_work(jobs: int, size: int) -> None:
    started = Ahead([structs.replace(task(b"x"), source=Source("a.ts", b" " * size))], jobs)
    assert not started.started
    assert started.answer(b"x") is None


LIMITED = """
from analyzer.engine import ahead
ahead.LEAST_BYTES, ahead._CHUNK_BYTES = 0, 1
from analyzer.__main__ import run
run()
"""


@pytest.mark.skipif(os.name != "posix", reason="needs limits of a shell")
def test_where_no_process_can_be_started_all_is_read_here() -> None:
    scan = [sys.executable, "-c", LIMITED, "scan", str(CASES / SAMPLES[0]), "--no-cache", "--format", "concise"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    alone, limited = (
        subprocess.run(
            ["/bin/sh", "-c", f'ulimit -n 16; exec "$@" -j {jobs}', "sh", *scan],
            capture_output=True,
            env=environment,
            check=False,
        )
        for jobs in (1, 8)
    )
    assert limited.returncode == alone.returncode < 2, limited.stderr
    assert limited.stdout == alone.stdout


def test_no_more_are_started_than_there_is_work_for(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr(Ahead, "_start", lambda self, jobs: started.append(jobs))
    Ahead([structs.replace(task(b"x"), source=Source("a.ts", b" " * ahead.LEAST_BYTES))], 1000)
    assert started == [ahead.LEAST_BYTES // ahead._CHUNK_BYTES + 1]


def test_the_usual_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert usual_jobs() == 8


def children_of(process: int) -> list[int]:
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True)
    return [int(each) for each in listing.stdout.split()]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes through ps")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_ctrl_c_ends_all_at_once_and_no_process_outlives_its_parent(sent: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "supabase/migrations").mkdir(parents=True)
    (tmp_path / "supabase/migrations/1_a.sql").write_text("create table t (id int);")
    line = "export const f%d = async (x: string) => await supabase.from('t').select('id').eq('id', x);\n"
    text = "".join(line % number for number in range(3000))
    for number in range(30):
        (tmp_path / f"a{number}.ts").write_text(text)
    command = [sys.executable, "-m", "analyzer", "scan", str(tmp_path), "--no-cache", "--jobs", "2"]
    # A session of its own, whose every process gets the signal, as from a terminal.
    run = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    deadline = time.monotonic() + 20
    while len(children := children_of(run.pid)) < 3 and time.monotonic() < deadline:  # with the resource tracker
        time.sleep(0.05)
    assert len(children) >= 3
    if sent is signal.SIGINT:
        os.killpg(run.pid, sent)
    else:
        run.send_signal(sent)
    out, err = run.communicate(timeout=20)
    assert out == ""
    # Of a killed parent, Python's own resource tracker says that it cleaned up.
    assert err.strip() == "" or sent is signal.SIGKILL
    assert run.returncode == (130 if sent is signal.SIGINT else -sent)
    while any(map(is_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, children))
