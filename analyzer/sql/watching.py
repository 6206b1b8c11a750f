"""What event triggers do: of that, that tables get row level security as they are made."""

from __future__ import annotations

import re

from analyzer.model.catalog import Relation
from analyzer.sql.state import State, Watcher

_SECURES = re.compile(r"enable\s+row\s+level\s+security", re.IGNORECASE)


def secure(state: State, relation: Relation, command: str) -> None:
    """Switch row level security on where an event trigger would, once the relation was made by this command."""
    schema = state.catalog.schemas[relation.schema].name
    if any(_secures(state, each, schema, command) for each in state.watchers.values()):
        state.change(relation, rls=True)


def _secures(state: State, watcher: Watcher, schema: str, command: str) -> bool:
    """True when it fires, and its function does so in every schema, or names this one."""
    function = state.catalog.functions.get(watcher.function)
    body = function.body.sql if function is not None and function.body is not None else ""
    fires = not watcher.tags or command in watcher.tags
    return fires and bool(_SECURES.search(body)) and ("schema_name" not in body or f"'{schema}'" in body)
