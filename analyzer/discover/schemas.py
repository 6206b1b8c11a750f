"""Which SQL files make the schema of each project: migrations, declarative files, another tool's, or a dump."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from analyzer.config import Config, SupabaseToml, read_supabase_toml
from analyzer.discover.classify import is_code
from analyzer.discover.globs import matching
from analyzer.discover.layout import Found, Layout, home, is_down, is_seed, migrations, text_of
from analyzer.discover.left_out import packages
from analyzer.discover.migrations import read_migrations
from analyzer.discover.roots import find_roots, nearest_root
from analyzer.discover.traits import has, naming_supabase
from analyzer.model.errors import ConfigError
from analyzer.model.inventory import Migration, Skipped, Tree
from analyzer.model.record import Record
from analyzer.model.source import Problem
from analyzer.registry import find_constants

_NO_PROJECTS = frozenset({"tests", "test", "__tests__", "e2e", "fixtures", "__fixtures__", "testdata", "examples"})


class SchemaFiles(Record, frozen=True):
    """The SQL files of one project, as ``SupabaseRoot`` has them."""

    migrations: tuple[Migration, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    declared: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    foreign: bool = False
    unordered: bool = False
    problems: tuple[tuple[str, Problem], ...] = ()
    seeds: tuple[str, ...] = ()


def find_schemas(tree: Tree, paths: Sequence[str], config: Config) -> dict[str, SchemaFiles]:
    """Every project, by its folder, with its SQL files; ``paths`` are all files, in byte order.

    Migrations of the Supabase CLI are the schema where there are any; then the configured ``sources`` follow. Where there
    are none, it is the sources, the declarative files, another tool's migrations, or a dump: the first that there is.
    Raises ConfigError for a glob of ``sources`` that matches nothing.
    """
    own = {root: _of_supabase(tree, root, paths) for root in find_roots(paths)}
    if config.sources:
        return _with_beside(tree, paths, _with_sources(tree, paths, config, own))
    found = {root: files if files.migrations else _from_declared(tree, files) for root, files in own.items()}
    if not (found and all(each.migrations for each in found.values())):
        found = _with_tools(tree, paths, found)
    return _with_beside(tree, paths, found)


def looked_for() -> str:
    """Where SQL is looked for besides ``supabase/migrations``, as part of a sentence."""
    return ", ".join(("supabase/schemas/*.sql", *(each.looked_for for each in _layouts())))


# --- Supabase's own ---------------------------------------------------------------------------------------------------


def _of_supabase(tree: Tree, root: str, paths: Sequence[str]) -> SchemaFiles:
    folder = f"{root}/supabase" if root else "supabase"
    own = read_migrations(f"{folder}/migrations", paths)
    declared, problems = _declared(tree, folder, paths)
    # Files in folders of their own, and no pattern that orders them: their names say nothing of what comes first.
    nested = any(path.count("/") > folder.count("/") + 2 for path in declared)
    unordered = nested and not own.applied and not _toml(tree, folder, paths).schema_paths
    return SchemaFiles(own.applied, own.skipped, declared, unordered=unordered, problems=problems)


def _toml(tree: Tree, folder: str, paths: Sequence[str]) -> SupabaseToml:
    path = f"{folder}/config.toml"
    return read_supabase_toml(tree, path if path in paths else None)[0]


def _declared(tree: Tree, folder: str, paths: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, Problem], ...]]:
    """The declarative files in order: glob by glob, each in byte order; without globs all that is in ``schemas/``."""
    toml_path, toml = f"{folder}/config.toml", _toml(tree, folder, paths)
    sql = [path for path in paths if path.endswith(".sql") and not is_seed(path)]
    if not toml.schema_paths:
        return tuple(path for path in sql if path.startswith(f"{folder}/schemas/")), ()
    matches = {glob: matching(posixpath.normpath(f"{folder}/{glob}"), sql) for glob in toml.schema_paths}
    empty = [glob for glob, files in matches.items() if not files]
    problems = tuple((toml_path, Problem(f"db.migrations.schema_paths: no file matches {each!r}")) for each in empty)
    return tuple(dict.fromkeys(path for files in matches.values() for path in files)), problems


def _from_declared(tree: Tree, files: SchemaFiles) -> SchemaFiles:
    """The declarative files as the schema itself, where no migration is."""
    return replace(files, migrations=_unversioned(tree, files.declared), declared=())


def _unversioned(tree: Tree, paths: Iterable[str]) -> tuple[Migration, ...]:
    return migrations({path: text_of(tree, path) for path in paths})


# --- what the configuration names -------------------------------------------------------------------------------------


def _with_sources(
    tree: Tree, paths: Sequence[str], config: Config, found: Mapping[str, SchemaFiles]
) -> dict[str, SchemaFiles]:
    """Each named file goes to the project nearest to it, of those that the configuration does not leave out."""
    roots = tuple(sorted(found, key=os.fsencode)) or ("",)
    named = [root for root in roots if root in {each.removesuffix("supabase").rstrip("/") for each in config.roots}]
    built = [root for root in roots if root in found and found[root].migrations]
    result = {root: found.get(root, SchemaFiles()) for root in roots}
    for path in _sources(paths, config):
        root = nearest_root(path, named or roots, built)
        files = result[root]
        if path not in {each.path for each in files.migrations}:
            result[root] = replace(files, migrations=(*files.migrations, *_unversioned(tree, (path,))))
    return {root: _declaring(files) for root, files in result.items()}


def _sources(paths: Sequence[str], config: Config) -> Iterator[str]:
    for where, glob in config.placed("sources"):
        files = [path for path in matching(glob, paths) if path.lower().endswith(".sql")]
        schema = [path for path in files if not is_seed(path) and not is_down(path)]
        if not schema:
            why = "only seeds and down migrations, which make no schema" if files else "no file"
            raise ConfigError(f"{where}sources: {glob!r} matches {why}")
        yield from schema


def _declaring(files: SchemaFiles) -> SchemaFiles:
    applied = {each.path for each in files.migrations}
    return replace(files, declared=tuple(path for path in files.declared if path not in applied))


# --- other tools ------------------------------------------------------------------------------------------------------


def _layouts() -> list[Layout]:
    layouts: tuple[Layout, ...] = find_constants("analyzer.discover.layouts", "LAYOUT")
    return sorted(layouts, key=lambda each: each.rank)


def _with_tools(tree: Tree, paths: Sequence[str], found: Mapping[str, SchemaFiles]) -> dict[str, SchemaFiles]:
    """Gives the projects without a schema that of another tool; where none has any, makes projects of such tools' folders.

    One project and one such folder belong together, wherever in the project it stands.
    """
    tools = _tools(tree, paths)
    result = dict(found)
    for root in found:
        if not result[root].migrations and root in tools:
            result[root] = _chosen(result[root], tools[root])
    if any(each.migrations for each in result.values()) or not tools:
        return result
    if len(found) == 1 and len(tools) == 1:
        return {root: _chosen(files, *tools.values()) for root, files in found.items()}
    if not found and not _asks_supabase(tree, paths):
        return {}
    return result | {folder: _chosen(result.get(folder, SchemaFiles()), each) for folder, each in tools.items()}


def _no_tests(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if _NO_PROJECTS.isdisjoint(path.split("/")[:-1])]


def _tools(tree: Tree, paths: Sequence[str]) -> dict[str, list[Found]]:
    """What the layouts find, by project, the first the one to take; dumps only where there is nothing else."""
    open_paths = _no_tests(paths)
    known = packages(paths)
    taken: set[str] = set()
    tools: dict[str, list[Found]] = {}
    for layout in _layouts():
        if layout.rank >= 3 and tools:
            break
        for each in sorted(layout.find(tree, open_paths), key=_by_place):
            if each.migrations and each.folder not in taken:
                taken.add(each.folder)
                tools.setdefault(home(each.folder, known), []).append(each)
    return tools


def _by_place(found: Found) -> tuple[bool, int, bytes]:
    """Supabase's own folder first, then the one nearest to the top."""
    depth = found.folder.count("/") + bool(found.folder)
    return found.folder.rpartition("/")[2] != "supabase", depth, os.fsencode(found.folder)


def _chosen(files: SchemaFiles, tools: Sequence[Found]) -> SchemaFiles:
    """The first is the schema; what the others hold stands beside it."""
    return replace(files, migrations=tools[0].migrations, foreign=True)


def _asks_supabase(tree: Tree, paths: Sequence[str]) -> bool:
    """True when a package depends on supabase-js, or code names Supabase."""
    manifests = (path for path in paths if path.rpartition("/")[2] == "package.json")
    if any(b'"@supabase/' in text_of(tree, path) for path in manifests):
        return True
    return any(_names_supabase(tree, path) for path in paths if is_code(path))


def _names_supabase(tree: Tree, path: str) -> bool:
    try:
        return has(tree, path, naming_supabase)
    except OSError:
        return False


# --- what nothing applies ---------------------------------------------------------------------------------------------


def _with_beside(tree: Tree, paths: Sequence[str], found: Mapping[str, SchemaFiles]) -> dict[str, SchemaFiles]:
    """Gives each project the SQL nearest to it that is in no other role, and what ORMs declare: it may be there."""
    roots = tuple(sorted(found, key=os.fsencode))
    built = [root for root in roots if found[root].migrations]
    known = {path for files in found.values() for path in _named(files)}
    beside: dict[str, list[str]] = {root: [] for root in roots}
    open_paths = _no_tests(paths) if roots else []
    sql = [path for path in open_paths if path.lower().endswith(".sql") and not (is_seed(path) or is_down(path))]
    for path in (*sql, *_declarations(tree, open_paths)):
        if path not in known:
            beside[nearest_root(path, roots, built)].append(path)
    seeds: dict[str, list[str]] = {root: [] for root in roots}
    for path in (each for each in _seeds(paths) if each not in known) if roots else ():
        seeds[nearest_root(path, roots, built)].append(path)
    return {root: replace(found[root], beside=tuple(beside[root]), seeds=tuple(seeds[root])) for root in roots}


def _seeds(paths: Sequence[str]) -> Iterator[str]:
    """The SQL that fills tables, and that of tests."""
    for path in paths:
        if path.lower().endswith(".sql") and (is_seed(path) or not _NO_PROJECTS.isdisjoint(path.split("/")[:-1])):
            yield path


def _declarations(tree: Tree, paths: Sequence[str]) -> Iterator[str]:
    for layout in _layouts():
        if layout.rank == 4:
            for found in layout.find(tree, paths):
                yield from (each.path for each in found.migrations)


def _named(files: SchemaFiles) -> Iterator[str]:
    yield from (each.path for each in files.migrations)
    yield from (each.path for each in files.skipped)
    yield from files.declared
