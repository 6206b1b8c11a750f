"""What ``fromcheck fix`` writes for the samples, applied by a real PostgreSQL."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import main
from tests.fix.domains import DOMAINS, Domain
from tests.postgres.conftest import Part

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("sample", ["persona-studio", "persona-studio-fixed"])
@pytest.mark.parametrize("arguments", [[], ["--unsafe"]])
def test_a_mended_sample_builds_from_first_to_last(
    part: Part, tmp_path: Path, sample: str, arguments: list[str]
) -> None:
    root = tmp_path / sample
    shutil.copytree(SAMPLES / sample, root)
    before = part(*(file.read_text() for file in sorted((root / "supabase/migrations").iterdir())))
    assert before.failures
    done = CliRunner().invoke(main, ["fix", str(root), "--write", *arguments], prog_name="fromcheck")
    assert done.exit_code == 0
    after = part(*(file.read_text() for file in sorted((root / "supabase/migrations").iterdir())))
    assert after.failures == []
    assert after == []


ODD = {
    "supabase/migrations/20250101000000_init.sql": (
        "create table broken (id bigint primary key, kind kinds);\n"
        "create policy p on public.links for select using (true);\nalter table broken add column link int;\n"
    ),
    "app.ts": (
        "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
        "await supabase.from('links').select('broken_id, order, \"Two Words\", user').eq('limit', 3).contains('tags', ['x']);\n"
        "await supabase.from('pages').insert({ link_id: 1, at: '2025-01-01T00:00:00Z', default: true });\n"
    ),
}


def test_what_is_written_for_odd_names_runs(part: Part, tmp_path: Path) -> None:
    """Columns named as words of SQL, and a table that is never built, to which nothing may refer."""
    for path, text in ODD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    done = CliRunner().invoke(main, ["fix", str(tmp_path), "--write", "--create", "pages"], prog_name="fromcheck")
    assert done.exit_code == 0
    files = sorted((tmp_path / "supabase/migrations").iterdir())
    assert {file.name.partition("_")[2] for file in files} >= {"create_links.sql", "create_pages.sql"}
    after = part(*(file.read_text() for file in files))
    assert after.failures == ["42704", "42P01"], "only the table of an unknown type, and what alters it"


TOGETHER = {
    "supabase/migrations/20250101000000_init.sql": "create table notes (id bigint primary key);\n",
    "supabase/migrations/20250201000000_policies.sql": "create policy p on public.orders for select using (true);\n",
    "supabase/migrations/20250201000001_more.sql": (
        "create policy p on public.customers for select using (owner_id = auth.uid());\n"
        "update public.lines set weight = weight * 2 where depth > 3 and fragile = true;\n"
        "create policy q on lines for select using (exists (select 1 from depots d where d.id = lines.stored_in));\n"
        "create view late as select avg(extract(day from (done_at - asked_on))) from orders;\n"
    ),
    "app.ts": (
        "import { createClient } from '@supabase/supabase-js';\nconst supabase = createClient('http://x', 'k');\n"
        "await supabase.from('orders').select('id, customer_id, asked_on, done_at, customers(name), lines(label)');\n"
        "await supabase.from('lines').select('order_id, weight, depth, fragile');\n"
    ),
}


def test_tables_made_together_run_and_so_does_what_needs_them(part: Part, tmp_path: Path) -> None:
    """Types and keys fit what the migrations do: ``text > integer`` and the like would be refused."""
    for path, text in TOGETHER.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    done = CliRunner().invoke(main, ["fix", str(tmp_path), "--write", "--select", "FC201"], prog_name="fromcheck")
    assert done.exit_code == 0
    after = part(*(file.read_text() for file in sorted((tmp_path / "supabase/migrations").iterdir())))
    assert after.failures == [], done.stderr
    assert after == []


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda each: each.name)
def test_the_missing_tables_of_an_app_are_built_with_all_the_rest(part: Part, tmp_path: Path, domain: Domain) -> None:
    domain.write(tmp_path)
    done = CliRunner().invoke(main, ["fix", str(tmp_path), "--write", *domain.arguments()], prog_name="fromcheck")
    assert done.exit_code == 0
    after = part(*(file.read_text() for file in sorted((tmp_path / "supabase/migrations").iterdir())))
    assert after.failures == [], done.stderr
    assert after == []
    assert {*domain.order} <= {each["name"] for each in after.there["relations"]}
