"""The rules, one a file; see ``analyzer.rule``."""
