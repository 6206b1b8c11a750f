"""Our own values as bytes and back: MessagePack in the shape that their type annotations give.

Nothing but the data is written, and nothing that reading could run: the annotations say what the bytes become.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Unreadable(ValueError):
    """These bytes are no value of the type, or this value has no bytes."""


class Codec(Generic[T]):
    """Writes values of one type as bytes, and reads them."""

    def __init__(self, kind: Any) -> None:
        from msgspec import msgpack

        self._encode = msgpack.Encoder().encode
        self._decode = msgpack.Decoder(kind).decode

    def encode(self, value: T) -> bytes:
        """The value as bytes. Raises Unreadable for one that has none: a number of 65 bits, text that is no UTF-8."""
        try:
            return self._encode(value)
        except (ValueError, OverflowError, RecursionError) as error:
            raise Unreadable(str(error)) from None

    def decode(self, data: bytes) -> T:
        """The value that was written. Raises Unreadable for bytes that are none."""
        try:
            value: T = self._decode(data)
        except (ValueError, RecursionError) as error:
            raise Unreadable(str(error)) from None
        return value


@cache
def codec(kind: Any) -> Codec[Any]:
    """The codec of a type: a record, or what annotations make of those and of plain values."""
    return Codec(kind)
