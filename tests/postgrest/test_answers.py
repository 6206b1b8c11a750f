"""Whole requests, each with what PostgREST answers: the behaviour is that of its specs on functions, upserts, aggregates,
spreads, related orders and conditions on embeds, JSON paths and logic trees; the schema is ours."""

from __future__ import annotations

import pytest

from analyzer.engine import Options, Session

SCHEMA = """
create table firms (id int primary key, name text);
create table jobs (id int primary key, name text, firm_id int references firms, cost numeric, data jsonb, status int);
create table notes (id int primary key, job_id int unique references jobs, body text, owner int references firms);
create table states (id int primary key, label text);
alter table jobs add foreign key (status) references states;
create table tasks (id int primary key, name text, job_id int references jobs);
create table heap (a text, b text);
create table keys_only (a int, b int, primary key (a, b));
create table single (unique_key int unique not null, value text);
create table pair (one int, two int, value text, unique (one, two));
create table "Mixed" ("Id" int primary key, "Name" text);
create function jobs_of(firms) returns setof jobs language sql as 'select * from jobs';
create function firm_of(jobs) returns setof firms rows 1 language sql as 'select * from firms';
create function shout(states) returns text language sql as $$select ''$$;

create function chosen(opt text default '') returns int language sql as 'select 1';
create function chosen(must int) returns int language sql as 'select 1';
create function chosen(a int, opt text default '') returns int language sql as 'select 1';
create function chosen(a int, must int) returns int language sql as 'select 1';
create function alike(arg int) returns int language sql as 'select 1';
create function alike(arg xml) returns int language sql as 'select 1';
create function alike(arg text, num int default 0) returns int language sql as 'select 1';
create function any_body() returns int language sql as 'select 1';
create function any_body(json) returns int language sql as 'select 1';
create function any_body(a int, b int) returns int language sql as 'select 1';
create function named_body(body json) returns int language sql as 'select 1';
create function whole_body(jsonb) returns int language sql as 'select 1';
create function text_body(text) returns int language sql as 'select 1';
create function number_body(int) returns int language sql as 'select 1';
create function both_bodies(json) returns int language sql as 'select 1';
create function both_bodies(jsonb) returns int language sql as 'select 1';
create function both_bodies(x int, y int) returns int language sql as 'select 1';
create function many(variadic v text[] default '{}') returns int language sql as 'select 1';
create function few(variadic v text[]) returns int language sql as 'select 1';
create function "Cased"("fullName" text) returns int language sql as 'select 1';
create function found_jobs() returns setof jobs language sql as 'select * from jobs';
create function pairs() returns table (x int, y text) language sql as 'select 1, null';
"""

FINE: tuple[str, ...] = ()
CASES = [
    # functions: the arguments choose among overloads
    ("rpc('chosen')", FINE),
    ("rpc('chosen', { opt: 'a' })", FINE),
    ("rpc('chosen', { must: 1 })", FINE),
    ("rpc('chosen', { a: 1 })", FINE),
    ("rpc('chosen', { a: 1, opt: 'a' })", FINE),
    ("rpc('chosen', { a: 1, must: 1 })", FINE),
    ("rpc('chosen', { a: 1, must: 1, opt: 'a' })", ("PGRST202",)),
    ("rpc('alike', { arg: 1 })", ("PGRST203",)),
    ("rpc('alike', { arg: 1, num: 2 })", FINE),
    ("rpc('any_body')", FINE),
    ("rpc('any_body', { a: 1, b: 2 })", FINE),
    ("rpc('any_body', { a: 1, wrong: 2 })", FINE),
    ("rpc('any_body', { a: 1, wrong: 2 }, { get: true })", ("PGRST202",)),
    ("rpc('named_body', { A: 1, B: 2 })", ("PGRST202",)),
    ("rpc('named_body', { body: {} })", FINE),
    ("rpc('whole_body', { A: 1, B: 2 })", FINE),
    ("rpc('text_body', { x: 1 })", ("PGRST202",)),
    ("rpc('number_body', { x: 1, y: 2 })", ("PGRST202",)),
    ("rpc('both_bodies', { A: 1 })", ("PGRST203",)),
    ("rpc('both_bodies', { x: 1, y: 2 })", FINE),
    ("rpc('many')", FINE),
    ("rpc('many', { v: ['a'] })", FINE),
    ("rpc('few')", ("PGRST202",)),
    ("rpc('few', { v: ['a'] })", FINE),
    ("rpc('Cased', { fullName: 'a' })", FINE),
    ("rpc('Cased', { fullname: 'a' })", ("PGRST202",)),
    ("rpc('cased', { fullName: 'a' })", ("PGRST202",)),
    # the rows that a function returns are read like a table's
    ("rpc('found_jobs').select('id, firms(name), tasks(id)').eq('cost', 1)", FINE),
    ("rpc('found_jobs').select('id').eq('price', 1)", ("42703",)),
    ("rpc('found_jobs').select('id, heap(a)')", ("PGRST200",)),
    ("rpc('pairs').select('x').eq('y', 'a').order('x')", FINE),
    # aggregates
    ("from('jobs').select('cost.sum(), id.count(), firm_id')", FINE),
    ("from('jobs').select('total:cost.sum()::text, cost::float.avg(), count()')", FINE),
    ("from('jobs').select('data->price::int.max()')", FINE),
    ("from('jobs').select('price.sum()')", ("42703",)),
    ("from('jobs').select('cost.total()')", ("PGRST100",)),
    ("from('firms').select('name, jobs(cost.sum())')", FINE),
    ("from('firms').select('name, jobs(count)')", FINE),
    ("from('firms').select('name, jobs(price.sum())')", ("42703",)),
    # spreads
    ("from('jobs').select('id, ...firms(firm:name)')", FINE),
    ("from('firms').select('name, ...jobs(costs:cost, ...notes(body))')", FINE),
    ("from('jobs').select('...firms!inner(name)').eq('firms.name', 'a')", FINE),
    ("from('firms').select('...jobs(*)').order('data->pending', { referencedTable: 'jobs' })", FINE),
    ("from('jobs').select('...firms(title)')", ("42703",)),
    ("from('jobs').select('...heap(a)')", ("PGRST200",)),
    # orders by what is embedded
    ("from('jobs').select('id, client:firms(name)').order('client(name)')", FINE),
    ("from('jobs').select('id, firm_of(id)').order('firm_of(id)')", FINE),
    ("from('jobs').select('id, notes(id, body)').order('notes(body->key)')", FINE),
    ("from('firms').select('jobs(id, states(id))').order('states(id)', { referencedTable: 'jobs' })", FINE),
    ("from('jobs').select('id, firms(name)').order('clients(name)')", ("PGRST108",)),
    ("from('jobs').select('id, client:firms(name)').order('firms(name)')", ("PGRST108",)),
    ("from('jobs').select('id, firms(name)').order('firms(title)')", ("42703",)),
    ("from('jobs').select('id').order('id.asc.nullslasttt')", ("PGRST100",)),
    # conditions on embeds
    ("from('jobs').select('name, firms()').not('firms', 'is', null)", FINE),
    ("from('firms').select('name, jobs()').is('jobs', null)", FINE),
    ("from('firms').select('name, all:jobs()').is('all', null)", FINE),
    ("from('firms').select('name, jobs_of()').is('jobs_of', null)", FINE),
    ("from('firms').select('name, jobs(name, tasks())').not('jobs.tasks', 'is', null).not('jobs', 'is', null)", FINE),
    ("from('jobs').select('*, notes(), firms()').or('notes.not.is.null,firms.not.is.null')", FINE),
    ("from('jobs').select('name, firm_id, firm:firm_id(name)').eq('firm_id', 2)", FINE),
    ("from('notes').select('*, owner(*)').eq('owner', 1)", FINE),
    ("from('jobs').select('*, status(*)').eq('status', 3)", FINE),
    ("from('firms').select('id, jobs(id, tasks(id))').eq('jobs.chores.name', 'a')", ("PGRST108",)),
    # filters take the table's name as well (deprecated in PostgREST 16)
    ("from('firms').select('id, works:jobs(id)').eq('jobs.name', 'a')", FINE),
    ("from('firms').select('id, works:jobs(id)').eq('works.name', 'a').limit(1, { referencedTable: 'works' })", FINE),
    ("from('firms').select('id, works:jobs()').not('jobs', 'is', null)", ("42703",)),
    # computed columns are read, and not written
    ("from('states').select('id, shout, shown:shout').eq('shout', 'a').order('shout')", FINE),
    ("from('states').select('*').insert({ id: 1, shout: 'A' })", ("PGRST204",)),
    # logic trees
    ("from('jobs').select('id').or('')", ("PGRST100",)),
    ("from('jobs').select('id').or('id.eq.1,and(name.eq.a,cost.gt.2)')", FINE),
    ("from('jobs').select('id').or('not.and(id.eq.1,name.is.null),name.not.in.(a,\"b,c\")')", FINE),
    ("from('jobs').select('id').or('id.eq.1,and()')", ("PGRST100",)),
    ("from('jobs').select('id').or('id.eq.1,nam.eq.a')", ("42703",)),
    ("from('jobs').select('id').or('name.like(any).{a,b},data->>k.eq.1')", FINE),
    # JSON paths
    ("from('jobs').select('data->!@#$%^&*_d->>!@#$%^&*_e::integer')", FINE),
    ("from('jobs').select('data->(a->>b::integer')", ("PGRST100",)),
    ("from('jobs').select('data->>--34')", ("PGRST100",)),
    ("from('jobs').select('data->0->>-1, d:data->a->>b')", FINE),
    # upserts
    ("from('jobs').upsert({ id: 1, name: 'a' })", FINE),
    ("from('keys_only').upsert({ a: 1, b: 2 })", FINE),
    ("from('heap').upsert({ a: '1', b: '2' })", FINE),
    ("from('heap').upsert({ a: '1', b: '2' }, { onConflict: 'a' })", ("42P10",)),
    ("from('single').upsert({ unique_key: 1, value: 'a' }, { onConflict: 'unique_key' })", FINE),
    (
        "from('single').upsert({ unique_key: 1, value: 'a' }, { onConflict: 'value', ignoreDuplicates: true })",
        ("42P10",),
    ),
    ("from('pair').upsert({ one: 1, two: 2 }, { onConflict: 'two,one' })", FINE),
    ("from('pair').upsert({ one: 1, two: 2 }, { onConflict: 'one' })", ("42P10",)),
    ("from('Mixed').upsert({ Id: 1, Name: 'a' }, { onConflict: 'Id' })", FINE),
    ("from('Mixed').upsert({ Id: 1, name: 'a' })", ("PGRST204",)),
    # a table that is not there is told before its columns
    ("from('garlic').insert({ helicopter: 1 })", ("PGRST205",)),
    ("from('jobs').update({ helicopter: 1 }).eq('id', 1)", ("PGRST204",)),
    ("from('jobs').insert({ id: 1 }).select('helicopter')", ("42703",)),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, ...]]:
    """What is predicted for each case, by its line."""
    root = tmp_path_factory.mktemp("answers")
    (root / "supabase/migrations").mkdir(parents=True)
    (root / "supabase/migrations/20250101000000_init.sql").write_text(SCHEMA)
    (root / "calls.ts").write_text("\n".join(f"await supabase.{call};" for call, _ in CASES))
    report = Session.open(root, Options()).scan()
    found: dict[int, tuple[str, ...]] = {}
    for each in report.entries:
        if each.code.startswith("FC1") and each.code != "FC118" and each.predicts is not None:
            found[each.region.start.line] = (*found.get(each.region.start.line, ()), each.predicts.code)
    return found


@pytest.mark.parametrize(("number", "call", "expected"), [(at, *case) for at, case in enumerate(CASES, 1)])
def test_what_a_request_is_answered(
    answers: dict[int, tuple[str, ...]], number: int, call: str, expected: tuple[str, ...]
) -> None:
    assert answers.get(number, ()) == expected
