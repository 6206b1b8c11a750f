"""Only what a change brings: a report without what was there before, whichever way "before" is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from analyzer.discover import commit_id, commit_tree, index_tree, merge_base
from analyzer.engine.options import Options
from analyzer.engine.session import Session
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.inventory import Inventory, Migration, Tree
from analyzer.model.report import Entry, Report, Trouble

_SHOWN = 3


Judge = Callable[[], Report]


def since_revision(path: Path, options: Options, revision: str) -> tuple[Session, Judge]:
    """A session on a folder, and a way to ask it what was not wrong where the folder's branch left a revision.

    That is the merge base, or the revision itself for lack of one. Raises ConfigError for a revision that git does not
    know, as ``Session.open`` does; and asking as ``Session.scan`` does.
    """
    session = Session.open(path, options)
    commit = commit_id(path, revision)
    base = merge_base(path, "HEAD", commit) or commit
    return session, lambda: against(session, commit_tree(path, base), revision)


def since_head(path: Path, options: Options) -> tuple[Session, Judge]:
    """A session on what is staged, and a way to ask it what was not wrong in the last commit; raises as the one above."""
    session = Session.at(path, options, index_tree(path))
    try:
        head = commit_tree(path, "HEAD")
    except ConfigError:  # there is no commit yet
        return session, lambda: brought(session.scan(), None, "the beginning")
    return session, lambda: against(session, head, "the last commit")


def after_version(path: Path, options: Options, version: str) -> tuple[Session, Judge]:
    """A session on a folder, and a way to ask it what the migrations after that version bring, in the code, too.

    Asking raises ConfigError where no migration has that version or name, and as ``Session.scan`` does.
    """
    session = Session.open(path, options)

    def judge() -> Report:
        before = session.on(session.tree)
        before.analysis.inventory = _until(session.inventory, version)
        return brought(session.scan(), before.scan(), f"migration {version}")

    return session, judge


def against(session: Session, tree: Tree, since: str) -> Report:
    """What is wrong in the session's files, and was not in the tree; raises as ``Session.scan`` does.

    What the tree held is judged as the session judges: a rule that was turned on since brings nothing. Where nothing of
    it can be scanned, everything is new; where its configuration keeps it from being scanned, everything may be.
    """
    try:
        # What was there is asked first: the kept report on it may have to make room for the new one.
        before = session.earlier(tree).scan()
    except NothingToScan:
        return brought(session.scan(), None, since)
    except ConfigError as error:
        report = session.scan()
        why = Trouble(".", None, f"at {since}: {error}", unreadable=True)
        return replace(report, since=since, uncertain=True, troubles=(*report.troubles, why))
    return brought(session.scan(), before, since, frozenset(tree.paths()), frozenset(session.tree.paths()))


def brought(
    report: Report,
    before: Report | None,
    since: str,
    then: Collection[str] = frozenset(),
    now: Collection[str] = frozenset(),
) -> Report:
    """The report without what was there before; None is for nothing, so that everything is new.

    ``then`` and ``now`` are the files that there were and are: what was wrong in one that is gone may stand in a new one.
    What could not be read of what was before is a trouble of this report, too: what is new is then not certain.
    """
    if before is None:
        return replace(report, since=since)
    entries = tuple(_new(report, before, then, now))
    told = {each.said for each in report.troubles}
    lost = [each for each in before.troubles if each.said not in told and (each.unreadable or each.internal)]
    return replace(
        report,
        entries=entries,
        older=len(report.entries) - len(entries),
        since=since,
        uncertain=bool(lost),
        troubles=(*report.troubles, *(_then(each, since) for each in lost)),
    )


def _then(trouble: Trouble, since: str) -> Trouble:
    """As it is told of what was: no line of today's file means it."""
    return replace(trouble, line=None, message=f"at {since}: {trouble.message}", told=False)


# --- what is new ------------------------------------------------------------------------------------------------------

_About = tuple[str, str, str]


def _new(report: Report, before: Report, then: Collection[str], now: Collection[str]) -> Iterator[Entry]:
    """Of each code and subject in each file, the entries that are more than there were."""
    here, there = _by_about(report.entries), _by_about(before.entries)
    every, each_before = _by_about(_all(report)), _by_about(_all(before))
    gone = Counter((code, subject) for code, subject, path in map(_about, _all(before)) if path not in now)
    new: set[str] = set()
    for about, entries in here.items():
        code, subject, path = about
        more = max(len(every[about]) - len(each_before[about]), len(entries) - len(there[about]))
        moved = min(max(more, 0), gone[code, subject]) if path not in then else 0
        gone[code, subject] -= moved
        new.update(each.fingerprint for each in _likeliest(entries, there[about])[: max(more - moved, 0)])
    return (each for each in report.entries if each.fingerprint in new)


def _likeliest(entries: Sequence[Entry], before: Iterable[Entry]) -> list[Entry]:
    """Those first whose line was not there: of several alike, it is they that are new."""
    lines = Counter(each.excerpt.strip() for each in before)
    old: list[Entry] = []
    new: list[Entry] = []
    for each in entries:
        line = each.excerpt.strip()
        (old if lines[line] > 0 else new).append(each)
        lines[line] -= 1
    return [*new, *old]


def _all(report: Report) -> tuple[Entry, ...]:
    """With what is not reported: one of several alike that is silenced does not make another one new."""
    return (*report.entries, *(each.entry for each in report.silenced))


def _about(entry: Entry) -> _About:
    return entry.code, entry.subject, entry.region.path


def _by_about(entries: Iterable[Entry]) -> dict[_About, list[Entry]]:
    found: dict[_About, list[Entry]] = defaultdict(list)
    for each in entries:
        found[_about(each)].append(each)
    return found


# --- the migrations up to one -----------------------------------------------------------------------------------------


def _until(inventory: Inventory, version: str) -> Inventory:
    """The same without the migrations after that version. Raises ConfigError where there is none of that version."""
    cut = {root.folder: _place_of(root.migrations, version) for root in inventory.roots}
    if all(place is None for place in cut.values()):
        known = [each.version or each.path for root in inventory.roots for each in root.migrations]
        last = ", ".join(known[-_SHOWN:]) or "none"
        raise ConfigError(f"--after {version}: no migration has this version or file name (the last ones: {last})")
    roots = (
        replace(root, migrations=root.migrations[:place]) if (place := cut[root.folder]) is not None else root
        for root in inventory.roots
    )
    return replace(inventory, roots=tuple(roots))


def _place_of(migrations: Sequence[Migration], version: str) -> int | None:
    """How many migrations there are up to the last of that version; None where there is none."""
    places = [at for at, each in enumerate(migrations, 1) if version in _names(each)]
    return places[-1] if places else None


def _names(migration: Migration) -> tuple[str, ...]:
    name = migration.path.rpartition("/")[2]
    return migration.version, name, name.removesuffix(".sql"), migration.path
