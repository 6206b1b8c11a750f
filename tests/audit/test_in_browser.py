"""The page in a real browser, from disk; skipped where none is installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analyzer.audit.formats.html import FORMAT
from analyzer.model.audit import Audit
from tests.audit.browser import Page, browsing, find_browser, url_of

COMMAND = find_browser()
pytestmark = pytest.mark.skipif(COMMAND is None, reason="no Chromium is installed (CHROMIUM names one)")

SHOWN = "[...document.querySelectorAll('ol.findings > li')].filter((item) => !item.hidden).length"
# WCAG's contrast of an element's text with what is really behind it.
CONTRASTS = """
(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return {c: [r, g, b], a}; };
  const linear = (v) => v <= 10.3 ? v / 3294.6 : ((v / 255 + .055) / 1.055) ** 2.4;
  const light = (c) => { const [r, g, b] = c.map(linear);
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (node) => { for (; node; node = node.parentElement) { const back = parse(getComputedStyle(node).backgroundColor);
    if (back.a > 0) return back.c; } return [255, 255, 255]; };
  const low = [];
  for (const node of document.querySelectorAll('main *, header *, nav *')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || node.closest('svg') || !node.offsetParent) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color).c), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)} ${node.textContent.slice(0, 30)}`);
  }
  return low;
})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Page]:
    with browsing(COMMAND or "") as page:
        yield page


@pytest.fixture
def shown(browser: Page, studio: Audit, tmp_path: Path) -> Callable[..., Page]:
    """``shown(width, dark=…)``: the sample's audit in a window of that width."""

    def show(width: int, *, dark: bool = False, audit: Audit = studio) -> Page:
        file = tmp_path / "audit.html"
        file.write_text("\n".join(FORMAT.render(audit)), encoding="utf-8")
        browser.told.clear()
        browser.look(width, dark=dark)
        browser.open(url_of(file))
        return browser

    return show


def complaints(page: Page) -> list[str]:
    told = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
    return [json.dumps(each) for each in page.told if each.get("method") in told]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_can_be_read_and_complains_of_nothing(shown: Callable[..., Page], width: int, dark: bool) -> None:
    page = shown(width, dark=dark)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert page.run(CONTRASTS) == []
    assert page.run("getComputedStyle(document.body).backgroundColor") == (
        "rgb(20, 23, 28)" if dark else "rgb(255, 255, 255)"
    )
    assert complaints(page) == []
    asked = [
        each["params"]["request"]["url"] for each in page.told if each.get("method") == "Network.requestWillBeSent"
    ]
    assert len(asked) == 1, "it is one file, and asks for no other"


def test_findings_are_filtered_by_keyboard(shown: Callable[..., Page]) -> None:
    page = shown(1280)
    assert page.run(SHOWN) == 42
    page.run("document.getElementById('words').focus()")
    page.write("Social_Platforms security")
    assert page.run(SHOWN) == 1
    assert page.run("document.getElementById('told').textContent") == "1 of 42 shown"
    page.run("document.querySelector('form.filter button').focus()")
    page.press("Enter", 13)
    page.run("document.querySelector('input[value=critical]').focus()")
    page.run("new Promise((done) => setTimeout(done, 20))")
    assert page.run(SHOWN) == 42
    page.press(" ", 32)
    assert page.run(SHOWN) == 12
    page.run(
        "(() => { const s = form.elements.code; s.value = 'FC401'; s.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert page.run(SHOWN) == 5


def test_focus_is_seen_and_leads_from_the_drawing_to_the_row(shown: Callable[..., Page]) -> None:
    page = shown(1280)
    page.run("document.querySelector('a.node.missing').focus()")
    page.press("Tab", 9)
    assert page.run("document.activeElement.matches('a.node:focus-visible')")
    assert page.run("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth") == "4px"
    assert page.run("document.querySelectorAll('svg.asked .node.near').length") >= 1
    page.press("Enter", 13)
    assert page.run("document.querySelector(':target').tagName") == "TR"


def test_the_drawing_is_zoomed(shown: Callable[..., Page]) -> None:
    page = shown(1280)
    before = page.run("document.querySelector('svg').getBoundingClientRect().width")
    page.run("document.querySelector('[data-zoom=in]').click()")
    assert page.run("document.querySelector('svg').getBoundingClientRect().width") == pytest.approx(
        before * 1.25, rel=0.01
    )
    page = shown(390)
    page.run("document.querySelector('[data-zoom=fit]').click()")
    assert page.run(
        "document.querySelector('.drawing').scrollWidth <= document.querySelector('.drawing').clientWidth + 1"
    )


def test_the_matrix_shows_only_what_asks_in_vain(shown: Callable[..., Page]) -> None:
    page = shown(1280)
    rows = "[...document.querySelectorAll('.matrix tbody tr')].filter((row) => !row.hidden).length"
    every = page.run(rows)
    page.run("document.querySelector('[data-only]').click()")
    # Eighteen files ask for personas, two more for other missing tables, and one may ask for it.
    assert page.run(rows) == 21
    assert every > 21


def test_nothing_of_the_repository_runs(shown: Callable[..., Page], project: Callable[..., Audit]) -> None:
    hostile = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"
    audit = project(
        {
            "supabase/migrations/20250101000000_init.sql": f'create table "{hostile}" (id uuid primary key);\n',
            "app/a.ts": f"await supabase.from({hostile!r} + '').select('id');\nawait supabase.from('gone<b>').select('id');\n",
        }
    )
    page = shown(1280, audit=audit)
    assert page.run("window.pwned") is None
    assert page.run("document.images.length") == 0
    assert complaints(page) == []
