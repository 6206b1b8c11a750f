"""Code asks for a table or view that no migration creates.

The call compiles, and the app builds; the request fails when it runs. It is critical when the migrations need the table
too (a foreign key points at it), because then the database cannot be built from them either.

fromcheck says "no migration creates it", never "it does not exist": a table made by hand in the dashboard works until
somebody builds the database anew. `supabase db pull` writes such a table into a migration. Where generated types or
other SQL hold some of the missing tables, or a migration alters one, such work goes on: then the confidence is medium, and
where migrations create less than half of the tables that the code uses (and five or more are missing), that is told once,
as FC502.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table personas (id uuid primary key);
alter table personas enable row level security;
```

```ts app/agents.ts
const { data } = await supabase.from('agents').select('id');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table personas (id uuid primary key);
alter table personas enable row level security;
```

```ts app/agents.ts
const { data } = await supabase.from('personas').select('id');
```

## What the database answers

`404 PGRST205 Could not find the table 'public.agents' in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Missing, Want
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.rule import Rule, doubtful, shipped, unless


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, on the name."""
    for use in project.uses_of("table"):
        if use.relation is None and use.certain and "." not in use.name.text and not _known_otherwise(project, use):
            doubts = project.doubts(use.name.text, "create", "table")
            if not doubtful(project, use.qualified, doubts):
                yield _finding(project, use)


def _known_otherwise(project: Project, use: Use) -> bool:
    schema, name = use.schema or "public", use.name.text
    if project.catalog.history("relation", schema, name):
        return True
    if project.schema.hinted(Missing("relation", schema, name), test=use.test) or project.made_elsewhere("table"):
        project.withhold(use.qualified)
        return True
    return project.lost("relation", schema, name)


def _finding(project: Project, use: Use) -> Finding:
    key = (use.schema or "public", use.name.text)
    wants = [want for want in project.replay.wants if (want.missing.schema, want.missing.name) == key]
    message, advice, created = _history(project, use, wants)
    needed = (Related(want.place, f"{want.source or 'this statement'} needs it too") for want in wants)
    return Finding(
        "FC101",
        Severity.CRITICAL if wants else Severity.ERROR,
        message,
        use.qualified,
        use.place,
        advice,
        "medium" if project.shows_handwork() else "high",
        Prediction("PGRST205"),
        (*created, *needed),
    )


def _history(project: Project, use: Use, wants: list[Want]) -> tuple[str, str, tuple[Related, ...]]:
    """What is wrong, what to do, and where something else creates a table of that name."""
    schema, name = use.schema or "public", use.name.text
    skipped = project.schema.skipped_creation(Missing("relation", schema, name))
    if skipped is not None:
        message = f"only a file that `supabase db push` passes over creates `{use.qualified}`: {skipped.reason}"
        created = Related(skipped.place, "it is created here, in a file that is never applied")
        return message, "Rename that file to `<timestamp>_name.sql`, so that it is applied.", (created,)
    message = (
        f"no migration creates `{use.qualified}`, so this {use.reference.operation or 'call'} fails{unless(project)}"
    )
    elsewhere = next(
        (each.name for each in project.catalog.schemas.values() if project.catalog.relation(each.name, name)), ""
    )
    if elsewhere:
        message += f"; `{name}` is in schema `{elsewhere}`, and this call looks in `{schema}`"
        return message, f"Ask for it with `.schema('{elsewhere}')`, if that schema is exposed.", ()
    return message, _create(name, wants), ()


def _create(name: str, wants: list[Want]) -> str:
    if told := shipped(name):
        return f"{told}."
    if not wants:
        return f"Create `{name}` in a migration, or use a table that exists."
    first = wants[0].place.path.rpartition("/")[2]
    return f"Create `{name}` in a migration that sorts before `{first}`, the first one that needs it."


RULE = Rule(
    "FC101", "missing-table", Severity.ERROR, "code names a table or view that no migration creates", check, meant=False
)
