"""The JSON Schema and the first file, which are made from the keys, against what reading really takes."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from analyzer.config import Config, read_config
from analyzer.config.keys import KEYS
from analyzer.config.published import json_schema, template

as_editors_read = partial(yaml.load, Loader=yaml.BaseLoader)  # YAML 1.2 has no ``off`` that is false
DOCS = Path(__file__).parents[2] / "docs"
UNCOMMENTED = re.sub(r"^# (?=[a-z_]+:| )", "", template(), flags=re.MULTILINE)


def test_the_published_schema_is_that_of_the_keys() -> None:
    assert json.loads((DOCS / "schema" / "config.json").read_text()) == json_schema()


def test_every_key_is_kept() -> None:
    assert KEYS.keys() == {*Config.__struct_fields__} - {"path", "places"}


def test_the_first_file_says_nothing_until_it_is_uncommented(tmp_path: Path) -> None:
    (tmp_path / "fromcheck.yaml").write_text(template())
    assert read_config(tmp_path) == Config(path=tmp_path / "fromcheck.yaml")


def test_every_example_of_the_first_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "fromcheck.yaml").write_text(UNCOMMENTED)
    config = read_config(tmp_path)
    assert config.ignore[1].objects == ("public.legacy_*",)
    assert yaml.safe_load(UNCOMMENTED).keys() == KEYS.keys()


def test_the_docs_explain_every_key() -> None:
    explained = re.findall(r"^## `(\w+)`$", (DOCS / "configuration.md").read_text(), re.MULTILINE)
    assert explained == list(KEYS)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (UNCOMMENTED, True),
        ("{}", True),
        ("auto_expose_new_tables: yes\n", False),
        ("ignore: [{rules: FC1}, FC2]\n", True),
        ("rots: [a]\n", False),
        ("severity: {FC1: info}\n", False),
        ("severity: {FC101: quiet}\n", False),
        ("levels: {tests: loud}\n", False),
        ("ignore: [{reason: none}]\n", False),
        ("ignore: [{object: a}]\n", False),
        ("fail_on: eror\n", False),
        ("sources: [db/schema]\n", False),
        ("select: [fc1]\n", False),
    ],
)
def test_the_schema_takes_what_reading_takes(text: str, valid: bool) -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(as_editors_read(text)) is valid
