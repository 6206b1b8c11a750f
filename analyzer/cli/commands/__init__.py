"""One file a command; each holds a ``COMMAND``. What is slow to import is imported when the command runs."""
