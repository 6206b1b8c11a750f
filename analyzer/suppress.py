"""Ignore comments: ``fromcheck-ignore FC101: why``, on the line of a finding, alone above its line or its statement, or
for a file.

Only true comments count, never what looks like one within a string. A comment has to say which codes it silences, and
what silences nothing is a finding itself (FC901).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from analyzer.code.comments import comments as code_comments
from analyzer.code.comments import statements
from analyzer.model.finding import Edit, Finding, Fix
from analyzer.model.ignore import MARK, Ignore
from analyzer.model.record import Record
from analyzer.model.source import Source
from analyzer.model.span import Place, Span
from analyzer.rules.unused_suppression import RULE

_COMMENT = re.compile(rb"(?://+|/\*[\s*]*|--+|<!--+)\s*fromcheck-ignore(?P<suffix>[\w-]*)(?P<said>.*)", re.DOTALL)
_SAID = re.compile(
    r"[\s:]*(?P<codes>FC\d{3}\b(?:[\s,]+FC\d{3}\b)*)\s*(?P<odd>,\s*[^\s:]*)?[\s:-]*(?P<reason>.*)", re.DOTALL
)
_MARKDOWN = (".md", ".mdx")
_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENT_ENDS = ("*/", "-->", "--!>")
# Lines of other comments, such as `// @ts-expect-error`, and no empty one.
_COMMENTED = re.compile(rb"(?:[ \t]*(?://[^\r\n]*|/\*(?:[^*]|\*(?!/))*+\*/[ \t]*)(?:\r\n|\n|\r))+[ \t]*")
_NOTHING = re.compile(rb"[\s{}]*")
_LINE_END = re.compile(rb"\r\n|\n|\r")


def read_ignores(source: Source) -> tuple[Ignore, ...]:
    """The ignore comments of a code or SQL file or a document, in order; it is nearly free where there are none."""
    if MARK not in source.data:
        return ()
    spans = [span for span in _comments(source) if _COMMENT.match(source.data, span.start, span.end)]
    below = statements(source, spans)
    return tuple(_stacked([_read(source, span, below.get(span)) for span in spans]))


def _comments(source: Source) -> Sequence[Span]:
    path = source.path.lower()
    if path.endswith(".sql"):
        from analyzer.sql.comments import comments

        return comments(source.data)
    if path.endswith(_MARKDOWN):
        return [Span(*match.span()) for match in _MARKUP.finditer(source.data)]
    return code_comments(source, MARK)


def _read(source: Source, span: Span, below: Span | None) -> Ignore:
    match = _COMMENT.match(source.data, span.start, span.end)
    assert match is not None
    suffix = match["suffix"].decode("utf-8", "replace")
    text = match["said"].decode("utf-8", "replace").rstrip()
    text = next((text.removesuffix(end) for end in _COMMENT_ENDS if text.endswith(end)), text).rstrip()
    reach, extent = _reach_and_extent(source.data, span, below)
    if suffix == "-file":
        reach = Span(0, len(source.data) + 1)
    place = Place(source.path, span)
    said = _SAID.fullmatch(text)
    if suffix not in ("", "-file"):
        fault = f"there is no `fromcheck-ignore{suffix}`: write `fromcheck-ignore` for a line, `fromcheck-ignore-file` for the file"
    elif said is None:
        fault = f"`fromcheck-ignore{suffix}` does not say what it silences"
    elif said["odd"]:
        fault = f"`{said['odd'].lstrip(', ')}` is no code"
    else:
        codes = dict.fromkeys(re.findall(r"FC\d{3}", said["codes"]))
        return Ignore(place, reach, extent, tuple(codes), " ".join(said["reason"].split()))
    return Ignore(place, reach, extent, fault=fault)


def _reach_and_extent(data: bytes, span: Span, below: Span | None) -> tuple[Span, Span]:
    """A comment on its own reaches the line below, or the whole statement there, and fills its line; one after something
    reaches the rest of that.
    """
    start = max(data.rfind(b"\n", 0, span.start), data.rfind(b"\r", 0, span.start)) + 1
    end = _end_of_line(data, span.end)
    if _NOTHING.fullmatch(data, start, span.start) and _NOTHING.fullmatch(data, span.end, end):
        reach = Span(end, _end_of_line(data, end))
        if below is not None and (
            reach.start <= below.start < reach.end or _COMMENTED.fullmatch(data, end, below.start)
        ):
            reach = Span(end, max(reach.end, _end_of_line(data, below.end)))
        return reach, Span(start, min(end, len(data)))
    before = len(data[start : span.start].rstrip()) + start
    return Span(start, end), Span(span.start if data[span.end : end].strip() else before, span.end)


def _end_of_line(data: bytes, at: int) -> int:
    """Where the next line starts; one past the end when there is none, so that an empty place there is within."""
    match = _LINE_END.search(data, at)
    return match.end() if match else len(data) + 1


def _stacked(ignores: Sequence[Ignore]) -> Iterator[Ignore]:
    """Comments one below the other reach the same line."""
    below: list[Ignore] = []
    for ignore in reversed(ignores):
        if below and ignore.place.span.end <= ignore.reach.start <= below[-1].place.span.start < ignore.reach.end:
            ignore = replace(ignore, reach=below[-1].reach)
        below.append(ignore)
    return reversed(below)


# --- what they do -----------------------------------------------------------------------------------------------------


class Outcome(Record, frozen=True):
    """The findings that comments silence, each with the reason given, and what is wrong with the comments."""

    silenced: Mapping[Finding, str]
    faults: tuple[Finding, ...]


def suppress(
    findings: Iterable[Finding], ignores: Iterable[Ignore], checked: Collection[str], known: Collection[str]
) -> Outcome:
    """What the comments do. ``checked`` are the codes that were looked for, ``known`` are all that there are."""
    by_path: dict[str, list[Ignore]] = {}
    for ignore in ignores:
        by_path.setdefault(ignore.place.path, []).append(ignore)
    silenced: dict[Finding, str] = {}
    reached: dict[Place, set[str]] = {}
    for finding in findings:
        covering = [ignore for ignore in by_path.get(finding.place.path, ()) if ignore.covers(finding)]
        for ignore in covering:
            reached.setdefault(ignore.place, set()).add(finding.code)
            if finding.code in ignore.codes:
                silenced[finding] = ignore.reason
    if RULE.code not in checked:
        return Outcome(silenced, ())
    every = [ignore for file in by_path.values() for ignore in file]
    faults = [found for each in every for found in _faults(each, reached.get(each.place, set()), checked, known)]
    return Outcome(silenced, tuple(faults))


def _faults(ignore: Ignore, there: set[str], checked: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    """What is wrong with a comment, where ``there`` are the codes of the findings within its reach."""
    if ignore.fault:
        write = ", ".join(sorted(there)[:3]) or "FC101"
        yield _finding(ignore, "fromcheck-ignore", ignore.fault, f"Write `fromcheck-ignore {write}: the reason`.")
    idle = [code for code in ignore.codes if code in known and code in checked and code not in there]
    for code in ignore.codes:
        if code not in known:
            yield _finding(ignore, code, f"there is no rule {code}", "`fromcheck rules` lists the codes.")
        elif code == RULE.code:
            yield _finding(ignore, code, f"{code} cannot be silenced by a comment", "Take the comment out.")
        elif code in idle:
            yield _finding(
                ignore,
                code,
                f"this comment silences nothing: there is no {code} where it reaches",
                "Take it out, or put it on the line of the finding or alone above it.",
                _removal(ignore) if len(idle) == len(ignore.codes) else None,
            )


def _removal(ignore: Ignore) -> Fix:
    """Safe but for SQL: some tools refuse a migration that has changed since it was applied, be it by a comment."""
    path = ignore.place.path
    edit = Edit(Place(path, ignore.extent), "")
    return Fix("Take the comment out", (edit,), safe=not path.lower().endswith(".sql"))


def _finding(ignore: Ignore, subject: str, message: str, help_: str, fix: Fix | None = None) -> Finding:
    return Finding(RULE.code, RULE.severity, message, subject, ignore.place, help_, fix=fix)
