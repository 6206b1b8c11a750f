"""Small projects on disk, asked as a command line would ask them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from analyzer.engine import Options, Session

CALL = "import { supabase } from './client';\nconst a = await supabase.from('users').select('id');\n"


class Project:
    """A project under test; it always asks for the table ``users``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write({"app/a.ts": CALL})

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            (self.path / path).parent.mkdir(parents=True, exist_ok=True)
            (self.path / path).write_bytes(text.encode())

    def session(self) -> Session:
        return Session.open(self.path, Options())

    def applied(self) -> list[str]:
        """The files that make the schema of the first root, in order."""
        return [each.path for each in self.session().inventory.roots[0].migrations]

    def tables(self) -> list[str]:
        """The tables after the replay, as ``fromcheck schema`` has them; it has to be clean."""
        document = self.session().schema()
        assert document["replay"]["failures"] == []
        return [f"{each['schema']}.{each['name']}" for each in document["relations"]]

    def found(self) -> list[tuple[str, str]]:
        """The findings of a scan, by code and subject, but for what is said of any table by itself."""
        entries = self.session().scan().entries
        return [(each.code, each.subject) for each in entries if each.code not in ("FC301", "FC302", "FC501")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
