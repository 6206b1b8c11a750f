"""The arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from analyzer.model.record import Record
from analyzer.registry import find_modules, spoken

Result = TypeVar("Result")
Command = TypeVar("Command", bound=Callable[..., object])


def reporter_names() -> list[str]:
    """The names that ``--format`` takes: those of the reporters' modules, so that none has to be imported."""
    return [spoken(each) for each in find_modules("analyzer.reporters")]


path_argument = click.argument("path", default=".", type=click.Path(path_type=Path))

roots_option = click.option(
    "--root",
    "roots",
    multiple=True,
    metavar="FOLDER",
    help="Look only at this folder below PATH, one that holds a supabase/ folder. Can be given several times.",
)

config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read this configuration instead of PATH/fromcheck.yaml.",
)


jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="In how many processes to read files, where there are many. [default: one a core, at most 8]",
)


def cache_option(command: Callable[..., Result]) -> Callable[..., Result]:
    """``--cache-dir`` and ``--no-cache``; the command takes them as ``cache``: the folder, None for keeping nothing."""

    @click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing for the next run.")
    @cache_dir_option
    @wraps(command)
    def with_cache(*arguments: Any, no_cache: bool, cache_dir: Path | None, **named: Any) -> Result:
        if no_cache and cache_dir is not None:
            raise click.UsageError("--cache-dir and --no-cache do not go together.")
        return command(*arguments, cache=None if no_cache else cache_folder(cache_dir), **named)

    return with_cache


cache_dir_option = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keep what was read in this folder [default: FROMCHECK_CACHE_DIR, or fromcheck in the user's cache folder]",
)


def cache_folder(given: Path | None) -> Path | None:
    """The folder of the cache: the given one, or the user's; None where there is none."""
    from analyzer.cache.store import usual_folder

    return given or usual_folder()


baseline_option = click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The baseline, instead of PATH/fromcheck-baseline.json.",
)

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to colour the text. auto: on a terminal, unless NO_COLOR is set; FORCE_COLOR forces it.",
)


class Output(Record, frozen=True):
    """A format, and the file that it goes to; None for stdout."""

    form: str
    file: Path | None = None


def _output_reader(names: Sequence[str]) -> Callable[[str], Output]:
    """Reads ``NAME`` or ``NAME:FILE``."""

    def read(value: str) -> Output:
        form, colon, file = value.partition(":")
        if form not in names:
            raise click.BadParameter(f"{form!r} is not one of {', '.join(names)}.")
        if colon and not file:
            raise click.BadParameter(f"{value!r} names no file after the colon.")
        return Output(form, Path(file) if file else None)

    return read


def outputs_option(*names: str) -> Callable[[Command], Command]:
    """``--format``, several times, each with a file of its own if it has one."""
    return click.option(
        "--format",
        "outputs",
        type=_output_reader(names),
        multiple=True,
        metavar="NAME[:FILE]",
        default=("text",),
        help=f"What to write: {', '.join(names)}; to stdout, or to FILE. Can be given several times. [default: text]",
    )


def format_option(*names: str) -> Callable[[Command], Command]:
    """``--format``, with the formats it takes; text when it is not given."""
    return click.option(
        "--format", "form", type=click.Choice(names), default="text", show_default=True, help="What to write on stdout."
    )
