"""Markdown as an outline: sections with their headings, and whether a heading announces tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from analyzer.domain.form import Line, is_table_name
from analyzer.model.record import Record

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>.*)$")
_NUMBER = re.compile(r"^\s*(?:(?:\d+(?:\.\d+)*|[A-Za-z]|[IVX]+)[.):]|\d+(?:\.\d+)+)\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_CODE = re.compile(r"`([^`]+)`")
_KINDS = ("table", "entity", "tabla", "tabela")
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})(?:\s*:)?\s+", re.IGNORECASE)
_EXPLAINED = re.compile(r"(?P<name>`[^`]+`)\s*(?:\(.*\)|[-–—:].*)$")
_FIELD = re.compile(r"\s*(?:[-*+]\s+(?:\*\*)?`|\|)")
_MOST_WORDS = 5
# So many headings in code font, each with fields, are the tables of a document that is called a schema.
_LEAST = 3

# What a heading says that announces tables and nothing else, in the languages that documents are written in.
_HEADS = frozenset(
    {"tables", "entities", "models", "tablas", "entidades", "modelos", "tabelas", "tabellen", "entitäten", "entités"}
)
_PAIRS = (("data", "model"), ("domain", "model"), ("modelo", "datos"), ("modelo", "dados"), ("modèle", "données"))
# What follows on ``table`` in a heading above all tables.
_ACCOUNTS = frozenset(
    {"blueprint", "catalog", "definitions", "descriptions", "details", "documentation", "reference", "structure"}
    | {"schema", "schemas", "specification", "specifications", "structures"}
)
_BESIDES = frozenset(
    {"the", "our", "all", "and", "of", "in", "list", "core", "main", "key", "app", "application", "overview", "current"}
    | {"database", "db", "data", "domain", "schema", "public", "sql", "supabase", "postgres", "postgresql", "existing"}
    | {
        "model",
        "modelo",
        "required",
        "de",
        "datos",
        "dados",
        "modèle",
        "des",
        "données",
        "principales",
        "principais",
        "relational",
    }
)
# Tables that a document names because they are not there, or because they are somebody else's.
_NOT_THERE = frozenset(
    {
        "local",
        "offline",
        "browser",
        "planned",
        "future",
        "proposed",
        "deprecated",
        "removed",
        "dropped",
        "legacy",
        "missing",
        "new",
        "optional",
        "old",
    }
    | {"external", "temporary", "temp", "example", "examples", "unused", "todo", "roadmap", "next", "ideas", "contents"}
    | {
        "not",
        "no",
        "without",
        "obsolete",
        "affected",
        "changed",
        "modified",
        "renamed",
        "later",
        "potential",
    }
    | {"possible", "suggested", "additional", "needed", "vs", "change", "changes", "migration", "routing"}
    | {"pricing", "lookup", "truth", "comparison", "decision", "futuras", "futuros", "geplante", "nuevas", "novas"}
)

# Tables that a document makes up to show how one is to be written: `## Common Patterns`, `# Naming Standards`.
_SHOWS = frozenset(
    {"convention", "conventions", "guideline", "guidelines", "naming", "pattern", "patterns", "practices", "sheet"}
    | {"standard", "standards", "style", "template", "templates"}
)

# What stands in a schema besides tables, and is named in code font as they are.
_OTHERS = frozenset(
    {
        "enum",
        "enums",
        "type",
        "types",
        "function",
        "functions",
        "procedures",
        "rpc",
        "view",
        "views",
        "trigger",
        "triggers",
    }
    | {
        "index",
        "indexes",
        "indices",
        "indexing",
        "policy",
        "policies",
        "rls",
        "bucket",
        "buckets",
        "storage",
        "endpoint",
    }
    | {"endpoints", "api", "apis", "component", "components", "hook", "hooks", "column", "columns", "field", "fields"}
    | {
        "role",
        "roles",
        "env",
        "environment",
        "query",
        "queries",
        "event",
        "events",
        "queue",
        "queues",
        "script",
        "scripts",
    }
    | {"constraint", "constraints", "parameter", "parameters", "error", "errors", "extension", "extensions", "values"}
)


# Above a block of SQL these say when its tables were made: ``Migration 001 - Profiles``.
_MADE = frozenset({"migration", "change", "changes", "changed", "modified", "new", "additional"})


class _Above(Record, frozen=True):
    """A heading that others stand below. Names in code font may be tables' in all that it ``lets`` be."""

    level: int
    telling: bool
    silent: bool
    lets: bool
    unbuilt: bool = False


class Section(Record, frozen=True):
    """A heading with the lines up to the next one, and whether what stands in it is a list of tables.

    ``title`` is the table that the heading itself names, None when it names none. ``telling`` is True where the heading
    announces tables, or stands below one that does and says nothing else, and ``unbuilt`` where it says that what stands in
    it is not there.
    """

    heading: Line
    title: str | None
    telling: bool
    lines: tuple[Line, ...]
    unbuilt: bool = False


def sections(lines: Sequence[Line]) -> Iterator[Section]:
    """The sections of the document, in order; what stands before the first heading is in none."""
    starts = [number for number, line in enumerate(lines) if _HEADING.match(line.text)]
    above: list[_Above] = []
    found: list[tuple[Section, str | None]] = []
    for start, end in pairwise((*starts, len(lines))):
        heading = _HEADING.match(lines[start].text)
        assert heading is not None
        level, text = len(heading["marks"]), heading["text"].rstrip().rstrip("#").rstrip()
        while above and above[-1].level >= level:
            above.pop()
        section, perhaps, here = _read(lines[start:end], level, text, above)
        above.append(here)
        found.append((section, perhaps))
    many = sum(perhaps is not None for _, perhaps in found) >= _LEAST
    yield from (replace(each, title=each.title or perhaps) if many else each for each, perhaps in found)


def _read(lines: Sequence[Line], level: int, text: str, above: Sequence[_Above]) -> tuple[Section, str | None, _Above]:
    """The section, the table that its heading names if others in the document do so, too, and what that lets be below."""
    parent = above[-1] if above else _Above(0, telling=False, silent=False, lets=False)
    words = set(_words(text))
    # A content model is about what editors write.
    shows = not _SHOWS.isdisjoint(words) and "schema" not in words and not any(set(pair) <= words for pair in _PAIRS)
    silent = parent.silent or shows or not _NOT_THERE.isdisjoint(words) or {"content", "model"} <= words
    unbuilt = parent.unbuilt or shows or not (_NOT_THERE - _MADE).isdisjoint(words)
    named = None if silent else _title(text)
    title = named if parent.telling or (named is not None and _is_called_table(text)) else None
    in_code = named if parent.lets and _CODE.search(text) else None
    perhaps = in_code if any(_FIELD.match(each.text) for each in lines[1:]) else None
    telling = not silent and (_announces(text) or (parent.telling and title is None and _groups(text)))
    below = named is None and not silent and (telling or _OTHERS.isdisjoint(_words(text)))
    lets = below and (telling or parent.lets or (level == 1 and _is_of_schema(text)))
    here = _Above(level, telling, silent, lets, unbuilt)
    return Section(lines[0], title, telling, tuple(lines[1:]), unbuilt), perhaps, here


def code_of(text: str) -> str | None:
    """What stands in the text in code font, where that is all that it says; bold does not count."""
    match = _CODE.fullmatch(text.replace("**", "").strip())
    return match[1].strip() if match else None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_NUMBER.sub("", _CODE.sub("", text)))]


def _announces(text: str) -> bool:
    words = _words(text.partition("(")[0])
    if not 0 < len(words) <= _MOST_WORDS or _CODE.search(text):
        return False
    if len(words) > 1 and words[-2] in _KINDS and words[-1] in _ACCOUNTS:
        return all(word in _BESIDES for word in words[:-2])
    if words[-1] in _HEADS or words[0] in _HEADS:
        return all(word in _BESIDES | _HEADS for word in words) or words[-1] in ("tables", "entities")
    return any(set(pair) <= set(words) for pair in _PAIRS) and all(word in _BESIDES for word in words)


def _is_of_schema(text: str) -> bool:
    """True for the title of a document that tells of the schema: ``Database Schema``, ``Acme - Database Schema Reference``."""
    parts = [set(_words(part.partition("(")[0])) for part in re.split(r"\s[-–—|]\s|:\s", text)]
    return any("schema" in part and part <= _BESIDES | _ACCOUNTS | {"conceptual", "design"} for part in parts)


def _groups(text: str) -> bool:
    """True for a heading that only sorts tables, such as ``Billing tables``."""
    words = _words(text)
    return bool(words) and words[-1] in _HEADS


def _is_called_table(text: str) -> bool:
    """True for ``Table: rides``, which says itself what it is."""
    return _KIND.match(_NUMBER.sub("", text).replace("**", "")) is not None


def _title(text: str) -> str | None:
    """The table that a heading names: ``1. personas``, ```` `personas` (voices) ````, ``personas table``, ``Table: personas``."""
    plain = _KIND.sub("", _NUMBER.sub("", text).replace("**", "").strip(), count=1)
    words = plain.rsplit(None, 1)
    if len(words) > 1 and words[1].lower() in _KINDS:
        plain = words[0]
    explained = _EXPLAINED.match(plain)
    name = code_of(explained["name"] if explained else plain) or plain.removesuffix(":")
    return name if is_table_name(name) else None
