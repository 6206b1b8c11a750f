"""One file for each kind of call that names something in the database; each holds an ``EXTRACTOR``."""
