"""Missing tables, all of them together: which comes before which, into which file each goes, and what is given up to pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.fix.bench import Bench, Trial, failures_of
from analyzer.fix.proposal import Change, Proposal, Refused
from analyzer.fix.table import Draft
from analyzer.fix.wording import Wording
from analyzer.link import Project
from analyzer.model.catalog import Failure, Relation, Want
from analyzer.model.record import Record
from analyzer.model.report import Entry
from analyzer.model.span import Place
from analyzer.model.version import version_after, version_before
from analyzer.reporter import visible
from analyzer.rule import times

# Seconds, or numbers, that are looked through for a place before a migration.
_ROOM = 60
# How often what a trial tells is taken up, before each file is tried alone.
_ROUNDS = 8
# What is given up when a table does not pass: keys to what is only there because of others, then all but those to users.
_LEVELS = 3
# How PostgreSQL tells of a column that is written without its table.
_UNNAMED = re.compile(r'column "?(\w+)"? does not exist')


# What is written for a table, after those that are made before it, beneath a header of the file, if it is the first of it.
_Render = Callable[["Missed", Sequence["Missed"], Sequence[str]], str]


@dataclass(slots=True)
class Missed:
    """A table of the default schema that ``project`` lacks. ``code`` is the rule that tells it.

    ``needed`` are columns that migrations ask for; ``level`` is how much has been given up so far.
    """

    project: Project
    name: str
    code: str
    position: int | None = None
    level: int = 0
    needed: dict[str, list[Place]] = field(default_factory=dict)
    wording: Wording | None = None

    @property
    def subject(self) -> str:
        """Its name as findings tell it."""
        return f"public.{self.name}"

    def users(self) -> set[str]:
        """The migrations that need it."""
        wants = self.project.replay.wants
        return {want.place.path for want in wants if _names(want, self.subject)}


class _File(Record, frozen=True):
    """What is written at one place: the tables in their order, each with where its text begins."""

    proposal: Proposal
    tables: tuple[tuple[int, Missed], ...]

    def at(self, offset: int) -> Missed:
        """The table whose text holds this byte."""
        return [each for start, each in self.tables if start <= offset or start == self.tables[0][0]][-1]


def create_tables(bench: Bench, tables: Sequence[Missed], *, more: bool) -> None:
    """Propose migrations for all of these that can be made so that every statement runs and nothing new is wrong.

    With ``more`` for those, too, that statements lack once they find these.
    """
    planned = {each.subject: each for each in tables}
    for each in tables:
        each.position = _first_user(each)
        each.wording = Wording(_texts(bench, each.project), each.name)
        if _place(each) is None:
            _refuse(bench, planned, each, "no free version is left where the file would have to run")
    world = _World(bench, planned)
    for _ in range(_ROUNDS):
        files = world.files(planned)
        if not files:
            return
        trial = bench.trial(*(each.proposal for each in files))
        if trial.passed:
            bench.keep(trial, *(each.proposal for each in files))
            return
        adopted = _adopt(bench, planned, trial) if more else False
        if not adopted and not _learn(bench, planned, files, trial):
            break
    for file in world.files(planned):
        bench.offer(file.proposal)


def _refuse(bench: Bench, planned: dict[str, Missed], table: Missed, reason: str) -> None:
    if planned.pop(table.subject, None) is not None:
        bench.refused.append(Refused(table.code, table.subject, reason))


def _texts(bench: Bench, project: Project) -> Iterator[str]:
    for migration in project.schema.migrations:
        yield bench.session.tree.read(migration.path).decode("utf-8", "replace")


# --- where ------------------------------------------------------------------------------------------------------------


def _first_user(table: Missed) -> int | None:
    users = table.users()
    return next((at for at, each in enumerate(table.project.schema.migrations) if each.path in users), None)


def _place(table: Missed) -> tuple[int | None, str] | None:
    """The last place that is early enough and has a version free: before which migration, and the version."""
    migrations = table.project.schema.migrations
    if table.position is None:
        version = version_after(migrations)
        return None if version is None else (None, version)
    for position in range(table.position, -1, -1):
        version = version_before(migrations, position, room=_ROOM)
        if version is not None:
            return position, version
    return None


def _early(position: int | None, other: int | None) -> int | None:
    return min((each for each in (position, other) if each is not None), default=None)


def _why(table: Missed, several: bool) -> tuple[str, ...]:
    """Why it runs where it does, for the one table of a file or for the first of several."""
    migrations, place_ = table.project.schema.migrations, _place(table)
    position, what = place_[0] if place_ is not None else None, "one of the tables" if several else "the table"
    if table.position is None or position is None:
        return (f"It runs after all other migrations, since none of them needs {what}.",)
    needs, last = (visible(migrations[each].path.rpartition("/")[2]) for each in (table.position, position))
    place = f"It runs before {needs}, the first migration that needs {what}."
    if position != table.position:
        place = f"It runs before {last}: {needs} needs it, and no version is free nearer."
    return (place, "A database that has applied later migrations takes it with `supabase db push --include-all`.")


# --- what -------------------------------------------------------------------------------------------------------------


class _World:
    """The projects as they are once the missing tables are there, with nothing but their keys."""

    def __init__(self, bench: Bench, planned: Mapping[str, Missed]) -> None:
        self._bench = bench
        self._refers: dict[str, set[str]] = {}
        self._before = {each.folder: each for each in bench.session.projects}
        self._look(planned)

    def _look(self, planned: Mapping[str, Missed]) -> None:
        self._seen = {each.subject: each.position for each in planned.values()}
        skeletons = [
            each.proposal
            for each in self._files(
                planned, lambda table, *_: Draft(table.project, table.project, table.name, (), self._said).skeleton()
            )
        ]
        session = self._bench.with_(*skeletons)
        self._projects = {each.folder: each for each in session.projects}

    def files(self, planned: Mapping[str, Missed]) -> list[_File]:
        """What makes the tables as they are planned now, what is referred to no later than what refers to it."""
        before = dict(self._seen)
        self._order(planned)
        if before != {each.subject: each.position for each in planned.values()}:
            self._look(planned)
        return self._files(planned, self._text)

    def _order(self, planned: Mapping[str, Missed]) -> None:
        self._refers = {each.subject: self._targets(each, planned) for each in planned.values()}
        for _ in planned:
            for each in planned.values():
                for target in self._refers[each.subject]:
                    if each.position is not None:
                        planned[target].position = _early(planned[target].position, each.position)

    def _text(self, table: Missed, before: Sequence[Missed], why: Sequence[str]) -> str:
        return self._draft(table, before).render((self._header(table), *why))

    def _files(self, planned: Mapping[str, Missed], render: _Render) -> list[_File]:
        groups: dict[tuple[str, int | None, str], list[Missed]] = {}
        for table in planned.values():
            place = _place(table)
            if place is not None:
                groups.setdefault((table.project.folder, *place), []).append(table)
        files: list[_File] = []
        done: list[Missed] = []
        for (folder, _, version), group in sorted(groups.items(), key=lambda each: (each[0][0], each[0][2])):
            before = [each for each in done if each.project.folder == folder]
            tables = self._in_order(group)
            files.append(_file(tables, before, version, render))
            done.extend(tables)
        return files

    def _in_order(self, group: Sequence[Missed]) -> list[Missed]:
        """What is referred to before what refers to it; a circle is broken where it is met first."""
        named, ordered, open_ = {each.subject: each for each in group}, [], set()

        def visit(table: Missed) -> None:
            if table.subject not in open_:
                open_.add(table.subject)
                for target in sorted(self._refers.get(table.subject, ())):
                    if target in named:
                        visit(named[target])
                ordered.append(table)

        for each in sorted(group, key=lambda each: each.name):
            visit(each)
        return ordered

    def _targets(self, table: Missed, planned: Mapping[str, Missed]) -> set[str]:
        world = self._projects[table.project.folder]
        every = [*world.intended.relations.values()]
        draft = Draft(table.project, world, table.name, every, self._said, table.needed, table.wording)
        names = {f"public.{each.target.name}" for each in draft.columns() if each.target is not None}
        return {name for name in names if name in planned and name != table.subject}

    def _draft(self, table: Missed, before: Sequence[Missed]) -> Draft:
        world = self._projects[table.project.folder]
        there = list(self._there(table, world, {each.name for each in before}))
        return Draft(table.project, world, table.name, there, self._said, table.needed, table.wording)

    def _there(self, table: Missed, world: Project, before: set[str]) -> Iterator[Relation]:
        """The relations that are there by then: none whose own creation fails, and fewer the more was given up."""
        place = _place(table)
        position = place[0] if place is not None else None
        migrations = table.project.schema.migrations
        paths = {each.path for each in (migrations if position is None else migrations[:position])}
        now = {each.place for each in self._before[table.project.folder].catalog.relations.values()}
        built = {each.place for each in world.catalog.relations.values() if each.place is not None}
        for each in world.intended.relations.values():
            if each.managed and each.place is None:
                yield each
            elif each.place in built and table.level < _LEVELS - 1 and each.place is not None:
                ours = world.intended.schema_of(each) == "public" and each.name in before
                if ours or (each.place.path in paths and (table.level == 0 or each.place in now)):
                    yield each

    def _header(self, table: Missed) -> str:
        calls = sum(use.name.text == table.name for use in table.project.uses_of("table"))
        both = ((calls, "call"), (len(table.users()), "migration"))
        asked = " and ".join(times(number, what) for number, what in both if number) or "what asks for it"
        return f"Inferred by fromcheck from {asked}: check it before you apply it."

    def _said(self, place: Place) -> str:
        region = self._bench.session.region(place)
        return visible(f"{region.path}:{region.start.line}")


def _file(tables: Sequence[Missed], before: Sequence[Missed], version: str, render: _Render) -> _File:
    text, starts, why = "", [], _why(tables[0], len(tables) > 1)
    for number, table in enumerate(tables):
        text += "\n" if text else ""
        starts.append((len(text.encode()), table))
        text += render(table, (*before, *tables[:number]), () if number else why)
    migrations = tables[0].project.schema.migrations
    more = f"_and_{len(tables) - 1}_more" if len(tables) > 1 else ""
    folder = migrations[-1].path.rpartition("/")[0]
    path = f"{folder}/{version}_create_{_file_name(tables[0].name)}{more}.sql"
    proposal = Proposal(
        "FC201" if any(each.code == "FC201" for each in tables) else "FC101",
        tuple(each.subject for each in tables),
        "Create " + ", ".join(f"`{each.subject}`" for each in tables),
        (Change(path, None, text.encode()),),
        why=" ".join(why),
    )
    return _File(proposal, tuple(starts))


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() and each.isascii() else "_" for each in name)[:60]


# --- what a trial tells -----------------------------------------------------------------------------------------------


def _learn(bench: Bench, planned: dict[str, Missed], files: Sequence[_File], trial: Trial) -> bool:
    """Take up what the trial tells; False where it tells nothing that could be done about it."""
    if _add_columns(bench, planned, trial):
        return True
    by_path = {change.path: file for file in files for change in file.proposal.changes}
    lesser = [
        by_path[each.place.path].at(each.place.span.start) for each in trial.refused if each.place.path in by_path
    ]
    if lesser:
        for table in {each.subject: each for each in lesser}.values():
            _give_up(bench, planned, table, trial)
        return True
    faults: list[Entry | Failure] = [*trial.brought, *trial.refused]
    blamed: dict[str, list[Entry | Failure]] = {each: [] for each in trial.left if each in planned}
    for fault in faults:
        for subject in dict.fromkeys(_blamed(bench, planned, fault)):
            blamed.setdefault(subject, []).append(fault)
    for subject, told in blamed.items():
        _refuse(bench, planned, planned[subject], f"Create `{subject}`: {trial.of(told).reason()}")
    return bool(blamed)


def _adopt(bench: Bench, planned: dict[str, Missed], trial: Trial) -> bool:
    """True where statements that find the tables lack further ones, which are planned from now on."""
    known, refused = set(planned), {each.subject for each in bench.refused}
    before = {each.folder: each for each in bench.session.projects}
    for project in trial.session.projects:
        asks = before[project.folder]
        paths = [each.path for each in asks.schema.migrations]
        for want in project.replay.wants:
            name = want.missing.name
            further = _names(want, f"public.{name}") and want.later is None and want.place.path in paths
            if further and f"public.{name}" not in {*planned, *refused}:
                table = Missed(asks, name, "FC201", paths.index(want.place.path))
                table.wording = Wording(_texts(bench, asks), name)
                if _place(table) is not None:
                    planned[table.subject] = table
    return set(planned) != known


def _add_columns(bench: Bench, planned: Mapping[str, Missed], trial: Trial) -> bool:
    """True where migrations ask for columns of the tables that are not in them yet; they are from now on."""
    added = False
    for project in trial.session.projects:
        for want in project.replay.wants:
            missing = want.missing
            table = planned.get(f"{missing.schema}.{missing.name}")
            if missing.kind == "column" and missing.column and table is not None:
                added |= missing.column not in table.needed
                table.needed.setdefault(missing.column, []).append(want.place)
    for failure in failures_of(trial.session):
        unnamed = _UNNAMED.match(failure.message) if failure.sqlstate == "42703" else None
        asked = list(dict.fromkeys(_blamed(bench, planned, failure))) if unnamed is not None else []
        if unnamed is not None and len(asked) == 1:
            needed = planned[asked[0]].needed
            added |= unnamed[1] not in needed
            needed.setdefault(unnamed[1], []).append(failure.at)
    return added


def _give_up(bench: Bench, planned: dict[str, Missed], table: Missed, trial: Trial) -> None:
    table.level += 1
    if table.level >= _LEVELS:
        _refuse(bench, planned, table, f"Create `{table.subject}`: {trial.reason()}")


def _blamed(bench: Bench, planned: Mapping[str, Missed], found: Entry | Failure) -> Iterator[str]:
    """The tables without which it would not be there: what it is about, else what its statement lacked before."""
    if isinstance(found, Entry):
        yield from (each for each in (found.subject, found.subject.rpartition(".")[0]) if each in planned)
    path = found.region.path if isinstance(found, Entry) else found.place.path
    for project in bench.session.projects:
        for want in project.replay.wants:
            failure = project.replay.failures[want.failure]
            if failure.place.path == path and _covers(bench, failure, found):
                yield from (each for each in planned if _names(want, each))


def _covers(bench: Bench, failure: Failure, found: Entry | Failure) -> bool:
    if isinstance(found, Failure):
        return failure.place.span.start == found.place.span.start
    region = bench.session.region(failure.place)
    return region.start.line <= found.region.start.line <= region.end.line


def _names(want: Want, subject: str) -> bool:
    missing = want.missing
    return missing.kind == "relation" and f"{missing.schema}.{missing.name}" == subject
