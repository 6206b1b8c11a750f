"""Goes through the faults of a scan, and keeps what mends them: each proposal is tried before it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.engine import Session
from analyzer.fix.edits import edit_proposals
from analyzer.fix.names import quoted
from analyzer.fix.proposal import Change, Patched, Proposal, Refused, merged
from analyzer.fix.table import Draft
from analyzer.link import Project
from analyzer.model.catalog import Missing, Relation
from analyzer.model.finding import Severity
from analyzer.model.inventory import Migration, Tree
from analyzer.model.report import Entry, Report
from analyzer.model.span import Place
from analyzer.model.version import version_after, version_before
from analyzer.resemblance import resemblances
from analyzer.rule import times

# As likely as this, another table was meant, and whether to make one is for a person to say.
_MEANT = 0.45
# Seconds, or numbers, that are looked through for a place before a migration.
_ROOM = 60
Open = Callable[[Tree], Session]


@dataclass
class _Bench:
    """The tree as it is after what was proposed so far, with its scan."""

    open: Open
    tree: Tree
    made: list[Proposal] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.look()

    def look(self) -> None:
        """Scan the tree as it is now."""
        self.session = self.open(Patched(self.tree, merged(self.made)))
        self.report: Report = self.session.scan()

    def offer(self, proposal: Proposal) -> None:
        """Keep the proposal if the fault is gone with it and no new one comes."""
        before, session = self.report, self.session
        self.made.append(proposal)
        self.look()
        new = _brought(proposal, before, self.report)
        gone = not any(
            entry.code == proposal.code and entry.subject in proposal.subjects for entry in self.report.entries
        )
        refused = _refused(self.session, proposal)
        if gone and not new and refused is None:
            return
        self.made.pop()
        self.session, self.report = session, before
        came = ", ".join(f"{code} on {subject}" for code, subject in sorted(new)[:3])
        reason = refused or (f"it would bring {came}" if new else "the fault would still be there")
        self.refused.extend(
            Refused(proposal.code, subject, f"{proposal.title}: {reason}") for subject in proposal.subjects
        )


def _refused(session: Session, proposal: Proposal) -> str | None:
    """Why PostgreSQL would refuse a statement of what is written anew, None where it takes all of them."""
    written = {change.path for change in proposal.changes if change.before is None}
    if any(change.after is None for change in proposal.changes):  # a file that was there, under another name
        return None
    failures = (each for project in session.projects for each in project.replay.failures)
    return next(
        (f"PostgreSQL would refuse it: {each.message}" for each in failures if each.place.path in written), None
    )


def _brought(proposal: Proposal, before: Report, after: Report) -> set[tuple[str, str]]:
    """The faults that come with it. What only shows because more of the migrations run now is not its doing; hints are none.

    A build that stops, a fault in what it writes and one in what it is about are.
    """
    known = {(entry.code, entry.subject) for entry in before.entries}
    written = {change.path for change in proposal.changes}
    return {
        (entry.code, entry.subject)
        for entry in after.entries
        if entry.severity > Severity.INFO and (entry.code, entry.subject) not in known
        if entry.code.startswith("FC2") or entry.region.path in written or entry.subject in proposal.subjects
    }


def proposals(
    open_: Open,
    tree: Tree,
    *,
    unsafe: bool = False,
    create: Sequence[str] = (),
    select: Sequence[str] = (),
    subjects: Collection[str] = (),
    most: int | None = None,
) -> tuple[tuple[Proposal, ...], tuple[Refused, ...]]:
    """What mends the faults of a tree, in the order in which it is to be done, and what can't be mended, with the reason.

    ``open_`` makes a session on a tree. ``create`` are missing tables that are to be made although another may have been
    meant. ``select`` are the beginnings of codes to mend, and ``subjects`` what to mend, all when empty. No more than
    ``most`` are looked for.
    """
    bench = _Bench(open_, tree)
    for step in (_renamed_files, _missing_tables, _row_level_security):
        for proposal in step(bench, unsafe, create):
            if most is not None and len(bench.made) >= most:
                return tuple(bench.made), tuple(bench.refused)
            if (not select or proposal.code.startswith(tuple(select))) and _is_about(proposal.subjects, subjects):
                bench.offer(proposal)
    selected = (each for each in bench.report.entries if not select or each.code.startswith(tuple(select)))
    entries = [each for each in selected if _is_about((each.subject,), subjects)]
    for proposal in list(edit_proposals(bench.session.tree, entries, unsafe=unsafe)):
        bench.offer(proposal)
    return tuple(bench.made), tuple(bench.refused)


def _is_about(subjects: Collection[str], wanted: Collection[str]) -> bool:
    return not wanted or any(each in wanted for each in subjects)


def _by_subject(report: Report, *codes: str) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in report.entries:
        if entry.code in codes:
            found.setdefault((entry.code, entry.subject), []).append(entry)
    return found


# --- files that come too late -----------------------------------------------------------------------------------------


def _renamed_files(bench: _Bench, unsafe: bool, create: Sequence[str]) -> Iterator[Proposal]:
    for code, subject in _by_subject(bench.report, "FC202"):
        # What was renamed for one fault may have mended this one, too.
        entries = _by_subject(bench.report, "FC202").get((code, subject))
        if entries is None:
            continue
        renames = [each.name for entry in entries for each in entry.suggestions if each.kind == "rename-file"]
        later = next((note.region.path for entry in entries for note in entry.notes), None)
        if not renames or later is None:
            bench.refused.append(
                Refused(code, subject, "no other name of the file that creates it would run early enough")
            )
            continue
        data = bench.session.tree.read(later)
        yield Proposal(
            code,
            (subject,),
            f"Rename {later}, so that it runs before the first file that needs `{subject}`",
            (Change(later, data, None), Change(renames[0], None, data)),
            why="A database that has applied it under its old name holds that version: repair it with"
            " `supabase migration repair`.",
        )


# --- tables that nobody made ------------------------------------------------------------------------------------------


def _missing_tables(bench: _Bench, unsafe: bool, create: Sequence[str]) -> Iterator[Proposal]:
    wanted = dict.fromkeys(subject for _, subject in _by_subject(bench.report, "FC201", "FC101"))
    # What migrations need comes first: the others may refer to it.
    needed = {subject for _, subject in _by_subject(bench.report, "FC201")}
    # What was meant is to be told from what is there, and not from what is proposed.
    meant_by = {project.folder: resemblances(project) for project in bench.session.projects}
    for subject in sorted(wanted, key=lambda each: (each not in needed, each)):
        schema, _, name = subject.partition(".")
        project = _project_of(bench, subject)
        if schema != "public" or "." in name or project is None:
            continue
        meant = meant_by[project.folder].get(name, ())
        decided = subject in needed or unsafe or name in create or subject in create
        if not decided and meant and meant[0].score >= _MEANT:
            other = project.intended.qualified(meant[0].relation)
            bench.refused.append(
                Refused("FC101", subject, f"`{other}` may be meant; `--create {name}` makes a table of that name")
            )
            continue
        yield from _table(bench, project, name, "FC201" if subject in needed else "FC101")


def _project_of(bench: _Bench, subject: str) -> Project | None:
    """The first project that lacks it."""
    for project in bench.session.projects:
        lacks = any(use.relation is None and use.qualified == subject for use in project.uses_of("table"))
        if lacks or any(_is_table(each.missing, subject) for each in project.replay.wants):
            return project
    return None


def _is_table(missing: Missing, subject: str) -> bool:
    """True for the relation of that name; a function or a type is no table that could be made."""
    return missing.kind == "relation" and f"{missing.schema}.{missing.name}" == subject


def _table(bench: _Bench, project: Project, name: str, code: str) -> Iterator[Proposal]:
    migrations = project.schema.migrations
    users = {want.place.path for want in project.replay.wants if _is_table(want.missing, f"public.{name}")}
    position = next((number for number, each in enumerate(migrations) if each.path in users), None)
    version = version_after(migrations) if position is None else version_before(migrations, position, room=_ROOM)
    if version is None:
        bench.refused.append(
            Refused(code, f"public.{name}", "no free version is left where the file would have to run")
        )
        return
    there = _there(project, migrations if position is None else migrations[:position])
    why = _why(migrations, position)
    draft = Draft(project, name, there, lambda place: _said(bench, place))
    uses = [use for use in project.uses_of("table") if use.name.text == name]
    header = (
        f"Inferred by fromcheck from {_askers(len(uses), len(users))}: check it before you apply it.",
        *why,
    )
    path = f"{migrations[-1].path.rpartition('/')[0]}/{version}_create_{_file_name(name)}.sql"
    yield Proposal(
        code,
        (f"public.{name}",),
        f"Create `public.{name}`",
        (Change(path, None, draft.render(header).encode()),),
        why=" ".join(why),
    )


def _askers(calls: int, migrations: int) -> str:
    both = ((calls, "call"), (migrations, "migration"))
    return " and ".join(times(number, what) for number, what in both if number) or "what asks for it"


def _why(migrations: Sequence[Migration], position: int | None) -> tuple[str, ...]:
    if position is None:
        return ("It runs after all other migrations, since none of them needs the table.",)
    return (
        f"It runs before {migrations[position].path.rpartition('/')[2]}, the first migration that needs the table.",
        "A database that has applied later migrations takes it with `supabase db push --include-all`.",
    )


def _there(project: Project, migrations: Sequence[Migration]) -> list[Relation]:
    """The relations that are there once these migrations have run, and Supabase's own; none whose creation fails."""
    paths, built = {each.path for each in migrations}, project.catalog.relations.values()
    places = {each.place for each in built if each.place is not None and each.place.path in paths}
    return [
        each
        for each in project.intended.relations.values()
        if each.place in places or (each.managed and each.place is None)
    ]


def _said(bench: _Bench, place: Place) -> str:
    region = bench.session.region(place)
    return f"{region.path}:{region.start.line}".replace("\n", " ").replace("\r", " ")


def _file_name(name: str) -> str:
    return "".join(each if each.isalnum() and each.isascii() else "_" for each in name)[:60]


# --- row level security -----------------------------------------------------------------------------------------------


def _row_level_security(bench: _Bench, unsafe: bool, create: Sequence[str]) -> Iterator[Proposal]:
    for project in bench.session.projects:
        tables = [
            (subject, relation)
            for _, subject in _by_subject(bench.report, "FC301")
            if (relation := project.catalog.relation(*subject.split(".", 1))) is not None
        ]
        version = version_after(project.schema.migrations)
        if tables and version is not None:
            yield _switched_on(project, tables, version)


def _switched_on(project: Project, tables: Sequence[tuple[str, Relation]], version: str) -> Proposal:
    folder = project.schema.migrations[-1].path.rpartition("/")[0]
    parts = [
        "-- Row level security for the tables that have none. Without a policy only the service role gets through:\n"
        "-- take those that are meant out of the comments, and say in them whose rows they are."
    ]
    for subject, relation in tables:
        schema, _, name = subject.partition(".")
        qualified = f"{quoted(schema)}.{quoted(name)}"
        parts.append("\n".join((f"alter table {qualified} enable row level security;", *_offered(relation, qualified))))
    names = ", ".join(subject for subject, _ in tables)
    return Proposal(
        "FC301",
        tuple(subject for subject, _ in tables),
        f"Switch row level security on for {names}",
        (Change(f"{folder}/{version}_enable_row_level_security.sql", None, ("\n\n".join(parts) + "\n").encode()),),
        why="Policies are proposed in comments: until one is taken over, only the service role gets through.",
    )


def _offered(relation: Relation, qualified: str) -> Iterator[str]:
    if relation.policies:
        return
    owner = next((each.name for each in relation.columns if each.name in ("user_id", "owner_id", "author_id")), None)
    if owner is not None:
        mine = f"(select auth.uid()) = {quoted(owner)}"
        yield f'-- create policy "Rows belong to their user" on {qualified}'
        yield f"--   for all to authenticated using ({mine}) with check ({mine});"
    else:
        yield f'-- create policy "Everyone reads" on {qualified} for select using (true);'
