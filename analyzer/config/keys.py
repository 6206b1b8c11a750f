"""What each key of ``fromcheck.yaml`` takes: the one place from which it is checked, described and written out.

The JSON Schema for editors (``docs/schema/config.json``) and the file that ``fromcheck init`` writes come from here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Literal

from analyzer.config.document import Entry
from analyzer.config.wildcards import too_many_wildcards
from analyzer.model.errors import ConfigError
from analyzer.model.record import Record

DOCUMENT_SUFFIXES = (".md", ".mdx", ".mmd", ".mermaid", ".dbml", ".yaml", ".yml")

Level = Literal["critical", "error", "warning", "info", "off"]
Threshold = Literal["critical", "error", "warning", "info", "never"]


class Ignored(Record, frozen=True):
    """What is not reported: findings of these rules, about these objects, in these files; an empty one means any.

    ``rules`` are codes or their beginnings, ``objects`` patterns such as ``public.legacy_*``, ``paths`` as in .gitignore.
    """

    rules: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    reason: str = ""


class Key(Record, frozen=True):
    """What a key takes: the type of one value, what it is in words, and whether there is one, a list or a mapping of them.

    ``check`` gives a value back as it is kept (of a mapping, each key); it raises ValueError. ``about`` and ``example``
    are for the file that ``fromcheck init`` writes; ``schema`` is the JSON Schema of one value, where the type's own says
    too little, and ``names`` that of a mapping's keys.
    """

    holds: Literal["one", "list", "map"]
    item: Any
    takes: str
    check: Callable[[Any], Any]
    about: str
    example: str
    schema: Mapping[str, Any] | None = None
    names: Mapping[str, Any] | None = None

    def item_of(self, value: object) -> Any:
        """The value as it is kept. Raises ValueError."""
        return self.check(_converted(value, self.item))


def read_key(entry: Entry, shown: str) -> Any:
    """The checked value of a key, None when it is left empty. Raises ConfigError with file, line and what is allowed."""
    if entry.key not in KEYS:
        raise ConfigError(f"{shown}:{entry.line}: {_unknown(entry.key, 'key', KEYS)}")
    key = KEYS[entry.key]
    try:
        return None if entry.value is None else _READERS[key.holds](key, entry)
    except _WrongItemError as wrong:
        line, what = wrong.line, str(wrong)
    except ValueError as error:
        line, what = entry.line, str(error)
    raise ConfigError(f"{shown}:{line}: {entry.key} takes {key.takes}: {_plain(what)}")


class _WrongItemError(Exception):
    """An item of a list or mapping that is wrong, with its line."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def _read_one(key: Key, entry: Entry) -> Any:
    return key.item_of(entry.value)


def _read_list(key: Key, entry: Entry) -> tuple[Any, ...]:
    if not isinstance(entry.value, list):
        raise ValueError(f"expected a list, got {_kind(entry.value)}")
    return tuple(_at(line, key.item_of, each) for line, each in zip(entry.lines, entry.value, strict=True))


def _read_map(key: Key, entry: Entry) -> dict[str, Any]:
    if not isinstance(entry.value, dict):
        raise ValueError(f"expected a mapping, got {_kind(entry.value)}")
    pairs = zip(entry.lines, entry.value.items(), strict=True)
    return {_at(line, key.check, name): _at(line, _converted, each, key.item) for line, (name, each) in pairs}


def _at(line: int, read: Callable[..., Any], *values: object) -> Any:
    """What ``read`` makes of the values; what is wrong with them is wrong in this line."""
    try:
        return read(*values)
    except ValueError as error:
        raise _WrongItemError(line, str(error)) from None


_READERS: dict[str, Callable[[Key, Entry], Any]] = {"one": _read_one, "list": _read_list, "map": _read_map}


def _converted(value: object, shape: Any) -> Any:
    import msgspec

    return msgspec.convert(value, shape)


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "text"


def _plain(error: str) -> str:
    """msgspec's message in our words."""
    for theirs, ours in (("`array`", "a list"), ("`object`", "a mapping"), ("`str`", "text"), ("`null`", "nothing")):
        error = error.replace(theirs, ours)
    return (error[:1].lower() + error[1:]).replace(" - at `$.", " in `").replace(" - at `$`", "")


def _unknown(given: str, what: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(given.lower().replace("-", "_"), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return f"unknown {what} {given!r}: {hint}"


# --- checks of one value ----------------------------------------------------------------------------------------------


def _as_it_is(value: Any) -> Any:
    return value


def _folder(text: str) -> str:
    """A folder relative to the scanned one, as paths are kept: ``/`` between, none at the ends, empty for itself."""
    unified = text.replace("\\", "/")
    parts = [part for part in unified.split("/") if part not in ("", ".")]
    if unified.startswith(("/", "~")) or unified[1:2] == ":" or ".." in parts:
        raise ValueError(f"{text!r} is outside of the scanned folder")
    return "/".join(parts)


def _glob(text: str) -> str:
    """A glob of SQL files, as paths are kept."""
    glob = _folder(text)
    _refuse_wildcards(glob)
    if not glob.lower().endswith(".sql"):
        raise ValueError(f"{text!r} is no glob of .sql files")
    return glob


def _document(text: str) -> str:
    """A glob of documents, as paths are kept."""
    glob = _folder(text)
    _refuse_wildcards(glob)
    if not glob.lower().endswith(DOCUMENT_SUFFIXES):
        raise ValueError(f"{text!r} is no glob of {', '.join(DOCUMENT_SUFFIXES)} files")
    return glob


def _code(text: str) -> str:
    if not re.fullmatch(r"FC[0-9]{3}", text):
        raise ValueError(f"{text!r} is no rule code")
    return text


def _code_start(text: str) -> str:
    if not re.fullmatch(r"FC[0-9]{0,3}", text):
        raise ValueError(f"{text!r} is neither a rule code nor the beginning of one")
    return text


def _refuse_wildcards(text: str) -> None:
    if too_many_wildcards(text):
        raise ValueError(f"{text!r} has too many wildcards")


def _pattern(text: str) -> str:
    from pathspec import GitIgnoreSpec

    _refuse_wildcards(text)
    if not re.search(_SOUND, text):
        raise ValueError(f"{text!r} is no pattern: what a `!` or a backslash stands before is missing")
    GitIgnoreSpec.from_lines([text])
    return text


def _kind_of_file(text: str) -> str:
    if text != "tests" and not re.search(r"[/*]", text):
        raise ValueError(f"{text!r} is neither `tests` nor a pattern with a / or a *")
    return _pattern(text)


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("a name is empty")
    return text


def _ignored(value: str | dict[str, Any]) -> Ignored:
    if isinstance(value, str):
        return Ignored((_code_start(value),))
    read: dict[str, Any] = {}
    for name, given in value.items():
        if name not in _IGNORED:
            raise ValueError(_unknown(name, "key", _IGNORED))
        if name == "reason":
            read[name] = _converted(given, str)
        else:
            listed = [given] if isinstance(given, str) else given
            read[name] = tuple(map(_IGNORED[name], _converted(listed, tuple[str, ...])))
    if not any(read.get(name) for name in ("rules", "objects", "paths")):
        raise ValueError("an entry has to name rules, objects or paths: else it would ignore everything")
    return Ignored(**read)


_IGNORED: dict[str, Callable[[str], str]] = {
    "rules": _code_start,
    "objects": _name,
    "paths": lambda text: _pattern(_name(text)),
    "reason": str,
}


def _expose(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


# --- the keys ---------------------------------------------------------------------------------------------------------

# Patterns of JSON Schema: regular expressions of JavaScript, which find their match anywhere.
_SOUND = r"^(?!!\s*$)(?:[^\\]|\\(?!\s*$)[^/])*$"
_INSIDE = r"^(?![/\\~]|[\s\S]:)(?!(?:[\s\S]*[/\\])?\.\.(?:[/\\]|$))"
_FEW_STARS = r"^(?!(?:[\s\S]*?\*\*){4})(?![\s\S]*(?:\*+[^*/]+){3}\*)"
_FEW_STARS_BOTH_WAYS = _FEW_STARS.replace("[^*/]", r"[^*/\\]")
_AT_THE_END = r"(?:[/\\]\.?)*$"
_DOCUMENTS = "[mM][dD][xX]?|[mM][mM][dD]|[mM][eE][rR][mM][aA][iI][dD]|[dD][bB][mM][lL]|[yY][aA]?[mM][lL]"

_CODE = {"type": "string", "pattern": "^FC[0-9]{3}$"}
_CODE_START = {"type": "string", "pattern": "^FC[0-9]{0,3}$"}
_TEXT = {"type": ["string", "number", "boolean"]}  # a name such as 2024 is as good as any


def _matching(*patterns: str, **more: Any) -> dict[str, Any]:
    return {**_TEXT, "allOf": [{"pattern": each} for each in patterns], **more}


_FOLDER = _matching(_INSIDE)
_NAME = _matching(r"\S")
_PATTERN = _matching(_FEW_STARS, _SOUND)
_NAMED_PATTERN = _matching(r"\S", _FEW_STARS, _SOUND)


def _glob_of(suffixes: str) -> dict[str, Any]:
    return _matching(_INSIDE, _FEW_STARS_BOTH_WAYS, rf"\.(?:{suffixes}){_AT_THE_END}", type="string")


def _one_or_several(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item}]}


_IGNORED_SCHEMA = {
    "anyOf": [
        _CODE_START,
        {
            "type": "object",
            "properties": {
                "rules": _one_or_several(_CODE_START),
                "objects": _one_or_several(_NAME),
                "paths": _one_or_several(_NAMED_PATTERN),
                "reason": _TEXT,
            },
            "anyOf": [
                {"required": [name], "properties": {name: {"minItems": 1}}} for name in ("rules", "objects", "paths")
            ],
            "additionalProperties": False,
        },
    ]
}

KEYS = {
    "roots": Key(
        "list",
        str,
        "a list of folders that hold supabase/, such as [apps/web]",
        _folder,
        "The folders that hold supabase/, when not all of them are meant.",
        "[apps/web]",
        _FOLDER,
    ),
    "sources": Key(
        "list",
        str,
        "a list of globs of .sql files, such as [db/schema.sql, db/migrations/*.sql]",
        _glob,
        "More SQL files that make the schema, in this order, after the migrations.",
        "[sql/*.sql]",
        _glob_of("[sS][qQ][lL]"),
    ),
    "schemas": Key(
        "list",
        str,
        "a list of the exposed schemas, such as [public, api]",
        _name,
        "The schemas that the API serves, when supabase/config.toml does not say.",
        "[public, api]",
        _NAME,
    ),
    "model": Key(
        "list",
        str,
        "a list of globs of documents, such as [docs/domain-model.md, design/*.dbml]",
        _document,
        "The documents that say what tables there are to be, when they are not found by their names.",
        "[docs/domain-model.md]",
        _glob_of(_DOCUMENTS),
    ),
    "auto_expose_new_tables": Key(
        "one",
        Literal["auto", "true", "false"],
        "auto, true or false",
        _expose,
        "Whether a new table in public is granted to anon and authenticated by itself; auto: as config.toml says.",
        "auto",
        {"enum": ["auto", "true", "false", True, False]},
    ),
    "exclude": Key(
        "list",
        str,
        "a list of patterns as in .gitignore, such as [examples/]",
        _pattern,
        "Files that are not read at all; patterns as in .gitignore.",
        "[examples/]",
        _PATTERN,
    ),
    "select": Key(
        "list",
        str,
        "a list of rule codes or their beginnings, such as [FC1, FC301]",
        _code_start,
        "Only these rules; codes or their beginnings.",
        "[FC1, FC2, FC3]",
        _CODE_START,
    ),
    "ignore": Key(
        "list",
        str | dict[str, Any],
        "a list of rule codes or their beginnings, such as [FC3, FC502], or of mappings with rules, objects and paths",
        _ignored,
        "What is not reported: rules; or what meets all that an entry says of rules, objects and paths.",
        "\n  - FC207\n  - rules: [FC301]\n    objects: [public.legacy_*]\n    paths: [supabase/migrations/2023*]\n"
        "    reason: kept until the old app is gone",
        _IGNORED_SCHEMA,
    ),
    "severity": Key(
        "map",
        Level,
        "codes with critical, error, warning, info or off, such as {FC101: info}",
        _code,
        "The severity of a rule: critical, error, warning, info or off.",
        "\n  FC301: error\n  FC502: off",
        names=_CODE,
    ),
    "levels": Key(
        "map",
        Level,
        "`tests` or patterns as in .gitignore, with critical, error, warning, info or off, such as {scripts/: info}",
        _kind_of_file,
        "The highest severity of findings in files of a kind: in tests (info, if nothing is said), or by pattern.",
        "\n  tests: info\n  scripts/: warning",
        names={"anyOf": [{"const": "tests"}, _matching(r"[/*]", _FEW_STARS, _SOUND)]},
    ),
    "fail_on": Key(
        "one",
        Threshold,
        "critical, error, warning, info or never",
        _as_it_is,
        "The exit code is 1 for findings of this severity or a higher one: critical, error, warning, info or never.",
        "error",
    ),
}
