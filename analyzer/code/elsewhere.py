"""What other files tell about this one. It is set after the file's end as code, and followed like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.model.crossing import Imported, Known, Taken

if TYPE_CHECKING:
    from tree_sitter import Node

    from analyzer.code.script import Script


class Elsewhere:
    """Answers by the expressions that were set after the file, and keeps what it was asked for in vain."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._imports: dict[Imported, Node] = {}
        self._given: dict[Taken, list[Node]] = {}
        self.wants: dict[Imported, None] = {}
        self.takes: dict[Taken, None] = {}

    def text(self) -> bytes:
        """The code to set after the file: a list for each import and parameter."""
        lists = [code for _, code in self._known.imports]
        lists += [", ".join(codes) for _, codes in self._known.given]
        return "".join(f"\n;[{each}];" for each in lists).encode("utf-8", "replace")

    def attach(self, script: Script) -> None:
        """Find the lists in the tree of the file with that code."""
        lists = [
            each.named_children[0]
            for each in script.root.named_children
            if each.start_byte >= script.end and each.type == "expression_statement" and each.named_child_count
        ]
        imports, given = self._known.imports, self._known.given
        if len(lists) != len(imports) + len(given):
            return
        for (imported, _), found in zip(imports, lists, strict=False):
            if found.named_child_count:
                self._imports[imported] = found.named_children[0]
        for (taken, _), found in zip(given, lists[len(imports) :], strict=True):
            self._given[taken] = list(found.named_children)

    def imported(self, name: Imported) -> Node | None:
        """The value of an import; None when it is not known, and then it is wanted."""
        found = self._imports.get(name)
        if found is None:
            self.wants[name] = None
        return found

    def given(self, parameter: Taken) -> list[Node] | None:
        """What callers in other files give for a parameter; None when they are not known, and then they are wanted."""
        self.takes[parameter] = None
        return self._given.get(parameter)
