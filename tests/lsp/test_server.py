"""The real server in a process of its own, driven by a real client over stdio."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from analyzer.cli import main

ROOT = Path(__file__).parents[2]
MIGRATION = "supabase/migrations/20250101000000_init.sql"
SQL = """create table public.companies (id bigint primary key, title text not null);
create table public.deals (id bigint primary key, name text, company_id bigint references public.companies (id));
alter table public.companies enable row level security;
alter table public.deals enable row level security;
create policy "Everyone reads" on public.deals for select to authenticated using (true);
create function public.close_deal(deal_id bigint) returns void language sql as $$ select 1 $$;
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
"""
FILES = {
    MIGRATION: SQL,
    "app/page.ts": "const q = supabase.from('deals').select('id, name').eq('company_id', 1);\n",
    "app/other.ts": "const q = supabase.from('deals').insert({ name: 'x', id: 1 });\n",
}
TIMEOUT = 20.0


class Editor(LanguageClient):
    """An editor: keeps the newest diagnostics of each file, and what the log was told."""

    def __init__(self, root: Path) -> None:
        super().__init__("editor", "1")
        self.root = root
        self.shown: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.registered: list[lsp.Registration] = []
        self.versions: dict[str, int] = {}

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = params

        @self.feature(lsp.WINDOW_LOG_MESSAGE)
        def _(params: lsp.LogMessageParams) -> None:
            self.logged.append(params.message)

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def _(params: lsp.RegistrationParams) -> None:
            self.registered.extend(params.registrations)

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    async def start(self, *folders: str) -> None:
        command = ["-m", "analyzer", "lsp", "--no-cache"]
        await self.start_io(sys.executable, *command, cwd=str(ROOT))
        watched = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        edits = lsp.WorkspaceEditClientCapabilities(resource_operations=[lsp.ResourceOperationKind.Create])
        workspace = lsp.WorkspaceClientCapabilities(did_change_watched_files=watched, workspace_edit=edits)
        action = lsp.CodeActionClientCapabilities(resolve_support=lsp.ClientCodeActionResolveOptions(["edit"]))
        documents = lsp.TextDocumentClientCapabilities(code_action=action)
        await self.initialize_async(
            lsp.InitializeParams(
                capabilities=lsp.ClientCapabilities(workspace=workspace, text_document=documents),
                root_uri=self.root.as_uri(),
                workspace_folders=[lsp.WorkspaceFolder(self.uri(each), each) for each in folders or ("",)],
            )
        )
        self.initialized(lsp.InitializedParams())

    def open(self, path: str, text: str) -> None:
        self.versions[path] = 1
        document = lsp.TextDocumentItem(self.uri(path), "typescript", 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def type(self, path: str, text: str) -> None:
        self.versions[path] += 1
        document = lsp.VersionedTextDocumentIdentifier(self.versions[path], self.uri(path))
        whole = lsp.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [whole]))

    async def until(self, path: str, *codes: str, version: int | None = None) -> list[lsp.Diagnostic]:
        """The diagnostics of a file, once their codes are these."""
        for _ in range(int(TIMEOUT / 0.02)):
            shown = self.shown.get(self.uri(path))
            found = list(shown.diagnostics) if shown else []
            right = sorted(str(each.code) for each in found) == sorted(codes)
            if right and (shown or not codes) and (version is None or (shown and shown.version == version)):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"{path} has {self.shown.get(self.uri(path))}; log: {self.logged}")

    def at(self, path: str, text: str, word: str) -> dict[str, Any]:
        """The position of the first time that a word stands in the text, counted in UTF-16."""
        before = text[: text.index(word)]
        column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        return {
            "text_document": lsp.TextDocumentIdentifier(self.uri(path)),
            "position": lsp.Position(before.count("\n"), column + 1),
        }


Play = Callable[[Editor], Awaitable[None]]


def play(root: Path, scene: Play, *folders: str, files: dict[str, str] = FILES) -> None:
    """Start the server on these files, run a scene, and end both as an editor does."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    async def run() -> None:
        editor = Editor(root)
        await editor.start(*folders)
        await scene(editor)
        await editor.shutdown_async(None)
        editor.exit(None)
        await editor.stop()

    asyncio.run(asyncio.wait_for(run(), 60))


pytestmark = pytest.mark.filterwarnings("default")


def test_diagnostics_follow_what_is_typed(tmp_path: Path) -> None:
    text = "/* 😀 */ const q = supabase.from('dealz').select('id');\r\n"

    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", FILES["app/page.ts"])
        await editor.until("app/page.ts", version=None)
        editor.type("app/page.ts", "\r\n" + text)
        (found,) = await editor.until("app/page.ts", "FC101", version=2)
        # The emoji is two units: nine before `const`, then `const q = supabase.from('`.
        assert found.range == lsp.Range(lsp.Position(1, 34), lsp.Position(1, 39))
        assert (found.source, found.severity) == ("fromcheck", lsp.DiagnosticSeverity.Error)
        editor.type("app/page.ts", text.replace("dealz", "deals"))
        await editor.until("app/page.ts", version=3)

    play(tmp_path, scene)


def test_unsaved_sql_changes_what_is_right_in_code(tmp_path: Path) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(MIGRATION, SQL)
        editor.type(MIGRATION, SQL.replace("name text", "label text"))
        await editor.until("app/page.ts", "FC103")
        editor.text_document_did_close(
            lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(editor.uri(MIGRATION)))
        )
        await editor.until("app/page.ts")

    play(tmp_path, scene)


def test_hover_definition_and_references(tmp_path: Path) -> None:
    text = FILES["app/page.ts"]

    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", text)
        table = editor.at("app/page.ts", text, "deals")
        hover = await editor.text_document_hover_async(lsp.HoverParams(**table))
        assert hover is not None
        assert isinstance(hover.contents, lsp.MarkupContent)
        for told in ("company_id bigint", "Everyone reads", f"{MIGRATION}:2"):
            assert told in hover.contents.value
        (made,) = await editor.text_document_definition_async(lsp.DefinitionParams(**table))
        assert (made.uri, made.range.start) == (editor.uri(MIGRATION), lsp.Position(1, 13))
        column = editor.at("app/page.ts", text, "company_id")
        (made,) = await editor.text_document_definition_async(lsp.DefinitionParams(**column))
        assert made.range.start == lsp.Position(1, SQL.splitlines()[1].index("company_id"))
        sql = editor.at(MIGRATION, SQL, "deals (id")
        context = lsp.ReferenceContext(include_declaration=False)
        found = await editor.text_document_references_async(lsp.ReferenceParams(context, **sql))
        places = [(each.uri, each.range.start.line, each.range.start.character) for each in found]
        assert places == [(editor.uri("app/other.ts"), 0, 25), (editor.uri("app/page.ts"), 0, 25)]
        name = editor.at(MIGRATION, SQL, "name text")
        found = await editor.text_document_references_async(lsp.ReferenceParams(context, **name))
        assert [each.uri for each in found] == [editor.uri("app/other.ts"), editor.uri("app/page.ts")]

    play(tmp_path, scene)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("supabase.from('", {"deals", "companies"}),
        ("supabase.storage.from('", {"avatars"}),
        ("supabase.rpc('", {"close_deal"}),
        ("supabase.rpc('close_deal', { ", {"deal_id"}),
        ("supabase.from('deals').select('id, ", {"id", "name", "company_id", "companies"}),
        ("supabase.from('deals').select('id, companies(", {"id", "title", "deals"}),
        ("supabase.from('deals').select('id').eq('id', f(')')).eq('", {"id", "name", "company_id"}),
        ("const q = supabase.from('companies'); q.eq('", {"id", "title"}),
        ("supabase.from('deals').select('*, companies(*)').eq('companies.", {"id", "title"}),
        ("supabase.from('deals').select('*').eq('nothing.", set()),
        ("supabase.from('deals').insert({ name: 'a', ", {"id", "name", "company_id"}),
        ("supabase.from('deals').insert([{ ", {"id", "name", "company_id"}),
        ("console.log('", set()),
        ("Array.from(x).filter({ ", set()),
    ],
)
def test_completion(typed: str, expected: set[str], tmp_path: Path) -> None:
    from analyzer.engine import Options, Session
    from analyzer.lsp.completion import completions

    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (project,) = Session.open(tmp_path, Options()).projects
    assert {each.label for each in completions(project, typed)} == expected


def test_completion_in_an_editor(tmp_path: Path) -> None:
    text = "const s = '😀'; supabase.from('deals').eq('"

    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", text)
        column = len(text.encode("utf-16-le")) // 2
        where = lsp.TextDocumentIdentifier(editor.uri("app/page.ts"))
        found = await editor.text_document_completion_async(lsp.CompletionParams(where, lsp.Position(0, column)))
        assert isinstance(found, lsp.CompletionList)
        assert [each.label for each in found.items] == ["id", "name", "company_id"]

    play(tmp_path, scene)


def test_quick_fixes(tmp_path: Path) -> None:
    text = "\n  const q = supabase.from('deal').select('id');\n"

    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", text)
        (found,) = await editor.until("app/page.ts", "FC101")
        where = lsp.TextDocumentIdentifier(editor.uri("app/page.ts"))
        context = lsp.CodeActionContext([found])
        given = await editor.text_document_code_action_async(lsp.CodeActionParams(where, found.range, context))
        edits = {
            each.title: each.edit.changes[editor.uri("app/page.ts")]
            for each in given or ()
            if isinstance(each, lsp.CodeAction) and each.edit and each.edit.changes
        }
        assert [*edits["Replace with `deals`"]] == [lsp.TextEdit(found.range, "deals")]
        (comment,) = edits["Ignore FC101 here"]
        assert comment.range.start == lsp.Position(1, 0)
        assert comment.new_text == "  // fromcheck-ignore FC101: reason\n"
        editor.type("app/page.ts", "\n" + comment.new_text + text[1:])
        await editor.until("app/page.ts", version=2)

    play(tmp_path, scene)


def test_a_migration_for_a_missing_table(tmp_path: Path) -> None:
    text = "const q = supabase.from('ghosts').select('id, title').eq('deal_id', 1);\n"

    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", text)
        (found,) = await editor.until("app/page.ts", "FC101")
        where = lsp.TextDocumentIdentifier(editor.uri("app/page.ts"))
        context = lsp.CodeActionContext([found])
        given = await editor.text_document_code_action_async(lsp.CodeActionParams(where, found.range, context))
        (action,) = (each for each in given or () if isinstance(each, lsp.CodeAction) and "migration" in each.title)
        assert action.title == "Write a migration that creates `public.ghosts`"
        assert action.edit is None
        action = await editor.code_action_resolve_async(action)
        assert action.edit
        created, written = action.edit.document_changes or ()
        assert isinstance(created, lsp.CreateFile)
        assert created.uri.startswith(editor.uri("supabase/migrations/2025"))
        assert created.uri.endswith("_create_ghosts.sql")
        assert isinstance(written, lsp.TextDocumentEdit)
        (edit,) = written.edits
        assert isinstance(edit, lsp.TextEdit)
        assert "create table public.ghosts" in edit.new_text
        assert not list((tmp_path / "supabase/migrations").glob("*ghosts*"))

    play(tmp_path, scene)


def test_files_that_change_on_disk_are_read_again(tmp_path: Path) -> None:
    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", FILES["app/page.ts"])
        await editor.until("app/page.ts", version=1)
        assert [each.method for each in editor.registered] == [lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        new = tmp_path / "app/new.ts"
        new.write_text("supabase.from('ghosts').select('id');\n")
        event = lsp.FileEvent(new.as_uri(), lsp.FileChangeType.Created)
        editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
        await editor.until("app/new.ts", "FC101")
        new.unlink()
        event = lsp.FileEvent(new.as_uri(), lsp.FileChangeType.Deleted)
        editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
        await editor.until("app/new.ts")

    play(tmp_path, scene)


def test_each_folder_of_a_workspace_has_its_own_schema(tmp_path: Path) -> None:
    files = {f"one/{name}": text for name, text in FILES.items()}
    files |= {"two/app/page.ts": "supabase.from('companies').select('title');\n", f"two/{MIGRATION}": SQL}
    files[f"two/{MIGRATION}"] = SQL.replace("title text", "label text")

    async def scene(editor: Editor) -> None:
        await editor.until("two/app/page.ts", "FC103")
        await editor.until("one/app/page.ts")

    play(tmp_path, scene, "one", "two", files=files)


def test_what_cannot_be_judged_is_logged_and_the_server_goes_on(tmp_path: Path) -> None:
    async def scene(editor: Editor) -> None:
        editor.open("app/page.ts", "supabase.from('ghosts').select('id');\n")
        await editor.until("app/page.ts", "FC101")
        config = tmp_path / "fromcheck.yaml"
        for text, codes in (("nonsense: 1\n", ()), ("ignore: []\n", ("FC101",))):
            config.write_text(text)
            event = lsp.FileEvent(config.as_uri(), lsp.FileChangeType.Changed)
            editor.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
            await editor.until("app/page.ts", *codes)
            told = await editor.until("fromcheck.yaml", *([] if codes else [str(None)]))  # it has no code
            assert all(each.range.start.line == 0 and "nonsense" in each.message for each in told)
        assert any("nonsense" in each for each in editor.logged)

    play(tmp_path, scene)


def test_messages_that_make_no_sense_are_told_in_a_line_each(tmp_path: Path) -> None:
    exit_ = {"jsonrpc": "2.0", "method": "exit"}
    said: list[object] = [[{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}], "text", 5, None, {"id": {}}, exit_]
    bodies = [json.dumps(each).encode() for each in said]
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "analyzer", "lsp", "--no-cache"]
    ended = subprocess.run(command, cwd=ROOT, input=sent, capture_output=True, timeout=60, check=False)
    lines = ended.stderr.decode().splitlines()
    assert len(lines) >= len(said) - 1
    assert all(line.startswith("fromcheck: ") for line in lines)


def test_without_its_package_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    result = CliRunner().invoke(main, ["lsp"], prog_name="fromcheck")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        'fromcheck: fromcheck lsp needs a package that is not here: pip install "fromcheck[lsp]"'
    ]
