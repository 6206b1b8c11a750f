"""fromcheck.yaml: what it takes, and what each mistake is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from analyzer.config import Config, Ignored, read_config
from analyzer.model.errors import ConfigError


def read(root: Path, text: str | bytes) -> Config:
    (root / "fromcheck.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return read_config(root)


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()


def test_every_key_is_read(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        "roots: [./apps/web/, .]\nselect: [FC1, FC301]\nignore:\n  - FC114\nfail_on: never\n"
        "severity: {FC101: warning, FC301: off}\nlevels: {tests: off, scripts/: info}\n"
        "auto_expose_new_tables: false\nexclude: ['examples/', '!examples/a.ts']\nschemas: [public, api]\n"
        "sources: [./db/schema.sql, 'db/**/*.sql']\n",
    )
    assert structs.replace(config, places={}) == Config(
        roots=("apps/web", ""),
        select=("FC1", "FC301"),
        ignore=(Ignored(("FC114",)),),
        fail_on="never",
        severity={"FC101": "warning", "FC301": "off"},
        levels={"tests": "off", "scripts/": "info"},
        auto_expose_new_tables=False,
        exclude=("examples/", "!examples/a.ts"),
        schemas=("public", "api"),
        sources=("db/schema.sql", "db/**/*.sql"),
        path=tmp_path / "fromcheck.yaml",
    )


def test_what_is_ignored_may_be_said_of_rules_objects_and_paths(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        "ignore:\n- FC1\n- rules: FC301\n- {objects: [public.a*], paths: lib/, reason: old}\nseverity: {FC502: off}\n",
    )
    assert config.ignore == (
        Ignored(("FC1",)),
        Ignored(("FC301",)),
        Ignored(objects=("public.a*",), paths=("lib/",), reason="old"),
    )
    assert config.rules_off == ("FC1", "FC301", "FC502")


@pytest.mark.parametrize(("text", "read_as"), [("auto", None), ("true", True), ("false", False)])
def test_whether_new_tables_are_exposed(tmp_path: Path, text: str, read_as: bool | None) -> None:
    assert read(tmp_path, f"auto_expose_new_tables: {text}\n").auto_expose_new_tables is read_as


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "roots:\nfail_on: ~\n", "{}"])
def test_what_is_left_empty_is_as_usual(tmp_path: Path, text: str) -> None:
    assert structs.replace(read(tmp_path, text), places={}) == Config(path=tmp_path / "fromcheck.yaml")


def test_the_other_ending_is_found_and_both_are_too_many(tmp_path: Path) -> None:
    (tmp_path / "fromcheck.yml").write_text("fail_on: info\n")
    assert read_config(tmp_path).fail_on == "info"
    with pytest.raises(ConfigError, match=r"fromcheck\.yaml and fromcheck\.yml are both"):
        read(tmp_path, "fail_on: error\n")


def test_a_given_file_is_read_instead(tmp_path: Path) -> None:
    read(tmp_path, "fail_on: info\n")
    (tmp_path / "other.yaml").write_text("fail_on: warning\n")
    assert read_config(tmp_path, tmp_path / "other.yaml").fail_on == "warning"


def test_names_that_yaml_takes_for_something_else_stay_text(tmp_path: Path) -> None:
    assert read(tmp_path, "schemas: [on, 2024-13-45, 1e3, .inf]\n").schemas == ("on", "2024-13-45", "1e3", ".inf")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail_on: error\nrots: [a]\n", "fromcheck.yaml:2: unknown key 'rots': did you mean roots?"),
        ("Fail-On: error\n", "fromcheck.yaml:1: unknown key 'Fail-On': did you mean fail_on?"),
        ("quux: 1\n", "unknown key 'quux': known are roots, sources,"),
        ("\n\nfail_on: eror\n", "fromcheck.yaml:3: fail_on takes critical, error, warning, info or never: "),
        ("roots: apps/web\n", "fromcheck.yaml:1: roots takes a list of folders"),
        ("roots: [a, [b]]\n", "expected text, got a list"),
        ("roots: [../other]\n", "'../other' is outside of the scanned folder"),
        ("roots: [a/../../b]\n", "is outside of the scanned folder"),
        ("roots: [/etc]\n", "'/etc' is outside of the scanned folder"),
        ("roots: ['C:\\x']\n", "is outside of the scanned folder"),
        ("roots: [~/x]\n", "is outside of the scanned folder"),
        ("select: [fc1]\n", "'fc1' is neither a rule code nor the beginning of one"),
        ("ignore: [FC1010]\n", "'FC1010' is neither a rule code nor the beginning of one"),
        ("severity: {FC1: warning}\n", "'FC1' is no rule code"),
        ("severity:\n  FC101: info\n  FC102: of\n", "fromcheck.yaml:3: severity takes codes with critical, error,"),
        ("select:\n- FC1\n# more\n- fc2\n", "fromcheck.yaml:4: select takes"),
        ("ignore:\n  - FC1\n  - object: [a]\n", "fromcheck.yaml:3: ignore takes a list of rule codes"),
        ("ignore: [{object: a}]\n", "unknown key 'object': did you mean objects?"),
        ("ignore: [{reason: none}]\n", "an entry has to name rules, objects or paths"),
        ("ignore: [{rules: [], paths: ['']}]\n", "a name is empty"),
        ("ignore: [{rules: [], paths: []}]\n", "an entry has to name rules, objects or paths"),
        ("ignore: [{rules: [fc1]}]\n", "'fc1' is neither a rule code nor the beginning of one"),
        ("ignore: [{paths: {a: b}}]\n", "expected a list, got a mapping"),
        ("ignore: [{paths: ['!']}]\n", "ignore takes a list of rule codes"),
        ("levels: {test: info}\n", "'test' is neither `tests` nor a pattern with a / or a *"),
        ("levels: {tests: quiet}\n", "levels takes `tests` or patterns as in .gitignore"),
        ("auto_expose_new_tables: yes\n", "auto_expose_new_tables takes auto, true or false"),
        ("severity: [FC101]\n", "expected a mapping, got a list"),
        ("exclude: ['!']\n", "exclude takes a list of patterns as in .gitignore"),
        ("schemas: ['']\n", "a name is empty"),
        ("sources: [db/schema]\n", "'db/schema' is no glob of .sql files"),
        ("sources: [../a.sql]\n", "'../a.sql' is outside of the scanned folder"),
        ("- a\n", "fromcheck.yaml:1: the file holds no mapping"),
        ("roots: [a\n", "fromcheck.yaml:2: is not valid YAML"),
        ("roots: [a]\nroots: [b]\n", "fromcheck.yaml:2: the key 'roots' stands twice"),
        ("a: &x [1]\nb: *x\n", "fromcheck.yaml:2: aliases (*name) are not supported"),
        ("roots: !!python/object/apply:os.system ['true']\n", "fromcheck.yaml:1: tags (tag:yaml.org,2002:python"),
        ("a: 1\n---\nb: 2\n", "fromcheck.yaml:2: is not valid YAML"),
        ("? [a]\n: b\n", "fromcheck.yaml:1: a key has to be plain text"),
        (b"\xff\xfe\xff", "fromcheck.yaml: is not valid YAML"),
        ("roots: " + "[" * 5000 + "]" * 5000, "fromcheck.yaml:1: is nested too deeply"),
        ("#" * 100_001, "fromcheck.yaml: is larger than 100 kB"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_given_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: cannot be read: No such file"):
        read_config(tmp_path, tmp_path / "nowhere.yaml")


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
def test_a_pipe_or_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "fromcheck.yaml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="cannot be read: it is not a file"):
        read_config(tmp_path, tmp_path / "pipe")


@given(st.one_of(st.binary(max_size=60), st.text(alphabet="roteslcfai_n: [],{}&*!|>'\"#-\n\t~1F", max_size=60)))
def test_whatever_the_file_holds_the_answer_is_a_config_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        config = read(folder, text)
    except ConfigError:
        return  # any other exception fails the test
    assert not any(".." in root.split("/") for root in config.roots)
