"""The series of a place: each year once, the doubted last, a headline without doubts, nothing outside uncounted."""

from __future__ import annotations

import pytest

from fazhi_analysis.analysis.comparing.reasons import SETTLED
from fazhi_analysis.analysis.place_trends import Trends, place_trends
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import UnknownNameError


@pytest.fixture(scope="module")
def place_year() -> PlaceYear:
    return PlaceYear.open(region="霁原旗", year=2024)


@pytest.fixture(scope="module")
def trends(place_year: PlaceYear) -> Trends:
    return place_trends(place_year, findings=place_year.findings)


def test_a_series_has_each_year_once_in_order(trends: Trends) -> None:
    for one in trends.series:
        years = [point["year"] for point in one.points]
        assert years == sorted(set(years))
        assert {point["series"] for point in one.points} == {one.number}
        assert all((point["value"] == point["value"]) is not point["gap"] for point in one.points)


def test_doubted_series_come_last_and_no_headline_names_one(trends: Trends) -> None:
    doubted = [bool(summary["doubted"]) for _, summary in trends.shown]
    assert any(doubted)
    assert doubted == sorted(doubted)
    assert trends.headline
    for series, summary in trends.headline:
        assert summary["verdict"] in SETTLED
        assert not summary["doubted"]
        first, last = series.stretch
        assert (first["year"], last["year"]) == (summary["first_year"], summary["last_year"])


def test_years_and_indicators_are_narrowed(place_year: PlaceYear) -> None:
    two = place_trends(place_year, years=[2023, 2024])
    assert {point["year"] for one in two.series for point in one.points} == {2023, 2024}
    (only,) = place_trends(place_year, ["行政处罚案件数"]).shown
    assert only[1]["indicator_id"] == "penalty_cases"
    with pytest.raises(UnknownNameError):
        place_trends(place_year, ["没有这个指标"])
