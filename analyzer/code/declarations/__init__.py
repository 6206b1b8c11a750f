"""One file for each tool that declares a schema outside of SQL; each holds one ``DECLARER``."""
