"""Holds the static replay against a real PostgreSQL: a throwaway one that applies the migrations, or a live one."""

from analyzer.verify.verify import Outcome, drift, verify

__all__ = ["Outcome", "drift", "verify"]
