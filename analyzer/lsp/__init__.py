"""The language server: what a scan finds, as one types, and what the schema knows about a name in the code."""
