"""Reads one SQL file into what it does."""

from __future__ import annotations

from analyzer.model.events import ANYTHING, Gap, SqlFacts, Statement, SyntaxFault
from analyzer.model.source import Problem, Source, mishap
from analyzer.model.span import Span
from analyzer.sql.lexer import Script, Token, open_file, unterminated
from analyzer.sql.split import split
from analyzer.sql.statement import read_statement

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_sql(source: Source) -> SqlFacts:
    """Every statement of the file, in order, and what it does; never raises.

    What PostgreSQL would refuse is a ``SyntaxFault``, what is not understood a ``Gap``; what keeps the file itself from
    being read is a problem.
    """
    if source.data.startswith(_UTF16):
        return _utf16(source.data)
    script = open_file(source.data)
    problems = list(script.problems)
    statements = tuple(_statement(script, tokens, problems) for tokens in split(script, script.stream()))
    if (rest := script.unterminated) is not None:
        span, message = script.span(rest.start, rest.end), unterminated(rest)
        problems.append(Problem(message, span.start))
        if not statements or statements[-1].span.end < span.end:
            statements = (*statements, Statement("unterminated", span, SyntaxFault(message, span)))
    return SqlFacts(statements, tuple(problems))


def _statement(script: Script, tokens: list[Token], problems: list[Problem]) -> Statement:
    """What the statement does; where it is too much for the reader, a gap that may have done anything, and a problem."""
    try:
        return read_statement(script, tokens)
    except Exception as error:
        span = script.span(tokens[0].start, tokens[-1].end)
        problem = mishap(error, "its reader", span.start)
        problems.append(problem)
        return Statement(tokens[0].key, span, Gap(problem.message, span, ANYTHING, dynamic=True))


def _utf16(data: bytes) -> SqlFacts:
    """A file as some editors on Windows save it: PostgreSQL refuses it at the first byte, and does nothing of it."""
    fault = SyntaxFault(f'invalid byte sequence for encoding "UTF8": 0x{data[0]:02x}', Span(0, 2))
    problem = Problem("the file is UTF-16, and PostgreSQL reads UTF-8", 0, True)
    return SqlFacts((Statement("file", Span(0, len(data)), fault),), (problem,))
