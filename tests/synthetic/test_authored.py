"""The authored reports of the two fictional places: what is stored is what the sources say, and the truth is true."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
TRUTHS = sorted((SAMPLE / "truth").glob("*-20??.json"))
RULES = {
    "ratio", "attainable_rate", "sum", "part_exceeds_whole", "conflicting_values", "repeated_passage", "several_scopes",
    "bounds", "magnitude", "claimed_change", "odd_wording", "plan_not_result", "level_not_change", "section_number",
    "list_marker", "split_sentence", "statutory_content", "statutory_time", "reused_text", "scope_change",
    "renamed_indicator",
}  # fmt: skip


def load(path: Path) -> tuple[str, dict[str, Any]]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    with (SAMPLE / "texts" / truth["text"]["file"]).open(encoding="utf-8", newline="") as stream:
        return stream.read(), truth


def test_files_are_in_step_with_their_sources() -> None:
    from synthetic.build import files

    stored = dict(files())
    stale = [name for name, content in stored.items() if (SAMPLE / name).read_bytes() != content.encode()]
    assert stale == [], "run: PYTHONPATH=tools python -m synthetic.build"
    present = {
        path.relative_to(SAMPLE).as_posix() for part in ("texts", "truth") for path in (SAMPLE / part).rglob("*.*")
    }
    assert present == set(stored)


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_places_and_size(path: Path) -> None:
    text, truth = load(path)
    for row in truth["metrics"] + truth["others"]:
        assert text[row["start"] : row["end"]] == row["text"]
    for fault in truth["faults"] + truth["confirmed"]:
        assert fault["rule"] in RULES
        for piece in fault["evidence"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]
    assert len(text) >= (3000 if truth["region_code"] == "159928" else 2000)
    assert len(truth["metrics"]) >= 85
    spans = [(row["start"], row["end"]) for row in truth["metrics"] + truth["others"]]
    spans += [(section["start"], section["heading_end"]) for section in truth["sections"] if section["level"]]
    for digits in re.finditer(r"\d+", text):
        assert any(start <= digits.start() < end for start, end in spans), digits


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_identities_hold_and_faults_do_not(path: Path) -> None:
    _, truth = load(path)
    by_start = {row["start"]: row for row in truth["metrics"]}
    for holds, entries in ((True, truth["confirmed"]), (False, truth["faults"])):
        for entry in entries:
            rows = [by_start[piece["start"]] for piece in entry["evidence"] if piece["start"] in by_start]
            if entry["rule"] == "ratio":
                part, whole, rate = rows
                share = 100 * part["value"] / whole["value"]
                assert (rate["lower"] <= share <= rate["upper"]) is holds, entry
            elif entry["rule"] == "sum":
                assert (sum(row["value"] for row in rows[:-1]) == rows[-1]["value"]) is holds, entry
            elif entry["rule"] == "part_exceeds_whole" and {row["unit"] for row in rows} == {"批", "人次"}:
                assert (rows[0]["value"] <= rows[1]["value"]) is holds, entry
            elif entry["rule"] == "attainable_rate":
                rate, base = rows
                fits = [
                    k
                    for k in range(int(base["value"]) + 1)
                    if rate["lower"] <= 100 * k / base["value"] <= rate["upper"]
                ]
                assert not fits, entry
            elif entry["rule"] == "bounds":
                assert rows[0]["value"] > 100


@pytest.mark.parametrize("code", ["159928", "990124"])
def test_claims_against_the_year_before(code: str) -> None:
    truths = {truth["year"]: truth for _, truth in map(load, TRUTHS) if truth["region_code"] == code}
    checked = 0
    for year, truth in truths.items():
        by_start = {row["start"]: row for row in truth["metrics"]}
        for holds, entries in ((True, truth["confirmed"]), (False, truth["faults"])):
            for entry in (one for one in entries if one["rule"] == "claimed_change"):
                now, claim = (by_start[piece["start"]] for piece in entry["evidence"])
                past = next(
                    row
                    for row in truths[year - 1]["metrics"]
                    if row["indicator_ids"] == now["indicator_ids"]
                    and (row["change"], row["duplicate_of"]) == ("level", "")
                )
                change = {
                    "yoy_pct": 100 * (now["value"] / past["value"] - 1),
                    "points": now["value"] - past["value"],
                    "yoy_abs": now["value"] - past["value"],
                }[claim["change"]]
                assert (abs(change - claim["value"]) <= (claim["upper"] - claim["lower"]) / 2 + 1e-9) is holds, entry
                checked += 1
    assert checked >= 2


def test_reused_passages_differ_in_numbers_only() -> None:
    truths = {(truth["region_code"], truth["year"]): (text, truth) for text, truth in map(load, TRUTHS)}
    seen = 0
    for (code, year), (_, truth) in truths.items():
        for fault in (one for one in truth["faults"] if one["rule"] == "reused_text"):
            words = re.sub(r"[\d.]+", "#", fault["evidence"][0]["text"]).replace(" ", "")
            before = re.sub(r"[\d.]+", "#", truths[code, year - 1][0]).replace(" ", "")
            assert words[8:] in before
            seen += 1
    assert seen == 3


def test_the_copied_paragraph_is_a_copy_and_counts_once() -> None:
    text, truth = load(SAMPLE / "truth" / "159928-2023.json")
    first, second = next(one for one in truth["faults"] if one["rule"] == "repeated_passage")["evidence"]
    assert text[first["start"] : first["end"]] == text[second["start"] : second["end"]]
    copies = [row for row in truth["metrics"] if row["duplicate_of"]]
    assert len(copies) == 5
    assert all(second["start"] <= row["start"] < second["end"] for row in copies)


@pytest.mark.parametrize("code", ["159928", "990124"])
def test_fates_have_places_on_both_sides(code: str) -> None:
    story = json.loads((SAMPLE / "truth" / f"{code}-followup.json").read_text(encoding="utf-8"))
    texts = {truth["report_id"]: text for text, truth in map(load, TRUTHS)}
    assert {fate["fate"] for fate in story["fates"]} >= {"kept", "contradicted", "repeated"}
    for fate in story["fates"]:
        assert fate["fate"] in fate["accept"]
        assert fate["evidence"] or fate["fate"] == "dropped", fate
        for place in (fate["promised"], *fate["evidence"]):
            assert texts[place["report_id"]][place["start"] : place["end"]] == place["text"]
    if code == "159928":
        assert [chain["age"] for chain in story["persistent"]] == [3, 4, 2]
        wanted = {"indicator_id": "power_list_items", "year": 2024, "direction": "not_comparable"}
        assert any(wanted.items() <= row.items() for row in story["year_over_year"])
