"""A migration as an edit of the workspace: a new file with its text."""

from __future__ import annotations

from collections.abc import Mapping

from lsprotocol import types as lsp


def can_apply(client: lsp.ClientCapabilities) -> bool:
    """True for an editor that asks for an edit when it is chosen, and can make files."""
    action = client.text_document.code_action if client.text_document else None
    lazily = action.resolve_support if action else None
    edit = client.workspace.workspace_edit if client.workspace else None
    made = (edit.resource_operations or ()) if edit else ()
    return lazily is not None and "edit" in lazily.properties and lsp.ResourceOperationKind.Create in made


def applied(files: Mapping[str, bytes]) -> lsp.WorkspaceEdit:
    """The edit that makes these files, by their addresses; none that is there already is touched."""
    changes: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    start = lsp.Position(0, 0)
    for uri, data in files.items():
        text = lsp.TextEdit(lsp.Range(start, start), data.decode("utf-8", "replace"))
        changes.append(lsp.CreateFile(uri))
        changes.append(lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri), [text]))
    return lsp.WorkspaceEdit(document_changes=changes)
