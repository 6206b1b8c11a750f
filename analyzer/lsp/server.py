"""``fromcheck lsp``: the server, over stdio."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from analyzer import __version__
from analyzer.check import all_rules
from analyzer.discover import CODE_SUFFIXES
from analyzer.lsp.actions import actions
from analyzer.lsp.completion import completions
from analyzer.lsp.creation import applied, can_apply
from analyzer.lsp.desk import CREATED, Desk
from analyzer.lsp.diagnostics import diagnostics, misconfigured
from analyzer.lsp.hover import described
from analyzer.lsp.lines import Lines
from analyzer.lsp.mentions import Mention, mentions, thing_at
from analyzer.model.errors import FromcheckError, summary
from analyzer.model.report import Entry, Report
from analyzer.model.source import Source
from analyzer.model.span import Place
from analyzer.reporter import visible

T = TypeVar("T")

DELAY = 0.15
"""Seconds without a keystroke before what was typed is judged."""

_WATCHED = (*(f"**/*{each}" for each in CODE_SUFFIXES), "**/*.{sql,toml,json,yaml,yml,md,prisma}", "**/.gitignore")
_OF_CONFIGURATION = ("fromcheck.yaml", "fromcheck-baseline.json", ".gitignore")


class Server(LanguageServer):
    """Holds a desk for each folder of the workspace."""

    def __init__(self, cache_folder: Path | None = None, delay: float = DELAY) -> None:
        super().__init__("fromcheck", __version__)
        self.desks: dict[str, Desk] = {}
        self._cache = cache_folder
        self._delay = delay
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._shown: dict[str, dict[str, list[lsp.Diagnostic]]] = {}
        self._told: set[str] = set()

    # --- folders and files --------------------------------------------------------------------------------------------

    def add(self, uri: str) -> None:
        """Take a folder of the workspace on, and judge it."""
        path = to_fs_path(uri)
        if path is not None and Path(path).is_dir():
            self.desks[uri] = Desk(Path(path), self._cache)
            self._locks[uri] = asyncio.Lock()
            self.judge_soon(uri, 0)

    def remove(self, uri: str) -> None:
        """Let a folder go."""
        if self.desks.pop(uri, None) is not None:
            self._publish(uri, {})

    def find(self, uri: str) -> tuple[str, Desk, str] | None:
        """The innermost folder that a file is in, with its path there."""
        file = to_fs_path(uri)
        found = [
            (folder, desk, path)
            for folder, desk in self.desks.items()
            if file is not None and (path := desk.path_of(Path(file))) is not None
        ]
        return min(found, key=lambda each: len(each[2]), default=None)

    def uri_of(self, desk: Desk, path: str) -> str:
        """The address of a file: the one by which the editor opened it, where it did."""
        made = from_fs_path(str(desk.root / path)) or ""
        return next((uri for uri in self.workspace.text_documents if to_fs_path(uri) == to_fs_path(made)), made)

    def wrote(self, uri: str, text: str | None) -> None:
        """The editor has this text in a file; None when it closed it."""
        found = self.find(uri)
        if found is not None:
            folder, desk, path = found
            desk.write(path, None if text is None else text.encode("utf-8", "surrogatepass"))
            self.judge_soon(folder)

    # --- judging ------------------------------------------------------------------------------------------------------

    def judge_soon(self, folder: str, delay: float | None = None) -> None:
        """Judge a folder once nothing was typed for a moment."""
        if folder in self._waiting:
            self._waiting[folder].cancel()
        self._waiting[folder] = asyncio.ensure_future(self._later(folder, self._delay if delay is None else delay))

    async def _later(self, folder: str, delay: float) -> None:
        await asyncio.sleep(delay)
        # From here on it is not to be cancelled: what was typed since is judged next.
        self._waiting.pop(folder, None)
        await self.current(folder)

    async def current(self, folder: str) -> Report | None:
        """What is known of a folder as it is now; None when it cannot be judged."""
        desk = self.desks.get(folder)
        if desk is None:
            return None
        async with self._locks[folder]:
            if not desk.fresh:
                await self._update(folder, desk)
        return desk.report

    async def _update(self, folder: str, desk: Desk) -> None:
        opened = self.workspace.text_documents.items()
        versions = {uri: each.version for uri, each in opened if (found := self.find(uri)) and found[0] == folder}
        try:
            report = await asyncio.get_running_loop().run_in_executor(None, desk.update)
            wrong = diagnostics(report, cache(desk.lines), lambda path: self.uri_of(desk, path))
            self._publish(folder, {self.uri_of(desk, path): each for path, each in wrong.items()}, versions)
            for trouble in report.untold:
                self._log(lsp.MessageType.Warning, f"{trouble.path}: {trouble.message}")
        except FromcheckError as error:
            desk.report = None
            wrong = misconfigured(str(error))
            self._publish(folder, {self.uri_of(desk, path): each for path, each in wrong.items()}, versions)
            self._log(lsp.MessageType.Warning, f"{desk.root}: {error}")
        except Exception as error:
            self._log(lsp.MessageType.Error, f"internal error: {summary(error)}\n{traceback.format_exc()}")

    async def apart(self, folder: str, ask: Callable[..., T], *given: object) -> T:
        """What is answered in a thread, while the folder stays as it is."""
        async with self._locks[folder]:
            return await asyncio.get_running_loop().run_in_executor(None, ask, *given)

    def _publish(
        self, folder: str, found: dict[str, list[lsp.Diagnostic]], versions: dict[str, int | None] | None = None
    ) -> None:
        """Send what differs from what was sent before; for a file that is open, always: its version is another."""
        before, versions = self._shown.get(folder, {}), versions or {}
        for uri in dict.fromkeys((*found, *before, *versions)):
            now = found.get(uri, [])
            if uri in versions or now != before.get(uri, []):
                self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, now, versions.get(uri)))
        self._shown[folder] = found

    def _log(self, kind: lsp.MessageType, message: str) -> None:
        """Tell the editor's log, each thing once."""
        if message not in self._told:
            self._told.add(message)
            self.window_log_message(lsp.LogMessageParams(kind, message))

    # --- questions ----------------------------------------------------------------------------------------------------

    async def at(self, uri: str, position: lsp.Position) -> tuple[Desk, Mention | None, list[Entry]]:
        """What is named at a position, and the findings there. Raises LookupError for a file of no folder."""
        found = self.find(uri)
        report = await self.current(found[0]) if found else None
        if found is None or report is None:
            raise LookupError(uri)
        folder, desk, path = found
        data = desk.data(path)
        offset = Lines(data).offset(position)
        named = (thing_at(project, path, offset, data) for project in await self.apart(folder, desk.projects))
        return desk, next((each for each in named if each), None), self.entries(desk, report, path, position, position)

    def entries(self, desk: Desk, report: Report, path: str, start: lsp.Position, end: lsp.Position) -> list[Entry]:
        """The findings of a file that touch a range."""
        lines = desk.lines(path)
        places = ((each, lines.region(each.region)) for each in report.entries if each.region.path == path)
        return [each for each, place in places if place.start <= end and start <= place.end]

    def location(self, desk: Desk, place: Place) -> lsp.Location:
        """A place as editors take it."""
        return lsp.Location(self.uri_of(desk, place.path), desk.lines(place.path).range(place.span))


def make_server(cache_folder: Path | None = None, delay: float = DELAY) -> Server:
    """A server with all that it can do."""
    server = Server(cache_folder, delay)
    _keep_up(server)
    _answer(server)
    return server


def _keep_up(server: Server) -> None:
    """What the editor tells."""

    @server.feature(lsp.INITIALIZED)
    def _(params: lsp.InitializedParams) -> None:
        root = server.workspace.root_uri
        for uri in server.workspace.folders or ([root] if root else []):
            server.add(uri)
        _watch(server)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        for gone in params.event.removed:
            server.remove(gone.uri)
        for come in params.event.added:
            server.add(come.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _(params: lsp.DidOpenTextDocumentParams) -> None:
        server.wrote(params.text_document.uri, params.text_document.text)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _(params: lsp.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.wrote(uri, server.workspace.get_text_document(uri).source)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _(params: lsp.DidCloseTextDocumentParams) -> None:
        server.wrote(params.text_document.uri, None)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(params: lsp.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            found = server.find(change.uri)
            if found is not None:
                folder, desk, path = found
                plain = change.type == lsp.FileChangeType.Changed and not path.endswith(_OF_CONFIGURATION)
                desk.touch(path, listed=plain)
                server.judge_soon(folder)


def _watch(server: Server) -> None:
    """Ask to be told of files that change, where the editor can be asked."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is not None and watching.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        one = lsp.Registration("fromcheck-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(lsp.RegistrationParams([one]))


def _answer(server: Server) -> None:
    """What the editor asks."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def _(params: lsp.HoverParams) -> lsp.Hover | None:
        try:
            desk, mention, entries = await server.at(params.text_document.uri, params.position)
        except LookupError:
            return None
        parts = [_page(each) for each in entries]
        if mention is not None:
            parts.insert(0, described(mention.thing, lambda place: _said(desk, place)))
        markup = lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(parts))
        return lsp.Hover(markup) if parts else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=list("'\"`,({ .")))
    async def _(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        found = server.find(params.text_document.uri)
        if found is None:
            return None
        folder, desk, path = found
        if desk.report is None:
            await server.current(folder)
        document = server.workspace.get_text_document(params.text_document.uri)
        data = document.source.encode("utf-8", "surrogatepass")
        before = data[: Lines(data).offset(params.position)].decode("utf-8", "replace")
        # The schema does not wait for what is typed in code.
        near = sorted(desk.known, key=lambda each: not path.startswith(each.folder))
        return lsp.CompletionList(False, completions(near[0], before)) if near else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def _(params: lsp.DefinitionParams) -> list[lsp.Location]:
        try:
            desk, mention, _ = await server.at(params.text_document.uri, params.position)
        except LookupError:
            return []
        return [server.location(desk, place) for place in mention.thing.places] if mention else []

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def _(params: lsp.ReferenceParams) -> list[lsp.Location]:
        try:
            desk, mention, _ = await server.at(params.text_document.uri, params.position)
        except LookupError:
            return []
        if mention is None:
            return []
        places = [*mention.thing.places] if params.context.include_declaration else []
        places += [each.place for each in mentions(mention.thing.project) if each.thing.same(mention.thing)]
        return [server.location(desk, place) for place in dict.fromkeys(places)]

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix], resolve_provider=True)
    )
    async def _(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        found = server.find(params.text_document.uri)
        report = await server.current(found[0]) if found else None
        if found is None or report is None:
            return []
        folder, desk, path = found
        entries = server.entries(desk, report, path, params.range.start, params.range.end)
        made = [action for entry in entries for action in _actions(server, desk, path, entry)]
        return [*made, *_creations(server, folder, entries)]

    @server.feature(lsp.CODE_ACTION_RESOLVE)
    async def _(action: lsp.CodeAction) -> lsp.CodeAction:
        folder, subject = action.data if isinstance(action.data, (list, tuple)) else ("", "")
        desk = server.desks.get(folder)
        if desk is not None:
            changes, why = await server.apart(folder, desk.creation, subject)
            if why:
                server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"fromcheck: {why}"))
            action.edit = applied({server.uri_of(desk, each.path): each.after or b"" for each in changes})
        return action


def _actions(server: Server, desk: Desk, path: str, entry: Entry) -> Iterator[lsp.CodeAction]:
    for each in actions(entry, Source(path, desk.data(path)), desk.lines):
        edit = lsp.WorkspaceEdit({server.uri_of(desk, name): edits for name, edits in each.edits.items()})
        kind = lsp.CodeActionKind.QuickFix
        yield lsp.CodeAction(each.title, kind, is_preferred=each.sure or None, edit=edit)


def _creations(server: Server, folder: str, entries: list[Entry]) -> Iterator[lsp.CodeAction]:
    """Migrations are tried before they are proposed, which takes a moment: not until one is chosen."""
    if can_apply(server.client_capabilities):
        for subject in dict.fromkeys(each.subject for each in entries if each.code in CREATED):
            title = f"Write a migration that creates `{subject}`"
            yield lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, data=[folder, subject])


def _page(entry: Entry) -> str:
    pages = {rule.code: rule.page for rule in all_rules()}
    return f"**{entry.code} {entry.name}**: {entry.message}\n\n{pages.get(entry.code, '')}".strip()


def _said(desk: Desk, place: Place) -> str:
    return f"`{place.path}:{desk.lines(place.path).position(place.span.start).line + 1}`"


def serve(cache_folder: Path | None = None) -> None:
    """Speak with an editor over stdin and stdout, until it ends it."""
    log = logging.StreamHandler()
    log.setFormatter(_OneLine())
    logging.getLogger("pygls").addHandler(log)
    server: Any = make_server(cache_folder)
    server.start_io()


class _OneLine(logging.Formatter):
    """What the protocol's library logs, such as a message that it cannot read, as one line, without a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The first line of the message, and what error is behind it."""
        error = record.exc_info[1] if record.exc_info else None
        said = record.getMessage().partition("\n")[0]
        return visible(f"fromcheck: {said}" + (f": {summary(error)}" if error is not None else ""))
