"""What goes wrong, as an exit code and one line on stderr."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Callable, Iterable

import click

from analyzer.model.errors import FromcheckError, summary
from analyzer.model.source import Problem
from analyzer.reporter import visible

USAGE, INTERNAL, INTERRUPTED = 2, 3, 130


def exit_code_of(run: Callable[[], object]) -> int:
    """The exit code of a run, which returns its own or nothing; what it raised is told on stderr."""
    try:
        code = run()
    except FromcheckError as error:
        complain(str(error))
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        if not (why := _surroundings(error)):
            return _failed(error)
        complain(why)
        return USAGE
    except Exception as error:
        return _failed(error)
    return code if isinstance(code, int) else 0


def _surroundings(error: OSError) -> str:
    """What around us it comes from; nothing where it is a fault of our own."""
    if error.errno == errno.ENOSPC:
        return f"cannot write: {error.strerror}"
    try:
        os.getcwd()
    except OSError:
        return "the folder that this was started in is not there any more"
    return ""


def _failed(error: Exception) -> int:
    """A fault of our own: one line, and what Python says of it where that is asked for."""
    complain(f"internal error: {summary(error)}; please report it (FROMCHECK_TRACEBACK=1 shows where)")
    if os.environ.get("FROMCHECK_TRACEBACK"):
        traceback.print_exc()
    return INTERNAL


def code_for(problems: Iterable[tuple[str, Problem]]) -> int:
    """The exit code for what is printed elsewhere: each fault of our own is told on stderr, and any of them is a failure."""
    faults = [f"{path}: {problem.message}" for path, problem in problems if problem.internal]
    for fault in dict.fromkeys(faults):
        complain(fault)
    return INTERNAL if faults else 0


def complain(message: str) -> None:
    """One line on stderr, with the program's name in front."""
    click.echo(f"fromcheck: {visible(message)}", err=True)
