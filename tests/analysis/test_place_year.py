"""A place and year: found by name, its figures usable or with a reason, its statements in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fazhi_analysis.analysis.place_statements import answers_to, problem_threads, promised_in
from fazhi_analysis.analysis.place_trends import place_trends
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.errors import UnknownNameError, UsageError

PLACE = "云岭省望溪市砚桥县"


@pytest.fixture(scope="module")
def sample() -> PlaceYear:
    return PlaceYear.open(region="霁原旗", year=2024)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"year": 1999}, UnknownNameError, "year=1999"),
        ({"year": "今年"}, UnknownNameError, "今年"),
        ({"year": 2024, "baseline": 1999}, UnknownNameError, "baseline=1999"),
        ({"year": 2023, "baseline": 2024}, UsageError, "baseline=2024"),
        ({"region": "没有这个县", "year": 2024}, UnknownNameError, "没有这个县"),
    ],
)
def test_what_the_data_do_not_have_is_an_error_on_opening(
    asked: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        PlaceYear.open(**{"region": "霁原旗", **asked})


def test_the_earliest_year_is_compared_with_nothing() -> None:
    first = PlaceYear.open(region="霁原旗", year=2021)
    assert (first.baseline, first.comparison, first.promises, first.exclusions) == (None, None, [], [])
    assert first.shown_years == [2021]


def test_every_figure_is_a_result_or_has_a_reason(sample: PlaceYear) -> None:
    for year in sample.shown_years:
        usable = [row["row_id"] for row in sample.usable(year)]
        left = [row["row_id"] for row, reason in sample.unusable([year]) if reason]
        assert sorted(usable + left) == sorted(row["row_id"] for row in sample.rows(year))


def test_statements_are_in_their_order_and_answers_in_theirs(sample: PlaceYear) -> None:
    problems, steps = sample.statements_of("problem"), sample.statements_of("next_step")
    assert [row["ordinal"] for row in problems] == list(range(1, len(problems) + 1))
    for problem in problems:
        for step, strength in answers_to(sample, problem):
            assert step in steps
            assert {"problem": problem["ordinal"], "strength": strength} in step["answers"]
    for step in steps:
        for row in promised_in(sample, step):
            assert row["role"] in ("target", "plan")
            assert step["start"] <= row["start"] < step["end"]


def test_the_matters_of_a_place_end_with_its_year() -> None:
    whole, years = problem_threads(PlaceYear.open(region="霁原旗", year=2024))
    earlier, before = problem_threads(PlaceYear.open(region="霁原旗", year=2022))
    assert (years, before) == ([2021, 2022, 2023, 2024], [2021, 2022])
    assert max(one.last for one in earlier) == 2022
    assert max(one.age for one in whole) > max(one.age for one in earlier)


def test_a_place_without_figures_has_no_series(tmp_path: Path) -> None:
    entry = {"kind": "problem", "ordinal": 1, "text": "基层执法人手偏少"}
    write_report_folder(
        "990124-2024", into=tmp_path, region=PLACE, region_code="990124", year=2024, metrics=[], statements=[entry]
    )
    bare = PlaceYear.open(region=PLACE, year=2024, data=tmp_path)
    assert place_trends(bare).series == ()
    assert (bare.usable(), bare.year_figures, bare.rows()) == ([], [], [])
    assert len(bare.statements_of("problem")) == 1
