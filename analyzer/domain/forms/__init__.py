"""The ways to write a data model, one a file."""
