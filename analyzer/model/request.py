"""What a call to PostgREST says beyond the name it asks for: columns, embeds, filters, rows and arguments.

Every name has its own span: that of its characters where the code spells them at this place, else that of the expression
given. Names are as PostgREST takes them: case counts, and quotes within a select string are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from analyzer.model.record import Record
from analyzer.model.span import Span

Via = Literal["literal", "cast", "constant", "import", "conditional", "union", "loop", "member", "parameter"]
Aspect = Literal["select", "filter", "order", "payload", "arguments", "columns", "conflict"]
Access = Literal["browser", "server", "service"]
# What an expression makes, as far as its form shows: ``user`` is the id of whoever is signed in.
Shape = Literal["", "text", "texts", "whole", "big", "number", "boolean", "moment", "uuid", "user", "object"]


class Name(Record, frozen=True):
    """A name that is known: its text, where it is written at the call (quotes not included), and how it was found out.

    ``shorthand`` where it is a key that is its value's name as well: ``{ body }``.
    """

    text: str
    span: Span
    via: Via = "literal"
    shorthand: bool = False


class Constant(Record, frozen=True):
    """A value written in the code; ``text`` is what JSON sends for it, unquoted: ``paid``, ``3``, ``true``, ``null``."""

    text: str
    sort: Literal["string", "number", "boolean", "null"]
    span: Span


class Field(Record, frozen=True):
    """One item of a select list. ``name`` is ``*`` for all columns; it is None for ``count()`` alone.

    ``json`` is True when a path into the column follows, so that nothing but the column itself is known. ``cast`` is the
    last one, of the aggregate where there is one.
    """

    name: Name | None
    alias: str | None = None
    json: bool = False
    cast: str | None = None
    aggregate: str | None = None


class Embed(Record, frozen=True):
    """Rows of another relation within the row: ``alias:target!hint!inner(…)``; ``spread`` for ``...target(…)``."""

    target: Name
    selection: Selection
    alias: str | None = None
    hint: Name | None = None
    join: Literal["inner", "left"] | None = None
    spread: bool = False

    @property
    def key(self) -> str:
        """The name by which filters and orders speak of it."""
        return self.alias or self.target.text


class Selection(Record, frozen=True):
    """A select list, in order. Empty ``fields`` and ``embeds`` are what ``rel()`` says: nothing of it."""

    fields: tuple[Field, ...] = ()
    embeds: tuple[Embed, ...] = ()


class Filter(Record, frozen=True):
    """A condition on a column. ``path`` leads through embeds by their keys: ``a.b.name`` has the path ``a``, ``b``.

    ``operator`` is PostgREST's: ``eq``, ``in``, ``cs``; ``unknown`` where the code does not say. ``values`` are the literals
    that it compares with, or each of several that it may; empty where they are not known. ``negated`` for ``not``. A column
    compared by ``is`` may be an embed's name: ``.not('rel', 'is', null)`` asks that there is a row.
    A filter of ``or()`` and ``and()`` is listed like any other, with ``alternative`` True.
    """

    column: Name
    operator: str
    path: tuple[Name, ...] = ()
    values: tuple[Constant, ...] = ()
    json: bool = False
    negated: bool = False
    alternative: bool = False


class Order(Record, frozen=True):
    """A column that rows are sorted by; ``path`` as of a filter. ``related`` for ``order('rel(column)')``."""

    column: Name
    path: tuple[Name, ...] = ()
    json: bool = False
    related: bool = False


class Entry(Record, frozen=True):
    """One key of an object, with its value where that is a literal, and else with what it makes.

    ``absent`` when it is surely ``undefined``, ``maybe`` when it is there only under a condition. The client names the keys
    of all rows of a list as its columns, those that are ``undefined`` too. A name that another file gives has the place of
    the expression that brings it.
    """

    name: Name
    value: Constant | None = None
    absent: bool = False
    maybe: bool = False
    shape: Shape = ""


class Row(Record, frozen=True):
    """An object that is sent. ``complete`` is False when it may hold more keys than these."""

    entries: tuple[Entry, ...] = ()
    complete: bool = True
    span: Span | None = None

    def names(self) -> frozenset[str]:
        """The keys that are surely there."""
        return frozenset(entry.name.text for entry in self.entries if not (entry.absent or entry.maybe))


class Payload(Record, frozen=True):
    """What an insert, update or upsert sends. ``complete`` is False when there may be rows that are not listed.

    ``many`` for an array: PostgREST then takes the union of all keys. ``columns`` is the option of that name. ``nulls`` is
    False for ``defaultToNull: false``.
    """

    rows: tuple[Row, ...] = ()
    complete: bool = True
    many: bool = False
    columns: tuple[Name, ...] | None = None
    nulls: bool = True


class Malformed(Record, frozen=True):
    """A static string that PostgREST can't parse; ``span`` is where it stops making sense."""

    aspect: Aspect
    span: Span
    text: str
    reason: str


class Gap(Record, frozen=True):
    """A part of the request that could not be known, with the reason; it is counted and shown."""

    aspect: Aspect
    span: Span
    reason: str


class Request(Record, frozen=True):
    """All that hangs on one call.

    ``selections`` holds one select list, or each of several that the call may take, and a filter may belong to any of them;
    none when the call selects nothing (a write without ``select``). ``select()`` is a selection of ``*``. ``arguments`` is
    what an ``rpc`` gives: None when it gives nothing that is known, an empty complete row for ``rpc('f')``. ``conflict`` is
    the option ``onConflict``. ``modifiers`` are further methods and options by name: ``single``, ``csv``, ``head``,
    ``count``, ``get``. A part that is named in ``gaps`` may hold more than is listed; ``open`` is True when the query goes
    on where it could not be followed.
    """

    selections: tuple[Selection, ...] = ()
    filters: tuple[Filter, ...] = ()
    orders: tuple[Order, ...] = ()
    payload: Payload | None = None
    arguments: Row | None = None
    conflict: tuple[Name, ...] | None = None
    modifiers: frozenset[str] = frozenset()
    malformed: tuple[Malformed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    open: bool = False

    def gap(self, aspect: Aspect) -> bool:
        """True when this part may hold more than is listed."""
        return any(each.aspect == aspect for each in self.gaps)


def embeds(selection: Selection) -> Iterator[Embed]:
    """Every embed of a selection, the outer before the inner."""
    for embed in selection.embeds:
        yield embed
        yield from embeds(embed.selection)
