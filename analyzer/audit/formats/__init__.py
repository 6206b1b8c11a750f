"""The formats of the audit, one a file."""
