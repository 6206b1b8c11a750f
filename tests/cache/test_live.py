"""What an editor's sessions keep in memory: enough for the next one, and no more."""

from __future__ import annotations

from analyzer.cache import LiveMemo, Shelf

MANY = 2000


def answer(memo: LiveMemo, numbers: range) -> None:
    for number in numbers:
        memo.recall(int, b"%d" % number, lambda number=number: number)


def known(memo: LiveMemo, numbers: range) -> int:
    return sum(memo.look(int, b"%d" % number) is not None for number in numbers)


def test_answers_that_are_not_asked_for_again_are_let_go_once_they_are_many() -> None:
    memo = LiveMemo()
    answer(memo, range(MANY))
    memo.keep()
    answer(memo, range(MANY, MANY + 10))
    memo.keep()
    assert known(memo, range(MANY)) == 0
    assert known(memo, range(MANY, MANY + 10)) == 10


def test_a_session_that_asks_nothing_lets_nothing_go() -> None:
    memo = LiveMemo()
    answer(memo, range(MANY))
    memo.keep()
    memo.keep()
    assert known(memo, range(MANY)) == MANY


def test_of_many_blobs_the_last_few_are_kept() -> None:
    shelf = Shelf()
    for number in range(50):
        shelf.save("again", b"%d" % number)
        shelf.save(f"of {number}", b"x")
    kept = [number for number in range(50) if shelf.load(f"of {number}")]
    assert kept[-1] == 49
    assert len(kept) < 10
    assert shelf.load("again") == b"49"
