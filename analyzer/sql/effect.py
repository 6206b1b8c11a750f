"""What an event does to the catalogue: the contract of the files in ``effects/``.

Each file there has a constant ``EFFECTS``: event class to a function that changes the state, or raises ``Refusal`` where
PostgreSQL would refuse the statement. A new kind of statement is one new file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from analyzer.model.events import Event
from analyzer.model.span import Span
from analyzer.registry import find_constants
from analyzer.sql.state import State

Effect = Callable[[State, Any, Span], None]
Effects = Mapping[type, Effect]


@cache
def _effects() -> dict[type, Effect]:
    found: dict[type, Effect] = {}
    for effects in find_constants("analyzer.sql.effects", "EFFECTS"):
        found.update(effects)
    return found


def apply(state: State, event: Event, span: Span) -> None:
    """Change the state as PostgreSQL would; ``span`` is the statement's. Raises ``Refusal``, having changed anything or nothing."""
    effect = _effects().get(type(event))
    if effect is not None:
        effect(state, event, span)
