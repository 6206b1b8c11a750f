"""A call of a function gives arguments that it does not take, or leaves out one that it needs.

PostgREST finds a function by its name and the names of the arguments: all that have no default must be given, and nothing
unknown. When two overloads take the same names, it cannot choose between them. What is `undefined` is not sent: an argument
that the function does not take, and whose value may be that, is told with medium confidence; so is a call where SQL that
nothing applies creates a function of that name, too: it may have been run by hand.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create function save_deal(deal_id bigint, note text default null) returns void language sql as 'select 1';
```

```ts app/deals.ts
await supabase.rpc('save_deal', { id: 1 });
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create function save_deal(deal_id bigint, note text default null) returns void language sql as 'select 1';
```

```ts app/deals.ts
await supabase.rpc('save_deal', { deal_id: 1 });
```

## What the database answers

`404 PGRST202 Could not find the function public.save_deal(id) in the schema cache`, or
`300 PGRST203 Could not choose the best candidate function between …`
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.link import Project, Use
from analyzer.model.catalog import Function, Missing
from analyzer.model.finding import Finding, Prediction, Related, Severity
from analyzer.model.request import Row
from analyzer.postgrest.routine import arguments, call, is_shown
from analyzer.rule import Rule, doubtful, listed


def check(project: Project) -> Iterator[Finding]:
    """A finding for each call whose arguments are known, on the function's name."""
    for use in project.uses_of("function"):
        request = use.reference.request
        row = request.arguments if request is not None else None
        if request is None or row is None or not use.alone or not use.functions:
            continue
        if any(function.open for function in use.functions):
            continue
        reading = bool(request.modifiers & {"get", "head"})
        row = replace(row, complete=row.complete and not request.gap("arguments"))
        found = _finding(project, use, row, reading=reading)
        if found is not None and not _otherwise(project, use):
            yield found


def _otherwise(project: Project, use: Use) -> bool:
    schema, name = use.schema or "public", use.name.text
    if project.lost("function", schema, name):
        return True
    return doubtful(project, use.qualified, project.doubts(name, "create", "function"))


def _finding(project: Project, use: Use, row: Row, *, reading: bool) -> Finding | None:
    shown = [function for function in use.functions if is_shown(function)]
    given, perhaps = row.names(), frozenset(entry.name.text for entry in row.entries if entry.maybe)
    if not row.complete or perhaps:
        bodies = any(not each.name for function in shown for each in function.inputs())
        fitting = any(_may_take(function, given, perhaps if row.complete else None) for function in shown)
        if not shown or bodies:
            return None
        return (
            _perhaps_refused(project, use, shown, perhaps) if fitting else _refused(project, use, shown, given, perhaps)
        )
    chosen = call(use.functions, given, reading=reading).chosen
    if not chosen:
        return _refused(project, use, shown, given)
    return _ambiguous(project, use, chosen) if len(chosen) > 1 else None


def _may_take(function: Function, given: frozenset[str], perhaps: frozenset[str] | None) -> bool:
    """True when the function takes these arguments with some of those that are perhaps given, None for any others."""
    required, optional = arguments(function)
    return given <= required | optional and (perhaps is None or required <= given | perhaps)


def _refused(
    project: Project, use: Use, shown: list[Function], given: frozenset[str], perhaps: frozenset[str] = frozenset()
) -> Finding:
    if not shown:
        message, help_ = (
            f"`{use.qualified}` cannot be called over the API",
            "Only functions are served: no trigger functions.",
        )
    else:
        nearest = min(shown, key=lambda function: _distance(function, given))
        required, optional = arguments(nearest)
        faults = []
        if unknown := sorted(given - required - optional):
            faults.append(f"has no argument {listed(unknown)}")
        if missing := sorted(required - given - perhaps):
            faults.append(f"needs {listed(missing)}")
        message = f"`{use.qualified}` {' and '.join(faults)}, so this call fails"
        help_ = f"It is {_signature(project, nearest)}."
    return _made(project, use, message, help_, "PGRST202", shown or list(use.functions))


def _perhaps_refused(project: Project, use: Use, shown: list[Function], perhaps: frozenset[str]) -> Finding | None:
    """What no function of that name takes: it does no harm as long as it is left out."""
    unknown = perhaps.difference(*(each for function in shown for each in arguments(function)))
    if not unknown:
        return None
    message = f"`{use.qualified}` has no argument {listed(sorted(unknown))}, so this call fails whenever it is given"
    help_ = f"It is {'; '.join(_signature(project, each) for each in shown)}."
    return replace(_made(project, use, message, help_, "PGRST202", shown), confidence="medium")


def _distance(function: Function, given: frozenset[str]) -> int:
    required, optional = arguments(function)
    return len(given - required - optional) + len(required - given)


def _ambiguous(project: Project, use: Use, chosen: tuple[Function, ...]) -> Finding:
    message = (
        f"these arguments fit {len(chosen)} overloads of `{use.qualified}`, and PostgREST cannot choose between them"
    )
    help_ = f"They are {'; '.join(_signature(project, each) for each in chosen)}. Drop one, or give it other names."
    return _made(project, use, message, help_, "PGRST203", list(chosen))


def _made(project: Project, use: Use, message: str, help_: str, answer: str, functions: list[Function]) -> Finding:
    related = [Related(each.place, "created here") for each in functions if each.place is not None]
    elsewhere = project.schema.declared.get(Missing("function", use.schema or "public", use.name.text))
    if elsewhere is not None:
        related.append(Related(elsewhere, "this creates one of that name, too, and nothing applies it"))
    return Finding(
        "FC105",
        Severity.ERROR,
        message,
        use.qualified,
        use.place,
        help_,
        "high" if elsewhere is None else "medium",
        Prediction(answer),
        tuple(related),
    )


def _signature(project: Project, function: Function) -> str:
    inputs = (f"{p.name} {project.catalog.spell(p.type)}{' default …' * p.default}" for p in function.inputs())
    return f"`{function.name}({', '.join(inputs)})`"


RULE = Rule("FC105", "wrong-arguments", Severity.ERROR, "a call gives arguments that the function does not take", check)
