"""What a killed batch set out to make is known to the next run of the same command, and to no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_analysis.running import unfinished
from fazhi_analysis.running.batch_outcome import Outcome
from fazhi_analysis.running.batch_plan import BatchJob


def test_a_batch_that_never_ended_is_taken_up_by_the_same_command_only(tmp_path: Path) -> None:
    job = BatchJob(years=[2024], out=tmp_path)
    assert unfinished.begin(job, ["a-2024", "b-2024"]) == {"a-2024", "b-2024"}
    assert unfinished.begin(BatchJob(years=[2023], out=tmp_path), ["c-2023"]) == {"c-2023"}
    assert unfinished.begin(job, ["b-2024"]) == {"a-2024", "b-2024"}
    unfinished.end(job)
    assert unfinished.begin(job, ["b-2024"]) == {"b-2024"}


@pytest.mark.parametrize("content", ["", "{}", "[1]", "\udcff"])
def test_a_damaged_note_counts_as_none(content: str, tmp_path: Path) -> None:
    job = BatchJob(out=tmp_path)
    unfinished.begin(job, ["a-2024"])
    (note,) = tmp_path.iterdir()
    note.write_text(content, encoding="utf-8", errors="surrogateescape")
    assert unfinished.begin(job, ["b-2024"]) == {"b-2024"}


def test_what_an_earlier_run_of_the_batch_made_is_done(tmp_path: Path) -> None:
    for name in ("a-2024", "b-2024"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(json.dumps({"seconds": 2.5}), encoding="utf-8")
    outcomes = [Outcome("甲", "1", 2024, "skipped", "a-2024"), Outcome("乙", "2", 2024, "skipped", "b-2024")]
    outcomes.append(Outcome("丙", "3", 2024, "failed", "c-2024", 1.0))
    made, unchanged, failed = unfinished.as_one(tmp_path, outcomes, {"a-2024", "c-2024"})
    assert (made.status, made.seconds) == ("done", 2.5)
    assert [unchanged, failed] == outcomes[1:]
