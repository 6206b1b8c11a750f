"""Which table a column refers to, by its name: what other columns of the name do, or the table that it is named after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from analyzer.fix.wording import Wording
from analyzer.link import Project
from analyzer.model.catalog import Constraint, Relation
from analyzer.words import words_of

# Words before a table's name that say which of its rows it is: ``added_topic_id``, ``last_run_id``.
_WHICH = re.compile(
    "added|assigned|author|created|creator|current|default|destination|first|following|from|last|linked|main|new|next|old|origin|original"
    "|owner|parent|previous|primary|receiver|recipient|referred|referrer|related|root|selected|sender|source|target|to|winner"
)
# Who did it, and who it is: people, whatever the table of users is called.
_DONE_BY = ("by",)
_PEOPLE = re.compile(
    "assignee|author|creator|follower|host|inviter|invitee|owner|receiver|recipient|referrer|reviewer|sender"
)


def stems(column: str) -> Iterator[tuple[str, ...]]:
    """What a column that ends in ``id`` is named after, then without the words that say which of them it is."""
    words = words_of(column)
    words = words[:-1] if words[-1:] == ("id",) else ()
    while words:
        yield words
        words = words[1:] if _WHICH.fullmatch(words[0]) else ()


class Targets:
    """The tables that columns of a table may refer to. ``table`` is its name."""

    def __init__(self, project: Project, table: str, tables: Iterable[Relation], wording: Wording) -> None:
        self._project = project
        self._table = words_of(table)
        self._tables = list(tables)
        self._wording = wording
        self._users = project.intended.relation("auth", "users")
        # Of what Supabase ships only its users are what others name their columns after; one's own come first.
        named = [each for each in self._tables if not each.managed or each == self._users]
        self._by_words = {words_of(each.name): each for each in sorted(named, key=lambda each: not each.managed)}

    def named(self, name: str) -> Relation | None:
        """The table of this name."""
        return next((each for each in self._tables if name and each.name == name and not each.managed), None)

    def of(self, column: str) -> Relation | None:
        """What a column of this name refers to: one's own kin first, then what others of the name do, then by the name."""
        stem = next(stems(column), ())
        if stem and (kin := self._beneath(stem) or self._beside(stem)) is not None:
            return kin
        usual = Counter(key.target for key in self._keys_named(column) if key.target is not None)
        for oid, _ in usual.most_common(1):
            return self._project.intended.relations.get(oid)
        compared = self._wording.target_of(column)
        if compared is not None and (found := next((each for each in self._tables if each.name == compared), None)):
            return found
        return next((found for each in stems(column) if (found := self._by_words.get(each))), None) or self._akin(
            column
        )

    def alike(self, column: str) -> Relation | None:
        """The one table whose name ends as the column's does: what it refers to is not said, but its key is of that type."""
        for words in stems(column):
            ends = [each for own, each in self._by_words.items() if own[-len(words) :] == words]
            if len(ends) == 1:
                return ends[0]
        return None

    def _akin(self, column: str) -> Relation | None:
        """``elearning_modules`` for the ``module_id`` of ``elearning_progress``."""
        found = self.alike(column)
        return found if found is not None and words_of(found.name)[:1] == self._table[:1] else None

    def person(self, column: str) -> Relation | None:
        """The table of users, if the column's name says that it holds one: ``reviewed_by``, ``author_id``."""
        words = words_of(column)
        by = len(words) > 1 and words[-1:] == _DONE_BY
        return self.users() if by or (words[1:] == ("id",) and _PEOPLE.fullmatch(words[0])) else None

    def users(self) -> Relation | None:
        """What the schema's own columns of users mostly refer to; the users of Supabase where none do."""
        usual = Counter(
            key.target
            for relation in self._tables
            for key in relation.constraints
            if key.kind == "foreign key" and self._is_of_user(relation, key)
        )
        usual.pop(None, None)
        oid = usual.most_common(1)[0][0] if usual else None
        return self._project.intended.relations.get(oid or 0) or self._users

    def _is_of_user(self, relation: Relation, key: Constraint) -> bool:
        names = [words_of(each) for each in relation.names_of(key.columns)]
        return len(names) == 1 and not relation.managed and (names[0] == ("user", "id") or names[0][-1:] == _DONE_BY)

    def _keys_named(self, name: str) -> Iterator[Constraint]:
        for relation in self._tables:
            column = relation.column(name)
            for key in relation.constraints if column is not None else ():
                if column is not None and key.kind == "foreign key" and key.columns == (column.number,):
                    yield key

    def _beneath(self, words: tuple[str, ...]) -> Relation | None:
        """``customer_documents`` for the ``document_id`` of ``customer_document_notes``."""
        starts = (self._table[:length] for length in range(len(self._table) - 1, 0, -1))
        return next(
            (
                found
                for each in starts
                if len(each) > len(words) and each[-len(words) :] == words and (found := self._by_words.get(each))
            ),
            None,
        )

    def _beside(self, words: tuple[str, ...]) -> Relation | None:
        """``ticket_threads`` for the ``thread_id`` of ``ticket_messages``."""
        starts = (self._table[:length] for length in range(len(self._table) - 1, 0, -1))
        return next((found for each in starts if (found := self._by_words.get((*each, *words)))), None)
