"""The select language: what PostgREST reads is read, what it refuses is refused, and every name knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.code.read import read_code
from analyzer.model.facts import Name
from analyzer.model.request import Embed, Field, Request, Selection
from analyzer.model.source import Source


def request(source: str) -> Request:
    facts = read_code(Source("a.ts", source.encode()))
    assert len(facts.references) == 1
    found = facts.references[0].request
    assert found is not None
    return found


def selected(text: str) -> Selection:
    found = request(f"x.from('t').select(`{text}`)")
    assert not found.malformed
    assert len(found.selections) == 1
    return found.selections[0]


def spelt(selection: Selection) -> str:
    """The selection in PostgREST's own words, without its quotes."""
    return ",".join([*(_field(each) for each in selection.fields), *(_embed(each) for each in selection.embeds)])


def _field(each: Field) -> str:
    alias = f"{each.alias}:" if each.alias else ""
    name = each.name.text if each.name else ""
    json = "->" if each.json else ""
    cast = f"::{each.cast}" if each.cast else ""
    return f"{alias}{name}{json}{f'.{each.aggregate}()' if each.aggregate else ''}{cast}"


def _embed(each: Embed) -> str:
    alias = "..." if each.spread else f"{each.alias}:" if each.alias else ""
    hint = f"!{each.hint.text}" if each.hint else ""
    join = f"!{each.join}" if each.join else ""
    return f"{alias}{each.target.text}{hint}{join}({spelt(each.selection)})"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("*", "*"),
        ("", ""),
        ("id", "id"),
        ("id,name", "id,name"),
        ("  id ,\n\t name  ", "id,name"),
        ("first name", "firstname"),
        ('"first name"', "first name"),
        ('"a,b(c)"', "a,b(c)"),
        ('"say \\\\"hi\\\\""', 'say "hi"'),
        ("user-id", "user-id"),
        ("$x,_y,9z", "$x,_y,9z"),
        ("näme", "näme"),
        ("n:name", "n:name"),
        ('"an alias":name', "an alias:name"),
        ("id::text", "id::text"),
        ("n:id::text", "n:id::text"),
        ("data->a", "data->"),
        ("data->a->>b", "data->"),
        ("data->0->>1", "data->"),
        ("d:data->>a-b::int", "d:data->::int"),
        ('data->"a b"', "data->"),
        ("data->>!@#$%^&*_a", "data->"),
        ("count()", ".count()"),
        ("n:count()", "n:.count()"),
        ("count()::int", ".count()::int"),
        ("count", "count"),
        ("amount.sum()", "amount.sum()"),
        ("total:amount.sum()", "total:amount.sum()"),
        ("amount.avg()::int", "amount.avg()::int"),
        ("amount::numeric.max()", "amount.max()::numeric"),
        ("id.count(),a.min()", "id.count(),a.min()"),
        ("rel(*)", "rel(*)"),
        ("rel()", "rel()"),
        ("rel(count)", "rel(count)"),
        ("rel ( id , name )", "rel(id,name)"),
        ("r:rel(id)", "r:rel(id)"),
        ("rel!fk(id)", "rel!fk(id)"),
        ("rel!inner(id)", "rel!inner(id)"),
        ("rel!left(id)", "rel!left(id)"),
        ("rel!fk!inner(id)", "rel!fk!inner(id)"),
        ("rel!inner!fk(id)", "rel!fk!inner(id)"),
        ('r:"my rel"!"my fk"(id)', "r:my rel!my fk(id)"),
        ("...rel(id)", "...rel(id)"),
        ("...rel!fk!inner(id,n:name)", "...rel!fk!inner(id,n:name)"),
        ("a(b(c(d)),e)", "a(e,b(c(d)))"),
        ("rel!leftover(id)", "rel!leftover(id)"),
    ],
)
def test_every_form(text: str, meaning: str) -> None:
    assert spelt(selected(text)) == meaning


@pytest.mark.parametrize("tail", [")", "),x", ")) and more"])
def test_what_follows_the_list_is_passed_over_as_postgrest_does(tail: str) -> None:
    assert spelt(selected(f"id,rel(x){tail}")) == "id,rel(x)"


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("id,", ",", "a name is missing after the comma"),
        ("id,,x", ",", "a name is missing after the comma"),
        (",id", ",", "a name is missing before the comma"),
        ("rel(id", "d", "the parenthesis is not closed"),
        ("rel(id,", ",", "a name is missing after the comma"),
        ("rel(a(b)c)", "c", "`c` cannot stand here"),
        ("id;name", ";", "`;` cannot stand here"),
        ("name[]", "[", "`[` cannot stand here"),
        ("a.b", ".", "only an aggregate can follow a dot; the columns of a relation stand in `relation(column)`"),
        (
            "amount.median()",
            ".",
            "only an aggregate can follow a dot; the columns of a relation stand in `relation(column)`",
        ),
        ("id::", ":", "`:` cannot stand here"),
        ("x:*", "*", "`*` can have no alias"),
        ("*id", "i", "`i` cannot stand here"),
        ("id!hint", "t", "a relation needs its columns in parentheses"),
        ("rel!(id)", "(", "a hint is missing after `!`"),
        ("rel!a!b!c(id)", "!", "a relation needs its columns in parentheses"),
        ("...rel", "l", "a relation needs its columns in parentheses"),
        ("x:...rel(id)", ".", "`.` cannot stand here"),
        ("data->", ">", "a key is missing after the arrow"),
        ('"open', '"', "the quote is not closed"),
        ("id, name -- all", "-", "`-` cannot stand here"),
    ],
)
def test_what_postgrest_refuses_is_refused_with_the_place(text: str, at: str, reason: str) -> None:
    source = f"x.from('t').select(`{text}`)"
    found = request(source)
    assert found.selections == ()
    assert [each.aspect for each in found.malformed] == ["select"]
    malformed = found.malformed[0]
    assert (source.encode()[malformed.span.start : malformed.span.end].decode(), malformed.reason) == (at, reason)
    assert malformed.text == text


@pytest.mark.parametrize(
    ("argument", "texts"),
    [
        ("'id, name'", ["id", "name"]),
        ("'id,' + 'name'", ["id", "name"]),
        ("`id, ` + (`name` as any)", ["id", "name"]),
        ("['id', `name`].join(', ')", ["id", "name"]),
        ("['id', 'name'].join()", ["id", "name"]),
        ("`\n  id,\r\n  name\n`.trim()", ["id", "name"]),
        ("`\n id, name`.replace(/\\s+/g, ' ')", ["id", "name"]),
        ("'i\\u0064, n\\\n  ame'", ["i\\u0064", "n\\\n  ame"]),
        ("'😀'.length && 'x' ? 'id' : 'id, name'", ["id", "id", "name"]),
        ("'na:id, \"n b' + '\"'", ["id", "n b"]),
    ],
)
def test_a_name_has_the_place_of_its_characters(argument: str, texts: list[str]) -> None:
    source = f"/* é😀 */ x.from('t').select({argument})"
    data = source.encode()
    found = [
        each.name.span for one in request(source).selections for each in one.fields if each.name is not None
    ]  # fmt: skip
    assert [data[span.start : span.end].decode() for span in found] == texts


@pytest.mark.parametrize(
    ("before", "argument", "texts"),
    [
        ("const C = 'id, name';", "C", ["C", "C"]),
        ("const C = 'id';", "C + ', name'", ["C", "name"]),
        ("const C = 'id';", "`${C}, name`", ["C", "name"]),
        ("const C = 'id' as const;", "C as any", ["C as any"]),
        ("const O = { c: `id` };", "O.c", ["O.c"]),
        ("const L = ['id', 'name'];", "L.join(',')", ["L", "L"]),
        ("const C = ['id', 'name'].join(',');", "C", ["C", "C"]),
    ],
)
def test_a_name_that_stands_elsewhere_has_the_place_of_the_expression(
    before: str, argument: str, texts: list[str]
) -> None:
    source = f"{before} x.from('t').select({argument})"
    found = request(source)
    places = [each.name for one in found.selections for each in one.fields if each.name is not None]
    assert [source[name.span.start : name.span.end] for name in places] == texts
    assert not found.gaps


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("id, ${ask()}", "id"),
        ("${ask()}, id", "id"),
        ("id${ask()}", ""),
        ("id, rel(${ask()}, x)", "id,rel(x)"),
        ("id, ${ask()}(x)", "id"),
        ("id, rel!${ask()}(x), y", "id,y"),
        ("rel(x)${ask()}, id", "id,rel(x)"),
        ("*${ask()}", "*"),
        ("id, x[${ask()}", None),
    ],
)
def test_around_an_unknown_part_the_rest_is_known(text: str, meaning: str | None) -> None:
    found = request(f"x.from('t').select(`{text}`)")
    assert [spelt(each) for each in found.selections] == ([] if meaning is None else [meaning])
    assert [(each.aspect, each.reason) for each in found.gaps] == [("select", "text with a part that is not known")]
    assert not found.malformed


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("x.from('t').select(ask())", "result of a call"),
        ("export const f = (c: string) => x.from('t').select(c)", "parameter without a known caller"),
        ("import { C } from './c'; x.from('t').select(C)", "imported from another file: './c'"),
        ("x.from('t').select(`" + "a(" * 200 + ")" * 200 + "`)", "too deeply nested"),
    ],
)
def test_a_select_that_cannot_be_known_is_a_gap(source: str, reason: str) -> None:
    found = request(source)
    assert found.selections == ()
    assert [(each.aspect, each.reason) for each in found.gaps] == [("select", reason)]


def test_a_select_without_columns_asks_for_all() -> None:
    assert spelt(request("x.from('t').select()").selections[0]) == "*"
    assert spelt(request("x.from('t').select(undefined, { head: true })").selections[0]) == "*"


def test_each_branch_of_a_condition_is_a_selection() -> None:
    found = request("const more = 'id, rel(x)'; x.from('t').select(all ? '*' : more)")
    assert [spelt(each) for each in found.selections] == ["*", "id,rel(x)"]


# --- a generator of the grammar ---------------------------------------------------------------------------------------

PLAIN = st.text("abcXYZ_09$é漢", min_size=1, max_size=6).filter(lambda text: text != "count")
DASHED = st.builds(lambda a, b: f"{a}-{b}", PLAIN, PLAIN)
QUOTED = st.text("ab ,.:()!*\"\\'`$é😀\n", min_size=1, max_size=6)
SPACE = st.sampled_from(["", "", " ", "\n  ", "\r\n", "\t", "\u00a0"])


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Each is what is written beside the names in it: (text, [(name, written)]).
Written = tuple[str, tuple[tuple[str, str], ...]]


@st.composite
def named(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(st.one_of(PLAIN, DASHED, QUOTED))
    plain = all(each.isalnum() or each in "_$-" for each in text)
    # The client counts quotes, those within a name too: an odd number would turn all that follows inside out.
    text = text.replace('"', '""')
    written = text if plain else quoted(text)
    return text, written


@st.composite
def items(draw: st.DrawFn, depth: int = 0) -> Written:
    name, written = draw(named())
    space = draw(SPACE)
    alias = draw(st.sampled_from(["", "al:", '"an al":']))
    kind = draw(st.sampled_from(["field", "field", "embed", "spread"] if depth < 3 else ["field"]))
    if kind == "field":
        tail = draw(st.sampled_from(["", "::text", "->a", "->>'b'->0", ".sum()", "::int.max()::text"]))
        return f"{alias}{space}{written}{tail}{space}", ((name, written),)
    inner = draw(st.lists(items(depth + 1), max_size=3))
    hint = draw(st.sampled_from(["", "!inner", "!left", "!fk", "!fk!inner", "!left!fk"]))
    head = "..." if kind == "spread" else alias
    listed = f",{space}".join(text for text, _ in inner)
    return f"{head}{written}{hint}({listed}{space})", ((name, written), *(each for _, names in inner for each in names))


def everything(selection: Selection) -> list[Name]:
    found = [each.name for each in selection.fields if each.name is not None]
    return [*found, *(name for each in selection.embeds for name in (each.target, *everything(each.selection)))]


@settings(max_examples=200, deadline=None)
@given(st.lists(items(), min_size=1, max_size=4), SPACE)
def test_names_and_places_come_back_from_any_select(drawn: list[Written], space: str) -> None:
    text = f",{space}".join(each for each, _ in drawn)
    literal = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    # A carriage return of a template is a line feed to JavaScript; in this language both are blanks.
    data = f"/*é*/ x.from('t').select(`{literal}`)".encode()
    facts = read_code(Source("a.ts", data))
    found = facts.references[0].request
    assert found is not None
    assert not found.malformed, found.malformed
    names = everything(found.selections[0])
    expected = [each for _, within in drawn for each in within]
    assert sorted(name.text for name in names) == sorted(name for name, _ in expected)
    for name in names:
        here = data[name.span.start : name.span.end].decode()
        assert here.replace("\\", "") == name.text.replace("\\", ""), (here, name.text)


@settings(max_examples=200, deadline=None)
@given(st.text("ab,():!.*\"\\->$ {}`\n'cinerlfto😀", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    data = (
        f"x.from('t').select({text!r}).or({text!r}).order({text!r}).eq({text!r}, 1).filter('a', {text!r}, 1)".encode()
    )
    for reference in read_code(Source("a.ts", data)).references:
        assert reference.request is not None
        for malformed in reference.request.malformed:
            assert 0 <= malformed.span.start <= malformed.span.end <= len(data)
