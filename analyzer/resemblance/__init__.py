"""What a missing relation probably should have been: the existing ones that are most like it, with the evidence in words."""

from analyzer.resemblance.rank import Candidate, resemblances

__all__ = ["Candidate", "resemblances"]
