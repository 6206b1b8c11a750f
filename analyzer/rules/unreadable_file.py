"""A file that could not be read, or whose bytes are not the text that they should be.

What such a file asks of the database, or builds, is missing from the report, so a green result says less than it seems
to. PostgreSQL, too, refuses a migration that is not UTF-8.

## Bad

```latin1 app/notes.ts
const author = 'José'; // saved as Latin-1
const { data } = await supabase.from('notes').select('id').eq('author', author);
```

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, author text);
alter table notes enable row level security;
```

## Good

```ts app/notes.ts
const author = 'José'; // saved as UTF-8
const { data } = await supabase.from('notes').select('id').eq('author', author);
```

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key, author text);
alter table notes enable row level security;
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Severity
from analyzer.model.source import Problem
from analyzer.model.span import Place, Span
from analyzer.rule import Rule


def check(project: Project) -> Iterator[Finding]:
    """Nothing: a file that cannot be read belongs to no project; ``unreadable`` makes the findings from the problems."""
    yield from ()


def unreadable(problems: Iterable[tuple[str, Problem]]) -> Iterator[Finding]:
    """A finding for each file of which something could not be read, at the first such place."""
    told: set[str] = set()
    for path, problem in problems:
        if problem.unreadable and path not in told:
            told.add(path)
            yield _finding(path, problem)


def _finding(path: str, problem: Problem) -> Finding:
    at = problem.offset or 0
    return Finding(
        "FC902",
        Severity.WARNING,
        problem.message,
        path,
        Place(path, Span(at, at)),
        "Mend the file, or leave it out with `exclude` in fromcheck.yaml.",
    )


RULE = Rule("FC902", "unreadable-file", Severity.WARNING, "a file that could not be read or decoded", check)
