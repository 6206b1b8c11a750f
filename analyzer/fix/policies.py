"""Whose rows they are: the policies that a missing table gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analyzer.fix.columns import Guess
from analyzer.fix.names import quoted
from analyzer.link import Project
from analyzer.model.catalog import Relation
from analyzer.reporter import visible
from analyzer.words import words_of


def past_policies(project: Project, table: Relation | None) -> Iterator[str]:
    """A comment for each view that reads the table's rows as its owner, whoever asks: that may be what it is for."""
    catalog = project.intended
    for view in catalog.relations.values():
        reads = view.kind == "view" and view.place is not None and not view.security_invoker
        shown = reads and catalog.schema_of(view) in project.schema.exposed
        if table is not None and shown and any(oid == table.oid for oid, _ in view.uses):
            name = visible(".".join(map(quoted, catalog.qualified(view).split(".", 1))))
            yield (
                f"-- {name} reads it past these policies, as its owner. If it should keep to them, once it is there:\n"
                f"-- alter view {name} set (security_invoker = on);"
            )


OWNERS = ("user_id", "owner_id", "author_id", "created_by", "profile_id")


class Owners:
    """The owners of a table's rows, in a world where it is there. ``planned`` tells the owner of one that is made, too."""

    def __init__(self, world: Project, name: str, planned: Callable[[Relation], str | None]) -> None:
        self._world = world
        self._name = name
        self._qualified = f"public.{quoted(name)}"
        self._planned = planned

    def owner(self, columns: Sequence[Guess]) -> Guess | None:
        """The column that says whose row it is: a user, or a profile that has the user's id."""
        for column in columns:
            if (
                column.name in OWNERS
                and column.type == "uuid"
                and column.target is not None
                and self._is_user(column.target)
            ):
                return column
        return None

    def _is_user(self, target: Relation) -> bool:
        catalog = self._world.intended
        if (catalog.schema_of(target), target.name) == ("auth", "users"):
            return True
        key = target.primary_key
        keys = (
            each for each in target.constraints if each.kind == "foreign key" and key and each.columns == key.columns
        )
        users = (catalog.relations.get(each.target or 0) for each in keys)
        return any(each is not None and (catalog.schema_of(each), each.name) == ("auth", "users") for each in users)

    def policies(self, columns: Sequence[Guess]) -> Iterator[str]:
        """What lets them at their rows; a proposal where nothing shows whose they are."""
        owner = self.owner(columns)
        if owner is None and (above := self._owned(columns)) is not None:
            yield self._of_parent(*above)
            return
        if owner is None:
            yield (
                "-- No column shows whose rows these are, so only the service role gets through. To let users read:\n"
                f'-- create policy "Signed-in users read" on {self._qualified} for select to authenticated using (true);'
            )
            return
        mine = f"(select auth.uid()) = {quoted(owner.name)}"
        yield (
            f'create policy "Rows belong to their user" on {self._qualified}\n'
            f"  for all to authenticated using ({mine}) with check ({mine});"
        )

    def _owned(self, columns: Sequence[Guess]) -> tuple[Guess, Relation, str] | None:
        """The key to the row that has an owner, that row's table, and its owner; what the table is named after comes first."""
        above = [
            (column, column.target, owner)
            for column in columns
            if column.target is not None and not column.target.managed and column.target.name != self._name
            if (owner := self._owner_of(column.target)) is not None
        ]
        mine = words_of(self._name)
        named = [each for each in above if mine[: len(words_of(each[1].name))] == words_of(each[1].name)]
        return next(iter(named), above[0] if len(above) == 1 else None)

    def _owner_of(self, table: Relation) -> str | None:
        """The column of the table that says whose row it is; of one that is made along with this, what it will have."""
        for key in table.constraints:
            target = self._world.intended.relations.get(key.target or 0)
            names = table.names_of(key.columns)
            if (
                key.kind == "foreign key"
                and target is not None
                and names
                and names[0] in OWNERS
                and self._is_user(target)
            ):
                return names[0]
        return self._planned(table)

    def _of_parent(self, column: Guess, table: Relation, owner: str) -> str:
        parent = f"{quoted(self._world.intended.schema_of(table))}.{quoted(table.name)}"
        key = table.primary_key
        (name, *_) = (*(table.names_of(key.columns) if key is not None else ()), "id")
        mine = (
            f"exists (\n    select from {parent} above\n"
            f"    where above.{quoted(name)} = {quoted(self._name)}.{quoted(column.name)}"
            f" and above.{quoted(owner)} = (select auth.uid())\n  )"
        )
        return (
            f'create policy "Rows belong to the user of their {" ".join(words_of(table.name))}" on {self._qualified}\n'
            f"  for all to authenticated using ({mine});"
        )
