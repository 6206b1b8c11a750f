"""Filters and orders: each method, the languages of `or`, `order` and dotted columns, and the places of their names."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.request import Filter, Request
from analyzer.model.source import Source


def request(source: str) -> Request:
    facts = read_code(Source("a.ts", source.encode()))
    assert len(facts.references) == 1
    found = facts.references[0].request
    assert found is not None
    return found


def chain(calls: str) -> Request:
    return request(f"x.from('t').select(){calls}")


def told(each: Filter) -> str:
    path = "".join(f"{name.text}." for name in each.path)
    column = f"{path}{each.column.text}{'->' if each.json else ''}"
    sort = "or " if each.alternative else ""
    return f"{sort}{column} {'not ' if each.negated else ''}{each.operator} {[value.text for value in each.values]}"


@pytest.mark.parametrize(
    ("call", "meaning"),
    [
        (".eq('a', 'x')", "a eq ['x']"),
        (".eq('a', 1)", "a eq ['1']"),
        (".eq('a', -1.50)", "a eq ['-1.5']"),
        (".eq('a', 1_000)", "a eq ['1000']"),
        (".eq('a', true)", "a eq ['true']"),
        (".eq('a', ask())", "a eq []"),
        (".eq('a', c ? 'x' : 'y')", "a eq ['x', 'y']"),
        (".eq('a', c ? 'x' : ask())", "a eq []"),
        (".neq('a', `x`)", "a neq ['x']"),
        (".gt('a', 1)", "a gt ['1']"),
        (".gte('a', 1)", "a gte ['1']"),
        (".lt('a', 1)", "a lt ['1']"),
        (".lte('a', 1)", "a lte ['1']"),
        (".like('a', '%x')", "a like ['%x']"),
        (".ilike('a', `%${q}%`)", "a ilike []"),
        (".likeAllOf('a', ['x', 'y'])", "a like ['x', 'y']"),
        (".ilikeAnyOf('a', ['x'])", "a ilike ['x']"),
        (".is('a', null)", "a is ['null']"),
        (".in('a', ['x', 2])", "a in ['x', '2']"),
        (".in('a', ids)", "a in []"),
        (".notIn('a', ['x'])", "a not in ['x']"),
        (".contains('a', ['x'])", "a cs ['x']"),
        (".contains('a', { x: 1 })", "a cs []"),
        (".containedBy('a', '[1,2)')", "a cd ['[1,2)']"),
        (".overlaps('a', ['x'])", "a ov ['x']"),
        (".textSearch('a', 'x & y', { type: 'websearch' })", "a fts ['x & y']"),
        (".rangeGt('a', '[1,2)')", "a sr ['[1,2)']"),
        (".rangeAdjacent('a', r)", "a adj []"),
        (".not('a', 'is', null)", "a not is ['null']"),
        (".not('a', 'in', '(x,\"y,z\")')", "a not in ['x', 'y,z']"),
        (".not('a', 'eq', true)", "a not eq ['true']"),
        (".not('a', 'in', `(${ids})`)", "a not in []"),
        (".filter('a', 'eq', 'x,y')", "a eq ['x,y']"),
        (".filter('a', 'not.in', '(1,2)')", "a not in ['1', '2']"),
        (".filter('a', 'like(any)', '{x,y}')", "a like ['{x,y}']"),
        (".filter('a', 'fts(english)', 'x')", "a fts ['x']"),
        (".filter('a', ask(), 'x')", "a unknown []"),
        (".filter('a', 'in', ask())", "a in []"),
        (".eq('b.a', 1)", "b.a eq ['1']"),
        (".eq('c.b.a', 1)", "c.b.a eq ['1']"),
        (".eq('a->>k', 'x')", "a-> eq ['x']"),
        (".eq('b.a->k->>0', 'x')", "b.a-> eq ['x']"),
        (".eq('\"a.b\"', 1)", "a.b eq ['1']"),
        (".eq('\"order\"', 1)", "order eq ['1']"),
        (".eq('my column', 1)", "my column eq ['1']"),
        (".eq('a' as any, 1)", "a eq ['1']"),
    ],
)
def test_each_filter(call: str, meaning: str) -> None:
    found = chain(call)
    assert [told(each) for each in found.filters] == [meaning]
    assert (found.malformed, found.gaps) == ((), ())


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a.eq.1,b.gt.2", ["a eq ['1']", "b gt ['2']"]),
        ("a.eq.1, b.is.null ", ["a eq ['1']", "b is ['null']"]),
        ("a.not.is.NULL", ["a not is ['null']"]),
        ("and(a.eq.1,b.eq.2),c.eq.3", ["a eq ['1']", "b eq ['2']", "c eq ['3']"]),
        ("not.and(a.eq.1,or(b.eq.2,c.eq.3))", ["a eq ['1']", "b eq ['2']", "c eq ['3']"]),
        ('a.in.(1,"2,3",x y),b.eq."q,r"', ["a in ['1', '2,3', 'x y']", "b eq ['q,r']"]),
        ("a.cs.{1,2},b.ov.{}", ["a cs ['{1,2}']", "b ov ['{}']"]),
        ("a->>k.eq.x,b->0->k.is.true", ["a-> eq ['x']", "b-> is ['true']"]),
        ("a.like(any).{x,y},b.fts(english).z", ["a like ['{x,y}']", "b fts ['z']"]),
        ("a.ilike.%x%,b.eq.", ["a ilike ['%x%']", "b eq ['']"]),
        ('"a.b".eq.1', ["a.b eq ['1']"]),
        ("rel.is.null", ["rel is ['null']"]),
        ("a.eq.1.5,b.gt.2020-01-01T00:00:00", ["a eq ['1.5']", "b gt ['2020-01-01T00:00:00']"]),
        ("a.eq.${v},b.in.(${vs}),c.is.${n}", ["a eq []", "b in []", "c is []"]),
        ("a.ilike.%${v}%,b.in.${list},c.eq.2", ["a ilike []", "b in []", "c eq ['2']"]),
        ("a.${op}.1,c.eq.2", ["a unknown []", "c eq ['2']"]),
    ],
)
def test_the_language_of_or(text: str, meaning: list[str]) -> None:
    found = chain(f".or(`{text}`)")
    assert [told(each) for each in found.filters] == [f"or {each}" for each in meaning]
    assert (found.malformed, found.gaps) == ((), ())


@pytest.mark.parametrize("text", ["${f},a.eq.1", "a.eq.1,${f}", "${c}.eq.1,a.eq.1", "and(${f},a.eq.1)"])
def test_around_an_unknown_condition_the_rest_is_known(text: str) -> None:
    found = chain(f".or(`{text}`)")
    assert [told(each) for each in found.filters] == ["or a eq ['1']"]
    assert [(each.aspect, each.reason) for each in found.gaps] == [("filter", "text with a part that is not known")]


@pytest.mark.parametrize("option", ["referencedTable", "foreignTable"])
def test_the_option_of_or_and_order_leads_into_an_embed(option: str) -> None:
    found = chain(f".or('a.eq.1', {{ {option}: 'r.s' }}).order('b', {{ ascending: false, {option}: 'r' }})")
    assert [told(each) for each in found.filters] == ["or r.s.a eq ['1']"]
    assert [([name.text for name in each.path], each.column.text) for each in found.orders] == [(["r"], "b")]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a", [("", "a")]),
        ("a,b", [("", "a"), ("", "b")]),
        ("a.desc,b", [("", "a"), ("", "b")]),
        ("a.desc.nullslast, b", [("", "a"), ("", "b")]),
        ("rel(a)", [("rel", "a")]),
        ("rel(a->>k).desc,b->c", [("rel", "a"), ("", "b")]),
        ('"a b"', [("", "a b")]),
    ],
)
def test_the_language_of_order(text: str, meaning: list[tuple[str, str]]) -> None:
    found = chain(f".order('{text}', {{ nullsFirst: true }})")
    assert [("".join(name.text for name in each.path), each.column.text) for each in found.orders] == meaning
    assert [each.related for each in found.orders] == [bool(path) for path, _ in meaning]
    assert not found.malformed


@pytest.mark.parametrize(
    ("call", "aspect", "at"),
    [
        (".or('a.1')", "filter", "1"),
        (".or('a')", "filter", "a"),
        (".or('')", "filter", "''"),
        (".or('a.eq.1,')", "filter", ","),
        (".or('a.equals.1')", "filter", "e"),
        (".or('a.in.1,2')", "filter", "1"),
        (".or('a.is.nothing')", "filter", "n"),
        (".or('rel.a.eq.1')", "filter", "a"),
        (".or('and(a.eq.1')", "filter", "1"),
        (".or('a.eq().1')", "filter", "e"),
        (".or('xor(a.eq.1)')", "filter", "("),
        (".order('a desc.desc')", "order", "."),
        (".order('a.desc')", "order", "."),
        (".order('')", "order", "''"),
        (".order('a,')", "order", ","),
        (".order('rel(a,b)')", "order", ","),
        (".eq('', 1)", "filter", "''"),
        (".eq('a..b', 1)", "filter", "."),
        (".eq('order', 1)", "filter", "order"),
        (".eq('rel.and', 1)", "filter", "and"),
        (".filter('a', 'equals', 1)", "filter", "'equals'"),
        (".filter('a', 'in', '1,2')", "filter", "'1,2'"),
        (".not('a', 'in', ['x', 'y'])", "filter", "['x', 'y']"),
        (".not('a', 'is', 'nothing')", "filter", "'nothing'"),
    ],
)
def test_what_postgrest_refuses_is_refused_with_the_place(call: str, aspect: str, at: str) -> None:
    source = f"x.from('t').select(){call}"
    found = request(source)
    assert [(each.aspect, source[each.span.start : each.span.end]) for each in found.malformed] == [(aspect, at)]
    assert not found.gaps


def test_each_name_has_its_place_in_the_string() -> None:
    source = "/* 😀 */ x.from('t').select().or(`é.eq.1,\\u0062.gt.${v}`).eq('r.c', 1).order('r(d)')"
    found, data = request(source), source.encode()
    names = [*(each.column for each in found.filters), *(each.column for each in found.orders)]
    assert [data[each.span.start : each.span.end].decode() for each in names] == ["é", "\\u0062", "c", "d"]
    paths = [name for each in (*found.filters, *found.orders) for name in each.path]
    assert [data[each.span.start : each.span.end].decode() for each in paths] == ["r", "r"]


def test_the_columns_of_the_relation_itself_are_listed_once() -> None:
    source = "x.from('t').select('id, r(z), n:name').eq('id', 1).eq('r.z', 1).or('o.eq.1').order('p').order('r(q)')"
    columns = read_code(Source("a.ts", source.encode())).references[0].columns
    assert [each.text for each in columns] == ["id", "name", "o", "p"]


@pytest.mark.parametrize(
    ("calls", "modifiers"),
    [
        (".select('a', { count: 'exact', head: true }).single()", {"count", "head", "single"}),
        (".select('a', { count: undefined, head: false }).limit(1).range(0, 9)", {"limit", "range"}),
        (".select('a').maybeSingle().throwOnError()", {"maybeSingle"}),
        (".select('a').csv()", {"csv"}),
        (".delete({ count: 'exact' }).explain()", {"count", "explain"}),
    ],
)
def test_modifiers(calls: str, modifiers: set[str]) -> None:
    assert request(f"x.from('t'){calls}").modifiers == modifiers


def test_what_a_type_allows_is_not_what_is_asked() -> None:
    found = request("function f(by: 'a' | 'b', s: any) { x.from('t').select().order(by).eq('c', s as 'd' | 'e') }")
    assert found.orders == ()
    assert [(each.aspect, each.reason) for each in found.gaps] == [("order", "one of the texts that a type allows")]
    assert [told(each) for each in found.filters] == ["c eq []"]
