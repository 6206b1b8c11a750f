"""Whatever happens to the folder: a blob is there as it was saved, or it is not there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.cache import Memo, Store, usual_folder


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.facts"))


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    Store(tmp_path / "new" / "folder", b"1", "a").save("x", b"blob")
    assert Store(tmp_path / "new" / "folder", b"1", "a").load("x") == b"blob"


@pytest.mark.parametrize("other", [(b"2", "a", "x"), (b"1", "b", "x"), (b"1", "a", "y"), (b"", "a", "x")])
def test_another_version_project_or_name_has_nothing(tmp_path: Path, other: tuple[bytes, str, str]) -> None:
    Store(tmp_path, b"1", "a").save("x", b"blob")
    version, project, name = other
    assert Store(tmp_path, version, project).load(name) is None


def test_a_blob_in_the_place_of_another_versions_is_not_taken_for_its_own(tmp_path: Path) -> None:
    ours, theirs = Store(tmp_path / "a", b"1"), Store(tmp_path / "b", b"2")
    ours.save("x", b"blob")
    theirs.save("x", b"blob")
    files(tmp_path / "b")[0].write_bytes(files(tmp_path / "a")[0].read_bytes())
    assert theirs.load("x") is None


@given(st.data())
def test_no_change_to_the_bytes_goes_unnoticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    store = Store(tmp_path_factory.mktemp("store"), b"1")
    store.save("x", b"some blob")
    (file,) = files(store.folder)
    whole = file.read_bytes()
    changed = data.draw(
        st.integers(0, len(whole) - 1).map(lambda cut: whole[:cut])
        | st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)).map(
            lambda at: whole[: at[0]] + bytes((whole[at[0]] ^ at[1],)) + whole[at[0] + 1 :]
        )
    )
    file.write_bytes(changed)
    assert store.load("x") is None


@pytest.mark.parametrize("broken", ["a file", "a folder below a file", "a folder that may not be written"])
def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, broken: str) -> None:
    (tmp_path / "file").write_text("")
    folder = {"a file": tmp_path / "file", "a folder below a file": tmp_path / "file" / "cache"}.get(broken)
    if folder is None:
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)
    store = Store(folder, b"1")
    store.save("x", b"blob")
    assert store.load("x") is None
    assert store.size() == (0, 0)


def test_a_blob_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, b"1")
    store.save("x", b"blob")
    (file,) = files(tmp_path)
    file.unlink()
    file.mkdir()
    store.save("x", b"blob")
    assert store.load("x") is None
    assert {each.name for each in tmp_path.iterdir()} == {file.name, "CACHEDIR.TAG", ".gitignore"}


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, b"1", most=120)
    for age, name in ((30, "a"), (20, "b"), (10, "c")):
        before = set(files(tmp_path))
        store.save(name, b"." * 20)
        (new,) = set(files(tmp_path)) - before
        then = time.time() - age * 1000
        os.utime(new, (then, then))
    assert store.load("a") is not None
    store.save("d", b"." * 20)
    assert [name for name in "abcd" if store.load(name) is None] == ["b"]
    assert store.size()[1] <= 120


def test_a_blob_larger_than_all_that_there_may_be_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path, b"1", most=100)
    store.save("a", b"." * 50)
    store.save("b", b"." * 101)
    assert store.load("a") is not None
    assert store.load("b") is None


def test_what_a_stopped_run_left_is_cleared_away_after_an_hour(tmp_path: Path) -> None:
    for age, name in ((10, "young.new"), (7200, "old.new")):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    Store(tmp_path, b"1").save("x", b"blob")
    assert {each.name for each in tmp_path.glob("*.new")} == {"young.new"}


def test_clearing_leaves_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("")
    Store(tmp_path, b"1", "a").save("x", b"blob")
    Store(tmp_path, b"2", "b").save("y", b"blob")
    number, size = Store(tmp_path).clear()
    assert (number, size > 0, files(tmp_path)) == (2, True, [])
    assert (tmp_path / "mine.txt").exists()


def test_a_folder_that_holds_other_things_is_not_marked_as_a_cache(tmp_path: Path) -> None:
    """A .gitignore that ignores everything would hide a project from git, and the tag from backups."""
    (tmp_path / "mine.txt").write_text("")
    store = Store(tmp_path, b"1")
    store.save("x", b"blob")
    assert store.load("x") == b"blob"
    assert {each.name for each in tmp_path.iterdir()} == {"mine.txt", files(tmp_path)[0].name}


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
def test_a_pipe_or_a_device_in_place_of_a_blob_is_none(tmp_path: Path) -> None:
    """In a process of its own, that can be ended: a pipe is waited for without end, a device read until there is no memory."""
    Store(tmp_path, b"1").save("x", b"blob")
    (file,) = files(tmp_path)
    program = f"from analyzer.cache import Store; from pathlib import Path; print(Store(Path({str(tmp_path)!r}), b'1').load('x'))"
    for make in (os.mkfifo, lambda path: os.symlink("/dev/zero", path)):
        file.unlink()
        make(file)
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False)
        assert (done.stdout, done.stderr) == ("None\n", "")


def test_runs_at_once_see_whole_blobs(tmp_path: Path) -> None:
    def work(number: int) -> set[bytes | None]:
        store, seen = Store(tmp_path, b"1"), set()
        for _ in range(60):
            store.save("x", bytes([number]) * 100_000)
            seen.add(store.load("x"))
        return seen

    with ThreadPoolExecutor(4) as pool:
        seen = set().union(*pool.map(work, range(4)))
    assert seen <= {bytes([number]) * 100_000 for number in range(4)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"FROMCHECK_CACHE_DIR": "/c", "XDG_CACHE_HOME": "/x"}, "/c"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/fromcheck"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/fromcheck"),
        ({"FROMCHECK_CACHE_DIR": ""}, "/home/me/.cache/fromcheck"),
    ],
)
def test_where_it_is(given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FROMCHECK_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **given}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert usual_folder() == Path(expected)


# --- answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_of_another_type_is_asked_for_again(tmp_path: Path) -> None:
    first = Memo(Store(tmp_path))
    first.learn(tuple[str, ...], b"q", ("a", "b"))
    first.keep()
    assert Memo(Store(tmp_path)).recall(tuple[str, ...], b"q", lambda: ("new",)) == ("a", "b")
    assert Memo(Store(tmp_path)).recall(dict[str, int], b"q", lambda: {"new": 1}) == {"new": 1}


def learn(folder: Path, *questions: str) -> None:
    memo = Memo(Store(folder))
    for each in questions:
        memo.learn(str, each.encode(), each * 100)
    memo.keep()


def test_answers_that_a_run_did_not_need_stay_while_there_is_room(tmp_path: Path) -> None:
    # All begin with the same letter: they lie on the same shelf.
    learn(tmp_path, "qa", "qb", "qc")
    learn(tmp_path, "qd")
    learn(tmp_path, "qe")
    kept = [each for each in "abcde" if Memo(Store(tmp_path)).look(str, f"q{each}".encode()) == f"q{each}" * 100]
    assert kept == ["c", "d", "e"]


def test_what_is_learnt_leaves_the_other_answers_alone(tmp_path: Path) -> None:
    learn(tmp_path, *"abcdefghijklmnopqrstuvwxyz")
    there = {path: path.read_bytes() for path in tmp_path.glob("*.facts")}
    learn(tmp_path, "~")
    written = [path for path in tmp_path.glob("*.facts") if there.get(path) != path.read_bytes()]
    assert len(written) == 1
    assert all(Memo(Store(tmp_path)).look(str, each.encode()) == each * 100 for each in "abcdefghijklmnopqrstuvwxyz")


def test_nothing_is_kept_of_what_raises(tmp_path: Path) -> None:
    memo = Memo(Store(tmp_path))
    with pytest.raises(ZeroDivisionError):
        memo.recall(int, b"q", lambda: 1 // 0)
    assert memo.recall(int, b"q", lambda: 2) == 2
