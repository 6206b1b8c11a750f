"""How sure a finding is, by what else the project shows: a severity or confidence is a promise as well."""

from __future__ import annotations

from pathlib import Path

from analyzer.engine import Options, Session
from analyzer.model.finding import Severity

BUCKETS = "insert into storage.buckets (id, name) values ('covers', 'covers');\n"
POLICY = "create policy reads on storage.objects for select using (bucket_id = 'photos');\n"
USES = "await supabase.storage.from('scans').list();\nawait supabase.storage.from('photos').list();\n"


def scanned(root: Path, sql: str, code: str) -> dict[str, tuple[Severity, str]]:
    """The severity and confidence of what is found on each object."""
    (root / "supabase/migrations").mkdir(parents=True)
    (root / "supabase/migrations/20250101000000_init.sql").write_text(sql)
    (root / "app.ts").write_text(code)
    report = Session.open(root, Options()).scan()
    return {each.subject: (each.severity, each.confidence) for each in report.entries}


def test_a_bucket_that_no_file_creates_is_an_error_where_files_create_buckets(tmp_path: Path) -> None:
    assert scanned(tmp_path, BUCKETS, USES)["scans"] == (Severity.ERROR, "high")


def test_where_a_policy_shows_that_buckets_are_made_by_hand_any_may_be(tmp_path: Path) -> None:
    found = scanned(tmp_path, BUCKETS + POLICY, USES)
    assert found["scans"] == found["photos"] == (Severity.WARNING, "medium")


def test_a_policy_on_a_bucket_that_a_file_creates_shows_nothing(tmp_path: Path) -> None:
    found = scanned(tmp_path, BUCKETS + POLICY.replace("photos", "covers"), USES)
    assert found["scans"] == found["photos"] == (Severity.ERROR, "high")


NOTES = "create table notes (id bigint primary key);\n"
CALLS = "await supabase.from('tags').select('id');\nawait supabase.rpc('count_tags');\n"


def test_what_no_migration_creates_is_missing_for_sure_where_nothing_is_made_by_hand(tmp_path: Path) -> None:
    found = scanned(tmp_path, NOTES, CALLS)
    assert found["public.tags"] == found["public.count_tags"] == (Severity.ERROR, "high")


def test_where_other_sql_shows_that_tables_are_made_by_hand_less_sure(tmp_path: Path) -> None:
    (tmp_path / "by_hand.sql").write_text("create table labels (id bigint primary key);\n")
    found = scanned(tmp_path, NOTES, CALLS + "await supabase.from('labels').select('id');\n")
    assert found["public.tags"] == found["public.count_tags"] == (Severity.ERROR, "medium")
    assert "public.labels" not in found


USES_MANY = "".join(
    f"await supabase.from('{name}').select('id');\n" for name in ("deals", "firms", "people", "teams", "files")
)


def test_where_migrations_alter_what_none_creates_a_column_is_less_sure_too(tmp_path: Path) -> None:
    code = USES_MANY + "await supabase.from('notes').select('id, colour');\n"
    found = scanned(tmp_path, NOTES + "alter table deals add column note_id bigint;\n", code)
    assert found["public.notes.colour"] == (Severity.ERROR, "medium")
    assert "public.firms" not in found


def test_where_what_is_altered_is_only_forgotten_for_now_nothing_is_made_by_hand(tmp_path: Path) -> None:
    later = NOTES + "alter table firms add column note_id bigint;\ncreate table firms (id bigint primary key);\n"
    found = scanned(tmp_path, later, USES_MANY)
    assert found["public.deals"] == (Severity.ERROR, "high")


def test_a_column_that_a_migration_needs_in_vain_is_perhaps_made_by_hand(tmp_path: Path) -> None:
    code = "await supabase.from('notes').select('author, colour');\n"
    scanned(tmp_path, NOTES + "create index on notes (author);\n", code)
    found = [each for each in Session.open(tmp_path, Options()).scan().entries if each.code == "FC103"]
    assert {each.subject: each.confidence for each in found} == {
        "public.notes.author": "medium",
        "public.notes.colour": "high",
    }
