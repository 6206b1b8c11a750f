"""``Session``: discover, read, replay, link, check, report. The only place that knows the order of the steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from analyzer.baseline import Baseline, accept, find_baseline
from analyzer.cache import Memo, Store
from analyzer.cache.version import tool_version
from analyzer.check import check, chosen_rules, unknown_codes
from analyzer.config import Config, SupabaseToml, read_config, read_supabase_toml
from analyzer.discover import CODE_SUFFIXES, ObjectTree, WorkTree, discover, looked_for
from analyzer.engine.declared import declared_by
from analyzer.engine.documents import Document, references_document, schema_document
from analyzer.engine.intended import model_of
from analyzer.engine.judging import judge
from analyzer.engine.neighbours import agreed, may_be_one
from analyzer.engine.policy import Policy
from analyzer.engine.positions import Positions
from analyzer.engine.readers import created
from analyzer.engine.reading import Reading
from analyzer.engine.reporting import make_coverage, make_report
from analyzer.engine.runs import Runs
from analyzer.engine.trace import TracedTree
from analyzer.link import Project, Schema, SkippedCreation, link
from analyzer.model.catalog import Catalog, Replay
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.finding import Finding
from analyzer.model.inventory import Inventory, SupabaseRoot, Tree
from analyzer.model.report import Region, Report
from analyzer.model.source import Problem
from analyzer.model.span import Place
from analyzer.rule import Rule, times
from analyzer.sql.lexer import names_within
from analyzer.suggest import suggested

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What a command line adds to the configuration; empty means that the configuration decides.

    ``cache`` is the folder that keeps what was read between runs, None for keeping nothing. ``jobs`` is in how many
    processes files are read at most, where there are enough of them; None for one a core.
    """

    roots: tuple[str, ...] = ()
    config: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None
    no_baseline: bool = False
    cache: Path | None = None
    jobs: int | None = 1


class Session:
    """One folder under one configuration. What it has read, replayed and linked is kept for the next question."""

    def __init__(
        self,
        tree: Tree,
        shown_root: str,
        config: Config,
        options: Options,
        baseline: Callable[[], Baseline | None] = lambda: None,
        store: Store | None = None,
        *,
        slot: str | None = "",
        memo: Memo | None = None,
    ) -> None:
        self.tree = tree if isinstance(tree, TracedTree) else TracedTree(tree)
        self._memo = memo or Memo(store)
        self._store = store
        # Text that is not saved is another the next time: no report of it is worth keeping.
        self._runs = Runs(store if slot is not None else None, slot or "")
        self.config = config
        self._shown_root = shown_root
        self._options = options
        self._baseline = baseline
        self._reading = Reading(self.tree, memo=self._memo)
        self._problems: list[tuple[str, Problem]] = []
        self._positions = Positions(self.tree)

    @classmethod
    def open(cls, path: Path, options: Options, tree: Tree | None = None, memo: Memo | None = None) -> Session:
        """A session on a folder; ``tree`` stands for its files, when it is not they as they are on disk.

        ``memo`` is what earlier sessions read; without it, that is what ``options.cache`` keeps.

        Raises ConfigError, and NothingToScan when it is no folder.
        """
        if not path.is_dir():
            raise NothingToScan(f"{path} is not a folder: give the folder that holds the project")
        config = _configured(path, options)
        baseline = partial(find_baseline, path, options.baseline) if not options.no_baseline else lambda: None
        store = _store(path, options)
        return cls(
            tree or WorkTree(path), str(path), config, options, baseline, store, slot=None if tree else "", memo=memo
        )

    @classmethod
    def at(cls, path: Path, options: Options, tree: Tree, memo: Memo | None = None) -> Session:
        """A session on the files that a folder had, such as those of a commit, with its configuration and baseline of then.

        Raises ConfigError.
        """
        config = _configured(path, options, tree)
        baseline = partial(find_baseline, path, options.baseline, tree) if not options.no_baseline else lambda: None
        return cls(tree, str(path), config, options, baseline, _store(path, options), slot=_slot(tree), memo=memo)

    def on(self, tree: Tree) -> Session:
        """A session like this one on other files, which knows what this one has read; no baseline accepts anything."""
        other = Session(tree, self._shown_root, self.config, self._options)
        other._memo = self._memo
        other._reading = Reading(other.tree, memo=self._memo)
        return other

    def earlier(self, tree: Tree) -> Session:
        """A session on what the files were, which judges them as this one does, with no baseline.

        What the project consists of is what the configuration said then; what is wrong is what it says now. Raises
        NothingToScan where none of the roots that are asked for was there.
        """
        try:
            config = _configured(Path(self._shown_root), self._options, tree)
        except ConfigError:  # whoever mends it is not to be kept from that
            config = self.config
        judging = {name: getattr(self.config, name) for name in ("select", "ignore", "severity", "levels", "fail_on")}
        config = replace(config, **judging)
        other = Session(
            tree, self._shown_root, config, self._options, store=self._store, slot=_slot(tree), memo=self._memo
        )
        there = {root.folder for root in other.inventory.roots}
        other._options = replace(
            self._options, roots=tuple(each for each in self._options.roots if _folder(each) in there)
        )
        if self._options.roots and not other._options.roots:
            raise NothingToScan("the projects that --root names were not there")
        return other

    # --- questions ----------------------------------------------------------------------------------------------------

    def scan(self) -> Report:
        """Everything that is wrong. Raises NothingToScan when there is no code, or no migration."""
        began = time.monotonic()
        baseline = self._baseline()
        asked = repr((self._shown_root, self.config, self._options.roots, self._options.select, self._options.ignore))
        report = self._runs.report(self.tree, asked, self._scan)
        if baseline is not None:
            # Of a project that was not looked at, nothing can be said to be gone.
            report = accept(report, baseline, () if self._options.roots else [rule.code for rule in self._rules])
        return replace(report, seconds=max(round(time.monotonic() - began, 3), 0.0))

    def _scan(self) -> Report:
        self._require_code()
        self._require_migrations()
        rules = self._rules
        mishaps: list[tuple[str, Problem]] = []
        found = [each for project in self.projects for each in self._found(project, rules, mishaps)]
        problems = [*self.problems(), *mishaps, *self._unbuilt()]
        judgement = judge(found, problems, self._reading.ignores.values(), rules, self._policy)
        coverage = make_coverage(
            self.projects, len(self._reading.code), self._migration_count(), len(self.inventory.bundles)
        )
        report = make_report(self._shown_root, judgement, problems, coverage, self._positions)
        self._memo.keep()
        return report

    def _found(
        self, project: Project, rules: tuple[Rule, ...], mishaps: list[tuple[str, Problem]]
    ) -> Iterator[Finding]:
        roots = {root.folder: root for root in self._roots}
        one = {root.folder for root in self._beside(roots[project.folder])}
        others = [(each, each.folder in one) for each in self.projects if each is not project]
        return suggested(project, agreed(project, others, check(project, rules, mishaps)), mishaps)

    def _beside(self, root: SupabaseRoot) -> list[SupabaseRoot]:
        """The other projects that may be the same database."""
        return [each for each in self.inventory.roots if each is not root and may_be_one(root, each)]

    @property
    def _rules(self) -> tuple[Rule, ...]:
        select, ignore = self._options.select or self.config.select, (*self.config.rules_off, *self._options.ignore)
        return chosen_rules(select, ignore)

    def schema(self, *, include_managed: bool = False) -> Document:
        """The replayed catalogue, as the public JSON has it. Raises NothingToScan, and ConfigError when there are several."""
        self._require_migrations()
        built = [root for root in self._roots if root.migrations]
        if len(built) > 1:
            folders = ", ".join(root.folder or "." for root in built)
            raise ConfigError(f"there are several Supabase projects here: choose one with --root ({folders})")
        project = next(each for each in self.projects if each.folder == built[0].folder)
        self._memo.keep()
        return schema_document(project, self._positions, managed=include_managed)

    def references(self) -> Document:
        """Every reference in the code, as the public JSON has it. Raises NothingToScan when there is no code."""
        self._require_code()
        projects = (*self.projects, self.unchecked)
        self._memo.keep()
        return references_document(projects, self._positions)

    def region(self, place: Place) -> Region:
        """The place in lines and columns."""
        return self._positions.region(place)

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """What could not be found, read or replayed of what was asked for so far, by path."""
        replayed = (each for project in self.__dict__.get("projects", ()) for each in project.replay.problems)
        return (*self.inventory.problems, *self._problems, *self._reading.problems, *replayed)

    @property
    def progress(self) -> tuple[int, int]:
        """How many files are read by now, and how many there are to read, as far as that is known; any thread may ask."""
        inventory: Inventory | None = self.__dict__.get("inventory")
        there = sum(len(root.files()) for root in inventory.roots) + len(inventory.strays) if inventory else 0
        return min(self._reading.done, there), there

    # --- steps --------------------------------------------------------------------------------------------------------

    @cached_property
    def inventory(self) -> Inventory:
        """Which files there are, and to which root each belongs."""
        return discover(self.tree, self.config)

    @cached_property
    def _roots(self) -> tuple[SupabaseRoot, ...]:
        if not self._options.roots:
            return self.inventory.roots
        wanted = [_folder(root) for root in self._options.roots]
        known = {root.folder: root for root in self.inventory.roots}
        unknown = [given for given, root in zip(self._options.roots, wanted, strict=True) if root not in known]
        if unknown:
            there = ", ".join(folder or "." for folder in known) or "none"
            raise ConfigError(f"--root {unknown[0]} holds no project (found: {there})")
        return tuple(known[root] for root in wanted)

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """Every root that has migrations, read, replayed and linked."""
        built = [root for root in self._roots if root.migrations]
        with self._reading.ahead(built, self._options.jobs):
            return tuple(map(self._project, built))

    @cached_property
    def _policy(self) -> Policy:
        return Policy(self.config, frozenset().union(*(root.tests for root in self._roots)))

    def _project(self, root: SupabaseRoot) -> Project:
        schema = self._schema(root)
        self._reading.read_code(root.code)
        code = {path: self._reading.code[path] for path in root.code}
        project = link(root.folder, schema, code, root.tests)
        declared = declared_by(self._reading, root, project, self._beside(root))
        project = replace(project, schema=replace(project.schema, declared=declared))
        model = model_of(self._reading, root, project, named=bool(self.config.model))
        return replace(project, schema=replace(project.schema, model=model))

    @cached_property
    def unchecked(self) -> Project:
        """The code that belongs to no project with migrations: it has references, and no schema to hold them against."""
        paths = (*(path for root in self._roots if not root.migrations for path in root.code), *self.inventory.strays)
        self._reading.read_code(paths)
        return link("", Schema(Replay(Catalog())), {path: self._reading.code[path] for path in paths})

    def _roles(self, root: SupabaseRoot) -> tuple[str, ...]:
        """The names in ``roles.sql``, which the CLI runs before every migration: some of them are roles."""
        path = f"{root.folder}/supabase/roles.sql".lstrip("/")
        try:
            return names_within(self.tree.read(path).decode("utf-8", "replace")) if path in self.tree.paths() else ()
        except OSError:
            return ()

    def _schema(self, root: SupabaseRoot) -> Schema:
        toml, problems = read_supabase_toml(self.tree, root.config_toml)
        self._problems.extend(problems)
        hints = [path for each in self._beside(root) for path in each.generated_types]
        self._reading.read_types((*root.generated_types, *hints))
        built = self._reading.built(root, exposed=self._auto_exposed(toml), roles=self._roles(root))
        return Schema(
            built.replay,
            root.migrations,
            root.skipped,
            tuple(self._skipped_creations(root)),
            self.config.schemas or tuple(dict.fromkeys((*toml.schemas, *(built.replay.exposed or ())))),
            frozenset(toml.buckets),
            {path: self._reading.types[path] for path in root.generated_types},
            bool(self.config.schemas or (root.config_toml and toml.schemas_known)),
            frozenset(root.edge_functions),
            intended=built.intended,
            hints=tuple(self._reading.types[path] for path in hints),
        )

    def _auto_exposed(self, toml: SupabaseToml) -> bool | None:
        said = self.config.auto_expose_new_tables
        return toml.auto_expose_new_tables if said is None else said

    def _skipped_creations(self, root: SupabaseRoot) -> Iterator[SkippedCreation]:
        self._reading.read_sql(skipped.path for skipped in root.skipped)
        for skipped in root.skipped:
            for missing, place in created(skipped.path, self._reading.sql[skipped.path]):
                if missing.kind == "relation":
                    yield SkippedCreation(missing.schema or "public", missing.name, place, skipped.reason)

    def _unbuilt(self) -> Iterator[tuple[str, Problem]]:
        for root in self._roots:
            if root.code and not root.migrations:
                where = f"{root.folder}/supabase" if root.folder else "supabase"
                yield (
                    where,
                    Problem(
                        f"has no migrations and no other schema, so its {times(len(root.code), 'code file')} were not checked"
                    ),
                )

    # --- what there is to scan ----------------------------------------------------------------------------------------

    def _migration_count(self) -> int:
        return sum(len(root.migrations) for root in self._roots)

    def _require_code(self) -> None:
        if not any(root.code for root in self._roots) and not self.inventory.strays:
            raise NothingToScan(
                f"no code in {self._shown_root}: looked for files that git does not ignore, ending with"
                f" {' '.join(CODE_SUFFIXES)}"
            )

    def _require_migrations(self) -> None:
        if not self._migration_count():
            folders = ", ".join(f"{root.folder or '.'}/supabase/migrations" for root in self._roots)
            where = f"in {folders}" if folders else f"in supabase/migrations, in {self._shown_root} and below"
            raise NothingToScan(
                f"no migrations: looked for <version>_<name>.sql files {where}, then for {looked_for()}"
                f" (seeds are not schema); {self._other_sql()} can be named under `sources` in fromcheck.yaml"
            )

    def _other_sql(self) -> str:
        """The SQL files that are there, the first few by name."""
        found = sorted(path for path in self.tree.paths() if path.lower().endswith(".sql"))
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        return f"the SQL files that make the schema ({', '.join(found[:_SHOWN])}{more})" if found else "other SQL files"


def _folder(root: str) -> str:
    """What ``--root`` means, as roots are called."""
    return root.strip("/").removeprefix("./").removesuffix(".")


def _slot(tree: Tree) -> str | None:
    """Where the report on this tree is kept: each commit's in one of a few places, so that the last few are."""
    if not isinstance(tree, ObjectTree):
        return None
    return f"commit {tree.commit[0]} " if tree.commit else "index "


def _store(path: Path, options: Options) -> Store | None:
    return Store(options.cache, tool_version(), str(path.resolve())) if options.cache is not None else None


def _configured(path: Path, options: Options, tree: Tree | None = None) -> Config:
    """The configuration, once every code in it means a rule. Raises ConfigError."""
    config = read_config(path, options.config, tree)
    said = (*config.select, *config.severity, *(code for each in config.ignore for code in each.rules))
    if unknown := unknown_codes(said):
        name = config.path.name if config.path else "the configuration"
        raise ConfigError(f"{name}: there is no rule {unknown[0]} (`fromcheck rules` lists them)")
    return config
