"""A statement in a migration that PostgreSQL refuses, or that fromcheck does not understand yet.

A syntax error stops every build of the database, and so does a statement that PostgreSQL parses and refuses (a foreign
key to columns without a unique key, say): that is an error. A statement that is legal and that fromcheck cannot follow is
only worth knowing: nothing is reported on what it might have changed.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
create policy if not exists "own notes" on notes for select using (true);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
drop policy if exists "own notes" on notes;
create policy "own notes" on notes for select using (true);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## What the database answers

`ERROR: syntax error at or near "not" (SQLSTATE 42601)`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.catalog import Failure, Unread
from analyzer.model.finding import Finding, Prediction, Severity
from analyzer.rule import DUPLICATES, Rule, consequences

# What else has the SQLSTATE of a syntax error can be parsed: a default of an identity column, more values than columns.
_UNPARSED = ("syntax error", "unterminated", "zero-length")
_ONE_DOLLAR = 'syntax error at or near "$"'


def check(project: Project) -> Iterator[Finding]:
    """An error for each statement refused for a reason that no other rule tells, an info for each not understood."""
    told = {want.failure for want in project.replay.wants}
    for number, failure in enumerate(project.replay.failures):
        if failure.cause is None and number not in told and failure.sqlstate not in DUPLICATES:
            yield _refused(project, number, failure)
    for unread in dict.fromkeys((*project.replay.unread, *_hidden(project))):
        if unread.place.span.start < unread.place.span.end:  # else it is no statement, but what a schema leaves unsaid
            yield _not_understood(unread)


def _hidden(project: Project) -> Iterator[Unread]:
    """What is refused for want of something else, and will not be understood once that is there."""
    failed = [failure.place for failure in project.replay.failures]
    for unread in project.meant.replay.unread if failed else ():
        place = unread.place
        if any(each.path == place.path and each.span.start <= place.span.start < each.span.end for each in failed):
            yield unread


def _refused(project: Project, number: int, failure: Failure) -> Finding:
    how = "cannot parse" if failure.message.startswith(_UNPARSED) else "refuses"
    dollar = " Two dollars quote a body: `$$ … $$`." if failure.message == _ONE_DOLLAR else ""
    return Finding(
        "FC207",
        Severity.ERROR,
        f"PostgreSQL {how} this statement: {failure.message}{consequences(project, number)}",
        failure.kind,
        failure.at,
        f"Mend the statement: until then no database can be built from these migrations.{dollar}",
        "high",
        Prediction(failure.sqlstate, "migration"),
    )


def _not_understood(unread: Unread) -> Finding:
    return Finding(
        "FC207",
        Severity.INFO,
        f"fromcheck does not understand this statement ({unread.reason}), and reports nothing on what it may have changed",
        unread.reason,
        unread.place,
        "Nothing to do; tell us when it hides something that you would want to be told.",
        "high",
    )


RULE = Rule(
    "FC207",
    "unread-statement",
    Severity.ERROR,
    "a statement that PostgreSQL refuses or that is not understood",
    check,
    meant=False,
)
