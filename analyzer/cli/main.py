"""The group of all commands, and the one place where an outcome becomes an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from analyzer import __version__
from analyzer.cli.failure import exit_code_of
from analyzer.cli.terminal import prepare_streams
from analyzer.registry import find_modules, find_spoken, spoken

EXAMPLES = """\b
Examples:
  fromcheck scan                    check the project in this folder
  fromcheck scan --fail-on warning  exit with 1 for warnings, too
  fromcheck scan --format json      for scripts, editors and CI
  fromcheck explain FC101           what a code means, and what to do
"""


COMMANDS = "analyzer.cli.commands"


class Program(click.Group):
    """A group whose outcome is always one of the documented exit codes, and never a traceback.

    Its commands are the modules of ``commands/``, each imported when it is asked for.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return [spoken(each) for each in find_modules(COMMANDS)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        command: click.Command | None = find_spoken(COMMANDS, name, "COMMAND")
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line, then exit with its code; with ``standalone_mode=False``, return it instead."""
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        prepare_streams()
        sys.exit(exit_code_of(run))


@click.group(cls=Program, name="fromcheck", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s", prog_name="fromcheck")
def main() -> None:
    """Find where Supabase code and its database part.

    fromcheck reads what the code asks for (tables, columns, functions, buckets) and what the migrations build, and
    says where the two do not meet. It needs no database, runs nothing of the project, and changes no file.

    \b
    Exit codes, the same for every command:
      0  nothing at or above --fail-on
      1  findings at or above --fail-on
      2  wrong usage or configuration, or nothing to scan
      3  fromcheck itself failed
    """
