"""CREATE EVENT TRIGGER."""

from __future__ import annotations

from analyzer.model.events import CreateEventTrigger
from analyzer.model.span import Span
from analyzer.sql.state import State, Watcher


def create_event_trigger(state: State, event: CreateEventTrigger, span: Span) -> None:
    """CREATE EVENT TRIGGER: kept where it fires when a command has ended."""
    found = state.find_functions(event.function)
    if event.event == "ddl_command_end" and found:
        state.journal.put(state.watchers, event.name, Watcher(event.tags, found[0].oid))


EFFECTS = {CreateEventTrigger: create_event_trigger}
