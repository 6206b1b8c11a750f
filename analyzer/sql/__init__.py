"""SQL: one migration becomes facts, and the facts of all of them, in order, become a catalogue."""
