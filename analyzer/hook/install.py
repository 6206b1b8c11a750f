"""Putting the hook in place beside what is there, and taking it out again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analyzer.hook.place import Place
from analyzer.hook.script import hook_script, is_ours
from analyzer.hook.tools import Tool, tools_in
from analyzer.model.errors import ConfigError
from analyzer.model.record import Record


class Installed(Record, frozen=True):
    """``before`` is the hook that was there and is run first, None when there was none; ``anew`` when ours was there already."""

    hook: Path
    before: Path | None
    anew: bool


class Managed(ConfigError):
    """Another tool manages this repository's hooks; the text has the lines that go into its configuration."""


def install(place: Place, name: str, project: str) -> Installed:
    """Put the hook in place; one that is there already is kept, and run first.

    Raises Managed, and ConfigError where it cannot be done without taking something from somebody. Nothing is changed then.
    """
    for tool in tools_in(place, name):
        raise Managed(_say(tool, name))
    hook, before = place.hook(name), place.before(name)
    if place.shared:
        raise ConfigError(
            f"git takes the hooks of all your repositories from {place.folder} (core.hooksPath), so none is put there:"
            f' call `fromcheck hook run {name} "$@"` from {hook}, or give this repository hooks of its own with'
            " `git config core.hooksPath .git/hooks`"
        )
    anew = is_ours(hook)
    if not anew and os.path.lexists(hook) and os.path.lexists(before):
        raise ConfigError(f"{hook} and {before} are both there, and neither is fromcheck's: keep the one that you want")
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        written = _written(place.folder, hook_script(name, project))
        if not anew and os.path.lexists(hook):
            os.rename(hook, before)
        os.replace(written, hook)
    except OSError as error:
        raise ConfigError(f"{hook}: cannot be written: {error.strerror or error}") from None
    return Installed(hook, before if os.path.lexists(before) else None, anew)


def _written(folder: Path, text: str) -> str:
    """A new file with this text that may be run, as other files of the user may."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix="fromcheck-", delete=False) as file:
        file.write(text.encode("utf-8", "surrogateescape"))
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(file.name, 0o777 & ~mask)
    return file.name


def uninstall(place: Place, name: str) -> Path | None:
    """Take the hook out, and put back what was there before; the file that was ours, None when there was none of ours.

    Raises ConfigError when somebody has changed it, or it cannot be taken out.
    """
    hook, before = place.hook(name), place.before(name)
    if not is_ours(hook):
        return None
    try:
        if os.path.lexists(before):
            os.replace(before, hook)
        else:
            os.unlink(hook)
    except OSError as error:
        raise ConfigError(f"{hook}: cannot be taken out: {error.strerror or error}") from None
    return hook


def status(place: Place, name: str) -> Iterator[str]:
    """How it stands with a hook, in words."""
    hook, before = place.hook(name), place.before(name)
    try:
        ours = is_ours(hook)
    except ConfigError as error:
        yield f"{name}: {error}"
        return
    if not ours:
        yield f"{name}: not installed" + (f"; {hook} is another hook" if os.path.lexists(hook) else "")
        for tool in tools_in(place, name):
            yield f"  {tool.name} manages the hooks here: {tool.lines(name)}"
        return
    yield f"{name}: installed, {hook}"
    if os.path.lexists(before):
        yield f"  runs {before} first"


def _say(tool: Tool, name: str) -> str:
    return f"{tool.name} manages the hooks here, so nothing was installed: {tool.lines(name)}"
