"""``fromcheck lsp``: findings as one types, in any editor."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from analyzer.cli.options import cache_option


@click.command(short_help="Serve editors, over stdin and stdout.")
@cache_option
def lsp(cache: Path | None) -> None:
    """Serve editors: a language server that speaks over stdin and stdout.

    Findings as one types, in TypeScript and in SQL; hover, completion, definitions, references and quick fixes. Set your
    editor up to start this command. It needs pip install "fromcheck[lsp]".
    """
    if find_spec("pygls") is None:
        from analyzer.model.errors import ConfigError

        raise ConfigError('fromcheck lsp needs a package that is not here: pip install "fromcheck[lsp]"')
    from analyzer.lsp.server import serve

    serve(cache)


COMMAND = lsp
