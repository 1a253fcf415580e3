"""What becomes of a batch: one outcome a task, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fazhi_analysis.messages import Message

Status = Literal["done", "skipped", "failed", "earlier"]
"""``earlier`` is a result that the output folder holds from another batch; only the index lists it."""
Answer = tuple[Status, str | Message, float]
"""What a worker says of a task: status, message, seconds."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one task. ``folder`` is the result's name inside the output folder.

    ``message`` says why it failed, or what the data lacked where it was done nevertheless.
    """

    region: str
    region_code: str
    year: int
    status: Status
    folder: str
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True)
class BatchResult:
    """All outcomes in plan order, and the page that lists them."""

    outcomes: tuple[Outcome, ...]
    index: Path | None
    lang: str = "zh"

    def count(self, status: str) -> int:
        """How many tasks ended this way."""
        return sum(outcome.status == status for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """One line for a log or a mail, in the language of the pages."""
        counts = {status: self.count(status) for status in ("done", "skipped", "failed")}
        return Message("running.batch.summary", **counts).text(self.lang)
