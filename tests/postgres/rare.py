"""Histories of what is legal but rare: partitions, inheritance, domains, row types, views, rules, moves and cascades."""

from __future__ import annotations

import string

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

START = (
    "create schema app;",
    "create table a (id int primary key, x text, y int);",
    "create table p (id int not null, x text, y int) partition by range (id);",
    "create table p1 partition of p for values from (0) to (10);",
    "create table h (id int, x text, check (id > 0));",
    "create table h1 (z int) inherits (h);",
    "create type kind as enum ('one', 'two');",
    "create type pair as (x text, y int);",
    "create domain short as text check (value <> '');",
    "create view v as select id, x from a;",
    "create function f(a) returns int language sql as 'select 1';",
    "create function g(x text default '') returns text language sql as 'select 1::text';",
)
# What stands for each name in the templates; a number behind the name makes it another one of the same.
_NAMES = {
    "table": "a p p1 h h1 c app.a app.c",
    "rel": "a p p1 h h1 c v w m app.a app.v",
    "bare": "a p p1 h h1 c v w",
    "new": "c d n app.c",
    "col": "id x y z",
    "type": "kind pair short app.kind app.pair",
    "any": "int text kind pair short app.kind a text[] bigint",
    "scalar": "int text bigint uuid jsonb",
    "view": "v w app.v",
    "schema": "app public other",
    "fun": "f(a) g(text) g() app.g(text) h(int) f(p)",
    "name": "k l",
    "seq": "s s2",
    "idx": "i j",
    "con": "k l a_pkey h_id_check p_pkey short_check",
    "part": "p1 p2 a c h",
    "end": "|| cascade| restrict",
    "if": "|if exists ",
    "ifnot": "|if not exists ",
    "only": "||only ",
}
_POOLS = {name: st.sampled_from(words.split("|") if "|" in words else words.split()) for name, words in _NAMES.items()}
_TEMPLATES = """
create table {ifnot}{new} partition of {table} for values from (@0) to (@9);
create table {new} (id int not null, x text, y int) partition by range (id);
create table {new} (id int not null, x text, y int, primary key ({col}));
create table {new} (x text, id int not null, y int);
create table {new} (w int) inherits ({table});
create table {new} ({col} {any}) inherits ({table}, {table2});
create table {new} (like {table} including all);
create table {new} (like {rel} including defaults including indexes);
create table {new} ({col} {any} default null, {col2} {any2});
create table {new} as select {col}, {col2} as o from {rel};
create table {new} (id int generated always as identity, y int generated always as (1) stored);
alter table {table} attach partition {part} for values from (@0) to (@9);
alter table {table} detach partition {part};
alter table {table} inherit {table2};
alter table {table} no inherit {table2};
alter table {only}{table} add column {col} {any};
alter table {table} add column {col} int not null default 1;
alter table {table} drop column {if}{col}{end};
alter table {only}{table} add constraint {con} check ({col} is not null);
alter table {table} add check ({col} is not null) no inherit;
alter table {table} add primary key ({col});
alter table {table} add unique ({col}, {col2});
alter table {table} add foreign key ({col}) references {table2};
alter table {table} add constraint {con} foreign key ({col}) references {table2} ({col2});
alter table {table} drop constraint {if}{con}{end};
alter table {table} rename constraint {con} to {name};
alter table {table} alter column {col} type {scalar};
alter table {only}{table} alter column {col} set default null;
alter table {only}{table} alter column {col} set default 1;
alter table {only}{table} alter column {col} set not null;
alter table {table} alter column {col} drop not null;
alter table {table} alter column {col} drop default;
alter table {table} alter column {col} drop expression;
alter table {table} alter column {col} add generated always as identity;
alter table {table} alter column {col} drop identity;
alter table {rel} rename column {col} to {col2};
alter table {if}{rel} rename to {bare};
alter table {rel} set schema {schema};
alter table {table} of {type};
alter table {table} not of;
alter table {table} enable row level security;
create {unique}index {ifnot}{idx} on {only}{rel} ({col});
create unique index on {table} ({col}, {col2});
create index on {table} (coalesce({col}, null));
drop index {if}{idx}{end};
alter index {idx} rename to {idx2};
create type {type} as (x text, y {any});
create type {type} as enum ('one');
create domain {type} as {any} check (value is not null);
alter type {type} rename to {name};
alter type {type} set schema {schema};
alter type {type} add value {ifnot}'three';
alter type {type} rename value 'one' to 'three';
alter domain {type} add constraint {con} check (value <> '');
alter domain {type} drop constraint {if}{con};
alter domain {type} rename constraint {con} to {name};
alter domain {type} set not null;
drop type {if}{type}{end};
drop domain {if}{type}{end};
create view {view} as select {col}, {col2} as o from {rel};
create view {view} as select * from {rel};
create or replace view {view} as select {col} from {rel};
create or replace view {view} as select id, x, y from {rel};
create view {view} as select {col}, count(*) from {rel} group by {col};
create materialized view {ifnot}m as select {col} from {rel};
alter view {if}{view} rename to {name};
alter view {view} set schema {schema};
alter view {view} alter column {col} set default 1;
alter materialized view m rename to {name};
drop view {if}{view}{end};
drop materialized view {if}m{end};
drop table {if}{table}{end};
drop table {table}, {table2}{end};
drop schema {if}{schema}{end};
create schema {ifnot}{schema};
alter schema {schema} rename to {schema2};
create rule {name} as on insert to {rel} do instead nothing;
create or replace rule {name} as on update to {rel} do also nothing;
alter rule {name} on {rel} rename to {name2};
drop rule {if}{name} on {rel}{end};
create policy {name} on {rel} for {command} using ({col} is not null);
create policy {name} on {rel} for insert with check (true);
alter policy {name} on {rel} using (true);
alter policy {name} on {rel} rename to {name2};
drop policy {if}{name} on {rel};
create trigger {name} before insert on {rel} for each row execute function t();
drop trigger {if}{name} on {rel};
create function t() returns trigger language plpgsql as 'begin return new; end';
create function {fun} returns {any} language sql as 'select null::{any}';
create or replace function g(x text) returns text language sql as 'select 1::text';
alter function {fun} rename to {name};
alter function {fun} set schema {schema};
drop function {if}{fun}{end};
drop function {name};
create sequence {ifnot}{seq};
alter sequence {seq} owned by {table}.{col};
alter sequence {seq} owned by none;
alter table {table} alter column {col} set default nextval('{seq}');
drop sequence {if}{seq}{end};
comment on column {rel}.{col} is '';
comment on constraint {con} on {table} is '';
comment on type {type} is '';
grant select ({col}) on {rel} to public;
grant usage on type {type} to public;
"""
_POOLS |= {
    "unique": st.sampled_from(["", "unique "]),
    "command": st.sampled_from(["all", "select", "update", "insert", "delete"]),
}


def _filled(template: str) -> SearchStrategy[str]:
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return st.fixed_dictionaries({name: _POOLS[name.rstrip("0123456789")] for name in names}).map(
        lambda drawn: template.format(**drawn)
    )


STATEMENT = st.one_of([_filled(template) for template in _TEMPLATES.split("\n") if template])
HISTORY = st.lists(STATEMENT, min_size=1, max_size=14).map(
    lambda drawn: [each.replace("@", str(at)) for at, each in enumerate(drawn, 1)]  # no two bounds overlap
)
