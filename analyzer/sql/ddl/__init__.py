"""The statements, one family a file; see ``analyzer.sql.statement``."""
