"""What a scan looked at, and how much of it was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.link import Project
from analyzer.model.report import Coverage


def make_coverage(projects: Sequence[Project], code_files: int, migrations: int, bundles: int) -> Coverage:
    """What was looked at, and how much of it was understood."""
    reasons = Counter(each.reason for project in projects for _, each in project.unresolved)
    kinds = Counter(each.reason for project in projects for each in project.replay.unread)
    withheld = Counter(subject for project in projects for subject in project.withheld)
    statements = sum(project.replay.statements for project in projects)
    return Coverage(
        code_files=code_files,
        migrations=migrations,
        resolved=sum(len(project.uses) for project in projects),
        unresolved=reasons.total(),
        statements_read=statements - kinds.total(),
        statements_unread=kinds.total(),
        unresolved_reasons=tuple(reasons.most_common()),
        unread_kinds=tuple(kinds.most_common()),
        withheld=withheld.total(),
        withheld_subjects=tuple(withheld.most_common()),
        bundles=bundles,
    )
