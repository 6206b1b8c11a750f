"""Code calls a function that no migration creates.

PostgREST matches names exactly, while PostgreSQL folds a name without quotes to lower case: `rpc('saveDeal')` does not
find what `create function saveDeal()` made, since that is `savedeal`.

Where generated types or other SQL show that some is made by hand, and migrations create less than half of the tables or of
the functions that the code uses (and five or more are missing), all of it is taken to be: that is told once, as FC502.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create function save_deal(deal_id bigint) returns void language sql as 'select 1';
```

```ts app/deals.ts
await supabase.rpc('store_deal', { deal_id: 1 });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create function save_deal(deal_id bigint) returns void language sql as 'select 1';
```

```ts app/deals.ts
await supabase.rpc('save_deal', { deal_id: 1 });
```

## What the database answers

`404 PGRST202 Could not find the function public.store_deal(deal_id) in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import Project, Use
from analyzer.model.catalog import Function, Missing
from analyzer.model.finding import Edit, Finding, Fix, Prediction, Related, Severity, Suggestion
from analyzer.rule import Rule, doubtful, unless


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call, on the name."""
    for use in project.uses_of("function"):
        schema, name = use.schema or "public", use.name.text
        if use.functions or not use.certain or project.lost("function", schema, name):
            continue
        hinted = project.schema.hinted(Missing("function", schema, name), test=use.test)
        by_hand = hinted or project.made_elsewhere("function")
        if by_hand and not project.catalog.history("function", schema, name):
            project.withhold(use.qualified)
        elif not doubtful(project, use.qualified, project.doubts(name, "create", "function")):
            yield _finding(project, use)


def _finding(project: Project, use: Use) -> Finding:
    schema, name = use.schema or "public", use.name.text
    message, help_ = (
        f"no migration creates the function `{use.qualified}`, so this call fails{unless(project)}",
        "Create it in a migration.",
    )
    related: tuple[Related, ...] = ()
    skipped = project.schema.skipped_creation(Missing("function", schema, name))
    now: Function | None = None
    history = project.catalog.history("function", schema, name)
    folded = project.catalog.functions_named(schema, name.lower())
    elsewhere = [f for f in project.catalog.functions.values() if f.name == name and f.place is not None]
    if history:
        gone = history[-1]
        now = project.catalog.functions.get(gone.successor or 0)
        message = f"the function `{use.qualified}` was {gone.how} by a later migration, so this call fails"
        related = (Related(gone.place, f"{gone.how} here"),)
        help_ = (
            f"Call `{project.catalog.qualified(now)}`." if now else "Take this call out, or create the function again."
        )
    elif skipped is not None:
        message = (
            f"only a file that `supabase db push` passes over creates the function `{use.qualified}`: {skipped.reason}"
        )
        related = (Related(skipped.place, "it is created here, in a file that is never applied"),)
        help_ = "Rename that file to `<timestamp>_name.sql`, so that it is applied."
    elif folded:
        message = f"the function is called `{folded[0].name}`: without quotes, PostgreSQL folds `{name}` to lower case"
        related, help_ = _created(folded[0]), f"Call `{folded[0].name}`."
    elif elsewhere:
        other = project.catalog.schema_of(elsewhere[0])
        message += f"; `{name}` is in schema `{other}`, and this call looks in `{schema}`"
        related, help_ = _created(elsewhere[0]), f"Call it with `.schema('{other}')`, if that schema is exposed."
    return Finding(
        "FC104",
        Severity.ERROR,
        message,
        use.qualified,
        use.place,
        help_,
        "high" if history or folded or elsewhere or not project.shows_handwork() else "medium",
        Prediction("PGRST202"),
        related,
        (Suggestion("did-you-mean", project.catalog.qualified(now), 1.0, ("renamed in the history",)),) if now else (),
        _fix(project, use, now)
        if len(history) == 1
        else None,  # of several overloads, each may be called otherwise now
    )


def _fix(project: Project, use: Use, now: Function | None) -> Fix | None:
    """The new name, where the function still stands in the schema that the call looks in."""
    if now is None or use.name.via not in ("literal", "cast"):
        return None
    if now.name == use.name.text or project.catalog.schema_of(now) != (use.schema or "public"):
        return None
    return Fix(f"Call `{now.name}`", (Edit(use.place, now.name),), safe=True)


def _created(function: Function) -> tuple[Related, ...]:
    return (Related(function.place, "created here"),) if function.place is not None else ()


RULE = Rule(
    "FC104", "missing-function", Severity.ERROR, "code calls a function that no migration creates", check, meant=False
)
