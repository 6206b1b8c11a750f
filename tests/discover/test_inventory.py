"""Roots, and which file belongs to which of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.config import Config
from analyzer.discover import discover
from analyzer.model.errors import ConfigError
from analyzer.model.inventory import Inventory
from analyzer.model.source import Problem

TYPES = """export type Json =
  | string
  | { [key: string]: Json | undefined }

export type Database = {
"""


class Memory:
    """A tree of files that are nowhere on disk, in the order given."""

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        self._files = files

    def paths(self) -> tuple[str, ...]:
        return tuple(self._files)

    def read(self, path: str) -> bytes:
        data = self._files[path]
        if data is None:
            raise PermissionError(13, "Permission denied")
        return data

    def problems(self) -> tuple[tuple[str, Problem], ...]:
        return ()


def found(*paths: str, config: Config | None = None) -> Inventory:
    return discover(Memory(dict.fromkeys(paths, b"")), config or Config())


def with_text(path: str, data: bytes | None) -> Inventory:
    return discover(Memory({path: data, "supabase/config.toml": b""}), Config())


def code(inventory: Inventory) -> dict[str, list[str]]:
    return {root.folder: list(root.code) for root in inventory.roots}


# --- roots --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["supabase/migrations/1_a.sql", "supabase/config.toml", "supabase/schemas/a.sql", "supabase/functions/f/index.ts"],
)
@pytest.mark.parametrize("folder", ["", "apps/web", "supabase/nested"])
def test_a_supabase_folder_makes_a_root(folder: str, path: str) -> None:
    assert [root.folder for root in found(f"{folder}/{path}".lstrip("/")).roots] == [folder]


@pytest.mark.parametrize(
    "paths",
    [
        ["src/lib/supabase/client.ts"],
        ["src/supabase/client.ts", "src/supabase/functions/auth/index.ts", "src/supabase/schemas/user.ts"],
        ["supabase/seed.sql"],
        ["supabase/migrations/meta/_journal.json"],
        ["not-supabase/migrations/1_a.sql"],
    ],
)
def test_a_folder_of_that_name_alone_makes_none(paths: list[str]) -> None:
    assert found(*paths).roots == ()


def test_without_a_root_all_code_strays() -> None:
    inventory = found("a.ts", "web/b.tsx", "c.css")
    assert inventory.strays == ("a.ts", "web/b.tsx")


def test_the_only_root_has_all_code() -> None:
    inventory = found("packages/db/supabase/migrations/1_a.sql", "apps/web/a.ts", "b.ts", "packages/db/c.ts")
    assert code(inventory) == {"packages/db": ["apps/web/a.ts", "b.ts", "packages/db/c.ts"]}


def test_code_belongs_to_the_deepest_root_around_it() -> None:
    inventory = found("supabase/config.toml", "apps/web/supabase/config.toml", "apps/web/a.ts", "apps/website/b.ts")
    assert code(inventory) == {"": ["apps/website/b.ts"], "apps/web": ["apps/web/a.ts"]}


def test_code_in_no_root_belongs_to_the_one_with_the_longest_way_in_common() -> None:
    inventory = found(
        "a/db/supabase/config.toml", "b/db/supabase/config.toml", "b/web/x.ts", "a/web/y.ts", "a/web/sub/z.ts"
    )
    assert code(inventory) == {"a/db": ["a/web/sub/z.ts", "a/web/y.ts"], "b/db": ["b/web/x.ts"]}


def test_ties_go_to_migrations_and_then_to_the_first() -> None:
    tied = ["a/supabase/config.toml", "b/supabase/migrations/1_a.sql", "c/supabase/migrations/1_a.sql", "web/x.ts"]
    assert code(found(*tied))["b"] == ["web/x.ts"]
    assert code(found("b/supabase/config.toml", "a/supabase/config.toml", "x.ts"))["a"] == ["x.ts"]


def test_configured_roots_are_the_only_ones_and_leave_the_others_their_code() -> None:
    paths = ["a/supabase/config.toml", "b/supabase/config.toml", "a/x.ts", "b/y.ts"]
    inventory = found(*paths, config=Config(roots=("a",)))
    assert code(inventory) == {"a": ["a/x.ts"]}
    assert inventory.strays == ("b/y.ts",)
    assert code(found(*paths, config=Config(roots=("b/supabase",)))) == {"b": ["b/y.ts"]}


def test_a_configured_root_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"apps/wbe holds no supabase/ project \(found: \., apps/web\)"):
        found("supabase/config.toml", "apps/web/supabase/config.toml", config=Config(roots=("apps/wbe",)))


def test_excluded_files_are_not_there() -> None:
    paths = ["supabase/config.toml", "a.ts", "gen/b.ts", "examples/x/supabase/config.toml", "examples/x/c.ts"]
    assert code(found(*paths, config=Config(exclude=("examples/", "gen/*", "!gen/b.ts")))) == {"": ["a.ts", "gen/b.ts"]}


folders = st.lists(st.sampled_from(["a", "b", "supabase", "functions", "migrations"]), max_size=4).map("/".join)
files = st.sampled_from(
    ["x.ts", "1_a.sql", "config.toml", "index.ts", "y.d.ts", "z.test.js", "schema.md", "supabase.ts"]
)
paths_ = st.builds(lambda folder, name: f"{folder}/{name}".lstrip("/"), folders, files)


@given(st.lists(paths_, unique=True, max_size=12), st.randoms())
def test_each_code_file_has_one_place_whatever_the_order(paths: list[str], random: Sequence[str]) -> None:
    inventory = found(*paths)
    placed = [path for root in inventory.roots for path in root.code] + list(inventory.strays)
    assert sorted(placed) == sorted(
        path for path in paths if path.endswith((".ts", ".js")) and not path.endswith(".d.ts")
    )
    assert not (inventory.roots and inventory.strays)
    shuffled = list(paths)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(*shuffled) == inventory


# --- what belongs to a root ---------------------------------------------------------------------------------------------


def test_code_is_typescript_and_javascript_but_no_declarations() -> None:
    names = ["a.ts", "b.tsx", "c.js", "d.jsx", "e.mjs", "f.cjs", "g.mts", "h.cts"]
    others = ["i.d.ts", "j.d.mts", "k.css", "l.json", "m.sql", "ts"]
    assert list(found("supabase/config.toml", *names, *others).roots[0].code) == names


@pytest.mark.parametrize(
    "name", ["database.types.ts", "lib/supabase.ts", "types/generated.ts", "types_db.ts", "schema.gen.ts"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_generated_types_are_no_code(name: str, encoding: str) -> None:
    root = with_text(name, TYPES.encode(encoding)).roots[0]
    assert (root.generated_types, root.code) == ((name,), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("database.types.ts", "export type Json = string\n"),
        ("supabase.ts", "import { Database } from './x'\nexport type Json = string\n"),
        ("page.ts", TYPES),
        ("database.types.ts", " " * 5000 + TYPES),
    ],
)
def test_other_files_are_code(name: str, text: str) -> None:
    root = with_text(name, text.encode()).roots[0]
    assert (root.generated_types, root.code) == ((), (name,))


def test_folders_that_begin_with_a_dot_hold_nothing_of_the_app() -> None:
    inventory = found(
        "supabase/migrations/1_a.sql",
        "app/a.ts",
        "app/.env.ts",
        ".agents/examples/b.ts",
        "app/.old/c.ts",
        ".trees/copy/supabase/migrations/1_a.sql",
    )
    assert code(inventory) == {"": ["app/.env.ts", "app/a.ts"]}


def test_minified_bundles_are_left_out_and_listed() -> None:
    assert with_text("lib.min.js", b"a").bundles == ("lib.min.js",)
    assert with_text("lib.js", b"a;" * 30_000).bundles == ("lib.js",)
    assert with_text("lib.js", b"a;\n" * 30_000).bundles == ()
    assert with_text("lib.ts", b"a;" * 30_000).bundles == ()
    assert with_text("lib.js", b"a;" * 30_000).roots[0].code == ()


@pytest.mark.parametrize("name", ["database.types.ts", "lib.js"])
def test_a_file_that_cannot_be_read_stays_code(name: str) -> None:
    assert with_text(name, None).roots[0].code == (name,)


@pytest.mark.parametrize(
    "path",
    [
        "a.test.ts",
        "b/c.spec.tsx",
        "x/__tests__/y.ts",
        "x/__mocks__/y.ts",
        "tests/a.ts",
        "web/tests/deep/a.ts",
        "x/e2e/a.ts",
    ],
)
def test_test_files_are_marked(path: str) -> None:
    inventory = found("supabase/config.toml", "web/package.json", path)
    assert inventory.roots[0].tests == {path}


@pytest.mark.parametrize(
    "path",
    ["app/test/page.tsx", "test-utils.ts", "app/tests/route.ts", "test.ts", "spec/a.ts", "latest.ts", "testing.ts"],
)
def test_routes_and_names_that_sound_like_tests_are_not(path: str) -> None:
    inventory = found("supabase/config.toml", "web/package.json", path)
    assert inventory.roots[0].tests == frozenset()


def test_edge_functions_are_folders_and_what_config_toml_declares() -> None:
    files = {
        "supabase/config.toml": b"[functions.declared]\nverify_jwt = false\n",
        "supabase/functions/hello/index.ts": b"",
        "supabase/functions/_shared/cors.ts": b"",
        "supabase/functions/.cache/x.ts": b"",
        "supabase/functions/import_map.json": b"",
    }
    assert discover(Memory(files), Config()).roots[0].edge_functions == ("declared", "hello")


def test_documents_describe_the_model() -> None:
    documents = [
        "DB_SCHEMA.md",
        "db.dbml",
        "docs/data-model.md",
        "docs/tech/schema.yaml",
        "packages/x/docs/DataModel.mmd",
    ]
    others = ["README.md", "docs/modelling.md", "src/schema.yaml", "docs/schema.png"]
    inventory = found("supabase/config.toml", *documents, *others)
    assert list(inventory.roots[0].documents) == documents


def test_a_root_carries_its_migrations_and_its_settings() -> None:
    root = found(
        "web/supabase/config.toml", "web/supabase/migrations/2_b.sql", "web/supabase/migrations/bad.sql"
    ).roots[0]
    assert root.config_toml == "web/supabase/config.toml"
    assert [(each.path, each.version) for each in root.migrations] == [("web/supabase/migrations/2_b.sql", "2")]
    assert [each.path for each in root.skipped] == ["web/supabase/migrations/bad.sql"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cli/test/perf.mjs", "import assert from 'node:assert/strict';\n"),
        ("test-utils.ts", 'import { expect } from "vitest";\n'),
        ("supabase/functions/pay/index_test.ts", "Deno.test('pays', async () => {});\n"),
        ("app/tests/users.js", "const { test } = require('node:test');\n"),
        ("spec/users.js", "describe('users', () => {\n  it('reads', f);\n});\n"),
        ("functions/tests/pay.ts", "import { assertEquals } from 'jsr:@std/assert@1';\n"),
    ],
)
def test_what_perhaps_is_a_test_is_one_by_what_it_asks_for(path: str, text: str) -> None:
    assert with_text(path, text.encode()).roots[0].tests == {path}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/test/page.tsx", "import assert2 from './assert';\nexport const test = () => it('x');\n"),
        ("lib/users.ts", "import assert from 'node:assert';\n"),
        ("app/tests/route.ts", "const result = await test('x');\n"),
        ("latest/users.ts", "import { expect } from 'vitest';\n"),
    ],
)
def test_neither_name_nor_text_is_enough(path: str, text: str) -> None:
    assert with_text(path, text.encode()).roots[0].tests == frozenset()
