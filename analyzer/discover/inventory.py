"""From a tree of files to what each of them is for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import partial

from analyzer.config import Config, SupabaseToml, read_supabase_toml
from analyzer.discover.classify import is_bundle, is_code, is_document, is_generated_types, is_test
from analyzer.discover.globs import matching
from analyzer.discover.left_out import packages
from analyzer.discover.roots import chosen_roots, nearest_root
from analyzer.discover.schemas import SchemaFiles, find_schemas
from analyzer.discover.traits import has
from analyzer.model.errors import ConfigError
from analyzer.model.inventory import Inventory, SupabaseRoot, Tree
from analyzer.model.record import Record

_HIDDEN = re.compile(r"(?:.*/)?\.[^/]*/", re.DOTALL)


def discover(tree: Tree, config: Config) -> Inventory:
    """Every Supabase project in the tree, each with the files that belong to it; depends on no order of the paths.

    A code file belongs to exactly one project. It belongs to none where there is none, or where it is nearest to one
    that the configuration does not name. Raises ConfigError when the configuration names a root that is not there, or
    a source that no file matches.
    """
    paths = sorted(_included(tree.paths(), config.exclude), key=os.fsencode)
    schemas = find_schemas(tree, paths, config)
    found = tuple(sorted(schemas, key=os.fsencode))
    chosen = chosen_roots(found, config) if config.roots else found
    kinds = _sort(tree, paths)
    homes = _homes(paths, found, {root for root in found if schemas[root].migrations})
    owned = {root: [path for path in paths if homes[path] == root] for root in chosen}
    tops = frozenset({"", *found, *packages(paths)})
    documents = _named(paths, config) if config.model else frozenset(filter(is_document, paths))
    strays = tuple(path for path in kinds.code if homes[path] not in chosen)
    roots = tuple(_root(tree, root, schemas[root], owned[root], paths, kinds, tops, documents) for root in chosen)
    problems = [problem for root in chosen for problem in schemas[root].problems]
    return Inventory(roots, strays, kinds.bundles, (*tree.problems(), *problems))


def _included(paths: Iterable[str], exclude: tuple[str, ...]) -> Iterable[str]:
    """Those that the configuration leaves in, and that stand in no folder whose name begins with a dot.

    Such folders hold tools, and what they set aside or give as examples; TypeScript and ESLint pass over them, too.
    """
    paths = [path for path in paths if not _in_hidden(path)]
    if not exclude:
        return paths
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(exclude)
    return [path for path in paths if not spec.match_file(path)]


def _in_hidden(path: str) -> bool:
    return _HIDDEN.match(path) is not None


class _Kinds(Record, frozen=True):
    """The files with code in them, sorted by what kind of code it is; each in byte order."""

    code: tuple[str, ...]
    types: tuple[str, ...]
    bundles: tuple[str, ...]


def _named(paths: Sequence[str], config: Config) -> frozenset[str]:
    """The documents that the configuration names. Raises ConfigError for a glob that no file matches."""
    named: set[str] = set()
    for where, glob in config.placed("model"):
        if not (files := matching(glob, paths)):
            raise ConfigError(f"{where}model: {glob!r} matches no file")
        named.update(files)
    return frozenset(named)


def _sort(tree: Tree, paths: Iterable[str]) -> _Kinds:
    kinds: dict[str, list[str]] = {"code": [], "types": [], "bundles": []}
    for path in filter(is_code, paths):
        kinds[_kind(tree, path)].append(path)
    return _Kinds(**{kind: tuple(each) for kind, each in kinds.items()})


def _kind(tree: Tree, path: str) -> str:
    """A file that cannot be read counts as code, so that whoever reads it next says why."""
    try:
        if is_generated_types(path, partial(has, tree, path)):
            return "types"
        return "bundles" if is_bundle(path, partial(has, tree, path)) else "code"
    except OSError:
        return "code"


def _homes(paths: Sequence[str], roots: tuple[str, ...], built: set[str]) -> dict[str, str | None]:
    """The root that each path belongs to, None when there are no roots. Files of one folder belong together."""
    by_folder: dict[str, str | None] = {}
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in by_folder:
            by_folder[folder] = nearest_root(path, roots, built) if roots else None
    return {path: by_folder[path.rpartition("/")[0]] for path in paths}


def _root(
    tree: Tree,
    folder: str,
    schema: SchemaFiles,
    owned: Sequence[str],
    paths: Sequence[str],
    kinds: _Kinds,
    tops: frozenset[str],
    documents: frozenset[str],
) -> SupabaseRoot:
    mine = set(owned)
    code = tuple(path for path in kinds.code if path in mine)
    config_toml = _below(folder, "config.toml") if _below(folder, "config.toml") in paths else None
    toml, _ = read_supabase_toml(tree, config_toml)
    return SupabaseRoot(
        folder=folder,
        migrations=schema.migrations,
        skipped=schema.skipped,
        code=code,
        tests=frozenset(path for path in code if _is_test(tree, path, tops)),
        generated_types=tuple(path for path in kinds.types if path in mine),
        documents=tuple(path for path in owned if path in documents),
        config_toml=config_toml,
        edge_functions=_edge_functions(folder, paths, toml),
        functions_beside=_functions_beside(folder, paths),
        declared=schema.declared,
        beside=schema.beside,
        seeds=schema.seeds,
        foreign=schema.foreign,
        unordered=schema.unordered,
        project_id=toml.project_id,
    )


def _is_test(tree: Tree, path: str, tops: frozenset[str]) -> bool:
    try:
        return is_test(path, tops, partial(has, tree, path))
    except OSError:
        return False


def _edge_functions(folder: str, paths: Iterable[str], toml: SupabaseToml) -> tuple[str, ...]:
    """The folders in ``supabase/functions``, but for shared ones (``_shared``), and what config.toml declares."""
    start = _below(folder, "functions/")
    below = (path[len(start) :].split("/") for path in paths if path.startswith(start))
    folders = {parts[0] for parts in below if len(parts) > 1 and not parts[0].startswith(("_", "."))}
    return tuple(sorted({*folders, *toml.functions}, key=os.fsencode))


_BESIDE = re.compile(r"(?:^|/)(?:[^/]*functions|edge)/([^/]+)/index\.[cm]?[jt]sx?$")


def _functions_beside(folder: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The functions that lie in another folder for them (``lib/edge/send-mail/index.ts``): a script may deploy those."""
    start = _below(folder, "functions/")
    found = {match[1] for path in paths if not path.startswith(start) and (match := _BESIDE.search(path))}
    return tuple(sorted(found, key=os.fsencode))


def _below(root: str, name: str) -> str:
    return f"{root}/supabase/{name}" if root else f"supabase/{name}"
