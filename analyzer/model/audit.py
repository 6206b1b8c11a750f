"""An audit: what a scan found, put together by what it is about, with what is there beside it. Plain data, ready to print.

Texts are sentences, with names between backquotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from analyzer.model.finding import Severity
from analyzer.model.record import Record
from analyzer.model.report import Report

# How a table stands: ``fails`` when the statement that creates it is refused, ``missing`` when code or migrations ask for it
# in vain, ``hinted`` when only generated types or files that nothing applies have it, ``modelled`` when only documents do.
TableState = Literal["built", "fails", "missing", "hinted", "modelled"]
KeyState = Literal["built", "fails", "no target"]


class Spot(Record, frozen=True):
    """A line of a file, and what stands there in words."""

    path: str
    line: int
    what: str = ""


class Evidence(Record, frozen=True):
    """Places that show one thing; the title says which, and how many there are. ``advice`` is what to do about just this."""

    title: str
    spots: tuple[Spot, ...]
    advice: str = ""


class Option(Record, frozen=True):
    """A way out. ``score`` is from 0 to 1, where there is something to measure it by; ``kind`` is what it comes to."""

    title: str
    kind: Literal["create", "use", "remove", "change"] = "change"
    reasons: tuple[str, ...] = ()
    score: float | None = None
    recommended: bool = False


class Patch(Record, frozen=True):
    """A change that mends something: a file to write with its text (None to take it away), and why it is as it is.

    ``subjects`` are the qualified names of what it is about, and ``code`` is the rule whose findings it mends.
    """

    path: str
    text: str | None
    subjects: tuple[str, ...]
    why: str = ""
    language: str = "sql"
    code: str = ""


class Issue(Record, frozen=True):
    """One thing that is wrong, with all that shows it. ``subjects`` are the objects, ``findings`` the fingerprints.

    ``weight`` counts the calls and statements that fail because of it; ``stops`` when building the database ends here.
    """

    title: str
    severity: Severity
    codes: tuple[str, ...]
    subjects: tuple[str, ...]
    problem: str
    evidence: tuple[Evidence, ...]
    impact: tuple[str, ...]
    options: tuple[Option, ...]
    patches: tuple[Patch, ...]
    findings: tuple[str, ...]
    weight: int = 0
    stops: bool = False


class PolicyRow(Record, frozen=True):
    """A policy of a table, by its name and command, with the roles that it is for."""

    name: str
    command: str
    roles: tuple[str, ...]
    at: Spot


class TableRow(Record, frozen=True):
    """A table or view by its qualified name. ``calls`` counts the calls that ask for it, outside of tests.

    ``exposed`` when the API serves its schema; ``documented`` is None where there is no model to say so. ``perhaps`` are
    the tables that were perhaps meant. ``private`` when its policies surely let users read their own rows only.
    ``hinted`` when generated types, or files that nothing applies, have it.
    """

    name: str
    kind: str
    state: TableState
    at: Spot | None = None
    columns: tuple[str, ...] = ()
    calls: int = 0
    exposed: bool = True
    rls: bool = False
    policies: tuple[PolicyRow, ...] = ()
    documented: bool | None = None
    perhaps: tuple[str, ...] = ()
    private: bool = False
    hinted: bool = False


class KeyRow(Record, frozen=True):
    """A foreign key; tables are qualified names."""

    name: str
    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]
    on_delete: str
    state: KeyState
    at: Spot | None


class Check(Record, frozen=True):
    """A step that shows whether all is well: SQL to run (or a command), and what it has to answer."""

    title: str
    text: str
    expects: str
    language: Literal["sql", "sh"] = "sql"


class Trial(Record, frozen=True):
    """Something to try out in the app, and the code that does it."""

    title: str
    spots: tuple[Spot, ...]


class Remark(Record, frozen=True):
    """What the audit does not know, or rests on."""

    text: str
    spots: tuple[Spot, ...] = ()


class Stop(Record, frozen=True):
    """Where building the database from its migrations ends."""

    at: Spot
    sqlstate: str
    message: str


class ProjectAudit(Record, frozen=True):
    """One Supabase project. ``folder`` is empty for the scanned root; ``model`` are the documents of the domain model.

    ``calls`` are, by code file and by qualified name, the operations that the file asks for; ``stop`` is None where the
    migrations build the database. ``refused`` counts the statements that fail.
    """

    folder: str
    issues: tuple[Issue, ...]
    tables: tuple[TableRow, ...]
    keys: tuple[KeyRow, ...]
    calls: Mapping[str, Mapping[str, tuple[str, ...]]]
    checks: tuple[Check, ...]
    trials: tuple[Trial, ...]
    model: tuple[str, ...] = ()
    stop: Stop | None = None
    refused: int = 0


class Audit(Record, frozen=True):
    """The whole of it. ``status`` is what an owner has to know first, a sentence each."""

    report: Report
    status: tuple[str, ...]
    projects: tuple[ProjectAudit, ...]
    remarks: tuple[Remark, ...]

    @property
    def worst(self) -> Severity | None:
        """The highest severity, None where nothing is wrong."""
        return self.report.worst()
