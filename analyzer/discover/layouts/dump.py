"""A dump of the schema in one file: what ``pg_dump``, ``supabase db dump`` or Rails write, or a hand that follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.discover.layout import Found, Layout, sql_folders, text_of
from analyzer.model.inventory import Migration, Tree
from analyzer.model.span import Span

_NAMES = ("schema.sql", "structure.sql")

_PSQL = re.compile(
    rb"^COPY [^;]* FROM stdin;\r?\n.*?^\\\.[ \t\r]*$|^\\[A-Za-z!][^\n]*$",
    re.MULTILINE | re.DOTALL,
)


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each folder with such a file."""
    for folder, files in sql_folders(paths).items():
        dump = next((path for name in _NAMES for path in files if path.rpartition("/")[2] == name), None)
        if dump is not None:
            migration = Migration(dump, "", psql_lines(text_of(tree, dump)))
            yield Found(folder, (migration,))


def psql_lines(data: bytes) -> tuple[Span, ...]:
    """What is for psql and not for the database: ``\\restrict``, ``\\connect``, and the rows after COPY FROM stdin."""
    return tuple(Span(each.start(), each.end()) for each in _PSQL.finditer(data))


LAYOUT = Layout("dump", "schema.sql or structure.sql", 3, find)
