"""From the calls that hang on a query to what it asks for: columns, filters, orders, rows, arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from analyzer.code import conditions
from analyzer.code.chain import Link
from analyzer.code.course import Course
from analyzer.code.cursor import Cursor, Refused
from analyzer.code.literals import constants, is_undefined
from analyzer.code.origin import Untold
from analyzer.code.payload import read_rows
from analyzer.code.rows import Rows, merged
from analyzer.code.script import span_of
from analyzer.code.select import read_selection
from analyzer.code.syntax import arguments, bare, field
from analyzer.code.wording import HOLE, Wording, wordings
from analyzer.model.facts import Name
from analyzer.model.request import (
    Aspect,
    Constant,
    Field,
    Filter,
    Gap,
    Malformed,
    Order,
    Payload,
    Request,
    Row,
    Selection,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

T = TypeVar("T")

# What the methods are to PostgREST.
_COMPARING = {
    **{each: each for each in ("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "is", "in")},
    "likeAllOf": "like",
    "likeAnyOf": "like",
    "ilikeAllOf": "ilike",
    "ilikeAnyOf": "ilike",
    "regexMatch": "match",
    "regexIMatch": "imatch",
    "isDistinct": "isdistinct",
    "contains": "cs",
    "containedBy": "cd",
    "overlaps": "ov",
    "rangeGt": "sr",
    "rangeGte": "nxl",
    "rangeLt": "sl",
    "rangeLte": "nxr",
    "rangeAdjacent": "adj",
    "textSearch": "fts",
    # Names of the first version.
    "cs": "cs",
    "cd": "cd",
    "ov": "ov",
    "sl": "sl",
    "sr": "sr",
    "nxl": "nxl",
    "nxr": "nxr",
    "adj": "adj",
    "fts": "fts",
    "plfts": "plfts",
    "phfts": "phfts",
    "wfts": "wfts",
}
# Several of these are given as a list, and each of them is compared with.
_LISTED = frozenset({"in", "contains", "containedBy", "overlaps", "likeAllOf", "likeAnyOf", "ilikeAllOf", "ilikeAnyOf"})
_MODIFIERS = frozenset(
    {"single", "maybeSingle", "csv", "geojson", "explain", "rollback", "limit", "range", "maxAffected"}
)
_DIFFERS = "differs from name to name"
_SWITCHES = ("head", "get", "count", "ignoreDuplicates")


def request_of(values: Values, course: Course, call: Node | None = None, *, several: bool = False) -> Request:
    """What the calls ask for; ``call`` is that of an ``rpc``, whose arguments and options are read as well.

    With ``several`` names, a part that differs from call to call is left out: which belongs to which name is not known.
    """
    reader = RequestReader(values, several)
    if call is not None:
        reader.options(arguments(call)[2:3])
        reader.argue(arguments(call)[1:2])
    for links in course.pieces:
        reader.piece(links)
    return reader.request(open_=course.open)


def columns_of(request: Request) -> tuple[Name, ...]:
    """Every column of the relation itself that the request names, each once, in the order of the source."""
    found: dict[str, Name] = {}
    for name in sorted(_columns(request), key=lambda name: name.span):
        found.setdefault(name.text, name)
    return tuple(found.values())


def _columns(request: Request) -> Iterator[Name]:
    for selection in request.selections:
        yield from (each.name for each in selection.fields if each.name is not None and each.name.text != "*")
    yield from (each.column for each in request.filters if not each.path)
    yield from (each.column for each in request.orders if not each.path)
    if request.payload is not None:
        yield from (entry.name for row in request.payload.rows for entry in row.entries)
        yield from request.payload.columns or ()
    yield from request.conflict or ()


class RequestReader:
    """Gathers what the parts of one request say, and what of them is not known."""

    def __init__(self, values: Values, several: bool = False) -> None:
        self.values = values
        self.several = several
        self.selections: list[Selection] = []
        self.filters: list[Filter] = []
        self.orders: list[Order] = []
        self.payload: Payload | None = None
        self.arguments: Row | None = None
        self.conflict: tuple[Name, ...] | None = None
        self.modifiers: set[str] = set()
        self.malformed: list[Malformed] = []
        self.gaps: list[Gap] = []

    def request(self, *, open_: bool = False) -> Request:
        """All of it."""
        return Request(
            tuple(self.selections),
            tuple(self.filters),
            tuple(self.orders),
            self.payload,
            self.arguments,
            self.conflict,
            frozenset(self.modifiers),
            tuple(dict.fromkeys(self.malformed)),
            tuple(dict.fromkeys(self.gaps)),
            open_,
        )

    def gap(self, aspect: Aspect) -> bool:
        """True when some of this part is not known."""
        return any(each.aspect == aspect for each in self.gaps)

    def piece(self, links: tuple[Link, ...]) -> None:
        """The calls of one expression."""
        selects = [link for link in links if link.name == "select"]
        for link in links:
            if link.call is None or (link.name == "select" and link is not selects[-1]):
                continue
            if link.name in _MODIFIERS:
                self.modifiers.add(link.name)
            if link.name in _COMPARING:
                self._compare(_COMPARING[link.name], arguments(link.call), listed=link.name in _LISTED)
            elif (read := _METHODS.get(link.name)) is not None:
                read(self, link.call, arguments(link.call))

    # --- methods ------------------------------------------------------------------------------------------------------

    def _select(self, call: Node, given: list[Node]) -> None:
        self.options(given[1:2])
        if not given or is_undefined(self.values, given[0]):
            self.selections.append(
                Selection((Field(Name("*", span_of(given[0] if given else field(call, "arguments") or call))),))
            )
            return
        for wording in self._wordings("select", given[0]):
            read = self.read("select", wording, read_selection)
            if read is not None and read not in self.selections:
                self.selections.append(read)

    def _compare(self, operator: str, given: list[Node], *, listed: bool, negated: bool = False) -> None:
        compared = constants(self.values, given[1], listed=listed) if len(given) > 1 else ()
        if self.several and len(compared) > 1 and bare(given[1]).type != "array":
            compared = ()
        self._condition(given, operator, compared, negated=negated)

    def _condition(
        self, given: list[Node], operator: str, compared: tuple[Constant, ...], *, negated: bool = False
    ) -> None:
        for target in self._targets(given):
            self.filters.append(Filter(target.column, operator, target.path, compared, target.json, negated))

    def _not_in(self, call: Node, given: list[Node]) -> None:
        self._compare("in", given, listed=True, negated=True)

    def _not_(self, call: Node, given: list[Node]) -> None:
        self._spelt_out(given, negated=True)

    def _filter(self, call: Node, given: list[Node]) -> None:
        self._spelt_out(given, negated=False)

    def _spelt_out(self, given: list[Node], *, negated: bool) -> None:
        """`.filter(column, operator, value)`, in which the value is as PostgREST reads it."""
        operator, inner = conditions.UNKNOWN, False
        compared: tuple[Constant, ...] = ()
        if len(given) > 2 and (said := self._one(given[1])) is not None:
            operator, inner, compared = self._parsed(said, given[1], given[2])
        self._condition(given, operator, compared, negated=negated or inner)

    def _parsed(self, operator: str, node: Node, value: Node) -> tuple[str, bool, tuple[Constant, ...]]:
        text = self._one(value)
        if text is None:
            literal = constants(self.values, value, listed=True)
            text = ",".join(each.text for each in literal) or HOLE
        whole = Wording(f"{operator}.{text}", (), (), span_of(node)).elsewhere(span_of(value), "literal")
        try:
            return conditions.read_condition(Cursor(whole), alone=True)
        except Refused as refused:
            if HOLE not in whole.text:
                at = node if refused.at < len(operator) else value
                self.malformed.append(Malformed("filter", span_of(at), whole.text, refused.reason))
        except Untold:
            pass
        return operator.removeprefix("not."), operator.startswith("not."), ()

    def _match(self, call: Node, given: list[Node]) -> None:
        rows = self.rows("filter", given[0]) if given else Rows()
        for entry in (entry for row in rows.rows for entry in row.entries):
            at = entry.name.span
            spelt = Wording(entry.name.text, (), (), at).elsewhere(at, entry.name.via)
            target = self.read("filter", spelt, conditions.read_target)
            if target is not None:
                compared = (entry.value,) if entry.value is not None else ()
                self.filters.append(Filter(target.column, "eq", target.path, compared, target.json))

    def _or_(self, call: Node, given: list[Node]) -> None:
        path = self._path(given[1:2], "filter")
        if path is None or not given:
            return
        for wording in self._wordings("filter", given[0]):
            read = self.read("filter", wording, partial(conditions.read_logic, path=path))
            if read is None:
                continue
            self.filters += [each for each in read.filters if each not in self.filters]
            if read.partial:
                self.gaps.append(Gap("filter", wording.span, "text with a part that is not known"))

    def _order(self, call: Node, given: list[Node]) -> None:
        path = self._path(given[1:2], "order")
        if path is None or not given:
            return
        for wording in self._wordings("order", given[0]):
            self.orders += self.read("order", wording, partial(conditions.read_orders, path=path)) or ()

    def _write(self, call: Node, given: list[Node]) -> None:
        self.options(given[1:2])
        for option in given[1:2]:
            self._conflict(option)
        rows = self.rows("payload", given[0]) if given else Rows(complete=False)
        known = self.payload or Payload()
        null = self._option(given[1], "defaultToNull") if len(given) > 1 else None
        self.payload = replace(
            known,
            rows=(*known.rows, *rows.rows),
            complete=known.complete and rows.complete,
            many=known.many or rows.many,
            nulls=known.nulls and (null is None or self.values.script.text(null) != "false"),
        )

    def _conflict(self, option: Node) -> None:
        value = self._option(option, "onConflict")
        found = self._wordings("conflict", value) if value is not None and not is_undefined(self.values, value) else ()
        if len(found) == 1:
            self.conflict = self.read("conflict", found[0], conditions.read_names)
        elif found and value is not None:
            self.gaps.append(Gap("conflict", span_of(value), "several values"))

    def argue(self, given: list[Node]) -> None:
        """The second argument of an `rpc`: an object of the function's arguments."""
        rows = self.rows("arguments", given[0]) if given else Rows()
        if rows.rows and not rows.many:
            row = merged(rows.rows)
            self.arguments = replace(row, complete=row.complete and rows.complete)
        elif rows.complete and not rows.many:
            self.arguments = Row()
        elif not self.gap("arguments"):
            self.gaps.append(Gap("arguments", span_of(given[0]), "list, which is no object"))

    def _delete(self, call: Node, given: list[Node]) -> None:
        self.options(given[:1])

    # --- parts --------------------------------------------------------------------------------------------------------

    def options(self, given: list[Node]) -> None:
        """The switches of an object of options that are surely on."""
        for holder in given[:1]:
            for name in _SWITCHES:
                value = self._option(holder, name)
                if value is not None and (self.values.script.text(value) == "true" or bare(value).type == "string"):
                    self.modifiers.add(name)

    def _option(self, holder: Node, name: str) -> Node | None:
        try:
            return self.values.entry(holder, name)
        except Untold:
            return None

    def _targets(self, given: list[Node]) -> Iterator[conditions.Target]:
        for wording in self._wordings("filter", given[0]) if given else ():
            target = self.read("filter", wording, conditions.read_target)
            if target is not None:
                yield target

    def _path(self, given: list[Node], aspect: Aspect) -> tuple[Name, ...] | None:
        """The embeds that the option `referencedTable` leads through; None when they cannot be known."""
        for holder in given[:1]:
            for key in ("referencedTable", "foreignTable"):
                try:
                    value = self.values.entry(holder, key)
                except Untold as untold:
                    self.gaps.append(Gap(aspect, span_of(holder), str(untold)))
                    return None
                if value is not None and not is_undefined(self.values, value):
                    found = self._wordings(aspect, value)
                    return self.read(aspect, found[0], conditions.read_path) if len(found) == 1 else None
        return ()

    def _one(self, node: Node) -> str | None:
        """The one text that the expression can be, with holes."""
        try:
            found = wordings(self.values, node)
        except Untold:
            return None
        return found[0].text if len(found) == 1 else None

    def _wordings(self, aspect: Aspect, node: Node) -> tuple[Wording, ...]:
        try:
            found = wordings(self.values, node)
        except Untold as untold:
            self.gaps.append(Gap(aspect, span_of(node), str(untold)))
            return ()
        if self.several and len({each.text for each in found}) > 1:
            self.gaps.append(Gap(aspect, span_of(node), _DIFFERS))
            return ()
        return found

    def rows(self, aspect: Aspect, node: Node) -> Rows:
        """The rows that an expression can be; what is not known of them is a gap."""
        rows, missing = read_rows(self.values, node, strict=aspect == "arguments")
        self.gaps += (Gap(aspect, each.span, each.reason) for each in missing)
        written = bare(node).type in ("object", "array")
        if self.several and not written and len(rows.rows) > 1:
            self.gaps.append(Gap(aspect, span_of(node), _DIFFERS))
            return Rows(complete=False, many=rows.many)
        if self.several and any(entry.maybe for row in rows.rows for entry in row.entries):
            self.gaps.append(Gap(aspect, span_of(node), _DIFFERS))
            rows.rows = [_sure(row) for row in rows.rows]
        return rows

    def read(self, aspect: Aspect, wording: Wording, read: Callable[[Wording], T]) -> T | None:
        """What the text says; what it does not say is a gap, and what PostgREST cannot parse is malformed."""
        found: T | None = None
        reason = "text with a part that is not known"
        try:
            found = read(wording)
        except Refused as refused:
            if wording.whole:
                self.malformed.append(Malformed(aspect, refused.span, wording.text, refused.reason))
                return None
        except Untold as untold:
            reason = str(untold)
        if found is None or (aspect == "select" and not wording.whole):
            self.gaps.append(Gap(aspect, wording.span, reason))
        return found


def _sure(row: Row) -> Row:
    """The row with the keys alone that are surely there."""
    kept = tuple(entry for entry in row.entries if not entry.maybe)
    return row if len(kept) == len(row.entries) else replace(row, entries=kept, complete=False)


_METHODS: dict[str, Callable[[RequestReader, Node, list[Node]], None]] = {
    "select": RequestReader._select,
    "notIn": RequestReader._not_in,
    "not": RequestReader._not_,
    "filter": RequestReader._filter,
    "match": RequestReader._match,
    "or": RequestReader._or_,
    "order": RequestReader._order,
    **dict.fromkeys(("insert", "update", "upsert"), RequestReader._write),
    "delete": RequestReader._delete,
}
