"""What the reader does with a file as a whole: places, encodings, what is no SQL, what can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from analyzer.model import events as ev
from analyzer.model.record import Record
from analyzer.model.source import Source
from analyzer.model.span import Span
from analyzer.sql.lexer import cut, fold, lex, names_of, names_within
from analyzer.sql.read import read_sql
from analyzer.sql.tree import parse
from analyzer.sql.types import is_builtin

CASES = (Path(__file__).parent / "cases.sql").read_text()


def read(data: bytes | str) -> ev.SqlFacts:
    return read_sql(Source("x.sql", data.encode() if isinstance(data, str) else data))


def events(sql: str) -> list[ev.Event]:
    return [statement.event for statement in read(sql).statements]


def event(sql: str) -> Any:
    (only,) = events(sql)
    return only


def parts(value: Any) -> Iterator[Any]:
    """Every record within an event."""
    if isinstance(value, Record):
        yield value
        for each in structs.astuple(value):
            yield from parts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from parts(each)


def written(data: bytes, span: Span) -> str:
    return data[span.start : span.end].decode()


# --- places -----------------------------------------------------------------------------------------------------------

BEFORE = ["", "-- plain\n", "/* 😀 é \r\n */\r\n", "\ufeff-- ü\r\n", "select '😀😀', \"ß\";\r\n"]


@pytest.mark.parametrize("before", BEFORE)
def test_a_name_stands_where_its_span_says(before: str) -> None:
    data = (before + CASES.replace("\n", "\r\n")).encode()
    seen = 0
    for statement in read(data).statements:
        if statement.kind == "do":
            continue
        for part in parts(statement.event):
            if isinstance(part, ev.Ref):
                name = lex(written(data, part.span)).tokens[-1].value
                assert name == part.name
                seen += 1
            elif isinstance(part, ev.TypeRef) and not is_builtin(part.name) and part.column is None:
                assert lex(written(data, part.span)).tokens[-1].value.removeprefix("_") == part.name
                seen += 1
            elif isinstance(part, ev.ColumnDef | ev.CreatePolicy | ev.CreateTrigger | ev.CreateSchema):
                assert lex(written(data, part.span)).tokens[0].value == part.name
                seen += 1
            elif isinstance(part, ev.DropColumn | ev.AlterColumn):
                assert fold(written(data, part.span)) == part.column
                seen += 1
            elif isinstance(part, ev.Text):
                assert written(data, part.span) == part.sql
                seen += 1
    assert seen > 300


def test_statements_go_from_first_token_to_last() -> None:
    data = b"\xef\xbb\xbf -- \xc3\xa9\n ;; select 1 ; /* x */ begin ;"
    assert [written(data, each.span) for each in read(data).statements] == ["select 1", "begin"]


def test_names_are_folded_and_cut_as_postgres_does_it() -> None:
    assert fold("ÀBC") == "Àbc"
    assert cut("x" * 70) == "x" * 63
    assert cut("é" * 40) == "é" * 31
    table = event(f'create table "A""b".{"T" * 70} (U&"d\\0061t" int)')
    assert (table.table.schema, table.table.name) == ('A"b', "t" * 63)
    assert table.columns[0].name == "dat"


# --- types ------------------------------------------------------------------------------------------------------------

TYPES = [
    ("int", "integer", "", 0),
    ("int4", "integer", "", 0),
    ("pg_catalog.int8", "bigint", "", 0),
    ('"int2"', "smallint", "", 0),
    ("decimal(10)", "numeric", "(10,0)", 0),
    ("numeric(10, 2)", "numeric", "(10,2)", 0),
    ("char", "character", "(1)", 0),
    ("char(3)", "character", "(3)", 0),
    ('"char"', '"char"', "", 0),
    ("bpchar", "bpchar", "", 0),
    ("varchar", "character varying", "", 0),
    ("character varying(255)[]", "character varying", "(255)", 1),
    ("float", "double precision", "", 0),
    ("float(24)", "real", "", 0),
    ("float(25)", "double precision", "", 0),
    ("bit", "bit", "(1)", 0),
    ("bit varying(3)", "bit varying", "(3)", 0),
    ("timestamptz", "timestamp with time zone", "", 0),
    ("timestamp(3) with time zone", "timestamp with time zone", "(3)", 0),
    ("timestamptz(3)", "timestamp with time zone", "(3)", 0),
    ("timestamp", "timestamp without time zone", "", 0),
    ("time(0)", "time without time zone", "(0)", 0),
    ("interval", "interval", "", 0),
    ("interval day to second(3)", "interval", " day to second(3)", 0),
    ("int array[3]", "integer", "", 1),
    ("text[][3]", "text", "", 2),
    ("_text", "text", "", 1),
    ("bigserial", "bigserial", "", 0),
    ("vector( 1536 )", "vector", "(1536)", 0),
]


@pytest.mark.parametrize(("sql", "name", "modifier", "dimensions"), TYPES)
def test_types_are_spelt_as_format_type_spells_them(sql: str, name: str, modifier: str, dimensions: int) -> None:
    found = event(f"create table t (a {sql} not null)").columns[0].type
    assert (found.schema, found.name, found.modifier, found.dimensions) == (None, name, modifier, dimensions)


def test_a_quoted_keyword_is_no_built_in_type() -> None:
    column = event('create table t (a "integer")').columns[0]
    assert column.type.name == "integer"
    assert event("create table t (a s.int4)").columns[0].type.schema == "s"


# --- what is no SQL ---------------------------------------------------------------------------------------------------


def test_psql_lines_and_copied_data_are_passed_over() -> None:
    sql = "\\restrict abc\nselect 1;\ncopy a (b) from stdin;\n1\tit's\n;--\"$$\n\\.\n\\connect x\ncreate schema s;"
    assert [statement.kind for statement in read(sql).statements] == ["select", "copy", "create schema"]


def test_a_backslash_within_a_string_is_no_psql_line() -> None:
    found = event("create function f() returns text language sql as $$\nselect E'\n\\n'\n$$")
    assert found.body.sql == "\nselect E'\n\\n'\n"


def test_parameters_are_no_dollar_quotes() -> None:
    assert [each.kind for each in read("prepare p as select f($1,$2), $3; select 1").statements] == [
        "prepare",
        "select",
    ]


def test_wrong_bytes_are_a_problem_and_the_run_goes_on() -> None:
    data = b"select 'a\xff\xc3'; create schema s; select '\x00';"
    facts = read(data)
    assert [problem.offset for problem in facts.problems] == [data.index(b"\xff"), data.index(b"\x00")]
    created = facts.statements[1]
    assert isinstance(created.event, ev.CreateSchema)
    assert created.span == Span(14, 29)
    assert created.event.span == Span(28, 29)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_refused_as_a_whole(encoding: str) -> None:
    facts = read("\ufeffcreate table a (b int);".encode(encoding))
    assert len(facts.problems) == 1
    assert [type(statement.event) for statement in facts.statements] == [ev.SyntaxFault]


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("select 'it", "unterminated quoted string"),
        ("select E'it\\'", "unterminated quoted string"),
        ('select "it', "unterminated quoted identifier"),
        ("do $a$ begin $$", "unterminated dollar-quoted string"),
        ("select 1 /* /* */ ", "unterminated /* comment"),
    ],
)
def test_what_has_no_end_takes_the_rest_of_the_file(rest: str, message: str) -> None:
    facts = read("create schema s; " + rest + "; create schema t;")
    assert [type(statement.event) for statement in facts.statements] == [ev.CreateSchema, ev.SyntaxFault]
    fault = facts.statements[1].event
    assert isinstance(fault, ev.SyntaxFault)
    assert fault.message.startswith(message)
    assert [problem.offset for problem in facts.problems] == [fault.span.start]


def test_a_comment_without_end_after_the_last_statement_is_a_fault_too() -> None:
    facts = read("create schema s; /* create schema t;")
    assert [type(statement.event) for statement in facts.statements] == [ev.CreateSchema, ev.SyntaxFault]
    assert len(facts.problems) == 1


# --- gaps -------------------------------------------------------------------------------------------------------------


def test_a_gap_holds_every_word_even_within_strings() -> None:
    found = event("import foreign schema s from server Total into x options (note 'select \"From\" there $$ deep $$')")
    assert isinstance(found, ev.Gap)
    assert {"s", "total", "options", "From", "there", "deep"} <= found.words
    assert not found.dynamic


@pytest.mark.parametrize(
    ("body", "dynamic"),
    [
        ("execute 'drop table a';", False),
        ("execute 'drop table ' || t;", True),
        ("execute format('drop table %I', t);", True),
        ("execute q using 1;", True),
        ("execute 'select $1' using 1;", False),
        ("execute 'grant execute on function f to x';", False),
    ],
)
def test_a_gap_is_dynamic_when_it_builds_its_sql(body: str, dynamic: bool) -> None:
    found = event(f"do language plpython3u $$ begin {body} end $$")
    assert isinstance(found, ev.Gap)
    assert found.dynamic is dynamic


# --- buckets ----------------------------------------------------------------------------------------------------------


def test_rows_of_literals_are_put_into_buckets() -> None:
    found = event(
        "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types, owner) values "
        "('a', 'A'::text, true, 5, array['image/png'], null), (lower('b'), 'it''s', 'false'::boolean, 1 + 1, '{}', x) "
        "on conflict (id) do nothing"
    )
    assert found.on_conflict == "nothing"
    assert [dict(row.values) for row in found.rows] == [
        {"id": "a", "name": "A", "public": True, "file_size_limit": "5", "allowed_mime_types": None, "owner": "Null"},
        {
            "id": None,
            "name": "it's",
            "public": False,
            "file_size_limit": None,
            "allowed_mime_types": "{}",
            "owner": None,
        },
    ]


def test_a_bucket_may_be_put_by_a_select_of_literals() -> None:
    found = event(
        "insert into storage.buckets (id, name) select 'a', 'a' where not exists (select 1 from storage.buckets)"
    )
    assert [dict(row.values) for row in found.rows] == [{"id": "a", "name": "a"}]
    assert isinstance(event("insert into storage.buckets (id) select id from other"), ev.Gap)


def test_buckets_change_by_literal_ids() -> None:
    assert event("update storage.buckets set public = false, name = 'b' where id = 'a'").public is False
    assert event("update storage.buckets set name = 'b' where id in ('a', 'b')").ids == ("a", "b")
    assert event("delete from storage.buckets where id = 'a' returning *").delete
    for unclear in ("where id = f()", "", "where id = 'a' and public", "where owner = 'a'"):
        assert isinstance(event(f"delete from storage.buckets {unclear}"), ev.Gap)
        assert isinstance(event(f"update storage.buckets set public = true {unclear}"), ev.Gap)
    assert isinstance(event("update storage.buckets set public = not public where id = 'a'"), ev.Gap)


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "path", "local"),
    [
        ("set search_path = a, \"B\", 'C'", ("a", "B", "C"), False),
        ("set local search_path to ''", ("",), True),
        ("set search_path to default", None, False),
        ("reset all", None, False),
        ("select pg_catalog.set_config('search_path', 'a, \"B,\"', true)", ("a", "B,"), True),
        ("select set_config('search_path', '', false)", (), False),
    ],
)
def test_the_search_path_is_set(sql: str, path: tuple[str, ...] | None, local: bool) -> None:
    assert event(sql) == ev.SetSearchPath(path, local)


# --- whatever comes ---------------------------------------------------------------------------------------------------


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A piece of the cases, with bytes lost, put in or changed."""
    data = bytearray(CASES.encode())
    start = draw(st.integers(0, len(data) - 1))
    data = data[start : start + draw(st.integers(1, 600))]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(
            st.one_of(
                st.binary(max_size=3), st.sampled_from([b"'", b'"', b"$$", b"/*", b"(", b")", b";", b"\n\\.", b"$1"])
            )
        )
    return bytes(data)


@given(mangled())
@settings(max_examples=800, suppress_health_check=list(HealthCheck), deadline=None)
def test_nothing_raises_and_every_span_lies_within_the_file(data: bytes) -> None:
    facts = read(data)
    end = 0
    for statement in facts.statements:
        assert end <= statement.span.start < statement.span.end <= len(data)
        end = statement.span.end
        for part in parts(statement.event):
            span = getattr(part, "span", None)
            if isinstance(span, Span):
                assert 0 <= span.start <= span.end <= len(data)
    for problem in facts.problems:
        assert problem.offset is not None
        assert 0 <= problem.offset <= len(data)


BODIES = [
    "select a.\"B\"\"c\", 'no ''no' from s.T where x = $$no$$ -- no\n and y /* no */ = E'n\\'o' or é = $1",
    "begin insert into t (id, $x) values ($tag$ no $tag$, new.id); return new; end",
]


@pytest.mark.parametrize("body", [*BODIES, CASES])
def test_the_names_of_a_body_are_those_of_its_tokens(body: str) -> None:
    assert names_within(body) == names_of(lex(body).tokens)


@pytest.mark.parametrize(
    ("options", "including"),
    [
        ("", set()),
        ("including all", {"all"}),
        ("including defaults including indexes excluding indexes", {"defaults"}),
        ("including defaults excluding all", set()),
    ],
)
def test_like_says_what_it_includes(options: str, including: set[str]) -> None:
    assert event(f"create table t (like a {options})").likes[0].including == including


def test_like_may_leave_out_one_thing_of_all() -> None:
    including = event("create table t (like a including all excluding defaults)").likes[0].including
    assert {"identity", "generated", "indexes", "constraints"} <= including
    assert not {"all", "defaults"} & including


@pytest.mark.parametrize("join", ["join b", "left join lateral (select 1) b", "inner join b as c"])
def test_joins_that_wait_for_a_condition_cost_no_time_without_end(join: str) -> None:
    assert parse(f"select 1 from a {f'{join} ' * 60}") is None
    assert parse(f"select 1 from a {f'{join} on true ' * 60}") is not None
    assert parse(f"select 1 from a {'natural left join b cross join c ' * 60}") is not None
