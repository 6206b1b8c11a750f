"""What kind of client a call is made with, and the schema that it looks in, whichever file makes it."""

from __future__ import annotations

import pytest

from analyzer.engine.reading import Reading
from analyzer.model.source import Problem

CLIENTS = """
import { createBrowserClient, createServerClient } from '@supabase/ssr';
import { createClient } from '@supabase/supabase-js';
export const browser = createBrowserClient(url, key);
export function server() { return createServerClient(url, key, { cookies }); }
export const admin = createClient(url, Deno.env.get('SUPABASE_SERVICE_ROLE_KEY')!);
export const crm = createClient(url, key, { db: { schema: 'crm' } });
export const plain = createClient(url, key);
"""


class Files:
    def __init__(self, **files: str) -> None:
        self._files = {name.replace("__", "/") + ".ts": text.encode() for name, text in files.items()}

    def paths(self) -> tuple[str, ...]:
        return tuple(self._files)

    def read(self, path: str) -> bytes:
        return self._files[path]

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        return ()


@pytest.mark.parametrize(
    ("text", "access", "schema"),
    [
        ("import { browser as c } from './clients'; c.from('t').select()", "browser", None),
        ("import { server } from './clients'; const c = await server(); c.from('t').select()", "server", None),
        ("import { admin } from './clients'; admin.from('t').select()", "service", None),
        ("import { admin } from './clients'; admin.rpc('t').single()", "service", None),
        ("import { crm } from './clients'; crm.from('t').select()", None, "crm"),
        ("import { crm } from './clients'; crm.schema('other').from('t').select()", None, "other"),
        ("import { plain } from './clients'; plain.from('t').select()", None, None),
        ("'use client'; import { plain } from './clients'; plain.from('t').select()", "browser", None),
        ("import { createClient } from 'x'; createClient(u, SERVICE_ROLE).from('t').select()", "service", None),
        ("import { gone } from './clients'; gone.from('t').select()", None, None),
    ],
)
def test_a_client(text, access, schema):
    reading = Reading(Files(clients=CLIENTS, use=text))
    reading.read_code(["use.ts"])
    (reference,) = reading.code["use.ts"].references
    assert reference.access == access
    assert (reference.schema.text if reference.schema else None) == schema
