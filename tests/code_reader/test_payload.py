"""The rows of a write and the arguments of a function: their keys, which of them are surely there, and their constants."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from analyzer.code.read import read_code
from analyzer.model.crossing import Imported, Known, Taken
from analyzer.model.record import Record
from analyzer.model.request import Payload, Request, Row
from analyzer.model.source import Source
from analyzer.model.span import Span


def request(source: str) -> Request:
    references = read_code(Source("a.ts", source.encode())).references
    found = [each.request for each in references if each.request is not None]
    assert len(found) == 1
    return found[0]


def payload(source: str) -> Payload:
    found = request(source).payload
    assert found is not None
    return found


def told(row: Row) -> str:
    """The keys of a row: ``a?`` for one that is only perhaps there, ``a-`` for an absent one, ``…`` for an open row."""
    keys = []
    for each in row.entries:
        value = f"={each.value.text}" if each.value is not None else ""
        keys.append(each.name.text + ("-" if each.absent else "") + ("?" if each.maybe else "") + value)
    return " ".join([*keys, *([] if row.complete else ["…"])])


def rows(source: str) -> list[str]:
    return [told(each) for each in payload(source).rows]


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ("{ a: 1, b: 'x', c: null, d: true, e: -2.50, f: ask() }", "a=1 b=x c=null d=true e=-2.5 f"),
        ("{ 'a b': `x`, \"c\": 1e3, 7: 0x10 }", "a b=x c=1000 7=16"),
        ("{ a, b }", "a b"),
        ("{ a: undefined, b: 1 }", "a- b=1"),
        ("{ a: c ? 1 : undefined }", "a?"),
        ("{ a: c ? 'x' : 'y' }", "a"),
        ("{ a: c || null }", "a"),
        ("{ a: 1, a: 2 }", "a=2"),
        ("{}", ""),
        ("Object.assign({}, { a: 1, b: 2 }, { b: 3 })", "a=1 b=3"),
        ("Object.assign({ a: 1 }, form)", "a …"),
        ("Object.assign({ a: 1 }, c ? { b: 2 } : {})", "a=1 b?=2"),
        ("{ f() { return 1 } }", ""),
        ("{ get f() { return 1 } }", "…"),
        ("{ a: 1 } as any", "a=1"),
        ("({ a: 1 } satisfies Row)", "a=1"),
        ("{ ['a']: 1, [k]: 2 }", "a=1 …"),
        ("{ a: 1, ...more }", "a …"),
        ("{ ...more, a: 1 }", "a=1 …"),
        ("{ a: undefined, ...more }", "a? …"),
        ("{ ...{ a: 1 }, b: 2 }", "a=1 b=2"),
        ("{ a: 1, ...(c && { b: 2 }) }", "a=1 b?=2"),
        ("{ a: 1, ...(c ? { b: 2 } : {}) }", "a=1 b?=2"),
        ("{ a: 1, ...(c ? { b: 2 } : undefined) }", "a=1 b?=2"),
        ("{ a: 1, ...(c ? { b: 2 } : { b: 3 }) }", "a=1 b"),
        ("{ a: 1, ...(c && { a: 2 }) }", "a"),
        ("{ a: undefined, ...(c && { a: 2 }) }", "a?"),
        ("c ? { a: 1 } : null", "a=1"),
        ("{ meta: { x: 1 }, list: [1, 2] }", "meta list"),
    ],
)
def test_the_keys_of_an_object(given: str, row: str) -> None:
    assert rows(f"x.from('t').insert({given})") == [row]
    assert payload(f"x.from('t').insert({given})").complete
    assert not payload(f"x.from('t').insert({given})").many


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("const r = { a: 1 }; x.from('t').insert(r)", ["a=1"]),
        ("const r: Row = { a: 1 }; x.from('t').insert(r as any)", ["a=1"]),
        ("let r; if (c) r = { a: 1 }; else r = { b: 2 }; x.from('t').insert(r)", ["a=1", "b=2"]),
        ("const b = { a: 1 }; const r = { ...b, c: 2 }; x.from('t').insert(r)", ["a=1 c=2"]),
        ("const r = { a: 1 }; r.b = 2; r['c'] = 3; x.from('t').insert(r)", ["a=1 b=2 c=3"]),
        ("const r = { a: 1 }; if (c) r.b = 2; x.from('t').insert(r)", ["a=1 b?=2"]),
        ("const r = { a: 1 }; if (c) { r.a = 2; } x.from('t').insert(r)", ["a"]),
        ("const r = { a: 1, b: 2 }; delete r.b; x.from('t').insert(r)", ["a=1 b?=2"]),
        ("const r = { a: 1 }; r[k] = 2; x.from('t').insert(r)", ["a=1 …"]),
        ("const r = { a: 1 }; Object.assign(r, more); x.from('t').insert(r)", ["a=1 …"]),
        ("const r = { a: 1 }; fill(r); x.from('t').insert(r)", ["a=1 …"]),
        ("const r = { a: 1 }; console.log(r); JSON.stringify(r); x.from('t').insert(r)", ["a=1"]),
        ("const r = { a: 1 }; x.from('t').insert(r); r.b = 2", ["a=1"]),
        ("const R = { deal: { a: 1 } }; x.from('t').insert(R.deal)", ["a=1"]),
        ("function f() { return { a: 1 } } x.from('t').insert(f())", ["a=1"]),
        ("const f = (n) => ({ a: n }); x.from('t').insert(f(1))", ["a"]),
        ("async function f(r) { await x.from('t').insert(r) } f({ a: 1 }); f({ b: 2 })", ["a=1", "b=2"]),
        ("for (const r of [{ a: 1 }, { b: 2 }]) x.from('t').insert(r)", ["a=1", "b=2"]),
        ("[{ a: 1 }].forEach(r => x.from('t').insert(r))", ["a=1"]),
        ("const r = { a: 1, b }; x.from('t').update(Object.fromEntries(Object.entries(r).filter(ok)))", ["a?=1 b?"]),
        ("x.from('t').update({ a: 1 }).eq('id', 1)", ["a=1"]),
        ("x.from('t').upsert({ a: 1 })", ["a=1"]),
    ],
)
def test_an_object_is_followed_to_where_it_is_written(source: str, found: list[str]) -> None:
    assert rows(source) == found
    assert not payload(source).many


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x.from('t').insert([{ a: 1 }, { b: 2 }])", ["a=1", "b=2"]),
        ("x.from('t').insert([])", []),
        ("const r = { a: 1 }; x.from('t').insert([r])", ["a=1"]),
        ("x.from('t').insert(list.map(i => ({ a: i, b: 1 })))", ["a b=1"]),
        ("x.from('t').insert(list.map((i) => { return { a: i } }))", ["a"]),
        ("x.from('t').insert(list.map(function (i) { return { a: i } }))", ["a"]),
        ("const row = i => ({ a: i }); x.from('t').insert(list.map(row))", ["a"]),
        ("const rows = list.filter(Boolean).map(i => ({ a: i })).slice(0, 9); x.from('t').insert(rows)", ["a"]),
        ("x.from('t').insert(list.flatMap(i => [{ a: i }, { b: i }]))", ["a", "b"]),
        ("x.from('t').insert(list.map(i => i ? { a: i } : null).filter(Boolean))", ["a"]),
        ("x.from('t').insert([...list.map(i => ({ a: i })), { b: 1 }])", ["a", "b=1"]),
        ("x.from('t').insert([{ a: 1 }].concat({ b: 2 }))", ["a=1", "b=2"]),
        ("x.from('t').insert(Array.from({ length: 3 }, (_, i) => ({ a: i })))", ["a"]),
        ("x.from('t').insert(await Promise.all(list.map(async i => ({ a: i }))))", ["a"]),
        ("const rows = []; for (const i of list) { rows.push({ a: i }) } x.from('t').insert(rows)", ["a"]),
        ("const rows = [{ a: 1 }]; rows.push({ b: 2 }, ...l.map(i => ({ c: i }))); x.from('t').insert(rows)", ["a=1", "b=2", "c"]),
        ("const rows = list.map(i => ({ a: i })); for (const r of rows) r.b = 1; x.from('t').insert(rows)", ["a …"]),
        ("const rows = list.map(i => ({ a: i })); rows.forEach(r => { r.b = 1 }); x.from('t').insert(rows)", ["a …"]),
        ("const rows = [{ a: 1 }]; rows[0].b = 1; x.from('t').insert(rows)", ["a=1 …"]),
    ],
)  # fmt: skip
def test_the_rows_of_a_list(source: str, found: list[str]) -> None:
    assert rows(source) == found
    assert payload(source).many
    assert payload(source).complete


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("export function f(r) { x.from('t').insert(r) }", "parameter without a known caller"),
        ("export function f(r) { x.from('t').insert({ a: 1, ...r }) }", "parameter without a known caller"),
        ("x.from('t').insert(ask())", "result of a call"),
        ("x.from('t').insert(list.map(ask))", "result of a call"),
        ("import { r } from './r'; x.from('t').insert(r)", "imported from another file: './r'"),
        ("const { r } = ask(); x.from('t').insert(r)", "part of a value that is taken apart"),
        ("x.from('t').insert({ [ask()]: 1 })", "key that is computed"),
        ("x.from('t').insert(new Row())", "object that is not in this file"),
        ("function f(n) { return f(n) } x.from('t').insert(f(1))", "too involved to follow"),
    ],
)
def test_what_cannot_be_known_is_a_gap_with_its_reason(source: str, reason: str) -> None:
    found = request(source)
    assert [(each.aspect, each.reason) for each in found.gaps] == [("payload", reason)]


def test_each_key_has_its_place_and_each_constant() -> None:
    source = "const r = { 'é😀': 'x' }; x.from('t').insert({ ...r, a: `y`, b: 1 })"
    data = source.encode()
    entries = payload(source).rows[0].entries
    assert [data[each.name.span.start : each.name.span.end].decode() for each in entries] == ["é😀", "a", "b"]
    assert [data[each.value.span.start : each.value.span.end].decode() for each in entries if each.value] == [
        "x",
        "`y`",
        "1",
    ]


def test_the_options_of_a_write() -> None:
    found = request(
        "x.from('t').upsert([r], { onConflict: 'a, \"b c\"', defaultToNull: false, count: 'exact' }).select('id')"
    )
    assert [each.text for each in found.conflict or ()] == ["a", "b c"]
    assert found.payload is not None
    assert not found.payload.nulls
    assert found.modifiers == {"count"}
    assert len(found.selections) == 1


def test_the_columns_of_a_write_are_columns_of_the_reference() -> None:
    source = "x.from('t').upsert({ a: 1, b: 2 }, { onConflict: 'c' }).eq('d', 1)"
    assert [each.text for each in read_code(Source("a.ts", source.encode())).references[0].columns] == [
        "a",
        "b",
        "c",
        "d",
    ]


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ("", ""),
        (", {}", ""),
        (", undefined", ""),
        (", { a: 1, b }", "a=1 b"),
        (", { a: 1, ...more }", "a …"),
        (", c ? { a: 1, b: 2 } : { a: 1 }", "a=1 b?=2"),
        (", c && { a: 1 }", "a=1"),
        (", args", None),
        (", [1]", None),
    ],
)
def test_the_arguments_of_a_function(given: str, row: str | None) -> None:
    found = request(f"supabase.rpc('f'{given})")
    assert (told(found.arguments) if found.arguments is not None else None) == row
    assert found.gap("arguments") == (row is None or "…" in row)


def test_the_options_of_a_function() -> None:
    assert request("supabase.rpc('f', {}, { get: true, head: true, count: 'exact' })").modifiers == {
        "get",
        "head",
        "count",
    }


def test_match_compares_each_key() -> None:
    found = request("x.from('t').select().match({ a: 'x', 'r.b': 2, c })")
    assert [(each.column.text, each.operator, [value.text for value in each.values]) for each in found.filters] == [
        ("a", "eq", ["x"]),
        ("b", "eq", ["2"]),
        ("c", "eq", []),
    ]
    assert [name.text for name in found.filters[1].path] == ["r"]


PROGRAM = """\
const COLS = ['id', `na\\u006de`].join(', ');
const base = { a: 1, 'é😀': null, ...(c ? { b: 'x' } : {}) };
let q = supabase.from('deals').select(`${COLS}, r:rel!inner(*, ...s(x->>y::text)), ${more}`, { count: 'exact', head: true });
if (base.a) q = q.eq('rel.id', 1).or(`a.eq.${x},and(b.in.(1,"2"),c.not.is.null)`, { referencedTable: 'r' });
const { data } = await q.order('r(d)', { ascending: false }).match({ a: 'x', [k]: 2 }).not('z', 'in', '(1,2)').single();
base.c = 2; delete base.a; const rows = []; for (const i of list) rows.push({ ...base, i });
await supabase.from('deals').upsert(rows.map(r => ({ ...r, z: undefined })), { onConflict: 'a, b' }).select();
await supabase.rpc('f', { a: 1, ...base }, { get: true });
supabase.channel('c').on('postgres_changes', { event: '*', table: 'deals', filter: `a=eq.${x}` }, go);
"""
JUNK = [
    b"", b"{", b"}", b"(", b")", b"'", b"`", b"${", b"\\", b"\\u", b"\n", b"/*", b"?", b":", b".", b"...", b"\xff", b"=>", b"[",
    b"]", b",", b"base", b"q = q", b"const base = base", b"as any", b"\xf0\x9f\x98\x80", b"undefined", b"&&", b"async",
]  # fmt: skip


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from spans(each)
    elif isinstance(value, Record):
        for part in structs.astuple(value):
            yield from spans(part)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_cut_and_changed_code_is_answered_with_places_in_it(data: st.DataObject) -> None:
    raw = bytearray(PROGRAM.encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 12))] = data.draw(st.sampled_from(JUNK))
    cut = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    for reference in read_code(Source("a.ts", cut)).references:
        for span in spans(reference):
            assert 0 <= span.start <= span.end <= len(cut)


@pytest.mark.parametrize(
    "source",
    [
        "x.from('t').insert(" + "[" * 5000 + "]" * 5000 + ")",
        "x.from('t').insert({" + "...{" * 5000 + "}" * 5000 + "})",
        "x.from('t').insert({ a: 1" + ", ...r" * 3000 + "})",
        "".join(f"const r{i} = c ? r{i + 1} : r{i + 1};" for i in range(40)) + "x.from('t').insert(r0)",
        "let q = x.from('t').select();" + "q = q.eq('a', 1);" * 500,
        "const r = {};" + "r.a = 1;" * 2000 + "x.from('t').insert(r)",
        "x.from('t').select().or('" + "and(" * 5000 + "')",
        "x.from('t').select(`" + "${c ? 'a' : 'b'}" * 2000 + "`)",
        "x.from('t').select('a'" + " + 'b'" * 5000 + ")",
        "function f() { return c ? g() : x.from('t').select() } function g() { return f() } f().eq('a', 1)",
    ],
    ids=["lists", "spreads", "rows", "doubling", "steps", "keys", "logic", "product", "sum", "round"],
)
def test_deep_and_hostile_code_costs_no_stack_and_little_time(source: str) -> None:
    started = time.process_time()
    assert read_code(Source("a.ts", source.encode())).references
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("const p = { a: 1, b: 2, c: 3 }; const { b, c: d, ...r } = p; x.from('t').insert(r)", ["a=1"]),
        ("const { b = 1, ...r } = { a: 1, b: 2 }; r.e = 5; x.from('t').insert(r)", ["a=1 e=5"]),
    ],
)
def test_what_taking_apart_leaves(source: str, found: list[str]) -> None:
    assert rows(source) == found


def test_what_another_file_gives_has_the_place_of_the_expression_and_may_be_more() -> None:
    source = "import { DEAL } from './deals'; x.from('t').insert({ ...DEAL, b: 2 })"
    known = Known(imports=((Imported("./deals", "DEAL"), '{"a": "x"}'),))
    found = read_code(Source("a.ts", source.encode()), known).references[0].request
    assert found is not None
    assert found.payload is not None
    (row,) = found.payload.rows
    assert told(row) == "a=x b=2 …"
    assert [source[each.name.span.start : each.name.span.end] for each in row.entries] == ["{ ...DEAL, b: 2 }", "b"]
    assert [each.reason for each in found.gaps] == ["object of another file"]


def test_what_callers_in_other_files_give_is_checked_but_may_be_more() -> None:
    source = "export function add(row) { return x.from('t').insert(row) }"
    known = Known(given=((Taken("add", 0), ('{"a": 1}', '{"b": 2}')),))
    found = read_code(Source("a.ts", source.encode()), known).references[0].request
    assert found is not None
    assert found.payload is not None
    assert [told(each) for each in found.payload.rows] == ["a=1 …", "b=2 …"]


# --- several names ----------------------------------------------------------------------------------------------------

BOTH = "async function f(t, c, r) {{ await x.from(t){call} }} f('a', 'x', {{ x: 1 }}); f('b', 'y', {{ y: 1 }});"


@pytest.mark.parametrize(
    ("call", "aspect"),
    [
        (".select(c)", "select"),
        (".select('id').eq(c, 1)", "filter"),
        (".select('id').or(`${c}.eq.1`)", "filter"),
        (".select('id').order(c)", "order"),
        (".select('id').match(r)", "filter"),
        (".insert(r)", "payload"),
        (".upsert(s, { onConflict: c })", "conflict"),
    ],
)
def test_what_differs_from_name_to_name_is_not_held_against_each(call: str, aspect: str) -> None:
    (reference,) = read_code(Source("a.ts", ("const s = { z: 1 };" + BOTH.format(call=call)).encode())).references
    assert [each.text for each in reference.names] == ["a", "b"]
    assert reference.request is not None
    assert [(each.aspect, each.reason) for each in reference.request.gaps] == [(aspect, "differs from name to name")]
    assert not {"x", "y"} & {each.text for each in reference.columns}


def test_what_is_the_same_for_every_name_is_kept() -> None:
    source = "for (const t of ['a', 'b']) await x.from(t).upsert({ k: 1 }).select('id').eq('c', 1)"
    (reference,) = read_code(Source("a.ts", source.encode())).references
    assert [each.text for each in reference.columns] == ["k", "id", "c"]
    assert reference.request is not None
    assert reference.request.gaps == ()


def test_callers_of_a_query_with_several_names_are_not_mixed() -> None:
    source = "function q(t) { return x.from(t).select('id') } q('a').eq('x', 1); q('b').eq('y', 1)"
    (reference,) = read_code(Source("a.ts", source.encode())).references
    assert reference.request is not None
    assert reference.request.filters == ()
    assert reference.request.open


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("new Date().toISOString()", "moment"),
        ("new Date(start)", "moment"),
        ("Date.now()", "big"),
        ("title.trim()", "text"),
        ("`${a} ${b}`", "text"),
        ("note || ''", "text"),
        ("a + ' b'", "text"),
        ("rows.length", "whole"),
        ("Math.round(x)", "whole"),
        ("Number(field)", "number"),
        ("price * 1.2", "number"),
        ("-price", "number"),
        ("gift ?? false", "boolean"),
        ("!done", "boolean"),
        ("a > b", "boolean"),
        ("crypto.randomUUID()", "uuid"),
        ("user.id", "user"),
        ("session?.user?.id", "user"),
        ("data.user!.id", "user"),
        ("customer.id", ""),
        ("{ a: 1 }", "object"),
        ("[{ a: 1 }]", "object"),
        ("['a', name.trim()]", "texts"),
        ("[a]", ""),
        ("c ? new Date().toISOString() : null", "moment"),
        ("c ? 1 : name.trim()", ""),
        ("String(field)", ""),
        ("JSON.stringify(x)", ""),
        ("now", "moment"),
        ("later", ""),
        ("await load()", ""),
    ],
)
def test_what_an_expression_makes_is_told_by_its_form(expression: str, shape: str) -> None:
    source = f"const now = new Date().toISOString(); let later = 1;\nsupabase.from('a').insert({{ k: {expression} }});"
    (row,) = payload(source).rows
    assert [each.shape for each in row.entries] == [shape]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f(o) { go({ a: o.a, b: o?.b, c: o[0] }) }", "a? b? c?"),
        ("f(a, b = 1) { go({ a, b }) }", "a? b"),
        ("f(a: string, b?: string, c: string | undefined) { go({ a, b, c }) }", "a b? c?"),
        ("f({ a, b = 1 }) { go({ a, b }) }", "a? b"),
        ("f({ a, b }: { a: string; b?: string }) { go({ a, b }) }", "a b?"),
        ("f(o: { a: string; b?: string; c: any }) { go({ a: o.a, b: o.b, c: o.c }) }", "a b? c"),
        ("f(o: { a: string; b?: string }) { const { a, b, c = 1 } = o; go({ a, b, c }) }", "a b? c"),
        ("f(o: I) { go({ a: o.a, b: o.b }) } interface I { a: string; b?: string }", "a b?"),
        ("f(o: T) { go({ a: o.a, b: o.b }) } type T = { a: string; b: string | undefined }", "a b?"),
        ("f(o: Imported) { go({ a: o.a }) }", "a?"),
        ("f(o) { go({ a: o.a ?? 1, b: o.b || null, c: o.c ? o.c : 2, d: ask(o) }) }", "a b c? d"),
        ("f(o) { const a = o.a; let b; let c = 1; go({ a, b, c }) }", "a? b? c"),
        ("f() { go({ a: O.a, b: `x${y}`, c: new Date(), d: [1], e: undeclared }) } const O = { a: 1 };", "a b c d e"),
    ],
)
def test_an_argument_may_be_left_out_where_its_value_may_be_undefined(source: str, expected: str) -> None:
    called = source.replace("go(", "supabase.rpc('f', ")
    found = request(f"const supabase = createClient(u, k); function {called}").arguments
    assert found is not None
    assert " ".join(each.partition("=")[0] for each in told(found).split()) == expected
