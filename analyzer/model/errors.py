"""What can go wrong that the user can mend. The CLI turns these into exit code 2; nothing below the CLI exits."""

from __future__ import annotations

from collections.abc import Iterator
from types import FrameType

_MOST_SAID = 200


class FromcheckError(Exception):
    """Base of the errors below; its text is one sentence for the user."""


class ConfigError(FromcheckError):
    """The configuration, or an option that overrides it, is wrong; the text says where and what is allowed."""


class NothingToScan(FromcheckError):
    """There is no code, or no schema source; the text says what was looked for and where."""


class NotScanned(FromcheckError):
    """The one file that was asked about is none that a scan looks at; the text says why."""


class TooSlow(OSError):
    """A file takes its reader longer than a file may."""


def summary(error: BaseException) -> str:
    """One line on an error of our own making: its kind, what it says, and the module and line of ours it comes from."""
    places = [(frame.f_globals.get("__name__", "?"), line) for frame, line in frames(error)]
    ours = [place for place in places if place[0].startswith("analyzer")]
    module, line = (ours or places or [("?", 0)])[-1]
    text = str(error)[:_MOST_SAID]
    said = f": {text}" if text else ""
    return f"{type(error).__name__}{said} (in {module}:{line})"


def frames(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """Every frame the error went through with the line it was at, the innermost last."""
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame, step.tb_lineno
        step = step.tb_next
