"""Builders of reports, so that a test says only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from analyzer.model.finding import Severity
from analyzer.model.report import Coverage, Entry, Region, Report, Trouble
from analyzer.model.span import Position


@pytest.fixture
def region() -> Callable[..., Region]:
    """``region("a.ts", 3, 5, 9)``: line 3 from column 5 up to 9."""

    def build(path: str, line: int, column: int, end: int, end_line: int | None = None) -> Region:
        return Region(path, Position(line, column), Position(end_line or line, end))

    return build


@pytest.fixture
def entry(region: Callable[..., Region]) -> Callable[..., Entry]:
    """A missing table at ``app/agents.ts:4:16``; keywords replace what the test is about."""
    usual = Entry(
        code="FC101",
        name="missing-table",
        severity=Severity.ERROR,
        confidence="high",
        message="no migration creates `public.agents`, so this select fails",
        help="",
        subject="public.agents",
        region=region("app/agents.ts", 4, 16, 22),
        excerpt="supabase.from('agents').select()",
        predicts=None,
        notes=(),
        suggestions=(),
        remedy=None,
        url=None,
        fingerprint="f1",
    )

    def build(**changes: Any) -> Entry:
        return replace(usual, **changes)

    return build


@pytest.fixture
def report() -> Callable[..., Report]:
    """A report on two code files and one migration; keywords replace parts of its coverage."""

    def build(*entries: Entry, troubles: tuple[Trouble, ...] = (), **coverage: Any) -> Report:
        read = Coverage(code_files=2, migrations=1, resolved=3, statements_read=4)
        return Report(".", entries, troubles, replace(read, **coverage), seconds=0.25)

    return build
