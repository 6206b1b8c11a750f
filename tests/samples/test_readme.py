"""The README shows what the tool really prints."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.check import all_rules
from analyzer.cli.main import main

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def timeless(text: str) -> str:
    return re.sub(r"in [0-9.]+ m?s:", "in … s:", text)


def excerpt(shown: list[str], output: list[str]) -> bool:
    """True when ``shown`` is ``output`` with nothing but what each ``…`` stands for left out."""
    parts = [list(part) for left_out, part in groupby(shown, lambda line: line == "…") if not left_out]
    at = 0
    for part in parts:
        starts = (index for index in range(at, len(output)) if output[index : index + len(part)] == part)
        found = next(starts, None)
        if found is None or (part is parts[0] and found):
            return False
        at = found + len(part)
    return at == len(output)


def test_the_readme_shows_the_real_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    result = CliRunner().invoke(main, ["scan", "samples/persona-studio", "--color", "never"])
    assert excerpt(timeless(shown[1]).splitlines(), timeless(result.output).rstrip().splitlines())
    assert result.exit_code == 1


def test_the_readme_speaks_of_every_rule() -> None:
    families = re.findall(r"^\| (FC\d{3})(?:(?:–|, )(FC\d{3}))? \|", README, re.MULTILINE)
    spoken_of = {code for rule in all_rules() for code in [rule.code] if any(a <= code <= b for a, b in families)}
    assert spoken_of == {rule.code for rule in all_rules()}


def test_no_section_of_the_readme_stands_twice() -> None:
    titles = re.findall(r"^## (.*)$", README, re.MULTILINE)
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("link", sorted({*re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)}))
def test_what_the_readme_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()
