"""Migrations of no tool that is known: the SQL files of a folder ``migrations``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.discover.layout import Found, Layout, is_down, migrations, numbered, sql_folders, text_of
from analyzer.model.inventory import Tree

_WRANGLER = ("wrangler.toml", "wrangler.json", "wrangler.jsonc")


def find(tree: Tree, paths: Sequence[str]) -> Iterator[Found]:
    """Each such folder: by number when every file begins with one, else by name. Cloudflare's are SQLite, and left out."""
    known = set(paths)
    for folder, files in sql_folders(paths).items():
        above, _, name = folder.rpartition("/")
        if name != "migrations" or above.rpartition("/")[2] == "supabase":
            continue
        if known.isdisjoint(f"{above}/{each}".lstrip("/") for each in _WRANGLER):
            ups = [path for path in files if not is_down(path)]
            by_number = all(path[len(folder) + 1].isdigit() for path in ups)
            yield Found(
                folder, migrations({path: text_of(tree, path) for path in (numbered(ups) if by_number else ups)})
            )


LAYOUT = Layout("plain", "migrations/*.sql", 2, find)
