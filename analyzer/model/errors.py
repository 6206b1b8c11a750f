"""What can go wrong that the user can mend. The CLI turns these into exit code 2; nothing below the CLI exits."""

from __future__ import annotations


class FromcheckError(Exception):
    """Base of the errors below; its text is one sentence for the user."""


class ConfigError(FromcheckError):
    """The configuration, or an option that overrides it, is wrong; the text says where and what is allowed."""


class NothingToScan(FromcheckError):
    """There is no code, or no schema source; the text says what was looked for and where."""
