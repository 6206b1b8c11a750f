"""One document -> the entities that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.domain.form import Form, Line, UnreadableError
from analyzer.domain.markdown import sections
from analyzer.model.domain import DomainFacts, Entity
from analyzer.model.source import Problem, Source
from analyzer.registry import find_constants

_LINE_END = re.compile(rb"\r\n|\n|\r")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[\w-]*)")
_MARKDOWN = (".md", ".mdx")


def read_domain(source: Source) -> DomainFacts:
    """The entities of the document, in its order; none for a file in no form that is known. Never raises."""
    text = _COMMENT_BYTES.sub(_blanks, source.data) if source.path.lower().endswith(_MARKDOWN) else source.data
    lines = tuple(_lines(text))
    entities: list[Entity] = []
    problems: list[Problem] = []
    for form, part in _parts(source.path, lines):
        try:
            entities.extend(form.read(part))
        except UnreadableError as error:
            problems.append(Problem(f"{error}, so its {form.name} is not read", error.offset))
    entities.sort(key=lambda each: each.span)
    return DomainFacts(tuple(entities), tuple(problems))


_COMMENT_BYTES = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


def _blanks(comment: re.Match[bytes]) -> bytes:
    """As long, and with the same lines: positions stay what they are."""
    return re.sub(rb"[^\r\n]", b" ", comment[0])


def _lines(data: bytes) -> Iterator[Line]:
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    for end in (*(each for each in _LINE_END.finditer(data)), None):
        stop = end.start() if end else len(data)
        yield Line(data[start:stop].decode("utf-8", "surrogateescape"), start)
        start = end.end() if end else stop


def _parts(path: str, lines: Sequence[Line]) -> Iterator[tuple[Form, Sequence[Line]]]:
    """Each form with the lines that are its own: the whole file, the prose of Markdown, or a fence in it."""
    forms: tuple[Form, ...] = find_constants("analyzer.domain.forms", "FORM")
    if not path.lower().endswith(_MARKDOWN):
        yield from ((form, lines) for form in forms if path.lower().endswith(form.suffixes))
        return
    prose, fences = _taken_apart(lines)
    yield from ((form, prose) for form in forms if set(_MARKDOWN) & set(form.suffixes))
    unbuilt = {line.offset for section in sections(prose) if section.unbuilt for line in section.lines}
    told = [(language, fence) for start, language, fence in fences if start not in unbuilt]
    yield from ((form, fence) for language, fence in told for form in forms if language in form.languages)


def _taken_apart(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str, list[Line]]]]:
    """The prose, with an empty line for each fence, and the fences, each with where it begins and its language."""
    prose: list[Line] = []
    fences: list[tuple[int, str, list[Line]]] = []
    mark = ""
    for line in lines:
        fence = _FENCE.match(line.text)
        if mark and fence and fence["mark"].startswith(mark) and not fence["language"]:
            mark = ""
        elif mark:
            fences[-1][2].append(line)
        elif fence:
            mark = fence["mark"]
            fences.append((line.offset, fence["language"].lower(), []))
            prose.append(Line("", line.offset))
        else:
            prose.append(line)
    return prose, fences
