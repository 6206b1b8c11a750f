"""PostgREST asked by its address: the name, the parameters, the body; and texts that ask nothing."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.facts import CodeFacts, Reference
from analyzer.model.source import Source


def read(source: str) -> CodeFacts:
    return read_code(Source("a.ts", source.encode()))


def one(source: str) -> Reference:
    facts = read(source)
    assert not facts.unresolved
    (found,) = facts.references
    assert found.client == "rest"
    return found


@pytest.mark.parametrize(
    ("call", "kind", "operation"),
    [
        ("fetch('https://x.co/rest/v1/deals')", "table", "select"),
        ("fetch(`${url}/rest/v1/deals?select=*`, { headers })", "table", "select"),
        ("fetch(url + '/rest/v1/deals', { method: 'POST', body })", "table", "insert"),
        ("fetch(`${url}/rest/v1/deals?id=eq.${id}`, { method: 'PATCH' })", "table", "update"),
        ("fetch(`${url}/rest/v1/deals`, { method: 'delete' })", "table", "delete"),
        ("fetch(`${url}/rest/v1/deals`, { method: ask() })", "table", None),
        ("fetch(`${c ? 'http://a' : 'http://b'}/rest/v1/deals`)", "table", "select"),
        ("axios.post(`${url}/rest/v1/deals`, row)", "table", "insert"),
        ("request.get(`${url}/rest/v1/deals`)", "table", "select"),
        ("this.supaFetch('/rest/v1/deals')", "table", "select"),
        ("fetch(`${url}/rest/v1/rpc/deals`, { method: 'POST' })", "function", "rpc"),
    ],
)
def test_what_is_asked_of_an_address(call: str, kind: str, operation: str | None) -> None:
    found = one(call)
    assert (found.kind, found.operation) == (kind, operation)
    assert [call[name.span.start : name.span.end] for name in found.names] == ["deals"]


@pytest.mark.parametrize(
    "source",
    [
        "if (path === '/rest/v1/deals') go()",
        "url.includes('/rest/v1/deals')",
        "page.route('**/rest/v1/deals*', go)",
        "http.get('*/rest/v1/deals', go)",
        "fetch(`${url}/rest/v1/`)",
        "fetch('/rest/v1/:table')",
        "fetch(proxy, '/rest/v1/deals')",
        "// fetch('/rest/v1/deals')",
        "const path = '/rest/v1/deals'",
    ],
)
def test_what_asks_nothing(source: str) -> None:
    assert read(source) == CodeFacts()


def test_each_parameter_is_read_in_its_place() -> None:
    source = (
        "/* é */ fetch(`${u}/rest/v1/deals?select=id,r:rel(x)&status=not.eq.paid&r.z=gt.1"
        "&or=(a.eq.1,b.gt.${v})&order=id.desc,name&limit=5`)"
    )
    data, request = source.encode(), one(source).request
    assert request is not None
    assert [each.name.text for one in request.selections for each in one.fields if each.name] == ["id"]
    assert [each.target.text for one in request.selections for each in one.embeds] == ["rel"]
    told = [
        (each.column.text, each.operator, each.negated, [value.text for value in each.values])
        for each in request.filters
    ]
    assert told == [
        ("status", "eq", True, ["paid"]),
        ("z", "gt", False, ["1"]),
        ("a", "eq", False, ["1"]),
        ("b", "gt", False, []),
    ]
    assert [each.column.text for each in request.orders] == ["id", "name"]
    places = [each.column.span for each in (*request.filters, *request.orders)]
    assert [data[span.start : span.end].decode() for span in places] == ["status", "z", "a", "b", "id", "name"]
    assert (request.gaps, request.malformed) == ((), ())


def test_the_body_is_a_payload() -> None:
    found = one("fetch(u + '/rest/v1/deals?on_conflict=a', { method: 'POST', body: JSON.stringify({ a: 1, b }) })")
    assert found.request is not None
    assert found.request.payload is not None
    assert [entry.name.text for row in found.request.payload.rows for entry in row.entries] == ["a", "b"]
    assert [each.text for each in found.request.conflict or ()] == ["a"]


@pytest.mark.parametrize(
    ("parameters", "aspects"),
    [
        ("?${all}", ["select", "filter", "order"]),
        ("?select=${columns}", ["select"]),
        ("?select=a%20b", ["select"]),
        ("?${key}=eq.1", ["filter"]),
        ("?or=(${conditions})", ["filter"]),
    ],
)
def test_what_cannot_be_known_of_an_address_is_a_gap(parameters: str, aspects: list[str]) -> None:
    found = one(f"fetch(`${{u}}/rest/v1/deals{parameters}`)")
    assert found.request is not None
    assert [each.aspect for each in found.request.gaps] == aspects
    assert found.columns == ()


def test_an_address_with_an_unknown_name_is_said() -> None:
    facts = read("fetch(`${url}/rest/v1/${table}?id=eq.1`)")
    assert [(each.kind, each.reason) for each in facts.unresolved] == [
        ("table", "address with a name that is not known")
    ]


def test_a_profile_may_choose_another_schema() -> None:
    found = one("fetch('/rest/v1/deals', { headers: { 'Accept-Profile': 'app' } })")
    assert not found.schema_known
