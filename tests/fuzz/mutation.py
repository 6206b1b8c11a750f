"""What is nearly right breaks more than noise: the repository's own files, cut, joined, doubled and mixed up."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_TOKEN = re.compile(rb"[\w$]+|\s+|.", re.DOTALL)
_MOST_BYTES = 20_000
_ODD = (
    b"\0", b"\xff", b"\xef\xbb\xbf", "\u202e".encode(), "é".encode(), "\U0001f600".encode(), b"\r", b"\r\n", b"'", b'"', b"`",
    b"$$", b"$a$", b"${", b"/*", b"*/", b"--", b"//", b"(", b")", b"[", b"]", b"{", b"}", b";", b",", b".", b"::", b"!", b"\\",
    b"<", b">", b"->>", b"=>", b"?", b"*", b"%s", b"%I", b"0", b"-1", b"1e999", b"99999999999999999999", b"null", b"begin", b"end",
)  # fmt: skip

Change = Callable[[Random, list[bytes], Sequence[bytes]], list[bytes]]


def mutated(random: Random, corpus: Sequence[bytes]) -> bytes:
    """One of the files, changed a few times; of at most 20,000 bytes."""
    pieces = _TOKEN.findall(random.choice(corpus)[:_MOST_BYTES])
    for _ in range(random.choice((1, 1, 2, 3, 5, 12))):
        pieces = random.choice(_CHANGES)(random, pieces, corpus)
    return b"".join(pieces)[:_MOST_BYTES]


def _place(random: Random, pieces: list[bytes]) -> tuple[int, int]:
    start = random.randrange(len(pieces) + 1)
    return start, min(len(pieces), start + random.choice((1, 1, 2, 5, 20)))


def _truncated(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    at = random.randrange(len(pieces) + 1)
    return pieces[:at] if random.random() < 0.7 else pieces[at:]


def _without(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    start, end = _place(random, pieces)
    return pieces[:start] + pieces[end:]


def _doubled(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    start, end = _place(random, pieces)
    return pieces[:start] + pieces[start:end] * random.choice((2, 2, 3, 40)) + pieces[end:]


def _moved(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    start, end = _place(random, pieces)
    rest = pieces[:start] + pieces[end:]
    at = random.randrange(len(rest) + 1)
    return rest[:at] + pieces[start:end] + rest[at:]


def _exchanged(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    """A word for another that stands somewhere in the file."""
    words = [at for at, piece in enumerate(pieces) if piece.strip()]
    if words:
        pieces = pieces.copy()
        pieces[random.choice(words)] = pieces[random.choice(words)]
    return pieces


def _spliced(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    other = _TOKEN.findall(random.choice(corpus)[:_MOST_BYTES])
    start, end = _place(random, other)
    if random.random() < 0.3:
        end = len(other)
    at = random.randrange(len(pieces) + 1)
    return pieces[:at] + other[start:end] + pieces[at:]


def _salad(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    """Words from anywhere, with nothing but their language in common."""
    words = [
        random.choice(_TOKEN.findall(random.choice(corpus)[:_MOST_BYTES]) or [b" "])
        for _ in range(random.randint(2, 8))
    ]
    at = random.randrange(len(pieces) + 1)
    return [*pieces[:at], *(part for word in words for part in (word, b" ")), *pieces[at:]]


def _odd(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    at = random.randrange(len(pieces) + 1)
    return [*pieces[:at], random.choice(_ODD) * random.choice((1, 1, 1, 3, 50)), *pieces[at:]]


def _flipped(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    if not pieces:
        return pieces
    at = random.randrange(len(pieces))
    data = bytearray(pieces[at])
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return [*pieces[:at], bytes(data), *pieces[at + 1 :]]


def _wrapped(random: Random, pieces: list[bytes], corpus: Sequence[bytes]) -> list[bytes]:
    start, end = _place(random, pieces)
    opening, closing = random.choice(
        ((b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b"$x$", b"$x$"), (b"'", b"'"), (b"`", b"`"))
    )
    times = random.choice((1, 2, 30))
    return [*pieces[:start], opening * times, *pieces[start:end], closing * times, *pieces[end:]]


_CHANGES: tuple[Change, ...] = (
    _truncated, _without, _doubled, _moved, _exchanged, _exchanged, _spliced, _spliced, _salad, _odd, _flipped, _wrapped,
)  # fmt: skip
