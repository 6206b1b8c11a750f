"""Which calls break while one half of a change is live and the other is not: old code on the new schema, and the reverse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analyzer.discover.assembled import crossed, merged_schema, schema_files
from analyzer.engine.session import Session
from analyzer.model.errors import NothingToScan
from analyzer.model.inventory import Tree
from analyzer.model.report import Entry, Report


@dataclass(frozen=True, slots=True)
class Compatibility:
    """What fails on either side of a deployment, of what did not fail before. Each report holds findings on calls alone.

    ``deployed`` is the base's code on the new schema, ``ahead`` the new code on the base's schema, and ``own`` the new code
    on its own schema.
    """

    deployed: Report
    ahead: Report
    own: Report

    @property
    def reports(self) -> tuple[Report, Report, Report]:
        """All three."""
        return self.deployed, self.ahead, self.own


def compare(session: Session, base: Tree, fork: Tree) -> Compatibility:
    """The session's files against those of ``base``, where what runs now comes from; ``fork`` is what both come from.

    The new schema is the base's with this side's changes since the fork, as a merge would make it. A call that fails at the
    base already, or that fails with its own schema, is no matter of the order in which things go live: it is left out.

    Raises NothingToScan when one of the two has no code or no schema: then nothing can be said of it.
    """
    ours, config = session.tree, session.config
    before, own = _scanned(session, base, "the base"), session.on(ours).scan()
    schema = merged_schema(ours, base, fork, config)
    deployed = session.on(crossed(base, schema, config)).scan()
    ahead = session.on(crossed(ours, dict.fromkeys(schema_files(base, config), base), config)).scan()
    return Compatibility(
        deployed=_calls(deployed, besides=before.entries),
        ahead=_calls(ahead, besides=(*before.entries, *own.entries)),
        own=_calls(own, besides=before.entries),
    )


def _scanned(session: Session, tree: Tree, what: str) -> Report:
    try:
        return session.on(tree).scan()
    except NothingToScan as error:
        raise NothingToScan(f"nothing to compare with, {what}: {error}") from None


def _calls(report: Report, *, besides: Iterable[Entry]) -> Report:
    """Only what is wrong with calls, and was not wrong already."""
    known = {each.fingerprint for each in besides}
    return replace(
        report,
        entries=tuple(each for each in report.entries if each.code.startswith("FC1") and each.fingerprint not in known),
    )
