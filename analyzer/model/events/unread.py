"""What PostgreSQL refuses as it stands, and what is not understood."""

from __future__ import annotations

from analyzer.model.events.base import Ref
from analyzer.model.record import Variant
from analyzer.model.span import Span


class SyntaxFault(Variant, frozen=True):
    """PostgreSQL's parser refuses the statement; ``message`` is in its terms, ``span`` the token that it stops at.

    ``relations`` and ``functions`` are what it would have made: every CREATE in it, since a ``;`` may be what is missing.
    """

    message: str
    span: Span
    relations: tuple[Ref, ...] = ()
    functions: tuple[Ref, ...] = ()
    sqlstate: str = "42601"


class Gap(Variant, frozen=True):
    """A statement that is not understood. ``words`` are all names that it holds, folded: what it might have changed.

    ``dynamic`` is True when it runs SQL that it builds itself, so that no list of words can be whole. ``grants`` when all
    that it can have changed is who may do what.
    """

    reason: str
    span: Span
    words: frozenset[str] = frozenset()
    dynamic: bool = False
    grants: bool = False


ANYTHING = frozenset(
    {"create", "alter", "drop", "table", "function", "type", "constraint", "references", "row", "level", "security"}
    | {"storage", "buckets", "publication", "policy", "trigger", "view", "grant", "revoke", "add", "rename"}
    | {"add column", "rename column"}
)
"""The words by which rules ask what may have been done: with these, and ``dynamic``, a gap may have done anything."""
