"""JUnit's XML: a suite for each file, a failed case for each finding; one more suite for what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from analyzer.model.report import Entry, Report, Trouble
from analyzer.reporter import Reporter, Style, visible


def render(report: Report, style: Style) -> Iterator[str]:
    """The document; a scan that found nothing is one case that passed, since many readers take no case for an error."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    count, untold = len(report.entries), report.untold
    errors = sum(each.internal for each in untold)
    tests = max(count + len(untold), 1)
    yield f'<testsuites name="fromcheck" tests="{tests}" failures="{count}" errors="{errors}" time="{report.seconds:.3f}">'
    if not count and not untold:
        yield '  <testsuite name="fromcheck" tests="1" failures="0" errors="0" time="0">'
        yield '    <testcase name="scan" classname="fromcheck" time="0"/>'
        yield "  </testsuite>"
    for path, entries in groupby(report.entries, key=lambda entry: entry.region.path):
        yield from _suite(path, list(entries))
    if untold:
        yield f'  <testsuite name="problems" tests="{len(untold)}" failures="0" errors="{errors}" time="0">'
        yield from map(_problem, untold)
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(path: str, entries: list[Entry]) -> Iterator[str]:
    count = len(entries)
    yield f'  <testsuite name={_attribute(path)} tests="{count}" failures="{count}" errors="0" time="0">'
    for entry in entries:
        start = entry.region.start
        name = _attribute(f"{entry.code} {entry.subject} at {start.line}:{start.column}")
        yield f'    <testcase name={name} classname={_attribute(path)} file={_attribute(path)} line="{start.line}" time="0">'
        text = f"{path}:{start.line}:{start.column}: {entry.message}. {entry.help}"
        label = _attribute(entry.message)
        yield f'      <failure type="{entry.severity.label}" message={label}>{escape(visible(text))}</failure>'
        yield "    </testcase>"
    yield "  </testsuite>"


def _problem(trouble: Trouble) -> str:
    """A case that says what could not be read: passed, since it is no finding, but for a fault of fromcheck itself."""
    path, message = _attribute(trouble.path), _attribute(trouble.message)
    case = f'    <testcase name={message} classname={path} file={path} line="{trouble.line or 1}" time="0"'
    return f'{case}><error type="internal" message={message}/></testcase>' if trouble.internal else f"{case}/>"


def _attribute(text: str) -> str:
    return quoteattr(visible(text))


REPORTER = Reporter("junit", "JUnit's XML, for CI systems that show tests", render, counts=False)
