"""The generator: clean reports hold together, series agree with each other, everything follows from the seed."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SEEDS = st.integers(0, 10_000)
PLACES = st.integers(0, 70_000)
YEARS = st.integers(2016, 2025)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, region=PLACES, year=YEARS)
def test_every_place_is_exact_and_every_digit_covered(seed: int, region: int, year: int) -> None:
    from synthetic import make_report

    report = make_report(seed, region, year)
    text, truth = report.text, report.truth
    spans = []
    for row in truth["metrics"] + truth["others"]:
        assert text[row["start"] : row["end"]] == row["text"]
        spans.append((row["start"], row["end"]))
    spans += [(section["start"], section["heading_end"]) for section in truth["sections"]]
    assert all(any(start <= found.start() < end for start, end in spans) for found in re.finditer(r"\d", text))
    for statement in truth["statements"]:
        assert text[statement["start"] : statement["end"]] == statement["text"]
        assert all(statement["start"] <= part["start"] < part["end"] <= statement["end"] for part in statement["parts"])
    keys = [section["key"] for section in truth["sections"] if section["level"] == 1]
    assert len(set(keys)) == len(keys) >= 5


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, region=PLACES, year=YEARS)
def test_printed_words_mean_what_the_truth_says(seed: int, region: int, year: int) -> None:
    from synthetic.wording import read

    from synthetic import make_report

    for row in make_report(seed, region, year).truth["metrics"]:
        found = read(row["text"], target=row["role"] == "target", growth=row["change"] != "level")
        assert found.unit == row["unit"]
        assert (found.qualifier, found.kind) == (row["qualifier"], row["kind"]), row
        assert (found.value, found.lower, found.upper) == pytest.approx(
            (row["value"], row["lower"], float(row["upper"])), rel=1e-12
        )


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, region=PLACES, year=YEARS)
def test_intervals_hold_the_true_value_and_identities_hold(seed: int, region: int, year: int) -> None:
    from synthetic.figures import RATIOS, SUMS

    from synthetic import make_report

    report = make_report(seed, region, year)
    for row in report.truth["metrics"]:
        if row["handle"][0] not in "+^>" and row["unit"] != "%":
            assert row["lower"] <= report.values[row["handle"]] <= row["upper"], row
    rows = {row["handle"]: row for row in report.truth["metrics"]}
    for rate, (part, whole) in RATIOS.items():
        if {rate, part, whole} <= set(rows):
            share = Decimal(100) * int(rows[part]["value"]) / int(rows[whole]["value"])
            assert Decimal(str(rows[rate]["lower"])) <= share <= Decimal(str(rows[rate]["upper"])), rate
    for total, parts in SUMS.items():
        if {total, *parts} <= set(rows):
            assert sum(rows[part]["value"] for part in parts) == rows[total]["value"]
    assert len(report.truth["confirmed"]) >= 3


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, region=PLACES, year=st.integers(2017, 2025))
def test_growths_agree_with_the_report_of_the_year_before(seed: int, region: int, year: int) -> None:
    from synthetic import make_series

    before, now = make_series(seed, region, year - 1, year)
    past = {row["handle"]: row for row in before.truth["metrics"]}
    rows = {row["handle"]: row for row in now.truth["metrics"]}
    for slot, claim in rows.items():
        if slot[0] == "+" and slot[1:] in past:
            level = rows[slot[1:]]
            low = 100 * (level["lower"] / past[slot[1:]]["upper"] - 1)
            high = 100 * (level["upper"] / past[slot[1:]]["lower"] - 1)
            falls = now.text[claim["start"] - 4 : claim["start"]] == "同比下降"
            claimed = -claim["value"] if falls else claim["value"]
            assert low - 0.06 <= claimed <= high + 0.06


def test_the_same_seed_gives_the_same_report_and_others_differ() -> None:
    from synthetic import make_report

    assert make_report(5, 9, 2022).text == make_report(5, 9, 2022).text
    assert len({make_report(seed, 9, 2022).text for seed in range(20)}) == 20


def test_wordings_vary() -> None:
    from synthetic.phrases import SENTENCES

    from synthetic import make_report

    assert sum(len(sentences) for sentences in SENTENCES.values()) >= 60
    assert len(SENTENCES) >= 10
    assert all(len(wordings) >= 2 for sentences in SENTENCES.values() for wordings in sentences)
    openings = {make_report(1, index, 2023).text[-400:-100] for index in range(40)}
    assert len(openings) == 40


def test_no_place_has_the_name_or_code_of_a_real_one() -> None:
    from fazhi_analysis.catalogue import load_divisions
    from synthetic import place

    real = {division.name for division in load_divisions() if division.code not in ("159928", "990124")}
    made = [place(index) for index in range(15_000)]
    assert not {one.name for one in made} & real
    assert len({one.full_name for one in made}) == len({one.code for one in made}) == 15_000
    assert min(one.code for one in made) > "909999"


def test_fates_follow_from_what_the_reports_say() -> None:
    from synthetic import fates, make_series

    seen: dict[str, int] = {}
    for region in range(12):
        before, after = make_series(2, region, 2022, 2023)
        outcomes = fates(before, after)
        assert [one["id"] for one in outcomes] == [one["id"] for one in before.truth["statements"]]
        for one in outcomes:
            seen[one["fate"]] = seen.get(one["fate"], 0) + 1
            for piece in one["evidence"]:
                assert after.text[piece["start"] : piece["end"]] == piece["text"]
            if one["fate"] == "repeated":
                assert one["text"].split("，")[0] in after.text
    assert set(seen) == {"repeated", "reworded", "dropped", "kept", "contradicted", "cannot_tell"}


def test_a_corpus_is_written_fast_with_its_truth(tmp_path: Path) -> None:
    from synthetic import make_corpus

    started = time.perf_counter()
    paths = make_corpus(100, tmp_path, 4, faults=0.5)
    assert time.perf_counter() - started < 20
    assert len(paths) == len(set(paths)) == len(list((tmp_path / "truth").iterdir())) == 100
    import json

    faults = [len(json.loads(path.read_text(encoding="utf-8"))["faults"]) for path in (tmp_path / "truth").iterdir()]
    assert 40 <= sum(faults) <= 50
    assert max(faults) == 1


def test_a_store_filled_from_truth_loads_and_passes_its_schema(tmp_path: Path) -> None:
    from fazhi_analysis.dataset.loading import load_metrics, load_statements
    from synthetic import reports, store_corpus

    assert store_corpus(6, tmp_path, 3, years=3, texts=True) == 6
    metrics: Any = load_metrics(data=tmp_path)
    truths = [report.truth for report in reports(6, 3, 3)]
    assert len(metrics) == sum(len(truth["metrics"]) for truth in truths)
    assert metrics["value"].sum() == pytest.approx(sum(row["value"] for truth in truths for row in truth["metrics"]))
    assert len(load_statements(data=tmp_path)) == sum(len(truth["statements"]) for truth in truths)
