"""``fromcheck refs``: what the code asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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
from analyzer.reporter import Style, counted, visible

EXAMPLES = """\b
Examples:
  fromcheck refs                  everything the code in this folder names
  fromcheck refs apps/web --format json
"""

BOLD, YELLOW, CYAN = 1, 33, 36
Document = Mapping[str, Any]


@click.command(epilog=EXAMPLES, short_help="List what the code asks for, and where.")
@path_argument
@format_option("text", "json")
@roots_option
@config_option
@jobs_option
@cache_option
@color_option
def refs(
    path: Path, form: str, roots: tuple[str, ...], config: Path | None, jobs: int | None, cache: Path | None, color: str
) -> int:
    """List what the code asks for: every table, function and bucket it names, and where.

    Calls whose name could not be known without running the code come last, with the reason.
    """
    from analyzer.document import as_json
    from analyzer.engine import Options, Session

    session = Session.open(path, Options(roots=roots, config=config, cache=cache, jobs=jobs))
    document = session.references()
    write([as_json(document)] if form == "json" else listing(document, style(color)))
    return code_for(session.problems())


def listing(document: Document, style: Style) -> Iterator[str]:
    """The lines of a references document, version 1."""
    references, unresolved = document["references"], document["unresolved"]
    yield from (_reference(each, style) for each in references)
    if references and unresolved:
        yield ""
    for each in unresolved:
        yield f"{_where(each, style)}: {style.paint('unresolved', YELLOW)} {each['kind']}: {visible(each['reason'])}"
    if references or unresolved:
        yield ""
    yield f"{counted(len(references), 'reference')} resolved, {len(unresolved):,} not."


def _where(each: Document, style: Style) -> str:
    return style.paint(f"{visible(each['path'])}:{each['line']}:{each['column']}", BOLD)


def _reference(each: Document, style: Style) -> str:
    name = visible(".".join(part for part in (each["schema"], each["name"]) if part))
    asked = f" {each['operation']}" if each["operation"] else ""
    columns = f" ({visible(', '.join(each['columns']))})" if each["columns"] else ""
    aside = [each["client"]] if each["client"] != "supabase-js" else []
    aside += [f"from a {each['via']}"] if each["via"] != "literal" else []
    aside += ["test"] if each["test"] else []
    tail = f" [{', '.join(aside)}]" if aside else ""
    return f"{_where(each, style)}: {style.paint(each['kind'], CYAN)} {name}{asked}{columns}{tail}"


COMMAND = refs
