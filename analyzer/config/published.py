"""What is made from the keys: the JSON Schema of ``fromcheck.yaml``, and the file that a project begins with."""

from __future__ import annotations

from typing import Any

from analyzer.config.keys import KEYS, Key

_HEADER = """\
# What fromcheck is told about this project; every key may be left out. `fromcheck scan` reads this file.
"""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a ``fromcheck.yaml``, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "fromcheck.yaml",
        "type": "object",
        "properties": {name: {"description": key.about, **_schema(key)} for name, key in KEYS.items()},
        "additionalProperties": False,
    }


def _schema(key: Key) -> dict[str, Any]:
    import msgspec

    item = dict(key.schema) if key.schema is not None else msgspec.json.schema(key.item)
    if key.holds == "one":
        return {"anyOf": [item, {"type": "null"}]}
    inner = {"items": item} if key.holds == "list" else {"additionalProperties": item}
    if key.names is not None:
        inner["propertyNames"] = dict(key.names)
    return {"type": ["array" if key.holds == "list" else "object", "null"], **inner}


def template() -> str:
    """A ``fromcheck.yaml`` with every key explained and commented out."""
    return _HEADER + "".join(f"\n# {key.about}\n{_commented(name, key.example)}" for name, key in KEYS.items())


def _commented(name: str, example: str) -> str:
    value = example if example.startswith("\n") else f" {example}"
    return "".join(f"# {line}\n" for line in f"{name}:{value}".splitlines())
