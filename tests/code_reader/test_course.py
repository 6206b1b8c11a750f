"""A query is followed through its chain, its variables and the functions that return it, and not into another query."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.request import Request
from analyzer.model.source import Source


def requests(source: str) -> list[Request]:
    facts = read_code(Source("a.ts", source.encode()))
    return [each.request for each in facts.references if each.request is not None]


def filtered(source: str) -> list[list[str]]:
    return [[each.column.text for each in found.filters] for found in requests(source)]


@pytest.mark.parametrize(
    "source",
    [
        "const { data } = await x.from('t').select().eq('a', 1).eq('b', 2)",
        "x.from('t').select().eq('a', 1).eq('b', 2).then(r => r.eq('c', 3))",
        "let q = x.from('t').select().eq('a', 1); q = q.eq('b', 2); await q",
        "let q = x.from('t').select().eq('a', 1); if (c) q = q.eq('b', 2); const r = await q",
        "let q = x.from('t').select().eq('a', 1); if (c) { q = q.eq('b', 2) } const { data } = await q.order('d')",
        "let q; q = x.from('t').select().eq('a', 1); q = q.eq('b', 2); await q",
        "const q = x.from('t').select().eq('a', 1); q.eq('b', 2); await q",
        "const q = x.from('t').select(); const r = q.eq('a', 1); await r.eq('b', 2)",
        "const q = x.from('t').select().eq('a', 1); await (c ? q.eq('b', 2) : q)",
        "let q = x.from('t').select().eq('a', 1); q = c ? q.eq('b', 2) : q; await q",
        "let q = x.from('t').select().eq('a', 1) as any; q = (q as any).eq('b', 2); await q",
        "const q = x.from('t').select(); for (const k of ks) { q.eq('a', k) } await q.eq('b', 2)",
        "const [r] = await Promise.all([x.from('t').select().eq('a', 1).eq('b', 2), other])",
        "const q = x.from('t').select().eq('a', 1).eq('b', 2); await Promise.all([q, other])",
        "const f = () => x.from('t').select().eq('a', 1); await f().eq('b', 2)",
        "function f() { const q = x.from('t').select().eq('a', 1); return q } const q = f(); await q.eq('b', 2)",
        "async function f() { return x.from('t').select().eq('a', 1).eq('b', 2) } (await f()).data.eq('c', 3)",
        "const t = supabase.from('t'); await t.select().eq('a', 1).eq('b', 2)",
        "x.from('t').delete().eq('a', 1).eq('b', 2)",
    ],
)
def test_all_that_hangs_on_a_query_is_found(source: str) -> None:
    assert filtered(source) == [["a", "b"]]
    assert not requests(source)[0].open


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("let q = x.from('t').select().eq('a', 1); await q; q = x.from('u').select(); await q.eq('b', 2)", [["a"], ["b"]]),
        ("let q; if (c) { q = x.from('t').select(); q.eq('a') } else { q = x.from('u').select(); q.eq('b', 2) }", [["a"], ["b"]]),
        ("let q; if (c) { q = x.from('t').select() } else { q = x.from('u').select() } await q.eq('a', 1)", [["a"], ["a"]]),
        ("function f() { const q = x.from('t').select(); await q } function g(q) { q.eq('a', 1) }", [[]]),
        ("const q = await x.from('t').select(); q.data.eq('a', 1); q.eq('b', 2)", [[]]),
    ],
)  # fmt: skip
def test_what_belongs_to_another_query_is_not_taken(source: str, found: list[list[str]]) -> None:
    assert filtered(source) == found


@pytest.mark.parametrize(
    "source",
    [
        "go(x.from('t').select())",
        "const q = x.from('t').select(); go(q)",
        "export function f() { return x.from('t').select() }",
        "export const f = () => x.from('t').select()",
        "const o = { q: x.from('t').select() }",
        "this.q = x.from('t').select()",
        "use(() => x.from('t').select())",
        "let q = x.from('t').select(); q = narrow(q); await q",
        "const list = [x.from('t').select()]",
    ],
)
def test_a_query_that_goes_on_out_of_sight_is_open(source: str) -> None:
    assert [each.open for each in requests(source)] == [True]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("let q = x.from('t').select('*'); if (c) q = q.select('id'); await q", 2),
        ("await x.from('t').select('*').select('id')", 1),
        ("await x.from('t').insert(r).select('id')", 1),
        ("await x.from('t').insert(r)", 0),
        ("await x.from('t').delete().eq('a', 1)", 0),
    ],
)
def test_the_selections_that_a_call_may_take(source: str, count: int) -> None:
    assert len(requests(source)[0].selections) == count


def test_what_an_rpc_returns_is_narrowed_like_a_table() -> None:
    source = "const { data } = await supabase.rpc('f').select('id').eq('a', 1).order('b').single()"
    reference = read_code(Source("a.ts", source.encode())).references[0]
    assert reference.kind == "function"
    assert [each.text for each in reference.columns] == ["id", "a", "b"]
