"""Effective privileges: the answers are those of ``has_table_privilege`` and its like on a PostgreSQL with Supabase's defaults."""

from __future__ import annotations

import pytest

from analyzer.model.catalog import Replay
from tests.replay.conftest import Run, sqlstates

EVERYTHING = {"select", "insert", "update", "delete", "truncate", "references", "trigger"}


def held(replayed: Replay, role: str, name: str) -> set[str] | None:
    schema, _, relation = name.rpartition(".")
    found = replayed.catalog.relation(schema or "public", relation)
    assert found is not None
    privileges = replayed.catalog.privileges(found.oid, role)
    return None if privileges is None else set(privileges)


def may_call(replayed: Replay, role: str, name: str) -> bool | None:
    schema, _, function = name.rpartition(".")
    (found,) = replayed.catalog.functions_named(schema or "public", function)
    return replayed.catalog.may(found.oid, role, "execute")


def test_what_public_holds_is_granted_to_the_api_and_what_other_schemas_hold_is_not(run: Run) -> None:
    made = run(
        """
        create schema app;
        create table t (id serial primary key);
        create table app.t (id int);
        create view v as select id from t;
        create function f() returns int language sql as 'select 1';
        create function app.f() returns int language sql as 'select 1';
        """
    )
    assert held(made, "anon", "t") == held(made, "authenticated", "v") == EVERYTHING
    assert held(made, "anon", "t_id_seq") == {"select", "update", "usage"}
    assert held(made, "anon", "app.t") == set()
    assert may_call(made, "anon", "f")
    assert may_call(made, "anon", "app.f")
    assert made.catalog.privileges(made.catalog.schema_names["app"], "anon") == frozenset()
    assert made.catalog.privileges(made.catalog.schema_names["public"], "anon") == {"usage"}


def test_grants_and_revokes_of_tables_columns_sequences_functions_and_schemas(run: Run) -> None:
    made = run(
        """
        create schema app;
        create table t (id serial primary key, a int, b int);
        create table u (id int);
        create table app.t (id int);
        create role x;
        revoke all on t from anon, authenticated;
        grant select (a, b), insert (a) on t to anon;
        revoke select (a) on t from anon;
        grant update (b) on table t to authenticated;
        grant usage on schema app to anon, x;
        grant all on all tables in schema app to anon;
        revoke insert, delete on all tables in schema public from authenticated;
        revoke all on sequence t_id_seq from anon;
        create function f() returns int language sql as 'select 1';
        revoke all on function f() from public;
        revoke execute on function f from anon;
        revoke all on u from service_role;
        grant select on u to public;
        revoke grant option for select on u from authenticated;
        """
    )
    assert sqlstates(made) == []
    table = made.catalog.relation("public", "t")
    assert table is not None
    assert held(made, "anon", "t") == held(made, "authenticated", "t") == set()
    answers = {(p, n) for p in ("select", "insert") for n in (1, 2, 3) if made.catalog.may(table.oid, "anon", p, n)}
    assert answers == {("select", 3), ("insert", 2)}
    assert held(made, "anon", "app.t") == EVERYTHING
    assert held(made, "authenticated", "u") == EVERYTHING - {"insert", "delete"}
    assert held(made, "service_role", "u") == held(made, "x", "u") == {"select"}
    assert held(made, "anon", "t_id_seq") == set()
    assert not may_call(made, "anon", "f")
    assert may_call(made, "authenticated", "f")
    assert made.catalog.privileges(made.catalog.schema_names["app"], "x") == {"usage"}


def test_revoking_a_table_takes_its_columns_and_revoking_a_column_takes_nothing_from_the_table(run: Run) -> None:
    made = run(
        """
        create table t (id int, a int);
        revoke select (a) on t from anon;
        revoke all on t from authenticated;
        grant select (id) on t to authenticated;
        revoke select on t from authenticated;
        """
    )
    table = made.catalog.relation("public", "t")
    assert table is not None
    assert made.catalog.may(table.oid, "anon", "select", 2)
    assert made.catalog.may(table.oid, "authenticated", "select", 1) is False


def test_default_privileges_of_a_schema_only_add_to_those_of_everywhere(run: Run) -> None:
    made = run(
        """
        create schema app;
        create table before (id int);
        alter default privileges in schema public revoke all on tables from anon;
        alter default privileges in schema app grant select on tables to anon, authenticated;
        alter default privileges revoke execute on functions from public;
        alter default privileges in schema public revoke execute on functions from anon;
        alter default privileges for role postgres in schema public revoke insert on tables from authenticated;
        alter default privileges for role supabase_admin in schema public revoke all on tables from authenticated;
        create table t (id int);
        create table app.t (id int);
        create function f() returns int language sql as 'select 1';
        create function app.f() returns int language sql as 'select 1';
        """
    )
    assert held(made, "anon", "before") == EVERYTHING
    assert held(made, "anon", "t") == set()
    assert held(made, "authenticated", "t") == EVERYTHING - {"insert"}
    assert held(made, "anon", "app.t") == {"select"}
    assert [may_call(made, role, "f") for role in ("anon", "authenticated")] == [False, True]
    assert not may_call(made, "authenticated", "app.f")


def test_in_a_schema_public_may_call_functions_whatever_its_defaults_say(run: Run) -> None:
    made = run(
        """
        alter default privileges in schema public revoke execute on functions from public;
        create function f() returns int language sql as 'select 1';
        """
    )
    assert may_call(made, "anyone", "f")


def test_what_is_replaced_or_renamed_keeps_its_grants(run: Run) -> None:
    made = run(
        """
        create table t (id int, a int);
        create view v as select id from t;
        revoke all on v from anon;
        create or replace view v as select id, a from t;
        create function f() returns int language sql as 'select 1';
        revoke all on function f() from anon, public;
        create or replace function f() returns int language sql as 'select 2';
        revoke all on t from anon;
        alter table t rename to u;
        """
    )
    assert held(made, "anon", "v") == held(made, "anon", "u") == set()
    assert not may_call(made, "anon", "f")


def test_where_new_tables_are_not_exposed_only_rights_without_data_are_left(run: Run) -> None:
    sql = "create table t (id int); create table u (id int); grant select on u to anon;"
    assert held(run(sql, exposed=False), "anon", "t") == {"truncate", "references", "trigger"}
    assert held(run(sql, exposed=False), "anon", "u") == {"select", "truncate", "references", "trigger"}
    unsaid = run(sql, exposed=None)
    assert held(unsaid, "anon", "t") is None
    table = unsaid.catalog.relation("public", "u")
    assert table is not None
    assert [unsaid.catalog.may(table.oid, "anon", each) for each in ("select", "insert")] == [True, None]


@pytest.mark.parametrize(
    "block",
    [
        "execute 'grant select on ' || current_setting('x.y') || ' to anon';",
        "if current_setting('x.y') = 'z' then revoke all on t from anon; end if;",
        "for r in select current_setting('x.y') as n loop execute format('revoke all on %I from anon', r.n); end loop;",
    ],
)
def test_grants_that_cannot_be_told_leave_the_answer_open_and_nothing_else(run: Run, block: str) -> None:
    made = run(f"create table t (id int); do $$ declare r record; begin {block} end $$; create table u (id int);")
    assert made.unread == ()
    assert held(made, "anon", "t") is None
    assert held(made, "anon", "u") == EVERYTHING


def test_a_loop_over_the_catalogue_grants_what_its_rows_say(run: Run) -> None:
    made = run(
        """
        create table t (id int);
        create table u (id int);
        do $$ declare r record; begin
          for r in select tablename from pg_tables where schemaname = 'public' and tablename = 'u' loop
            execute format('revoke all on public.%I from anon', r.tablename);
          end loop;
        end $$;
        """
    )
    assert held(made, "anon", "t") == EVERYTHING
    assert held(made, "anon", "u") == set()


def test_what_supabase_made_is_not_known_but_for_what_migrations_grant(run: Run) -> None:
    made = run("grant select on auth.users to authenticated;")
    users = made.catalog.relation("auth", "users")
    assert users is not None
    assert made.catalog.may(users.oid, "authenticated", "select")
    assert made.catalog.may(users.oid, "anon", "select") is None
