"""One file an output format; each holds a ``REPORTER``."""
