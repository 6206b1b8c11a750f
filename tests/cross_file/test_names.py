"""Names that one file gives another."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.engine import Options, Session

CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient(url, key);\n"
Found = list[tuple[str, int, str, str]]


def references(folder: Path, files: dict[str, str]) -> tuple[Found, list[tuple[str, int, str]]]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    document = Session.open(folder, Options()).references()
    found = [(each["path"], each["line"], each["name"], each["via"]) for each in document["references"]]
    return found, [(each["path"], each["line"], each["reason"]) for each in document["unresolved"]]


TABLES = "export const TABLES = { deals: 'deals', people: 'crm_people' } as const;\nexport const LOG = 'log';\n"
USES = CLIENT + "await supabase.from(TABLES.people).select();\nawait supabase.from(LOG).select();\n"


@pytest.mark.parametrize(
    ("statement", "files"),
    [
        ("import { TABLES, LOG } from './tables';", {"app/tables.ts": TABLES}),
        ("import { TABLES, LOG } from './tables.js';", {"app/tables.ts": TABLES}),
        ("import { TABLES, LOG } from '../lib/tables';", {"lib/tables/index.ts": TABLES}),
        ("import { TABLES as TABLES, LOG } from '@/tables';", {"src/tables.ts": TABLES, "package.json": "{}"}),
        ("import { TABLES, LOG } from '~/tables';", {"tables.ts": TABLES, "package.json": "{}"}),
        ("import { TABLES, LOG } from '$lib/tables';", {"src/lib/tables.ts": TABLES, "package.json": "{}"}),
        (
            "import { TABLES, LOG } from '#db/tables';",
            {
                "src/db/tables.ts": TABLES,
                "tsconfig.json": '{ // the root\n "compilerOptions": { "baseUrl": ".", "paths": { "#db/*": ["./src/db/*"], } } }',
            },
        ),
        (
            "import { TABLES, LOG } from '#db';",
            {
                "src/db.ts": TABLES,
                "base.json": '{"compilerOptions": {"paths": {"#db": ["src/db.ts"]}}}',
                "app/tsconfig.json": '{"extends": "../base"}',
            },
        ),
        (
            "import { TABLES, LOG } from '@acme/db';",
            {"packages/db/src/index.ts": TABLES, "packages/db/package.json": '{"name": "@acme/db"}'},
        ),
        (
            "import { TABLES, LOG } from '@acme/db/names';",
            {
                "packages/db/lib/names.ts": TABLES,
                "packages/db/package.json": '{"name": "@acme/db", "exports": {"./*": {"import": "./lib/*.ts"}}}',
            },
        ),
        (
            "import { TABLES, LOG } from '@/tables.ts';",
            {"app/deno.json": '{"imports": {"@/": "../_shared/"}}', "_shared/tables.ts": TABLES},
        ),
        (
            "import { TABLES, LOG } from 'tables';",
            {"import_map.json": '{"imports": {"tables": "./db/t.ts"}}', "db/t.ts": TABLES},
        ),
        (
            "import { TABLES, LOG } from '#db/tables';",
            {"package.json": '{"imports": {"#db/*": "./src/*.js"}}', "src/tables.ts": TABLES},
        ),
        ("import { TABLES, LOG } from './all';", {"app/all.ts": "export * from './tables';", "app/tables.ts": TABLES}),
        (
            "import { TABLES, LOG } from './all';",
            {"app/all.ts": "export { TABLES, OLD as LOG } from './t';", "app/t.ts": TABLES.replace("LOG", "OLD")},
        ),
        (
            "import * as names from './tables'; const { TABLES, LOG } = names;",
            {"app/tables.ts": TABLES},
        ),
        (
            "import TABLES, { LOG } from './tables';",
            {"app/tables.ts": TABLES.replace("export const TABLES", "const TABLES") + "export default TABLES;"},
        ),
        (
            "import { TABLES, LOG } from './tables';",
            {
                "app/tables.ts": "export enum TABLES { people = 'crm_people' }\nconst a = 'lo';\nexport const LOG = a + 'g';"
            },
        ),
        (
            "import { TABLES, LOG } from './tables';",
            {
                "app/tables.ts": "import { P, LOG } from './more'; export const TABLES = { people: P }; export { LOG };",
                "app/more.ts": "export const P = 'crm_people'; export const LOG = 'log';",
            },
        ),
    ],
)
def test_an_imported_name_is_known(tmp_path, statement, files):
    found, unresolved = references(tmp_path, {**files, "app/use.ts": f"{statement}\n{USES}"})
    assert unresolved == []
    assert [each[:3] for each in found] == [("app/use.ts", 4, "crm_people"), ("app/use.ts", 5, "log")]
    assert {each[3] for each in found} <= {"import", "member", "constant"}


@pytest.mark.parametrize(
    ("declared", "called"),
    [
        ("export function rows(table: string) {\n  return supabase.from(table).select();\n}", "rows"),
        ("export const rows = (table: string) =>\n  supabase.from(table).select();", "rows"),
        ("function rows(table: string) {\n  return supabase.from(table).select();\n}\nexport { rows as all };", "all"),
        (
            "export default function rows(table: string) {\n  return supabase.from(table).select();\n}",
            "default as rows",
        ),
    ],
)
def test_a_parameter_is_what_callers_in_other_files_give(tmp_path, declared, called):
    local = called.split()[-1]
    found, unresolved = references(
        tmp_path,
        {
            "lib/rows.ts": CLIENT + declared,
            "app/a.ts": f"import {{ {called} }} from '../lib/rows';\nawait {local}('deals');\nawait {local}('people');",
            "app/b.ts": f"import {{ {called} }} from '../lib/rows';\nconst T = 'notes';\nawait {local}(T);",
        },
    )
    assert unresolved == []
    assert sorted(each[2:] for each in found) == [(name, "parameter") for name in ("deals", "notes", "people")]


@pytest.mark.parametrize(
    "caller",
    [
        "await rows(read());",
        "run(rows);",
        "const r = rows; await r('deals');",
        "await rows(...names);",
        "await rows();",
    ],
)
def test_a_caller_that_cannot_be_known_leaves_the_parameter_unknown(tmp_path, caller):
    found, unresolved = references(
        tmp_path,
        {
            "lib/rows.ts": CLIENT + "export function rows(table: string) {\n  return supabase.from(table).select();\n}",
            "app/a.ts": "import { rows } from '../lib/rows';\nawait rows('deals');",
            "app/b.ts": f"import {{ rows }} from '../lib/rows';\n{caller}",
        },
    )
    assert found == []
    assert [reason for _, _, reason in unresolved] == ["parameter without a known caller"]


def test_what_is_not_in_the_repository_stays_unknown(tmp_path):
    text = "import { T } from 'elsewhere';\nimport { U } from '../../outside';\n" + CLIENT
    found, unresolved = references(
        tmp_path, {"app/a.ts": text + "supabase.from(T).select();\nsupabase.from(U).select();"}
    )
    assert found == []
    assert [reason for _, _, reason in unresolved] == [
        "imported from another file: 'elsewhere'",
        "imported from another file: '../../outside'",
    ]


def test_a_circle_of_imports_ends(tmp_path):
    found, unresolved = references(
        tmp_path,
        {
            "app/a.ts": "import { B } from './b';\nexport const A = B;\n" + CLIENT + "supabase.from(A).select();",
            "app/b.ts": "import { A } from './a';\nexport const B = A;\nexport * from './a';",
            "app/c.ts": "export * from './c';\nimport { X } from './c';\n" + CLIENT + "supabase.from(X).select();",
        },
    )
    assert found == []
    assert len(unresolved) == 2


def test_positions_are_those_of_the_call(tmp_path):
    text = "import { T } from './t';\n" + CLIENT + "const q = await supabase.from(T).select();"
    (tmp_path / "t.ts").write_text("export const T = 'deals';")
    (tmp_path / "a.ts").write_text(text)
    (only,) = Session.open(tmp_path, Options()).references()["references"]
    assert (only["line"], only["column"], only["end_column"]) == (4, 31, 32)
    assert only["via"] == "import"


HOOKS = CLIENT + (
    "export function useRows(table, columns = '*') { return supabase.from(table).select(columns) }\n"
    "export const useOne = (of: { table: string; id: string }) => supabase.from(of.table).select('id').eq('id', of.id)\n"
    "export const useMany = (tables: string[]) => tables.map((table) => supabase.from(table).select())\n"
    "export const Grid = ({ table, label }: { table: string; label?: string }) => <b>{supabase.from(table).select()}</b>\n"
)


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        ("import { useRows } from './hooks';\nuseRows('deals');", [(3, "deals")]),
        ("import { useList } from './barrel';\nuseList<Deal>('deals', 'id');", [(3, "deals")]),
        ("import { useOne } from './hooks';\nuseOne({ table: 'deals', id: params.id });", [(4, "deals")]),
        ("import { useMany } from './hooks';\nuseMany(['deals', 'people']);", [(5, "deals"), (5, "people")]),
        ("import { Grid } from './hooks';\nexport default () => <Grid table='deals' rows={3}>x</Grid>;", [(6, "deals")]),
        ("import { Grid } from './hooks';\nexport default () => <Grid table={TABLE} />;\nconst TABLE = 'deals';", [(6, "deals")]),
        ("import { useRows } from './hooks';\nimport { NAMES } from './names';\nuseRows(NAMES.people);", [(3, "crm_people")]),
        ("import { useRows } from './hooks';\nexport const useBoth = (t) => useRows(t);\nuseBoth('deals');", [(3, "deals")]),
        ("import { useRows } from './hooks';\nexport const wrap = (t) => useRows(t);", [(3, "log")]),
    ],
)  # fmt: skip
def test_a_hook_asks_for_what_its_users_in_other_files_name(tmp_path, called, expected):
    files = {
        "hooks.tsx": HOOKS,
        "barrel.ts": "export { useRows as useList } from './hooks';",
        "names.ts": "export const NAMES = { people: 'crm_people' };",
        "page.tsx": called,
        "far.ts": "import { wrap } from './page';\nwrap('log');",
    }
    found, _ = references(tmp_path, files)
    assert [(line, name) for path, line, name, _ in found if path == "hooks.tsx"] == expected


def test_an_exported_function_that_only_its_own_file_calls_is_known(tmp_path):
    text = CLIENT + "export function list(table) { return supabase.from(table).select() }\nlist('deals');\n"
    assert references(tmp_path, {"a.ts": text}) == ([("a.ts", 3, "deals", "parameter")], [])


@pytest.mark.parametrize(
    "called", ["<Grid {...props} />", "<Grid table={any()} />", "[Grid].map(render)", "Grid.call(null, props)"]
)
def test_a_component_that_may_be_given_anything_stays_unknown(tmp_path, called):
    files = {"hooks.tsx": HOOKS, "page.tsx": f"import {{ Grid }} from './hooks';\nexport default () => {called};"}
    found, unresolved = references(tmp_path, files)
    assert found == []
    assert ("hooks.tsx", 6) in [(path, line) for path, line, _ in unresolved]
