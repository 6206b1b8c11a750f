"""What a change leaves to whoever owns the schema: findings that show with it, and that no one else can settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.model.report import Entry

# What is to be decided of the objects that are told, by rule.
_QUESTIONS = {
    "FC106": "what {} are to embed: nothing of that name is made, and the call fails without it as it did before",
    "FC302": "who gets into {}: nothing shows whose rows they hold, so only the service role does",
    "FC305": "whether {} may read past row level security, as the owner of the view; `security_invoker` keeps it from that",
    "FC402": "what to say of {} in the documents of the domain model",
    "FC501": "whether {} is needed: no call, view, function, policy or foreign key uses it",
}
DECISIONS = frozenset(_QUESTIONS)


def told(uncovered: Iterable[Entry]) -> Iterator[str]:
    """A line for each decision, with all that it is about, then one for each finding that is none."""
    by_code: dict[str, list[Entry]] = {}
    for entry in uncovered:
        by_code.setdefault(entry.code, []).append(entry)
    for code, entries in sorted(by_code.items(), key=lambda each: (each[0] not in DECISIONS, each[0])):
        question = _QUESTIONS.get(code)
        if question is not None:
            subjects = ", ".join(f"`{each}`" for each in sorted({entry.subject for entry in entries}))
            yield f"yours to decide ({code}): {question.format(subjects)}"
        else:
            yield from map(_shown, entries)


def _shown(entry: Entry) -> str:
    region = entry.region
    return f"uncovers {entry.code} on {entry.subject}: {entry.message} ({region.path}:{region.start.line})"
