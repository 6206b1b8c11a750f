"""The one pipeline: ``Session`` reads, replays, links, checks and reports, for every front end alike.

It is imported when it is asked for: a process that only reads files has no use for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.engine.options import Options
    from analyzer.engine.session import Session

__all__ = ["Options", "Session"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analyzer.engine import session

    return getattr(session, name)
