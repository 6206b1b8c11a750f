"""Our own values as bytes and back: MessagePack of plain lists, in the shape that their type annotations give.

Nothing but the data is written: no names of classes, and nothing that reading could run. The annotations say what each
list is; only where they allow several classes, the number of the one that it is stands before it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Step = Callable[[Any], Any]

_TEXT = 1
_PLAIN = (str, int, float, bool, bytes, NoneType)


class Unreadable(ValueError):
    """These bytes are no value of the type, or this value has no bytes."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Writes values of one type as bytes, and reads them."""

    _shape: _Shape

    def encode(self, value: T) -> bytes:
        """The value as bytes. Raises Unreadable for one that cannot be written, such as a number of 65 bits."""
        from msgspec import msgpack

        plain = self._shape.packed(value)
        try:
            return msgpack.encode(plain)
        except UnicodeEncodeError:
            return msgpack.encode(_escaped(plain))
        except (ValueError, OverflowError, RecursionError) as error:
            raise Unreadable(str(error)) from None

    def decode(self, data: bytes) -> T:
        """The value that was written. Raises Unreadable for bytes that are none."""
        from msgspec import DecodeError, msgpack

        try:
            value: T = self._shape.unpacked(msgpack.decode(data, ext_hook=_unescaped))
        except (DecodeError, ValueError, TypeError, LookupError, RecursionError) as error:
            raise Unreadable(str(error)) from None
        return value


def _escaped(plain: Any) -> Any:
    """The same with text that UTF-8 does not hold, of names and lines that are none, as an extension type."""
    if isinstance(plain, list | tuple):
        return [_escaped(each) for each in plain]
    if isinstance(plain, str) and not plain.isascii():
        from msgspec import msgpack

        data = plain.encode("utf-8", "surrogatepass")
        return plain if data.decode("utf-8", "replace") == plain else msgpack.Ext(_TEXT, data)
    return plain


def _unescaped(code: int, data: memoryview) -> str:
    if code != _TEXT:
        raise ValueError(f"no extension {code}")
    return bytes(data).decode("utf-8", "surrogatepass")


@cache
def codec(kind: Any) -> Codec[Any]:
    """The codec of a type: a dataclass, or what annotations make of those and of plain values."""
    return Codec(_shape_of(kind))


@dataclass(slots=True)
class _Shape:
    """How values of a type are packed into plain ones, and unpacked; None where they are plain themselves."""

    pack: Step | None = None
    unpack: Step | None = None

    def packed(self, value: Any) -> Any:
        return value if self.pack is None else self.pack(value)

    def unpacked(self, plain: Any) -> Any:
        return plain if self.unpack is None else self.unpack(plain)


@cache
def _shape_of(kind: Any) -> _Shape:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN or kind is None or origin is Literal:
        return _Shape()
    if origin in (Union, UnionType):
        return _union(arguments)
    if origin is tuple:
        return _sequence(tuple, arguments[0]) if arguments[1:] == (...,) else _row(arguments)
    if origin in (frozenset, list):
        return _sequence(origin, arguments[0])
    if origin in (dict, Mapping):
        return _mapping(*arguments)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Shape(attrgetter("value"), kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _Record(kind)
    raise TypeError(f"no shape for {kind!r}")


# --- containers -------------------------------------------------------------------------------------------------------


def _sequence(make: Callable[[Any], Any], item: Any) -> _Shape:
    shape = _shape_of(item)
    if shape.pack is None and shape.unpack is None and not isinstance(shape, _Record):
        return _Shape(list, make)
    return _Shape(
        lambda value: [shape.packed(each) for each in value],
        lambda plain: make([shape.unpacked(each) for each in plain]),
    )


def _row(items: tuple[Any, ...]) -> _Shape:
    shapes = [_shape_of(each) for each in items]
    return _Shape(
        lambda value: [shape.packed(each) for shape, each in zip(shapes, value, strict=True)],
        lambda plain: tuple([shape.unpacked(each) for shape, each in zip(shapes, plain, strict=True)]),
    )


def _mapping(key: Any, item: Any) -> _Shape:
    """Pairs, in order: a key need not be text."""
    keys, items = _shape_of(key), _shape_of(item)
    return _Shape(
        lambda value: [(keys.packed(each), items.packed(held)) for each, held in value.items()],
        lambda plain: {keys.unpacked(each): items.unpacked(held) for each, held in plain},
    )


def _union(members: tuple[Any, ...]) -> _Shape:
    """None and plain values stand for themselves; of the others, when there are several, the number comes first."""
    shapes = [_shape_of(each) for each in members if not _is_plain(each)]
    if not shapes:
        return _Shape()
    if len(shapes) == 1 and len(members) == 2 and NoneType in members:
        (shape,) = shapes
        return _Shape(
            lambda value: None if value is None else shape.packed(value),
            lambda plain: None if plain is None else shape.unpacked(plain),
        )
    numbers = {get_origin(each) or each: n for n, each in enumerate(each for each in members if not _is_plain(each))}

    def pack(value: Any) -> Any:
        number = numbers.get(type(value))
        return value if number is None else (number, shapes[number].packed(value))

    def unpack(plain: Any) -> Any:
        return shapes[plain[0]].unpacked(plain[1]) if type(plain) is list else plain

    return _Shape(pack, unpack)


def _is_plain(kind: Any) -> bool:
    return kind in _PLAIN or get_origin(kind) is Literal


# --- records ----------------------------------------------------------------------------------------------------------


class _Record(_Shape):
    """The shape of a dataclass: its fields in order. They are looked at when the first value comes, since types may recur."""

    __slots__ = ("_kind",)

    def __init__(self, kind: type) -> None:
        self._kind = kind
        super().__init__(self._first_pack, self._first_unpack)

    def _first_pack(self, value: Any) -> Any:
        self._settle()
        return self.packed(value)

    def _first_unpack(self, plain: Any) -> Any:
        self._settle()
        return self.unpacked(plain)

    def _settle(self) -> None:
        make, names = self._kind, [each.name for each in fields(self._kind)]
        hints = get_type_hints(make, vars(sys.modules[make.__module__]))
        shapes = [(at, _shape_of(hints[name])) for at, name in enumerate(names)]
        packing = [(at, shape) for at, shape in shapes if shape.pack is not None]
        unpacking = [(at, shape) for at, shape in shapes if shape.unpack is not None]
        # attrgetter gives one value bare, and takes no fewer than one name.
        values = attrgetter(*names) if len(names) > 1 else (lambda value: [getattr(value, name) for name in names])

        def pack(value: Any) -> Any:
            row = list(values(value))
            for at, shape in packing:
                if row[at] is not None:
                    row[at] = shape.pack(row[at])  # type: ignore[misc]
            return row

        def unpack(plain: Any) -> Any:
            for at, shape in unpacking:
                if plain[at] is not None:
                    plain[at] = shape.unpack(plain[at])  # type: ignore[misc]
            return make(*plain)

        self.pack = values if not packing else pack
        self.unpack = (lambda plain: make(*plain)) if not unpacking else unpack
