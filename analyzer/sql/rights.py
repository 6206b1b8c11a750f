"""Grants while migrations are replayed: what a new object starts with, and what each statement adds or takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from analyzer.model.access import ALL, PUBLIC, Access, Grantable, Right
from analyzer.model.catalog import Oid

MAKER = "postgres"
API_ROLES = ("anon", "authenticated", "service_role")
_TAKEN_BACK: Mapping[Grantable, tuple[str, ...]] = {
    "table": ("select", "insert", "update", "delete"),
    "sequence": ("usage", "select"),
    "function": ("execute",),
}
EVERYWHERE: Oid = 0

Defaults = dict[tuple[str, Oid, Grantable], Mapping[Right, bool | None]]


@dataclass(slots=True)
class Rights:
    """The default privileges by (who makes the object, in which schema, kind), and the roles that there are.

    ``open`` when SQL that is put together at run time may have changed the defaults.
    """

    defaults: Defaults = field(default_factory=dict)
    roles: dict[str, bool] = field(default_factory=dict)
    open: bool = False


def supabase_defaults(public: Oid, *, exposed: bool | None) -> Defaults:
    """What Supabase gives the API's roles of every new object in ``public``.

    ``exposed`` is ``api.auto_expose_new_tables``: where it is off, the rights to data and to functions are taken back,
    and where nothing is said, they can't be told.
    """
    found: Defaults = {}
    for kind, taken_back in _TAKEN_BACK.items():
        found[MAKER, public, kind] = {
            (role, privilege, 0): exposed if privilege in taken_back else True
            for role in API_ROLES
            for privilege in ALL[kind]
        }
    return found


def initial_access(rights: Rights, kind: Grantable, schema: Oid) -> Access:
    """The grants on an object that was made just now: the defaults of everywhere and of its schema together."""
    if rights.open:
        return Access(kind, {}, None)
    everywhere = rights.defaults.get((MAKER, EVERYWHERE, kind), built_in(kind))
    return Access(kind, _either(everywhere, rights.defaults.get((MAKER, schema, kind), {})))


def _either(one: Mapping[Right, bool | None], other: Mapping[Right, bool | None]) -> dict[Right, bool | None]:
    """A schema's defaults only add to those of everywhere: what it revokes, it revokes from its own."""
    return {right: one.get(right, False) or other.get(right, False) for right in (*one, *other)}


def built_in(kind: Grantable) -> Mapping[Right, bool | None]:
    """What PostgreSQL itself grants on a new object: functions may be called by everyone, types used."""
    return {(PUBLIC, privilege, 0): True for privilege in ALL[kind]} if kind in ("function", "type") else {}


def changed(access: Access, rights: Iterable[Right], *, revoke: bool) -> Access:
    """The grants after GRANT or REVOKE; taking away from the whole takes away from every column, too."""
    now = dict(access.rights)
    for role, privilege, column in rights:
        if revoke and column == 0:
            for each in [each for each in now if each[:2] == (role, privilege)]:
                now[each] = False
        now[role, privilege, column] = not revoke
    return replace(access, rights=now)


def rights_of(kind: Grantable, roles: Iterable[str], privileges: Iterable[str]) -> Iterator[Right]:
    """Every combination, with ``all`` spelt out."""
    for privilege in privileges:
        for each in ALL[kind] if privilege == "all" else (privilege,):
            yield from ((role, each, 0) for role in roles)
