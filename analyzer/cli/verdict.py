"""What a report means for the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.cli.failure import INTERNAL

if TYPE_CHECKING:
    from analyzer.model.report import Report


def verdict(report: Report, fail_on: str) -> int:
    """1 when a finding is of the severity ``fail_on`` or a higher one, else 0; ``never`` is above all.

    3 when the tool itself failed.
    """
    from analyzer.model.finding import Severity

    if report.failed:
        return INTERNAL
    worst = report.worst()
    return int(fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()])
