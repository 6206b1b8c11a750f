"""The baseline: findings that were there when it was written, put aside so that only new ones are reported.

A finding is known again by its fingerprint, which holds no line number. Of several alike in a file each has its own, so
one more than was accepted is new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec.structs import replace

from analyzer.config.file import read_agreed, read_small, stands
from analyzer.model.errors import ConfigError
from analyzer.model.inventory import Tree
from analyzer.model.record import Record
from analyzer.model.report import Accepted, Entry, Report, Silenced

FILE_NAME = "fromcheck-baseline.json"
MOST_BYTES = 50_000_000
VERSION = 1


class Baseline(Record, frozen=True):
    """What a baseline file accepts; ``shown`` is how messages name the file."""

    shown: str
    accepted: tuple[Accepted, ...] = ()


def find_baseline(root: Path, given: Path | None = None, tree: Tree | None = None) -> Baseline | None:
    """The baseline of the scanned folder, or the file that the command line names; None when there is none.

    ``tree`` is where to look for it, when that is not the folder on disk.

    Raises ConfigError, with file and place, when it cannot be read or is none.
    """
    if given is None and not stands(FILE_NAME, root, tree):
        return None
    shown = FILE_NAME if given is None else str(given)
    try:
        data = read_small(given, MOST_BYTES) if given else read_agreed(FILE_NAME, root, tree, MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{shown}: is larger than {MOST_BYTES // 1_000_000} MB, the most that a baseline may hold")
    return Baseline(shown, read_baseline(data, shown))


def read_baseline(data: bytes, shown: str) -> tuple[Accepted, ...]:
    """What a baseline's bytes accept, in the file's order. Raises ConfigError for what no ``baseline write`` wrote."""
    try:
        return _accepted(json.loads(data))
    except json.JSONDecodeError as error:
        where, what = f"{shown}:{error.lineno}", f"is not valid JSON: {error.msg}"
    except UnicodeDecodeError:
        where, what = shown, "is not valid JSON: it is not UTF-8"
    except RecursionError:
        where, what = shown, "is nested too deeply"
    except ValueError as error:
        where, what = shown, str(error)
    raise ConfigError(f"{where}: {what}; `fromcheck baseline write` writes it anew")


def _accepted(document: object) -> tuple[Accepted, ...]:
    import msgspec

    if not isinstance(document, dict) or "version" not in document:
        raise ValueError("is no baseline: it has no version")
    if document["version"] != VERSION:
        raise ValueError(f"has version {document['version']!r}, and this fromcheck knows version {VERSION}")
    findings = document.get("findings")
    if not isinstance(findings, list):
        raise ValueError("has no list of findings")
    read: dict[str, Accepted] = {}
    for number, each in enumerate(findings, 1):
        try:
            accepted = msgspec.convert(each, Accepted)
        except msgspec.ValidationError as error:
            raise ValueError(f"finding {number} is none: {error}") from None
        if accepted.fingerprint in read:
            raise ValueError(f"finding {number} stands twice ({accepted.code} {accepted.path})")
        read[accepted.fingerprint] = accepted
    return tuple(read.values())


def accept(report: Report, baseline: Baseline, checked: Collection[str]) -> Report:
    """The report without what the baseline accepts. Entries whose finding is gone are stale, if its rule was ``checked``."""
    known = {each.fingerprint for each in baseline.accepted}
    there = {each.fingerprint for each in report.entries}
    old = tuple(Silenced(each, "baseline") for each in report.entries if each.fingerprint in known)
    return replace(
        report,
        entries=tuple(each for each in report.entries if each.fingerprint not in known),
        silenced=(*report.silenced, *old),
        baselined=len(old),
        baseline=baseline.shown,
        stale=tuple(each for each in baseline.accepted if each.fingerprint not in there and each.code in checked),
    )


def render_baseline(entries: Iterable[Entry]) -> str:
    """A baseline file that accepts these findings: one line each, in an order that no edit to the code shuffles."""
    kept = sorted((each.region.path, each.code, each.subject, each.fingerprint) for each in entries)
    lines = (
        json.dumps({"fingerprint": name, "code": code, "path": path, "subject": subject}, ensure_ascii=False)
        for path, code, subject, name in kept
    )
    findings = ",".join(f"\n    {line}" for line in lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [{findings}\n  ]\n}}'
