"""Which calls break while one half of a change is live and the other is not: old code on the new schema, and the reverse."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.discover.assembled import crossed, merged_schema, schema_files
from analyzer.engine.session import Session
from analyzer.engine.since import brought
from analyzer.model.errors import NothingToScan
from analyzer.model.inventory import Tree
from analyzer.model.record import Record
from analyzer.model.report import Report


class Compatibility(Record, frozen=True):
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
    before, own = _before(session, base), session.on(ours).scan()
    deployed = session.on(crossed(base, merged_schema(ours, base, fork, config), config)).scan()
    ahead = session.on(crossed(ours, dict.fromkeys(schema_files(base, config), base), config)).scan()
    return Compatibility(_calls(deployed, before), _calls(ahead, before, own), _calls(own, before))


def broken(session: Session, base: Tree, fork: Tree) -> Report | None:
    """What of the base's code fails on the new schema, and did not; None where the change leaves the schema as it is.

    Raises NothingToScan as ``compare`` does.
    """
    config = session.config
    schema = merged_schema(session.tree, base, fork, config)
    if schema.keys() == schema_files(base, config) and all(tree is base for tree in schema.values()):
        return None
    return _calls(session.on(crossed(base, schema, config)).scan(), _before(session, base))


def _before(session: Session, base: Tree) -> Report:
    try:
        return session.on(base).scan()
    except NothingToScan as error:
        raise NothingToScan(f"nothing to compare with, the base: {error}") from None


def _calls(report: Report, *known: Report) -> Report:
    """Only what is wrong with calls, and is wrong in none of the reports that are known."""
    for each in known:
        report = brought(report, each, "the base")
    return replace(report, entries=tuple(each for each in report.entries if each.code.startswith("FC1")))
