"""The published JSON Schema and the reader take the same documents: whatever one accepts, the other accepts."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from analyzer.config.document import read_entries
from analyzer.config.keys import KEYS, read_key
from analyzer.config.published import json_schema
from analyzer.model.errors import ConfigError

SCHEMA = Draft202012Validator(json_schema())

# Pieces that names, codes, globs and patterns are made of, and what breaks each of them.
PIECES = ("FC", "FC1", "FC101", "1", "42", "a", "B", "public", "tests", "db", ".sql", ".SQL", ".md", ".Yaml", ".dbml")
BROKEN = ("*", "**", "/", "\\", ".", "..", "~", "!", "#", "[", "]", " ", ":", "C:", "-", "_", "é", "?")
LEVELS = ("critical", "error", "warning", "info", "off", "never", "auto", "true", "false", "high", "")
NAMES = (*KEYS, "rules", "objects", "paths", "reason", "sorces")

USUAL = ("FC1", "FC301", "apps/web", "public", "db/*.sql", "docs/model.md", "tests", "scripts/", "src/**/*.ts", "info")

texts = st.one_of(st.sampled_from(USUAL), st.lists(st.sampled_from((*PIECES, *BROKEN)), max_size=9).map("".join))
scalars = st.one_of(texts, st.sampled_from(LEVELS), st.none(), st.booleans(), st.integers(-9, 2030))
entries = st.dictionaries(st.one_of(st.sampled_from(NAMES), texts), st.one_of(scalars, st.lists(scalars, max_size=3)))
levels = st.dictionaries(texts, st.one_of(st.sampled_from(LEVELS), scalars), max_size=3)
ignored = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES[-5:], st.one_of(scalars, st.lists(scalars, max_size=2)))
)
values = st.one_of(scalars, st.lists(st.one_of(scalars, ignored, entries), max_size=3), levels, entries)
documents = st.dictionaries(st.sampled_from(NAMES), values, max_size=2)


def reads(document: dict[str, Any]) -> bool:
    """True when the reader takes the document, which as JSON is YAML too."""
    try:
        for entry in read_entries(json.dumps(document, ensure_ascii=False).encode(), "fromcheck.yaml"):
            read_key(entry, "fromcheck.yaml")
    except ConfigError:
        return False
    return True


@given(documents)
@example({"severity": {"FC1": "info"}})
@example({"ignore": [{"rules": []}]})
@example({"ignore": [{"rules": [], "paths": "src/"}]})
@example({"model": ["a*b*c*d*e.md"]})
@example({"sources": ["db\\schema.sql/./"]})
@example({"sources": ["c:schema.sql"]})
@example({"roots": ["a/../b"]})
@example({"exclude": ["!"]})
@example({"exclude": ["my\\ files/"]})
@example({"levels": {"a*b*c*d*e": "info"}})
@example({"schemas": [2024, True]})
def test_they_take_the_same(document: dict[str, Any]) -> None:
    assert SCHEMA.is_valid(document) is reads(document)
