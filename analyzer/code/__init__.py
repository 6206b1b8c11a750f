"""Reads TypeScript and JavaScript: one file's bytes in, what it asks of the database out."""
