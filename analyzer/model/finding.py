"""What a rule says, before it is turned into lines and columns."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from analyzer.model.record import Record
from analyzer.model.span import Place


class Severity(IntEnum):
    """How bad it is; ordered, so that a threshold is a comparison. ``critical`` is the highest."""

    INFO = 0
    WARNING = 1
    ERROR = 2
    CRITICAL = 3

    @property
    def label(self) -> str:
        """The word of the public JSON."""
        return self.name.lower()


Confidence = Literal["high", "medium", "low"]
Silencer = Literal["comment", "configuration", "baseline"]


class Prediction(Record, frozen=True):
    """What the running system answers: an error code of PostgREST or a SQLSTATE, and when it is met."""

    code: str
    when: Literal["runtime", "migration"] = "runtime"


class Related(Record, frozen=True):
    """Another place that explains the finding."""

    place: Place
    message: str


class Suggestion(Record, frozen=True):
    """A name that was perhaps meant, or a file to rename; ``score`` is from 0 to 1, ``evidence`` in words."""

    kind: Literal["did-you-mean", "rename-file"]
    name: str
    score: float
    evidence: tuple[str, ...] = ()


class Edit(Record, frozen=True):
    """Replace the bytes at ``place`` by ``text``."""

    place: Place
    text: str


class Fix(Record, frozen=True):
    """A change that mends the finding; ``safe`` only where nothing but the fault can change."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Finding(Record, frozen=True):
    """One thing that is wrong.

    ``subject`` is the object it is about (``public.agents``): with the code and the path it makes the fingerprint.
    ``message`` says what is wrong and why, ``help`` what to do; both are plain text in one line.
    """

    code: str
    severity: Severity
    message: str
    subject: str
    place: Place
    help: str = ""
    confidence: Confidence = "high"
    predicts: Prediction | None = None
    related: tuple[Related, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    fix: Fix | None = None
