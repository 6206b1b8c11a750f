"""What the configuration says of a finding: how bad it is, and whether it is reported at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.config import Config, Ignored
from analyzer.model.finding import Finding, Severity

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_TESTS = "tests"
_USUAL_IN_TESTS = "info"


class Policy:
    """One configuration over one set of files; ``tests`` are the paths of those that are tests."""

    def __init__(self, config: Config, tests: Collection[str] = frozenset()) -> None:
        self._severity = {code: level for code, level in config.severity.items() if level != "off"}
        self._tests = tests
        self._in_tests = config.levels.get(_TESTS, _USUAL_IN_TESTS)
        self._levels = [(_spec([kind]), level) for kind, level in config.levels.items() if kind != _TESTS]
        self._ignored = [(each, _spec(each.paths)) for each in config.ignore if each.objects or each.paths]

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity of its rule, no higher than the level of the file that it is in."""
        usual = self._severity.get(finding.code)
        severity = Severity[usual.upper()] if usual else finding.severity
        highest = (Severity[each.upper()] for each in self._ceilings(finding.place.path) if each != "off")
        return replace(finding, severity=min((severity, *highest)))

    def silences(self, finding: Finding) -> str | None:
        """The reason why the finding is not reported (empty when none is given), None when it is."""
        if "off" in self._ceilings(finding.place.path):
            return "levels: off in files of this kind"
        return next((each.reason for each, paths in self._ignored if _meets(finding, each, paths)), None)

    def _ceilings(self, path: str) -> Iterator[str]:
        if path in self._tests:
            yield self._in_tests
        yield from (level for paths, level in self._levels if paths.match_file(path))


def _spec(patterns: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _meets(finding: Finding, ignored: Ignored, paths: GitIgnoreSpec) -> bool:
    return (
        (not ignored.rules or finding.code.startswith(ignored.rules))
        and (not ignored.objects or any(_is_about(finding, each) for each in ignored.objects))
        and (not ignored.paths or paths.match_file(finding.place.path))
    )


def _is_about(finding: Finding, pattern: str) -> bool:
    """True when the pattern names the object, or what it is part of: a column's table, a table's schema."""
    return any(fnmatchcase(name, pattern) for name in accumulate(finding.subject.split("."), "{}.{}".format))
