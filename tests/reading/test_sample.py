"""The fictional reports of the sample, read against the truth that was written with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.reading import read_report

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
REPORTS = ["159928-2021", "159928-2022", "159928-2023", "159928-2024", "990124-2023", "990124-2024"]
OUTSIDE = ("letter", "title", "preamble", "colophon")


def truth_of(name: str) -> dict[str, Any]:
    return json.loads((SAMPLE / "truth" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", REPORTS)
def test_sections_metadata_and_places(name: str) -> None:
    truth = truth_of(name)
    report = read_report(SAMPLE / "texts" / truth["text"]["file"])
    found = report.metadata
    assert (found.year, found.region, found.region_code) == (truth["year"], truth["region"], truth["region_code"])
    assert {key: getattr(found, key) for key in truth["metadata"]} == truth["metadata"]
    mine = [
        (s.key, s.heading, s.start, s.heading_start, s.heading_end) for s in report.sections if s.key not in OUTSIDE
    ]
    wanted = [
        (s["key"], s["heading"], s["start"], s["heading_start"], s["heading_end"])
        for s in truth["sections"]
        if s["key"] not in OUTSIDE
    ]
    assert mine == wanted
    for row in truth["metrics"] + truth["others"]:
        item = [i.marker for s in report.sections for i in s.items if i.start <= row["start"] < i.end]
        assert (report.section_at(row["start"]), "".join(item)) == (row["section"], row["item"] or "")


@pytest.mark.parametrize("name", REPORTS)
def test_planted_structural_faults_are_found(name: str) -> None:
    truth = truth_of(name)
    report = read_report(SAMPLE / "texts" / truth["text"]["file"])
    for fault in truth["faults"]:
        if fault["rule"] not in ("section_number", "list_marker", "split_sentence"):
            continue
        mine = [finding for finding in report.defects if finding.rule == fault["rule"]]
        places = [(place.start or 0, place.end or 0) for finding in mine for place in finding.evidence]
        for wanted in fault["evidence"]:
            assert any(start < wanted["end"] and wanted["start"] < end for start, end in places), fault
        assert mine, fault
