"""``fromcheck fix``: the changes that mend what a scan finds."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzer.cli.options import cache_option, config_option, path_argument, roots_option
from analyzer.cli.patch import patch
from analyzer.cli.terminal import write, write_source
from analyzer.reporter import visible

if TYPE_CHECKING:
    from analyzer.fix import Change, Mending

EXAMPLES = """\b
Examples:
  fromcheck fix                       what would be changed, as a diff
  fromcheck fix --write               change it
  fromcheck fix --select FC301        row level security alone
  fromcheck fix --create agents       a table, although another may have been meant
"""


@click.command(epilog=EXAMPLES, short_help="Mend what a scan finds: edits, and migrations that replay.")
@path_argument
@click.option(
    "--select", multiple=True, metavar="CODES", help="Mend only findings whose code begins with one of these."
)
@click.option("--create", multiple=True, metavar="TABLE", help="Make this table, although another may have been meant.")
@click.option("--unsafe", is_flag=True, help="Take the changes, too, that may change more than the fault.")
@click.option("--write", "write_", is_flag=True, help="Write the changes instead of printing them.")
@click.option("--format", "form", type=click.Choice(["diff", "json"]), default="diff", help="What to print.")
@roots_option
@config_option
@cache_option
def fix(
    path: Path,
    select: tuple[str, ...],
    create: tuple[str, ...],
    unsafe: bool,
    write_: bool,
    form: str,
    roots: tuple[str, ...],
    config: Path | None,
    cache: Path | None,
) -> int:
    """Mend what a scan finds.

    Missing tables get a migration with the columns that the code asks for, at the place where the replay needs it;
    migrations that come too late are renamed; row level security is switched on; names that were changed in the history
    are changed in the code. Each change is tried first: its finding has to be gone, and no new one may come.
    """
    from analyzer.engine import Options, Session
    from analyzer.fix import proposals

    session = Session.open(path, Options(roots=roots, config=config, no_baseline=True, cache=cache, live=True))
    codes = [code.strip() for each in select for code in each.split(",") if code.strip()]
    mending = proposals(session.on, session.tree, unsafe=unsafe, create=create, select=codes)
    if write_:
        for proposal in mending.made:
            for change in proposal.changes:
                _apply(path, change)
    if form == "json":
        write([json.dumps(_document(mending, written=write_), indent=1)])
    else:
        write_source([] if write_ else patch(mending.made))
        for line in _summary(mending, written=write_):
            click.echo(visible(line), err=True)
    return 0


# --- on disk ----------------------------------------------------------------------------------------------------------


def _apply(root: Path, change: Change) -> None:
    """Write, or take away, one file below the root. Raises UsageError for what a link leads out of it."""
    file = root / change.path
    if not file.parent.resolve().is_relative_to(root.resolve()) or file.is_symlink():
        raise click.UsageError(f"{change.path} is reached by a symbolic link; it is left as it is.")
    try:
        if change.after is None:
            file.unlink()
        else:
            _replace(file, change.after)
    except OSError as error:
        raise click.UsageError(f"cannot write {change.path}: {error.strerror or error}.") from error


def _replace(file: Path, data: bytes) -> None:
    """The whole file or nothing: written beside it first, with its rights."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".fromcheck-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


# --- what is printed --------------------------------------------------------------------------------------------------


def _summary(mending: Mending, *, written: bool) -> Iterator[str]:
    from analyzer.fix.decisions import told

    made = mending.made
    for proposal in made:
        done = "fixed" if written else "would fix"
        yield f"{done} {proposal.code}: {proposal.title}{'' if proposal.safe else ' (unsafe)'}"
        if proposal.why:
            yield f"  {proposal.why}"
    yield from told(mending.uncovered)
    for each in mending.refused:
        yield f"left {each.code} on {each.subject}: {each.reason}"
    if not made:
        yield "Nothing that can be mended by itself."
    elif not written:
        yield f"{len(made)} change{'s' * (len(made) > 1)}; --write makes them."


def _document(mending: Mending, *, written: bool) -> dict[str, object]:
    return {
        "version": 1,
        "written": written,
        "fixes": [
            {
                "code": each.code,
                "subjects": list(each.subjects),
                "title": each.title,
                "safe": each.safe,
                "why": each.why,
                "files": [{"path": change.path, "text": _text(change.after)} for change in each.changes],
            }
            for each in mending.made
        ],
        "uncovered": [
            {
                "code": each.code,
                "subject": each.subject,
                "message": each.message,
                "path": each.region.path,
                "line": each.region.start.line,
            }
            for each in mending.uncovered
        ],
        "left": [{"code": each.code, "subject": each.subject, "reason": each.reason} for each in mending.refused],
    }


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")


COMMAND = fix
