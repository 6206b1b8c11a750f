"""Files that are too long, too deep or too slow: a problem with its place, and the rest of the report."""

from __future__ import annotations

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from analyzer.lsp.desk import Desk

if TYPE_CHECKING:
    from conftest import Hostile

DEEP = 10_000
QUOTED = "'a'"
MIGRATION = "supabase/migrations/20250101000000_init.sql"
SCHEMA = "create table notes (id uuid primary key, title text);\nalter table notes enable row level security;\n"
MISSING = "await supabase.from('absent').select('id');\n"


def codes(hostile: Hostile) -> list[str]:
    return [each["code"] for each in hostile.report()["findings"]]


# --- long ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app/long.ts", "supabase/migrations/20250102000000_long.sql"])
def test_a_file_of_fifty_megabytes_is_a_problem_and_the_others_are_read(name: str, hostile: Hostile) -> None:
    hostile.write({name: b"-- a line of a file that never ends\n" * 1_400_000, "app/absent.ts": MISSING})
    report = hostile.report()
    (found,) = (each for each in report["findings"] if each["code"] == "FC902")
    assert (found["path"], found["line"]) == (name, 1)
    assert "it is larger than 20 MB, the most that is read" in found["message"]
    # A migration that cannot be read may have made the table.
    assert ("FC101" in {each["code"] for each in report["findings"]}) is name.endswith(".ts")


def test_a_million_lines_of_comments_are_read(hostile: Hostile) -> None:
    hostile.write({MIGRATION: SCHEMA + "-- a line\n" * 1_000_000, "app/absent.ts": MISSING})
    assert "FC101" in codes(hostile)


def test_what_takes_too_long_is_ended(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer.code import read

    whole = read.read_code

    def stuck(source, *told):
        while "stuck" in source.path:
            try:
                sum(range(1000))
            except Exception:
                continue
        return whole(source, *told)

    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 1.5)
    monkeypatch.setattr(read, "read_code", stuck)
    hostile.write({"app/stuck.ts": "// x", "app/absent.ts": MISSING})
    assert hostile.problems() == {"app/stuck.ts": "cannot be read: it takes longer than 1.5 s"}
    assert {"FC101", "FC902"} <= set(codes(hostile))


# --- deep ---------------------------------------------------------------------------------------------------------------

DEEP_CODE = {
    "parentheses": f"const x = {'(' * DEEP}{MISSING[:-2]}{')' * DEEP};",
    "arrays": f"const x = {'[' * DEEP}{MISSING[:-2]}{']' * DEEP};",
    "calls": f"const x = {'f(' * DEEP}{MISSING[:-2]}{')' * DEEP};",
    "functions": "function f() {" * DEEP + MISSING + "}" * DEEP,
    "conditions": "if (x) {" * DEEP + MISSING + "}" * DEEP,
    "choices": f"const t = {'x ? 1 : ' * DEEP}'absent'; {MISSING}",
    "types": f"type T = {'Array<' * DEEP}string{'>' * DEEP}; {MISSING}",
    "sums": f"const t = {QUOTED} + {'+'.join([QUOTED] * 2 * DEEP)}; supabase.from(t).select('id'); {MISSING}",
    "members": f"supabase.from(a{'.b' * DEEP}).select('id'); {MISSING}",
    "open": f"{MISSING} const x = {'[({' * DEEP}",
    "closed": f"{MISSING} {'])}' * DEEP}",
    "templates": f"const t = {'`${' * 500}'a'{'}`' * 500}; supabase.from(t).select('id'); {MISSING}",
    "markup": f"const x = {'<a>' * DEEP}{'</a>' * DEEP}; {MISSING}",
}


@pytest.mark.parametrize("form", DEEP_CODE)
def test_deep_code_hides_nothing_else(form: str, hostile: Hostile) -> None:
    hostile.write({"app/deep.tsx": DEEP_CODE[form], "app/absent.ts": MISSING})
    report = hostile.report()
    assert ("app/absent.ts", "FC101") in {(each["path"], each["code"]) for each in report["findings"]}
    assert not any(each["internal"] for each in report["problems"])


@pytest.mark.parametrize("select", ["a(" * DEEP, "a(" * DEEP + "id" + ")" * DEEP, "id->" * DEEP + "x", "(" * DEEP])
def test_a_deep_select_list_is_no_failure(select: str, hostile: Hostile) -> None:
    hostile.write({"app/deep.ts": f"supabase.from('notes').select('{select}');", "app/absent.ts": MISSING})
    assert "FC101" in codes(hostile)


DEEP_SQL = {
    "view": f"create view v as select {'(' * DEEP}1{')' * DEEP} as a;",
    "check": f"create table u (a int check ({'(' * DEEP}a > 1{')' * DEEP}));",
    "default": f"create table u (a int default {'(' * DEEP}1{')' * DEEP});",
    "policy": f"create policy p on notes using ({'(' * DEEP}true{')' * DEEP});",
    "negations": f"create view v as select {'not ' * DEEP}true as a;",
    "signs": f"create view v as select {'- ' * DEEP}1 as a;",
    "operator": f"select 1 {'+-' * 10 * DEEP}1;",
    "cases": f"create view v as select {'case when true then ' * DEEP}1{' end' * DEEP} as a;",
    "queries": f"create view v as {'select * from (' * DEEP}select id from notes{') q' * DEEP};",
    "tables": "create view v as " + "with c as (" * DEEP + "select id from notes" + ") select * from c" * DEEP + ";",
    "unions": "create view v as " + " union ".join(["select id from notes"] * 2000) + ";",
    "sums": f"create view v as select {'||'.join([QUOTED] * 2 * DEEP)} as a;",
    "conditions": "do $$ begin " + "if true then " * DEEP + "null;" + "end if;" * DEEP + " end $$;",
    "blocks": "do $$ " + "begin " * DEEP + "null;" + "end;" * DEEP + "$$;",
    "loops": "do $$ begin " + "for i in 1..2 loop " * DEEP + "null;" + "end loop;" * DEEP + " end $$;",
    "format": f"do $$ begin execute {'format(' * DEEP}'%s'{')' * DEEP}; end $$;",
    "dollars": "do "
    + "".join(f"$a{i}$ begin execute " for i in range(500))
    + "'select 1'"
    + "".join(f"; end $a{i}$" for i in reversed(range(500)))
    + ";",
    "comments": "/*" * DEEP + "*/" * DEEP,
    "brackets": "select " + "[" * DEEP + "]" * DEEP + ";",
    "open": "create table u (a int check (" + "(" * DEEP + ";",
    "types": "create table u (a int" + "[]" * DEEP + ");",
}


@pytest.mark.parametrize("form", DEEP_SQL)
def test_deep_sql_is_no_failure_and_what_follows_is_read(form: str, hostile: Hostile) -> None:
    """Where the statement is not understood, it may have made what is missing, and nothing is reported."""
    hostile.write({MIGRATION: f"{SCHEMA}{DEEP_SQL[form]}\n;create table after (id int);\n", "app/a.ts": MISSING})
    report = hostile.report()
    assert not any(each["internal"] for each in report["problems"])
    told = {each["path"] for each in report["problems"]} | {each["code"] for each in report["findings"]}
    assert told & {MIGRATION, "FC101", "FC207"}


def test_what_is_too_deep_is_told_with_its_line(hostile: Hostile) -> None:
    hostile.write({MIGRATION: f"{SCHEMA}{DEEP_SQL['conditions']}\n"})
    (problem,) = hostile.report()["problems"]
    assert (problem["path"], problem["line"]) == (MIGRATION, 3)
    assert problem["message"] == "this is nested too deeply for its reader"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("fromcheck.yaml", "ignore: " + "[" * DEEP + "]" * DEEP, 2),
        ("fromcheck.yaml", "{a: " * DEEP, 2),
        ("fromcheck-baseline.json", "[" * DEEP + "]" * DEEP, 2),
        ("fromcheck-baseline.json", '{"version": 1, "findings": ' + "[" * DEEP + "]" * DEEP + "}", 2),
        ("supabase/config.toml", "a = " + "[" * DEEP + "]" * DEEP, 0),
        ("tsconfig.json", "[" * DEEP + "]" * DEEP, 0),
        ("package.json", '{"a":' * DEEP, 0),
    ],
)
def test_deep_settings_are_told_or_passed_over(name: str, text: str, code: int, hostile: Hostile) -> None:
    result = hostile.write({name: text}).scan()
    assert result.exit_code == code
    assert "Traceback" not in result.output
    if code == 2:
        assert result.stderr.startswith(f"fromcheck: {name}")
        assert result.stderr.count("\n") == 1


DEEP_DOCUMENTS = {
    "docs/model.md": "# Tables\n" + "".join(f"{' ' * depth}- `t{depth}`\n" for depth in range(2000)),
    "docs/schema.md": f"# Tables\n{' ' * 2 * DEEP}x\n|---|\n",
    "docs/model-2.md": f"# Tables\n## a{' ' * 2 * DEEP}b{' ' * 2 * DEEP}#{'#' * DEEP} c\n",
    "docs/model-3.md": "# Tables\n```mermaid\nerDiagram\n a {\n" + "int b\n" * 2 * DEEP + "}\n```\n",
    "docs/model.yaml": "entities: " + "[" * DEEP,
    "docs/schema.yaml": "entities:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 500)),
}


@pytest.mark.parametrize("name", DEEP_DOCUMENTS)
def test_deep_documents_are_read_in_no_time_or_told(
    name: str, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 5)
    hostile.write({name: DEEP_DOCUMENTS[name], "app/absent.ts": MISSING})
    told = hostile.problems().get(name, "")
    assert told == ("this is nested too deeply, so its list of entities is not read" if "yaml" in name else "")


# What is opened again and again and never closed: each opening was looked for an end, up to the end of the file.
UNENDED = {
    "app/a.vue": "<!-- fromcheck-ignore FC101: why -->" + "<!--" * 2 * DEEP,
    "app/b.vue": "<script a" * 2 * DEEP,
    "app/c.astro": "<p>{/* fromcheck-ignore FC101: why */}" + "{/*" * 2 * DEEP,
    "app/d.ts": f"// fromcheck-ignore FC101:{' ' * 4 * DEEP}x\n// none",
    "docs/model.md": "<!-- fromcheck-ignore FC101: why -->" + "<!--" * 2 * DEEP,
    "supabase/migrations/20250102000000_b.sql": "create function f() returns int language plpgsql as 'begin "
    + "".join(f"$a{number}$ " for number in range(2 * DEEP))
    + "end';",
}


@pytest.mark.parametrize("name", UNENDED)
def test_what_never_ends_is_looked_for_once(name: str, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 4)
    hostile.write({name: UNENDED[name]})
    assert not [each for each in hostile.problems().values() if "takes longer" in each]


def test_a_schema_of_prisma_that_never_ends(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 4)
    (hostile.path / MIGRATION).unlink()
    model = 'datasource db {\n provider = "postgresql"\n}\nmodel notes {\n id String @id\n title String\n}\n'
    unended = "\n" * 5 * DEEP + '\\"' * DEEP + "\n" + "/*" * 2 * DEEP
    hostile.write({"prisma/schema.prisma": model + unended, "app/absent.ts": MISSING})
    assert hostile.problems() == {}
    assert codes(hostile).count("FC101") == 1


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer")
def test_a_parser_that_takes_the_square_of_the_length_is_ended(
    hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tree-sitter mends such errors for hours, in C, where no signal reaches Python."""
    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 1)
    hostile.write({"app/stuck.ts": f"{MISSING}/* a " + "{/*" * 6 * DEEP, "app/absent.ts": MISSING})
    assert hostile.problems() == {"app/stuck.ts": "cannot be read: it takes longer than 1 s"}
    assert "FC101" in codes(hostile)


def test_an_editor_does_not_wait_for_it_either(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its scans run in a thread, where no signal reaches them; and what took too long once is not tried with each keystroke."""
    monkeypatch.setattr("analyzer.engine.patience.MOST_SECONDS", 1)
    hostile.write({"app/stuck.ts": f"{MISSING}/* a " + "{/*" * 6 * DEEP, "app/absent.ts": MISSING})
    desk = Desk(hostile.path)

    def judged(typed: str) -> tuple[set[tuple[str, str]], float]:
        desk.write("app/notes.ts", typed.encode())
        began = time.thread_time()
        found = {(each.region.path, each.code) for each in desk.update().entries}
        return found, time.thread_time() - began

    with ThreadPoolExecutor(1) as pool:
        for typed in ("// a", "// b"):
            found, spent = pool.submit(judged, typed).result()
            assert {("app/stuck.ts", "FC902"), ("app/absent.ts", "FC101")} <= found
    assert spent < 1


# --- many: each took minutes where its cost grew with the square, or worse --------------------------------------------


def test_files_that_export_all_of_one_another(hostile: Hostile) -> None:
    names = [f"app/m{number}.ts" for number in range(30)]
    stars = "".join(f"export * from './m{number}';\n" for number in range(30))
    hostile.write(dict.fromkeys(names, stars))
    hostile.write({"app/user.ts": "import { nothing } from './m0';\nsupabase.from(nothing).select('id');\n"})
    assert hostile.report()["summary"]["references"]["unresolved"] == 1


def test_settings_that_extend_one_another(hostile: Hostile) -> None:
    """Followed anew each time, these were 200 to the power of 5 for each import: days."""
    every = json.dumps({"extends": ["./tsconfig.json", "./other.json"] * 100})
    paths = '{"compilerOptions": {"paths": {"#x": ["./app/x.ts"]}}, "extends": "./other"}'
    hostile.write({"tsconfig.json": every, "other.json": every[:-2] + ', "./last"]}', "last.json": paths})
    hostile.write({"app/x.ts": "export const T = 'absent';\n"})
    hostile.write({"app/user.ts": "import { T } from '#x';\nimport { U } from 'y';\nsupabase.from(T).select(U);\n"})
    assert codes(hostile).count("FC101") == 1


CLIENT = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient(url, key);\n"


def test_functions_that_hand_on_all_their_parameters(hostile: Hostile) -> None:
    """Ten parameters through eight files were 10 to the power of 8 questions."""
    names = [f"p{number}" for number in range(10)]
    given, taken = ", ".join(names), ", ".join(f"{name}: string" for name in names)
    calls = "".join(f"supabase.from({name}).select('id');" for name in names)
    hostile.write({"app/f0.ts": f"{CLIENT}export function f0({taken}) {{ {calls} }}\n"})
    for step in range(1, 9):
        above = f"import {{ f{step - 1} }} from './f{step - 1}';\n"
        hostile.write({f"app/f{step}.ts": f"{above}export function f{step}({taken}) {{ f{step - 1}({given}); }}\n"})
    assert hostile.report()["summary"]["references"]["unresolved"] == 10


def test_classes_that_are_written_many_times(hostile: Hostile) -> None:
    """Each of ten heirs of the same name was asked for its own, through eight files."""
    base = f"{CLIENT}export class K0 {{ f() {{ return supabase.from(this.table).select('id'); }} }}\n"
    hostile.write({"app/k0.ts": base})
    for step in range(1, 9):
        above = f"import {{ K{step - 1} }} from './k{step - 1}';\n"
        hostile.write({f"app/k{step}.ts": above + f"export class K{step} extends K{step - 1} {{ }}\n" * 10})
    assert hostile.report()["problems"] == []


@pytest.mark.parametrize("comment", ["// a note\n", "/* a note */ ", "/* * / ** */\n", "  \n"])
def test_a_file_that_begins_with_thousands_of_comments(comment: str, hostile: Hostile) -> None:
    """Found by fuzzing: fifty of them took hours."""
    client = "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient(url, key);\n"
    hostile.write(
        {"app/notes.ts": f"{comment * 5000}{client}{MISSING}", "app/b.ts": f"{comment}'use client';\n{client}"}
    )
    assert codes(hostile).count("FC101") == 1


def test_a_chain_of_a_thousand_imports(hostile: Hostile) -> None:
    hostile.write(
        {
            f"app/m{number}.ts": f"import {{ t{number + 1} }} from './m{number + 1}';\n"
            f"export const t{number} = t{number + 1};\nsupabase.from(t{number}).select('id');\n"
            for number in range(1000)
        }
    )
    assert hostile.report()["problems"] == []


def test_a_thousand_views_of_views(hostile: Hostile) -> None:
    views = "create view v0 as select * from notes;" + "".join(
        f"create view v{number} as select * from v{number - 1};\n" for number in range(1, 1000)
    )
    hostile.write({MIGRATION: SCHEMA + views, "app/v.ts": "supabase.from('v999').select('title, no_column');\n"})
    assert [each["subject"] for each in hostile.report()["findings"] if each["code"] == "FC103"] == [
        "public.v999.no_column"
    ]


def test_four_thousand_overloads_of_one_function(hostile: Hostile) -> None:
    overloads = "".join(
        f"create domain d{number} as int;\ncreate function f(a d{number}) returns int language sql as 'select 1';\n"
        for number in range(4000)
    )
    again = "create function f(a d3999) returns int language sql as 'select 1';\n"
    hostile.write({MIGRATION: overloads + again, "app/notes.ts": "// none"})
    (found,) = (each for each in hostile.report()["findings"] if each["code"] == "FC203")
    assert 'function "f" already exists with same argument types' in found["message"]


def test_more_columns_than_a_table_can_have_are_refused_as_by_postgresql(hostile: Hostile) -> None:
    columns = "".join(f", c{number} int" for number in range(10_000))
    hostile.write({MIGRATION: f"create table wide (id uuid primary key{columns});\n", "app/notes.ts": "// none"})
    (found,) = (each for each in hostile.report()["findings"] if each["code"] == "FC207")
    assert "tables can have at most 1600 columns" in found["message"]


def test_a_thousand_missing_tables_among_a_thousand(hostile: Hostile) -> None:
    tables = "".join(f"create table t{number} (id uuid primary key);\n" for number in range(1000))
    asked = "".join(f"supabase.from('absent{number}').select('id');\n" for number in range(1000))
    hostile.write({MIGRATION: tables, "app/notes.ts": asked})
    assert codes(hostile).count("FC101") == 1000


def test_five_thousand_migrations_of_one_table(hostile: Hostile) -> None:
    hostile.write(
        {
            f"supabase/migrations/{20250102000000 + number}_m.sql": f"comment on table notes is '{number}';\n"
            for number in range(5000)
        }
    )
    assert hostile.report()["summary"]["files"]["migrations"] == 5001


def test_one_line_of_ten_thousand_findings_is_not_shown_with_each(hostile: Hostile) -> None:
    columns = ",".join(f"absent{number}" for number in range(10_000))
    hostile.write({"app/long.ts": f"supabase.from('notes').select('{columns}');\n"})
    result = hostile.scan("--format", "text", "--verbose")
    assert result.exit_code == 1
    assert "absent9999" in result.stdout
    assert max(map(len, result.stdout.splitlines())) < 1000
