"""Every way in which code names what it asks for, one case a form."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.facts import Reference
from analyzer.model.source import Source


def one(source: str, path: str = "a.ts") -> Reference:
    facts = read_code(Source(path, source.encode()))
    assert not facts.problems
    assert not facts.unresolved
    assert len(facts.references) == 1, facts.references
    return facts.references[0]


def names(source: str, path: str = "a.ts") -> list[str]:
    return [name.text for name in one(source, path).names]


@pytest.mark.parametrize(
    "receiver",
    [
        "supabase",
        "getSupabaseClient()",
        "this.client",
        "db",
        "admin",
        "c",
        "(supabase as any)",
        "(<any>supabase)",
        "supabase!",
        "(supabase satisfies Client)",
        "(await createClient())",
        "locals.supabase",
        "clients[0]",
        "(flag ? a : b)",
        "supabase\n    // the one of this request\n    ",
    ],
)
def test_a_table_is_known_by_what_follows_whatever_the_receiver(receiver: str) -> None:
    found = one(f"{receiver}.from('deals').select('id')")
    assert (found.kind, found.names[0].text, found.names[0].via) == ("table", "deals", "literal")
    assert found.operation == "select"
    assert found.schema is None
    assert found.schema_known


@pytest.mark.parametrize(
    "call",
    [
        "supabase.from<Deal>('deals').select()",
        "supabase?.from('deals')?.select()",
        "supabase.from?.('deals').select()",
        "(supabase.from as any)('deals').select()",
        "(supabase.from as any)<Deal>('deals').select()",
        "(supabase.from)!('deals').select()",
        "(supabase.from('deals') as any).select()",
        "(await (supabase.from('deals')!)).select()",
        "supabase\n  .from( /* the old one */ 'deals' )\n  // all of it\n  .select()",
        "supabase.from(`deals`).select()",
        'supabase.from("deals").select()',
        "supabase.from(('deals')).select()",
        "supabase.from('de' + 'als').select()",
        "supabase.from('\\u0064eals').select()",
    ],
)
def test_the_call_may_be_wrapped_and_written_in_many_ways(call: str) -> None:
    found = one(call)
    assert [(name.text, name.via) for name in found.names] == [("deals", "literal")]
    assert found.operation == "select"


@pytest.mark.parametrize("call", ["select()", "insert({})", "update({})", "upsert({})", "delete()"])
def test_the_operation_is_the_method_that_follows(call: str) -> None:
    assert one(f"x.from('deals').{call}").operation == call.partition("(")[0]


def test_a_select_after_a_write_leaves_the_operation_a_write() -> None:
    assert one("x.from('deals').insert({}).select('id').single()").operation == "insert"


@pytest.mark.parametrize(
    "source",
    [
        "const q = supabase.from('deals')",
        "const sb = createClient(url, key); return_(sb.from('deals'))",
        "const c = createServerClient(url, key, {}); go(c.from('deals'))",
        "import { c } from '@/lib/supabase/server'; go(c.from('deals'))",
        "import { make } from '@/lib/supabase/server'; const c = await make(); go(c.from('deals'))",
        "function f(c: SupabaseClient<Database>) { return c.from('deals') }",
        "class A { constructor(private readonly c: SupabaseClient) {} f() { return this.c.from('deals') } }",
        "class A { c = createClient(u, k); f() { return this.c.from('deals') } }",
        "const db = open(); const q = db.from('deals'); q.select()",
        "const { data: { user } } = await c.auth.getUser(); go(c.from('deals'))",
        "const make = () => createClient(u, k); const c = make(); go(c.from('deals'))",
        "(options?.client ?? supabaseAdmin).from('deals')",
    ],
)
def test_without_an_operation_the_receiver_must_be_a_client(source: str) -> None:
    assert names(source) == ["deals"]


@pytest.mark.parametrize(
    ("argument", "before", "via"),
    [
        ("'deals' as any", "", "cast"),
        ("<any>'deals'", "", "cast"),
        ("'deals' satisfies string", "", "cast"),
        ("T", "const T = 'deals';", "constant"),
        ("T as any", "const T = 'deals' as const;", "constant"),
        ("T", "const U = 'deals'; const T = U;", "constant"),
        ("T", "export const T: string = `deals`;", "constant"),
        ("T", "let T = 'deals';", "constant"),
        ("T", "var T = 'deals';", "constant"),
        ("`${P}s`", "const P = 'deal';", "constant"),
        ("T.deals", "const T = { deals: 'deals' } as const;", "member"),
        ("T.deals", "const T = Object.freeze({ 'deals': 'deals' });", "member"),
        ("T['deals']", "const T = { deals: 'deals' };", "member"),
        ("T.a.b", "const T = { a: { b: 'deals' } };", "member"),
        ("T.Deals", "enum T { Deals = 'deals' }", "member"),
        ("T[0]", "const T = ['deals', 'other'];", "member"),
        ("deals", "const { deals } = { deals: 'deals' };", "constant"),
        ("d", "const { deals: d } = { deals: 'deals' };", "constant"),
        ("d", "const [, d] = ['x', 'deals'];", "constant"),
        ("T.deals", "class T { static deals = 'deals' }", "member"),
        ("name()", "function name() { return 'deals' }", "literal"),
        ("String('deals')", "", "literal"),
        ("['de', 'als'].join('')", "", "constant"),
        ("T.join('')", "const T = ['de', P]; const P = 'als';", "constant"),
        ("new Map([['a', 'deals'], ['b', 'x']]).get('a')", "", "member"),
        ("T.get('a')", "const T = new Map([['b', 'x'], ['a', 'deals']]);", "member"),
        ("name()", "const name = () => 'deals';", "literal"),
    ],
)
def test_a_name_is_followed_to_its_value(argument: str, before: str, via: str) -> None:
    found = one(f"{before} x.from({argument}).select()")
    assert [name.text for name in found.names] == ["deals"]
    assert found.names[0].via == via


@pytest.mark.parametrize(
    ("source", "via"),
    [
        ("x.from(c ? 'a' : 'b').select()", "conditional"),
        ("const t = c ? 'a' : 'b'; x.from(t).select()", "conditional"),
        ("let t = 'a'; if (c) t = 'b'; x.from(t).select()", "constant"),
        ("let t; if (c) { t = 'a' } else { t = 'b' } x.from(t).select()", "constant"),
        ("for (const t of ['a', 'b']) x.from(t).select()", "loop"),
        ("for (const [t] of [['a', 1], ['b', 2]]) x.from(t).select()", "loop"),
        ("for (const { t } of [{ t: 'a' }, { t: 'b' }]) x.from(t).select()", "loop"),
        ("const all = ['a', 'b'] as const; for (const t of all) x.from(t).select()", "loop"),
        ("const all = new Set(['a', 'b']); for (const t of all) x.from(t).select()", "loop"),
        ("const a = ['a']; for (const t of [...a, 'b']) x.from(t).select()", "loop"),
        ("const o = { a: 1, b: 2 }; for (const t of Object.keys(o)) x.from(t).select()", "loop"),
        ("const o = { a: 1, b: 2 }; for (const t in o) x.from(t).select()", "loop"),
        ("const o = { a: 1, b: 2 }; for (const [t] of Object.entries(o)) x.from(t).select()", "loop"),
        ("for (const t of Object.values({ k: 'a', l: 'b' })) x.from(t).select()", "loop"),
        ("['a', 'b'].map(t => x.from(t).select())", "loop"),
        ("['a', 'b'].forEach(async (t, i) => { await x.from(t).select() })", "loop"),
        ("['a', 'b'].filter(Boolean).map((t: string) => x.from(t).select())", "loop"),
        ("const o = { k: 'a', l: 'b' }; x.from(o[key]).select()", "member"),
        ("[{ t: 'a' }, { t: 'b' }].map(e => x.from(e.t).select())", "member"),
        ("function f(t: 'a' | 'b') { x.from(t).select() }", "union"),
        ("type T = 'a' | 'b' | null; const f = (t?: T) => x.from(t!).select()", "union"),
        ("function f<T extends 'a' | 'b'>(t: T) { x.from(t).select() }", "union"),
        ("function f({ t }: { t: 'a' | 'b' }) { x.from(t).select() }", "union"),
        ("interface P { t: 'a' | 'b' } function f(p: P) { x.from(p.t).select() }", "member"),
        ("const all = ['a', 'b'] as const; function f(t: (typeof all)[number]) { x.from(t).select() }", "union"),
        ("const o = { a: 1, b: 2 }; function f(t: keyof typeof o) { x.from(t).select() }", "union"),
        ("const t: 'a' | 'b' = await ask(); x.from(t).select()", "union"),
        ("x.from(req.body.t as 'a' | 'b').select()", "union"),
        ("function g(): Promise<'a' | 'b'> { return ask() } const t = await g(); x.from(t).select()", "union"),
        ("function f(t) { x.from(t).select() } f('a'); f('b')", "parameter"),
        ("function f(t) { x.from(t).select(); if (again) f(t) } f('a'); f('b')", "parameter"),
        ("const f = async (n, t = 'b') => x.from(t).select(); f(1, 'a'); f(2)", "parameter"),
    ],
)
def test_a_call_that_may_take_several_names_is_one_reference(source: str, via: str) -> None:
    found = one(source)
    assert sorted(name.text for name in found.names) == ["a", "b"]
    assert {name.via for name in found.names} == {via}


def test_the_nearest_declaration_counts() -> None:
    source = "const t = 'outer'; function f() { const t = 'inner'; { const t = 'x' } return x.from(t).select() }"
    assert names(source) == ["inner"]


def test_a_var_belongs_to_its_function_not_to_its_block() -> None:
    assert names("const t = 'outer'; function f() { if (c) { var t = 'inner' } x.from(t).select() }") == ["inner"]


@pytest.mark.parametrize(
    ("source", "schema"),
    [
        ("supabase.schema('app').from('deals').select()", "app"),
        ("(supabase as any).schema('app' as any).from('deals').select()", "app"),
        ("const S = 'app'; supabase.schema(S).from('deals').select()", "app"),
        ("const db = supabase.schema('app'); db.from('deals').select()", "app"),
        ("const c = createClient(u, k, { db: { schema: 'app' } }); c.from('deals').select()", "app"),
        ("const o = { db: { schema: 'app' } }; const c = createClient(u, k, o); c.from('deals').select()", "app"),
        ("const m = () => createClient(u, k, { db: { schema: 'app' } }); m().from('deals').select()", "app"),
        ("function f(c: SupabaseClient<Database, 'app'>) { c.from('deals').select() }", "app"),
    ],
)
def test_the_schema_that_is_asked_for(source: str, schema: str) -> None:
    found = one(source)
    assert found.schema is not None
    assert (found.schema.text, found.schema_known) == (schema, True)


def test_a_key_of_another_type_is_no_schema() -> None:
    found = one("function f(o: Pick<Options, 'supabase'>) { const c = o.supabase as any; c.from('deals').select() }")
    assert (found.schema, found.schema_known) == (None, True)


@pytest.mark.parametrize(
    "source",
    [
        "supabase.schema(tenant).from('deals').select()",
        "const c = createClient(u, k, { db: { schema: process.env.SCHEMA } }); c.from('deals').select()",
    ],
)
def test_a_schema_that_cannot_be_read_is_not_taken_for_the_default(source: str) -> None:
    found = one(source)
    assert found.schema is None
    assert not found.schema_known


@pytest.mark.parametrize(
    "source",
    [
        "supabase.rpc('f', { a: 1 })",
        "(supabase.rpc as any)('f')",
        "supabase.schema('s').rpc('f')",
        "const { data, error } = await dependencies.rpc('f', { a: 1 })",
        "import { server } from '@/supabase/server'; server().rpc('f')",
        "const { data } = await anything.rpc('f').single()",
        "const answer = await client.rpc('f'); if (answer.error) throw answer.error",
        "import { x } from './supabase'; const client = connect(); client.rpc('f')",
    ],
)
def test_functions_of_the_database(source: str) -> None:
    found = one(source)
    assert (found.kind, found.names[0].text) == ("function", "f")


@pytest.mark.parametrize(
    ("source", "operation"),
    [
        ("supabase.storage.from('avatars').upload(p, f)", "upload"),
        ("const { storage } = supabase; storage.from('avatars').list()", "list"),
        ("const s = supabase.storage; s.from('avatars').remove([])", "remove"),
        ("(supabase.storage as any).from('avatars').getPublicUrl(p)", "getPublicUrl"),
        ("const B = 'avatars'; const b = supabase.storage.from(B)", None),
        ("admin.storage.createBucket('avatars', { public: true })", "createBucket"),
    ],
)
def test_buckets(source: str, operation: str | None) -> None:
    found = one(source)
    assert (found.kind, found.names[0].text, found.operation) == ("bucket", "avatars", operation)


@pytest.mark.parametrize(
    "source",
    [
        "supabase.functions.invoke('send')",
        "supabase.functions.invoke<{ ok: boolean }>('send/now?x=1', { body })",
        "(supabase.functions as any).invoke(`send/${id}`)",
        "const path = 'send/' + kind; supabase.functions.invoke('send/' + kind)",
        "const { functions } = supabase; const f = supabase.functions; f.invoke('send')",
    ],
)
def test_edge_functions_are_named_by_the_first_part_of_the_path(source: str) -> None:
    found = one(source)
    assert (found.kind, found.names[0].text) == ("edge_function", "send")


def test_realtime() -> None:
    source = "ch.on('postgres_changes', { event: 'INSERT', schema: 'app', table: 'deals', filter }, go)"
    found = one(source)
    assert (found.kind, found.names[0].text, found.operation) == ("realtime", "deals", "INSERT")
    assert found.schema is not None
    assert found.schema.text == "app"


def test_realtime_by_the_constant_of_the_client() -> None:
    found = one(
        "ch.on(REALTIME_LISTEN_TYPES.POSTGRES_CHANGES, { event: Events.ALL, schema: 'app', table: 'deals' }, go)"
    )
    assert (found.kind, found.names[0].text, found.schema and found.schema.text) == ("realtime", "deals", "app")


def test_a_wrapper_that_hands_on_to_a_client_is_a_client() -> None:
    source = "const db = { from: (t) => supabase.from(t) }; db.from('deals').select()"
    facts = read_code(Source("a.ts", source.encode()))
    assert [name.text for each in facts.references for name in each.names] == ["deals"]


def test_realtime_options_may_stand_in_a_constant() -> None:
    assert names(
        "const o = { event: '*', table: T } as const; const T = 'deals'; c.on('postgres_changes' as any, o)"
    ) == ["deals"]


def test_realtime_of_any_schema_is_not_that_of_the_default() -> None:
    found = one("ch.on('postgres_changes', { event: '*', schema: '*', table: 'deals' }, go)")
    assert found.schema is None
    assert not found.schema_known


@pytest.mark.parametrize("more", ["...more", "[key]: value"])
def test_realtime_options_that_another_object_adds_to_leave_open_what_they_do_not_say(more: str) -> None:
    found = one(f"ch.on('postgres_changes', {{ {more}, table: 'deals' }}, go)")
    assert (found.names[0].text, found.operation, found.schema, found.schema_known) == ("deals", None, None, False)
    assert found.request is not None
    assert found.request.gap("filter")


@pytest.mark.parametrize("ending", ["ts", "mts", "cts", "tsx", "js", "jsx", "mjs", "cjs"])
def test_every_ending_of_code_is_read(ending: str) -> None:
    assert names("export const f = () => supabase.from('deals').select()", f"src/a.{ending}") == ["deals"]


def test_facts_stand_in_the_order_of_the_file() -> None:
    source = (
        "supabase.rpc('a'); supabase.from('b').select(); supabase.storage.from('c').list(); supabase.from('d').select()"
    )
    found = read_code(Source("a.ts", source.encode())).references
    assert [each.names[0].text for each in found] == ["a", "b", "c", "d"]
