"""How well ``fromcheck fix`` tells what a missing table was: takes each table away from the migrations, and makes it up again.

    python -m bench.columns PROJECT…

Each table that the code uses is forgotten in turn, with the generated types and what SQL says of it, and inferred from the code
alone. ``same``: the type is the table's. ``wider``: every value of the column fits, such as text for an enum. ``strict``: values
that the column held would be refused, such as a uuid where it was text: the ones that hurt.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from analyzer.engine import Options, Session
from analyzer.fix.table import Draft
from analyzer.link import Project
from analyzer.model.catalog import Relation
from bench.suggestions import without

_NUMBERS = ("smallint", "integer", "bigint", "real", "double precision", "numeric")
_TIMES = ("date", "timestamp without time zone", "timestamp with time zone")


def verdict(guessed: str, real: str) -> str:
    """How the guess stands to the type that it was."""
    guessed, real = (each.partition("(")[0] for each in (guessed, real))
    if guessed == real:
        return "same"
    for kinds in (_NUMBERS, _TIMES, ("json", "jsonb"), ("character varying", "text")):
        if guessed in kinds and real in kinds:
            return "wider" if kinds.index(guessed) > kinds.index(real) else "strict"
    return "wider" if guessed == "text" else "strict"


def trials(project: Project) -> Iterator[tuple[str, str, str, str]]:
    """Table, column, the type that is guessed, and the one that it was; foreign keys as ``key to orders``."""
    bare = replace(project, schema=replace(project.schema, generated={}, hints=()))
    tables = {
        use.relation.oid: use.relation for use in project.uses_of("table") if use.relation and not use.relation.managed
    }
    for table in tables.values():
        if project.catalog.schema_of(table) == "public" and table.kind == "table":
            yield from _guesses(without(bare, table), table)


def _guesses(project: Project, table: Relation) -> Iterator[tuple[str, str, str, str]]:
    catalog = project.intended
    there = [each for each in catalog.relations.values() if each.place is not None or each.managed]
    for guess in Draft(project, project, table.name, there, str).columns():
        column = table.column(guess.name)
        if column is not None and guess.name not in ("id", "created_at", "updated_at"):
            yield table.name, guess.name, guess.type, catalog.spell(column.type)
            target = guess.target.name if guess.target is not None else ""
            keys = (
                each for each in table.constraints if each.kind == "foreign key" and each.columns == (column.number,)
            )
            named = {each.name for key in keys if (each := catalog.relations.get(key.target or 0)) is not None}
            if target or named:
                yield table.name, guess.name, f"key to {target}", f"key to {next(iter(named), '')}"


def main(paths: list[str]) -> None:
    """Print the shares, and the commonest guesses that would refuse values."""
    counts: Counter[str] = Counter()
    strict: Counter[tuple[str, str, str]] = Counter()
    for path in paths:
        for project in Session.open(Path(path), Options()).projects:
            for _, column, guessed, real in trials(project):
                if guessed.startswith("key to "):
                    right = "right" if guessed == real else "missed" if guessed == "key to " else "wrong"
                    counts[f"key {right}"] += 1
                else:
                    counts[verdict(guessed, real)] += 1
                    if verdict(guessed, real) == "strict":
                        strict[column, guessed, real] += 1
    print("  ".join(f"{what}: {number}" for what, number in sorted(counts.items())))
    for (column, guessed, real), number in strict.most_common(40):
        print(f"{number:4} {column}: {guessed}, was {real}")


if __name__ == "__main__":
    main(sys.argv[1:])
