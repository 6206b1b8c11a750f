"""The one pipeline behind every command: ``Session``."""

from analyzer.engine.session import Options, Session

__all__ = ["Options", "Session"]
