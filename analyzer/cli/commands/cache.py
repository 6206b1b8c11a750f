"""``fromcheck cache``: what is kept between runs."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.options import cache_dir_option, cache_folder
from analyzer.cli.terminal import write
from analyzer.reporter import counted, visible


@click.group(short_help="Look at what is kept between runs, or delete it.")
def cache() -> None:
    """Look at what is kept between runs, or delete it.

    fromcheck keeps what it read, so that the next run reads only files whose content changed. It is safe to delete at any
    time, is never larger than 256 MB, and holds nothing that could be run.
    """


@cache.command("info", short_help="Say where it is, and how large.")
@cache_dir_option
def info(cache_dir: Path | None) -> None:
    """Say where the cache is, and how large."""
    from analyzer.cache.store import MOST_BYTES, Store

    folder = _folder(cache_dir)
    number, size = Store(folder).size()
    most = f"at most {MOST_BYTES // 1_000_000} MB"
    write([f"{visible(str(folder))}: {counted(number, 'file')}, {size / 1e6:.1f} MB ({most})"])


@cache.command("clear", short_help="Delete it.")
@cache_dir_option
def clear(cache_dir: Path | None) -> None:
    """Delete what is kept, of every project and every version of fromcheck; other files in the folder stay."""
    from analyzer.cache.store import Store

    folder = _folder(cache_dir)
    number, size = Store(folder).clear()
    write([f"{visible(str(folder))}: {counted(number, 'file')} deleted, {size / 1e6:.1f} MB"])


def _folder(given: Path | None) -> Path:
    folder = cache_folder(given)
    if folder is None:
        raise click.UsageError("There is no home folder to keep a cache in: --cache-dir names another.")
    return folder


COMMAND = cache
