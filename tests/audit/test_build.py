"""What an audit makes of projects in other states than broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from analyzer.audit.build import make_audit
from analyzer.audit.formats.html import FORMAT as HTML
from analyzer.audit.formats.json_ import FORMAT as JSON
from analyzer.audit.formats.markdown import FORMAT as MARKDOWN
from analyzer.check import all_rules
from analyzer.cli.main import main
from analyzer.engine import Options, Session
from analyzer.model.audit import Audit, Patch

Build = Callable[[dict[str, str]], Audit]
SCHEMAS = Path(__file__).parent.parent.parent / "docs" / "schema"
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
    assert any("`public.notes.title`" in evidence.advice for evidence in issue.evidence)


def test_each_project_of_a_monorepo_has_its_own(project: Build) -> None:
    audit = project(
        {
            f"web/{INIT}": "create table a (id uuid primary key references gone (id));\nalter table a enable row level security;\n",
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


def _closed(schema: object) -> object:
    """The schema with nothing allowed that it does not name: what is printed and not described is found."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **inner} if "properties" in schema and "type" in schema else inner


@pytest.mark.parametrize("sample", ["studio", "studio_fixed"])
def test_the_json_is_as_its_schema_says(request: pytest.FixtureRequest, sample: str) -> None:
    documents = {name: json.loads((SCHEMAS / name).read_text()) for name in ("scan.json", "audit.json")}
    resources = [(name, Resource.from_contents(each)) for name, each in documents.items()]
    registry: Registry[object] = Registry().with_resources(resources)
    Draft202012Validator.check_schema(documents["audit.json"])
    validator = Draft202012Validator(_closed(documents["audit.json"]), registry=registry)
    document = json.loads("\n".join(JSON.render(request.getfixturevalue(sample))))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_page_of_a_monorepo_leads_to_each_project(project: Build) -> None:
    audit = project(
        {
            f"web/{INIT}": "create table a (id uuid primary key references gone (id));\nalter table a enable row level security;\n",
            f"admin/{INIT}": "create type mood as enum ('sad');\n",
            "admin/src/a.ts": "export {};\n",
            f"shop/{INIT}": "create table b (id uuid primary key);\n",
        }
    )
    text = "\n".join(HTML.render(audit))
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([^")]*)', text)) <= set(ids)
    assert "No table." in text


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


def test_what_stops_everything_comes_first(project: Build) -> None:
    audit = project(
        {
            INIT: "create table a (id uuid primary key);\nalter table a add column id uuid;\n",
            "supabase/migrations/20250102000000_more.sql": "create table b (id uuid references gone (id), c int);\n"
            "create view v as select d, e from a;\n",
            "app/a.ts": "await supabase.from('gone').select('id');\n",
        }
    )
    first, second, third, *_ = audit.projects[0].issues
    assert first.codes == ("FC203",)
    assert first.stops
    assert "supabase db reset" in first.impact[0]
    assert second.subjects == ("public.gone",)
    assert not second.stops
    assert third.title == "Table `public.a` lacks `d` when migrations need it"


def test_columns_of_one_table_are_one_issue(project: Build) -> None:
    audit = project(
        {
            INIT: "create table a (id uuid primary key);\nalter table a enable row level security;\n"
            "create index i on a (early);\ncreate index j on a (never);\ncreate index k on a (never);\n"
            "alter table a add column early int;\n",
        }
    )
    (issue,) = audit.projects[0].issues
    assert issue.subjects == ("public.a.never", "public.a.early")
    assert issue.title == "Table `public.a` lacks `never`, `early` when migrations need them"
    never, early = issue.evidence
    assert never.title == "`never` is created by no migration; 2 statements need it"
    assert [spot.line for spot in never.spots] == [4, 5]
    assert early.title == "`early` is created too late; 1 statement needs it"
    assert [spot.line for spot in early.spots] == [3, 6]
    assert early.advice == f"Move the statement that creates it, on line 6, above `{INIT}:3`, where it is needed first"


def test_what_one_table_refers_to_twice_is_not_one_thing(project: Build) -> None:
    """Two columns of a table that refer to two tables show that these are two."""
    audit = project(
        {
            INIT: "create table people (id uuid primary key);\n"
            "create table a (person_id uuid references people (id), owner_id uuid references persons_of_old (id));\n",
        }
    )
    issue = audit.projects[0].issues[0]
    assert [option.kind for option in issue.options] == ["create"]


def test_what_only_the_types_have_was_made_by_hand(project: Build) -> None:
    audit = project(
        {
            INIT: "alter table notes add column title text;\ncreate table tags (note_id uuid references notes (id));\n",
            "src/database.types.ts": "export type Json = string\nexport type Database = {\n  public: {\n    Tables: {\n"
            "      notes: { Row: { id: string } }\n    }\n    Views: { [_ in never]: never }\n  }\n}\n",
        }
    )
    issue = next(each for each in audit.projects[0].issues if each.subjects == ("public.notes",))
    (way,) = issue.options
    assert "`supabase db pull`" in way.title
    assert f"sorts before `{INIT}`" in way.title
    assert any(spot.path == "src/database.types.ts" for each in issue.evidence for spot in each.spots)
    assert any("1 table that migrations need is only in generated types" in each for each in audit.status)


def test_a_table_that_can_not_do_what_is_asked_is_not_recommended(project: Build) -> None:
    """One column in common is no reason to think that the other table was meant."""
    audit = project(
        {
            INIT: "create table task_templates (id uuid primary key, template_name text, color text);\n"
            "alter table task_templates enable row level security;\n",
            "app/a.ts": "await supabase.from('email_templates').select('template_name');\n",
        }
    )
    (issue,) = audit.projects[0].issues
    (best,) = [option for option in issue.options if option.recommended]
    assert best.kind == "create"


def test_operations_on_one_column_are_one_piece_of_evidence(project: Build) -> None:
    audit = project(
        {
            INIT: "create table notes (id uuid primary key, title text);\nalter table notes enable row level security;\n",
            "app/a.ts": "await supabase.from('notes').select('body');\nawait supabase.from('notes').insert({ body: 'x' });\n",
        }
    )
    issue = audit.projects[0].issues[0]
    assert [(spot.path, spot.line, spot.what) for spot in issue.evidence[0].spots[:2]] == [
        ("app/a.ts", 1, "select"),
        ("app/a.ts", 2, "write"),
    ]


def test_advice_that_differs_in_the_name_only_is_said_once(project: Build) -> None:
    audit = project({INIT: "create table a (id uuid primary key);\ncreate table b (id uuid primary key);\n"})
    (issue,) = audit.projects[0].issues
    assert issue.codes == ("FC301",)
    (option,) = issue.options
    assert "alter table … enable row level security" in option.title
    assert [evidence.advice for evidence in issue.evidence] == ["", ""]


def test_a_change_that_mends_something_stands_with_it(tmp_path: Path) -> None:
    (tmp_path / "supabase/migrations").mkdir(parents=True)
    (tmp_path / INIT).write_text("create table a (id uuid primary key);\n")
    (tmp_path / "a.ts").write_text("await supabase.from('b').select('id');\nawait supabase.from('c').select('id');\n")
    session = Session.open(tmp_path, Options())
    sql = "create table public.b (id uuid primary key); -- </code></pre> ```\n"
    patch = Patch("supabase/migrations/20250102000000_b.sql", sql, ("public.b",), "after the last", code="FC101")
    audit = make_audit(session.scan(), session.projects, session.region, all_rules(), [patch])
    held = {issue.subjects: issue.patches for issue in audit.projects[0].issues}
    assert held == {("public.a",): (), ("public.b",): (patch,), ("public.c",): ()}
    text = "\n".join(MARKDOWN.render(audit))
    assert f"````sql\n{sql}````" in text
    assert "`supabase/migrations/20250102000000_b.sql`: after the last" in text
    page = "\n".join(HTML.render(audit))
    assert "-- &lt;/code&gt;&lt;/pre&gt; ```" in page
    (issue,) = [each for each in json.loads("\n".join(JSON.render(audit)))["projects"][0]["issues"] if each["patches"]]
    assert issue["patches"][0]["text"] == sql


def test_two_files_of_one_version_are_files_that_fail(project: Build) -> None:
    audit = project(
        {
            INIT: "create table notes (id uuid primary key);\nalter table notes enable row level security;\n",
            "supabase/migrations/20250101000000_more.sql": "alter table notes add column title text;\n",
        }
    )
    (found,) = [each for each in audit.projects[0].issues if each.codes == ("FC205",)]
    assert any("1 file fails with 23505" in each for each in found.impact)


def test_a_subscription_is_one_whatever_it_listens_for(project: Build) -> None:
    listening = "supabase.channel('c').on('postgres_changes', { event: '*', schema: 'public', table: 'gone' }, f).subscribe();\n"
    audit = project({INIT: "create table a (id int);\n", "app/listen.ts": listening})
    assert audit.projects[0].calls == {"app/listen.ts": {"public.gone": ("realtime",)}}


NOTES = "create table notes (id uuid primary key);\nalter table notes enable row level security;\n"
OPEN = "create function {0}() returns int language sql security definer as 'select 1';\n"


def test_what_is_said_of_many_is_said_once(project: Build) -> None:
    audit = project(
        {INIT: NOTES + "".join(map(OPEN.format, "abc")), "app/a.ts": "await supabase.from('notes').select('id');\n"}
    )
    (issue,) = (each for each in audit.projects[0].issues if each.codes == ("FC306",))
    (evidence,) = issue.evidence
    assert evidence.title.startswith("Each of these runs with its owner's rights")
    assert [(each.line, each.what) for each in evidence.spots] == [
        (3, "`public.a`"),
        (4, "`public.b`"),
        (5, "`public.c`"),
    ]
    assert issue.options[0].title.startswith("For each: add `set search_path")


def test_a_bucket_that_may_be_made_by_hand_is_no_failure(project: Build) -> None:
    audit = project(
        {
            INIT: NOTES,
            "app/a.ts": "await supabase.storage.from('avatars').upload('a', file);\nawait supabase.from('notes').select();\n",
        }
    )
    assert "1 call may fail at run time, in 1 file." in audit.status
    (issue,) = (each for each in audit.projects[0].issues if each.codes == ("FC114",))
    assert "1 call may fail with Bucket not found." in issue.impact


def test_what_is_written_to_was_no_view_and_two_missing_tables_are_not_one_another(project: Build) -> None:
    made = (
        "create table people (id uuid primary key, alias text, shirt int);\nalter table people enable row level security;\n"
        "create view people_shown with (security_invoker = on) as select alias, shirt from people;\n"
    )
    code = (
        "await supabase.from('persons').insert({ alias: 'x', shirt: 1 });\n"
        "await supabase.from('towns').select('label, region_id');\nawait supabase.from('cities').select('label, region_id');\n"
        "await supabase.from('people').select('id');\n"
    )
    audit = project({INIT: made, "app/a.ts": code})
    options = {
        each.subjects[0]: [option.title for option in each.options]
        for each in audit.projects[0].issues
        if each.codes == ("FC101",)
    }
    assert not any("people_shown" in title for title in options["public.persons"])
    assert not any("cities" in title for title in options["public.towns"])
    assert not any("towns" in title for title in options["public.cities"])


def test_files_that_cannot_be_read_are_told_together(project: Build) -> None:
    broken = "const a = {{{;\n"
    audit = project(
        {
            INIT: NOTES,
            "app/a.ts": broken + "supabase.from('notes');\n",
            "app/b.ts": broken + "supabase.from('notes');\n",
        }
    )
    told = [each for each in audit.remarks if each.text.startswith("Not read: syntax error")]
    assert [[spot.path for spot in each.spots] for each in told] == [["app/a.ts", "app/b.ts"]]


def test_a_change_stands_with_the_fault_that_it_mends_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "supabase/migrations").mkdir(parents=True)
    (tmp_path / INIT).write_text("create table a (id uuid primary key, n int);\n")
    (tmp_path / "a.ts").write_text("await supabase.from('a').select('missing');\n")
    session = Session.open(tmp_path, Options())
    patch = Patch("supabase/migrations/20250102000000_rls.sql", "select 1;", ("public.a",), code="FC301")
    audit = make_audit(session.scan(), session.projects, session.region, all_rules(), [patch])
    assert {issue.codes: issue.patches for issue in audit.projects[0].issues} == {("FC103",): (), ("FC301",): (patch,)}


def test_the_matrix_begins_with_what_is_missing_and_then_what_most_files_ask_for(project: Build) -> None:
    made = "create table a (id uuid primary key);\ncreate table b (id uuid primary key);\ncreate table c (id uuid primary key);\n"
    code = {f"{n}.ts": "await supabase.from('c').select('id');\n" for n in "xy"} | {
        "z.ts": "await supabase.from('b').select('id');\n"
    }
    page = "\n".join(HTML.render(project({INIT: made, **code})))
    assert "What most files ask for comes first." in page
    assert "only files that ask for what is missing" not in page
    heads = re.findall(r'<th scope="col"[^>]*><span>(\w+)</span>', page)
    assert heads == ["c", "b"]
    page = "\n".join(HTML.render(project({INIT: made, **code, "w.ts": "await supabase.from('gone').select('id');\n"})))
    assert re.findall(r'<th scope="col"[^>]*><span>(\w+)</span>', page) == ["gone", "c", "b"]
