"""The hooks of real repositories, and pushes to a real remote on disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.git.conftest import MIGRATION, NEW, PROJECT, Repo, needs_git

pytestmark = [needs_git, pytest.mark.skipif(os.name != "posix", reason="the hooks are started by sh")]
OLD = "#!/bin/sh\n# mine\n"


@pytest.fixture
def hooked(repo: Repo, remote: Repo) -> Repo:
    """The project with the pre-push hook in place, and its remote."""
    assert repo.fromcheck("hook", "install").returncode == 0
    return repo


def push(repo: Repo, *arguments: str) -> tuple[bool, str]:
    """Whether the push went through, and all that was said."""
    done = repo.git("push", *(arguments or ("origin", "main")), ok=False)
    return done.returncode == 0, done.stdout + done.stderr


def put(repo: Repo, text: str, name: str = "pre-push") -> Path:
    """A hook of somebody else's."""
    hook = repo.path / ".git/hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(text)
    hook.chmod(0o755)
    return hook


# --- what is pushed -----------------------------------------------------------------------------------------------------


def test_a_push_that_brings_nothing_goes_through_and_counts_what_is_old(hooked: Repo) -> None:
    hooked.commit({"app/fine.ts": PROJECT["app/page.ts"]})
    went, said = push(hooked)
    assert went
    assert "no new findings" in said
    assert "1 older (3 code files, 1 migration)" in said


def test_a_push_that_brings_something_is_stopped_and_says_how_to_go_on(hooked: Repo, remote: Repo) -> None:
    before = remote.git("rev-parse", "main").stdout
    hooked.commit({"app/new.ts": NEW})
    went, said = push(hooked)
    assert not went
    assert remote.git("rev-parse", "main").stdout == before
    for part in ("is stopped: 1 new finding", "app/new.ts:1:33: error[FC101]", "git push --no-verify", "1 older"):
        assert part in said
    assert "app/old.ts" not in said
    assert "\x1b" not in said
    assert push(hooked, "--no-verify", "origin", "main")[0]


def test_what_is_judged_is_what_is_pushed_and_not_what_is_on_disk(hooked: Repo) -> None:
    hooked.write({"app/new.ts": NEW})
    hooked.git("commit", "-q", "--allow-empty", "-m", "nothing")
    assert push(hooked)[0], "what is not committed is not pushed"
    hooked.commit()
    (hooked.path / "app/new.ts").unlink()
    assert not push(hooked)[0], "what is mended on disk alone is pushed broken"


def test_a_branch_that_is_not_checked_out_is_judged_by_its_own_files(hooked: Repo) -> None:
    hooked.git("checkout", "-q", "-b", "other")
    hooked.commit({"app/new.ts": NEW})
    hooked.git("checkout", "-q", "main")
    assert not push(hooked, "origin", "other")[0]


def test_a_migration_that_breaks_code_which_nobody_touched_is_stopped(hooked: Repo) -> None:
    hooked.commit({"supabase/migrations/20250301000000_drop.sql": "drop table public.deals;\n"})
    went, said = push(hooked)
    assert (went, "app/page.ts" in said) == (False, True)


def test_what_was_stopped_and_is_mended_goes_through(hooked: Repo) -> None:
    hooked.commit({"app/new.ts": NEW})
    hooked.commit({"app/new.ts": "export const q = 1;\n"})
    assert push(hooked)[0], "only the last commit has to be right"


def test_warnings_are_counted_and_do_not_stop(hooked: Repo) -> None:
    hooked.commit({"fromcheck.yaml": "severity:\n  FC101: warning\n", "app/new.ts": NEW})
    went, said = push(hooked)
    assert (went, "1 new finding of less weight" in said) == (True, True)


def test_fail_on_of_the_pushed_commit_decides(hooked: Repo) -> None:
    hooked.commit({"fromcheck.yaml": "fail_on: never\n", "app/new.ts": NEW})
    hooked.write({"fromcheck.yaml": "fail_on: info\n"})
    assert push(hooked)[0]


def test_a_configuration_that_is_wrong_in_what_is_pushed_is_told(hooked: Repo) -> None:
    hooked.commit({"fromcheck.yaml": "nonsense: true\n"})
    went, said = push(hooked)
    assert (went, "fromcheck.yaml:1" in said, "--no-verify" in said) == (False, True, True)


# --- which refs ---------------------------------------------------------------------------------------------------------


def test_a_new_branch_is_compared_with_where_it_left_what_the_remote_has(hooked: Repo) -> None:
    hooked.git("checkout", "-q", "-b", "mine")
    hooked.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(hooked, "origin", "mine")
    assert (went, "1 older" in said) == (True, True)
    hooked.commit({"app/new.ts": NEW})
    hooked.git("checkout", "-q", "-b", "more")
    went, said = push(hooked, "origin", "more")
    assert (went, "1 new finding" in said) == (False, True)


def test_a_branch_of_a_branch_brings_only_its_own(hooked: Repo) -> None:
    hooked.git("checkout", "-q", "-b", "mine")
    hooked.commit({"app/new.ts": NEW})
    push(hooked, "--no-verify", "origin", "mine")
    hooked.git("checkout", "-q", "-b", "more")
    hooked.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(hooked, "origin", "more")
    assert (went, "2 older" in said) == (True, True)


def test_deleting_a_branch_asks_nothing(hooked: Repo) -> None:
    push(hooked, "origin", "main:mine")
    went, said = push(hooked, "origin", "--delete", "mine")
    assert went
    assert "fromcheck" not in said


def test_a_forced_push_is_compared_with_what_it_replaces(hooked: Repo) -> None:
    hooked.commit({"app/new.ts": NEW})
    push(hooked, "--no-verify", "origin", "main")
    hooked.git("reset", "-q", "--hard", "HEAD~1")
    hooked.commit({"app/new.ts": NEW, "app/fine.ts": "export const q = 1;\n"})
    went, said = push(hooked, "--force", "origin", "main")
    assert (went, "2 older" in said) == (True, True)


def test_a_commit_of_the_remote_that_is_not_here_is_said(hooked: Repo, remote: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.git("clone", "-q", str(remote.path), ".")
    other.commit({"app/theirs.ts": NEW})
    push(other)
    hooked.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(hooked, "--force", "origin", "main")
    assert (went, "is not here: `git fetch` brings it" in said, "no new findings" in said) == (True, True, True)


def test_a_tag_brings_nothing_when_its_commit_is_there_and_is_judged_when_it_is_not(hooked: Repo) -> None:
    hooked.git("tag", "-a", "v1", "-m", "first")
    went, said = push(hooked, "origin", "v1")
    assert (went, "fromcheck" in said) == (True, False)
    hooked.commit({"app/new.ts": NEW})
    hooked.git("tag", "v2")
    assert not push(hooked, "origin", "v2")[0]
    hooked.git("tag", "of-a-file", "HEAD:app/new.ts")
    assert push(hooked, "origin", "of-a-file")[0]


def test_the_first_push_is_judged_whole(repo: Repo, tmp_path: Path) -> None:
    bare = Repo(tmp_path / "empty.git")
    bare.git("init", "-q", "--bare")
    repo.git("remote", "add", "origin", str(bare.path))
    repo.fromcheck("hook", "install")
    went, said = push(repo)
    assert (went, "app/old.ts" in said, "nothing of origin is known here" in said) == (False, True, True)


def test_several_refs_are_judged_each_and_a_commit_once(hooked: Repo) -> None:
    hooked.commit({"app/new.ts": NEW})
    went, said = push(hooked, "origin", "main:a", "main:b")
    assert (went, said.count("is stopped")) == (False, 1)
    assert "push of a, b" in said


def test_of_a_great_many_commits_some_are_said_not_to_be_checked(hooked: Repo) -> None:
    for number in range(12):
        hooked.commit()
        hooked.git("branch", f"b{number}")
    went, said = push(hooked, "origin", *(f"b{number}" for number in range(12)))
    assert (went, "2 more commits not checked" in said) == (True, True)


def test_a_remote_that_is_named_by_its_address_is_compared_all_the_same(hooked: Repo, remote: Repo) -> None:
    hooked.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(hooked, remote.path.as_uri(), "HEAD:refs/heads/mine")
    assert (went, "1 older" in said) == (True, True)


def test_a_shallow_clone_is_compared_with_what_it_has(remote: Repo, tmp_path: Path) -> None:
    clone = Repo(tmp_path / "clone")
    clone.git("clone", "-q", "--depth", "1", remote.path.as_uri(), ".")
    clone.fromcheck("hook", "install")
    clone.git("checkout", "-q", "-b", "mine")
    clone.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(clone, "origin", "mine")
    assert (went, "1 older" in said) == (True, True)
    clone.commit({"app/new.ts": NEW})
    assert not push(clone, "origin", "mine")[0]


def test_what_the_remote_has_but_this_clone_cannot_read_stops_nothing(hooked: Repo) -> None:
    hooked.commit({MIGRATION: PROJECT[MIGRATION] + "-- more\n", "app/new.ts": NEW})
    name = hooked.git("rev-parse", f"HEAD~1:{MIGRATION}").stdout.strip()
    (hooked.path / ".git/objects" / name[:2] / name[2:]).unlink()
    here, there = hooked.git("rev-parse", "HEAD", "HEAD~1").stdout.split()
    line = f"refs/heads/main {here} refs/heads/main {there}\n"
    done = hooked.fromcheck("hook", "run", "pre-push", "origin", stdin=line)
    assert (done.returncode, "Not checked whole" in done.stderr) == (0, True)


# --- where nothing can be judged ----------------------------------------------------------------------------------------


def test_a_repository_without_supabase_is_not_stopped_and_not_called_right(tmp_path: Path) -> None:
    plain, bare = Repo(tmp_path / "plain"), Repo(tmp_path / "bare.git")
    bare.git("init", "-q", "--bare")
    plain.git("init", "-q")
    plain.git("remote", "add", "origin", str(bare.path))
    plain.commit({"a.ts": "export const a = 1;\n"})
    plain.fromcheck("hook", "install")
    went, said = push(plain)
    assert (went, "not checked" in said, "no new findings" in said) == (True, True, False)


def test_a_fault_of_fromcheck_stops_nothing_and_is_said(hooked: Repo, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(
        Path(__file__).parents[2] / "analyzer", broken / "analyzer", ignore=shutil.ignore_patterns("__pycache__")
    )
    (broken / "analyzer/engine/since.py").write_text("raise RuntimeError('a fault')\n")
    hooked.commit({"app/new.ts": NEW})
    done = hooked.git("push", "origin", "main", PYTHONPATH=str(broken))
    assert "not checked: internal error: RuntimeError: a fault" in done.stderr


def test_a_fromcheck_that_is_gone_stops_nothing_and_is_said(hooked: Repo) -> None:
    hook = hooked.path / ".git/hooks/pre-push"
    assert sys.executable in hook.read_text()
    gone = hook.read_text().replace(sys.executable, "/nowhere/python")
    hook.write_text(gone)
    hooked.commit({"app/new.ts": NEW})
    path = os.pathsep.join(
        each for each in os.environ["PATH"].split(os.pathsep) if not Path(each, "fromcheck").exists()
    )
    done = hooked.git("push", "origin", "main", PATH=path)
    assert "not checked: the program is not at" in done.stderr


# --- install and uninstall ----------------------------------------------------------------------------------------------


def test_installing_twice_is_installing_once(hooked: Repo) -> None:
    text = (hooked.path / ".git/hooks/pre-push").read_text()
    assert "written anew" in hooked.fromcheck("hook", "install").stdout
    assert (hooked.path / ".git/hooks/pre-push").read_text() == text
    assert not (hooked.path / ".git/hooks/pre-push.before-fromcheck").exists()
    assert "taken out" in hooked.fromcheck("hook", "uninstall").stdout
    assert not (hooked.path / ".git/hooks/pre-push").exists()
    assert "nothing was changed" in hooked.fromcheck("hook", "uninstall").stdout


def test_a_hook_that_is_there_is_run_first_with_all_that_git_tells_it(repo: Repo, remote: Repo) -> None:
    mine = put(repo, OLD + 'echo "mine $1" >&2\ncat > seen\n')
    text = mine.read_bytes()
    repo.fromcheck("hook", "install")
    repo.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(repo)
    assert went
    assert said.index("mine origin") < said.index("no new findings")
    assert (repo.path / "seen").read_text().split()[0] == "refs/heads/main"
    assert "back" in repo.fromcheck("hook", "uninstall").stdout
    assert mine.read_bytes() == text
    assert os.access(mine, os.X_OK)


def test_a_hook_that_is_there_still_stops_a_push(repo: Repo, remote: Repo) -> None:
    put(repo, OLD + "echo no >&2; exit 3\n")
    repo.fromcheck("hook", "install")
    repo.commit({"app/fine.ts": "export const q = 1;\n"})
    went, said = push(repo)
    assert (went, "fromcheck" in said.replace("before-fromcheck", "")) == (False, False)


def test_a_hook_is_never_lost_when_another_tool_writes_over_ours(repo: Repo) -> None:
    put(repo, OLD)
    repo.fromcheck("hook", "install")
    put(repo, "#!/bin/sh\n# of another tool\n")
    done = repo.fromcheck("hook", "install")
    assert (done.returncode, "keep the one that you want" in done.stderr) == (2, True)
    assert "nothing was changed" in repo.fromcheck("hook", "uninstall").stdout
    assert (repo.path / ".git/hooks/pre-push").read_text() == "#!/bin/sh\n# of another tool\n"
    assert (repo.path / ".git/hooks/pre-push.before-fromcheck").read_text() == OLD


def test_a_hook_that_is_a_pipe_is_not_waited_for(repo: Repo) -> None:
    (repo.path / ".git/hooks").mkdir(exist_ok=True)
    os.mkfifo(repo.path / ".git/hooks/pre-push")
    command = [sys.executable, "-m", "analyzer", "hook", "status", str(repo.path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert "pre-push is another hook" in done.stdout


def test_a_hook_of_ours_that_somebody_changed_is_left_alone(hooked: Repo) -> None:
    hook = hooked.path / ".git/hooks/pre-push"
    hook.write_text(hook.read_text() + "echo more\n")
    for command in ("install", "uninstall"):
        done = hooked.fromcheck("hook", command)
        assert (done.returncode, "somebody has changed it" in done.stderr) == (2, True)
    assert hook.read_text().endswith("echo more\n")


def test_a_repository_with_its_own_hooks_folder(repo: Repo, remote: Repo) -> None:
    repo.git("config", "core.hooksPath", "tools/hooks")
    repo.fromcheck("hook", "install")
    assert (repo.path / "tools/hooks/pre-push").exists()
    repo.commit({"app/new.ts": NEW})
    assert not push(repo)[0]


def test_hooks_that_serve_all_repositories_are_left_alone(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "--global", "core.hooksPath", str(tmp_path / "all"))
    done = repo.fromcheck("hook", "install")
    assert (done.returncode, "hooks of all your repositories" in done.stderr) == (2, True)
    assert not (tmp_path / "all").exists()


def test_a_linked_work_tree_has_the_hooks_of_its_repository(hooked: Repo, tmp_path: Path) -> None:
    hooked.git("worktree", "add", "-q", "-b", "mine", str(tmp_path / "linked"))
    linked = Repo(tmp_path / "linked")
    assert str(hooked.path / ".git/hooks/pre-push") in linked.fromcheck("hook", "status").stdout
    linked.commit({"app/new.ts": NEW})
    assert not push(linked, "origin", "mine")[0]
    assert "taken out" in linked.fromcheck("hook", "uninstall").stdout


def test_a_submodule_has_hooks_of_its_own(repo: Repo, remote: Repo, tmp_path: Path) -> None:
    outer = Repo(tmp_path / "outer")
    outer.git("init", "-q")
    outer.git("submodule", "add", "-q", str(remote.path), "sub")
    sub = Repo(outer.path / "sub")
    assert "installed" in sub.fromcheck("hook", "install").stdout
    assert (outer.path / ".git/modules/sub/hooks/pre-push").exists()
    sub.commit({"app/new.ts": NEW})
    assert not push(sub, "origin", "main")[0]


def test_a_project_in_a_folder_is_judged_by_its_own_configuration(tmp_path: Path) -> None:
    outer, bare = Repo(tmp_path / "a 'quoted' name"), Repo(tmp_path / "bare.git")
    bare.git("init", "-q", "--bare")
    outer.git("init", "-q")
    outer.git("remote", "add", "origin", str(bare.path))
    outer.commit({f"apps/the web/{name}": text for name, text in PROJECT.items()})
    outer.git("push", "-q", "origin", "main")
    assert outer.fromcheck("hook", "install", "apps/the web").returncode == 0
    outer.commit({"apps/the web/app/new.ts": NEW, "apps/the web/fromcheck.yaml": "fail_on: critical\n"})
    shutil.rmtree(outer.path / "apps")
    went, said = push(outer)
    assert (went, "1 new finding of less weight" in said) == (True, True)


def test_status_says_what_is_there(hooked: Repo) -> None:
    said = hooked.fromcheck("hook", "status").stdout
    assert f"pre-push: installed, {hooked.path}/.git/hooks/pre-push" in said
    assert "pre-commit: not installed" in said


def test_outside_of_a_repository_is_exit_code_2(tmp_path: Path) -> None:
    done = Repo(tmp_path / "plain").fromcheck("hook", "install")
    assert (done.returncode, "not in the work tree of a git repository" in done.stderr) == (2, True)


# --- other tools --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "config", "said"),
    [
        ({".husky/pre-push": "npm test\n"}, ".husky/_", 'fromcheck hook run pre-push "$@"'),
        ({".husky/a": "", "package.json": '{"devDependencies": {"husky": "9"}}'}, "", ".husky/pre-push"),
        ({"lefthook.yml": "pre-push:\n"}, "", "use_stdin: true"),
    ],
    ids=["husky's folder", "husky before its first install", "lefthook"],
)
def test_a_tool_that_manages_the_hooks_is_told_and_nothing_is_installed(
    repo: Repo, files: dict[str, str], config: str, said: str
) -> None:
    repo.write(files)
    if config:
        repo.git("config", "core.hooksPath", config)
    done = repo.fromcheck("hook", "install")
    assert (done.returncode, said in done.stderr) == (2, True)
    assert not (repo.path / ".git/hooks/pre-push").exists()
    assert not (repo.path / ".husky/_/pre-push").exists()
    assert said in repo.fromcheck("hook", "status").stdout


def test_the_pre_commit_framework_is_told(repo: Repo) -> None:
    put(repo, "#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n")
    done = repo.fromcheck("hook", "install")
    assert (done.returncode, "entry: fromcheck hook run auto" in done.stderr) == (2, True)


def auto(repo: Repo, **said: str) -> tuple[int, str]:
    done = repo.fromcheck("hook", "run", "auto", **{f"PRE_COMMIT_{key}": value for key, value in said.items()})
    return done.returncode, done.stderr


def test_for_the_framework_a_push_a_commit_and_all_files_are_told_apart(repo: Repo, remote: Repo) -> None:
    first = repo.git("rev-parse", "HEAD").stdout.strip()
    code, said = auto(repo)
    assert (code, "1 finding (2 code files" in said) == (1, True), "with nothing staged, all of it is judged"
    repo.write({"app/new.ts": NEW})
    repo.git("add", "-A")
    code, said = auto(repo)
    assert (code, "app/new.ts" in said, "app/old.ts" in said) == (1, True, False)
    last = repo.commit()
    code, said = auto(repo, FROM_REF=first, TO_REF=last, REMOTE_NAME="origin", REMOTE_BRANCH="refs/heads/main")
    assert (code, "push of main" in said, "app/old.ts" in said) == (1, True, False)


# --- pre-commit ---------------------------------------------------------------------------------------------------------


def test_a_commit_is_judged_by_what_is_staged(repo: Repo) -> None:
    repo.fromcheck("hook", "install", "--hook", "pre-commit")
    repo.write({"app/new.ts": NEW})
    repo.git("add", "-A")
    repo.write({"app/new.ts": "export const q = 1;\n"})
    done = repo.git("commit", "-m", "new", ok=False)
    assert done.returncode != 0
    for part in ("commit is stopped: 1 new finding", "app/new.ts:1:33", "git commit --no-verify", "1 older"):
        assert part in done.stderr
    repo.git("add", "-A")
    assert "no new findings" in repo.git("commit", "-m", "new").stderr


def test_a_commit_of_some_files_is_judged_by_those(repo: Repo) -> None:
    repo.fromcheck("hook", "install", "--hook", "pre-commit")
    repo.commit({"app/a.ts": "export const q = 1;\n", "app/b.ts": "export const q = 1;\n"})
    repo.write({"app/a.ts": NEW, "app/b.ts": "export const q = 2;\n"})
    assert repo.git("commit", "-m", "b", "app/b.ts", ok=False).returncode == 0
    assert repo.git("commit", "-m", "a", "app/a.ts", ok=False).returncode != 0
    assert repo.git("commit", "-a", "-m", "a", ok=False).returncode != 0


def test_a_hook_that_was_there_before_a_commit_is_run_first(repo: Repo) -> None:
    put(repo, OLD + "echo no >&2; exit 3\n", "pre-commit")
    repo.fromcheck("hook", "install", "--hook", "pre-commit")
    assert repo.git("commit", "--allow-empty", "-m", "x", ok=False).returncode != 0
    repo.fromcheck("hook", "uninstall", "--hook", "pre-commit")
    assert (repo.path / ".git/hooks/pre-commit").read_text().startswith(OLD)


# --- what is printed ----------------------------------------------------------------------------------------------------


def test_it_fits_a_screen_however_much_there_is(hooked: Repo) -> None:
    long = "x" * 60
    hooked.commit({f"app/{n}.ts": f"supabase.from('{long}_{n}').select('id');\n" for n in range(40)})
    went, said = push(hooked)
    ours = [line for line in said.splitlines() if not line.startswith(("error:", "To "))]
    assert (went, len(ours) < 24, "and 34 more" in said) == (False, True, True)
    assert "git push --no-verify" in said


def test_names_of_the_repository_cannot_drive_the_terminal(hooked: Repo) -> None:
    hooked.commit({"app/\x1b[31m.ts": NEW})
    assert "app/\\x1b[31m.ts" in push(hooked)[1]


def test_it_has_colour_on_a_terminal_only(hooked: Repo) -> None:
    import pty

    hooked.commit({"app/new.ts": NEW})
    ours, theirs = pty.openpty()
    done = subprocess.run(["git", "push", "origin", "main"], cwd=hooked.path, stderr=theirs, stdout=theirs, check=False)
    os.close(theirs)
    said = b""
    with open(ours, "rb", buffering=0) as stream:
        try:
            while piece := stream.read(4096):
                said += piece
        except OSError:
            pass
    assert done.returncode != 0
    assert b"\x1b[1;31m1 new finding\x1b[0m" in said


# --- what runs now ------------------------------------------------------------------------------------------------------

GONE = "alter table public.deals drop column name;\n"
USES_NAME = "export const q = supabase.from('deals').select('id, name');\n"


def test_a_migration_that_breaks_the_code_that_runs_now_is_told_and_stops_nothing(hooked: Repo) -> None:
    before = hooked.commit({"app/name.ts": USES_NAME})
    push(hooked)
    hooked.commit({"supabase/migrations/20250301000000_gone.sql": GONE, "app/name.ts": "export const q = 1;\n"})
    went, said = push(hooked)
    assert went
    assert "breaks in 1 place once these migrations are applied" in said
    assert "app/name.ts:1: `public.deals` has no column `name`" in said
    assert f"fromcheck compat --base {before[:10]}" in said


def test_a_push_that_leaves_the_schema_alone_says_nothing_of_the_code_that_runs_now(hooked: Repo) -> None:
    hooked.commit({"app/fine.ts": "export const q = 1;\n"})
    assert "once these migrations" not in push(hooked)[1]
