"""Who may do what with an object of the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import field

from analyzer.model.record import Record

Grantable = Literal["table", "sequence", "function", "schema", "type"]
Right = tuple[str, str, int]
PUBLIC = "public"
ALL: Mapping[Grantable, tuple[str, ...]] = {
    "table": ("select", "insert", "update", "delete", "truncate", "references", "trigger"),
    "sequence": ("select", "update", "usage"),
    "function": ("execute",),
    "schema": ("usage", "create"),
    "type": ("usage",),
}


class Access(Record, frozen=True):
    """The grants on one object. ``rights`` answers for (role, privilege, column number), column 0 being the whole object.

    The role ``public`` stands for everyone. An answer of None, and ``rest`` of None for what is not listed, means that
    it can't be told: Supabase made the object, or SQL that is put together at run time may have granted or revoked.
    """

    kind: Grantable
    rights: Mapping[Right, bool | None] = field(default_factory=dict)
    rest: bool | None = False

    @property
    def unknown(self) -> bool:
        """True when nothing at all can be told."""
        return not self.rights and self.rest is None

    def may(self, role: str, privilege: str, column: int = 0) -> bool | None:
        """Whether the role holds the privilege, itself or as one of the public; with ``column`` a grant on that will do.

        What comes with owning the object, or with being a member of another role, is not counted.
        """
        places = {(who, privilege, where) for who in (role, PUBLIC) for where in (0, column)}
        answers = {self.rights.get(place, self.rest) for place in places}
        return True if True in answers else None if None in answers else False

    def privileges(self, role: str) -> frozenset[str] | None:
        """All that the role may do with the whole object; None where that can't be told."""
        answers = {privilege: self.may(role, privilege) for privilege in self._privileges()}
        return None if None in answers.values() else frozenset(each for each, held in answers.items() if held)

    def _privileges(self) -> set[str]:
        return {*ALL[self.kind], *(privilege for _, privilege, column in self.rights if column == 0)}
