"""One code file in, its facts out."""

from __future__ import annotations

from analyzer.code.elsewhere import Elsewhere
from analyzer.code.finder import matches, may_ask
from analyzer.code.grammar import first_error, parse
from analyzer.code.regions import is_code, region_of
from analyzer.code.script import Script
from analyzer.code.value import RelationsIn, Values, no_relations
from analyzer.model.crossing import NOTHING_KNOWN, Known
from analyzer.model.facts import CodeFacts, Reference, Unresolved
from analyzer.model.source import Problem, Source

SYNTAX_ERROR = "syntax error; what stands here may be read wrongly"


def read_code(source: Source, known: Known = NOTHING_KNOWN, relations_in: RelationsIn = no_relations) -> CodeFacts:
    """What the file asks of the database. It never raises: what cannot be read is a problem in the answer.

    ``known`` is what other files tell about it; what it would need to know besides is in ``wants`` and ``takes``.
    ``relations_in`` reads SQL that stands in the code.
    """
    # Cheap first: nearly half of the files hold none of the words, and are not looked at any further.
    data = source.data
    if not is_code(source.path):
        return CodeFacts()
    if (binary := data.find(b"\0")) != -1:
        return CodeFacts(problems=(Problem(_binary(data), binary, True),))
    if not may_ask(data):
        return CodeFacts()
    region = region_of(source.path, data)
    if region is None:
        return CodeFacts()
    problems = list(_undecodable(data))
    elsewhere = Elsewhere(known)
    script = parse(region.data, region.dialect, elsewhere.text())
    elsewhere.attach(script)
    if (error := first_error(script.root)) is not None and error.start_byte < script.end:
        problems.append(Problem(SYNTAX_ERROR, error.start_byte))
    values = Values(script, elsewhere, relations_in)
    answers = (extractor.read(match) for extractor, match in matches(values, region.dialect))
    read = [each for answer in answers for each in (answer if isinstance(answer, tuple) else (answer,))]
    return CodeFacts(
        tuple(each for each in read if isinstance(each, Reference)),
        tuple(each for each in read if isinstance(each, Unresolved)),
        tuple(problems),
        tuple(elsewhere.wants),
        tuple(elsewhere.takes),
    )


def script_of(source: Source, elsewhere: Elsewhere) -> Script | None:
    """The tree of a code file with what is known of it; None for what is no code."""
    region = region_of(source.path, source.data) if is_code(source.path) and b"\0" not in source.data else None
    if region is None:
        return None
    script = parse(region.data, region.dialect, elsewhere.text())
    elsewhere.attach(script)
    return script


def _binary(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "this file is UTF-16; it is not read unless it is saved as UTF-8"
    return "this file holds a NUL byte, so it is taken for a binary and not read"


def _undecodable(data: bytes) -> list[Problem]:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Problem("this byte is not UTF-8; a name that holds such bytes is read wrongly", error.start, True)]
    return []
