"""``fromcheck verify``: the static replay against a real PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.cli.options import color_option, config_option, format_option, path_argument, roots_option
from analyzer.cli.terminal import style, write

EXAMPLES = """\b
Examples:
  fromcheck verify                              against a throwaway PostgreSQL
  fromcheck verify --database-url "$DATABASE_URL"   what the live database has and the migrations do not, or the reverse
  fromcheck verify --format json
"""


@click.command(epilog=EXAMPLES, short_help="Hold the replay against a real PostgreSQL.")
@path_argument
@click.option(
    "--database-url",
    envvar="FROMCHECK_DATABASE_URL",
    metavar="URL",
    help="Compare with this live database. It is only read, in one read-only transaction.",
)
@format_option("text", "json")
@roots_option
@config_option
@color_option
def verify(
    path: Path, database_url: str | None, form: str, roots: tuple[str, ...], config: Path | None, color: str
) -> int:
    """Hold the database that fromcheck reads out of the migrations against one that PostgreSQL builds.

    A throwaway PostgreSQL applies the migrations, statement by statement, as a user who may not touch the machine; the
    two catalogues and the failing statements are compared by name. It needs pip install "fromcheck[verify]".

    Exits with 1 when there is a difference.
    """
    from analyzer.document import as_json
    from analyzer.engine import Options, Session
    from analyzer.verify import drift
    from analyzer.verify import verify as compare
    from analyzer.verify.listing import as_document, lines

    session = Session.open(path, Options(roots=roots, config=config))
    outcome = compare(session) if database_url is None else drift(session, database_url)
    write([as_json(as_document(outcome))] if form == "json" else lines(outcome, style(color)))
    return int(bool(outcome.differences))


COMMAND = verify
