"""Which rows the tables surely hold, as far as the migrations write them out: what a row can't join is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analyzer.model.catalog import Column, Constraint, Relation
from analyzer.model.events import DEFAULT, NULL, Conflict, Constant, Lookup, Need, Ref, Value, Variable
from analyzer.model.span import Span
from analyzer.sql.allowed import allowed_texts
from analyzer.sql.assigning import refuse_value
from analyzer.sql.inheritance import children
from analyzer.sql.state import Refusal, State
from analyzer.sql.writing import set_off, written_by

Row = Mapping[int, Value]  # by the number of the column; one that is not there can't be told
Rows = tuple[tuple[Row, bool], ...]  # each with whether it is surely there
_FRESH: Value = Variable("")  # a value that no other row has
_FILLING = frozenset(("insert", "copy", "merge"))
_MOVING = frozenset(("insert", "update", "copy", "merge", "select", "perform", "call"))
# They run what is not seen: what there is then can't be told.
_ANYTHING = frozenset(("call", "execute", "explain", "set replica"))
_SHAPING = frozenset(("table", "trigger", "rule"))
_RANDOM = re.compile(r"\b(?:gen_random_uuid|uuid_generate_v[147]|uuidv[47])\s*\(", re.IGNORECASE)
_COMPARED = frozenset(("uuid", "text", "character varying", "integer", "bigint", "smallint"))


def keep_contents(state: State, event: Need) -> None:
    """Follow what a statement does to the rows. 23502, 23503, 23505 and 22P02 for a row that certainly can't be put."""
    if event.kind in _ANYTHING:
        lose_contents(state)
    _doubt_tables(state, written_by(state, event.calls))
    if event.kind == "with" and not event.then:
        lose_contents(state)
    for ref in event.relations if event.kind in (*_FILLING, "update", "delete") else ():
        relation = state.need_relation(ref, in_query=True)
        if event.kind in ("update", "delete"):
            _doubt_tables(state, set_off(state, relation, event.kind))
        if event.kind == "update":
            _change(state, relation, event)
        elif event.kind == "delete":
            _keep(state, relation, tuple((row, False) for row, _ in state.filled.get(relation.oid) or ()))
        else:
            _put(state, relation, event)


def lose_contents(state: State) -> None:
    """From here on any table may hold rows."""
    if not state.filled_unknown:
        state.filled_unknown = True
        state.journal.on_undo(lambda: setattr(state, "filled_unknown", False))


def _doubt_tables(state: State, names: frozenset[str] | None) -> None:
    """These tables may hold any rows; all of them where it can't be told which."""
    if names is None:
        lose_contents(state)
        return
    for relation in [each for each in state.catalog.relations.values() if each.name in names] if names else ():
        state.journal.put(state.filled, relation.oid, None)


def doubt_words(state: State, words: frozenset[str]) -> None:
    """Follow a statement that was not understood, and says this."""
    if not words.isdisjoint(_MOVING):
        lose_contents(state)


def doubt_contents(state: State, event: Need) -> None:
    """Follow a statement that was perhaps not run: the tables that it writes to may hold any rows."""
    for then in event.then:
        doubt_contents(state, then)
    for ref in event.relations if event.kind not in ("select", "comment") else ():
        relation = state.find_relation(ref)
        if isinstance(relation, Relation):
            state.journal.put(state.filled, relation.oid, None)
            _doubt_tables(state, set_off(state, relation, "insert", "update", "delete"))


def _keep(state: State, relation: Relation, rows: Rows | None) -> None:
    if relation.oid in state.filled and state.filled[relation.oid] is not None:
        state.journal.put(state.filled, relation.oid, rows)


def _change(state: State, relation: Relation, event: Need) -> None:
    """UPDATE: what it sets is not known any more."""
    columns = [relation.column(target.name.name) for _, target in event.objects]
    if not _may_differ(state, relation):
        for column, value in zip(columns, *(event.rows or ()), strict=False):
            if column is not None:
                refuse_value(state, column, value, event.relations[0].span)
    numbers = {column.number for column in columns if column is not None}
    rows = state.filled.get(relation.oid) or ()
    _keep(state, relation, tuple(({**row, **dict.fromkeys(numbers)}, sure) for row, sure in rows))


def _put(state: State, relation: Relation, event: Need) -> None:
    _refuse_count(state, relation, event)
    _refuse_given(state, relation, event)
    rows = _rows(state, relation, event)
    if rows is not None and _plain(state, relation) and not event.some:
        _refuse(state, relation, event, rows)
    if rows == ():
        return
    before = state.filled.get(relation.oid, ())
    sure = event.conflict is None and not event.some
    known = None if rows is None or before is None else (*before, *((_stored(relation, row), sure) for row in rows))
    if any(each.timing == "before" and "insert" in each.events for each in relation.triggers):
        known = None
    state.journal.put(state.filled, relation.oid, known)
    commands = ("insert",) if event.conflict is None else ("insert", "update")
    _doubt_tables(state, set_off(state, relation, *commands))


def _rows(state: State, relation: Relation, event: Need) -> tuple[Row, ...] | None:
    """The rows that are put, by column; None when they can't be told."""
    if event.kind != "insert":
        return None
    if event.rows is None:
        return () if any(_selects_nothing(state, event)) else None
    if relation.open:
        return None
    names = [target.name.name for _, target in event.objects]
    columns = [relation.column(name) for name in names] if names else list(relation.columns)
    numbers = [column.number if column is not None else 0 for column in columns]
    return tuple(
        {column.number: DEFAULT for column in relation.columns}
        | dict(zip(numbers, (_seen(state, value) for value in row), strict=False))
        for row in event.rows
    )


def _stored(relation: Relation, row: Row) -> Row:
    """The row as it is in the table: with the values that its columns have by default."""
    return {column.number: _with_default(column, row.get(column.number)) for column in relation.columns}


def _with_default(column: Column, value: Value) -> Value:
    if value != DEFAULT:
        return value
    if column.default is not None and _RANDOM.search(column.default):
        return _FRESH
    own = column.default is None and column.identity is None and column.generated is None
    return NULL if own and column.type.oid is None else None


def _selects_nothing(state: State, event: Need) -> Iterator[bool]:
    """Whether INSERT … SELECT reads from one table alone, which has no row."""
    for query in event.reads:
        for inner in query.inner[:1]:
            if inner.simple and not query.tables and inner.sources[0].relation is not None:
                name = inner.sources[0].relation
                yield not _may_hold(state, Lookup(Ref(name.schema, name.name, name.span)))


def assign(state: State, names: Sequence[str], value: Value) -> None:
    """Set variables of the block that runs."""
    seen = _seen(state, value) if state.followed else None
    state.variables.update(dict.fromkeys(names, seen))


def is_there(state: State, value: Value) -> bool | None:
    """Whether the value is not NULL; None when it can't be told."""
    seen = _seen(state, value)
    return None if seen is None else seen != NULL


def _seen(state: State, value: Value) -> Value:
    """A look-up that finds nothing is NULL; one that may find something is not known."""
    if isinstance(value, Lookup):
        return None if _may_hold(state, value) else NULL
    if isinstance(value, Variable):
        return state.variables.get(value.name)
    return value if isinstance(value, Constant) or value in (NULL, DEFAULT) else None


def _may_hold(state: State, lookup: Lookup) -> bool:
    """Whether the table may have a row with these values."""
    relation = state.find_relation(lookup.table)
    if not isinstance(relation, Relation) or not _is_known(state, relation):
        return True
    rows = state.filled.get(relation.oid, ())
    if rows is None:
        return True
    wanted = [(column, Constant(text)) for name, text in lookup.conditions if (column := relation.column(name))]
    return any(all(_may_equal(column, row.get(column.number), value) for column, value in wanted) for row, _ in rows)


# --- what is refused --------------------------------------------------------------------------------------------------


def _plain(state: State, relation: Relation) -> bool:
    """A table into which a row goes as it is written."""
    before = any(each.timing == "before" and "insert" in each.events for each in relation.triggers)
    plain = relation.kind == "table" and not before and not relation.rules and not relation.open
    return plain and not _may_differ(state, relation)


def _may_differ(state: State, relation: Relation) -> bool:
    """Whether a statement that was not understood may have given the table a trigger or a rule, or changed its columns."""
    return any(
        (relation.name in each.words or each.dynamic) and not _SHAPING.isdisjoint(each.words) for each in state.unread
    )


def _refuse(state: State, relation: Relation, event: Need, rows: Sequence[Row]) -> None:
    at = event.relations[0].span
    for row in rows:
        _refuse_malformed(state, relation, row, at)
    stored = [_stored(relation, row) for row in rows]
    for number, row in enumerate(stored):
        _refuse_null(relation, row, at)
        _refuse_unlisted(state, relation, row, at)
        if event.conflict is None:
            _refuse_repeated(state, relation, row, stored[:number], at)
    for number, row in enumerate(stored):
        if event.conflict is None or _is_new(state, relation, event.conflict, row, stored[:number]):
            _refuse_orphan(state, relation, row, stored, at)


def _is_new(state: State, relation: Relation, conflict: Conflict, row: Row, others: Sequence[Row]) -> bool:
    """Whether the row surely meets no other with which ON CONFLICT would have it give way."""
    there = state.filled.get(relation.oid, ())
    if not _is_known(state, relation) or there is None:
        return False
    columns = [column for column in relation.columns if column.name in (conflict.columns or ())]
    return all(
        any(not _may_equal(column, each.get(column.number), row.get(column.number)) for column in columns)
        for each in (*(each for each, _ in there), *others)
    )


def _refuse_count(state: State, relation: Relation, event: Need) -> None:
    """42601 for a row with more values than columns, or with less than are named."""
    if event.kind != "insert" or relation.open or event.some or _may_differ(state, relation):
        return
    named, most = len(event.objects), len(event.objects) or len(relation.columns)
    for row in event.rows or ():
        if len(row) > most:
            raise Refusal("42601", "INSERT has more expressions than target columns", event.relations[0].span)
        if row and len(row) < named:
            raise Refusal("42601", "INSERT has more target columns than expressions", event.relations[0].span)


def _refuse_malformed(state: State, relation: Relation, row: Row, at: Span) -> None:
    """42804, 22P02 and 22007 for what is no value of the column's type."""
    for column in relation.columns:
        refuse_value(state, column, row.get(column.number), at)


def _refuse_null(relation: Relation, row: Row, at: Span) -> None:
    for column in relation.columns:
        if not column.nullable and row[column.number] == NULL and column.type.name != "unknown":
            message = f'null value in column "{column.name}" of relation "{relation.name}" violates not-null constraint'
            raise Refusal("23502", message, at)


def _refuse_unlisted(state: State, relation: Relation, row: Row, at: Span) -> None:
    """23514 for a text that a CHECK does not list."""
    for check in relation.constraints:
        listed = allowed_texts(check.expression or "") if check.kind == "check" else None
        column = relation.column(listed[0]) if listed is not None else None
        if listed is None or column is None or column.type.oid is not None or column.type.dimensions:
            continue
        value = row.get(column.number)
        if not isinstance(value, Constant) or column.type.name not in ("text", "character varying"):
            continue
        if value.text not in listed[1] and not state.may_be_gone(check.name, relation.name):
            message = f'new row for relation "{relation.name}" violates check constraint "{check.name}"'
            raise Refusal("23514", message, at)


def _refuse_given(state: State, relation: Relation, event: Need) -> None:
    """428C9 for a value of a column that is generated."""
    if event.kind != "insert" or relation.open or state.explained(relation.name, "generated"):
        return
    for place, (_, target) in enumerate(event.objects):
        column = relation.column(target.name.name)
        if column is None or column.generated is None or column.generated == "":
            continue
        if event.rows is None or event.some or any(row[place] != DEFAULT for row in event.rows if place < len(row)):
            message = f'cannot insert a non-DEFAULT value into column "{column.name}"'
            raise Refusal("428C9", message, target.name.span)


def _refuse_repeated(state: State, relation: Relation, row: Row, others: Sequence[Row], at: Span) -> None:
    known = () if state.filled_unknown else state.filled.get(relation.oid) or ()
    there = [each for each, sure in known if sure] + list(others)
    for key in relation.constraints:
        columns = [column for column in relation.columns if column.number in key.columns]
        if key.kind in ("primary key", "unique") and columns and not state.may_be_gone(key.name, relation.name):
            for each in there:
                if all(_equal(column, row.get(column.number), each.get(column.number)) for column in columns):
                    message = f'duplicate key value violates unique constraint "{key.name}"'
                    raise Refusal("23505", message, at)


def _refuse_orphan(state: State, relation: Relation, row: Row, rows: Sequence[Row], at: Span) -> None:
    for key in relation.constraints:
        values = [row.get(number or 0) for number in key.columns]
        if key.kind != "foreign key" or not values or not all(isinstance(value, Constant) for value in values):
            continue
        if not _may_refer(state, relation, key, values, rows):
            message = f'insert or update on table "{relation.name}" violates foreign key constraint "{key.name}"'
            raise Refusal("23503", message, at)


def _may_refer(state: State, relation: Relation, key: Constraint, values: Sequence[Value], rows: Sequence[Row]) -> bool:
    target = state.catalog.relations.get(key.target or 0)
    if target is None or not _is_known(state, target):
        return True
    there = state.filled.get(target.oid, ())
    if there is None:
        return True
    candidates = [each for each, _ in there] + (list(rows) if target.oid == relation.oid else [])
    columns = [column for number in key.target_columns for column in target.columns if column.number == number]
    if len(columns) != len(values):
        return bool(candidates)
    pairs = list(zip(columns, values, strict=True))
    return any(
        all(_may_equal(column, each.get(column.number), value) for column, value in pairs) for each in candidates
    )


def _is_known(state: State, relation: Relation) -> bool:
    """True when all rows of the table are those that are kept. A fresh Supabase database has no users."""
    if state.filled_unknown or relation.kind != "table" or children(state, relation):
        return False
    users = relation.managed and (state.catalog.schema_of(relation), relation.name) == ("auth", "users")
    return users or (not relation.managed and relation.place is not None and not relation.open)


# --- values -----------------------------------------------------------------------------------------------------------


def _may_equal(column: Column, there: Value, wanted: Value) -> bool:
    """Whether the value that a row has in the column may be the wanted one."""
    if NULL in (there, wanted) or _FRESH in (there, wanted):
        return False
    if isinstance(there, Constant) and isinstance(wanted, Constant):
        return _equal(column, there, wanted) or not _is_compared(column)
    return True


def _equal(column: Column, one: Value, other: Value) -> bool:
    """Whether the two are surely the same value of the column."""
    if not isinstance(one, Constant) or not isinstance(other, Constant) or not _is_compared(column):
        return False
    if column.type.name == "uuid":
        return _digits(one.text) == _digits(other.text)
    if column.type.name in ("integer", "bigint", "smallint"):
        return one.text.strip().lstrip("+") == other.text.strip().lstrip("+")
    return one.text == other.text


def _digits(uuid: str) -> str:
    return uuid.strip("{} ").replace("-", "").lower()


def _is_compared(column: Column) -> bool:
    return column.type.oid is None and not column.type.dimensions and column.type.name in _COMPARED
