"""What looks like a call to the database and is none; and what cannot be known, which is said with its reason."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.facts import CodeFacts
from analyzer.model.source import Source


def read(source: str, path: str = "a.ts") -> CodeFacts:
    return read_code(Source(path, source.encode()))


@pytest.mark.parametrize(
    "source",
    [
        "Array.from('abc')",
        "Array.from(new Set(ids)).select()",
        "Buffer.from('abc', 'hex')",
        "Buffer.from(data).delete()",
        "Uint8Array.from(bytes)",
        "globalThis.Array.from(x)",
        "Temporal.PlainDate.from('2020-01-01')",
        "Readable.from(['a'])",
        "stream.Readable.from(x).insert()",
        "Observable.from(x)",
        "Map.from(x).delete('k')",
        "import { from } from 'rxjs'; from(x).pipe()",
        "import { gsap } from 'gsap'; gsap.from('.box', { x: 1 })",
        "timeline.from('.box')",
        "const supabase = { from: (t) => ({ select: () => rows }) }; supabase.from('deals').select()",
        "const supabase = { from() { return this }, select: vi.fn() }; supabase.from('deals').select()",
        "const { error } = await client.rpc('eth_blockNumber', [])",
        "import * as d3 from 'd3'; d3.from('a').select('b')",
        "import Immutable from 'immutable'; Immutable.from('a').update()",
        "moment(a).from(b)",
        "dayjs().from('2020')",
        "db.select().from(users)",
        "db.select({ id: users.id }).from(users).where(eq(users.id, 1))",
        "db.selectDistinct().from('users').select()",
        "db.delete().from('users').select()",
        "import knex from 'knex'; const db = knex({}); db.from('users').select('*')",
        "import { Kysely } from 'kysely'; const db = new Kysely(); go(db.from('users'))",
        "const knex = require('knex'); knex.select('*').from('users')",
        "repo.createQueryBuilder().delete().from(User).where('x')",
        "qb.from(User, 'user').select()",
        "'abc'.from('x').select()",
        "X.from('a').select()",
        "Selector.from('a').delete()",
        "new QueryBuilder().from('x').select()",
        "const q = new SelectStatement(); q.from('x').select()",
        "import fs from 'fs'; fs.storage.from('x').upload(a)",
        "x.from()",
        "x.from",
        "expect(supabase.from).toHaveBeenCalledWith('deals')",
        "email.from('me@example.org')",
        "// supabase.from('deals').select()",
        "/* supabase.from('deals').select() */",
        "const s = \"supabase.from('deals').select()\"",
        "const s = `supabase.from('deals').select()`",
        "this.rpc('tools/list')",
        "this.rpc('list', {})",
        "connection.rpc('getBlock', [1])",
        "client.rpc('getInfo')",
        "import { client } from 'viem'; const { data } = await client.rpc('f')",
        "import 'supabase'; client.rpc('tools/list', {})",
        "trpc.rpc()",
        "ipcRenderer.invoke('save')",
        "chain.invoke({ question })",
        "channel.on('broadcast', { event: 'x' }, go)",
        "channel.on('postgres_changes', { event: '*', schema: 'public' }, go)",
        "channel.on('postgres_changes', { event: '*', table: '*' }, go)",
        "emit('postgres_changes', { table: 'deals' })",
        "s3.createBucket('x')",
        "",
    ],
)
def test_what_is_no_call_to_the_database(source: str) -> None:
    assert read(source) == CodeFacts()


def test_text_of_jsx_is_no_code() -> None:
    assert read("const a = <p>supabase.from('deals').select() & more</p>", "a.tsx") == CodeFacts()


def test_files_that_are_no_code_are_not_read() -> None:
    assert read("supabase.from('deals').select()", "notes.md") == CodeFacts()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("export function f(t: string) { x.from(t).select() }", "parameter without a known caller"),
        ("function f(t) { x.from(t).select() } f('a'); hand(f)", "parameter without a known caller"),
        ("function f(t) { x.from(t).select() } f('a'); export { f }", "parameter without a known caller"),
        ("function f(t) { x.from(t).select() } f(...all)", "parameter without a known caller"),
        ("import { T } from './t'; x.from(T).select()", "imported from another file: './t'"),
        ("import * as T from './t'; x.from(T.a.b).select()", "imported from another file: './t'"),
        ("import { t } from './t'; x.from(t()).select()", "imported from another file: './t'"),
        ("x.from(`a_${b()}`).select()", "template literal with substitutions"),
        ("x.from([b(), 'a'].join('_')).select()", "result of a call"),
        ("x.from(list.join('_')).select()", "name that is not declared in this file"),
        ("const m = new Map([['k', 'v']]); m.set('k', w); x.from(m.get('k')).select()", "result of a call"),
        ("x.from(new Map([...pairs]).get('k')).select()", "result of a call"),
        ("x.from(process.env.T).select()", "environment variable"),
        ("const t = Deno.env.get('T') ?? 'a'; x.from(t).select()", "environment variable"),
        ("x.from(undeclared).select()", "name that is not declared in this file"),
        ("let t = 'a'; t = ask(); x.from(t).select()", "result of a call"),
        ("let t = 'a'; [t] = ask(); x.from(t).select()", "variable that is set elsewhere"),
        ("let t: string; x.from(t).select()", "any string"),
        ("const o = { a: 'a' }; o.a = ask(); x.from(o.a).select()", "property that is set elsewhere"),
        ("const o = { a: 'a', ...more }; x.from(o.a).select()", "property of an object that is not in this file"),
        ("const o = { [k]: 'b', a: 'a' }; x.from(o[z]).select()", "object whose keys are not all written in this file"),
        ("const l = ['a']; l.push(ask()); for (const t of l) x.from(t).select()", "list that is changed later"),
        ("for (const t of await all()) x.from(t).select()", "result of a call"),
        (
            "class A { t = 'a'; set(t) { this.t = t } f() { x.from(this.t).select() } }",
            "parameter without a known caller",
        ),
        ("x.from(7).select()", "number, which is no text"),
        ("const a = b; const b = a; x.from(a).select()", "too involved to follow"),
        ("try { go() } catch (t) { x.from(t).select() }", "name without a known value"),
    ],
)
def test_a_name_that_cannot_be_known_is_said_with_the_reason(source: str, reason: str) -> None:
    facts = read(source)
    assert facts.references == ()
    assert [(each.kind, each.reason) for each in facts.unresolved] == [("table", reason)]


def test_one_unknown_branch_makes_the_whole_unknown() -> None:
    facts = read("x.from(c ? 'a' : ask()).select()")
    assert facts.references == ()
    assert len(facts.unresolved) == 1


@pytest.mark.parametrize(
    "value", ["supabase.rpc('add', { n: 1 })", "(supabase.rpc('add') as any)", "supabase.rpc('add') || 0"]
)
def test_a_function_in_a_payload_is_not_called(value: str) -> None:
    facts = read(f"await supabase.from('deals').update({{ total: {value} }}).eq('id', 1)")
    assert [each.kind for each in facts.references] == ["table"]
    assert [(each.kind, each.reason) for each in facts.unresolved] == [
        ("function", "call that nothing waits for, as the value of a column")
    ]


@pytest.mark.parametrize("value", ["await supabase.rpc('add')", "(await supabase.rpc('add')).data"])
def test_one_that_is_waited_for_is(value: str) -> None:
    facts = read(f"await supabase.from('deals').update({{ total: {value} }}).eq('id', 1)")
    assert sorted(each.kind for each in facts.references) == ["function", "table"]
