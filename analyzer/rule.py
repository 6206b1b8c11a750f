"""What a rule is. Each file in ``rules/`` holds one, as ``RULE``; its module docstring is its page."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator

from analyzer.link import Project
from analyzer.model.catalog import Departed, Missing, Relation, Unread
from analyzer.model.finding import Finding, Severity
from analyzer.model.record import Record

# SQLSTATEs of what is there already: a schema, relation, column, function, or another object.
DUPLICATES = frozenset(("42P06", "42P07", "42701", "42723", "42710"))
# Tables and views that extensions bring, wherever they are put.
BROUGHT = {
    name: extension
    for extension, names in (
        ("postgis", ("spatial_ref_sys", "geometry_columns", "geography_columns", "raster_columns", "raster_overviews")),
        ("pg_stat_statements", ("pg_stat_statements", "pg_stat_statements_info")),
        ("pgtap", ("pg_all_foreign_keys", "tap_funky")),
        ("hypopg", ("hypopg_list_indexes", "hypopg_hidden_indexes")),
    )
    for name in names
}
# What a name says that is kept for no further use.
_ASIDE = re.compile(r"(^|_)(old|legacy|deprecated|backup|bak|unused|archived?)(_|\d*$)", re.IGNORECASE)


class Rule(Record, frozen=True):
    """A stable code with its check. ``severity`` is the usual one; a finding may say another.

    ``meant`` rules look at the schema as the migrations mean it: what is wrong with a table is wrong, too, while a migration
    that the table needs is still missing, and is not to come up only when that one is there. The others tell what is missing.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    check: Callable[[Project], Iterator[Finding]]
    meant: bool = True

    @property
    def page(self) -> str:
        """The rule's page, in Markdown: the docstring of its module."""
        return (sys.modules[self.check.__module__].__doc__ or self.summary).strip()


def shipped(name: str) -> str:
    """Why a table of that name is not one's own to create, and what to do; empty for what is."""
    if name in BROUGHT:
        return f"`{name}` comes with an extension: `create extension {BROUGHT[name]};`"
    if name.startswith("pg_"):
        return f"`{name}` is PostgreSQL's own, and the API serves no such table: ask it in a function, and call that with `.rpc()`"
    return ""


def unless(project: Project) -> str:
    """What may be true instead where something shows that tables or functions in use are made by hand; nothing elsewhere."""
    return " unless it was made by hand" if project.shows_handwork() else ""


def times(number: int, what: str, several: str = "") -> str:
    """``1 statement``, ``2 statements``."""
    return f"{number} {what if number == 1 else several or what + 's'}"


def doubtful(project: Project, subject: str, doubts: tuple[Unread, ...]) -> bool:
    """True when what was not understood could explain it: then it is counted as withheld, and no finding is made."""
    if doubts:
        project.withhold(subject)
    return bool(doubts)


def said(missing: Missing) -> str:
    """The thing as a sentence names it: ``the table `public.personas```."""
    if missing.kind == "column":
        return f"the column `{missing.column}` of `{missing.schema}.{missing.name}`"
    return f"the {'table' if missing.kind == 'relation' else missing.kind} `{subject(missing)}`"


def subject(missing: Missing) -> str:
    """The qualified name of what is missing."""
    return ".".join(part for part in (missing.schema, missing.name, missing.column) if part)


def consequences(project: Project, failure: int) -> str:
    """``; 3 later statements fail because of it``, or nothing; ``failure`` is a position in the replay's failures."""
    count = project.caused(failure)
    return f"; {times(count, 'later statement fails', 'later statements fail')} because of it" if count else ""


def column_is_missing(project: Project, relation: Relation, name: str, *, written: bool = False) -> bool:
    """True when surely no migration leaves the relation with this column; what may explain its absence is counted.

    What is ``written`` has to be a column of its own: a function of the row can only be read.
    """
    schema, table = project.catalog.schema_of(relation), relation.name
    there = project.api.planner.takes_column if written else project.api.planner.has_column
    if there(relation, name) or project.lost("column", schema, table, name):
        return False
    hinted = project.schema.hinted(Missing("column", schema, table, name))
    if hinted and departed_column(project, relation, name) is None:
        project.withhold(f"{schema}.{table}.{name}")
        return False
    # ALTER TABLE alone may have changed a constraint, or switched row level security on.
    made = tuple(
        each for verb in ("add", "rename") for each in project.doubts(name, "alter", "table", f"{verb} column")
    )
    return not doubtful(project, f"{schema}.{table}.{name}", made)


def departed_column(project: Project, relation: Relation, name: str) -> Departed | None:
    """How the relation lost a column of that name, if it once had one."""
    schema = project.catalog.schema_of(relation)
    gone = [each for each in project.catalog.history("column", schema, name) if each.of == relation.oid]
    return gone[-1] if gone else None


def is_put_aside(name: str) -> bool:
    """True for what is renamed so that nobody goes on with it: ``photo_url_old``, ``legacy_orders``."""
    return _ASIDE.search(name) is not None


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names as a sentence lists them, each in backquotes: the first ones, and how many more there are."""
    quoted = [f"`{name}`" for name in names]
    more = len(quoted) - most
    return ", ".join(quoted[:most]) + (f" and {more} more" if more > 0 else "")
