"""The files of commits and of the index, from the objects of real repositories: the same as those of the folder on disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from analyzer.baseline import render_baseline
from analyzer.discover import WorkTree, commit_tree, index_tree
from analyzer.discover.commit import ObjectTree
from analyzer.engine import Options, Session
from analyzer.engine.trace import digest_of
from analyzer.model.errors import ConfigError

if TYPE_CHECKING:
    from conftest import Folder

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


def messages(tree: ObjectTree | WorkTree) -> dict[str, str]:
    return {path: problem.message for path, problem in tree.problems()}


def contents(tree: ObjectTree | WorkTree) -> dict[str, bytes]:
    return {path: tree.read(path) for path in tree.paths()}


# --- as the folder itself -----------------------------------------------------------------------------------------------


@needs_posix
def test_a_commit_has_the_files_of_its_checkout(folder: Folder) -> None:
    folder.write("b/a.ts", "b.ts", "é.ts", "web/package.json", "web/dist/a.js", "web/build/a.ts", "app/dist/page.tsx")
    folder.write("node_modules/x/i.js", "web/.next/s.js", text="made\n")
    folder.write("db/migrations/1_a.sql", "db/deep/migrations/2_b.sql", text="select 1;\n")
    folder.write("supabase/config.toml")
    (folder.path / os.fsdecode(b"odd \xff\n.ts")).write_text("x\n")
    for link, target in {
        "supabase/migrations": "../db/migrations",
        "supabase/up": "..",
        "linked": "db",
        "c.ts": "b/a.ts",
        "d.ts": "c.ts",
        "deep.sql": "db/deep/../migrations/1_a.sql",
        "out.ts": "../../out.ts",
        "root.ts": "/etc/passwd",
        "lost.ts": "nowhere.ts",
        "me.ts": "me.ts",
    }.items():
        (folder.path / link).symlink_to(target)
    folder.commit()

    disk = WorkTree(folder.path)
    assert {"c.ts", "d.ts", "supabase/migrations/1_a.sql", "app/dist/page.tsx", "web/build/a.ts"} < set(disk.paths())
    for tree in (commit_tree(folder.path, "HEAD"), index_tree(folder.path)):
        assert tree.paths() == disk.paths()
        assert contents(tree) == contents(disk)
        assert messages(tree) == messages(disk)


def test_a_subfolder_has_its_own_files(folder: Folder) -> None:
    folder.write("web/a.ts", "web/deep/b.ts", "c.ts")
    folder.commit()
    assert commit_tree(folder.path / "web", "HEAD").paths() == ("a.ts", "deep/b.ts")
    assert index_tree(folder.path / "web").paths() == ("a.ts", "deep/b.ts")


def test_submodules_are_entered_at_the_commit_that_is_recorded(folder: Folder) -> None:
    inner = type(folder)(folder.path.parent / "inner")
    inner.write("a.ts", text="old\n")
    inner.commit()
    folder.write("b.ts")
    folder.commit()
    folder.git("submodule", "add", "-q", str(inner.path), "sub")
    folder.commit()
    (folder.path / "sub/a.ts").write_text("new\n")
    (folder.path / "sub/c.ts").write_text("new\n")

    tree = commit_tree(folder.path, "HEAD")
    assert [each for each in tree.paths() if each.startswith("sub")] == ["sub/a.ts"]
    assert tree.read("sub/a.ts") == b"old\n"


def test_a_submodule_whose_commit_is_not_here_is_a_problem(folder: Folder) -> None:
    inner = type(folder)(folder.path.parent / "inner")
    inner.write("a.ts")
    inner.commit()
    folder.write("b.ts")
    folder.commit()
    folder.git("submodule", "add", "-q", str(inner.path), "sub")
    folder.git("update-index", "--cacheinfo", f"160000,{'1' * 40},sub")
    assert "git submodule update" in messages(index_tree(folder.path))["sub"]


# --- which commit -------------------------------------------------------------------------------------------------------


def test_a_commit_is_not_the_folder_on_disk(folder: Folder) -> None:
    folder.write("a.ts", "b.ts", text="one\n")
    folder.commit()
    folder.write("a.ts", "c.ts", text="two\n")
    folder.git("add", "a.ts")
    folder.write("a.ts", text="three\n")
    (folder.path / "b.ts").unlink()

    assert contents(commit_tree(folder.path, "HEAD")) == {"a.ts": b"one\n", "b.ts": b"one\n"}
    assert contents(index_tree(folder.path)) == {"a.ts": b"two\n", "b.ts": b"one\n"}


def test_tags_and_branches_are_revisions(folder: Folder) -> None:
    folder.write("a.ts")
    folder.commit()
    folder.git("tag", "-a", "v1", "-m", "first")
    commit = folder.git("rev-parse", "HEAD").strip()
    assert commit_tree(folder.path, "v1").commit == commit
    assert commit_tree(folder.path, commit[:10]).commit == commit
    assert index_tree(folder.path).commit is None


@pytest.mark.parametrize("revision", ["nowhere", "-h", "--all", "", "HEAD:a.ts", "HEAD~9", "a\0b", "HEAD^{tree}"])
def test_a_revision_that_is_none_is_told(folder: Folder, revision: str) -> None:
    folder.write("a.ts")
    folder.commit()
    with pytest.raises(ConfigError):
        commit_tree(folder.path, revision)


def test_a_folder_that_is_in_no_repository_is_told(folder: Folder) -> None:
    with pytest.raises(ConfigError, match="not in a git repository"):
        commit_tree(folder.path, "HEAD")
    with pytest.raises(ConfigError, match="not in a git repository"):
        index_tree(folder.path)


def test_a_shallow_clone_says_how_to_get_the_rest(folder: Folder) -> None:
    folder.write("a.ts")
    folder.commit()
    first = folder.git("rev-parse", "HEAD").strip()
    folder.write("b.ts")
    folder.commit()
    clone = folder.path.parent / "clone"
    folder.git("clone", "-q", "--depth", "1", folder.path.as_uri(), str(clone))
    assert commit_tree(clone, "HEAD").paths() == ("a.ts", "b.ts")
    with pytest.raises(ConfigError, match="git fetch --unshallow"):
        commit_tree(clone, first)


def test_an_index_that_git_made_for_this_commit_counts(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """``git commit FILE`` hands its hooks an index of its own."""
    folder.write("a.ts", text="one\n")
    folder.commit()
    folder.write("a.ts", text="two\n")
    hook = folder.path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ncp "$GIT_INDEX_FILE" .git/kept\n')
    hook.chmod(0o755)
    folder.git("commit", "-q", "-m", "two", "a.ts")
    folder.git("reset", "-q", "--soft", "HEAD~1")
    folder.git("reset", "-q")

    assert index_tree(folder.path).read("a.ts") == b"one\n"
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/kept")
    assert index_tree(folder.path).read("a.ts") == b"two\n"
    monkeypatch.setenv("GIT_INDEX_FILE", str(folder.path.parent / "of another"))
    assert index_tree(folder.path).read("a.ts") == b"one\n"


# --- what cannot be read ------------------------------------------------------------------------------------------------


def test_what_is_not_in_the_clone_is_an_error_of_that_file(folder: Folder) -> None:
    folder.write("a.ts", text="a\n")
    folder.write("b.ts", text="b\n")
    folder.commit()
    name = folder.git("rev-parse", "HEAD:a.ts").strip()
    (folder.path / ".git/objects" / name[:2] / name[2:]).unlink()
    tree = commit_tree(folder.path, "HEAD")
    with pytest.raises(OSError, match="not in this clone"):
        tree.read("a.ts")
    assert tree.read("b.ts") == b"b\n"


def test_a_broken_object_is_an_error_of_that_file(folder: Folder) -> None:
    folder.write("a.ts", text="a\n" * 1000)
    folder.write("b.ts", text="b\n")
    folder.commit()
    name = folder.git("rev-parse", "HEAD:a.ts").strip()
    file = folder.path / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:30])
    tree = commit_tree(folder.path, "HEAD")
    with pytest.raises(OSError, match="git"):
        tree.read("a.ts")
    assert tree.read("b.ts") == b"b\n"


def test_a_huge_file_is_not_read(folder: Folder) -> None:
    folder.write("a.ts", text="x" * 20_000_001)
    folder.write("b.ts", text="b\n")
    folder.commit()
    tree = commit_tree(folder.path, "HEAD")
    with pytest.raises(OSError, match="larger than 20 MB"):
        tree.read("a.ts")
    assert tree.read("b.ts") == b"b\n"


def test_a_conflict_is_a_problem(folder: Folder) -> None:
    folder.write("a.ts", text="one\n")
    folder.commit()
    folder.git("checkout", "-q", "-b", "other")
    folder.write("a.ts", text="two\n")
    folder.git("commit", "-q", "-a", "-m", "two")
    folder.git("checkout", "-q", "-")
    folder.write("a.ts", text="three\n")
    folder.git("commit", "-q", "-a", "-m", "three")
    with pytest.raises(Exception, match="merge"):
        folder.git("merge", "-q", "other")
    assert index_tree(folder.path).paths() == ()
    assert "conflict" in messages(index_tree(folder.path))["a.ts"]


def test_git_lfs_gives_its_content_or_says_that_it_is_not_here(folder: Folder) -> None:
    name = "6bcf4f1ea1f9f2f1a3f0a7f26c9dd3aa1a0a6e0f8a6e5b2d5ff7f5fd55ec2fa1"
    folder.write("a.sql", text=f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize 9\n")
    folder.commit()
    for tree in (commit_tree(folder.path, "HEAD"), WorkTree(folder.path)):
        with pytest.raises(OSError, match="git lfs pull"):
            tree.read("a.sql")
    kept = folder.path / ".git/lfs/objects" / name[:2] / name[2:4] / name
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"select 1;")
    assert commit_tree(folder.path, "HEAD").read("a.sql") == b"select 1;"


def test_paths_that_are_not_there_are_errors(folder: Folder) -> None:
    folder.write("b/a.ts")
    folder.commit()
    tree = commit_tree(folder.path, "HEAD")
    for path in ("c.ts", "b", "../project/b/a.ts", "b/../../x", "a\0b"):
        with pytest.raises(OSError, match=r"No such file|not a regular file|leads out"):
            tree.read(path)


def test_nothing_that_the_repository_configures_is_run(folder: Folder) -> None:
    folder.write("a.ts", text="x\n")
    folder.write(".gitattributes", text="*.ts filter=mine diff=mine\n")
    folder.commit()
    ran = folder.path.parent / "ran"
    for name in ("core.fsmonitor", "filter.mine.smudge", "diff.mine.textconv", "core.pager"):
        folder.git("config", name, f"touch '{ran}'; cat")
    for tree in (commit_tree(folder.path, "HEAD"), index_tree(folder.path)):
        assert tree.read("a.ts") == b"x\n"
    assert not ran.exists()


def test_a_replaced_object_is_read_as_it_is_pushed(folder: Folder) -> None:
    folder.write("a.ts", text="true\n")
    folder.write("b.ts", text="false\n")
    folder.commit()
    folder.git("replace", "HEAD:a.ts", "HEAD:b.ts")
    assert commit_tree(folder.path, "HEAD").read("a.ts") == b"true\n"


def test_its_process_ends_with_it(folder: Folder) -> None:
    folder.write("a.ts")
    folder.commit()
    tree = commit_tree(folder.path, "HEAD")
    tree.read("a.ts")
    tree.close()
    assert tree.read("a.ts") == b"x\n"
    tree.close()


# --- a scan of it -------------------------------------------------------------------------------------------------------


def test_the_content_is_known_by_its_name_in_git(folder: Folder) -> None:
    folder.write("a.ts", text="const é = 1\n")
    folder.commit()
    tree = commit_tree(folder.path, "HEAD")
    assert tree.digest("a.ts") == digest_of(tree.read("a.ts"))


def test_a_session_has_the_configuration_and_the_baseline_of_the_commit(folder: Folder) -> None:
    folder.write("supabase/migrations/20240101000000_a.sql", text="create table deals (id bigint primary key);\n")
    folder.write("app/a.ts", text="supabase.from('agents').select('id')\n")
    folder.write("fromcheck.yaml", text="severity:\n  FC101: warning\n")
    folder.commit()
    folder.write("fromcheck.yaml", text="severity:\n  FC101: off\n")
    (folder.path / "fromcheck-baseline.json").write_text("{broken")
    report = Session.at(folder.path, Options(select=("FC101",)), commit_tree(folder.path, "HEAD")).scan()
    assert [(each.code, each.severity.label) for each in report.entries] == [("FC101", "warning")]

    (folder.path / "fromcheck-baseline.json").write_text(render_baseline(report.entries))
    folder.git("checkout", "-q", "HEAD", "fromcheck.yaml")
    folder.git("add", "-A")
    (folder.path / "fromcheck-baseline.json").unlink()
    report = Session.at(folder.path, Options(select=("FC101",)), index_tree(folder.path)).scan()
    assert (len(report.entries), report.baselined) == (0, 1)


def test_what_was_read_on_disk_need_not_be_read_again(folder: Folder, tmp_path: Path) -> None:
    folder.write("supabase/migrations/20240101000000_a.sql", text="create table deals (id bigint primary key);\n")
    folder.write("app/a.ts", text="supabase.from('agents').select('id')\n")
    folder.write("app/b.ts", text="supabase.from('deals').select('id')\n")
    folder.commit()
    options = Options(cache=tmp_path / "cache")
    on_disk = Session.open(folder.path, options).scan()
    tree = commit_tree(folder.path, "HEAD")
    read: list[str] = []

    class Watched:
        paths, problems, digest = tree.paths, tree.problems, tree.digest

        def read(self, path: str) -> bytes:
            read.append(path)
            return tree.read(path)

    report = Session.at(folder.path, options, Watched()).scan()
    assert structs.replace(report, seconds=on_disk.seconds) == on_disk
    assert "app/a.ts" in read, "a finding shows its line"
    assert "app/b.ts" not in read
