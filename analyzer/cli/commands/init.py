"""``fromcheck init``: a commented ``fromcheck.yaml`` to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.options import path_argument
from analyzer.cli.terminal import write, write_file
from analyzer.reporter import visible


@click.command(short_help="Write a fromcheck.yaml with every key explained.")
@path_argument
@click.option("--force", is_flag=True, help="Write over a configuration that is there.")
def init(path: Path, force: bool) -> None:
    """Write a fromcheck.yaml with every key explained and commented out.

    PATH is the folder of the project, this one when it is not given. A configuration that is there is kept, unless
    --force is given.
    """
    from analyzer.config.file import inside
    from analyzer.config.published import template
    from analyzer.config.settings import FILE_NAMES

    there = next((path / name for name in FILE_NAMES if (path / name).exists()), None)
    if there is not None and not force:
        raise click.UsageError(f"{visible(str(there))} is there already: --force writes over it.")
    file = there or path / FILE_NAMES[0]
    try:
        write_file(inside(file, path), [template().rstrip("\n")])
    except OSError as error:
        raise click.UsageError(f"cannot write {file}: {error.strerror or error}.") from error
    write([f"{visible(str(file))} is written: every key is in it, commented out."])


COMMAND = init
