"""The page as text: it loads nothing, lets nothing in, and whatever comes from the repository is text in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.audit.elements import el, said
from analyzer.audit.formats.html import FORMAT
from analyzer.audit.graph import HEIGHT, lay_out
from analyzer.model.audit import Audit

VOID = {"meta", "input", "br", "wbr"}
HOSTILE = '"><img src=x onerror=window.pwned=1><script>window.pwned=1</script>'


class Outline(HTMLParser):
    """The elements of a page with their attributes, and whether each is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def page_of(audit: Audit) -> str:
    return "\n".join(FORMAT.render(audit))


@pytest.fixture(scope="module")
def page(studio: Audit) -> Outline:
    return Outline(page_of(studio))


def test_it_loads_nothing(studio: Audit, page: Outline) -> None:
    for tag, attributes in page.elements:
        assert not attributes.keys() & {"src", "srcset", "action", "style", "poster"}, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\((?!#)|@import", "".join(page.texts["style"]))
    assert not re.search(r"fetch\(|import\(|XMLHttp|eval\(|innerHTML", "".join(page.texts["script"]))


def test_only_its_own_style_and_script_are_let_in(page: Outline) -> None:
    (policy,) = [
        each["content"] or "" for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for kind in ("style", "script"):
        (text,) = page.texts[kind]
        assert rules[f"{kind}-src"] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_ids_are_given_once_and_every_link_leads_somewhere(page: Outline) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert max(Counter(ids).values()) == 1
    for link in page.all("a"):
        assert (link["href"] or "").removeprefix("#") in ids
    for _, attributes in page.elements:
        for name in ("for", "aria-labelledby"):
            assert attributes.get(name) is None or attributes[name] in ids


def test_what_can_be_done_can_be_done_by_keyboard(page: Outline) -> None:
    assert all(each.get("type") in ("button", "reset") for each in page.all("button"))
    scrolling = [each for each in page.all("div") if (each.get("class") or "").startswith("scroll")]
    assert scrolling
    assert all(each["tabindex"] == "0" and each["aria-label"] for each in scrolling)


def test_it_holds_what_was_found(studio: Audit) -> None:
    text = page_of(studio)
    entries = studio.report.entries
    assert text.count('<li data-level="') == len(entries) == 42
    assert len(re.findall(r'<a href="#p1-public\.\w+" class="node missing"', text)) == 4
    assert len(re.findall(r'class="key no-target"', text)) == 6
    assert '<td class="gone"><abbr title="lib/personas.ts: ' in text


def test_names_of_the_repository_are_text(project: Callable[..., Audit]) -> None:
    quoted = HOSTILE.replace('"', '""')
    audit = project(
        {
            "supabase/migrations/20250101000000_init.sql": f'create table "{quoted}" (id uuid, x uuid references "b{quoted}");\n'
            f'create policy "{quoted}" on "{quoted}" for select using (true);\n',
            "app/a.ts": f"await supabase.from({HOSTILE!r}).select('id');\nawait supabase.from('</script><b>').select('id');\n",
            "app/<img src=x onerror=alert(1)>.ts": "await supabase.from('nowhere').select('id');\n",
        }
    )
    page = Outline(page_of(audit))
    assert not page.all("img")
    assert not page.all("b")
    assert len(page.all("script")) == 1
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


@given(st.text(), st.text())
def test_any_text_stays_text(text: str, value: str) -> None:
    outline = Outline(str(el("p", said(text), text, title=value)))
    assert {tag for tag, _ in outline.elements} <= {"p", "code"}
    assert outline.elements[0][1].keys() == {"title"}


NAMES = st.lists(st.text("abc_", min_size=1, max_size=30), unique=True, max_size=40)


@given(st.data())
def test_every_table_has_a_place_of_its_own(data: st.DataObject) -> None:
    names = data.draw(NAMES)
    edges = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=60)) if names else []
    labels = {name: name for name in names}
    drawing = lay_out(labels, edges)
    assert drawing.boxes.keys() == labels.keys()
    boxes = sorted(drawing.boxes.values(), key=lambda box: (box.y, box.x))
    for number, box in enumerate(boxes):
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y >= 0
        assert box.y + HEIGHT <= drawing.height
        for other in boxes[number + 1 :]:
            apart = other.x >= box.x + box.width or box.x >= other.x + other.width or other.y >= box.y + HEIGHT
            assert apart, (box, other)
    assert lay_out(labels, list(reversed(edges))) == drawing


def test_what_is_referred_to_stands_on_the_left() -> None:
    boxes = lay_out({"a": "a", "b": "b", "c": "c"}, [("a", "b"), ("b", "c"), ("c", "a")]).boxes
    assert len({box.x for box in boxes.values()}) == 3, "a circle is drawn, too"
    boxes = lay_out({"posts": "posts", "users": "users"}, [("posts", "users")]).boxes
    assert boxes["users"].x < boxes["posts"].x


def test_what_is_missing_comes_first_in_the_matrix_and_among_the_tables(page: Outline) -> None:
    """``app/settings/page.tsx`` asks for ``profiles`` alone, which is built: it comes after all that ask in vain."""
    titles = [each["title"] or "" for each in page.all("abbr")]
    files = list(dict.fromkeys(title.partition(":")[0] for title in titles))
    in_vain = {title.partition(":")[0] for title in titles if title.endswith("which is missing")}
    assert {*files[: len(in_vain)]} == in_vain
    rows = [each["id"] or "" for each in page.all("tr") if each.get("id")]
    assert {row.rpartition("public.")[2] for row in rows[:4]} == {"agents", "agent_channels", "channels", "personas"}
