"""What migrations of other tools never speak of is made elsewhere, so its absence is held against nobody."""

from __future__ import annotations

import pytest

from .conftest import Project

USERS = 'CREATE TABLE "users" (id int primary key);\n'
CALLS = """import { supabase } from './client';
supabase.rpc('anything');
supabase.channel('a').on('postgres_changes', { event: '*', schema: 'public', table: 'users' }, f).subscribe();
supabase.storage.from('photos').upload('a', b);
"""
PRISMA = "prisma/migrations/1_a/migration.sql"
OWN = "supabase/migrations/1_a.sql"
# What a scan finds in the calls where the migrations are taken to say all, by what speaks of it.
SPOKEN = {
    "FC301": "CREATE TABLE other (id int);\nALTER TABLE other ENABLE ROW LEVEL SECURITY;\n",
    "FC104": "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'select 1';\n",
    "FC116": "ALTER PUBLICATION supabase_realtime DROP TABLE other;\n",
    "FC114": "INSERT INTO storage.buckets (id, name) VALUES ('other', 'other');\n",
}


def codes(project: Project) -> set[str]:
    return {each.code for each in project.session().scan().entries} & set(SPOKEN)


def test_migrations_of_the_cli_say_all(project: Project) -> None:
    project.write({OWN: USERS, "app/b.ts": CALLS})
    assert codes(project) == set(SPOKEN)


def test_what_another_tools_migrations_never_speak_of_is_withheld_and_counted(project: Project) -> None:
    project.write({PRISMA: USERS, "app/b.ts": CALLS})
    assert codes(project) == set()
    report = project.session().scan()
    assert report.coverage.withheld == len(SPOKEN)
    assert [kind for kind, _ in report.coverage.unread_kinds] == [
        "nothing is said of row level security, functions, triggers, publications, buckets and privileges"
    ]


@pytest.mark.parametrize("code", ["FC301", "FC104", "FC114"])
def test_one_statement_on_it_is_enough_to_take_their_word(project: Project, code: str) -> None:
    project.write({PRISMA: USERS + SPOKEN[code], "app/b.ts": CALLS})
    assert codes(project) == {code}


def test_a_missing_table_is_missing_whoever_writes_the_migrations(project: Project) -> None:
    project.write(
        {PRISMA: USERS, "app/b.ts": "import { supabase } from './client';\nsupabase.from('nowhere').select();\n"}
    )
    assert ("FC101", "public.nowhere") in project.found()
