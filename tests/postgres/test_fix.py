"""What ``fromcheck fix`` writes for the samples, applied by a real PostgreSQL."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from tests.postgres.conftest import Part

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("sample", ["persona-studio", "persona-studio-fixed"])
@pytest.mark.parametrize("arguments", [[], ["--unsafe"]])
def test_a_mended_sample_builds_from_first_to_last(
    part: Part, tmp_path: Path, sample: str, arguments: list[str]
) -> None:
    root = tmp_path / sample
    shutil.copytree(SAMPLES / sample, root)
    before = part(*(file.read_text() for file in sorted((root / "supabase/migrations").iterdir())))
    assert before.failures
    done = CliRunner().invoke(main, ["fix", str(root), "--write", *arguments], prog_name="fromcheck")
    assert done.exit_code == 0
    after = part(*(file.read_text() for file in sorted((root / "supabase/migrations").iterdir())))
    assert after.failures == []
    assert after == []
