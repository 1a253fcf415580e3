"""Problems and next steps with their parts and answers; findings with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fazhi_analysis.model.vocabulary import Severity, Strength


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: a place in the text, or a row of a table, with its own value where it has one.

    ``text`` is the source wording; in bundled data of real reports it is empty.
    """

    start: int | None = None
    end: int | None = None
    text: str = ""
    value: float | None = None
    row: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a report. ``id`` is stable for the same input."""

    id: str
    rule: str
    severity: Severity
    message_zh: str
    message_en: str
    evidence: tuple[Evidence, ...] = ()
    status: str = "open"
    comment: str = ""
    report_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a problem, or a sub-action of a next step.

    ``answered`` says how the next steps of the report answer this part of a problem; empty for sub-actions, and where
    the report has no next steps.
    """

    text: str
    start: int
    end: int
    answered: Strength | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A next step answers the problem with this ordinal, with this strength."""

    problem: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Statement:
    """One top-level problem or next step; ``theme_words`` are the words that decided its theme."""

    kind: Literal["problem", "next_step"]
    ordinal: int
    text: str
    start: int
    end: int
    theme: str = ""
    cause: str = ""
    parts: tuple[Part, ...] = ()
    answers: tuple[Answer, ...] = ()
    row_id: str = ""
    theme_words: tuple[str, ...] = ()
