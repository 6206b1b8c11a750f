"""What a file's bytes tell of what it is for: yes or no, so that a tree can remember what it was asked, and what it said.

An edit that changes none of these answers changes nothing of what a tree consists of.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping

from analyzer.model.inventory import Telling, Tree

_BUNDLE_BYTES = 50_000
_BUNDLE_LINE = 500

_TYPES_HEAD = 4096
_JSON_TYPE = re.compile(r"^export type Json\s*=", re.MULTILINE)
_TABLES = re.compile(r"^[ \t]++Tables: \{", re.MULTILINE)
_DATABASE_TYPE = re.compile(r"^export (type|interface) Database\b", re.MULTILINE)

_TESTS = re.compile(
    rb"(?:\bfrom|\bimport|\brequire\()\s*['\"](?:(?:node:)?(?:test|assert(?:/strict)?)|vitest|@jest/globals|bun:test|@playwright/test"
    rb"|chai|mocha|ava|tap|uvu(?:/assert)?|jsr:@std/(?:assert|testing)[^'\"]*|https://deno\.land/[^'\"]*(?:assert|testing)[^'\"]*)['\"]"
    rb"|\bDeno\.test\s*\(|^\s*(?:describe|it|test)(?:\.\w+)?\(\s*['\"`]",
    re.MULTILINE,
)
_DRIZZLE = re.compile(rb"drizzle-orm(?:@[^/]*)?/pg-core")

Trait = Callable[[bytes], bool]


def has(tree: Tree, path: str, trait: Trait) -> bool:
    """True when the file has the trait. Raises OSError when it cannot be read."""
    return tree.has(path, trait) if isinstance(tree, Telling) else trait(tree.read(path))


def generated(data: bytes) -> bool:
    """Written by ``supabase gen types``, or by a hand that follows it."""
    head = _text(data[:_TYPES_HEAD])
    return bool(_DATABASE_TYPE.search(head) and (_JSON_TYPE.search(head) or _TABLES.search(head)))


def minified(data: bytes) -> bool:
    """Over 50 KB, with lines of more than 500 bytes on average."""
    return len(data) > _BUNDLE_BYTES and len(data) > _BUNDLE_LINE * (data.count(b"\n") + 1)


def testing(data: bytes) -> bool:
    """It asks for what only tests use."""
    return _TESTS.search(data) is not None


def declaring_for_drizzle(data: bytes) -> bool:
    """It imports what declares tables of PostgreSQL for Drizzle."""
    return _DRIZZLE.search(data) is not None


def naming_supabase(data: bytes) -> bool:
    """It says Supabase anywhere."""
    return b"supabase" in data.lower()


TRAITS: Mapping[str, Trait] = {
    each.__name__: each for each in (generated, minified, testing, declaring_for_drizzle, naming_supabase)
}


def _text(head: bytes) -> str:
    """Windows shells redirect in UTF-16, so generated types come in it."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if wide else "utf-8-sig", "ignore")
