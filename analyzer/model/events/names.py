"""Renamed, moved and dropped, whatever it is."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref, TypeRef
from analyzer.model.record import Record, Variant

ObjectKind = Literal[
    "relation",
    "table",
    "foreign table",
    "view",
    "materialized view",
    "index",
    "sequence",
    "type",
    "domain",
    "schema",
    "function",
    "procedure",
    "routine",
    "aggregate",
    "policy",
    "trigger",
    "rule",
    "constraint",
    "column",
    "attribute",
    "enum value",
    "extension",
    "publication",
    "event trigger",
]


class Rename(Variant, frozen=True):
    """ALTER … RENAME: of an object, or with ``part`` of what belongs to it (its column, constraint, policy, trigger, label).

    ``kind`` is the kind of what gets the new name, and ``target`` the object, or what owns the part. ``args`` are a routine's.
    """

    kind: ObjectKind
    target: Ref
    new_name: str
    part: str | None = None
    if_exists: bool = False
    args: tuple[TypeRef, ...] | None = None


class SetSchema(Variant, frozen=True):
    """ALTER … SET SCHEMA."""

    kind: ObjectKind
    target: Ref
    schema: str
    if_exists: bool = False
    args: tuple[TypeRef, ...] | None = None


class DropTarget(Record, frozen=True):
    """One object of a DROP; ``on`` is the table of a policy, trigger or rule, ``args`` a routine's (None: not given)."""

    name: Ref
    on: Ref | None = None
    args: tuple[TypeRef, ...] | None = None


class Drop(Variant, frozen=True):
    """DROP of one or more objects of a kind."""

    kind: ObjectKind
    targets: tuple[DropTarget, ...]
    if_exists: bool = False
    cascade: bool = False
