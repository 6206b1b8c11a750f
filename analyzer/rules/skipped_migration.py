"""A file in `supabase/migrations` that the Supabase CLI passes over.

The CLI applies the files directly in that folder whose names are `<digits>_<name>.sql`. A file called
`20250101-init.sql`, or one in a sub-folder, is skipped without a word, and what it creates is never there. Sub-folders whose
name says that they are put aside, such as `archive` or `_old`, are left alone, and so are files that undo or look at what
others did, such as `04_rollback.sql` and `03_verify.sql`.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250201000000-tags.sql
create table tags (id uuid primary key);
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table notes (id uuid primary key);
alter table notes enable row level security;
```

```sql supabase/migrations/20250201000000_tags.sql
create table tags (id uuid primary key);
alter table tags enable row level security;
```

```ts app/notes.ts
const { data } = await supabase.from('notes').select('id');
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.link import Project
from analyzer.model.finding import Finding, Severity, Suggestion
from analyzer.model.inventory import Skipped
from analyzer.model.span import Place, Span
from analyzer.rule import Rule

_WORD = re.compile("[a-z]+")
# Folders whose name says that what is in them is not to be applied.
_PUT_ASIDE = frozenset(
    (
        *("archive", "archived", "applied", "backup", "backups", "bak", "deprecated", "disabled", "down", "draft"),
        *("drafts", "legacy", "manual", "obsolete", "old", "reverted", "rollback", "rollbacks", "squashed", "unused"),
        *("verification", "verify"),
    )
)
# Files whose name says that they undo or look at what others did.
_BESIDE = frozenset(("down", "revert", "rollback", "rollbacks", "undo", "verification", "verify"))


def check(project: Project) -> Iterator[Finding]:
    """A finding for each file, at its start; none for those that somebody has put aside."""
    for skipped in project.schema.skipped:
        if not _put_aside(skipped.path):
            yield _finding(skipped)


def _put_aside(path: str) -> bool:
    *folders, name = path.rpartition("/migrations/")[2].split("/")
    if not _BESIDE.isdisjoint(_WORD.findall(name.lower())):
        return True
    return any(folder.startswith("_") or _PUT_ASIDE.intersection(_WORD.findall(folder.lower())) for folder in folders)


def _finding(skipped: Skipped) -> Finding:
    new = skipped.rename
    return Finding(
        "FC204",
        Severity.ERROR,
        f"the Supabase CLI never applies this file: {skipped.reason}",
        skipped.path,
        Place(skipped.path, Span(0, 0)),
        f"Rename it to `{new}`."
        if new
        else "Rename it to `<timestamp>_<name>.sql`, directly in `supabase/migrations`.",
        suggestions=(Suggestion("rename-file", new, 1.0, ("a name that the CLI takes",)),) if new else (),
    )


RULE = Rule(
    "FC204", "skipped-migration", Severity.ERROR, "a file in migrations/ that is never applied", check, meant=False
)
