"""Changes that mend what a scan finds: edits of the code, and migrations that replay."""

from analyzer.fix.proposal import Change, Mending, Proposal, Refused
from analyzer.fix.propose import proposals

__all__ = ["Change", "Mending", "Proposal", "Refused", "proposals"]
