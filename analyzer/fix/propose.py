"""Goes through the faults of a scan, and keeps what mends them: each proposal is tried before it is made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from analyzer.fix.bench import Bench, Open
from analyzer.fix.columns import Guess
from analyzer.fix.creation import Missed, create_tables
from analyzer.fix.edits import edit_proposals
from analyzer.fix.names import quoted
from analyzer.fix.policies import Owners, past_policies
from analyzer.fix.proposal import Change, Mending, Proposal, Refused
from analyzer.fix.typed import with_tables
from analyzer.link import Project
from analyzer.model.catalog import Missing, Relation
from analyzer.model.inventory import Tree
from analyzer.model.version import version_after
from analyzer.reporter import visible
from analyzer.resemblance import resemblances
from analyzer.rule import shipped

# As likely as this, another table was meant, and whether to make one is for a person to say.
_MEANT = 0.45
_PASSES = 3
_VIEW = re.compile(r"^(v|vw|mv|view)_|_(view|vw|mv)$")


def proposals(
    open_: Open,
    tree: Tree,
    *,
    unsafe: bool = False,
    create: Sequence[str] = (),
    select: Sequence[str] = (),
    subjects: Collection[str] = (),
    most: int | None = None,
) -> Mending:
    """What mends the faults of a tree, what can't be mended, with the reason, and what comes to light.

    ``open_`` makes a session on a tree. ``create`` are missing tables that are to be made although another may have been
    meant. ``select`` are the beginnings of codes to mend, and ``subjects`` what to mend, all when empty. No more than
    ``most`` are looked for.
    """
    bench = Bench(open_, tree)

    def is_asked(code: str, about: Collection[str]) -> bool:
        return (not select or code.startswith(tuple(select))) and _is_about(about, subjects)

    for proposal in _renamed_files(bench):
        if is_asked(proposal.code, proposal.subjects):
            bench.offer(proposal)
    missing = list(_missing_tables(bench, unsafe, create))
    create_tables(bench, [each for each in missing if is_asked(each.code, (each.subject,))], more=is_asked("FC201", ()))
    if most is None:
        for proposal in _typed(bench):
            bench.offer(proposal)
    for proposal in _row_level_security(bench):
        if (most is None or len(bench.made) < most) and is_asked(proposal.code, proposal.subjects):
            bench.offer(proposal)
    if most is not None and len(bench.made) >= most:
        return Mending(tuple(bench.made[:most]), tuple(bench.refused))
    # A column may have been renamed along with its table: that is seen only where the table is called what it is.
    for _ in range(_PASSES):
        made = len(bench.made)
        entries = [each for each in bench.report.entries if is_asked(each.code, (each.subject,))]
        for proposal in list(edit_proposals(bench.session.tree, entries, unsafe=unsafe)):
            bench.offer(proposal)
        if len(bench.made) == made:
            break
    return Mending(tuple(bench.made), tuple(bench.refused), bench.uncovered())


def _is_about(subjects: Collection[str], wanted: Collection[str]) -> bool:
    return not wanted or any(each in wanted for each in subjects)


# --- files that come too late -----------------------------------------------------------------------------------------


def _renamed_files(bench: Bench) -> Iterator[Proposal]:
    for code, subject in bench.by_subject("FC202"):
        # What was renamed for one fault may have mended this one, too.
        entries = bench.by_subject("FC202").get((code, subject))
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
            why=f"A database that has applied it holds its old version: `supabase migration repair --status reverted"
            f" {_version(later)}`, then `supabase migration repair --status applied {_version(renames[0])}`.",
        )


def _version(path: str) -> str:
    return path.rpartition("/")[2].partition("_")[0]


# --- tables that nobody made ------------------------------------------------------------------------------------------


def _missing_tables(bench: Bench, unsafe: bool, create: Sequence[str]) -> Iterator[Missed]:
    wanted = dict.fromkeys(subject for _, subject in bench.by_subject("FC201", "FC101"))
    # What migrations need comes first: the others may refer to it.
    needed = {subject for _, subject in bench.by_subject("FC201")}
    # What was meant is to be told from what is there, and not from what is proposed.
    meant_by = {project.folder: resemblances(project) for project in bench.session.projects}
    for subject in sorted(wanted, key=lambda each: (each not in needed, each)):
        schema, _, name = subject.partition(".")
        project = _project_of(bench, subject)
        if schema != "public" or "." in name or project is None:
            continue
        if told := shipped(name):
            bench.refused.append(Refused("FC201" if subject in needed else "FC101", subject, told))
            continue
        meant = meant_by[project.folder].get(name, ())
        decided = subject in needed or unsafe or name in create or subject in create
        if not decided and meant and meant[0].score >= _MEANT:
            other = project.intended.qualified(meant[0].relation)
            bench.refused.append(
                Refused("FC101", subject, f"`{other}` may be meant; `--create {name}` makes a table of that name")
            )
            continue
        if _VIEW.search(name) and not decided and _only_read(project, name):
            bench.refused.append(
                Refused("FC101", subject, "it is named like a view and only read, and what it selects is not known")
            )
            continue
        yield Missed(project, name, "FC201" if subject in needed else "FC101")


def _only_read(project: Project, name: str) -> bool:
    asked = (use.reference.operation for use in project.uses_of("table") if use.name.text == name)
    return all(each == "select" for each in asked)


def _project_of(bench: Bench, subject: str) -> Project | None:
    """The first project that lacks it."""
    for project in bench.session.projects:
        lacks = any(use.relation is None and use.qualified == subject for use in project.uses_of("table"))
        if lacks or any(_is_table(each.missing, subject) for each in project.replay.wants):
            return project
    return None


def _is_table(missing: Missing, subject: str) -> bool:
    """True for the relation of that name; a function or a type is no table that could be made."""
    return missing.kind == "relation" and f"{missing.schema}.{missing.name}" == subject


def _typed(bench: Bench) -> Iterator[Proposal]:
    """What adds the tables that are made to the generated types, which are of the database before."""
    made = {subject for each in bench.made for subject in each.subjects if each.code in ("FC101", "FC201")}
    for project in bench.session.projects:
        for path, types in project.schema.generated.items():
            lacking = [subject for subject in sorted(made) if tuple(subject.split(".", 1)) not in types.relations]
            found = (project.catalog.relation(*subject.split(".", 1)) for subject in lacking)
            tables = [each for each in found if each is not None]
            data = bench.session.tree.read(path)
            after = with_tables(data, types, project.catalog, tables) if types.whole and tables else None
            if after is not None:
                names = ", ".join(f"`{each.name}`" for each in tables)
                title = f"Add {names} to {path}, as `supabase gen types` writes it"
                yield Proposal("FC503", tuple(lacking), title, (Change(path, data, after),))


# --- row level security -----------------------------------------------------------------------------------------------


def _row_level_security(bench: Bench) -> Iterator[Proposal]:
    for project in bench.session.projects:
        tables = [
            (subject, relation)
            for _, subject in bench.by_subject("FC301")
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
        lines = (
            *_offered(project, relation, qualified),
            *past_policies(project, project.intended.relation(schema, name)),
        )
        parts.append("\n".join((f"alter table {qualified} enable row level security;", *lines)))
    names = ", ".join(subject for subject, _ in tables)
    return Proposal(
        "FC301",
        tuple(subject for subject, _ in tables),
        f"Switch row level security on for {names}",
        (Change(f"{folder}/{version}_enable_row_level_security.sql", None, ("\n\n".join(parts) + "\n").encode()),),
        why="Policies are proposed in comments: until one is taken over, only the service role gets through.",
    )


def _offered(project: Project, relation: Relation, qualified: str) -> Iterator[str]:
    if relation.policies:
        return
    owners = Owners(project, relation.name, lambda _: None)
    policies = owners.policies(_columns(project, relation)) if qualified.startswith("public.") else iter(())
    told = [line for policy in policies if policy.startswith("create policy") for line in policy.splitlines()]
    yield from (
        f"-- {visible(line)}"
        for line in told or [f'create policy "Everyone reads" on {qualified} for select using (true);']
    )


def _columns(project: Project, relation: Relation) -> list[Guess]:
    """The columns that refer to other tables, as they are."""
    keys = [each for each in relation.constraints if each.kind == "foreign key" and len(each.columns) == 1]
    columns = [(relation.numbered(key.columns[0]), project.catalog.relations.get(key.target or 0)) for key in keys]
    return [Guess(each.name, project.catalog.spell(each.type), target) for each, target in columns if each is not None]
