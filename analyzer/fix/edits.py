"""The fixes that findings bring along, as edits of their files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.fix.proposal import Change, Proposal
from analyzer.model.inventory import Tree
from analyzer.model.report import Entry
from analyzer.model.span import LineIndex, Position


def edit_proposals(tree: Tree, entries: Iterable[Entry], *, unsafe: bool) -> Iterator[Proposal]:
    """One proposal a file: all edits of it that do not overlap, the first come first served."""
    by_path: dict[str, list[tuple[Entry, int, int, str]]] = {}
    data: dict[str, bytes] = {}
    for entry in entries:
        remedy = entry.remedy
        if remedy is None or not (remedy.safe or unsafe):
            continue
        paths = {change.region.path for change in remedy.changes}
        if len(paths) != 1:
            continue
        (path,) = paths
        data.setdefault(path, tree.read(path))
        index = LineIndex(data[path])
        wanted = [
            (entry, _offset(index, each.region.start), _offset(index, each.region.end), each.text)
            for each in remedy.changes
        ]
        taken = by_path.setdefault(path, [])
        if not any(
            start < end and begin < finish
            for _, begin, finish, _ in wanted
            for _, start, end, _ in taken
            if begin < end and start < finish
        ):
            taken.extend(wanted)
    for path, edits in by_path.items():
        yield _proposal(path, data[path], edits)


def _offset(index: LineIndex, position: Position) -> int:
    return index.offset(position)


def _proposal(path: str, before: bytes, edits: list[tuple[Entry, int, int, str]]) -> Proposal:
    after = before
    for _, start, end, text in sorted(edits, key=lambda each: (each[1], each[2]), reverse=True):
        after = after[:start] + text.encode("utf-8", "surrogateescape") + after[end:]
    entries = list(dict.fromkeys(entry for entry, *_ in edits))
    titles = list(dict.fromkeys(entry.remedy.title for entry in entries if entry.remedy))
    return Proposal(
        entries[0].code,
        tuple(dict.fromkeys(entry.subject for entry in entries)),
        "; ".join(titles),
        (Change(path, before, after),),
        all(entry.remedy.safe for entry in entries if entry.remedy),
    )
