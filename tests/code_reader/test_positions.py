"""Spans hit exactly the text of the name, whatever stands before it; bad bytes and broken code are said, and read on."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.code.exports import read_calls, read_exports
from analyzer.code.extractor import Extractor
from analyzer.code.finder import extractors, query_text
from analyzer.code.read import SYNTAX_ERROR, read_code
from analyzer.model.crossing import Imported, Known, Taken
from analyzer.model.facts import CodeFacts
from analyzer.model.source import Source

PROGRAM = """\
import { createClient } from '@supabase/supabase-js';
const T = { a: 'deals', b: `notes` } as const;
const sb = createClient(url, key, { db: { schema: 'app' } });
async function f(t: 'x' | 'y', ...more: string[]) {
  for (const each of [T.a, T.b]) await sb.from(each).select('*').eq('id', 1);
  const { data } = await (sb.rpc as any)('count_all', { a: 1 });
  await sb.storage.from('avatars').upload(`${t}/1`, file);
  await sb.functions.invoke(`mail/${t}`, { body: {} });
  sb.channel('c').on('postgres_changes', { event: '*', schema: 'app', table: T.a }, () => f('x'));
  return sb.schema('other').from(t ? 'left' : 'right').insert([{ id: 1 }]).select();
}
const view = <p title={`a ${T.a}`}>{sb.from(T['a']).delete()}</p>;
class Repo { #k = 'k'; static S = 's'; constructor(private db, protected t: string) { this.u = t }
  get v() { return 'v' } all() { return [this.t, this.u, this.v, this.#k, Repo.S].map((n) => this.db.from(n).select()) } }
class Deals extends Repo { constructor(db) { super(db, 'deals') } own() { return this.db.from(this.t).select() } }
class Notes extends Deals { t = 'notes' }
class Loop extends Pool { all() { return sb.from(this.t).select() } }
class Pool extends Loop { constructor(t) { super(t); sb.from(t).select() } }
class Self extends Self { one() { return sb.from(this.t).select() } }
class Twin extends Other { t; constructor(t) { this.t = t; sb.from(t).select() } }
class Other extends Twin {}
const Grid = ({ t = 'grid', ...rest }: { t?: string }) => <b>{sb.from(t).select()}{sb.from(rest.o).select()}</b>;
const grids = [<Grid t="left" o={T.a} />, <Grid {...props}>x</Grid>, new Repo(sb, 'r')];
"""


def spans(source: str, path: str = "a.ts") -> list[str]:
    data = source.encode()
    found = read_code(Source(path, data)).references
    return [data[name.span.start : name.span.end].decode() for each in found for name in each.names]


@pytest.mark.parametrize("before", ["", "const s = '😀 é 漢';\n", "// a\r\n\r\n", "\ufeff", "/* 😀 */ ", "\t\t"])
@pytest.mark.parametrize(
    ("call", "text"),
    [
        ("x.from('deals').select()", "deals"),
        ("x.from(`deals`).select()", "deals"),
        ("x.from('d é 😀').select()", "d é 😀"),
        ("x.from('deals' as any).select()", "deals"),
        ("const T = 'deals'; x.from(T).select()", "T"),
        ("const T = { d: 'deals' }; x.from(T.d as any).select()", "T.d as any"),
        ("x.from('a' + 'b').select()", "'a' + 'b'"),
        ("supabase.functions.invoke('send/now')", "send"),
    ],
)
def test_the_span_is_the_name_or_the_expression_given(before: str, call: str, text: str) -> None:
    assert spans(before + call) == [text]


def test_each_name_of_a_condition_has_its_own_span() -> None:
    assert spans("x.from(c\r\n  ? 'a'\r\n  : 'b').select()") == ["a", "b"]


def test_the_schema_has_a_span_too() -> None:
    data = b"supabase.schema('app').from('deals').select()"
    schema = read_code(Source("a.ts", data)).references[0].schema
    assert schema is not None
    assert data[schema.span.start : schema.span.end] == b"app"


@pytest.mark.parametrize(
    "legal",
    [
        "const a = await load<typeof import('./x')>('./x')",
        "type A = { list: import('./x').Item[] }",
        "const q = sql<{ id: string }[]>`select ${1}`",
        "export type * from './x'",
        "type T = [old: Item, new: Item]",
        "type R = {\n  id: string\n  in_progress: number\n}",
        "class A { accessor x = 1; #y = 2; static { go() } declare z: string }",
        "using file = open(); await using other = open()",
        "function f<const T extends readonly string[]>(x: T) {}",
        "const x = y satisfies Z; let v!: string; abstract class B { abstract m(): void }",
        "import data from './x.json' with { type: 'json' }",
        "enum E { A = 'a' } declare global { interface Window { x: 1 } }",
        "const n = 1_000n ** 2n; a ??= b; c ||= d; e?.[0]?.()",
        "label: for await (const x of y) { continue label }",
        "@Component({ x: 1 }) class C { @Input() a: string; constructor(@Inject(X) private b: X) {} }",
        "function assert(x: unknown): asserts x is string {}",
        "type Get<T> = T extends `${infer A}.${infer B}` ? [A, B] : never",
    ],
)
def test_legal_code_is_no_syntax_error(legal: str) -> None:
    facts = read_code(Source("a.ts", f"{legal}\nsupabase.from('deals').select()\n".encode()))
    assert facts.problems == ()
    assert [each.names[0].text for each in facts.references] == ["deals"]


@pytest.mark.parametrize(
    "legal",
    [
        "const a = <p>this & that</p>",
        "const a = <p>&#127881; {b}</p>",
        'const a = <img src="/x?a=1&b=2" alt={`c ${d}`} />',
        "const a = <><Text>It's {n} &amp; {m} & more</Text></>",
        "const f = <T,>(x: T) => x",
    ],
)
def test_legal_jsx_is_no_syntax_error(legal: str) -> None:
    facts = read_code(Source("a.tsx", f"{legal}\nsupabase.from('deals').select()\n".encode()))
    assert facts.problems == ()
    assert [each.names[0].text for each in facts.references] == ["deals"]


def test_a_syntax_error_is_said_where_it_stands_and_the_rest_is_read() -> None:
    source = "supabase.from('a').select();\nconst = ;\nsupabase.from('b').select();\n"
    facts = read_code(Source("a.ts", source.encode()))
    assert [each.names[0].text for each in facts.references] == ["a", "b"]
    assert [each.message for each in facts.problems] == [SYNTAX_ERROR]
    assert source.splitlines()[source[: facts.problems[0].offset].count("\n")] == "const = ;"


def test_a_byte_that_is_not_utf8_is_said_and_the_rest_is_read() -> None:
    facts = read_code(Source("a.ts", b"// caf\xe9\nsupabase.from('deals').select()"))
    assert [each.offset for each in facts.problems] == [6]
    assert [each.names[0].text for each in facts.references] == ["deals"]


@pytest.mark.parametrize(
    "data", ["supabase.from('a').select()".encode("utf-16"), b"\x00\x01", b"supabase.from('a').select()\x00"]
)
def test_a_binary_is_said_not_read(data: bytes) -> None:
    facts = read_code(Source("a.ts", data))
    assert facts.references == ()
    assert len(facts.problems) == 1
    assert facts.problems[0].offset == data.index(b"\0")


@pytest.mark.parametrize("data", [b"fetch('\xff/rest/v1/a')", b"a.on('\xffpostgres_changes', { table: 'a' })"])
def test_a_string_that_is_no_utf8_names_nothing_and_the_byte_is_told(data: bytes) -> None:
    facts = read_code(Source("a.ts", data))
    assert facts.references == ()
    assert [each.offset for each in facts.problems] == [data.index(b"\xff")]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_cut_and_changed_code_is_answered_not_raised(data: st.DataObject) -> None:
    raw = bytearray(PROGRAM.encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 12))] = data.draw(st.sampled_from(JUNK))
    cut = bytes(raw[: data.draw(st.integers(0, len(raw)))])
    path = data.draw(st.sampled_from(["a.ts", "a.tsx", "a.js", "a.vue", "a.astro"]))
    facts = read_code(Source(path, cut))
    assert not any(problem.internal for problem in facts.problems)
    for each in (*(name for ref in facts.references for name in ref.names), *facts.unresolved):
        assert 0 <= each.span.start <= each.span.end <= len(cut)


@given(st.data())
def test_what_a_cut_and_changed_file_gives_others_is_answered_not_raised(data: st.DataObject) -> None:
    raw = bytearray(
        b"import { Repo as Base, useRows } from './a';\nexport class Here extends Base { t = useRows('x') }\n"
    )
    raw += PROGRAM.replace("\nclass", "\nexport class").replace("\nconst", "\nexport const").encode()
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 12))] = data.draw(st.sampled_from(JUNK))
    source = Source("a.tsx", bytes(raw))
    told = [(Imported("./a", name), code) for name, code in read_exports(source).values]
    read_calls(source, frozenset(("Repo", "useRows", "default")))
    read_code(source, Known(tuple(told), ((Taken("Grid", 0), ("{ t: 'x' }",)), (Taken("Repo", -1, "t"), ()))))


JUNK = [
    b"", b"{", b"}", b"(", b")", b"'", b"`", b"${", b"<", b">", b"\n", b"/*", b"//", b"?", b":", b".", b"...", b"\xff",
    b"=>", b"[", b"]", b"function", b"var T", b"const T = T", b"as any", b"<script>", b"\xf0\x9f\x98\x80", b"T = ",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    read_code(Source("a.tsx", data + b"\nx.from('a').select()"))


@given(st.text(max_size=40), st.sampled_from(["\n", "\r\n", " "]))
def test_a_literal_is_found_behind_any_comment(text: str, end: str) -> None:
    comment = text.replace("*/", "").replace("\0", "")
    source = f"/*{comment} */{end}x.from('deals').select()"
    if "\0" not in source:
        assert spans(source) == ["deals"]


@pytest.mark.parametrize(
    "source",
    [
        "(" * 20000 + "supabase.from('x').select()" + ")" * 20000,
        "supabase.from('x').select()" + ".eq('a', 1)" * 20000,
        "f(" * 20000 + "supabase.from('x').select()" + ")" * 20000,
        "supabase.from(" + " + ".join(["'a'"] * 20000) + ").select()",
        "supabase.from(" + "a ? 'x' : " * 20000 + "'z').select()",
        "const " + "[" * 20000 + "a" + "]" * 20000 + " = x; supabase.from(a).select()",
        "supabase.from('x'" + " as any" * 20000 + ").select()",
        "".join(f"const a{i} = c ? a{i + 1} : a{i + 1};" for i in range(60)) + "supabase.from(a0).select();" * 20,
        "let t;" + "t = 'a';" * 2000 + "supabase.from(t).select();" * 200,
        "{" * 5000 + "supabase.from(t).select();" + "}" * 5000,
    ],
    ids=["parentheses", "chain", "calls", "sum", "conditions", "pattern", "casts", "doubling", "assignments", "blocks"],
)
def test_deep_and_hostile_code_costs_no_stack_and_little_time(source: str) -> None:
    started = time.process_time()
    facts = read_code(Source("a.ts", source.encode()))
    assert facts.references or facts.unresolved
    assert time.process_time() - started < 10


def test_a_component_is_read_in_its_scripts_only() -> None:
    source = """<template><p>{{ supabase.from('template').select() }} 😀</p></template>
<!-- <script>supabase.from('comment').select()</script> -->
<script type="application/ld+json">{"a": "x.from('data').select()"}</script>
<script lang="ts" setup generic="T extends Record<string, 'a'>">
const t = <any>'deals'
await supabase.from(t).select()
</script>
<script>supabase.from('second').select()</script>
<style>.from { }</style>
"""
    data = source.encode()
    facts = read_code(Source("a.vue", data))
    assert facts.problems == ()
    assert [name.text for each in facts.references for name in each.names] == ["deals", "second"]
    assert spans(source, "a.vue") == ["t", "second"]
    assert spans(source, "a.svelte") == ["t", "second"]


def test_the_frontmatter_of_astro_is_code() -> None:
    source = "---\nconst { data } = await supabase.from('posts').select();\n---\n<p>{data.from('x').select()}</p>\n"
    assert spans(source, "a.astro") == ["posts"]


@pytest.mark.parametrize("extractor", extractors(), ids=lambda each: each.name)
def test_an_extractor_has_a_query_that_marks_its_word_and_itself(extractor: Extractor) -> None:
    text = query_text(extractor.query)
    assert "@anchor" in text
    assert f"@{extractor.query}" in text


def test_a_file_without_the_words_is_answered_without_a_parser() -> None:
    assert read_code(Source("a.ts", b"const broken = = fromage;" * 10)) == CodeFacts()
