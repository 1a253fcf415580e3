"""Each mutation is exactly one fault, the fault is real, and the rest of the report is untouched."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

KIND_NAMES = [
    "rate_digit", "count_digit", "sum_digit", "part_dropped", "unit_in_ratio", "nested_swapped", "rate_over_hundred",
    "base_rate_digit", "conflicting", "paragraph_copied", "section_skipped", "marker_stray", "over_no_room",
    "measure_word", "wan_slipped", "claim_altered", "claim_flipped",
]  # fmt: skip


def some(kind: str, count: int = 6) -> list[tuple[Any, Any]]:
    from synthetic import make_report, mutate

    out: list[tuple[Any, Any]] = []
    for region in range(200):
        clean = make_report(8, region, 2023)
        if (bad := mutate(clean, kind, 1)) is not None:
            out.append((clean, bad))
        if len(out) == count:
            return out
    raise AssertionError(f"only {len(out)} reports have a place for {kind}")


def test_all_kinds_are_tested() -> None:
    from synthetic import KINDS

    assert sorted(KINDS) == sorted(KIND_NAMES)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_one_fault_with_places(kind: str) -> None:
    from synthetic import KINDS

    for clean, bad in some(kind):
        assert clean.truth["faults"] == []
        (fault,) = bad.truth["faults"]
        assert fault["rule"] in KINDS[kind].rules
        assert bad.text != clean.text
        for row in bad.truth["metrics"] + bad.truth["others"]:
            assert bad.text[row["start"] : row["end"]] == row["text"]
        for piece in fault["evidence"]:
            assert bad.text[piece["start"] : piece["end"]] == piece.get("text", bad.text[piece["start"] : piece["end"]])
        assert fault["evidence"] or kind in ("section_skipped", "marker_stray")


@pytest.mark.parametrize("kind", ["rate_digit", "count_digit", "unit_in_ratio"])
def test_broken_ratios_fit_neither_by_rounding_nor_by_truncation(kind: str) -> None:
    from synthetic.figures import RATIOS
    from synthetic.mutations import fits

    for clean, bad in some(kind):
        slots = bad.truth["faults"][0]["slots"]
        rows = {row["handle"]: row for row in bad.truth["metrics"] if row["handle"] in slots}
        (rate,) = [slot for slot in slots if slot in RATIOS]
        part, whole = (rows[slot]["value"] for slot in RATIOS[rate])
        assert not fits(part, whole, rows[rate]["text"].rstrip("%"))
        before = {row["handle"]: row for row in clean.truth["metrics"]}
        changed = [slot for slot in slots if rows[slot]["text"] != before[slot]["text"]]
        assert len(changed) == 1


@pytest.mark.parametrize("kind", ["sum_digit", "part_dropped"])
def test_broken_sums_do_not_add_up(kind: str) -> None:
    from synthetic.figures import SUMS

    for _, bad in some(kind):
        rows = {row["handle"]: row["value"] for row in bad.truth["metrics"]}
        slots = bad.truth["faults"][0]["slots"]
        (total,) = [slot for slot in slots if slot in SUMS]
        parts = [slot for slot in SUMS[total] if slot in slots]
        assert len(parts) >= 2
        assert sum(rows[part] for part in parts) != rows[total]


def test_swapped_batches_exceed_persons() -> None:
    for _, bad in some("nested_swapped"):
        rows = {row["handle"]: row["value"] for row in bad.truth["metrics"]}
        assert rows["batches"] > rows["persons"]


def test_base_rates_are_unattainable() -> None:
    for _, bad in some("base_rate_digit"):
        base, rate = bad.truth["faults"][0]["evidence"]
        digits = len(rate["text"].rstrip("%").partition(".")[2])
        shares = {round(100 * part / base["value"], digits) for part in range(int(base["value"]) + 1)}
        assert rate["value"] not in shares


def test_a_copied_paragraph_stands_there_twice_and_counts_once() -> None:
    for _, bad in some("paragraph_copied"):
        spans = [piece for piece in bad.truth["faults"][0]["evidence"] if "value" not in piece]
        assert len(spans) == 2
        one, two = (bad.text[piece["start"] : piece["end"]] for piece in spans)
        assert one == two
        assert sum(bool(row["duplicate_of"]) for row in bad.truth["metrics"]) >= 3


def test_a_skipped_section_leaves_one_number_out() -> None:
    from synthetic.reports import NUMERALS

    for _, bad in some("section_skipped"):
        keys = [section["key"] for section in bad.truth["sections"] if section["level"] == 1]
        numbers = [int(key) if key.isdigit() else NUMERALS.index(key) + 1 for key in keys]
        gaps = [after - before for before, after in itertools.pairwise(numbers)]
        assert sorted(gaps)[-2:] == [1, 2]


@pytest.mark.parametrize("kind", ["claim_altered", "claim_flipped"])
def test_altered_claims_contradict_the_year_before(kind: str) -> None:
    from synthetic import make_report

    for clean, bad in some(kind):
        slot = bad.truth["faults"][0]["slots"][0]
        past = {row["handle"]: row for row in make_report(8, clean.place, 2022).truth["metrics"]}[slot]
        rows = {row["handle"]: row for row in bad.truth["metrics"]}
        now, claim = rows[slot], rows[f"+{slot}"]
        falls = bad.text[claim["start"] - 2 : claim["start"]] == "下降"
        low, high = 100 * (now["lower"] / past["upper"] - 1), 100 * (now["upper"] / past["lower"] - 1)
        claimed = -claim["value"] if falls else claim["value"]
        assert not low - 0.05 <= claimed <= high + 0.05


def test_slipped_wan_is_a_ten_thousandth() -> None:
    for clean, bad in some("wan_slipped"):
        (slot,) = bad.truth["faults"][0]["slots"]
        rows = [next(row for row in one.truth["metrics"] if row["handle"] == slot) for one in (clean, bad)]
        assert rows[0]["value"] == pytest.approx(rows[1]["value"] * 10_000)
        assert "万" not in rows[1]["text"]


def test_mutants_come_in_turn_and_from_the_seed() -> None:
    from synthetic import KINDS, mutants

    first = [bad.truth["faults"][0]["kind"] for bad in mutants(len(KINDS), 5)]
    assert first == list(KINDS)
    assert [bad.text for bad in mutants(5, 5)] == [bad.text for bad in mutants(5, 5)]
    assert all(bad.truth["faults"][0]["rule"] == "sum" for bad in mutants(4, 5, ("sum_digit",)))
