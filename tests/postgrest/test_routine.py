"""A call takes the function that PostgREST would take."""

from __future__ import annotations

import pytest

from analyzer.model.source import Source
from analyzer.postgrest.routine import call
from analyzer.sql.read import read_sql
from analyzer.sql.replay import replay
from analyzer.sql.script import Script

SCHEMA = """
create function plain(a int, b int) returns int language sql as 'select 1';
create function part(a int, b int default 1) returns int language sql as 'select 1';
create function loose(a int default 1, b int default 2) returns int language sql as 'select 1';
create function bare() returns int language sql as 'select 1';
create function over(a int) returns int language sql as 'select 1';
create function over(a int, b int) returns int language sql as 'select 1';
create function twin(a int) returns int language sql as 'select 1';
create function twin(a text) returns int language sql as 'select 1';
create function body(json) returns int language sql as 'select 1';
create function either(jsonb) returns int language sql as 'select 1';
create function either(a int) returns int language sql as 'select 1';
create function unnamed(int) returns int language sql as 'select 1';
create function gives(a int, out b int) language sql as 'select 1';
create function fires() returns trigger language plpgsql as 'begin return new; end';
create procedure run() language sql as 'select 1';
"""

CASES = [
    ("plain", {"a", "b"}, 1),
    ("plain", {"a"}, 0),
    ("plain", {"a", "b", "c"}, 0),
    ("plain", {"A", "b"}, 0),
    ("part", {"a"}, 1),
    ("part", {"a", "b"}, 1),
    ("part", {"b"}, 0),
    ("loose", set(), 1),
    ("loose", {"b"}, 1),
    ("loose", {"c"}, 0),
    ("bare", set(), 1),
    ("bare", {"a"}, 0),
    ("over", {"a"}, 1),
    ("over", {"a", "b"}, 1),
    ("over", {"b"}, 0),
    ("twin", {"a"}, 2),
    ("body", {"anything"}, 1),
    ("body", set(), 1),
    ("either", {"a"}, 1),
    ("either", {"other"}, 1),
    ("unnamed", {"a"}, 0),
    ("gives", {"a"}, 1),
    ("gives", {"a", "b"}, 0),
    ("fires", set(), 0),
    ("run", set(), 0),
]


@pytest.mark.parametrize(("name", "given", "count"), CASES)
def test_how_many_functions_fit(name, given, count):
    result = replay([Script("1.sql", "1", read_sql(Source("1.sql", SCHEMA.encode())))])
    assert [failure.message for failure in result.failures] == []
    assert len(call(result.catalog.functions_named("public", name), frozenset(given)).chosen) == count


def test_a_call_by_get_sends_no_body():
    result = replay([Script("1.sql", "1", read_sql(Source("1.sql", SCHEMA.encode())))])
    functions = result.catalog.functions_named("public", "body")
    assert call(functions, frozenset({"anything"}), reading=True).chosen == ()
