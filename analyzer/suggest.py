"""Did you mean: what is there under a name that differs from the missing one in spelling only.

By case, by how words are joined, by singular and plural, by schema, by the order of the words, and by a few letters. What
differs in more than that is another thing, and is not suggested; but a missing table may be there under quite another
name, and what is like it in columns and ties is, with the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from analyzer.link import DEFAULT_SCHEMA, Project
from analyzer.model.catalog import QUERYABLE
from analyzer.model.finding import Finding, Suggestion
from analyzer.model.source import Problem, mishap
from analyzer.resemblance import Candidate, resemblances
from analyzer.rule import subject
from analyzer.words import pieces, words_of

MOST = 3
# A slip of the hand is a letter or two, hardly ever in a digit: `step1` is no misspelt `step2`.
_LEAST_SIMILAR, _MOST_LETTERS = 0.75, 3
# Of the relations that score as much, renamed in the code of public projects, nineteen in twenty are the one that was meant.
_LIKELY = 0.55
# A few seconds of work; where more is missing, the migrations are not those of the code, and nothing was meant.
_MOST_COMPARED = 300_000
_DIGITS = re.compile(r"\d+")

Name = tuple[str, str]  # what the name stands in (a schema, a table, or nothing), and the name itself


def suggested(
    project: Project, findings: Iterable[Finding], mishaps: list[tuple[str, Problem]] | None = None
) -> Iterator[Finding]:
    """The findings, those of missing things with what may have been meant, the best first; what a rule says stays.

    What goes wrong with a suggestion goes to ``mishaps``; its finding stays.
    """
    suggesting = _Suggesting(project)
    for finding in findings:
        try:
            suggestions = suggesting.on(finding)
        except Exception as error:
            if mishaps is None:
                raise
            suggestions = ()
            mishaps.append((finding.place.path, mishap(error, "suggestions", finding.place.span.start)))
        yield replace(finding, suggestions=suggestions)


class _Suggesting:
    """What may have been meant, found out once for each missing thing."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._resembling = _Resembling(project)
        # What only a file creates that is passed over is meant as it is written.
        self._meant = {subject(each.missing) for each in project.schema.skipped_creations}
        self._found: dict[tuple[str, str], tuple[Suggestion, ...]] = {}
        self._known: dict[tuple[str, str], Names] = {}
        self._compared = 0

    def on(self, finding: Finding) -> tuple[Suggestion, ...]:
        """Those that the rule makes, else what is there that is like the missing thing."""
        missing = finding.code, finding.subject
        if finding.code not in _KNOWN or finding.suggestions or finding.subject in self._meant:
            return finding.suggestions
        if missing not in self._found:
            self._found[missing] = ()  # what goes wrong does so once
            self._found[missing] = self._find(finding)
        return self._found[missing]

    def _find(self, finding: Finding) -> tuple[Suggestion, ...]:
        known = self._there(finding.code, _split(finding.subject)[0])
        self._compared += len(known)
        if self._compared >= _MOST_COMPARED or finding.subject in known:
            return ()
        return known.nearest(finding.subject) or tuple(self._resembling.of(finding))

    def _there(self, code: str, within: str) -> Names:
        if (code, within) not in self._known:
            self._known[code, within] = Names(_KNOWN[code](self._project, within))
        return self._known[code, within]


class _Resembling:
    """What is like a missing table in columns and ties, whatever it is called; found out once it is asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._found: dict[str, tuple[Candidate, ...]] | None = None

    def of(self, finding: Finding) -> Iterator[Suggestion]:
        """The relations that were perhaps meant by a missing table of the default schema."""
        if finding.code == "FC101":
            if self._found is None:
                self._found = resemblances(self._project)
            schema, name = _split(finding.subject)
            for each in self._found.get(name, ()) if schema == DEFAULT_SCHEMA else ():
                if each.score >= _LIKELY:
                    yield Suggestion("did-you-mean", f"{schema}.{each.relation.name}", each.score, each.evidence)


class Names:
    """Names that there are, qualified or not."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._folded = [_split(name)[1].casefold() for name in self._names]
        self._by_words: dict[object, list[str]] = {}
        for name in self._names:
            for words in _words(_split(name)[1]):
                self._by_words.setdefault(words, []).append(name)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def nearest(self, subject: str) -> tuple[Suggestion, ...]:
        """Those that are the same thing as the subject spelt differently, at most three, the best first."""
        wanted = _split(subject)
        found = [
            Suggestion("did-you-mean", name, round(score, 2), evidence)
            for name in self._near(wanted[1])
            if name != subject and (told := _likeness(wanted, _split(name))) is not None
            for score, evidence in (told,)
        ]
        return tuple(sorted(found, key=lambda each: (-each.score, each.name))[:MOST])

    def _near(self, wanted: str) -> Iterator[str]:
        """Those worth a look: of the same words, or a few letters away."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        folded = wanted.casefold()
        slips = extract(folded, self._folded, scorer=OSA.distance, score_cutoff=_MOST_LETTERS, limit=None)
        alike = (name for words in _words(wanted) for name in self._by_words.get(words, ()))
        return iter(dict.fromkeys((*alike, *(self._names[at] for _, _, at in slips))))


def _words(name: str) -> tuple[object, ...]:
    """What two names share that are spelt alike in any other way than by letters that differ."""
    return "".join(pieces(name)), tuple(sorted(words_of(name)))


def _split(name: str) -> Name:
    within, _, last = name.rpartition(".")
    return within, last


# --- what there is ----------------------------------------------------------------------------------------------------


def _relations(project: Project, within: str) -> Iterator[str]:
    for relation in project.catalog.relations.values():
        if relation.kind in QUERYABLE and not relation.managed and relation.partition_of is None:
            yield project.catalog.qualified(relation)


def _functions(project: Project, within: str) -> Iterator[str]:
    own = (each for each in project.catalog.functions.values() if each.place is not None)
    yield from dict.fromkeys(project.catalog.qualified(each) for each in own)


def _columns(project: Project, within: str) -> Iterator[str]:
    relation = project.catalog.relation(*_split(within))
    yield from (f"{within}.{column.name}" for column in relation.columns) if relation is not None else ()


def _buckets(project: Project, within: str) -> Iterator[str]:
    yield from sorted(project.catalog.buckets.keys() | project.schema.buckets)


def _edge_functions(project: Project, within: str) -> Iterator[str]:
    yield from sorted(project.schema.edge_functions)


# What there is of a code's kind, in the table where the missing one would be, if it would be in one.
_KNOWN: dict[str, Callable[[Project, str], Iterator[str]]] = {
    "FC101": _relations,
    "FC102": _relations,
    "FC103": _columns,
    "FC104": _functions,
    "FC114": _buckets,
    "FC115": _edge_functions,
    "FC116": _relations,
}


# --- how alike two names are ------------------------------------------------------------------------------------------


def _likeness(wanted: Name, other: Name) -> tuple[float, tuple[str, ...]] | None:
    """A score below 1 and the evidence in words; None when the two are not the same thing spelt differently."""
    told = _spelling(wanted[1], other[1])
    if told is None:
        return None
    score, evidence = told
    if wanted[0] == other[0]:
        return score, (evidence,)
    place = f"it is in the schema `{other[0]}`"
    return score - 0.05, (evidence, place) if wanted[1] != other[1] else (place,)


def _spelling(wanted: str, other: str) -> tuple[float, str] | None:
    if wanted == other:
        return 1.0, "the name is the same"
    if wanted.casefold() == other.casefold():
        return 0.95, "it differs in case only"
    if "".join(pieces(wanted)) == "".join(pieces(other)):
        return 0.93, "it differs in how the words are joined"
    if words_of(wanted) == words_of(other):
        return 0.9, "it differs in singular and plural only"
    if sorted(words_of(wanted)) == sorted(words_of(other)):
        return 0.85, "it has the same words in another order"
    return _slip(wanted.casefold(), other.casefold())


def _slip(wanted: str, other: str) -> tuple[float, str] | None:
    from rapidfuzz.distance import OSA

    longest = max(len(wanted), len(other))
    most = 1 if longest <= 5 else 2 if longest <= 10 else _MOST_LETTERS
    letters = OSA.distance(wanted, other, score_cutoff=most)
    similar = 1 - letters / longest
    if letters > most or similar < _LEAST_SIMILAR or _DIGITS.findall(wanted) != _DIGITS.findall(other):
        return None
    return 0.9 * similar, f"it differs in {letters} letter{'s' if letters > 1 else ''}"
