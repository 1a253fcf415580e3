"""What a batch set out to make, noted until it ends, so that one that was killed ends as if nothing had happened.

The same command makes only what is missing, and the overview is that of one undisturbed batch: what the killed run had
made counts as made by this batch, not as unchanged since an earlier one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_analysis.dataset.atomic_writes import TEMPORARY, new_file
from fazhi_analysis.running.batch_outcome import Outcome
from fazhi_analysis.running.results.manifest import read_manifest

if TYPE_CHECKING:
    from fazhi_analysis.running.batch_plan import BatchJob

_SAME = ("regions", "years", "notebooks", "data", "lang", "signed_only")
"""What two runs must have in common to be one batch."""


def begin(job: BatchJob, waiting: Iterable[str]) -> frozenset[str]:
    """Note the folders that a batch is to make; returns them, and those of a run of it that never ended."""
    note = _note(job)
    earlier: list[str] = []
    with contextlib.suppress(OSError, ValueError):
        content = json.loads(note.read_text(encoding="utf-8"))
        earlier = [name for name in content if isinstance(name, str)] if isinstance(content, list) else []
    names = frozenset([*earlier, *waiting])
    if names:
        with new_file(note) as draft:
            draft.write_text(json.dumps(sorted(names), ensure_ascii=False), encoding="utf-8")
    return names


def end(job: BatchJob) -> None:
    """The batch is at its end."""
    _note(job).unlink(missing_ok=True)


def as_one(out: Path, outcomes: Iterable[Outcome], names: Collection[str]) -> tuple[Outcome, ...]:
    """The outcomes of the whole batch: what an earlier run of it made is done, in the time that it took then."""
    return tuple(_made(out, one) if one.status == "skipped" and one.folder in names else one for one in outcomes)


def _made(out: Path, outcome: Outcome) -> Outcome:
    seconds = read_manifest(out / outcome.folder).get("seconds")
    return replace(outcome, status="done", seconds=float(seconds) if isinstance(seconds, (int, float)) else 0.0)


def _note(job: BatchJob) -> Path:
    asked = repr([getattr(job, name) for name in _SAME])
    return Path(job.out) / f"{TEMPORARY}batch-{hashlib.sha256(asked.encode()).hexdigest()[:12]}.json"
