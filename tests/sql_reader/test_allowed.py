"""A CHECK that lists texts is understood in every spelling, and no other check is."""

from __future__ import annotations

import pytest

from analyzer.sql.allowed import allowed_texts

AB = ("stage", frozenset({"a", "b"}))


@pytest.mark.parametrize(
    "expression",
    [
        "stage in ('a', 'b')",
        "(stage IN ('a','b'))",
        "((stage = ANY (ARRAY['a'::text, 'b'::text])))",
        "stage = any ((array['a'::character varying, 'b'::character varying])::text[])",
        "(stage)::text = any (array[('a'::character varying(20))::text, ('b'::public.mood)::text])",
        "stage = 'a' or stage = 'b'",
        "stage is null or stage in ('a', 'b')",
        "(stage in ('a')) or (\"stage\" = 'b')",
    ],
)
def test_a_list(expression):
    assert allowed_texts(expression) == AB


@pytest.mark.parametrize(
    "expression",
    [
        "stage not in ('a', 'b')",
        "stage in ('a', 'b') and price > 0",
        "stage in ('a') or kind in ('b')",
        "lower(stage) in ('a', 'b')",
        "stage in ('a', upper('b'))",
        "stage in (1, 2)",
        "stage <> 'a'",
        "stage = any (allowed)",
        "stage is null",
        "stage in ('a', 'b'",
        "(((",
        "",
        "price between 1 and 2",
        "not (stage in ('a', 'b'))",
        "stage in ('a') = flag",
    ],
)
def test_another_check(expression):
    assert allowed_texts(expression) is None
