"""A call names a column that the table does not have.

It may be a select list, a filter, an order, the keys of a row that is written, or the columns of `onConflict`. Columns of
embedded tables are checked too, and functions of a row count as columns, since PostgREST serves them as such. When a
migration dropped or renamed the column, the finding says which, and what it is called now. Where most tables are made by
hand (see FC502), or a migration needs the column as well and does not find it, a column may be made by hand, too: then the
confidence is medium.

Of a table that no migration creates, and that generated types list (see FC502), the columns are those of the types. Types go
stale, so that is a warning.

A filter or an order on an embedded table needs the embed in the select list: that is reported here as well.

## Bad

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key, title text);
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, name');
```

## Good

```sql supabase/migrations/20250101000000_init.sql
create table deals (id bigint primary key, title text);
alter table deals enable row level security;
```

```ts app/deals.ts
const { data } = await supabase.from('deals').select('id, title');
```

## What the database answers

`400 42703 column deals.name does not exist`, and for a row that is written
`400 PGRST204 Could not find the 'name' column of 'deals' in the schema cache`
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.link import DEFAULT_SCHEMA, Project, Use
from analyzer.model.catalog import Departed, Missing, Relation
from analyzer.model.facts import TypedRelation
from analyzer.model.finding import Edit, Finding, Fix, Prediction, Related, Severity, Suggestion
from analyzer.model.record import Record
from analyzer.model.request import Filter, Name, Request
from analyzer.model.span import Place
from analyzer.postgrest.plan import Node
from analyzer.rule import Rule, column_is_missing, departed_column, is_put_aside, listed


class _Asked(Record, frozen=True):
    """A column that a call asks of a relation, and what it does with it."""

    relation: Relation
    name: Name
    doing: str
    answer: str = "42703"
    shown: bool = False


def check(project: Project) -> Iterator[Finding]:
    """A finding for each column, and for each embed that a filter or order needs, on the name."""
    for use in project.uses:
        request = use.reference.request
        if request is not None and use.alone:
            plans = tuple(project.plans(use))
            yield from _columns(project, use, request, plans)
            yield from _embeds(use, request, plans)
            yield from _by_types(project, use, request)


def _columns(project: Project, use: Use, request: Request, plans: tuple[Node, ...]) -> Iterator[Finding]:
    # Nearly all are there, and are not looked at any further.
    names = (each for each in _asked(project.rows(use), plans, request) if each.relation.column(each.name.text) is None)
    asked = {(each.relation.oid, each.name.span, each.name.text): each for each in names}
    for each in asked.values():
        if column_is_missing(project, each.relation, each.name.text, written=each.answer == "PGRST204"):
            yield _finding(project, use, each)


def _asked(root: Relation | None, plans: tuple[Node, ...], request: Request) -> Iterator[_Asked]:
    for node in (node for plan in plans for node in plan.walk()):
        if node.relation is not None:
            for field in node.selection.fields:
                if field.name is not None and field.name.text not in ("*", "count"):
                    # The rows have the column under its name, and the code goes on with that.
                    shown = not (field.alias or field.json or field.aggregate)
                    yield _Asked(node.relation, field.name, "select", shown=shown)
    yield from _conditions(root, plans, request)
    if root is not None:
        yield from _written(root, request)


def _conditions(root: Relation | None, plans: tuple[Node, ...], request: Request) -> Iterator[_Asked]:
    first = next(iter(plans), None)
    for each in request.filters:
        relation = root if not each.path else _relation(first.descend(each.path)) if first is not None else None
        if relation is not None and not _asks_for_rows(each, plans):
            yield _Asked(relation, each.column, "filter")
    for order in request.orders:
        relation = root if not order.path else _relation(first.sorted_by(order)) if first is not None else None
        if relation is not None:
            yield _Asked(relation, order.column, "order")


def _asks_for_rows(asked: Filter, plans: tuple[Node, ...]) -> bool:
    """True for `.not('embed', 'is', null)`: whether there are rows of it."""
    nodes = (plan.descend(asked.path) for plan in plans)
    return any(isinstance(node, Node) and node.shown_as(asked.column.text) is not None for node in nodes)


def _relation(found: Node | Name) -> Relation | None:
    return found.relation if isinstance(found, Node) else None


def _written(relation: Relation, request: Request) -> Iterator[_Asked]:
    if request.payload is not None:
        for row in request.payload.rows:
            names = (entry.name for entry in row.entries if not entry.absent)
            yield from (_Asked(relation, name, "write", "PGRST204") for name in names)
        yield from (_Asked(relation, name, "write", "PGRST204") for name in request.payload.columns or ())
    yield from (_Asked(relation, name, "onConflict") for name in request.conflict or ())


def _finding(project: Project, use: Use, asked: _Asked) -> Finding:
    relation, name = asked.relation, asked.name.text
    table = project.catalog.qualified(relation)
    gone = departed_column(project, relation, name)
    now = _now(relation, gone)
    related = [Related(gone.place, f"{gone.how} here")] if gone is not None else []
    if gone is None and relation.place is not None:
        related = [Related(relation.place, f"`{table}` is created here"), *_elsewhere(project, relation, name)]
    told = f": a migration {gone.how} it" + (f" to `{now}`" if now else "") if gone is not None else ""
    by_hand = gone is None and (project.made_elsewhere("table") or _needed(project, relation, name))
    return Finding(
        "FC103",
        Severity.ERROR,
        f"`{table}` has no column `{name}`{told}, so this {asked.doing} fails",
        f"{table}.{name}",
        Place(use.path, asked.name.span),
        f"Use `{now}`." if now else f"`{table}` has {listed(column.name for column in relation.columns)}.",
        "medium" if by_hand else "high",
        Prediction(asked.answer),
        tuple(related),
        (Suggestion("did-you-mean", now, 1.0, ("renamed in the history",)),) if now else (),
        _fix(use, asked, now),
    )


def _needed(project: Project, relation: Relation, name: str) -> bool:
    return project.wanted(project.catalog.schema_of(relation), relation.name, name)


def _elsewhere(project: Project, relation: Relation, name: str) -> Iterator[Related]:
    """Where the column stands in a CREATE TABLE IF NOT EXISTS that did nothing, or in a file that is passed over."""
    for hidden in project.replay.hidden:
        if hidden.relation == relation.oid and any(column == name for column, _ in hidden.columns):
            yield Related(hidden.place, f"this names `{name}`, and does nothing: the table is there already")
    missing = Missing("column", project.catalog.schema_of(relation), relation.name, name)
    skipped = project.schema.skipped_creation(missing)
    if skipped is not None:
        yield Related(skipped.place, f"`{name}` stands here, in a file that is never applied")


def _now(relation: Relation, gone: Departed | None) -> str | None:
    column = relation.numbered(gone.column) if gone is not None and gone.column is not None else None
    return column.name if column is not None else None


def _fix(use: Use, asked: _Asked, now: str | None) -> Fix | None:
    """The new name; what the code makes of the rows, and the variable whose name the key was, stay as they are."""
    name = asked.name
    plain = name.via in ("literal", "cast") and name.span.end - name.span.start == len(name.text.encode())
    if now is None or not plain:
        return None
    text = f"{name.text}:{now}" if asked.shown else f"{now}: {name.text}" if name.shorthand else now
    return Fix(f"Use `{now}`", (Edit(Place(use.path, name.span), text),), safe=not is_put_aside(now))


# --- what only generated types know -----------------------------------------------------------------------------------


def _by_types(project: Project, use: Use, request: Request) -> Iterator[Finding]:
    schema, table = use.schema or DEFAULT_SCHEMA, use.name.text
    typed = project.schema.typed_alone(schema, table) if _only_typed(project, use) else None
    if typed is None:
        return
    place, listing = typed
    relation = Relation(0, 0, table, "table", place=place)
    plans = tuple(Node(relation, selection) for selection in request.selections)
    asked = {(each.name.span, each.name.text): each for each in _asked(relation, plans, request)}
    for each in asked.values():
        if not project.schema.hinted(Missing("column", schema, table, each.name.text)):
            yield _finding_by_types(use, each, listing)


def _only_typed(project: Project, use: Use) -> bool:
    unmade = use.relation is None or (use.relation.open and use.relation.place is None)
    asked = use.reference.kind == "table" and use.certain and not use.test
    return asked and unmade and not project.catalog.history("relation", use.schema or DEFAULT_SCHEMA, use.name.text)


def _finding_by_types(use: Use, asked: _Asked, listing: TypedRelation) -> Finding:
    name = asked.name.text
    related = (Related(asked.relation.place, f"`{use.qualified}` is listed here"),) if asked.relation.place else ()
    return Finding(
        "FC103",
        Severity.WARNING,
        f"the generated types, which alone know `{use.qualified}`, list no column `{name}`: if they are not stale,"
        f" this {asked.doing} fails",
        f"{use.qualified}.{name}",
        Place(use.path, asked.name.span),
        f"Generate the types anew. They list {listed(sorted(listing.columns))}.",
        "medium",
        Prediction(asked.answer),
        related,
    )


# --- what is not embedded ---------------------------------------------------------------------------------------------


def _embeds(use: Use, request: Request, plans: tuple[Node, ...]) -> Iterator[Finding]:
    if len(plans) != 1 or request.open or request.gap("select"):
        return
    filtered = (plans[0].descend(each.path) for each in request.filters)
    for missing in (*filtered, *(plans[0].sorted_by(each) for each in request.orders)):
        if isinstance(missing, Name):
            yield _not_embedded(use, missing)


def _not_embedded(use: Use, name: Name) -> Finding:
    return Finding(
        "FC103",
        Severity.ERROR,
        f"`{name.text}` is not embedded in the select list, so it cannot be filtered or sorted by",
        f"{use.qualified}.{name.text}",
        Place(use.path, name.span),
        f"Add `{name.text}!inner(…)` or `{name.text}(…)` to the select list.",
        "high",
        Prediction("PGRST108"),
    )


RULE = Rule("FC103", "missing-column", Severity.ERROR, "a call names a column that the table does not have", check)
