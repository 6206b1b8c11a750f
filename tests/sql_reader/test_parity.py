"""The reader against PostgreSQL's own parser: the same statements, the same facts, the same refusals."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import postgast
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgast import pg_query_pb2 as pg

from analyzer.model import events as ev
from analyzer.sql.keywords import COLUMN_NAME, RESERVED, TYPE_OR_FUNCTION
from analyzer.sql.lexer import lex
from tests.sql_reader.parity import disagreements, read, refusal

CASES = [
    line.removesuffix(";")
    for line in (Path(__file__).parent / "cases.sql").read_text().splitlines()
    if not line.startswith("--")
]
NOT_FOLLOWED = ("import foreign", "execute p", "do ")


@pytest.mark.parametrize("sql", CASES)
def test_a_statement_says_what_postgres_reads(sql: str) -> None:
    assert list(disagreements(sql)) == []


@pytest.mark.parametrize("sql", [sql for sql in CASES if not sql.startswith(NOT_FOLLOWED)])
def test_no_known_statement_is_a_gap(sql: str) -> None:
    (statement,) = read(sql)
    assert not isinstance(statement.event, ev.Gap | ev.SyntaxFault)


def test_all_cases_in_one_file_split_as_postgres_splits_them() -> None:
    script = ";\n".join(CASES) + ";"
    assert list(disagreements(script)) == []
    assert len(read(script)) == len(CASES)


def test_every_kind_of_event_comes_from_some_case() -> None:
    produced = {type(statement.event) for sql in CASES for statement in read(sql)}
    reader_only = set(get_args(ev.Event)) - {ev.SyntaxFault}
    assert reader_only <= produced


def test_every_kind_of_table_action_comes_from_some_case() -> None:
    tables = [s.event for sql in CASES for s in read(sql) if isinstance(s.event, ev.AlterTable)]
    assert {type(action) for event in tables for action in event.actions} == set(get_args(ev.TableAction))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (RESERVED, pg.RESERVED_KEYWORD),
        (TYPE_OR_FUNCTION, pg.TYPE_FUNC_NAME_KEYWORD),
        (COLUMN_NAME, pg.COL_NAME_KEYWORD),
    ],
)
def test_keywords_are_of_the_kind_that_postgres_gives_them(words: frozenset[str], kind: int) -> None:
    for word in words:
        (token,) = postgast.scan(word).tokens
        assert token.keyword_kind == kind, word


FAULTS = [
    "create policy if not exists p on t",
    "create policy p on t for insert, update to x",
    "create policy p on t to x for select",
    "create policy p on t with check true",
    "alter table a add column b int default now() at time zone 'utc'",
    "alter table a add column b",
    "alter table a add column b int,",
    "alter table a",
    "create table a (b int",
    "create table a (b int,)",
    "create table a (b int c text)",
    "create table a (b)",
    "create table if exists a (b int)",
    "create table order (a int)",
    "create table a (user int)",
    "create or replace table a (b int)",
    "create trigger t before insert on a for each row execute function f(new.id)",
    "create trigger t before insert on a for each row execute function f(now())",
    'drop tr "a; select 1',
    "create or replace materialized view a as select 1",
    "create unique table a (b int)",
    "create temp index i on a (b)",
    "create table a (b int, c)",
    "create table a (b, c int)",
    "create trigger if not exists t before insert on a execute function f()",
    "create trigger t before insert on a for each row execute f()",
    "create function f() returns void as $$ $$ language plpgsql secure",
    "create function f(a int b int) returns void as $$ $$ language sql",
    "create type if not exists t as enum ('a')",
    "create type t as enum ('a', b)",
    "create index i a (b)",
    "create index i on a",
    "create view v select 1",
    "drop policy p",
    "drop table if exist a",
    "grant select on a",
    "alter publication p add tables a",
    "creat table a (b int)",
    "create tabel a (b int)",
    "drop tabel a",
    "alter tabel a add b int",
    "create",
    "# a comment",
    "insert into a values (1",
    "create extension if not exists uuid-ossp",
]


@pytest.mark.parametrize("sql", FAULTS)
def test_a_refused_statement_has_postgres_own_words(sql: str) -> None:
    (statement,) = read(sql)
    assert isinstance(statement.event, ev.SyntaxFault), statement.event
    assert statement.event.message == refusal(sql)


def test_if_not_exists_is_no_part_of_a_constraint() -> None:
    """Version 18 reads on for NOT NULL, and stops one word later than those before it."""
    sql = "alter table a add constraint if not exists c check (true)"
    (statement,) = read(sql)
    assert isinstance(statement.event, ev.SyntaxFault)
    assert statement.event.message == 'syntax error at or near "not"'
    assert refusal(sql) is not None


def test_a_fault_points_at_the_token_that_postgres_stops_at() -> None:
    sql = "create policy if not exists p on t; select 1"
    fault, following = read(sql)
    assert isinstance(fault.event, ev.SyntaxFault)
    assert sql[fault.event.span.start : fault.event.span.end] == "not"
    assert following.event == ev.Need("select")


def test_a_parenthesis_without_end_ends_with_its_statement() -> None:
    first, second = read("create table a (b int; create table c (d int);")
    assert isinstance(first.event, ev.SyntaxFault)
    assert first.event.message == refusal("create table a (b int; create table c (d int);")
    assert isinstance(second.event, ev.CreateTable)


# --- broken on purpose ------------------------------------------------------------------------------------------------

PIECES = [[sql[token.start : token.end] for token in lex(sql).tokens] for sql in CASES]
WORDS = sorted({piece for pieces in PIECES for piece in pieces if piece != ";"})


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A statement with tokens lost, put in, changed over or cut off."""
    pieces = list(draw(st.sampled_from(PIECES)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(pieces) - 1))
        how = draw(st.sampled_from(("lose", "add", "change", "swap", "cut")))
        if how == "lose" and len(pieces) > 1:
            del pieces[at]
        elif how == "add":
            pieces.insert(at, draw(st.sampled_from(WORDS)))
        elif how == "change":
            pieces[at] = draw(st.sampled_from(WORDS))
        elif how == "swap":
            other = draw(st.integers(0, len(pieces) - 1))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif how == "cut":
            pieces = pieces[: max(at, 1)]
    return " ".join(pieces)


@given(broken().filter(lambda sql: ";" not in sql and not sql.startswith("do ")))
@settings(max_examples=1500, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_fault_is_claimed_only_where_postgres_refuses(sql: str) -> None:
    for statement in read(sql):
        if isinstance(statement.event, ev.SyntaxFault):
            assert refusal(sql) is not None
