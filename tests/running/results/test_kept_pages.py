"""Pages and documents that a run was not asked for stay, listed in the manifest, and marked when out of date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.presenting.html.markup import SUPPORTING
from fazhi_analysis.presenting.parts.supporting import Supporting
from fazhi_analysis.running.results.kept_pages import carry_over

MINE = {"region": "砚桥县", "region_code": "990124", "year": 2024, "lang": "zh"}
INPUTS = [{"file": "990124-2024/metrics.csv", "bytes": 1, "sha256": "a"}]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    for name in ("index.html", "trend.html", "trend.ipynb", "data_quality.html", "memo.docx"):
        (folder / name).write_text(name, encoding="utf-8")
    write(folder)
    return folder


def write(folder: Path, **changed: Any) -> None:
    content = {
        **MINE,
        "status": "done",
        "started": "2025-01-01",
        "inputs": INPUTS,
        "notebooks": [{"name": "trend", "status": "done"}, {"name": "data_quality", "status": "done"}],
        "outputs": [{"file": path.name} for path in folder.iterdir() if path.name != "manifest.json"],
        "fingerprints": {"t": ["trend"], "q": ["data_quality"]},
    }
    (folder / "manifest.json").write_text(json.dumps(content | changed), encoding="utf-8")


def carried(old: Path, tmp_path: Path, inputs: list[dict[str, Any]] = INPUTS) -> tuple[Any, set[str]]:
    new = tmp_path / "new"
    new.mkdir()
    kept = carry_over(old, new, MINE, {"index.html", "data_quality.html", "data_quality.ipynb"}, inputs)
    return kept, {path.name for path in new.iterdir()}


def test_what_was_not_asked_for_stays(old: Path, tmp_path: Path) -> None:
    kept, files = carried(old, tmp_path)
    assert files == {"trend.html", "trend.ipynb", "memo.docx"}
    assert (kept.names, kept.documents, kept.stale) == (["trend"], ("memo.docx",), frozenset())
    assert dict(kept.marks) == {"t": ["trend"]}
    assert kept.runs[0]["made"] == "2025-01-01"


def test_what_kept_pages_hand_over_is_at_hand(old: Path, tmp_path: Path) -> None:
    handed = {"years": [2021], "lists": []}
    cell = {"cell_type": "code", "outputs": [{"output_type": "execute_result", "data": {SUPPORTING: [handed]}}]}
    (old / "trend.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    write(old, cited_years=[2023])
    kept, _ = carried(old, tmp_path)
    assert Supporting.of(kept.supporting).years == (2021, 2023)


def test_pages_of_earlier_data_are_marked(old: Path, tmp_path: Path) -> None:
    kept, files = carried(old, tmp_path, [{"file": "990124-2024/metrics.csv", "bytes": 1, "sha256": "b"}])
    assert "trend.html" in files
    assert kept.stale == {"trend"}
    assert not kept.marks


@pytest.mark.parametrize("changed", [{"status": "failed"}, {"year": 2023}, {"lang": "en"}])
def test_a_folder_of_something_else_is_left_alone(old: Path, tmp_path: Path, changed: dict[str, Any]) -> None:
    write(old, **changed)
    kept, files = carried(old, tmp_path)
    assert (kept.runs, files) == ((), set())


def test_names_in_a_manifest_are_no_paths(old: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("x", encoding="utf-8")
    write(old, outputs=[{"file": "../secret.html"}, {"file": "gone.html"}])
    assert carried(old, tmp_path)[1] == set()
