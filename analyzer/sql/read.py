"""Reads one SQL file into what it does."""

from __future__ import annotations

from analyzer.model.events import SqlFacts
from analyzer.model.source import Problem, Source
from analyzer.sql.lexer import lex_file
from analyzer.sql.split import split
from analyzer.sql.statement import read_statement, unterminated


def read_sql(source: Source) -> SqlFacts:
    """Every statement of the file, in order, and what it does; never raises.

    What PostgreSQL would refuse is a ``SyntaxFault``, what is not understood a ``Gap``; what keeps the file itself from
    being read is a problem.
    """
    script = lex_file(source.data)
    statements = tuple(read_statement(script, tokens) for tokens in split(script))
    problems = list(script.problems)
    if script.unterminated is not None:
        problems.append(Problem(unterminated(script.unterminated), script.byte(script.unterminated.start)))
    return SqlFacts(statements, tuple(problems))
