"""Queries are read from their tokens just as from sqlglot's trees, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from analyzer.model.query import Comparison, Query, Term
from analyzer.model.span import Span
from analyzer.sql.plain import read_plain_change, read_plain_expression, read_plain_query
from analyzer.sql.query import change_by_tree, expression_by_tree, query_by_tree

QUERIES = [
    "select * from t",
    "select t.*, u.a from public.t join u on u.id = t.id where t.b is not null",
    'select a, t.b as c, lower(a) x, \'x\', 1, null, true, "Quoted", "T"."B" from public.t',
    "select a from t where b in (select id from u) and c = any (select id from u) and d = (select 1 from u)",
    "select a from t where e not in (1, 2) and f between 1 and g and h like 'x' and not i and j is distinct from k",
    "select (select x from u), exists (select 1 from u), array[1, a], row(a, b), (a), (a, b), -a, a + 1, a || b",
    "select a from t left join v using (id, b) natural join w cross join (select c from x where x.d = 1) y",
    'select 1 from (("public"."a" join "public"."b" on ((a.id = b.id))) left join c on true) where a.x = c.y',
    "select a as z, count(*) from t group by z, y having count(*) > 1 order by z desc nulls last",
    "select case when a = 1 then b else c end, case a when 1 then 2 end, cast(a as text), a::text, 'x'::mood, '1'::int[]",
    "select a::timestamp with time zone, b::numeric(10, 2), (c->>'k')::double precision, d->'x', e #>> '{a,b}'",
    "select extract(epoch from a), a at time zone 'utc', interval '1 day', now(), current_date, coalesce(a, b), nullif(c, d)",
    "select sum(a) filter (where b), max(c) over (partition by d order by e), array_agg(a order by b desc), count(distinct a)",
    "select auth.uid(), (select auth.uid()), public.f(a, g(b)) from t",
    "select f.a from g(b) as f, generate_series(1, 2) s where f.a = s",
    "select a from t cross join lateral (select b from u where u.id = t.id) as l (x, y)",
    "with a as (select 1 as x), b (y) as (select x from a) select y from b",
    "with recursive r as (select id from t union all select t.id from t join r on t.parent = r.id) select * from r",
    "select a from t union select b from u except select c from v order by d",
    "select distinct a from t",
    "select distinct on (a) b from t for update skip locked",
    "select 'ünï', ü.ö from ü where é = 'x' -- ü",
]
CHANGES = [
    "update t set a = default, b = c, (d, e) = (select 1, 2 from u) from v join w on w.id = v.id where t.id = v.id returning *",
    "update only public.t x set a = x.b where exists (select 1 from u where u.id = x.id)",
    "delete from t as x using u, v where x.id = u.id and (select max(z) from v) > 1 returning id",
    "insert into public.t as x (a, b) values (1, (select 2 from u)), (default, c) on conflict (a) do update set b = excluded.b",
    "with gone as (delete from t where a = 1 returning *) insert into u (a) select a from gone where b on conflict do nothing",
    "with a as (select 1) select * from a",
]
ODD = [
    "select a from t where a is document",
    "select (a).b from t",
    "select a.b.c.d from t",
    "select * from unnest(a) with ordinality as x (y, z)",
    "select sum(a) over w from t window w as (order by a)",
    "select percentile_cont(0.5) within group (order by a) from t",
    "select f(x => 1)",
    "select interval '1' day",
    "select a operator(pg_catalog.=) b from t",
    "select a from t tablesample system (1)",
    "select a b c from t",
    "select from t",
    "select a from t where",
    "select a, from t",
    "select (a from t",
    "select a) from t",
    "select 'a",
    "insert into t values (1)",
    "",
]


def compared(query: Query | None) -> set[Comparison]:
    """Every comparison in it, wherever it stands; where its first name is does not count."""
    if query is None:
        return set()
    within = (*query.inner, *query.others, *(each.query for each in (*query.sources, *query.tables)))
    own = {replace(each, span=Span(0, 0)) for each in query.comparisons}
    return own.union(*map(compared, within))


def same(query: Query | None) -> Query | None:
    """Without the functions, which sqlglot names only in part, and the comparisons, of which trees tell some more."""
    if query is None:
        return None
    return replace(
        query,
        functions=(),
        comparisons=(),
        sources=tuple(replace(each, query=same(each.query)) for each in query.sources),
        tables=tuple(replace(each, query=same(each.query)) for each in query.tables),
        inner=tuple(map(same, query.inner)),
        others=tuple(map(same, query.others)),
    )


@pytest.mark.parametrize("sql", QUERIES)
def test_a_query_is_read_as_its_tree_is(sql):
    assert (plain := read_plain_query(sql, 7)) is not None
    assert same(plain) == same(query_by_tree(sql, 7))
    assert compared(plain) <= compared(query_by_tree(sql, 7))


@pytest.mark.parametrize("sql", CHANGES)
def test_a_change_is_read_as_its_tree_is(sql):
    assert (plain := read_plain_change(sql, 7)) is not None
    assert same(plain) == same(change_by_tree(sql, 7))
    assert compared(plain) <= compared(change_by_tree(sql, 7))


@pytest.mark.parametrize("sql", ODD)
def test_what_is_out_of_the_ordinary_gets_no_answer(sql):
    assert read_plain_query(sql, 0) is None


def test_what_is_nested_too_deeply_gets_no_answer():
    assert read_plain_expression("(" * 20_000 + "a" + ")" * 20_000, 0) is None


def test_a_call_names_its_column_as_postgresql_does():
    query = read_plain_query(
        "select string_agg(a, ','), pg_catalog.count(*) filter (where b), date_trunc(c, d) from t", 0
    )
    assert query is not None
    assert [each.name for each in query.outputs] == ["string_agg", "count", "date_trunc"]
    assert [each.name for each in query.columns] == ["a", "b", "c", "d"]
    assert not query.simple


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("t.a = b and not c <> 'x' or d in ('y', 'z')", ["a = b", "c = 'x'", "d = 'y' 'z'"]),
        ("a = b + 1 and a || b = c and not (d >= e)", ["d = e"]),
        ("a between b and c = d and e = f", ["e = f"]),
        ("a = (auth.jwt() -> 'b' ->> 'c') and (f(d) || g(e)) = a and (f(d)) = ((b))", ["f = b"]),
        ("a = any (b) and (a, b) = (c, d) and -a = b and a[1] = b and a is null = b", []),
        (
            "a::uuid = b and c = auth.uid() and lower(a) = b and d::text[] = e and f in (1, 'x')",
            ["uuid = b", "c = uid"],
        ),
    ],
)
def test_what_is_compared_is_told_where_both_sides_are_plain(condition: str, told: list[str]) -> None:
    query = read_plain_expression(condition, 0)
    assert query is not None
    assert sorted(_spelt(each) for each in query.comparisons) == sorted(told)


def _spelt(each: Comparison) -> str:
    return " ".join((_side(each.left), "=", *map(_side, each.rights)))


def _side(term: Term) -> str:
    named = term.column or term.function
    return named.name if named is not None else term.type or f"'{term.text}'"


_NAMES = st.sampled_from(["a", "t.b", '"C"', "x.y", "name", "type"])
_LITERALS = st.sampled_from(["1", "'x'", "null", "true", "1.5", "'it''s'", "auth.uid()", "now()", "current_user"])


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["=", "<>", "<=", "+", "-", "*", "/", "||", "->>", "@>", "and", "or", "like", "~"])
    binary = st.tuples(inner, operators, inner).map(" ".join)
    sets = st.sampled_from(
        ["in (select id from u where {})", "= any (array[{}])", "not in ({}, 2)", "is distinct from {}"]
    )
    forms = st.sampled_from(
        [
            *("({})", "not ({})", "({}) is null", "({})::text", "({})::public.mood[]", "coalesce({}, a)", "f({}, 1)"),
            *("exists (select 1 from u x join v on v.id = {} where x.a = t.b)", "(select b from u limit 1) = {}"),
            *("case when {} then a else b end", "cast({} as integer)", "s.g({})", "count(distinct {})", "array[{}, 1]"),
        ]
    )
    filled = st.tuples(forms, inner).map(lambda each: each[0].replace("{}", each[1]))
    tested = st.tuples(_NAMES, sets, inner).map(lambda each: f"{each[0]} {each[1].replace('{}', each[2])}")
    return binary | filled | tested


_EXPRESSIONS = st.recursive(_NAMES | _LITERALS, _wider, max_leaves=6)


@given(_EXPRESSIONS)
def test_any_expression_is_read_as_its_tree_is(sql):
    tree = expression_by_tree(sql, 3)
    plain = read_plain_expression(sql, 3)
    assert plain is None or tree is None or same(plain) == same(tree)
    assert tree is None or compared(plain) <= compared(tree)


@given(_EXPRESSIONS, _EXPRESSIONS)
def test_any_query_is_read_as_its_tree_is(shown, condition):
    sql = f"with w as (select {shown} as z from u) select {shown}, b from t join w on {condition} where {condition} order by z"
    tree = query_by_tree(sql)
    plain = read_plain_query(sql, 0)
    assert plain is None or tree is None or same(plain) == same(tree)
    assert tree is None or compared(plain) <= compared(tree)
