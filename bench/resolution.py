"""How much of what the code asks for is known: names, select lists, filters, orders, payloads and arguments.

    python -m bench.resolution PROJECT…

A part is resolved when nothing of it is left open: a select list whose every item is known, a payload whose keys are all
known. The rest is counted by its reason. What PostgREST cannot parse is known: it is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.engine import Options, Session
from analyzer.model.facts import Reference, Unresolved
from analyzer.model.request import Aspect, Payload, Request

PARTS = ("name", "select", "filter", "order", "payload", "arguments", "conflict", "query")


@dataclass(slots=True)
class Share:
    """How many of one part there are, how many of them are all known, and why the others are not."""

    total: int = 0
    resolved: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str | None) -> None:
        """Count one more; None for one that is known."""
        self.total += 1
        self.resolved += reason is None
        if reason is not None:
            self.reasons[reason] += 1


def calls(session: Session) -> Iterator[Reference | Unresolved]:
    """Every call that asks the database by supabase-js for something, each once."""
    for project in (*session.projects, session.unchecked):
        met: set[tuple[str, int]] = set()
        for use in project.uses:
            key = (use.path, id(use.reference))
            if use.reference.client == "supabase-js" and use.reference.kind != "type" and key not in met:
                met.add(key)
                yield use.reference
        yield from (each for _, each in project.unresolved)


def asked(reference: Reference, request: Request) -> Iterator[tuple[Aspect, bool]]:
    """The parts that the call has, and whether all that is listed of them is complete."""
    writes = reference.operation in ("insert", "update", "upsert")
    yield from [("select", True)] * bool(request.selections or reference.operation == "select")
    yield from [("filter", True)] * bool(request.filters or request.gap("filter"))
    yield from [("order", True)] * bool(request.orders or request.gap("order"))
    yield from [("payload", whole(request.payload))] * writes
    yield from [("arguments", request.arguments is not None)] * (reference.kind == "function")
    yield from [("conflict", True)] * bool(request.conflict or request.gap("conflict"))


def whole(payload: Payload | None) -> bool:
    """True when the payload's rows and their keys are all known."""
    return payload is not None and payload.complete and all(row.complete for row in payload.rows)


def shares(session: Session) -> dict[str, Share]:
    """The share that is resolved, by part."""
    found = {part: Share() for part in PARTS}
    for each in calls(session):
        if isinstance(each, Unresolved):
            found["name"].add(f"{each.kind}: {each.reason}")
            continue
        found["name"].add(None)
        request = each.request or Request()
        gaps = {gap.aspect: gap.reason for gap in request.gaps}
        for aspect, complete in asked(each, request):
            found[aspect].add(gaps.get(aspect, None if complete else "more than is listed"))
        if each.kind == "table":
            found["query"].add("goes on where it cannot be followed" if request.open else None)
    return found


def main(paths: list[str]) -> None:
    """Print a table of each project."""
    for path in paths:
        print(Path(path).name)
        for part, share in shares(Session.open(Path(path), Options())).items():
            if share.total:
                print(f"  {part:10} {share.total:6} {share.resolved:6} {share.resolved / share.total:8.1%}")
            for reason, count in share.reasons.most_common(8):
                print(f"             {count:6}        {reason}")


if __name__ == "__main__":
    main(sys.argv[1:])
