"""stdout and stderr: the encoding, colour, width, and a reader that has gone away."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from analyzer.model.errors import FromcheckError
from analyzer.reporter import ELLIPSIS, Style, cells, visible

NARROWEST, USUAL_WIDTH = 40, 120


def prepare_streams() -> None:
    """Make stdout and stderr UTF-8 whatever the locale says; what UTF-8 can't hold is written as an escape.

    A stdout that the caller has closed becomes one that takes everything: the exit code is still worth having.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def read_stdin() -> bytes:
    """All of stdin, as it comes; nothing when the caller has closed it."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


Progress = Callable[[], tuple[int, int]]
_BEAT = 0.2
_BESIDE_LABEL = 40  # cells for the bar, the percentage and the time left
_ERASE_LINE_ABOVE = "\x1b[A\x1b[K"


@contextmanager
def patience(message: str, progress: Progress, after: float = 1.0) -> Iterator[None]:
    """Within this, a bar on stderr shows how far it is, once it has taken ``after`` seconds; only where that is a terminal.

    ``progress`` tells how much is done, and of how much.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    over = Event()
    drawing = Thread(target=_draw, args=(message, progress, after, over), daemon=True)
    drawing.start()
    try:
        yield
    finally:
        over.set()
        drawing.join()


def _draw(message: str, progress: Progress, after: float, over: Event) -> None:
    """Draw the bar until it is ``over``, and take it back."""
    if over.wait(after):
        return
    from click import progressbar

    room = shutil.get_terminal_size().columns - _BESIDE_LABEL
    label = message if cells(message) <= room else f"{message[: max(room - 1, 0)]}{ELLIPSIS}"
    # Width 0 is what is left of the line: a bar that goes on in the next one could not be drawn over.
    with progressbar(length=max(progress()[1], 1), label=label, file=sys.stderr, width=0) as bar:
        while not over.wait(_BEAT):
            done, bar.length = progress()
            bar.update(done - bar.pos)
    sys.stderr.write(_ERASE_LINE_ABOVE)
    sys.stderr.flush()


def write(pieces: Iterable[str]) -> None:
    """Write each piece to stdout and end its line. Quietly stops when nobody reads any more.

    Raises FromcheckError when it cannot be written, as on a full disk.
    """
    with _told():
        for piece in pieces:
            sys.stdout.write(f"{piece}\n")
        sys.stdout.flush()


def write_source(lines: Iterable[bytes]) -> None:
    """Write what holds text of the repository, each line with its end: as it is, and on a terminal what can be shown of it.

    Quietly stops when nobody reads any more. Raises FromcheckError when it cannot be written.
    """
    if sys.stdout.isatty():
        write("\t".join(map(visible, _text(line).split("\t"))) for line in lines)
        return
    with _told():
        sys.stdout.flush()
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()


def _text(line: bytes) -> str:
    return line.removesuffix(b"\n").decode("utf-8", "surrogateescape")


@contextmanager
def _told() -> Iterator[None]:
    """Within this, stdout is written to: what keeps it from that becomes a FromcheckError, and a reader that went away nothing."""
    try:
        yield
    except OSError as error:
        # Python flushes stdout once more when it exits: that must not fail a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise FromcheckError(f"cannot write to stdout: {error.strerror or error}") from error


def write_file(file: Path, pieces: Iterable[str]) -> None:
    """Write each piece to the file and end its line, in UTF-8 with LF. Raises OSError."""
    with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        for piece in pieces:
            stream.write(f"{piece}\n")


def style(color: str, *, verbose: bool = False, quiet: bool = False, silenced: bool = False) -> Style:
    """How to print on this stdout; ``color`` is ``auto``, ``always`` or ``never``."""
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
    return Style(
        _colored(color, sys.stdout), max(width, NARROWEST), verbose, quiet, silenced, folds=sys.stdout.isatty()
    )


def write_error(lines: Iterable[str]) -> None:
    """Write each line to stderr. Quietly stops when nobody reads any more."""
    try:
        for line in lines:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        return


def error_style() -> Style:
    """How to print on this stderr."""
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
    return Style(_colored("auto", sys.stderr), max(width, NARROWEST))


def _colored(color: str, stream: TextIO) -> bool:
    """An option is stronger than NO_COLOR, that than FORCE_COLOR, that than what stdout is."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
