"""Issues about what is not there: one for each missing thing, with everyone who needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyzer.audit.columns import column_issues
from analyzer.audit.failing import failing, migration_impact, order, stops, way
from analyzer.audit.view import LIKELY, View
from analyzer.link import DEFAULT_SCHEMA, Use
from analyzer.model.audit import Evidence, Issue, Option, Patch, Spot
from analyzer.model.catalog import Missing, Want
from analyzer.model.report import Entry
from analyzer.reporter import counted
from analyzer.resemblance import Candidate
from analyzer.rule import said, subject

_CALLS = frozenset(("FC101", "FC102"))
_CODES = _CALLS | {"FC201", "FC202"}
_MOST_LISTED = 6


def about_missing(entry: Entry) -> bool:
    """True for a finding on something that is not there, or not yet."""
    return entry.code in _CODES


def missing_issues(view: View, patches: Sequence[Patch]) -> Iterator[Issue]:
    """An issue for each such thing, in the order of the findings."""
    by_subject: dict[str, list[Entry]] = {}
    for entry in filter(about_missing, view.entries):
        by_subject.setdefault(entry.subject, []).append(entry)
    columns = _columns(view, by_subject)
    yield from column_issues(view, {name: by_subject[name] for name in columns}, patches)
    for name, entries in by_subject.items():
        if name not in columns:
            yield _Absent(view, name, entries).issue([each for each in patches if name in each.subjects])


def _columns(view: View, by_subject: Mapping[str, list[Entry]]) -> list[str]:
    wanted = {subject(want.missing) for want in view.project.replay.wants if want.missing.kind == "column"}
    return [name for name, found in by_subject.items() if name in wanted and not {each.code for each in found} & _CALLS]


@dataclass
class _Absent:
    """Something that is missing, with the findings on it."""

    view: View
    name: str
    entries: list[Entry]

    def issue(self, patches: Sequence[Patch]) -> Issue:
        """All that is to be said of it."""
        return Issue(
            title=self._title(),
            severity=max(entry.severity for entry in self.entries),
            codes=tuple(sorted({entry.code for entry in self.entries})),
            subjects=(self.name,),
            problem=self._problem(),
            evidence=tuple(self._evidence()),
            impact=tuple(self._impact()),
            options=tuple(self._options()),
            patches=tuple(patches),
            findings=tuple(entry.fingerprint for entry in self.entries),
            weight=len(failing(self.view, self._wants)) + len(self._calls),
            stops=stops(self.view, self._wants),
        )

    # --- who needs it -------------------------------------------------------------------------------------------------

    @cached_property
    def _wants(self) -> list[Want]:
        wanted = {entry.region for entry in self.entries}
        return [
            want
            for want in self.view.project.replay.wants
            if subject(want.missing) == self.name and (self._known or self.view.region(want.place) in wanted)
        ]

    @property
    def _known(self) -> bool:
        """True when migrations need it, and that is reported: then every statement that does so counts."""
        return any(entry.code in ("FC201", "FC202") for entry in self.entries)

    @cached_property
    def _missing(self) -> Missing:
        schema, _, name = self.name.rpartition(".")
        return self._wants[0].missing if self._wants else Missing("relation", schema, name)

    @cached_property
    def _calls(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.code in _CALLS]

    @cached_property
    def _uses(self) -> list[Use]:
        return self.view.asking.get(self.name, []) if self._missing.kind == "relation" else []

    @cached_property
    def _perhaps(self) -> list[Use]:
        return [use for use in self._uses if not use.certain]

    def _operation(self, entry: Entry) -> str:
        place = entry.region
        for use in self._uses:
            if self.view.region(use.place) == place:
                return use.reference.operation or "call"
        return "call"

    # --- what is said of it -------------------------------------------------------------------------------------------

    def _title(self) -> str:
        thing = said(self._missing).removeprefix("the ").capitalize() if self._missing.kind != "relation" else ""
        thing = thing or f"Table `{self.name}`"
        if any(entry.code == "FC202" for entry in self.entries):
            return f"{thing} is created too late"
        if any(entry.code == "FC102" for entry in self.entries):
            return f"{thing} was dropped or renamed"
        return f"{thing} is missing"

    def _problem(self) -> str:
        keys = [want for want in self._wants if want.source]
        others = len(self._wants) - len(keys)
        parts = [
            counted(len(keys), "foreign key points at it", "foreign keys point at it") if keys else "",
            _statements(others, bool(keys)) + (" needs it" if others == 1 else " need it") if others else "",
            counted(len(self._calls), "call asks for it", "calls ask for it") if self._calls else "",
        ]
        needed = ", and ".join(part for part in parts if part)
        return f"{self._how()}; {needed}." if needed else f"{self._how()}."

    def _how(self) -> str:
        if any(entry.code == "FC202" for entry in self.entries):
            return f"A migration creates {said(self._missing)}, but only after others need it"
        gone = next((entry for entry in self.entries if entry.code == "FC102"), None)
        if gone is not None:
            return gone.message[:1].upper() + gone.message[1:].split(", so this", 1)[0].rstrip(".")
        first = self._calls[0].message.split(", so this", 1)[0] if self._calls else ""
        if first and not first.startswith("no migration creates"):
            return first[:1].upper() + first[1:]
        return f"No migration creates {said(self._missing)}"

    def _evidence(self) -> Iterator[Evidence]:
        keys = [self.view.spot(want.place, f"`{want.source}`") for want in self._wants if want.source]
        others = [self.view.spot(want.place) for want in self._wants if not want.source]
        if keys:
            yield Evidence(f"{counted(len(keys), 'foreign key')} on it", tuple(keys))
        if others:
            yield Evidence(_statements(len(others), bool(keys)), tuple(others))
        if self._calls:
            calls = [Spot(each.region.path, each.region.start.line, self._operation(each)) for each in self._calls]
            files = counted(len({spot.path for spot in calls}), "file")
            yield Evidence(f"{counted(len(calls), 'call')} in {files}", tuple(calls))
        if self._perhaps:
            spots = tuple(self.view.spot(use.place, use.reference.operation or "") for use in self._perhaps)
            yield Evidence(f"{counted(len(spots), 'call')} that may ask for it, or for another", spots)
        notes = {
            (note.region.path, note.region.start.line, note.message) for each in self.entries for note in each.notes
        }
        told = {(spot.path, spot.line) for spot in keys + others}
        more = tuple(Spot(path, line, what) for path, line, what in sorted(notes) if (path, line) not in told)
        if more:
            yield Evidence("Where it comes from", more)
        if columns := self.view.columns_asked(self.name):
            listed = ", ".join(f"`{column}`" for column in columns)
            yield Evidence(f"{counted(len(columns), 'column')} that calls name: {listed}", ())
        if self._hint is not None:
            yield Evidence("Generated types, or files that nothing applies, have it", (self._hint,))
        if (mention := self.view.mention(self.name)) is not None and self._missing.kind == "relation":
            yield Evidence("The domain model names it", (self.view.spot(mention.place),))

    # --- what comes of it ---------------------------------------------------------------------------------------------

    def _impact(self) -> Iterator[str]:
        yield from migration_impact(self.view, self._wants)
        if self._calls:
            predicted = sorted({each.predicts.code for each in self._calls if each.predicts})
            kinds = Counter(map(self._operation, self._calls)).most_common()
            by_kind = ", ".join(counted(count, kind) for kind, count in kinds)
            answer = (
                f"404 {predicted[0]}: Could not find the table '{self.name}' in the schema cache" if predicted else ""
            )
            yield f"{counted(len(self._calls), 'call fails', 'calls fail')} at run time ({by_kind}) with `{answer}`."

    # --- what to do ---------------------------------------------------------------------------------------------------

    def _options(self) -> Iterator[Option]:
        advice = next((entry for entry in self.entries if _gives_a_way(entry)), None)
        if advice is not None:
            evidence = (each for suggestion in advice.suggestions for each in suggestion.evidence)
            yield Option(way(advice), reasons=(*evidence, *_edits(self.entries)), recommended=True)
            return
        if self._missing.kind != "relation":
            yield Option(
                f"Create {said(self._missing)} in a migration{order(self.view, self._wants)}", recommended=True
            )
            return
        if self._hint is not None:
            yield self._pulled()
            return
        near = self._near
        creates = bool(self._wants) or not near or not self.view.stands_for(near[0], self.name)
        for_it, against_it = self._reasons()
        title = f"Create `{self.name}` in a migration{order(self.view, self._wants)}"
        create = Option(title, "create", for_it, recommended=creates)
        use = [
            Option(
                f"Use `{self.view.project.intended.qualified(each.relation)}` instead",
                "use",
                (*each.evidence, *(against_it if number == 0 else ()), *_first(each)),
                each.score,
                recommended=not creates and number == 0,
            )
            for number, each in enumerate(near)
        ]
        yield from (create, *use) if creates else (use[0], create, *use[1:])
        if self._calls and not self._wants:
            yield Option("Take the code out, if what it was for is gone", "remove", (_where(self._calls),))

    def _pulled(self) -> Option:
        """What is only in the generated types was made by hand, and is there: it has to be written down, not made anew."""
        return Option(
            f"Write it into a migration{order(self.view, self._wants)}: `supabase db pull` takes it from a database that has it",
            "create",
            ("the generated types have it, so it was probably made by hand",),
            recommended=True,
        )

    @cached_property
    def _hint(self) -> Spot | None:
        """Where generated types, or files that nothing applies, have it."""
        schema = self.view.project.schema
        place = schema.typed.get((self._missing.schema or DEFAULT_SCHEMA, self._missing.name))
        place = place or schema.declared.get(self._missing)
        return self.view.spot(place) if place is not None and self._missing.kind == "relation" else None

    @cached_property
    def _near(self) -> list[Candidate]:
        """What may have been meant, and is not made of it. Where migrations need it, only what is there and much like it."""
        lost = self.view.project.replay.lost
        gone = failing(self.view, self._wants)
        made_of_it = {each.name for each, by in lost.items() if each.kind == "relation" and by in gone}
        least = LIKELY if self._wants else 0.0
        found = self.view.candidates.get(self.name, ())
        return [
            each
            for each in found
            if each.score >= least
            and each.relation.name not in made_of_it
            and (each.relation.place is not None or not self._wants)
        ]

    def _reasons(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What speaks for creating it, and what against."""
        keys = sum(bool(want.source) for want in self._wants)
        on_it = (f"{counted(keys, 'foreign key points at it', 'foreign keys point at it')}",) if keys else ()
        if not self.view.model:
            return on_it, ()
        if self.view.mention(self.name) is not None:
            return (*on_it, "the domain model names it"), ()
        return on_it, ("the domain model does not name what is missing",)


def _first(candidate: Candidate) -> Iterator[str]:
    if candidate.relation.place is None:
        yield "it is missing itself, and has to be created first"


def _statements(count: int, besides: bool) -> str:
    what = "other statement" if besides else "statement"
    return f"{counted(count, what)} of the migrations"


def _gives_a_way(entry: Entry) -> bool:
    """True where the finding itself knows what is to be done: a file to rename, a new name, another schema."""
    renames = any(each.kind == "rename-file" for each in entry.suggestions)
    return (
        renames or entry.code in ("FC102", "FC202") or (entry.code == "FC101" and not entry.help.startswith("Create "))
    )


def _edits(entries: Sequence[Entry]) -> Iterator[str]:
    """The changes of the code that findings bring with them."""
    for entry in entries:
        for change in entry.remedy.changes if entry.remedy else ():
            yield f"in `{change.region.path}:{change.region.start.line}`, write `{change.text}`"


def _where(calls: Sequence[Entry]) -> str:
    files = sorted({f"`{each.region.path}`" for each in calls})
    more = f" and {len(files) - _MOST_LISTED} more" if len(files) > _MOST_LISTED else ""
    return f"it is in {', '.join(files[:_MOST_LISTED])}{more}"
