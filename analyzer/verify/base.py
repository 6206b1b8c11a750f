"""Lays what a fresh Supabase project holds into a database, so that migrations meet what they count on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analyzer.verify.server import ADMIN_DATABASE, SUPERUSER, Server
from analyzer.verify.stubs import base_facts, extension_of, function, identifier

if TYPE_CHECKING:
    import psycopg

DATABASE = "postgres"
USER = "postgres"  # no superuser, here as there: migrations that are not trusted must not get at the machine
_API = (
    "db_aggregates_enabled db_anon_role db_channel db_channel_enabled db_config db_extra_search_path "
    "db_hoisted_tx_settings db_max_rows db_plan_enabled db_pool db_pool_acquisition_timeout db_pool_max_lifetime "
    "db_pre_config db_pre_request db_prepared_statements db_root_spec db_schema db_schemas db_tx_end db_uri "
    "jwt_aud jwt_role_claim_key jwt_secret jwt_secret_is_base64 log_level max_rows openapi_mode "
    "openapi_security_active openapi_server_proxy_uri server_cors_allowed_origins server_timing_enabled"
)
_SETTINGS = (  # what Supabase lets a project set, though it belongs to superusers or to what is not loaded here
    *(f"pgrst.{name}" for name in _API.split()),
    *("session_replication_role", "deadlock_timeout", "log_lock_waits", "log_min_duration_statement"),
    *("log_min_messages", "log_parameter_max_length", "log_statement", "log_temp_files", "track_io_timing"),
)
_LABELS = {
    "auth.code_challenge_method": ("s256", "plain"),
    "auth.factor_type": ("totp", "webauthn", "phone"),
    "auth.factor_status": ("unverified", "verified"),
    "auth.aal_level": ("aal1", "aal2", "aal3"),
    "auth.oauth_registration_type": ("dynamic", "manual"),
    "auth.one_time_token_type": ("confirmation_token", "recovery_token"),
    "storage.buckettype": ("STANDARD", "ANALYTICS"),
}
_COMPOSITES = {"realtime.user_defined_filter": "column_name text, op text, value text"}
_VALUES = {
    "uuid": "pg_catalog.gen_random_uuid()",
    "timestamp": "pg_catalog.now()",
    "boolean": "false",
    "text": "''",
    "character": "''",
    "jsonb": "'{}'",
    "integer": "0",
    "bigint": "0",
    "storage.buckettype": "'STANDARD'",
}
_MORE = """
create table vault.secrets (
  id uuid primary key default pg_catalog.gen_random_uuid(), name text, description text not null default '',
  secret text not null, key_id uuid, nonce bytea, created_at timestamptz default now(), updated_at timestamptz default now()
);
create view vault.decrypted_secrets as select *, secret as decrypted_secret from vault.secrets;
-- PostgreSQL has no ALTER EXTENSION OWNER, and it was a superuser who had to make them.
update pg_catalog.pg_extension set extowner = 'postgres'::pg_catalog.regrole where extname <> 'plpgsql';
"""


def lay_base(server: Server) -> None:
    """Make the database from which every other is copied."""
    with server.connect("template1") as admin:
        _lay_roles(admin, server.password)
        for statement in _statements():
            admin.execute(statement.encode())


def fresh_database(server: Server) -> psycopg.Connection[Any]:
    """A database like that of a new project, in place of the last one, as the user that applies migrations."""
    with server.connect(ADMIN_DATABASE) as admin:
        admin.execute(f"drop database if exists {DATABASE} with (force)".encode())
        _lay_roles(admin, server.password)
        admin.execute(f"create database {DATABASE} owner {USER}".encode())
    return server.connect(DATABASE, USER)


def newest_oid(connection: psycopg.Connection[Any]) -> int:
    """The highest number of any object: what comes later, migrations have made."""
    tables = ("pg_class", "pg_proc", "pg_type", "pg_publication", "pg_namespace")
    each = ", ".join(f"(select max(oid)::int8 from pg_catalog.{table})" for table in tables)
    row = connection.execute(f"select greatest({each})".encode()).fetchone()
    assert row is not None
    newest: int = row[0]
    return newest


def _lay_roles(admin: psycopg.Connection[Any], password: str) -> None:
    """The roles of a project, and no others: roles are the server's, and outlive a database."""
    wanted = set(base_facts()["roles"])
    rows = admin.execute("select rolname from pg_catalog.pg_roles where rolname !~ '^pg_'").fetchall()
    there = {name for (name,) in rows}
    for name in there - wanted - {SUPERUSER}:
        admin.execute(f"drop role {identifier(name)}".encode())
    for name in sorted(wanted - there):
        admin.execute(f"create role {identifier(name)}".encode())
    for name in sorted(wanted):
        admin.execute(f"alter role {identifier(name)} reset all".encode())
    admin.execute(
        f"alter role {USER} nosuperuser login createdb createrole replication bypassrls password '{password}'".encode()
    )
    others = ", ".join(identifier(name) for name in sorted(wanted - {USER}))
    admin.execute("alter role service_role bypassrls")
    admin.execute(f"grant {others}, pg_monitor, pg_read_all_data to {USER} with admin option".encode())
    settings = ", ".join(_SETTINGS)
    admin.execute(f"grant set on parameter {settings} to {USER}".encode())


def _statements() -> Iterator[str]:
    facts = base_facts()
    yield from (f"create schema if not exists {identifier(name)}" for name in (*facts["schemas"], "pgbouncer"))
    for name, schema in facts["extensions_installed"]:
        yield f"create extension if not exists {identifier(name)} with schema {identifier(schema)}"
    for qualified, relation in facts["relations"].items():
        yield from _relation(qualified, relation)
    yield _MORE
    yield from (function(*each) for each in facts["functions"] if extension_of(each) is None)
    yield from (f"create publication {identifier(name)}" for name in facts["publications"])
    yield from _grants()


def _relation(qualified: str, facts: dict[str, Any]) -> Iterator[str]:
    schema, _, name = qualified.partition(".")
    for column in facts["columns"]:
        yield from _type(_placed(schema, column[1]).removesuffix("[]"))
    columns = [_column(schema, column) for column in facts["columns"]]
    key = ", ".join(map(identifier, facts["primary_key"]))
    rest = ' partition by range ("inserted_at")' if facts["kind"] == "partitioned table" else ""
    table = f"{identifier(schema)}.{identifier(name)}"
    yield f"create table {table} ({', '.join(columns)}, primary key ({key})){rest}"
    if schema in ("auth", "storage", "realtime"):
        yield f"alter table {table} enable row level security"


def _placed(schema: str, spelt: str) -> str:
    """The type's name with its schema; the file leaves it out for types beside the table."""
    return f"{schema}.{spelt}" if "_" in spelt and " " not in spelt and "." not in spelt else spelt


def _type(name: str) -> Iterator[str]:
    if name in _COMPOSITES:
        yield f"create type {name} as ({_COMPOSITES[name]})"
    elif name in _LABELS:
        labels = ", ".join(f"'{label}'" for label in _LABELS[name])
        yield f"do $$ begin create type {name} as enum ({labels}); exception when duplicate_object then null; end $$"


def _column(schema: str, facts: list[str]) -> str:
    name, spelt, *rest = facts
    value = _VALUES.get(spelt) or _VALUES.get(spelt.split("(")[0].split(" ")[0])
    default = f" default {value}" if value and name != "id" and (rest or spelt == "boolean") else ""
    if name == "id" and spelt == "uuid":
        default = f" default {_VALUES['uuid']}"
    return f"{identifier(name)} {_placed(schema, spelt)}{default} {' '.join(rest)}"


def _grants() -> Iterator[str]:
    """All of it is the migrations' user's, since PostgreSQL itself knows no other way to let it hang policies there."""
    facts = base_facts()
    for name in (*facts["schemas"], "pgbouncer"):
        if name != "public":
            yield f"alter schema {identifier(name)} owner to {USER}"
    for qualified in (*facts["relations"], "vault.secrets", "vault.decrypted_secrets"):
        schema, _, name = qualified.partition(".")
        yield f"alter table {identifier(schema)}.{identifier(name)} owner to {USER}"
    for schema, name, arguments, _ in (each for each in facts["functions"] if extension_of(each) is None):
        yield f"alter function {identifier(schema)}.{identifier(name)}({_types(arguments)}) owner to {USER}"
    yield from (f"alter publication {identifier(name)} owner to {USER}" for name in facts["publications"])
    yield "grant usage on schema public, auth, storage, extensions to anon, authenticated, service_role"


def _types(arguments: str) -> str:
    return ", ".join(each.partition(" DEFAULT ")[0] for each in arguments.split(", "))
