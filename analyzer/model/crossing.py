"""What code files tell each other: values that are imported, and arguments that a function of another file is given."""

from __future__ import annotations

from analyzer.model.record import Record

# The name under which a module's default export goes, and the one for all its exports together.
DEFAULT, ALL = "default", "*"


class Imported(Record, frozen=True, order=True):
    """A name as its module exports it; ``specifier`` is the module as the import writes it."""

    specifier: str
    name: str


class Taken(Record, frozen=True, order=True):
    """A parameter of an exported function, or of an exported class's constructor, by position.

    With a ``member``, that field of the class, which the classes that extend it give a value.
    """

    function: str
    position: int
    member: str = ""


class Known(Record, frozen=True):
    """What other files tell about one file, as expressions in code that need nothing of the file they come from.

    ``given`` holds, for a parameter, what each of its callers gives.
    """

    imports: tuple[tuple[Imported, str], ...] = ()
    given: tuple[tuple[Taken, tuple[str, ...]], ...] = ()


NOTHING_KNOWN = Known()


class Exports(Record, frozen=True):
    """What a module gives others: ``values`` as expressions in code, ``origins`` for what it hands on from another.

    ``stars`` are the modules of which it hands on everything. ``wants`` are imports that it needs to say more.
    """

    values: tuple[tuple[str, str], ...] = ()
    origins: tuple[tuple[str, Imported], ...] = ()
    stars: tuple[str, ...] = ()
    wants: tuple[Imported, ...] = ()


class Heir(Record, frozen=True):
    """A class that extends an imported one: the name under which it is exported, and its own fields as code."""

    name: str | None
    fields: tuple[tuple[str, str | None], ...] = ()


class Calls(Record, frozen=True):
    """How a file uses an imported function: the arguments of each call, as code; None for one that is not known.

    ``whole`` is False when the function is also used in another way, so that there may be more calls. ``heirs`` are the
    classes that extend it. ``wants`` and ``takes`` are what the file would need to know to say more.
    """

    function: Imported
    arguments: tuple[tuple[str | None, ...], ...] = ()
    whole: bool = True
    heirs: tuple[Heir, ...] = ()
    wants: tuple[Imported, ...] = ()
    takes: tuple[Taken, ...] = ()
