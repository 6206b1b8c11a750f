"""What git's hooks ask: does this push, or this commit, bring anything that is wrong?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from analyzer.discover import commit_tree, index_tree
from analyzer.discover.commit import standing
from analyzer.discover.git import ask, path_text
from analyzer.discover.revisions import fork_of
from analyzer.engine.compat import broken
from analyzer.engine.options import Options
from analyzer.engine.session import Session
from analyzer.engine.since import against, brought, since_head
from analyzer.hook.pushed import NOTHING, Pushed, Ref, pushed
from analyzer.hook.told import Told, answer, warning
from analyzer.model.errors import ConfigError, NothingToScan
from analyzer.model.record import Record
from analyzer.model.report import Report
from analyzer.reporter import Style, counted, visible

_SHORT = 10
_NAMES = 3
MOST_COMMITS = 10
"""That are judged in one push; of `git push --all` in a large repository, the others are said not to be checked."""


class Judged(Record, frozen=True):
    """What is new, in which session; ``breaks`` is what of the code that runs now the new schema breaks, if that is asked."""

    session: Session
    report: Report
    breaks: Report | None = None


class Hook(Record, frozen=True):
    """The project in ``folder`` of a work tree, judged for a hook under ``options``, and told in ``style``."""

    folder: Path
    options: Options
    style: Style

    def push(self, refs: Iterable[Ref], remote: str) -> Iterator[Told]:
        """What to say of a push, by commit. Raises ConfigError for a configuration that is wrong in what is pushed."""
        # What the remote has is old, whatever it is pushed as.
        commits = [each for each in pushed(self.folder, refs, remote) if each.commit != each.base]
        for each in commits[:MOST_COMMITS]:
            names = ", ".join(each.refs[:_NAMES]) + (" and more" if len(each.refs) > _NAMES else "")
            scan = f"fromcheck scan --since {each.base[:_SHORT]}" if each.base else "fromcheck scan"
            what = f"push of {names} ({each.commit[:_SHORT]})"
            yield self._told(what, "push", scan, partial(self._pushed, each), each.aside, each.base or "")
        if len(commits) > MOST_COMMITS:
            yield Told(False, (f"fromcheck: {counted(len(commits) - MOST_COMMITS, 'more commit')} not checked",))

    def commit(self) -> Told:
        """What to say of a commit. Raises ConfigError for a configuration that is wrong in what is staged."""
        return self._told(
            "commit", "commit", "fromcheck scan --staged", lambda: _ask(since_head(self.folder, self.options))
        )

    def everything(self) -> Told:
        """What to say of all that is tracked, old or new. Raises ConfigError, also when there is nothing to scan."""
        session = Session.at(self.folder, self.options, index_tree(self.folder))
        try:
            report = session.scan()
        except NothingToScan as error:  # who asks for everything wants to know that it is right
            raise ConfigError(str(error)) from None
        return answer(report, session.config.fail_on, "all files", "", "fromcheck scan", self.style)

    def framework(self, said: Mapping[str, str]) -> Iterator[Told]:
        """What to say to pre-commit, which tells in variables what it was run for: a push, a commit, or all files."""
        remote = said.get("PRE_COMMIT_REMOTE_NAME", "")
        if commit := said.get("PRE_COMMIT_TO_REF") or (said.get("PRE_COMMIT_LOCAL_BRANCH") if remote else ""):
            name = said.get("PRE_COMMIT_REMOTE_BRANCH") or commit
            yield from self.push(
                (Ref(name, commit, name, said.get("PRE_COMMIT_FROM_REF") or NOTHING),), remote or "origin"
            )
        elif self._nothing_staged():
            yield self.everything()
        else:
            yield self.commit()

    def _pushed(self, each: Pushed) -> Judged:
        session = Session.at(self.folder, self.options, commit_tree(self.folder, each.commit))
        if each.base is None:
            return Judged(session, brought(session.scan(), None, each.since))
        base = commit_tree(self.folder, each.base)
        report = against(session, base, each.since)
        with suppress(NothingToScan, ConfigError):
            return Judged(session, report, broken(session, base, fork_of(self.folder, base, each.commit)))
        return Judged(session, report)

    def _told(
        self, what: str, verb: str, scan: str, judge: Callable[[], Judged], aside: str = "", base: str = ""
    ) -> Told:
        try:
            judged = judge()
        except NothingToScan as error:
            return Told(False, (f"fromcheck: {what}: not checked: {visible(str(error))}",))
        except ConfigError as error:
            raise ConfigError(f"{what}: {error}") from None
        told = answer(judged.report, judged.session.config.fail_on, what, verb, scan, self.style, aside)
        return replace(told, lines=(*told.lines, *warning(judged.breaks, base, self.style))) if judged.breaks else told

    def _nothing_staged(self) -> bool:
        done = ask(standing(self.folder), "diff-index", "--cached", "--quiet", "HEAD", "--")
        return done is not None and done.returncode == 0


def _ask(asked: tuple[Session, Callable[[], Report]]) -> Judged:
    session, judge = asked
    return Judged(session, judge())


def work_tree(folder: Path) -> Path:
    """The top of the work tree that the folder is in. Raises NothingToScan where git does not say."""
    done = ask(os.path.realpath(folder), "rev-parse", "--show-toplevel")
    if done is None or done.returncode:
        why = (
            done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            if done is not None
            else "it gives no answer"
        )
        raise NothingToScan(f"git cannot be asked in {folder}: {why}")
    return Path(path_text(done.stdout.rstrip(b"\n")))
