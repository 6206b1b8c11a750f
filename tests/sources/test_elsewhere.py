"""A table is unused only where nothing else in the repository has its name."""

from __future__ import annotations

import pytest

from analyzer.engine import Options, Session

from .conftest import Project

MIGRATION = """\
create table users (id int primary key);
create table visits (id int primary key);
create table other_visits (id int primary key);
"""
ORM = "import { pgTable, integer } from 'drizzle-orm/pg-core';\nexport const all = pgTable('visits', { id: integer('id') });\n"


def unused(project: Project) -> list[str]:
    return [each.subject for each in project.session().scan().entries if each.code == "FC501"]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"jobs/count.py": "supabase.table('visits').select('*').execute()\n"}, id="another language"),
        pytest.param({"scripts/count.sh": "psql -c 'select count(*) from visits'\n"}, id="a shell"),
        pytest.param({"app/lib/main.dart": "await supabase.from('visits').select();\n"}, id="an app"),
        pytest.param({"package.json": '{"dependencies": {"drizzle-orm": "1"}}', "app/db.ts": ORM}, id="an ORM"),
        pytest.param(
            {
                "admin/supabase/migrations/1_a.sql": "create table users (id int primary key);\n",
                "admin/app/a.ts": "supabase.from('visits').select('id');\n",
            },
            id="another project's code",
        ),
        pytest.param(
            {"tool/supabase/config.toml": "", "tool/app/a.ts": "supabase.from('visits').select('id');\n"},
            id="code of a project without migrations",
        ),
    ],
)
def test_what_something_else_names_is_not_called_unused(project: Project, files: dict[str, str]) -> None:
    project.write({"supabase/migrations/1_a.sql": MIGRATION})
    assert unused(project) == ["public.visits", "public.other_visits"]
    project.write(files)
    assert unused(project) == ["public.other_visits"]
    assert "public.visits" in dict(project.session().scan().coverage.withheld_subjects)


@pytest.mark.parametrize(
    "sql",
    [
        "client.query('select v.id from visits v where v.id = $1', [id])",
        'const text = "SELECT count(*) FROM users u, Public.Visits";',
        "const rows = await run(`\nselect id\nfrom users\njoin public.visits as v on v.id = users.id`)",
        "await exec('INSERT INTO \"visits\" (id) VALUES (1)')",
        'await exec("insert into \\"public\\".\\"visits\\" (id) values (1)")',
        "const change = 'update only visits v set id = 1';",
        "const gone = 'delete\\nfrom visits';",
        "const empty = 'truncate table visits';",
        "const out = 'copy visits (id) to stdout';",
        "const both = 'merge into visits using users on true when matched then do nothing';",
    ],
)
@pytest.mark.parametrize("path", ["scripts/a.mjs", "app/b.ts", "supabase/functions/a/index.ts"])
def test_a_table_in_sql_of_the_code_is_not_called_unused(project: Project, path: str, sql: str) -> None:
    project.write({"supabase/migrations/1_a.sql": MIGRATION, path: f"{sql}\n"})
    assert unused(project) == ["public.other_visits"]


@pytest.mark.parametrize(
    "text",
    [
        "import { select } from 'react'; import visits from 'visits'; const a = ['visits'];",
        'import {\n  select,\n} from "visits";',
        "export const visits = { select: 1 }; // a title: update visits, copy visits or join visits",
        "const a = 'select 1; rows from visits';",
        "const a = 'select id from visits_of_users, visit, my_visits';",
        "const note = 'everything from visits';",
    ],
)
def test_a_table_whose_name_is_only_a_word_is_unused(project: Project, text: str) -> None:
    project.write({"supabase/migrations/1_a.sql": MIGRATION, "app/b.ts": f"{text}\n"})
    assert unused(project) == ["public.visits", "public.other_visits"]


def test_words_that_configure_tools_name_nothing(project: Project) -> None:
    project.write({"supabase/migrations/1_a.sql": MIGRATION, ".github/workflows/ci.yml": "on: visits\n"})
    assert unused(project) == ["public.visits", "public.other_visits"]


def test_code_of_a_root_that_is_not_asked_for_counts(project: Project) -> None:
    project.write({"supabase/migrations/1_a.sql": MIGRATION, "admin/supabase/migrations/1_a.sql": MIGRATION})
    project.write({"admin/app/a.ts": "supabase.from('visits').select('id');\n"})
    report = Session.open(project.path, Options(roots=(".",))).scan()
    assert [each.subject for each in report.entries if each.code == "FC501"] == ["public.other_visits"]


CALL = "supabase.rpc('tally', { since: 'x' });\n"
TALLY = "create function tally({0} text) returns int language sql as 'select 1';\n"


@pytest.mark.parametrize(("beside", "confidence"), [(TALLY.format("since"), "medium"), ("select since;\n", "high")])
def test_a_function_that_other_sql_creates_too_may_take_what_is_given(
    project: Project, beside: str, confidence: str
) -> None:
    project.write({"supabase/migrations/1_a.sql": TALLY.format("day"), "app/a.ts": CALL, "scripts/fix.sql": beside})
    (found,) = (each for each in project.session().scan().entries if each.code == "FC105")
    assert found.confidence == confidence
    assert [each.region.path for each in found.notes[1:]] == (["scripts/fix.sql"] if confidence == "medium" else [])
