"""What is asked of generated types, and the filter of a subscription."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.facts import Reference
from analyzer.model.source import Source


def references(source: str) -> tuple[Reference, ...]:
    facts = read_code(Source("a.ts", source.encode()))
    assert not facts.problems
    return facts.references


IMPORT = "import type { Database, Tables, TablesInsert, TablesUpdate, Enums } from './types';\n"


@pytest.mark.parametrize(
    ("said", "operation", "schema", "columns"),
    [
        ("Tables<'deals'>", "Tables", None, []),
        ('TablesInsert<"deals">', "Tables", None, []),
        ("TablesUpdate<\n  'deals'\n>", "Tables", None, []),
        ("Enums<'deals'>", "Enums", None, []),
        ("Partial<Tables<'deals'>>[]", "Tables", None, []),
        ("Database['public']['Tables']['deals']['Row']", "Tables", "public", []),
        ("Database['app']['Views']['deals']['Row']['id']", "Views", "app", ["id"]),
        ('Database["public"]["Tables"]["deals"]["Insert"]["id"] | null', "Tables", "public", ["id"]),
        ("Database['public']['Enums']['deals']", "Enums", "public", []),
        ("Database['public']['Functions']['deals']['Args']['id']", "Functions", "public", []),
        ("Types.Database['public']['Tables']['deals']", "Tables", "public", []),
    ],
)
def test_a_name_asked_of_generated_types(said: str, operation: str, schema: str | None, columns: list[str]) -> None:
    source = f"{IMPORT}type Deal = {said};"
    (found,) = references(source)
    assert (found.kind, found.operation, found.client) == ("type", operation, "types")
    assert [source[each.span.start : each.span.end] for each in found.names] == ["deals"]
    assert (found.schema.text if found.schema else None) == schema
    assert [each.text for each in found.columns] == columns


@pytest.mark.parametrize(
    "source",
    [
        "type A = Tables<'deals'>",
        "type A<Tables> = Tables<'deals'>",
        "import { Tables } from './types'; type A<T> = Tables<T>",
        "import { Tables } from './types'; const a = Tables('deals')",
        "import { Database } from './types'; type A = Database['public']['Tables']",
        "import { Database } from './types'; type A<T> = Database['public']['Tables'][T]",
        "const a = x['public']['Tables']['deals']",
        "import { Rows } from './types'; type A = Rows<'deals'>",
        "// Tables<'deals'>",
    ],
)
def test_what_asks_nothing_of_generated_types(source: str) -> None:
    assert references(source) == ()


@pytest.mark.parametrize(
    ("said", "column", "operator", "values"),
    [
        ("'room_id=eq.7'", "room_id", "eq", ["7"]),
        ("`room_id=eq.${id}`", "room_id", "eq", []),
        ("'room_id=in.(1,2)'", "room_id", "in", []),
        ("'room_id=eq.' + id", "room_id", "eq", []),
    ],
)
def test_the_filter_of_a_subscription(said: str, column: str, operator: str, values: list[str]) -> None:
    source = f"c.on('postgres_changes', {{ event: '*', table: 'messages', filter: {said} }}, go)"
    (found,) = references(source)
    assert found.request is not None
    (told,) = found.request.filters
    assert (source[told.column.span.start : told.column.span.end], told.operator) == (column, operator)
    assert [each.text for each in told.values] == values
    assert [each.text for each in found.columns] == [column]


def test_a_filter_that_cannot_be_known_is_a_gap() -> None:
    (found,) = references("c.on('postgres_changes', { table: 'messages', filter: `${column}=eq.1` }, go)")
    assert found.request is not None
    assert [each.aspect for each in found.request.gaps] == ["filter"]
