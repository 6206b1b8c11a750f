"""Changes as a patch that ``git apply`` takes, byte for byte."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import diff_bytes, unified_diff
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from analyzer.fix import Change, Proposal

_NOWHERE = b"/dev/null"
_QUOTED = re.compile(rb"[^ !#-\[\]-~]")


def patch(made: Iterable[Proposal]) -> Iterator[bytes]:
    """Each file once, with all that is done to it; renamed ones first."""
    whole: dict[str, Change] = {}
    for proposal in made:
        moved = _renamed(proposal)
        if moved is not None:
            old, new = moved
            yield b"diff --git %s %s\nsimilarity index 100%%\n" % (_name(f"a/{old}"), _name(f"b/{new}"))
            yield b"rename from %s\nrename to %s\n" % (_name(old), _name(new))
            continue
        for change in proposal.changes:
            first = whole.get(change.path, change)
            whole[change.path] = replace(change, before=first.before)
    for change in whole.values():
        yield from _diff(change)


def _renamed(proposal: Proposal) -> tuple[str, str] | None:
    gone = [each for each in proposal.changes if each.after is None]
    come = [each for each in proposal.changes if each.before is None]
    if len(gone) == len(come) == 1 and gone[0].before == come[0].after:
        return gone[0].path, come[0].path
    return None


def _diff(change: Change) -> Iterator[bytes]:
    before, after = (BytesIO(each or b"").readlines() for each in (change.before, change.after))
    old = _NOWHERE if change.before is None else _name(f"a/{change.path}")
    new = _NOWHERE if change.after is None else _name(f"b/{change.path}")
    for line in diff_bytes(unified_diff, before, after, old, new):
        yield line if line.endswith(b"\n") else b"%s\n\\ No newline at end of file\n" % line


def _name(path: str) -> bytes:
    """A path as git writes it: between quotes, with escapes, where it would not print, or end elsewhere."""
    name = os.fsencode(path)
    if path.isprintable() and not re.search('["\\\\]', path):
        return name
    return b'"%s"' % _QUOTED.sub(lambda found: b"\\%03o" % found[0][0], name)
