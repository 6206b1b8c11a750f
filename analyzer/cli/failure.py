"""What goes wrong, as an exit code and one line on stderr."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

import click

from analyzer.model.errors import FromcheckError
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
    except Exception as error:
        complain(f"internal error: {_summary(error)}; please report it (FROMCHECK_TRACEBACK=1 shows where)")
        if os.environ.get("FROMCHECK_TRACEBACK"):
            traceback.print_exc()
        return INTERNAL
    return code if isinstance(code, int) else 0


def complain(message: str) -> None:
    """One line on stderr, with the program's name in front."""
    click.echo(f"fromcheck: {visible(message)}", err=True)


def _summary(error: Exception) -> str:
    return f"{type(error).__name__}: {error} (in {_where(error)})"


def _where(error: Exception) -> str:
    """The innermost place in our own code, as ``module:line``; the innermost of all when none is ours."""
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(module, line) for module, line in frames if module.startswith("analyzer")]
    module, line = (ours or frames or [("?", 0)])[-1]
    return f"{module}:{line}"
