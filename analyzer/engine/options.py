"""What a command line says of a scan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.model.record import Record

if TYPE_CHECKING:
    from analyzer.config import Config
    from analyzer.rule import Rule


class Options(Record, frozen=True):
    """What a command line adds to the configuration; empty means that the configuration decides.

    ``cache`` is the folder that keeps what was read between runs, None for keeping nothing. ``jobs`` is in how many
    processes files are read at most, where there are enough of them; None for one a core.
    ``live`` when sessions on nearly the same files follow: what was read is kept in memory for them.
    """

    roots: tuple[str, ...] = ()
    config: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    baseline: Path | None = None
    no_baseline: bool = False
    cache: Path | None = None
    jobs: int | None = 1
    live: bool = False

    def rules(self, config: Config) -> tuple[Rule, ...]:
        """Those that the command line and the configuration choose. Raises ConfigError for none."""
        from analyzer.check import chosen_rules

        return chosen_rules(self.select or config.select, (*config.rules_off, *self.ignore))


def folder_of(root: str) -> str:
    """What ``--root`` means, as roots are called."""
    return root.strip("/").removeprefix("./").removesuffix(".")
