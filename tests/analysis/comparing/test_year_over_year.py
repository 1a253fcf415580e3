"""Year over year: which figures are compared with each other, and what the intervals allow one to say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.analysis.conftest import Maker, one, two_years

from fazhi_analysis.analysis.comparing.changes import COLUMNS
from fazhi_analysis.analysis.comparing.reasons import NOTES, REASONS, VERDICTS, wording
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year

CONTRACT = {
    *("region_code", "region", "indicator_id", "label", "scope", "unit", "kind", "direction"),
    *("baseline_year", "baseline_value", "baseline_lower", "baseline_upper", "year", "value", "lower", "upper"),
    *("change_lower", "change_upper", "relative_lower", "relative_upper", "verdict", "reason"),
}


def test_columns_are_those_of_the_contract(make: Maker) -> None:
    table = year_over_year(make({"year": 2023, "value": 1}, {"value": 2}))
    assert list(table.columns) == list(COLUMNS)
    assert set(COLUMNS) >= CONTRACT
    assert {"baseline_row", "row"} <= set(COLUMNS)


def test_exact_counts_give_an_exact_change(make_any: Maker) -> None:
    row = two_years(make_any, {"value": 246}, {"value": 281})
    assert (row["change_lower"], row["change_upper"]) == (35, 35)
    assert round(100 * row["relative_lower"], 2) == 14.23
    assert (row["verdict"], row["reason"]) == ("increased", "settled")
    assert (row["baseline_row"], row["row"]) == ("r1", "r2")


def test_a_figure_with_more_is_an_interval(make: Maker) -> None:
    row = two_years(make, {"value": 260}, {"value": 300, "upper": 399, "qualifier": "over"})
    assert (row["change_lower"], row["change_upper"], row["verdict"]) == (40, 139, "increased")
    assert row["notes"] == "approximate"
    row = two_years(make, {"value": 350}, {"value": 300, "upper": 399, "qualifier": "over"})
    assert (row["change_lower"], row["change_upper"], row["verdict"]) == (-50, 49, "uncertain")
    assert row["reason"] == "intervals_overlap"


def test_two_approximate_figures_of_equal_wording_stay_open(make: Maker) -> None:
    over = {"value": 300, "upper": 399, "qualifier": "over"}
    assert two_years(make, over, over)["verdict"] == "uncertain"


def rate(value: float, half: float = 0.005, **more: Any) -> dict[str, Any]:
    ends = {"lower": max(value - half, 0), "upper": min(value + half, 100)}
    return {"indicator_id": "appeals_resolution_rate", "unit": "%", "kind": "rate", "value": value, **ends, **more}


def test_rates_change_in_points_and_never_in_percent(make: Maker) -> None:
    row = two_years(make, rate(97.06), rate(97.81))
    assert row["change_lower"] == pytest.approx(0.74)
    assert row["change_upper"] == pytest.approx(0.76)
    assert np.isnan(row["relative_lower"])
    assert np.isnan(row["relative_upper"])
    assert row["verdict"] == "improved"


def test_equal_printed_rates_are_unchanged_whatever_their_intervals(make: Maker) -> None:
    row = two_years(make, rate(100, 0.5), rate(100, 0.5))
    assert (row["verdict"], row["reason"]) == ("unchanged", "equal_as_printed")
    assert row["change_lower"] < 0 < row["change_upper"]


def test_the_same_rate_with_more_decimals_is_another_printing(make: Maker) -> None:
    assert two_years(make, rate(99, 0.5), rate(99, 0.05))["verdict"] == "uncertain"


@pytest.mark.parametrize(
    ("indicator", "up", "down"),
    [
        ("appeals_resolution_rate", "improved", "worsened"),
        ("litigation_loss_rate", "worsened", "improved"),
        ("penalty_cases", "increased", "decreased"),
        ("", "increased", "decreased"),
    ],
)
def test_direction_gives_the_word(make: Maker, indicator: str, up: str, down: str) -> None:
    low, high = ({"indicator_id": indicator, "label": "某数", "value": value} for value in (3, 4))
    assert two_years(make, low, high)["verdict"] == up
    assert two_years(make, high, low)["verdict"] == down


def test_relative_change_is_empty_over_a_base_that_may_be_zero(make: Maker) -> None:
    row = two_years(make, {"value": 0}, {"value": 4})
    assert (row["change_lower"], row["verdict"]) == (4, "increased")
    assert np.isnan(row["relative_lower"])


# Units, kinds, scopes, labels


@pytest.mark.parametrize(
    ("before", "after", "comparable"), [("宗", "件", True), ("起", "件", True), ("条", "件", False)]
)
def test_units(make: Maker, before: str, after: str, comparable: bool) -> None:
    row = two_years(make, {"value": 2, "unit": before}, {"value": 3, "unit": after})
    assert (row["verdict"] == "increased") is comparable
    if comparable:
        assert row["notes"] == "unit_word"
        assert (row["baseline_unit"], row["unit"]) == (before, after)
    else:
        assert (row["verdict"], row["reason"]) == ("not_comparable", "unit")
        assert np.isnan(row["change_lower"])


def test_scaled_units_are_converted(make: Maker) -> None:
    fines = {"indicator_id": "fines_amount", "kind": "money"}
    row = two_years(
        make,
        {"value": 240, "lower": 235, "upper": 245, "unit": "万元", **fines},
        {"value": 2_600_000, "unit": "元", **fines},
    )
    assert (row["baseline_value"], row["change_lower"], row["change_upper"]) == (2_400_000, 150_000, 250_000)
    assert (row["baseline_unit"], row["unit"], row["verdict"]) == ("元", "元", "increased")


def test_items_and_clauses_do_not_meet_outside_the_catalogue_either(make: Maker) -> None:
    table = year_over_year(
        make(
            {"year": 2023, "indicator_id": "", "label": "任务", "unit": "项", "value": 268},
            {"year": 2024, "indicator_id": "", "label": "任务", "unit": "条", "value": 538},
        )
    )
    assert sorted(zip(table["verdict"], table["reason"], strict=True)) == [
        ("dropped", "other_unit"),
        ("new", "other_unit"),
    ]


def test_outside_the_catalogue_label_and_unit_make_the_series(make_any: Maker) -> None:
    table = year_over_year(
        make_any(
            {"year": 2023, "indicator_id": "", "label": "电子证照", "unit": "种", "value": 150},
            {"year": 2024, "indicator_id": "", "label": "电子证照", "unit": "种", "value": 180},
            {"year": 2023, "indicator_id": "", "label": "听证", "unit": "项", "value": 2},
            {"year": 2024, "indicator_id": "", "label": "听证", "unit": "个", "value": 3},
        )
    )
    assert dict(zip(table["label"], table["change_lower"], strict=True)) == {"电子证照": 30, "听证": 1}


def test_a_count_and_a_rate_of_one_indicator_do_not_meet(make: Maker) -> None:
    row = two_years(make, {"value": 3, "unit": "", "kind": "count"}, {"value": 4, "unit": "", "kind": "rate"})
    assert (row["verdict"], row["reason"]) == ("not_comparable", "kind")


def test_scope_is_part_of_the_key(make: Maker) -> None:
    table = year_over_year(
        make(
            {"year": 2023, "scope": "旗本级", "value": 3},
            {"year": 2024, "scope": "旗本级", "value": 5},
            {"year": 2023, "scope": "全旗", "value": 30},
            {"year": 2024, "scope": "以区政府为被告", "value": 9},
        )
    ).set_index("scope")
    assert table.loc["旗本级", "verdict"] == "increased"
    assert tuple(table.loc["全旗", ["verdict", "reason"]]) == ("dropped", "other_scope")
    assert tuple(table.loc["以区政府为被告", ["verdict", "reason"]]) == ("new", "other_scope")


@pytest.mark.parametrize("column", [{"aspect": "increment"}, {"subject": "县人民法院"}])
def test_what_was_added_and_what_others_did_are_series_of_their_own(make: Maker, column: dict[str, str]) -> None:
    table = year_over_year(make({"year": 2023, "value": 3}, {"year": 2024, "value": 5, **column}))
    assert list(zip(table["verdict"], table["reason"], strict=True)) == [
        ("dropped", "other_scope"),
        ("new", "other_scope"),
    ]


def test_a_share_and_a_rate_of_one_indicator_are_one_series(make: Maker) -> None:
    row = two_years(
        make, {"value": 3, "kind": "rate", "aspect": "share"}, {"value": 4, "kind": "rate", "aspect": "rate"}
    )
    assert row["verdict"] == "increased"


# What is not compared


@pytest.mark.parametrize(
    "left_out",
    [
        {"role": "plan"},
        {"role": "target"},
        {"change": "yoy_pct"},
        {"change": "reduction"},
        {"duplicate_of": "r1"},
        {"kind": "date"},
        {"is_metric": False},
        {"value": np.nan, "lower": np.nan, "upper": np.nan},
        {"indicator_id": "", "label": ""},
    ],
)
def test_such_rows_take_no_part(make_any: Maker, left_out: dict[str, Any]) -> None:
    table = year_over_year(make_any({"year": 2023, "value": 1}, {"value": 2}, {"value": 50, **left_out}))
    assert one(table)["value"] == 2


def test_the_same_value_printed_again_counts_once(make: Maker) -> None:
    row = one(year_over_year(make({"year": 2023, "value": 1}, {"value": 2}, {"value": 2})))
    assert (row["verdict"], row["row"]) == ("increased", "r2")


@pytest.mark.parametrize("year", [2023, 2024])
def test_different_values_in_one_year_are_not_comparable(make: Maker, year: int) -> None:
    row = one(year_over_year(make({"year": 2023, "value": 1}, {"value": 2}, {"year": year, "value": 9})))
    assert (row["verdict"], row["reason"]) == ("not_comparable", "conflicting_values")
    assert np.isnan(row["change_lower"])


def test_a_new_figure_that_contradicts_itself_is_not_shown_as_new(make: Maker) -> None:
    lost = {"indicator_id": "litigation_lost"}
    metrics = make({"year": 2023, "value": 1}, {"value": 2}, {"value": 3, **lost}, {"value": 4, **lost})
    row = year_over_year(metrics).set_index("indicator_id").loc["litigation_lost"]
    assert (row["verdict"], row["reason"]) == ("not_comparable", "conflicting_values")


@pytest.mark.parametrize("period", ["2021以来", "2024年上半年", "2023-08至2024-07", "累计至2024"])
def test_other_periods_do_not_meet_full_years(make: Maker, period: str) -> None:
    row = two_years(make, {"value": 1, "period": "2023"}, {"value": 5, "period": period})
    assert (row["verdict"], row["reason"]) == ("not_comparable", "period")


def test_a_full_year_figure_goes_before_a_cumulative_one(make: Maker) -> None:
    metrics = make({"year": 2023, "value": 1}, {"value": 90, "period": "2021以来"}, {"value": 2, "period": "2024"})
    assert one(year_over_year(metrics))["value"] == 2


def test_the_same_stretch_of_both_years_compares(make: Maker) -> None:
    row = two_years(make, {"value": 1, "period": "2022-08至2023-07"}, {"value": 5, "period": "2023-08至2024-07"})
    assert row["verdict"] == "increased"


def test_a_stock_at_the_end_of_the_year_is_the_years(make: Maker) -> None:
    mediators = {"indicator_id": "mediators", "unit": "名"}
    row = two_years(make, {"value": 5, **mediators}, {"value": 7, "period": "截至2024年底", **mediators})
    assert row["verdict"] == "increased"
    row = two_years(make, {"value": 5}, {"value": 7, "period": "截至2024年底"})
    assert row["reason"] == "period"


def test_a_report_signed_inside_its_own_year_is_no_full_year(make: Maker) -> None:
    mediators = {"indicator_id": "mediators", "unit": "名"}
    metrics = make(
        {"year": 2023, "value": 1},
        {"value": 2},
        {"year": 2023, "value": 5, **mediators},
        {"value": 7, **mediators},
    )
    reports = pd.DataFrame({"report_id": ["990124-2023", "990124-2024"], "signed_date": ["2024-02-01", "2024-11-20"]})
    table = year_over_year(metrics, reports=reports).set_index("indicator_id")
    assert tuple(table.loc["penalty_cases", ["verdict", "reason"]]) == ("not_comparable", "partial_year")
    assert table.loc["mediators", "verdict"] == "increased"  # a stock has no length of time
    assert set(year_over_year(metrics)["verdict"]) == {"increased"}


def test_a_ministrys_table_does_not_meet_a_local_figure(make: Maker) -> None:
    local = {"source": "https://sfj.wangxi.gov.cn/1.html"}
    row = two_years(make, {"value": 1, **local}, {"value": 2, "source": "http://www.moj.gov.cn/2.html"})
    assert (row["verdict"], row["reason"]) == ("not_comparable", "other_source")
    row = two_years(make, {"value": 1, **local}, {"value": 2, "source": "https://www.yanqiao.gov.cn/2.html"})
    assert (row["verdict"], row["notes"]) == ("increased", "source_changed")
    row = two_years(make, {"value": 1, **local}, {"value": 2, "source": "https://www.wangxi.gov.cn/2.html"})
    assert row["notes"] == ""


def test_a_law_that_changed_in_between_is_remarked_on(make: Maker) -> None:
    accepted = {"indicator_id": "reconsideration_accepted"}
    row = two_years(make, {"value": 61, **accepted}, {"value": 142, **accepted})
    assert (row["verdict"], row["notes"]) == ("increased", "law_changed")


# Ceilings and wordings


@pytest.mark.parametrize(
    ("before", "after", "noted"), [(100, 99.9, True), (0.1, 0, True), (100, 100, False), (100, 97, False)]
)
def test_ceilings_are_noted(make: Maker, before: float, after: float, noted: bool) -> None:
    row = two_years(make, rate(before, 0.05), rate(after, 0.05))
    assert ("ceiling" in row["notes"]) is noted


def test_every_code_has_both_wordings() -> None:
    for code in (*REASONS, *VERDICTS, *NOTES):
        assert all(bool(wording(code, lang)) == bool(code) for lang in ("zh", "en"))
    assert wording("no such code") == "no such code"


def test_empty_tables_are_no_trouble(make: Maker) -> None:
    empty = make({"value": 1}).iloc[:0]
    assert year_over_year(empty).empty
    assert list(year_over_year(empty).columns) == list(COLUMNS)
    only_plans = make({"year": 2023, "value": 1, "role": "plan"}, {"value": 1, "role": "plan"})
    assert year_over_year(only_plans).empty
