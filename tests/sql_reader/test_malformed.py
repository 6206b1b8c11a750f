"""What the readers of expressions and of plpgsql refuse, PostgreSQL's own parsers refuse; and they refuse most of what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import postgast
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model import events as ev
from analyzer.sql.scan import scan
from tests.sql_reader.parity import read

EXPRESSIONS = [
    "auth.uid() = user_id and (active or n between 1 and 5)",
    "name like 'a%' escape '\\' and not (kind in ('x', 'y')) is true",
    "case when a > 1 then b is distinct from c else (select auth.uid()) = id end",
    "(meta -> 'a' ->> 'b')::text <> all (array['x']::text[]) or at > now() - interval '1 day'",
    "exists (select 1 from t where t.id = u.id) and staff.* is not null and -n + 1 >= 0",
    "cast(a as int) = 1 and extract(epoch from at) > 0 and coalesce(a, b, 1) = 2 and d at time zone 'utc' is null",
    "lower(trim(both from name)) ~* '^[a-z]+$' and name collate \"C\" > 'x' and tags @> array['a', 'b']",
    "row(a, b) = (1, 2) and a::numeric(10, 2) = any (select x from y) and b similar to 'z' and f(a => 1, b => 2)",
]
BODIES = [
    "declare x int := 1; y text; begin if x > 1 then y := 'a'; elsif x = 2 then null; else return 1; end if; return x; end",
    "begin for i in 1 .. 3 loop continue when i = 2; exit; end loop; return 1; exception when others then return 0; end;",
    "<<outer>> declare r record; begin for r in select 1 as a loop raise notice '%', r.a; end loop; return (1); end outer",
    "begin case 1 when 1, 2 then return 1; else null; end case; while true loop exit; end loop; begin null; end; return 2; end",
]
PIECES = [
    "and",
    "or",
    "not",
    "is",
    "in",
    "=",
    "(",
    ")",
    ",",
    "null",
    "case",
    "end",
    "user_id",
    "1",
    "'x'",
    "like",
    "between",
    "::",
    "text",
    "then",
    "when",
    "else",
    "->>",
    "any",
    "exists",
    "if",
    "loop",
    "begin",
    ";",
    "declare",
    "return",
    "elsif",
    "exception",
    ":=",
    "for",
    "while",
    "..",
]


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in scan(text)]


@st.composite
def changed(draw: st.DrawFn, texts: list[str]) -> str:
    """One of the texts with a token left out, put in, put in place of another, or moved."""
    found = tokens(draw(st.sampled_from(texts)))
    at = draw(st.integers(0, len(found) - 1))
    piece = draw(st.sampled_from(PIECES))
    how = draw(st.sampled_from(["out", "in", "over", "moved"]))
    if how == "out":
        del found[at]
    elif how == "in":
        found.insert(at, piece)
    elif how == "over":
        found[at] = piece
    else:
        found.insert(draw(st.integers(0, len(found) - 1)), found.pop(at))
    return " ".join(found)


def policy(expression: str) -> str:
    return f"create policy p on t using ({expression})"


def function(body: str) -> str:
    return f"create function f() returns int language plpgsql as $body$ {body} $body$"


def taken(sql: str) -> bool:
    """Whether PostgreSQL's parsers take the statement, and the body in it."""
    try:
        postgast.parse(sql)
        if sql.startswith("create function"):
            postgast.parse_plpgsql(sql)
    except postgast.PgQueryError:
        return False
    return True


def refused(sql: str) -> bool:
    return any(isinstance(event, ev.SyntaxFault) for event in events(sql))


def events(sql: str) -> Iterator[object]:
    for statement in read(sql):
        yield statement.event
        if isinstance(statement.event, ev.CreateFunction):
            yield from (each.event for each in statement.event.statements)


@pytest.mark.parametrize("sql", [*map(policy, EXPRESSIONS), *map(function, BODIES)])
def test_what_postgres_takes_is_taken(sql: str) -> None:
    assert taken(sql)
    assert not refused(sql)


@given(changed(EXPRESSIONS))
def test_an_expression_that_is_refused_is_refused_by_postgres(expression: str) -> None:
    sql = policy(expression)
    assert not (refused(sql) and taken(sql))


@given(changed(BODIES))
@settings(max_examples=200)
def test_a_body_that_is_refused_is_refused_by_postgres(body: str) -> None:
    sql = function(body)
    assert not (refused(sql) and taken(sql))


@pytest.mark.parametrize(("frame", "texts", "share"), [(policy, EXPRESSIONS, 0.7), (function, BODIES, 0.5)])
def test_most_of_what_lacks_a_token_is_refused(frame: Callable[[str], str], texts: list[str], share: float) -> None:
    """Of a body, what steers is read, and not the expressions between."""
    lacking = [" ".join(each[:at] + each[at + 1 :]) for each in map(tokens, texts) for at in range(len(each))]
    broken = [sql for sql in map(frame, lacking) if not taken(sql)]
    assert len(broken) > len(lacking) / 3
    assert sum(map(refused, broken)) > len(broken) * share
