"""What the layers hand to one another is made of: values that can be kept as bytes.

Each class says ``frozen=True`` again, for the type checker.
"""

from __future__ import annotations

from msgspec import Struct


class Record(Struct, frozen=True, array_like=True):
    """A value that never changes, equal to another of its class with the same fields."""


class Variant(Record, frozen=True, tag=True, tag_field="/"):
    """A record where an annotation allows several kinds of them: its bytes say which one it is."""
