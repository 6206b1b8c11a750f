"""``fromcheck hook``: git asks fromcheck before it pushes or commits."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.failure import USAGE, complain
from analyzer.cli.options import cache_option
from analyzer.cli.terminal import error_style, read_stdin, write, write_error
from analyzer.reporter import visible

if TYPE_CHECKING:
    from analyzer.hook.told import Told

EXAMPLES = """\b
Examples:
  fromcheck hook install                     judge what is pushed
  fromcheck hook install --hook pre-commit   judge what is committed
  fromcheck hook install apps/web            of a folder with a fromcheck.yaml of its own
  fromcheck hook status                      what is there
  fromcheck hook uninstall                   take it out, and put back what was there before
"""

hook_option = click.option(
    "--hook", "name", type=click.Choice(["pre-push", "pre-commit"]), default="pre-push", show_default=True
)
path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))


@click.group(epilog=EXAMPLES, short_help="Judge what is pushed or committed.")
def hook() -> None:
    """Have git ask before it pushes, or before it commits.

    What is judged is what is pushed, or staged, and not the files on disk. Only what is new stops git: what the remote,
    or the last commit, has already is counted.
    """


@hook.command(short_help="Put the hook in place.")
@path_argument
@hook_option
def install(path: Path | None, name: str) -> int:
    """Put the hook in place. One that is there already is kept, and run first.

    PATH is the folder of the project, the whole work tree when it is not given.
    """
    from analyzer.hook.install import Managed, install
    from analyzer.hook.place import find_place

    place = find_place(path or Path())
    project = os.path.relpath(os.path.realpath(path), place.top) if path is not None else "."
    try:
        done = install(place, name, "" if project == "." else project.replace(os.sep, "/"))
    except Managed as error:
        write_error(visible(line) for line in str(error).splitlines())
        return USAGE
    write([f"{visible(str(done.hook))}: {'written anew' if done.anew else 'installed'}."])
    if done.before is not None:
        write([f"The hook that was there is kept as {visible(done.before.name)}, and run first."])
    return 0


@hook.command(short_help="Take the hook out.")
@path_argument
@hook_option
def uninstall(path: Path | None, name: str) -> None:
    """Take the hook out, and put back the one that was there before."""
    from analyzer.hook.install import uninstall
    from analyzer.hook.place import find_place

    place = find_place(path or Path())
    restored = os.path.lexists(place.before(name))
    hook = uninstall(place, name)
    if hook is None:
        write([f"{name}: fromcheck's hook is not there; nothing was changed."])
    else:
        again = " The hook that was there before is back." if restored else ""
        write([f"{visible(str(hook))}: taken out.{again}"])


@hook.command(short_help="Say which hooks are there.")
@path_argument
def status(path: Path | None) -> None:
    """Say which of the hooks are there, and who manages them."""
    from analyzer.hook.install import status
    from analyzer.hook.place import NAMES, find_place

    place = find_place(path or Path())
    write(visible(line) for name in NAMES for line in status(place, name))


@hook.command("run", short_help="What the hook itself calls.")
@click.argument("name", type=click.Choice(["pre-push", "pre-commit", "auto"]))
@click.argument("given", nargs=-1)
@click.option("--project", type=click.Path(path_type=Path), default=".", help="The folder to judge, from the top.")
@cache_option
def run_command(name: str, given: tuple[str, ...], project: Path, cache: Path | None) -> int:
    """Judge a push, whose refs are on stdin, or what is staged; `auto` is for the pre-commit framework.

    Exit code 0 lets git go on, also when nothing could be checked, which is said; 1 and 2 stop it.
    """
    from analyzer.model.errors import ConfigError, NothingToScan, summary

    try:
        stops = [_tell(told) for told in _told(name, given, project, cache)]
    except NothingToScan as error:
        complain(f"not checked: {error}")
        return 0
    except ConfigError as error:
        complain(str(error))
        verb = "commit" if name == "pre-commit" else "push"
        complain(f"so nothing was checked; `git {verb} --no-verify` goes on all the same")
        return USAGE
    except Exception as error:
        complain(f"not checked: internal error: {summary(error)}; please report it")
        return 0
    return int(any(stops))


def _told(name: str, given: tuple[str, ...], project: Path, cache: Path | None) -> Iterable[Told]:
    from analyzer.engine import Options
    from analyzer.hook.run import Hook, work_tree

    judge = Hook(work_tree(Path()) / project, Options(cache=cache, jobs=None), error_style())
    if name == "auto":
        return judge.framework(os.environ)
    if name == "pre-commit":
        return [judge.commit()]
    from analyzer.hook.pushed import read_refs

    return judge.push(read_refs(read_stdin()), given[0] if given else "origin")


def _tell(told: Told) -> bool:
    write_error(told.lines)
    return told.stop


COMMAND = hook
