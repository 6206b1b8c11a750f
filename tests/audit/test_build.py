"""What an audit makes of projects in other states than broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.audit.formats.json_ import FORMAT as JSON
from analyzer.audit.formats.markdown import FORMAT as MARKDOWN
from analyzer.cli.main import main
from analyzer.model.audit import Audit

Build = Callable[[dict[str, str]], Audit]
INIT = "supabase/migrations/20250101000000_init.sql"


def test_a_project_without_faults_says_so(project: Build) -> None:
    audit = project(
        {
            INIT: "create table notes (id uuid primary key);\nalter table notes enable row level security;\n",
            "app/a.ts": "await supabase.from('notes').select('id');\n",
        }
    )
    assert audit.projects[0].issues == ()
    assert audit.status[0] == "Nothing was found to be wrong."
    assert "build the database from empty" in audit.status[1]
    assert "nothing found" in "\n".join(MARKDOWN.render(audit))


def test_what_was_not_understood_is_told(project: Build) -> None:
    audit = project(
        {
            INIT: "create table notes (id uuid primary key);\nalter table notes enable row level security;\n"
            "do $$ begin execute (select string_agg('drop table ' || x, ';') from y); end $$;\n",
            "app/a.ts": "export const f = (config) => supabase.from(config.table).select('id');\n",
        }
    )
    text = "\n".join(MARKDOWN.render(audit))
    assert "`app/a.ts:1`" in text
    assert f"`{INIT}:3`" in text


def test_findings_of_one_rule_are_one_issue(project: Build) -> None:
    audit = project(
        {
            INIT: "create table notes (id uuid primary key, title text);\nalter table notes enable row level security;\n",
            "app/a.ts": "await supabase.from('notes').select('id, titel');\nawait supabase.from('notes').select('body');\n",
        }
    )
    (issue,) = audit.projects[0].issues
    assert issue.codes == ("FC103",)
    assert issue.subjects == ("public.notes.titel", "public.notes.body")
    assert len(issue.findings) == 2
    assert any("`public.notes.title`" in reason for option in issue.options for reason in option.reasons)


def test_each_project_of_a_monorepo_has_its_own(project: Build) -> None:
    audit = project(
        {
            f"web/{INIT}": "create table a (id uuid primary key references gone (id));\n",
            f"admin/{INIT}": "create table b (id uuid primary key);\nalter table b enable row level security;\n",
            "admin/src/a.ts": "await supabase.from('nowhere').select('id');\n",
        }
    )
    found = {each.folder: [issue.subjects for issue in each.issues] for each in audit.projects}
    assert found == {"admin": [("public.nowhere",)], "web": [("public.gone",)]}


def test_names_mark_up_nothing(project: Build) -> None:
    audit = project(
        {
            INIT: 'create table "a|b<script>`*_" (id uuid primary key, "x`y" uuid references "<img>" (id));\n',
            "app/a.ts": "await supabase.from('[x](javascript:1)').select('id');\n",
        }
    )
    text = "\n".join(MARKDOWN.render(audit))
    outside = re.sub(r"^```sql$.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    outside = re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", outside.replace("\\`", ""))
    assert "<script>" not in outside
    assert "<img>" not in outside
    assert "](javascript" not in outside


def test_the_json_holds_everything(studio: Audit) -> None:
    document = json.loads("\n".join(JSON.render(studio)))
    assert document["version"] == 1
    assert document["worst"] == "critical"
    known = {each["fingerprint"] for each in document["findings"]}
    (project,) = document["projects"]
    told = [each for issue in project["issues"] for each in issue["findings"]]
    assert sorted(told) == sorted(known), "each finding is in exactly one issue"
    assert project["calls"]["lib/archive.ts"]["public.personas"]


@pytest.mark.parametrize(
    ("file", "begins"), [("a.md", "# Database audit"), ("a.json", "{"), ("a.txt", "# Database audit")]
)
def test_the_file_decides_the_format(tmp_path: Path, file: str, begins: str) -> None:
    sample = str(Path(__file__).parent.parent.parent / "samples" / "persona-studio")
    result = CliRunner().invoke(main, ["audit", sample, "-o", str(tmp_path / file)])
    assert result.exit_code == 1, "there are critical findings, and that is what the exit code says in every command"
    assert result.output == ""
    assert (tmp_path / file).read_text().startswith(begins)


def test_nothing_to_audit_is_no_success(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["audit", str(tmp_path)])
    assert result.exit_code != 0
    assert "# Database audit" not in result.output
