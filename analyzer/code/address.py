"""What the address of a request to PostgREST asks: `/rest/v1/deals?select=id&status=eq.paid&order=id`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from analyzer.code import conditions
from analyzer.code.cursor import Cursor
from analyzer.code.request import RequestReader
from analyzer.code.select import read_selection
from analyzer.code.wording import HOLE, Wording
from analyzer.model.facts import Name
from analyzer.model.request import Aspect, Field, Filter, Gap, Payload, Request, Selection

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.value import Values

PATH = re.compile(r"(?P<before>[^*]*)/rest/v1/(?P<rpc>rpc/)?(?P<name>[A-Za-z_]\w*)(?=[?#]|\Z)")
_PARAMETER = re.compile(r"([^=&#]+)=([^&#]*)")
_ASPECTS: tuple[Aspect, ...] = ("select", "filter", "order")
_PASSED_OVER = frozenset(("limit", "offset", "columns", "apikey"))


def request_at(values: Values, address: Wording, start: int, body: Node | None, *, writes: bool) -> Request:
    """What the parameters from ``start`` on ask, and what the body sends. One that is escaped is a gap."""
    reader = RequestReader(values)
    for found in _PARAMETER.finditer(address.text, start):
        key, value = (address.kept(range(*found.span(part))) for part in (1, 2))
        key = key.kept(range(len(key.text) - len(key.text.lstrip("?")), len(key.text)))
        _parameter(reader, key, value)
    if HOLE in _PARAMETER.sub("", address.text[start:]):
        reader.gaps += [Gap(each, address.span, "text with a part that is not known") for each in _ASPECTS]
    if not writes and not reader.selections and not reader.gap("select"):
        reader.selections.append(Selection((Field(Name("*", address.span)),)))
    if writes:
        rows = reader.rows("payload", body) if body is not None else None
        reader.payload = Payload(tuple(rows.rows), rows.complete, rows.many) if rows is not None else None
    return reader.request()


def _parameter(reader: RequestReader, key: Wording, value: Wording) -> None:
    word = key.text.rpartition(".")[2]
    aspect: Aspect = "select" if word == "select" else "order" if word == "order" else "filter"
    if "%" in key.text + value.text or "+" in value.text or HOLE in key.text:
        reader.gaps.append(
            Gap(aspect, value.span, "address with escapes" if HOLE not in key.text else "key that is not known")
        )
    elif key.text == "select":
        found = reader.read("select", value, read_selection)
        reader.selections += [found] if found is not None else []
    elif key.text == "on_conflict":
        reader.conflict = reader.read("conflict", value, conditions.read_names)
    elif word in ("order", "and", "or"):
        _nested(reader, key, value, word)
    elif word not in _PASSED_OVER:
        _filter(reader, key, value)


def _nested(reader: RequestReader, key: Wording, value: Wording, word: str) -> None:
    """`order=…` and `or=(…)`, of an embed where names stand before them."""
    path: tuple[Name, ...] = ()
    if key.text != word:
        told = reader.read("filter", key.kept(range(len(key.text) - len(word) - 1)), conditions.read_path)
        if told is None:
            return
        path = tuple(name for name in told if name.text != "not")
    if word == "order":
        reader.orders += reader.read("order", value, partial(conditions.read_orders, path=path, sent=True)) or ()
        return
    inner = value.kept(range(1, len(value.text))) if value.text.startswith("(") else value
    found = reader.read("filter", inner, partial(conditions.read_logic, path=path))
    reader.filters += found.filters if found is not None else ()
    if found is not None and found.partial:
        reader.gaps.append(Gap("filter", value.span, "text with a part that is not known"))


def _filter(reader: RequestReader, key: Wording, value: Wording) -> None:
    target = reader.read("filter", key, conditions.read_target)
    told = reader.read("filter", value, lambda each: conditions.read_condition(Cursor(each), alone=True))
    if target is not None and told is not None:
        operator, negated, compared = told
        reader.filters.append(Filter(target.column, operator, target.path, compared, target.json, negated))
