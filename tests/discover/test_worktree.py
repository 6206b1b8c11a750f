"""The files of a real folder, in and out of git, however it is made."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

import pytest

from analyzer.discover import WorkTree, commit_tree, index_tree
from analyzer.discover.git import git_listing
from analyzer.model.errors import ConfigError

if TYPE_CHECKING:
    from conftest import Folder

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


def listed(folder: Folder) -> set[str]:
    return set(WorkTree(folder.path).paths())


def problems(folder: Folder) -> dict[str, str]:
    return {path: problem.message for path, problem in WorkTree(folder.path).problems()}


@pytest.fixture(params=["walk", "git"])
def either(request: pytest.FixtureRequest, folder: Folder) -> Folder:
    """The folder, once plain, and once a repository in which nothing is tracked yet."""
    if request.param == "git":
        folder.git("init", "-q")
    return folder


# --- what is listed -----------------------------------------------------------------------------------------------------


def test_paths_are_relative_and_in_byte_order(either: Folder) -> None:
    either.write("b/a.ts", "b.ts", "é.ts", "B.ts", "b/Z.ts")
    assert WorkTree(either.path).paths() == ("B.ts", "b.ts", "b/Z.ts", "b/a.ts", "é.ts")


def test_gitignore_files_apply_also_nested_and_negated(either: Folder) -> None:
    either.write("a.log", "keep.log", "web/a.ts", "web/gen/b.ts", "other/gen/c.ts", "web/deep/d.tmp", "web/deep/e.tmp")
    either.write(".gitignore", text="*.log\r\n!keep.log\n*.tmp\n")
    either.write("web/.gitignore", text="/gen/\n")
    either.write("web/deep/.gitignore", text="!d.tmp\n")
    gitignores = {".gitignore", "web/.gitignore", "web/deep/.gitignore"}
    assert listed(either) - gitignores == {"keep.log", "web/a.ts", "other/gen/c.ts", "web/deep/d.tmp"}


def test_dependencies_and_build_output_are_left_out(either: Folder) -> None:
    either.write("web/package.json", "web/src/a.ts", "node_modules/x/i.js", "web/node_modules/y/i.js", "web/.next/s.js")
    either.write("web/dist/a.js", "web/build/a.js", "web/out/a.js", "web/coverage/a.js")
    assert listed(either) == {"web/package.json", "web/src/a.ts"}


def test_a_route_called_build_or_coverage_is_no_output(either: Folder) -> None:
    either.write("web/package.json", "web/app/coverage/page.tsx", "web/app/build/page.tsx", "web/app/out/dist/page.tsx")
    assert len(listed(either)) == 4


@needs_git
def test_tracked_sources_in_build_and_out_are_kept_but_not_in_dist(folder: Folder) -> None:
    folder.write("package.json", "build/webpack.js", "out/a.ts", "dist/index.js", "node_modules/x/i.js", ".next/s.js")
    folder.commit()
    assert listed(folder) == {"package.json", "build/webpack.js", "out/a.ts"}


@needs_git
def test_a_tracked_file_is_listed_though_ignored_and_not_when_deleted(folder: Folder) -> None:
    folder.write("a.ts", "gone.ts", "dir/gone.ts", "forced.ts")
    folder.write(".gitignore", text="forced.ts\n")
    folder.commit()
    (folder.path / "gone.ts").unlink()
    shutil.rmtree(folder.path / "dir")
    folder.write("new.ts")
    assert listed(folder) == {".gitignore", "a.ts", "forced.ts", "new.ts"}
    assert problems(folder) == {}


@needs_git
def test_a_folder_within_a_checkout_is_listed_alone(folder: Folder) -> None:
    folder.write("web/a.ts", "api/b.ts")
    folder.write(".gitignore", text="ignored.ts\n")
    folder.commit()
    folder.write("web/ignored.ts")
    assert WorkTree(folder.path / "web").paths() == ("a.ts",)


@needs_git
def test_a_folder_that_its_checkout_ignores_is_walked(folder: Folder) -> None:
    folder.write(".gitignore", text="vendor/\n")
    folder.commit()
    folder.write("vendor/a.ts")
    assert WorkTree(folder.path / "vendor").paths() == ("a.ts",)


@needs_git
def test_submodules_and_checkouts_within_are_entered(folder: Folder, tmp_path: Path) -> None:
    type(folder)(tmp_path / "library").write("lib.ts", "skip.log")
    library = type(folder)(tmp_path / "library")
    library.write(".gitignore", text="*.log\n")
    library.git("init", "-q")
    library.git("add", "lib.ts", ".gitignore")
    library.git("commit", "-q", "-m", "all")
    folder.write("a.ts")
    folder.commit()
    folder.git("submodule", "--quiet", "add", str(library.path), "libs/one")
    shutil.copytree(library.path, folder.path / "loose")
    assert {"a.ts", "libs/one/lib.ts", "loose/lib.ts"} <= listed(folder)
    assert not {path for path in listed(folder) if path.endswith(".log") or "/.git/" in path}


@needs_git
def test_conflicted_files_are_listed_once(folder: Folder) -> None:
    folder.write("a.ts", text="one\n")
    folder.commit()
    folder.git("checkout", "-q", "-b", "other")
    folder.write("a.ts", text="two\n")
    folder.git("commit", "-q", "-am", "two")
    folder.git("checkout", "-q", "-")
    folder.write("a.ts", text="three\n")
    folder.git("commit", "-q", "-am", "three")
    with pytest.raises(CalledProcessError):
        folder.git("merge", "other")
    assert WorkTree(folder.path).paths() == ("a.ts",)


def test_without_git_the_folder_is_walked(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("a.ts", "b.log")
    folder.write(".gitignore", text="*.log\n")
    (folder.path / ".git").mkdir()
    monkeypatch.setenv("PATH", "")
    assert git_listing(str(folder.path)) is None
    assert listed(folder) == {".gitignore", "a.ts"}


def test_the_walk_keeps_migrations_that_a_gitignore_names(folder: Folder) -> None:
    folder.write("supabase/migrations/1_a.sql", "dump.sql")
    folder.write(".gitignore", text="*.sql\n")
    assert listed(folder) == {".gitignore", "supabase/migrations/1_a.sql"}


@pytest.mark.parametrize("ignored", ["supabase\n", "/supabase/migrations/\n", "supabase/\n*.sql\n"])
def test_the_walk_keeps_migrations_of_a_folder_that_a_gitignore_names(folder: Folder, ignored: str) -> None:
    folder.write("supabase/migrations/1_a.sql", "supabase/migrations/notes.md", "supabase/.temp/cli.sql")
    folder.write(".gitignore", text=ignored)
    assert {".gitignore", "supabase/migrations/1_a.sql"} <= listed(folder)
    assert "supabase/migrations/notes.md" not in listed(folder)


def test_a_bad_line_of_a_gitignore_is_told_and_the_rest_applies(folder: Folder) -> None:
    folder.write("a.log", "b.ts")
    folder.write(".gitignore", text="!\n*.log\n")
    assert listed(folder) == {".gitignore", "b.ts"}
    assert "line 1" in problems(folder)[".gitignore"]


def test_an_empty_folder_has_no_paths(either: Folder) -> None:
    assert WorkTree(either.path).paths() == ()


def test_a_folder_that_is_not_there_is_a_problem(folder: Folder) -> None:
    tree = WorkTree(folder.path / "nowhere")
    assert tree.paths() == ()
    assert [path for path, _ in tree.problems()] == ["."]


# --- links and odd files ------------------------------------------------------------------------------------------------


@needs_posix
def test_links_out_of_the_folder_are_not_followed(either: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.ts").write_text("secret")
    (tmp_path / "secrets").mkdir()
    either.write("a.ts")
    (either.path / "file.ts").symlink_to(tmp_path / "secret.ts")
    (either.path / "folder").symlink_to(tmp_path / "secrets")
    (either.path / "dangling.ts").symlink_to("nothing.ts")
    assert listed(either) == {"a.ts"}
    assert set(problems(either)) == {"file.ts", "folder", "dangling.ts"}
    assert "out of the scanned folder" in problems(either)["file.ts"]
    with pytest.raises(OSError, match="out of the scanned folder"):
        WorkTree(either.path).read("file.ts")


@needs_posix
def test_links_are_held_where_no_flag_holds_them(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: the system has no O_NOFOLLOW, and paths on two drives have nothing in common."""

    def apart(paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    monkeypatch.setattr("analyzer.discover.worktree._NO_FOLLOW", 0)
    monkeypatch.setattr(os.path, "commonpath", apart)
    (tmp_path / "secret.ts").write_text("secret")
    folder.write("a.ts", "supabase/config.toml")
    (folder.path / "out.ts").symlink_to(tmp_path / "secret.ts")
    (folder.path / "in.ts").symlink_to("a.ts")
    (folder.path / "supabase" / "migrations").symlink_to("..")
    tree = WorkTree(folder.path)
    assert set(tree.paths()) == {"a.ts", "in.ts", "supabase/config.toml"}
    assert tree.read("in.ts") == b"x\n"
    with pytest.raises(OSError, match="out of the scanned folder"):
        tree.read("out.ts")


@needs_posix
def test_links_that_loop_end(either: Folder) -> None:
    either.write("web/a.ts", "supabase/config.toml")
    (either.path / "web" / "up").symlink_to("..")
    (either.path / "web" / "self").symlink_to("self")
    (either.path / "supabase" / "migrations").symlink_to("..")
    (either.path / "supabase" / "functions").symlink_to(".")
    assert listed(either) == {"web/a.ts", "supabase/config.toml"}
    assert set(problems(either)) == {"web/self"}


@needs_posix
def test_a_linked_file_and_a_linked_migrations_folder_are_read(either: Folder) -> None:
    either.write("db/sql/1_a.sql", "shared/types.ts", "supabase/config.toml", text="here\n")
    (either.path / "supabase" / "migrations").symlink_to("../db/sql")
    (either.path / "shared" / "alias.ts").symlink_to("types.ts")
    tree = WorkTree(either.path)
    assert {"supabase/migrations/1_a.sql", "shared/alias.ts"} <= set(tree.paths())
    assert tree.read("supabase/migrations/1_a.sql") == tree.read("shared/alias.ts") == b"here\n"


@needs_git
@needs_posix
def test_a_tracked_folder_that_became_a_link_leads_nowhere(folder: Folder, tmp_path: Path) -> None:
    folder.write("web/a.ts", "b.ts")
    folder.commit()
    (folder.path / "web").rename(tmp_path / "elsewhere")
    (folder.path / "web").symlink_to(tmp_path / "elsewhere")
    assert listed(folder) == {"b.ts"}
    with pytest.raises(OSError, match="not in the scanned folder"):
        WorkTree(folder.path).read("web/a.ts")


@needs_posix
def test_pipes_and_sockets_are_not_waited_for(either: Folder) -> None:
    either.write("a.ts")
    os.mkfifo(either.path / "pipe.ts")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(either.path / "socket.ts"))
    assert listed(either) == {"a.ts"}
    with pytest.raises(OSError, match="regular file"):
        WorkTree(either.path).read("pipe.ts")


@needs_posix
def test_a_walk_tells_of_pipes_and_of_a_gitignore_that_is_one(folder: Folder) -> None:
    folder.write("a.ts")
    os.mkfifo(folder.path / "pipe.ts")
    os.mkfifo(folder.path / ".gitignore")
    assert listed(folder) == {"a.ts"}
    assert set(problems(folder)) == {".gitignore", "pipe.ts"}


@needs_git
@needs_posix
def test_git_is_given_up_when_it_does_not_answer(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.git("init", "-q")
    folder.write("a.ts")
    os.mkfifo(folder.path / ".gitignore")
    monkeypatch.setattr("analyzer.discover.worktree.git_listing", lambda path: git_listing(path, timeout=0.5))
    assert listed(folder) == {"a.ts"}
    assert problems(folder)["."] == "git gives no answer within 0.5 s, so the folder is walked"


@needs_posix
@pytest.mark.parametrize(
    "name", [b"new\nline.ts", b"tab\t\"quote'.ts", b" space .ts", b"latin-\xe9.ts", b"-rf.ts", b"a\\b.ts"]
)
def test_odd_names_are_listed_and_read(either: Folder, name: bytes) -> None:
    with open(os.path.join(os.fsencode(either.path), name), "wb") as file:
        file.write(b"text")
    tree = WorkTree(either.path)
    assert tree.paths() == (os.fsdecode(name),)
    assert tree.read(tree.paths()[0]) == b"text"


@needs_git
@needs_posix
def test_names_that_are_no_text_are_listed_where_python_refuses_them(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where os.fsdecode takes UTF-8 alone."""
    (folder.path / os.fsdecode(b"caf\xe9.ts")).write_text("x")
    folder.commit()
    monkeypatch.setattr(os, "fsdecode", lambda data: os.fspath(data) if isinstance(data, str) else data.decode("utf-8"))
    for tree in (WorkTree(folder.path), commit_tree(folder.path, "HEAD"), index_tree(folder.path)):
        assert tree.paths() == ("caf\udce9.ts",)


def test_a_gitignore_that_is_too_long_is_told_and_left_out(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.discover.walk.MOST_BYTES", 8)
    folder.write("a.ts", "b.ts")
    folder.write(".gitignore", text="a.ts\nb.ts\n")
    assert listed(folder) == {"a.ts", "b.ts", ".gitignore"}
    assert problems(folder)[".gitignore"].startswith("cannot be read: it is larger than")


@needs_git
@needs_posix
def test_a_git_that_gives_no_answer_is_asked_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("analyzer.discover.commit.ask", lambda root, *words, **more: asked.append(words))
    for ask in (lambda: commit_tree(folder.path, "HEAD"), lambda: index_tree(folder.path)):
        asked.clear()
        with pytest.raises(ConfigError, match="gives no answer"):
            ask()
        assert len(asked) == 1


@needs_posix
def test_a_folder_that_cannot_be_read_is_a_problem(either: Folder) -> None:
    """A path longer than the system takes: unlike missing rights, it stops root too."""
    either.write("a.ts")
    here = os.getcwd()
    try:
        os.chdir(either.path)
        for _ in range(25):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
        Path("deep.ts").write_text("x")
    finally:
        os.chdir(here)
    assert listed(either) == {"a.ts"}
    assert len(problems(either)) >= 1


@pytest.mark.parametrize(
    "path", ["../project/a.ts", "/etc/hostname", "web/../a.ts", "", "web", "a.ts/x", "nul\0.ts", "."]
)
def test_only_files_of_the_folder_are_read(folder: Folder, path: str) -> None:
    folder.write("a.ts", "web/b.ts")
    with pytest.raises(OSError, match=r"."):
        WorkTree(folder.path).read(path)


# --- a hostile repository -----------------------------------------------------------------------------------------------


@pytest.fixture
def trap(tmp_path: Path) -> tuple[str, Path]:
    """A program that leaves a mark when it is run, and the mark."""
    mark = tmp_path / "was-run"
    program = tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\necho ran >> '{mark}'\nexit 1\n")
    program.chmod(0o755)
    return str(program), mark


@needs_git
@needs_posix
def test_what_the_repository_configures_is_not_run(folder: Folder, trap: tuple[str, Path]) -> None:
    program, mark = trap
    folder.write("a.ts", ".gitattributes", text="* filter=trap diff=trap\n")
    folder.commit()
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.ls-files",
        "filter.trap.clean",
        "filter.trap.process",
        "core.editor",
    ):
        folder.git("config", key, program)
    folder.git("config", "alias.ls-files", f"!{program}")
    folder.git("config", "core.hooksPath", str(Path(program).parent))
    shutil.copy(program, folder.path / ".git" / "hooks" / "post-index-change")
    folder.write("b.ts")
    assert listed(folder) == {".gitattributes", "a.ts", "b.ts"}
    assert not mark.exists()
    with suppress(CalledProcessError):
        folder.git("status")
    assert mark.exists(), "the trap itself does not work"


@needs_git
@needs_posix
def test_a_partial_clone_fetches_nothing(folder: Folder, trap: tuple[str, Path], tmp_path: Path) -> None:
    """Git reads a .gitignore that is not checked out from its objects, and asks the remote for one that it lacks."""
    program, mark = trap
    folder.write("web/a.ts", "b.ts")
    folder.write("web/.gitignore", text="*.log\n")
    folder.commit()
    blob = folder.git("rev-parse", "HEAD:web/.gitignore").strip()
    (folder.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    folder.git("update-index", "--skip-worktree", "web/.gitignore")
    (folder.path / "web" / ".gitignore").unlink()
    folder.git("config", "core.repositoryFormatVersion", "1")
    folder.git("config", "extensions.partialClone", "origin")
    folder.git("config", "remote.origin.url", str(tmp_path / "remote"))
    folder.git("config", "remote.origin.promisor", "true")
    folder.git("config", "remote.origin.uploadpack", program)
    folder.git("config", "protocol.allow", "always")
    folder.write("web/new.ts")
    assert listed(folder) == {"web/a.ts", "web/new.ts", "b.ts"}
    assert not mark.exists()
    (tmp_path / "remote").mkdir()
    type(folder)(tmp_path / "remote").git("init", "-q")
    with suppress(CalledProcessError):
        folder.git("ls-files", "--others", "--exclude-standard")
    assert mark.exists(), "the trap itself does not work"


@needs_git
def test_the_environment_does_not_lead_to_another_repository(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = type(folder)(tmp_path / "other")
    other.write("theirs.ts")
    other.commit()
    folder.write("ours.ts")
    folder.commit()
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.path))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert listed(folder) == {"ours.ts"}
    assert not (tmp_path / "trace").exists()


@needs_git
def test_a_work_tree_elsewhere_shows_nothing_of_it(folder: Folder, tmp_path: Path) -> None:
    type(folder)(tmp_path / "elsewhere").write("secret.ts")
    folder.write("a.ts")
    folder.commit()
    folder.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert listed(folder) == {"a.ts"}


@needs_git
def test_a_folder_that_poses_as_a_bare_repository_is_walked(folder: Folder) -> None:
    folder.write("a.ts")
    folder.git("init", "-q", "--bare", ".")
    assert "a.ts" in listed(folder)


@needs_git
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_someone_else_is_walked(folder: Folder) -> None:
    folder.write("a.ts", "b.log")
    folder.write(".gitignore", text="*.log\n")
    folder.commit()
    os.chown(folder.path, 12345, 12345)
    os.chown(folder.path / ".git", 12345, 12345)
    assert git_listing(str(folder.path)) is None
    assert listed(folder) == {".gitignore", "a.ts"}
