"""``Analysis``: discover, read, replay, link, check, report. The only place that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec.structs import replace

from analyzer.cache import Memo
from analyzer.check import check
from analyzer.config import Config, SupabaseToml, read_supabase_toml
from analyzer.discover import CODE_SUFFIXES, looked_for
from analyzer.engine.coverage import make_coverage
from analyzer.engine.declared import declared_by, seeded_by
from analyzer.engine.documents import Document, references_document, schema_document
from analyzer.engine.elsewhere import Elsewhere
from analyzer.engine.intended import model_of
from analyzer.engine.judging import judge
from analyzer.engine.neighbours import agreed, may_be_one
from analyzer.engine.options import Options, folder_of
from analyzer.engine.policy import Policy
from analyzer.engine.positions import Positions
from analyzer.engine.readers import created
from analyzer.engine.reading import Reading
from analyzer.engine.trace import Trace, TracedTree, inventory_digest
from analyzer.link import Project, Schema, SkippedCreation, link
from analyzer.model.catalog import Catalog, Replay
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.finding import Finding
from analyzer.model.inventory import Inventory, SupabaseRoot
from analyzer.model.report import Region
from analyzer.model.source import Problem
from analyzer.model.span import Place
from analyzer.model.verdict import Verdict
from analyzer.rule import Rule, times
from analyzer.sql.lexer import names_within
from analyzer.suggest import suggested

_SHOWN = 5


class Analysis:
    """One tree under one configuration. What it has read, replayed and linked is kept for the next question."""

    def __init__(
        self,
        tree: TracedTree,
        inventory: Callable[[], Inventory],
        shown_root: str,
        config: Config,
        options: Options,
        memo: Memo,
    ) -> None:
        """``inventory`` finds out what the tree consists of; it may raise ConfigError."""
        self.tree = tree
        self._find = inventory
        self.config = config
        self._shown_root = shown_root
        self._options = options
        self._memo = memo
        self._reading = Reading(tree, memo=memo)
        self._problems: list[tuple[str, Problem]] = []
        self._positions = Positions(tree.content)

    # --- questions ----------------------------------------------------------------------------------------------------

    def verdict(self) -> Verdict:
        """Everything that is wrong. Raises NothingToScan when there is no code, or no migration."""
        self._require_code()
        self._require_migrations()
        rules = self._options.rules(self.config)
        mishaps: list[tuple[str, Problem]] = []
        found = [each for project in self.projects for each in self._found(project, rules, mishaps)]
        problems = (*self.problems(), *mishaps, *self._unbuilt())
        judged = judge(found, problems, self._reading.ignores.values(), rules, self._policy)
        coverage = make_coverage(
            self.projects, self._checked_count(), self._migration_count(), len(self.inventory.bundles)
        )
        self._memo.keep()
        return Verdict(judged, problems, coverage)

    def trace(self) -> Trace:
        """How it came to look at the files that it has looked at."""
        inventory = inventory_digest(self.inventory)
        return Trace(
            self._reading.asked(), inventory, frozenset(self.tree.sorted), frozenset(self.tree.plain), self.tree.told
        )

    def _found(
        self, project: Project, rules: tuple[Rule, ...], mishaps: list[tuple[str, Problem]]
    ) -> Iterator[Finding]:
        roots = {root.folder: root for root in self._roots}
        one = {root.folder for root in self._beside(roots[project.folder])}
        others = [(each, each.folder in one) for each in self.projects if each is not project]
        found = agreed(project, others, check(project, rules, mishaps))
        elsewhere = Elsewhere(
            self._reading, roots[project.folder], [each for each, same in others if same], self._unread()
        )
        return suggested(project, elsewhere.unused(project, found), mishaps)

    def _unread(self) -> Iterator[str]:
        """The files that belong to no project that was linked."""
        taken = frozenset().union(*(root.files() for root in self._roots if root.migrations))
        return (path for path in self.tree.paths() if path not in taken)

    def _beside(self, root: SupabaseRoot) -> list[SupabaseRoot]:
        """The other projects that may be the same database."""
        return [each for each in self.inventory.roots if each is not root and may_be_one(root, each)]

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
        return self._find()

    @cached_property
    def _roots(self) -> tuple[SupabaseRoot, ...]:
        if not self._options.roots:
            return self.inventory.roots
        wanted = [folder_of(root) for root in self._options.roots]
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
        seeded = seeded_by(self._reading, root, project)
        project = replace(project, schema=replace(project.schema, declared=declared, seeded=seeded))
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
        applied = {path: turn for turn, path in enumerate(built.order)}
        return Schema(
            built.replay,
            tuple(sorted(root.migrations, key=lambda each: applied.get(each.path, len(applied)))),
            root.skipped,
            tuple(self._skipped_creations(root)),
            self.config.schemas or tuple(dict.fromkeys((*toml.schemas, *(built.replay.exposed or ())))),
            frozenset(toml.buckets),
            {path: self._reading.types[path] for path in root.generated_types},
            bool(self.config.schemas or (root.config_toml and toml.schemas_known)),
            frozenset(root.edge_functions),
            intended=built.intended,
            hints=tuple(self._reading.types[path] for path in hints),
            functions_beside=frozenset(root.functions_beside),
        )

    def _auto_exposed(self, toml: SupabaseToml) -> bool | None:
        said = self.config.auto_expose_new_tables
        return toml.auto_expose_new_tables if said is None else said

    def _skipped_creations(self, root: SupabaseRoot) -> Iterator[SkippedCreation]:
        self._reading.read_sql(skipped.path for skipped in root.skipped)
        for skipped in root.skipped:
            for missing, place in created(skipped.path, self._reading.sql[skipped.path]):
                yield SkippedCreation(missing, place, skipped.reason)

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

    def _checked_count(self) -> int:
        return sum(len(root.code) for root in self._roots if root.migrations)

    def _migration_count(self) -> int:
        return sum(len(root.migrations) for root in self._roots)

    def _require_code(self) -> None:
        if not any(root.code for root in self._roots) and not self.inventory.strays:
            raise NothingToScan(
                f"no code in {self._shown_root}: looked for files that git does not ignore, ending with"
                f" {' '.join(CODE_SUFFIXES)}{self._kept_out()}"
            )

    def _require_migrations(self) -> None:
        if self._migration_count():
            return
        if skipped := [each for root in self._roots for each in root.skipped]:
            first = skipped[0]
            raise NothingToScan(
                f"no migration that the Supabase CLI would apply: {times(len(skipped), 'file')} passed over, {first.path}"
                f" the first: {first.reason}; rename them, or name them under `sources` in fromcheck.yaml"
            )
        folders = ", ".join(f"{root.folder or '.'}/supabase/migrations" for root in self._roots)
        where = f"in {folders}" if folders else f"in supabase/migrations, in {self._shown_root} and below"
        raise NothingToScan(
            f"no migrations: looked for <version>_<name>.sql files {where}, then for {looked_for()}"
            f" (seeds are not schema); {self._other_sql()} can be named under `sources` in fromcheck.yaml"
            f"{self._kept_out()}"
        )

    def _kept_out(self) -> str:
        """What could not be looked at, where it may have been: the first few."""
        problems = [f"{path}: {problem.message}" for path, problem in self.tree.problems()]
        more = f" and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        return f"; not looked at: {', '.join(problems[:_SHOWN])}{more}" if problems else ""

    def _other_sql(self) -> str:
        """The SQL files that are there, the first few by name."""
        found = sorted(path for path in self.tree.paths() if path.lower().endswith(".sql"))
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        return f"the SQL files that make the schema ({', '.join(found[:_SHOWN])}{more})" if found else "other SQL files"
