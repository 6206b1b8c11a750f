"""supabase/config.toml: its values, and what is done with those that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.config import SupabaseToml, read_supabase_toml
from analyzer.model.source import Problem

PATH = "supabase/config.toml"


class OneFile:
    """A tree with config.toml in it, None for one that cannot be read."""

    def __init__(self, data: bytes | None) -> None:
        self._data = data

    def paths(self) -> tuple[str, ...]:
        return (PATH,)

    def read(self, path: str) -> bytes:
        if self._data is None:
            raise PermissionError(13, "Permission denied")
        return self._data

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        return ()


def read(text: str) -> tuple[SupabaseToml, list[str]]:
    toml, problems = read_supabase_toml(OneFile(text.encode()), PATH)
    assert all(path == PATH for path, _ in problems)
    return toml, [problem.message for _, problem in problems]


def test_without_a_file_the_defaults_of_the_cli_hold() -> None:
    toml, problems = read_supabase_toml(OneFile(b""), None)
    assert (toml.schemas, toml.extra_search_path) == (("public", "graphql_public"), ("public", "extensions"))
    assert toml.migrations_enabled
    assert problems == ()


def test_every_setting_is_read() -> None:
    toml, problems = read("""
        project_id = "x"
        [api]
        schemas = ["public", "api"]
        extra_search_path = ["extensions"]
        auto_expose_new_tables = false
        [db.migrations]
        enabled = false
        schema_paths = ["./schemas/*.sql"]
        [storage.buckets.avatars]
        public = true
        [storage.buckets."my files"]
        file_size_limit = "1MiB"
        [functions.hello]
        verify_jwt = false
    """)
    assert toml == SupabaseToml(
        schemas=("public", "api"),
        extra_search_path=("extensions",),
        auto_expose_new_tables=False,
        buckets={"avatars": True, "my files": False},
        functions=("hello",),
        schema_paths=("./schemas/*.sql",),
        migrations_enabled=False,
        project_id="x",
    )
    assert problems == []


def test_values_from_the_environment_are_unknown() -> None:
    toml, problems = read('[api]\nschemas = ["public", "env(MORE)"]\n[storage.buckets.a]\npublic = "env(X)"\n')
    assert (toml.schemas, toml.schemas_known, toml.buckets) == (("public",), False, {"a": None})
    assert len(problems) == 1
    assert "fromcheck.yaml" in problems[0]


def test_a_text_with_commas_is_a_list() -> None:
    assert read('[api]\nschemas = "public, api"\n')[0].schemas == ("public", "api")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[api]\nschemas = 3\n", "api.schemas"),
        ("[api]\nschemas = [3]\n", "api.schemas"),
        ("[storage]\nbuckets = [1]\n", "storage.buckets"),
        ("functions = 1\n", "functions"),
        ("[db.migrations]\nenabled = 'perhaps'\n", "db.migrations.enabled"),
    ],
)
def test_a_value_of_another_kind_is_told_and_the_default_holds(text: str, name: str) -> None:
    toml, problems = read(text)
    assert toml == SupabaseToml()
    assert len(problems) == 1
    assert problems[0].startswith(name)


@pytest.mark.parametrize("text", ["api = 1\n", "api = [1]\n[storage]\nbuckets.a = 3\n"])
def test_tables_that_are_none_do_no_harm(text: str) -> None:
    assert read(text)[0].schemas == ("public", "graphql_public")


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"[api]\nschemas = [\nbad bad\n", 18),
        (b"\xef\xbb\xbfa = 1\r\n\xc3 = 2\n", 10),
        ("# é\nname = é\n".encode(), 12),
        (b"a = ", 4),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(data: bytes, offset: int) -> None:
    toml, problems = read_supabase_toml(OneFile(data), PATH)
    assert toml == SupabaseToml()
    assert [problem.offset for _, problem in problems] == [offset]
    assert "is not valid TOML" in problems[0][1].message


def test_a_file_that_cannot_be_read_is_told() -> None:
    assert read_supabase_toml(OneFile(None), PATH)[1] == (
        (PATH, Problem("cannot be read: Permission denied", unreadable=True)),
    )


@given(st.one_of(st.binary(max_size=80), st.text(alphabet="api.schema[]={}\"'\n,1#tru", max_size=80).map(str.encode)))
def test_no_file_stops_the_run(data: bytes) -> None:
    toml, problems = read_supabase_toml(OneFile(data), PATH)
    assert isinstance(toml, SupabaseToml)
    assert all(problem.offset is None or 0 <= problem.offset <= len(data) for _, problem in problems)


def test_deep_nesting_is_told() -> None:
    assert "nested too deeply" in read("a = " + "[" * 100_000)[1][0]
