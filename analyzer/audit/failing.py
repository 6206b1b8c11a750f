"""What fails in the migrations because something is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.audit.view import View
from analyzer.model.catalog import Want
from analyzer.model.report import Entry
from analyzer.reporter import counted


def failing(view: View, wants: Sequence[Want]) -> set[int]:
    """The positions, in the replay's failures, of the statements that fail for want of it, directly or not."""
    found = {want.failure for want in wants}
    for number, failure in enumerate(view.project.replay.failures):
        if failure.cause in found:
            found.add(number)
    return found


def stops(view: View, wants: Sequence[Want]) -> bool:
    """True when it is what building the database from its migrations stops at."""
    replay = view.project.replay
    first = replay.first_failure
    return first is not None and any(replay.failures[each].place == first.place for each in failing(view, wants))


def migration_impact(view: View, wants: Sequence[Want]) -> Iterator[str]:
    """Where the migrations stop, if it is here, and how many of their statements fail; nothing where none does."""
    first = view.project.replay.first_failure
    if first is not None and stops(view, wants):
        spot = view.spot(first.at)
        yield (
            f"The database cannot be built: `supabase db reset` stops at `{spot.path}:{spot.line}` with"
            f" `{first.sqlstate}` ({first.message})."
        )
    if wants:
        yield _counts(view, wants)


def order(view: View, wants: Sequence[Want]) -> str:
    """Where a file has to sort that creates it, as the end of a sentence; empty where no migration needs it."""
    paths = [each.path for each in view.project.schema.migrations]
    users = [want.place.path for want in wants if want.place.path in paths]
    first = min(users, key=paths.index, default=None)
    return f" that sorts before `{first}`, the first that needs it" if first else ""


def way(entry: Entry) -> str:
    """What the finding says to do, with the places that it means."""
    made = next((note.region for note in entry.notes), None)
    if entry.code != "FC202" or made is None or made.path != entry.region.path:
        return entry.help
    here = f"`{entry.region.path}:{entry.region.start.line}`"
    return f"Move the statement that creates it, on line {made.start.line}, above {here}, where it is needed first"


def _counts(view: View, wants: Sequence[Want]) -> str:
    all_failing = failing(view, wants)
    direct = len({want.failure for want in wants})
    after = len(all_failing) - direct
    lost = sorted(
        f"`{each.schema}.{each.name}`"
        for each, by in view.project.replay.lost.items()
        if each.kind == "relation" and by in all_failing
    )
    parts = f": {direct} for want of it, {after} for want of what {'that' if direct == 1 else 'those'} would have made"
    total = counted(len(all_failing), "statement of the migrations fails", "statements of the migrations fail")
    return f"{total}{parts if after else ''}.{' Not built: ' + ', '.join(lost) + '.' if lost else ''}"
