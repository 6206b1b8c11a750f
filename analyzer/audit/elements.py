"""HTML put together from parts: whatever is not made here is text, and is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from analyzer.reporter import visible

_VOID = frozenset({"meta", "input", "br", "wbr"})
# Where a path or a name may go on in the next line.
_JOINT = re.compile(r"[/_](?=\w)")
# SVG's names are not all in lower case.
_SPELT = {
    "viewbox": "viewBox",
    "markerwidth": "markerWidth",
    "markerheight": "markerHeight",
    "refx": "refX",
    "refy": "refY",
}


class Markup(str):
    """HTML that is safe to print: only made by the functions of this module, or from our own assets."""

    __slots__ = ()


Part = str | Iterable["Part"]
Attribute = str | int | float | bool | None


def el(tag: str, /, *parts: Part, **attributes: Attribute) -> Markup:
    """An element. ``for_`` is ``for``, ``data_code`` is ``data-code``; True is an attribute without a value, None is none."""
    opening = f"<{tag}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opening if tag in _VOID else f"{opening}{_joined(parts)}</{tag}>")


def raw(trusted: str) -> Markup:
    """Our own text, such as a style sheet, as it is."""
    return Markup(trusted)


def said(sentence: str) -> Markup:
    """A sentence, with what stands between backquotes as code."""
    pieces = sentence.split("`")
    if len(pieces) % 2 == 0:
        return Markup(_escaped(sentence))
    return Markup("".join(code(piece) if at % 2 else _escaped(piece) for at, piece in enumerate(pieces)))


def code(text: str) -> Markup:
    """A name or path as code."""
    return el("code", breaking(text))


def breaking(text: str) -> Markup:
    """A name or path that goes on in the next line at a joint, where there is no room for it."""
    return Markup("<wbr>".join(map(_escaped, _JOINT.sub(lambda joint: f"{joint[0]}\0", text).split("\0"))))


def _joined(part: Part) -> str:
    if isinstance(part, Markup):
        return part
    return _escaped(part) if isinstance(part, str) else "".join(map(_joined, part))


def _escaped(text: str) -> str:
    """Text as HTML shows it; what does not print is written as an escape, but for line ends."""
    return "\n".join(escape(visible(line)) for line in text.split("\n"))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = _SPELT.get(key, key.rstrip("_").replace("_", "-"))
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
