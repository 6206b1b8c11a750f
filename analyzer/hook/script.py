"""The hook's own file: a few lines of shell that run the hook that was there before, and then fromcheck."""

from __future__ import annotations

import os
import shlex
import sys
from hashlib import blake2b
from pathlib import Path

from analyzer.config.file import read_small
from analyzer.hook.place import BEFORE
from analyzer.model.errors import ConfigError

_MARK = "# fromcheck's hook; `fromcheck hook uninstall` takes it out. "
_LONGEST = 100_000

_PUSH = """\
refs=$(cat)
if [ -x "$0{before}" ]; then
  printf '%s' "${{refs:+$refs
}}" | "$0{before}" "$@" || exit $?
fi
"""
_COMMIT = """\
if [ -x "$0{before}" ]; then
  "$0{before}" "$@" || exit $?
fi
"""
_FIND = """\
set -- hook run {name}{project} -- "$@"
if [ -x {program} ]; then
  set -- {command} "$@"
elif command -v fromcheck >/dev/null 2>&1; then
  set -- fromcheck "$@"
else
  echo "fromcheck: not checked: the program is not at "{program}" any more, nor in PATH" >&2
  exit 0
fi
"""
_RUN = {"pre-push": 'printf \'%s\' "${refs:+$refs\n}" | "$@"\n', "pre-commit": '"$@"\n'}


def hook_script(name: str, project: str) -> str:
    """The text of a hook; ``project`` is the folder to judge, relative to the work tree, empty for all of it."""
    command = _command()
    said = f" --project {shlex.quote(project)}" if project else ""
    words = " ".join(map(shlex.quote, command))
    find = _FIND.format(name=name, project=said, program=shlex.quote(command[0]), command=words)
    before = (_PUSH if name == "pre-push" else _COMMIT).format(before=BEFORE)
    body = before + find + _RUN[name]
    return f"#!/bin/sh\n{_MARK}{_seal(body)}\n{body}"


def is_ours(file: Path) -> bool:
    """True for a hook that fromcheck wrote, and nobody changed. Raises ConfigError for one that somebody did change."""
    try:
        text = read_small(file, _LONGEST).decode("utf-8", "replace")
    except OSError:
        return False
    _, _, rest = text.partition("\n")
    mark, _, body = rest.partition("\n")
    if not mark.startswith(_MARK):
        return False
    if mark != _MARK + _seal(body):
        raise ConfigError(f"{file}: this is fromcheck's hook, but somebody has changed it: it is left as it is")
    return True


def _seal(body: str) -> str:
    return blake2b(body.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _command() -> list[str]:
    """How this very fromcheck is started again; -P keeps Python from taking modules of the folder it is started in."""
    script = os.path.abspath(sys.argv[0])
    if os.path.basename(script).startswith("fromcheck") and os.access(script, os.X_OK):
        return [script]
    return [sys.executable, "-P", "-m", "analyzer"]
