"""``supabase/roles.sql`` runs before the migrations, so that these may grant to its roles."""

from __future__ import annotations

from pathlib import Path

from analyzer.config import Config
from analyzer.discover import WorkTree
from analyzer.engine import Options, Session


def test_roles_of_the_file_are_there_and_others_are_not(tmp_path: Path) -> None:
    migrations = tmp_path / "supabase" / "migrations"
    migrations.mkdir(parents=True)
    (tmp_path / "supabase" / "roles.sql").write_text("create role reporter;")
    (migrations / "1_init.sql").write_text(
        "create table t (id int); grant select on t to reporter; grant select on t to stranger;"
    )
    document = Session(WorkTree(tmp_path), ".", Config(), Options()).schema()
    messages = [failure["message"] for failure in document["replay"]["failures"]]
    assert messages == ['role "stranger" does not exist']
