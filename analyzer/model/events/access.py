"""Policies, grants and roles."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref, Text
from analyzer.model.events.names import DropTarget
from analyzer.model.query import Query
from analyzer.model.record import Variant
from analyzer.model.span import Span

PolicyCommand = Literal["all", "select", "insert", "update", "delete"]


class CreatePolicy(Variant, frozen=True):
    """CREATE POLICY; no role list means ``public``. ``reads`` are its expressions, where they hold queries of their own."""

    name: str
    table: Ref
    span: Span
    command: PolicyCommand = "all"
    permissive: bool = True
    roles: tuple[str, ...] = ("public",)
    using: Text | None = None
    check: Text | None = None
    reads: tuple[Query, ...] = ()


class AlterPolicy(Variant, frozen=True):
    """ALTER POLICY; what is None stays."""

    name: str
    table: Ref
    span: Span
    roles: tuple[str, ...] | None = None
    using: Text | None = None
    check: Text | None = None
    reads: tuple[Query, ...] = ()


class Grant(Variant, frozen=True):
    """GRANT or REVOKE on relations, functions or schemas. ``everything_in`` is the schema of ALL … IN SCHEMA.

    ``privileges`` in lower case, ``("all",)`` for ALL; ``columns`` are those that each is given for, none for the whole
    table. ``default`` is True for ALTER DEFAULT PRIVILEGES, of what ``makers`` create from now on; ``option`` when only
    the right to pass it on is revoked.
    """

    revoke: bool
    kind: Literal["table", "function", "sequence", "schema", "type", "other"]
    privileges: tuple[str, ...]
    roles: tuple[str, ...]
    objects: tuple[DropTarget, ...] = ()
    everything_in: tuple[str, ...] = ()
    default: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    makers: tuple[str, ...] = ()
    option: bool = False


class ChangeRoles(Variant, frozen=True):
    """CREATE, DROP or RENAME of roles; ``new_name`` for a renamed one."""

    action: Literal["create", "drop", "rename"]
    roles: tuple[str, ...]
    span: Span
    if_exists: bool = False
    new_name: str = ""
