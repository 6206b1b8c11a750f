"""The audit as one page that works offline: issues, a list to filter, a drawing of the tables, and who asks for them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

from analyzer import __version__
from analyzer.audit import page
from analyzer.audit.elements import Markup, Part, el, raw
from analyzer.audit.format import Format
from analyzer.model.audit import Audit, ProjectAudit

_CHAPTERS = (
    ("issues", "Issues"),
    ("drawing", "Drawing"),
    ("matrix", "Code by table"),
    ("tables", "Tables"),
    ("keys", "Foreign keys"),
    ("access", "Row level security"),
    ("steps", "Verification"),
)


def render(audit: Audit) -> Iterator[str]:
    """The page; it loads nothing, and nothing but its own style and script is let in."""
    style, script = _asset("page.css"), _asset("page.js")
    yield "<!doctype html>"
    yield el("html", _head(audit, style, script), el("body", _body(audit), el("script", raw(script))), lang="en")


def _asset(name: str) -> str:
    return files("analyzer.audit").joinpath("assets", name).read_text(encoding="utf-8")


def _head(audit: Audit, style: str, script: str) -> Markup:
    rules = ("default-src 'none'", f"style-src {_digest(style)}", f"script-src {_digest(script)}", "base-uri 'none'")
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content="; ".join((*rules, "form-action 'none'"))),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"Database audit of {audit.report.root}"),
        el("style", raw(style)),
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _body(audit: Audit) -> Iterator[Part]:
    several = len(audit.projects) > 1
    yield el("a", "Skip to the content", href="#content", class_="skip")
    yield el("header", el("h1", "Database audit"), el("p", "of ", el("code", audit.report.root)), page.status(audit))
    yield _navigation(audit, several)
    yield el("main", _main(audit, several), id="content")
    yield el("footer", el("p", f"Written by fromcheck {__version__}; no database was asked.", class_="quiet"))


def _navigation(audit: Audit, several: bool) -> Markup:
    if several:
        places = [(f"p{number}", project.folder or ".") for number, project in enumerate(audit.projects, 1)]
    else:
        places = [(f"p1-{name}", title) for name, title in _CHAPTERS]
    # What one has after reading the issues: the single findings.
    places.insert(len(places) if several else 1, ("findings", "Findings"))
    links = (el("li", el("a", title, href=f"#{name}")) for name, title in (*places, ("notes", "Notes")))
    return el("nav", el("ul", links), aria_label="Sections")


def _main(audit: Audit, several: bool) -> Iterator[Part]:
    entries = audit.report.entries
    found = page.section(
        "findings", f"Findings ({len(entries)})", page.findings(entries) if entries else el("p", "None.")
    )
    for number, project in enumerate(audit.projects, 1):
        if several:
            yield el("h1", "Project ", el("code", project.folder or "."), id=f"p{number}")
        yield from _project(project, f"p{number}-", found if number == 1 and not several else Markup())
    if several or not audit.projects:
        yield found
    yield page.section("notes", "Notes", page.remarks(audit.remarks))


def _project(project: ProjectAudit, prefix: str, found: Markup) -> Iterator[Markup]:
    """The chapters of one project; ``found`` stands after its issues."""
    issues = tuple(page.issues(project.issues, prefix)) or el("p", "None.")
    yield page.section(f"{prefix}issues", f"Issues ({len(project.issues)})", issues)
    yield found
    yield page.section(f"{prefix}drawing", "Tables and their foreign keys", page.drawing(project, prefix))
    yield page.section(f"{prefix}matrix", "Which code asks for which table", page.matrix(project, prefix))
    yield page.section(f"{prefix}tables", f"Tables compared ({len(project.tables)})", page.tables(project, prefix))
    yield page.section(f"{prefix}keys", f"Foreign keys ({len(project.keys)})", page.keys(project))
    yield page.section(f"{prefix}access", "Row level security", page.access(project))
    yield page.section(f"{prefix}steps", "Verification", page.steps(project))


FORMAT = Format("html", render)
