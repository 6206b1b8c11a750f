"""Audits of small projects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.audit.build import make_audit
from analyzer.check import all_rules
from analyzer.engine import Options, Session
from analyzer.model.audit import Audit

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def audited(path: Path, *ignored: str) -> Audit:
    session = Session.open(path, Options(ignore=ignored))
    return make_audit(session.scan(), session.projects, session.region, all_rules())


@pytest.fixture(scope="session")
def studio() -> Audit:
    return audited(SAMPLES / "persona-studio")


@pytest.fixture(scope="session")
def studio_fixed() -> Audit:
    return audited(SAMPLES / "persona-studio-fixed")


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Audit]:
    """``project({path: text})``: the audit of these files, with some code beside them, but for mere hints."""

    def build(files: dict[str, str]) -> Audit:
        for path, text in {"app/other.ts": "export {};\n", **files}.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return audited(tmp_path, "FC302", "FC501")

    return build
