"""``fromcheck schema``: what the migrations build."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.failure import code_for
from analyzer.cli.options import (
    cache_option,
    color_option,
    config_option,
    format_option,
    jobs_option,
    path_argument,
    roots_option,
)
from analyzer.cli.terminal import style, write

EXAMPLES = """\b
Examples:
  fromcheck schema                   the database that this folder's migrations build
  fromcheck schema --root apps/web   when the folder holds several Supabase projects
  fromcheck schema --format json
"""


@click.command(epilog=EXAMPLES, short_help="Show the database that the migrations build.")
@path_argument
@format_option("text", "json")
@click.option("--include-managed", is_flag=True, help="List what Supabase itself ships, too: auth, storage, ...")
@roots_option
@config_option
@jobs_option
@cache_option
@color_option
def schema(
    path: Path,
    form: str,
    include_managed: bool,
    roots: tuple[str, ...],
    config: Path | None,
    jobs: int | None,
    cache: Path | None,
    color: str,
) -> int:
    """Show the database that the migrations build, without a database.

    The migrations are replayed in order; a statement that would fail is skipped and listed at the end.
    """
    from analyzer.cli.catalogue import listing
    from analyzer.document import as_json
    from analyzer.engine import Options, Session

    session = Session.open(path, Options(roots=roots, config=config, cache=cache, jobs=jobs))
    document = session.schema(include_managed=include_managed)
    write([as_json(document)] if form == "json" else listing(document, style(color)))
    return code_for(session.problems())


COMMAND = schema
