"""The arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeVar

import click

from analyzer import reporters

Command = TypeVar("Command", bound=Callable[..., object])


def reporter_names() -> list[str]:
    """The names that ``--format`` takes: those of the reporters' modules, so that none has to be imported."""
    modules = (module.name for module in iter_modules(reporters.__path__))
    return sorted(name.rstrip("_") for name in modules if not name.startswith("_"))


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

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to colour the text. auto: on a terminal, unless NO_COLOR is set; FORCE_COLOR forces it.",
)


def format_option(*names: str) -> Callable[[Command], Command]:
    """``--format``, with the formats it takes; text when it is not given."""
    return click.option(
        "--format", "form", type=click.Choice(names), default="text", show_default=True, help="What to write on stdout."
    )
