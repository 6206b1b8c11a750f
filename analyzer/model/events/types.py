"""Types of the user: enums, composites, domains."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref, TypeRef
from analyzer.model.events.tables import AddColumn, AlterColumn, ColumnDef, ConstraintDef, DropColumn
from analyzer.model.record import Variant


class CreateType(Variant, frozen=True):
    """CREATE TYPE or DOMAIN. ``labels`` for an enum, ``attributes`` for a composite, ``base`` and ``checks`` for a domain."""

    type: Ref
    kind: Literal["enum", "composite", "domain", "range", "base", "shell"]
    labels: tuple[str, ...] = ()
    attributes: tuple[ColumnDef, ...] = ()
    base: TypeRef | None = None
    checks: tuple[ConstraintDef, ...] = ()


class AlterType(Variant, frozen=True):
    """ALTER TYPE … ADD, DROP or ALTER ATTRIBUTE of a composite type."""

    type: Ref
    actions: tuple[AddColumn | DropColumn | AlterColumn, ...]


class AlterDomain(Variant, frozen=True):
    """ALTER DOMAIN … ADD, DROP, RENAME or VALIDATE CONSTRAINT; ``adds`` has the new one, ``name`` the one that is there."""

    type: Ref
    action: Literal["add", "drop", "rename", "validate"]
    name: str = ""
    adds: ConstraintDef | None = None
    new_name: str = ""
    if_exists: bool = False


class AddEnumValue(Variant, frozen=True):
    """ALTER TYPE … ADD VALUE; ``beside`` is the label that BEFORE or AFTER names."""

    type: Ref
    label: str
    if_not_exists: bool = False
    before: bool = False
    beside: str | None = None
