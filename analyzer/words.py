"""Names as words: what a table's name says, apart from how it is spelt."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain

_PIECES = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "media": "medium",
    "data": "datum",
    "criteria": "criterion",
    "indices": "index",
    "statuses": "status",
    "news": "news",
    "series": "series",
    "analyses": "analysis",
    "analytics": "analytics",
    "address": "address",
    "status": "status",
    "access": "access",
    "settings": "setting",
}
# Words that one team says for the other's; each line is a family. They count for less than the word itself.
_FAMILIES = [
    "user account profile member login person",
    "team organization organisation org workspace tenant group company",
    "customer client contact lead buyer",
    "channel platform network provider integration connection",
    "message chat conversation thread dm",
    "post article entry story content",
    "comment reply note remark feedback review",
    "order purchase sale checkout",
    "invoice bill receipt",
    "payment transaction charge",
    "subscription plan membership tier",
    "product item article good sku",
    "category tag label topic kind type",
    "photo image picture media medium asset file attachment upload document",
    "task todo job ticket issue",
    "event activity log audit history",
    "setting preference option config configuration",
    "notification alert reminder",
    "role permission right grant",
    "session token key credential secret",
    "schedule calendar booking appointment reservation slot",
    "metric stat statistic analytics snapshot measure report",
    "campaign promotion",
    "location place address site venue",
    "course lesson class module",
    "answer response submission result",
    "question survey quiz form",
    "invite invitation request",
    "follower follow friend connection relationship",
    "like favorite favourite bookmark reaction vote",
]
# A word that begins another is perhaps its short form, unless it is shorter than this.
_BEGINNING = 4
_FAMILY: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_FAMILIES):
    for _word in _line.split():
        _FAMILY[_word] = _FAMILY.get(_word, frozenset()) | {_number}


@cache
def pieces(name: str) -> tuple[str, ...]:
    """The words of a name in any spelling, in lower case: ``personaAccounts`` is persona, accounts."""
    return tuple(piece.casefold() for piece in _PIECES.findall(name))


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The same, each in the singular: ``personaAccounts`` is persona, account."""
    return tuple(map(singular, pieces(name)))


@cache
def singular(word: str) -> str:
    """The word for one thing, by the plain rules of English."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def same_thing(name: str, other: str) -> bool:
    """True when the two names differ in case, plural or underscores only."""
    return words_of(name) == words_of(other)


@cache
def likeness(name: str, other: str) -> float:
    """How much two names say the same, from 0 to 1: words in common, words of one family for half."""
    ours, theirs = words_of(name), words_of(other)
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 1.0
    if _traits(name).isdisjoint(_traits(other)):
        return 0.0
    found = sum(_best(word, theirs) for word in ours) + sum(_best(word, ours) for word in theirs)
    # The last word says what a thing is, those before only which.
    head = _alike(ours[-1], theirs[-1])
    return min(0.95, 0.75 * found / (len(ours) + len(theirs)) + 0.25 * head)


@cache
def _traits(name: str) -> frozenset[str | int]:
    """What the words of two names share when anything about them is alike: themselves, a family, how they begin."""
    words = words_of(name)
    return frozenset(
        (*words, *(each[:_BEGINNING] for each in words), *chain(*(_FAMILY.get(each, ()) for each in words)))
    )


def _best(word: str, others: tuple[str, ...]) -> float:
    return max([_alike(word, other) for other in others])


@cache  # there are few words, and they come in many names
def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    families = _FAMILY.get(word)
    if families is not None and not families.isdisjoint(_FAMILY.get(other, ())):
        return 0.5
    shorter, longer = sorted((word, other), key=len)
    begins = len(shorter) >= _BEGINNING and longer.startswith(shorter)
    return 0.6 if begins else 0.0


def another_word(name: str) -> str | None:
    """The name with its last word replaced by another of its family; None where none is known."""
    words = words_of(name)
    family = next((line.split() for line in _FAMILIES if words and words[-1] in line.split()), None)
    if family is None:
        return None
    other = family[(family.index(words[-1]) + 1) % len(family)]
    return "_".join((*words[:-1], other)) + "s"
