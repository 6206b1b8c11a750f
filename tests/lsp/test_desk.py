"""A folder in an editor: what is typed is judged again only where it asks for something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from analyzer.baseline import render_baseline
from analyzer.engine import Options, Session
from analyzer.lsp.desk import Desk

CODE = "const a = 1;\nsupabase.from('pets').select('colour');\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "supabase" / "migrations").mkdir(parents=True)
    (tmp_path / "supabase/migrations/1_a.sql").write_text("create table pets (id int);")
    (tmp_path / "a.ts").write_text(CODE)
    return tmp_path


def lines(desk: Desk) -> list[tuple[str, int]]:
    return [(each.code, each.region.start.line) for each in desk.update().entries if each.region.path == "a.ts"]


def test_a_line_more_moves_what_was_found_and_links_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(folder)
    assert lines(desk) == [("FC103", 2)]
    before = desk.known
    with monkeypatch.context() as patch:
        patch.setattr("analyzer.engine.analysis.link", None)
        desk.write("a.ts", b"// more\n" + CODE.encode())
        assert lines(desk) == [("FC103", 3)]
        assert desk.known is before
    # What is asked at a place is answered for the text as it is.
    (project,) = desk.projects()
    assert [each.name.span.start for each in project.uses] == [CODE.index("'pets'") + 1 + len("// more\n")]
    assert desk.known == (project,)


def test_what_asks_for_something_else_is_judged_anew(folder: Path) -> None:
    desk = Desk(folder)
    assert lines(desk) == [("FC103", 2)]
    for text, found in ((CODE.replace("colour", "id"), []), (CODE.replace("pets", "pets2"), [("FC101", 2)])):
        desk.write("a.ts", text.encode())
        assert lines(desk) == found
    desk.write("a.ts", None)
    assert lines(desk) == [("FC103", 2)]
    (folder / "a.ts").write_text("\n" + CODE)
    desk.touch("a.ts", listed=True)
    assert lines(desk) == [("FC103", 3)]
    fresh = Session.open(folder, Options()).scan()
    assert desk.report is not None
    assert structs.replace(desk.report, seconds=0) == structs.replace(fresh, seconds=0)


def test_with_a_baseline_nothing_more_is_linked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = Session.open(folder, Options()).scan().entries
    (folder / "fromcheck-baseline.json").write_text(render_baseline(entries))
    desk = Desk(folder)
    assert lines(desk) == []
    monkeypatch.setattr("analyzer.engine.analysis.link", None)
    desk.write("a.ts", b"// more\n" + CODE.encode())
    assert lines(desk) == []
    assert desk.report is not None
    assert (desk.report.baselined, desk.report.stale) == (len(entries), ())


def test_a_folder_that_comes_back_with_other_files_is_read_again(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in/b.ts").write_text(CODE.replace("colour", "id"))
    desk = Desk(folder)

    def found() -> list[str]:
        return [each.region.path for each in desk.update().entries if each.code == "FC103"]

    assert found() == ["a.ts"]
    (folder / "in").rename(folder / "out")
    (folder / "in").mkdir()
    (folder / "in/b.ts").write_text(CODE)
    # Of a folder, an editor tells no more than its name.
    desk.touch("in", listed=False)
    desk.touch("out", listed=False)
    assert found() == ["a.ts", "in/b.ts"]


def test_what_was_tried_to_create_a_table_does_not_count_as_read(folder: Path) -> None:
    text = CODE.replace("pets", "vets").encode()
    (folder / "a.ts").write_bytes(text)
    desk = Desk(folder)
    assert lines(desk) == [("FC101", 2)]
    assert desk.creation("public.vets")[0]
    text += b"supabase.from('owners').select('id');\n"
    desk.write("a.ts", text)
    assert lines(desk) == [("FC101", 2), ("FC101", 3)]
    known = desk.known
    desk.write("a.ts", b"// more\n" + text)
    assert lines(desk) == [("FC101", 3), ("FC101", 4)]
    assert desk.known is known
