"""The text of ``schema`` and ``refs``, from documents written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analyzer.cli.catalogue import listing
from analyzer.cli.commands.refs import listing as references_listing
from analyzer.reporter import Style

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
Document = dict[str, Any]


def text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def column(name: str, type_: str, **more: Any) -> Document:
    usual = {"nullable": True, "default": None, "generated": None, "identity": None, "defined_at": None}
    return {"name": name, "type": type_, **usual, **more}


@pytest.fixture
def schema() -> Document:
    deals = {
        "schema": "public",
        "name": "deals",
        "kind": "table",
        "columns": [
            column("id", "bigint", nullable=False, identity="by default"),
            column("日本", "text", default="'x'::text"),
            column("total", "numeric", generated="price * 2"),
        ],
        "primary_key": ["id"],
        "unique": [["slug", "year"]],
        "foreign_keys": [
            {
                "name": "deals_company_id_fkey",
                "columns": ["company_id"],
                "references": {"schema": "public", "table": "companies", "columns": ["id"]},
                "on_delete": "no action",
            }
        ],
        "indexes": [{"name": "deals_slug_idx", "columns": ["slug"], "unique": True}],
        "rls": True,
        "policies": [{"name": "Deals Delete Policy", "command": "delete", "roles": ["authenticated", "anon"]}],
        "triggers": [{"name": "set_deal", "function": "public.set_sales_id_default"}],
        "defined_at": {"path": "supabase/migrations/001_init.sql", "line": 3, "column": 14},
    }
    empty: Document = {key: [] for key in ("primary_key", "unique", "foreign_keys", "indexes", "policies", "triggers")}
    summary = {
        **empty,
        "schema": "public",
        "name": "summary",
        "kind": "materialized_view",
        "columns": [column("id", "bigint")],
        "rls": False,
        "defined_at": None,
    }
    failure = {"path": "a.sql", "line": 45, "sqlstate": "42P01", "message": 'relation "x" does not exist'}
    return {
        "version": 1,
        "relations": [deals, summary],
        "functions": [
            {
                "schema": "public",
                "name": "match_documents",
                "returns": "SETOF documents",
                "args": [
                    {"name": "query_embedding", "type": "extensions.vector", "default": False, "mode": "in"},
                    {"name": None, "type": "integer", "default": True, "mode": "variadic"},
                ],
            },
            {"schema": "public", "name": "tidy", "returns": None, "args": []},
        ],
        "enums": [{"schema": "public", "name": "mood", "labels": ["sad", "ok"]}],
        "buckets": [{"id": "avatars", "public": True}, {"id": "papers", "public": False}],
        "publications": [{"name": "supabase_realtime", "tables": ["public.messages", "public.rooms"]}],
        "replay": {"clean": False, "first_failure": failure, "failures": [failure, {**failure, "line": 60}]},
    }


@pytest.fixture
def refs() -> Document:
    place = {"line": 38, "column": 14, "end_line": 38, "end_column": 26}
    usual: Document = {
        **place,
        "via": "literal",
        "client": "supabase-js",
        "operation": None,
        "columns": [],
        "test": False,
    }
    return {
        "version": 1,
        "references": [
            {
                **usual,
                "path": "app/page.tsx",
                "kind": "table",
                "schema": "public",
                "name": "workspaces",
                "operation": "select",
                "columns": ["id", "name"],
            },
            {**usual, "path": "app/up.ts", "kind": "bucket", "schema": None, "name": "avatars", "via": "constant"},
            {
                **usual,
                "path": "e2e/a.ts",
                "kind": "table",
                "schema": "audit",
                "name": "log",
                "client": "sql",
                "test": True,
            },
        ],
        "unresolved": [
            {
                "path": "lib/any.ts",
                "line": 1,
                "column": 2,
                "kind": "table",
                "reason": "parameter without a known caller",
            }
        ],
    }


def test_the_documents_used_here_are_what_the_published_schemas_say(schema: Document, refs: Document) -> None:
    for document, name in ((schema, "schema.json"), (refs, "refs.json")):
        published = json.loads((SCHEMAS / name).read_text())
        Draft202012Validator.check_schema(published)
        Draft202012Validator(published).validate(document)


def test_schema(schema: Document) -> None:
    assert text(listing(schema, Style())) == dedent("""\
        table public.deals  RLS on  supabase/migrations/001_init.sql:3:14
          id     bigint not null generated by default as identity
          日本   text default 'x'::text
          total  numeric generated always as (price * 2)
          primary key (id)
          unique (slug, year)
          foreign key (company_id) references public.companies (id)
          unique index deals_slug_idx (slug)
          policy "Deals Delete Policy" for delete to authenticated, anon
          trigger set_deal calls public.set_sales_id_default

        materialized view public.summary
          id  bigint

        Functions
          public.match_documents(query_embedding extensions.vector, variadic integer default) returns SETOF documents
          public.tidy()

        Enums
          public.mood: sad, ok

        Buckets
          avatars (public)
          papers

        Publications
          supabase_realtime: public.messages, public.rooms

        a.sql:45: fails with 42P01: relation "x" does not exist
        a.sql:60: fails with 42P01: relation "x" does not exist
        2 relations. 2 statements fail; `supabase db reset` stops at a.sql:45.
        """)


def test_an_empty_schema() -> None:
    empty: Document = {key: [] for key in ("relations", "functions", "enums", "buckets", "publications")}
    replay: Document = {"clean": True, "first_failure": None, "failures": []}
    assert text(listing({**empty, "replay": replay}, Style())) == (
        "0 relations. The migrations apply from first to last.\n"
    )


def test_refs(refs: Document) -> None:
    assert text(references_listing(refs, Style())) == dedent("""\
        app/page.tsx:38:14: table public.workspaces select (id, name)
        app/up.ts:38:14: bucket avatars [from a constant]
        e2e/a.ts:38:14: table audit.log [sql, test]

        lib/any.ts:1:2: unresolved table: parameter without a known caller

        3 references resolved, 1 not.
        """)


def test_no_refs() -> None:
    assert text(references_listing({"references": [], "unresolved": []}, Style())) == "0 references resolved, 0 not.\n"


def hostile(document: Any, key: str = "") -> Any:
    """The document with an escape in front of every text that comes from a repository."""
    if isinstance(document, dict):
        return {key: hostile(value, key) for key, value in document.items()}
    if isinstance(document, list):
        return [hostile(value, key) for value in document]
    own = ("kind", "via", "client", "operation", "sqlstate")
    return f"\x1b\n{document}" if isinstance(document, str) and key not in own else document


@pytest.mark.parametrize("which", ["schema", "refs"])
def test_names_are_made_visible(which: str, request: pytest.FixtureRequest) -> None:
    render: Callable[[Document, Style], Iterable[str]] = listing if which == "schema" else references_listing
    lines = list(render(hostile(request.getfixturevalue(which)), Style()))
    assert any("\\x1b\\n" in line for line in lines)
    assert all(line.isprintable() for line in lines)
