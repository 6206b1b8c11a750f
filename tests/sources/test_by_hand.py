"""What SQL shows that no migration is: it is told beside the finding, which is then less certain."""

from __future__ import annotations

import pytest

from analyzer.model.report import Entry

from .conftest import Project

TABLE = "create table visits (id int primary key);\nalter table visits enable row level security;\n"
POLICY = "create policy p on visits for select using (true);\n"
OTHERS = (
    "insert into storage.buckets (id, name) values ('logos', 'logos');\n"
    "create table rooms (id int primary key);\nalter table rooms enable row level security;\n"
    "create policy p on rooms for select using (true);\nalter publication supabase_realtime add table rooms;\n"
)
BUCKET = "insert into storage.buckets (id, name) values ('room-photos', 'room-photos');\n"
PUBLISHED = "do $$ begin alter publication supabase_realtime add table public.visits; end $$;\n"
UPLOAD = "supabase.storage.from('room-photos').upload('a', file);\n"
LISTEN = "supabase.channel('a').on('postgres_changes', { event: '*', schema: 'public', table: 'visits' }, show).subscribe();\n"


def found(project: Project, code: str, files: dict[str, str]) -> list[Entry]:
    project.write({"supabase/migrations/1_a.sql": TABLE + POLICY + OTHERS, **files})
    return [each for each in project.session().scan().entries if each.code == code]


def shown(entry: Entry) -> tuple[str, str, list[str]]:
    return entry.severity.name.lower(), entry.confidence, [each.region.path for each in entry.notes]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, ("error", "high", [])),
        ({"scripts/setup.sql": BUCKET}, ("warning", "medium", ["scripts/setup.sql"])),
        ({"supabase/seed.sql": BUCKET}, ("warning", "medium", ["supabase/seed.sql"])),
        ({"supabase/migrations/photos.sql": BUCKET}, ("error", "high", ["supabase/migrations/photos.sql"])),
        ({"scripts/setup.sql": BUCKET.replace("'room-photos'", "'room-pictures'")}, ("error", "high", [])),
        (
            {
                "supabase/migrations/2_b.sql": "create policy r on storage.objects for select"
                " using (bucket_id = 'room-photos');\n"
            },
            ("warning", "medium", ["supabase/migrations/2_b.sql"]),
        ),
    ],
)
def test_where_a_bucket_is_made(project: Project, files: dict[str, str], said: tuple[str, str, list[str]]) -> None:
    (entry,) = found(project, "FC114", {"app/b.ts": UPLOAD, **files})
    assert shown(entry) == said
    assert ("passes over" in entry.message) == ("supabase/migrations/photos.sql" in files)


@pytest.mark.parametrize(
    ("make", "count"),
    [
        ("for (const name of names()) await supabase.storage.createBucket(name);\n", 0),
        ("for (const name of names()) await supabase.storage.getBucket(name);\n", 1),
        ("await supabase.storage.createBucket('others');\n", 1),
    ],
)
def test_a_bucket_that_code_may_make_is_not_missed(project: Project, make: str, count: int) -> None:
    assert len(found(project, "FC114", {"app/b.ts": UPLOAD, "scripts/make.ts": make})) == count
    withheld = dict(project.session().scan().coverage.withheld_subjects)
    assert withheld.get("bucket room-photos", 0) == 1 - count


@pytest.mark.parametrize(
    ("files", "confidence", "last"),
    [
        ({}, "high", "supabase/migrations/1_a.sql"),
        ({"supabase/schemas/realtime.sql": PUBLISHED}, "medium", "supabase/schemas/realtime.sql"),
        ({"docs/realtime.sql": PUBLISHED}, "medium", "docs/realtime.sql"),
        ({"supabase/migrations/realtime.sql": PUBLISHED}, "medium", "supabase/migrations/realtime.sql"),
        ({"docs/realtime.sql": PUBLISHED.replace("add table", "drop table")}, "high", "supabase/migrations/1_a.sql"),
        ({"docs/realtime.sql": PUBLISHED.replace("visits", "rooms")}, "high", "supabase/migrations/1_a.sql"),
    ],
)
def test_where_a_table_is_published(project: Project, files: dict[str, str], confidence: str, last: str) -> None:
    (entry,) = found(project, "FC116", {"app/b.ts": LISTEN, **files})
    assert (entry.confidence, entry.notes[-1].region.path) == (confidence, last)


@pytest.mark.parametrize(
    ("code", "missing"),
    [("FC101", "supabase.from('guests').select('id');\n"), ("FC104", "supabase.rpc('guests');\n")],
)
def test_what_is_less_certain_says_what_else_may_be_true(project: Project, code: str, missing: str) -> None:
    files = {"app/b.ts": missing}
    (certain,) = (each for each in found(project, code, files) if each.subject == "public.guests")
    assert (certain.confidence, "unless" in certain.message) == ("high", False)
    files["supabase/migrations/2_b.sql"] = "alter table users add a int;\n"
    (uncertain,) = (each for each in found(project, code, files) if each.subject == "public.guests")
    assert (uncertain.confidence, uncertain.message.partition(" fails ")[2]) == ("medium", "unless it was made by hand")


def test_a_table_that_no_migration_creates_may_be_published_by_hand(project: Project) -> None:
    files = {
        "app/b.ts": LISTEN.replace("visits", "guests"),
        "supabase/migrations/2_b.sql": "alter table guests add a int;\n",
    }
    assert [each.confidence for each in found(project, "FC116", files)] == ["medium"]


def test_a_function_and_a_column_of_a_file_that_is_passed_over(project: Project) -> None:
    skipped = (
        "create function tally() returns int language sql as 'select 1';\nalter table visits add column seen int;\n"
    )
    code = "supabase.rpc('tally');\nsupabase.from('visits').select('seen');\n"
    files = {"app/b.ts": code, "supabase/migrations/later.sql": skipped}
    (function,) = found(project, "FC104", files)
    assert "only a file that `supabase db push` passes over creates the function `public.tally`" in function.message
    assert [each.region.path for each in function.notes] == ["supabase/migrations/later.sql"]
    (column,) = found(project, "FC103", files)
    assert [each.region.path for each in column.notes] == [
        "supabase/migrations/1_a.sql",
        "supabase/migrations/later.sql",
    ]


@pytest.mark.parametrize(
    ("dump", "found_in"), [("", ["public.role_of:profiles"]), ("create table people (id int primary key);\n", [])]
)
def test_a_body_may_use_what_is_made_by_hand_as_most_is(project: Project, dump: str, found_in: list[str]) -> None:
    body = "begin return (select role from profiles where id = who); end"
    function = (
        f"create function role_of(who int) returns text language plpgsql set search_path = public as $$ {body} $$;\n"
    )
    code = "".join(
        f"await supabase.from('{each}').select('id');\n" for each in ("people", "pets", "vets", "farms", "barns")
    )
    files = {"app/b.ts": code, "supabase/migrations/2_b.sql": function, "docs/dump.sql": dump}
    assert [each.subject for each in found(project, "FC206", files)] == found_in
