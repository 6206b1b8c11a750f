"""Changes of functions, and triggers."""

from __future__ import annotations

from typing import Literal

from analyzer.model.events.base import Ref
from analyzer.model.events.names import DropTarget, ObjectKind
from analyzer.model.record import Variant
from analyzer.model.span import Span


class AlterRoutine(Variant, frozen=True):
    """ALTER FUNCTION, PROCEDURE or ROUTINE as far as it changes who it runs as (None: not), its settings and volatility.

    A setting of None is RESET, of ``all`` of them where that is its name; one of the empty string has a value of its own
    that is not kept.
    """

    kind: ObjectKind
    routine: DropTarget
    security_definer: bool | None = None
    settings: tuple[tuple[str, str | None], ...] = ()
    volatility: str | None = None


class CreateTrigger(Variant, frozen=True):
    """CREATE [OR REPLACE] [CONSTRAINT] TRIGGER; ``events`` are insert, update, delete, truncate, ``columns`` those of UPDATE OF.

    ``compared`` are the columns of OLD and NEW in WHEN.
    """

    name: str
    table: Ref
    function: Ref
    span: Span
    timing: Literal["before", "after", "instead of"] = "after"
    events: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    replace: bool = False
    each_row: bool = False
    compared: tuple[str, ...] = ()
