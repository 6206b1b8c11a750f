"""A wheel, built from the source distribution and installed into an empty environment, works outside of the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(list(map(str, command)), cwd=cwd, env=outside, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def fromcheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "empty", cwd=folder)
    installed = run(folder / "empty/bin/python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr[-2000:]
    return folder / "empty/bin/fromcheck"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    migrations = tmp_path / "supabase/migrations"
    migrations.mkdir(parents=True)
    (migrations / "20250101000000_init.sql").write_text(
        "create table notes (id int primary key);\nalter table notes enable row level security;\n"
    )
    (tmp_path / "app.ts").write_text("await supabase.from('note').select('id');\n")
    return tmp_path


def test_it_tells_its_version(fromcheck: Path, tmp_path: Path) -> None:
    done = run(fromcheck, "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "fromcheck")


def test_it_scans_a_project(fromcheck: Path, project: Path) -> None:
    done = run(fromcheck, "scan", ".", "--format", "json", "--select", "FC1", cwd=project)
    assert done.returncode == 1, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("FC101", "app.ts", 1)


def test_it_explains_a_rule(fromcheck: Path, tmp_path: Path) -> None:
    done = run(fromcheck, "explain", "FC101", cwd=tmp_path)
    assert done.returncode == 0
    assert "PGRST205" in done.stdout


def test_the_audit_brings_its_style_and_script(fromcheck: Path, project: Path) -> None:
    done = run(fromcheck, "audit", ".", "-o", "audit.html", cwd=project)
    assert done.returncode == 1, done.stderr
    page = (project / "audit.html").read_text()
    assert "prefers-color-scheme" in page
    assert "addEventListener" in page
