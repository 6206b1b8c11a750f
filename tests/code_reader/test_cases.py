"""What is compared with a text is that text where the comparison holds, and not that text where it does not."""

from __future__ import annotations

import pytest

from analyzer.code.read import read_code
from analyzer.model.source import Source

A_B_C = "type T = 'a' | 'b' | 'c'; "


def names(source: str) -> list[str]:
    facts = read_code(Source("a.ts", source.encode()))
    return sorted(name.text for each in facts.references for name in each.names)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("x.from(t === 'a' ? 'z' : t).select()", ["b", "c", "z"]),
        ("x.from(t !== 'a' ? t : 'z').select()", ["b", "c", "z"]),
        ("if (t === 'a') { x.from(t).select() }", ["a"]),
        ("if (t !== 'a') { x.from(t).select() }", ["b", "c"]),
        ("if ('a' == t) {} else { x.from(t).select() }", ["b", "c"]),
        ("if (t === 'a') {} else if (t === 'b') {} else x.from(t).select()", ["c"]),
        ("if (t === 'a' || t === 'b') return; x.from(t).select()", ["c"]),
        ("if (t === 'a' && more) return; x.from(t).select()", ["a", "b", "c"]),
        ("if (t !== 'a' && t !== 'b') { x.from(t).select() }", ["c"]),
        ("if (!(t === 'a')) { throw new Error() } x.from(t).select()", ["a"]),
        ("if (t === 'a') { log() } x.from(t).select()", ["a", "b", "c"]),
        ("t !== 'a' && x.from(t).select()", ["b", "c"]),
        ("t === 'a' || x.from(t).select()", ["b", "c"]),
        ("switch (t) { case 'a': x.from(t).select(); break; case 'b': break; default: }", ["a"]),
        ("switch (t) { case 'a': break; case 'b': return; default: x.from(t).select() }", ["c"]),
        ("switch (t) { case 'a': case 'b': x.from(t).select() }", ["a", "b", "c"]),
        ("switch (t) { case 'a': log(); default: x.from(t).select() }", ["a", "b", "c"]),
        ("if (other === 'a') { x.from(t).select() }", ["a", "b", "c"]),
        ("if (u === 'a') { x.from(t).select() } t = u", ["a", "b", "c"]),
    ],
)
def test_a_name_is_what_it_was_compared_with(body: str, left: list[str]) -> None:
    assert names(f"{A_B_C}function f(t: T, u: T, other: string) {{ {body} }}") == left


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("x.from(p.t === 'a' ? 'z' : p.t).select()", ["b", "c", "z"]),
        ("p.t = 'b'; x.from(p.t === 'a' ? 'z' : p.t).select()", []),
        ("if (p.s === 'a') { x.from(p.t).select() }", ["a", "b", "c"]),
    ],
)
def test_a_member_is_what_it_was_compared_with(body: str, left: list[str]) -> None:
    assert names(f"{A_B_C}interface P {{ t: T; s: T }} function f(p: P) {{ {body} }}") == left


def test_a_variable_that_is_given_another_value_may_be_anything_again() -> None:
    source = f"{A_B_C}declare const u: T; let t: T = u; if (t === 'a') {{ t = 'b'; x.from(t).select() }}"
    assert names(source) == ["a", "b", "c"]


def test_another_variable_of_the_name_is_another() -> None:
    source = "if (t === 'a') { for (const t of ['b', 'c']) x.from(t).select() }"
    assert names(f"{A_B_C}function f(t: T) {{ {source} }}") == ["b", "c"]


TABS = """\
let q;
if (tab === 'a') { q = x.from('a').select(); }
else if (tab === 'b') q = x.from('b').select();
else q = x.from('c').select();
if (tab === 'a') q = q.order('of_a');
else if (tab === 'b') { q = q.order('of_b'); }
else q = q.order('of_c');
if (late) q = q.order('of_all');
"""


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (
            "const [tab, set] = useState('a');",
            {"a": ["of_a", "of_all"], "b": ["of_b", "of_all"], "c": ["of_c", "of_all"]},
        ),
        ("let tab = 'a'; tab = next();", {key: ["of_a", "of_b", "of_c", "of_all"] for key in "abc"}),
    ],
)
def test_a_query_goes_on_where_its_case_does(before: str, found: dict[str, list[str]]) -> None:
    facts = read_code(Source("a.ts", f"{before}\n{TABS}".encode()))
    asked = {each.names[0].text: each.request for each in facts.references if each.request is not None}
    orders = {name: [each.column.text for each in request.orders] for name, request in asked.items()}
    assert orders == found
