"""What SQL never speaks of, where another tool than the Supabase CLI writes it: that is then made elsewhere, by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from analyzer.model.events import (
    AlterTable,
    CreateFunction,
    CreatePolicy,
    CreateTrigger,
    Event,
    Gap,
    Grant,
    Publish,
    PutBucket,
    SetRls,
    Statement,
)
from analyzer.model.span import Span
from analyzer.sql.script import Script

# Each with the words in which rules ask for it.
_TOPICS: dict[str, tuple[str, ...]] = {
    "row level security": ("row", "level", "security", "policy"),
    "functions": ("create", "function"),
    "triggers": ("create", "trigger"),
    "publications": ("publication",),
    "buckets": ("storage", "buckets"),
    "privileges": ("grant", "revoke"),
}


def with_unsaid(scripts: Sequence[Script]) -> tuple[Script, ...]:
    """The scripts with a gap at their end that stands for all that they never speak of.

    Generated migrations hold tables and keys. Their authors switch on row level security, write functions and publish
    tables in the dashboard, so that its absence here says nothing.
    """
    spoken = {topic for script in scripts for each in script.facts.statements for topic in _topics(each.event)}
    silent = [topic for topic in _TOPICS if topic not in spoken]
    if not scripts or not silent:
        return tuple(scripts)
    *before, last = scripts
    # After everything: what was made by hand was made of what is there.
    end = max((each.span.end for each in last.facts.statements), default=0)
    at = Span(end, end)
    words = frozenset(word for topic in silent for word in _TOPICS[topic])
    gap = Gap(f"nothing is said of {_listed(silent)}", at, words, dynamic=True)
    statements = (*last.facts.statements, Statement("nothing", at, gap))
    return (*before, replace(last, facts=replace(last.facts, statements=statements)))


def _topics(event: Event) -> Iterator[str]:
    if isinstance(event, CreatePolicy) or (
        isinstance(event, AlterTable) and any(isinstance(each, SetRls) for each in event.actions)
    ):
        yield "row level security"
    elif isinstance(event, CreateFunction):
        yield "functions"
    elif isinstance(event, CreateTrigger):
        yield "triggers"
    elif isinstance(event, Publish):
        yield "publications"
    elif isinstance(event, PutBucket):
        yield "buckets"
    elif isinstance(event, Grant):
        yield "privileges"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
