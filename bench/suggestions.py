"""How often the right relation is suggested: renames tables in the code of real projects, and asks what was meant.

    python -m bench.suggestions PROJECT…

Each table that the code uses is renamed in turn, in the code alone: to a word that means nothing, so that only columns and
ties can tell (`table`), with the columns that refer to it (`entity`), or to another word for the same thing (`synonym`).
Last, the table is taken away instead (`absent`): then every suggestion is wrong, and a high score should be rare.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from analyzer.engine import Options, Session
from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.model.record import Record
from analyzer.model.request import Name
from analyzer.resemblance import resemblances
from analyzer.words import another_word, words_of

NONSENSE = "quonder"
LEVELS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The value with every name in it that is listed replaced."""
    if isinstance(value, Name):
        return structs.replace(value, text=names[value.text]) if value.text in names else value
    if isinstance(value, tuple):
        return tuple(renamed(each, names) for each in value)
    if isinstance(value, Record):
        changed = {name: renamed(part, names) for name, part in structs.asdict(value).items()}
        return structs.replace(value, **{name: new for name, new in changed.items() if new is not getattr(value, name)})
    return value


def with_names(project: Project, table: str, names: dict[str, str]) -> Project:
    """The project whose code says the new names; the uses of the table are unresolved then."""
    uses = tuple(
        structs.replace(
            use,
            reference=renamed(use.reference, names),
            name=renamed(use.name, names),
            relation=None if use.name.text == table else use.relation,
        )
        for use in project.uses
    )
    return structs.replace(project, uses=uses)


def without(project: Project, table: Relation) -> Project:
    """The project whose migrations never made the table."""
    catalog = structs.replace(
        project.intended, relations={k: v for k, v in project.intended.relations.items() if v != table}
    )
    uses = tuple(structs.replace(use, relation=None) if use.relation == table else use for use in project.uses)
    return structs.replace(
        project,
        uses=uses,
        schema=structs.replace(project.schema, intended=structs.replace(project.replay, catalog=catalog)),
    )


def referring(project: Project, table: str) -> set[str]:
    """Columns named after the table: ``persona_id`` for ``personas``."""
    columns = {name.text for use in project.uses for name in use.reference.columns}
    return {column for column in columns if words_of(column) == (*words_of(table), "id")}


def by_table(project: Project, table: Relation) -> Project | None:
    """Only the table's name is another."""
    return with_names(project, table.name, {table.name: f"{NONSENSE}s"})


def by_entity(project: Project, table: Relation) -> Project | None:
    """The columns named after the table too; None where there are none."""
    columns = referring(project, table.name)
    names = {table.name: f"{NONSENSE}s"} | dict.fromkeys(columns, f"{NONSENSE}_id")
    return with_names(project, table.name, names) if columns else None


def by_synonym(project: Project, table: Relation) -> Project | None:
    """Another word for the same thing; None where none is known."""
    new = another_word(table.name)
    return (
        with_names(project, table.name, {table.name: new})
        if new and not project.catalog.relation("public", new)
        else None
    )


WAYS: dict[str, Callable[[Project, Relation], Project | None]] = {
    "table": by_table,
    "entity": by_entity,
    "synonym": by_synonym,
    "absent": without,
}


def trials(project: Project) -> Iterator[tuple[str, str, str, list[tuple[str, float]]]]:
    """Way, the table meant, the name asked for, and what was suggested."""
    before = set(resemblances(project))
    tables = {
        use.relation.oid: use.relation for use in project.uses_of("table") if use.relation and not use.relation.managed
    }
    for table in tables.values():
        if project.catalog.schema_of(table) == "public":
            for way, change in WAYS.items():
                if (changed := change(project, table)) is not None:
                    found = resemblances(changed)
                    for name in found.keys() - before:
                        yield way, table.name, name, [(each.relation.name, each.score) for each in found[name]]


def main(paths: list[str]) -> None:
    """Print the accuracy by way, and how often each score is passed by the right and by wrong ones."""
    results: dict[str, list[tuple[str, list[tuple[str, float]]]]] = {way: [] for way in WAYS}
    for path in paths:
        for project in Session.open(Path(path), Options()).projects:
            for way, meant, _, found in trials(project):
                results[way].append((meant, found))
    for way, tried in results.items():
        first = sum(found[0][0] == meant for meant, found in tried if found)
        third = sum(any(each == meant for each, _ in found) for meant, found in tried)
        print(f"{way:8} {len(tried):4} trials  top-1 {first / len(tried):.1%}  top-3 {third / len(tried):.1%}")
        shown = {level: sum(bool(found) and found[0][1] >= level for _, found in tried) for level in LEVELS}
        right = {
            level: sum(bool(found) and found[0][1] >= level and found[0][0] == meant for meant, found in tried)
            for level in LEVELS
        }
        print("         first at or above:", "  ".join(f"{level}: {right[level]}/{shown[level]}" for level in LEVELS))


if __name__ == "__main__":
    main(sys.argv[1:])
