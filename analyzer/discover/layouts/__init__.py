"""One file for each tool whose migrations are plain SQL; each holds one ``LAYOUT``."""
