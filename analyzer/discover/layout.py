"""What a layout is: how a tool other than the Supabase CLI lays out its SQL. Each file in ``layouts/`` holds one, as ``LAYOUT``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from analyzer.model.inventory import Migration, Tree
from analyzer.model.record import Record
from analyzer.model.span import Span

_TOOL_FOLDERS = frozenset({"migrations", "db", "database", "sql", "schema", "prisma", "drizzle", "supabase"})
_DOWN = re.compile(r"(^|[._-])(down|rollback|revert|undo)\.sql$", re.IGNORECASE)
_SEED = re.compile(r"seeds?([^a-z].*)?\.sql", re.IGNORECASE)
_SEED_FOLDERS = frozenset({"seed", "seeds"})


class Found(Record, frozen=True):
    """One tool's files: the ``folder`` that they stand in, and the ``migrations`` in the tool's order."""

    folder: str
    migrations: tuple[Migration, ...]


class Layout(Record, frozen=True):
    """How one tool lays out its SQL.

    ``looked_for`` says it in the words of an error message. ``find`` gets the tree and its paths, in byte order. Layouts
    of a lower ``rank`` are asked first: 1 for marks that only one tool leaves, 2 for migrations that any may have
    written, 3 for SQL that is no migration, 4 for what declares a schema and is no SQL.
    """

    name: str
    looked_for: str
    rank: int
    find: Callable[[Tree, Sequence[str]], Iterator[Found]]


def sql_folders(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The SQL files that stand directly in each folder; seeds are left out, being no schema."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        if path.endswith(".sql") and not is_seed(path):
            folders.setdefault(path.rpartition("/")[0], []).append(path)
    return {folder: tuple(files) for folder, files in folders.items()}


def script_folders(paths: Iterable[str], script: str) -> dict[str, tuple[str, ...]]:
    """The files called ``script`` by the folder that holds theirs: a tool's, with a folder for each migration."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        parts = path.split("/")
        if parts[-1] == script and len(parts) > 2:
            folders.setdefault("/".join(parts[:-2]), []).append(path)
    return {folder: tuple(files) for folder, files in folders.items()}


def is_seed(path: str) -> bool:
    """True for SQL that fills tables: ``seed.sql``, ``seed_users.sql``, and whatever stands in ``seeds/``."""
    *folders, name = path.split("/")
    return _SEED.fullmatch(name) is not None or not _SEED_FOLDERS.isdisjoint(folders)


def is_down(path: str) -> bool:
    """True for the file that undoes a migration: ``1_users.down.sql``."""
    return _DOWN.search(path.rpartition("/")[2]) is not None


def home(folder: str, packages: frozenset[str]) -> str:
    """The project that a tool's folder belongs to: ``web`` for ``web/db/migrations``; a package is never left."""
    while folder and folder not in packages and folder.rpartition("/")[2] in _TOOL_FOLDERS:
        folder = folder.rpartition("/")[0]
    return folder


def text_of(tree: Tree, path: str) -> bytes:
    """The file's bytes, none when it cannot be read: whoever reads it next says why."""
    try:
        return tree.read(path)
    except OSError:
        return b""


def numbered(paths: Iterable[str]) -> tuple[str, ...]:
    """The files by the number that they begin with (2 before 10), those of one number in byte order."""

    def place(path: str) -> tuple[int, bytes]:
        digits = re.match(r"[0-9]*", path.rpartition("/")[2])
        return int((digits and digits[0]) or 0), os.fsencode(path)

    return tuple(sorted(paths, key=place))


# --- sections ---------------------------------------------------------------------------------------------------------


DBMATE = re.compile(rb"^--[ \t]*migrate:(?P<way>up|down)(?![^\s])", re.MULTILINE)
GOOSE = re.compile(rb"^--[ \t]*\+goose[ \t]+(?P<way>up|down)(?![^\s])", re.MULTILINE | re.IGNORECASE)


def has_up(data: bytes, marks: re.Pattern[bytes]) -> bool:
    """True for a file with a section that a mark opens for the way up."""
    return any(each["way"].lower() == b"up" for each in marks.finditer(data))


def down_sections(data: bytes) -> tuple[Span, ...]:
    """The parts of a marked file that are only run to undo it, from their mark to the next; none in an unmarked file."""
    marks = next((each for each in (DBMATE, GOOSE) if has_up(data, each)), None)
    if marks is None:
        return ()
    found = list(marks.finditer(data))
    ends = [*(each.start() for each in found[1:]), len(data)]
    return tuple(
        Span(each.start(), end) for each, end in zip(found, ends, strict=True) if each["way"].lower() == b"down"
    )


def migrations(texts: Mapping[str, bytes], *, versions: bool = False) -> tuple[Migration, ...]:
    """The files as migrations, without their down sections; with ``versions`` the leading digits are a version each."""
    return tuple(
        Migration(path, _digits(path) if versions else "", down_sections(text)) for path, text in texts.items()
    )


def _digits(path: str) -> str:
    found = re.match(r"[0-9]*", path.rpartition("/")[2])
    return found[0] if found else ""
