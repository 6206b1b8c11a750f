"""The domain model names a table that no migration creates and no code asks for.

Either it is still to be built, or it is built under another name, or the plan has changed and the document has not. Each
of them misleads whoever reads the document next. A table that code asks for in vain is FC101, which says so where it fails.

The model is read from documents such as `docs/domain-model.md`, `*.dbml` or Mermaid's `erDiagram`; `model` in
`fromcheck.yaml` names others. Names are compared without regard to case, plural and underscores.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
create table profiles (id uuid primary key);
alter table profiles enable row level security;
```

```md docs/domain-model.md
# Entities

- `profiles`: a person who signs in
- `campaigns`: what is said over some weeks
- `scheduled_posts`: the calendar
```

```ts app/campaigns.ts
const { data } = await supabase.from('campaigns').select('id');
const { data: profiles } = await supabase.from('profiles').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table campaigns (id uuid primary key);
alter table campaigns enable row level security;
create table profiles (id uuid primary key);
alter table profiles enable row level security;
```

```md docs/domain-model.md
# Entities

- `profiles`: a person who signs in
- `campaigns`: what is said over some weeks

# Planned

- `scheduled_posts`: the calendar
```

```ts app/campaigns.ts
const { data } = await supabase.from('campaigns').select('id');
const { data: profiles } = await supabase.from('profiles').select('id');
```
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.entities import Modelled, missing_of, modelled, tables_to_document, words
from analyzer.link import Project
from analyzer.model.finding import Finding, Severity, Suggestion
from analyzer.rule import Rule, doubtful, subject
from analyzer.words import likeness

_LEAST = 0.5
# Words that many tables end with: having them in common tells nothing.
_GENERIC = frozenset(
    {"item", "record", "entry", "detail", "datum", "info", "list", "object", "log", "history", "status"}
)


def check(project: Project) -> Iterator[Finding]:
    """A finding for each such entity, where the document first names it."""
    for each in modelled(project):
        if each.standing == "hinted":
            project.withhold(subject(missing_of(each.entity)))
        elif each.standing == "absent":
            missing = missing_of(each.entity)
            if not doubtful(project, subject(missing), project.doubts(missing.name, "create", "table")):
                yield _finding(project, each)


def _finding(project: Project, each: Modelled) -> Finding:
    near = _nearest(project, each)
    perhaps = f"; `{near.name}` is nearest to it" if near else ""
    return Finding(
        "FC401",
        Severity.WARNING,
        f"the domain model names `{each.entity.name}`, which neither migrations nor code have{perhaps}",
        subject(missing_of(each.entity)),
        each.place,
        "Create it in a migration, or take it out of the document, or put it under a heading such as Planned.",
        suggestions=(near,) if near else (),
    )


def _nearest(project: Project, each: Modelled) -> Suggestion | None:
    """The table whose name has most in common with the entity's, if that is enough to think of it."""
    said = set(words(each.entity.name)) - _GENERIC
    tables = [table for table in tables_to_document(project) if said & set(words(table.name))]
    score, name = max(
        ((likeness(each.entity.name, table.name), project.intended.qualified(table)) for table in tables),
        default=(0.0, ""),
    )
    if score < _LEAST:
        return None
    return Suggestion("did-you-mean", name, round(score, 2), ("the names have most in common",))


RULE = Rule(
    "FC401",
    "model-not-built",
    Severity.WARNING,
    "the domain model names a table that is neither built nor used",
    check,
    meant=False,
)
