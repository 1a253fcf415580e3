"""Trends: gaps are shown as gaps, breaks where the figures stop measuring the same thing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.analysis.conftest import Maker

from fazhi_analysis.analysis.comparing.trend import COLUMNS, summarise_trend, trend
from fazhi_analysis.errors import UnknownNameError


def years(values: dict[int, float], **more: Any) -> list[dict[str, Any]]:
    """An indicator without a break of definition, unless another is given."""
    more = {"indicator_id": "fair_competition_reviews"} | more
    return [{"year": year, "value": value, **more} for year, value in values.items()]


def test_gaps_are_rows_without_a_value(make_any: Maker) -> None:
    metrics = make_any(
        *years({2019: 3, 2022: 5, 2023: 6}),
        *years({2020: 1}, indicator_id="litigation_lost"),
    )
    table = trend(metrics, "砚桥县", "fair_competition_reviews")
    assert list(table.columns) == list(COLUMNS)
    assert table["year"].tolist() == [2019, 2020, 2021, 2022, 2023]
    assert table["gap"].tolist() == [False, True, True, False, False]
    assert table["gap_reason"].tolist() == ["", "not_in_year", "no_report", "", ""]
    assert table["value"].isna().tolist() == [False, True, True, False, False]
    assert table["row"].tolist() == ["r1", "", "", "r2", "r3"]
    assert set(table["segment"]) == {1}
    assert table["notes"].tolist()[3:] == ["gap", ""]


def test_a_series_runs_over_all_years_of_its_place(make: Maker) -> None:
    metrics = make(*years({2019: 3, 2023: 6}), *years({2021: 1}, indicator_id="litigation_lost"))
    table = trend(metrics, indicators="litigation_lost")
    assert table["year"].tolist() == [2019, 2020, 2021, 2022, 2023]
    assert table["gap"].sum() == 4


def test_a_selection_of_figures_is_its_own_kind_of_gap(make: Maker) -> None:
    picked = {"origin": "curated", "source": "https://www.wangxi.gov.cn/a.html"}
    metrics = make(*years({2021: 3, 2023: 4}, **picked), *years({2022: 1}, indicator_id="litigation_lost", **picked))
    assert trend(metrics, indicators="fair_competition_reviews")["gap_reason"].tolist() == ["", "selection", ""]


def test_a_year_that_contradicts_itself_is_a_gap(make: Maker) -> None:
    table = trend(make(*years({2021: 3, 2022: 4, 2023: 5}), *years({2022: 9})))
    assert table["gap_reason"].tolist() == ["", "conflicting_values", ""]
    assert np.isnan(table["value"][1])
    assert not table["break"].any()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"unit": "条"}, "unit"),
        ({"source": "http://www.moj.gov.cn/1"}, "other_source"),
        ({"period": "2020以来"}, "period"),
    ],
)
def test_breaks(make: Maker, change: dict[str, Any], reason: str) -> None:
    local = {"source": "https://sfj.wangxi.gov.cn/1"}
    table = trend(make(*years({2021: 3, 2022: 4}, **local), *years({2023: 5, 2024: 6}, **(local | change))))
    assert table["break_reason"].tolist()[:3] == ["", "", reason]
    assert table["segment"].tolist()[:3] == [1, 1, 2]


def test_a_change_of_law_is_a_break_of_definition(make: Maker) -> None:
    table = trend(make(*years({2022: 3, 2023: 4, 2024: 9}, indicator_id="reconsideration_accepted")))
    assert table["break_reason"].tolist() == ["", "", "law_changed"]


def test_another_scope_is_another_series_and_marked(make: Maker) -> None:
    metrics = make(*years({2021: 30, 2022: 40}, scope="全县"), *years({2023: 5, 2024: 6}, scope="县本级"))
    table = trend(metrics)
    own = table[(table["scope"] == "县本级") & ~table["gap"]]
    assert own["break_reason"].tolist() == ["other_scope", ""]
    assert set(own["segment"]) == {1}
    assert not table[table["scope"] == "全县"]["break"].any()
    side_by_side = trend(make(*years({2021: 30, 2022: 40}, scope="全县"), *years({2021: 5, 2022: 6}, scope="县本级")))
    assert not side_by_side["break"].any()


def test_a_short_year_breaks_the_series(make: Maker) -> None:
    reports = pd.DataFrame({"report_id": ["990124-2024"], "signed_date": ["2024-11-20"]})
    table = trend(make(*years({2023: 3, 2024: 4})), reports=reports)
    assert table["break_reason"].tolist() == ["", "partial_year"]


def test_renamed_places_are_one_series(make: Maker) -> None:
    metrics = make(
        *years({2014: 5}, region_code="110229", region="北京市延庆县"),
        *years({2016: 8}, region_code="110119", region="北京市延庆区"),
    )
    table = trend(metrics, "延庆区")
    assert table["year"].tolist() == [2014, 2015, 2016]
    assert "place_renamed" in table["notes"].iloc[-1]
    assert not table["break"].any()


def test_labels_outside_the_catalogue_and_unknown_ones(make: Maker) -> None:
    metrics = make(*years({2023: 1, 2024: 2}, indicator_id="", label="听证"), *years({2023: 5}))
    assert set(trend(metrics, indicators=["听证"])["label"]) == {"听证"}
    assert set(trend(metrics, indicators="公平竞争审查件数")["indicator_id"]) == {"fair_competition_reviews"}
    with pytest.raises(UnknownNameError, match=r"没有这个.*fair_competition_reviews、听证"):
        trend(metrics, indicators="没有这个")


def test_an_empty_table(make: Maker) -> None:
    table = trend(make({"value": 1, "role": "plan"}))
    assert table.empty
    assert list(table.columns) == list(COLUMNS)
    assert summarise_trend(table).empty


def test_series_are_numbered_apart(make: Maker) -> None:
    other = {"region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗"}
    table = trend(make(*years({2023: 1, 2024: 2}), *years({2020: 1, 2022: 2}, **other)))
    assert table.groupby("series")["region"].nunique().tolist() == [1, 1]
    assert table.groupby("region_code", observed=True)["year"].agg(["min", "max"]).loc["159928"].tolist() == [
        2020,
        2022,
    ]


@pytest.mark.parametrize(
    ("values", "shape", "verdict"),
    [
        ({2021: 9, 2022: 7, 2023: 4}, "falling", "improved"),
        ({2021: 4, 2022: 7, 2023: 9}, "rising", "worsened"),
        ({2021: 4, 2022: 9, 2023: 7}, "mixed", "worsened"),
        ({2021: 4, 2022: 4}, "flat", "unchanged"),
        ({2021: 4}, "single", "not_comparable"),
    ],
)
def test_summary(make: Maker, values: dict[int, float], shape: str, verdict: str) -> None:
    row = summarise_trend(trend(make(*years(values, indicator_id="litigation_lost")))).iloc[0]
    assert (row["shape"], row["verdict"], row["figures"]) == (shape, verdict, len(values))


def test_the_summary_keeps_to_the_last_stretch(make: Maker) -> None:
    table = trend(make(*years({2020: 50, 2021: 60}, unit="条"), *years({2022: 5, 2024: 4})))
    row = summarise_trend(table).iloc[0]
    assert (row["first_year"], row["last_year"], row["breaks"], row["gaps"]) == (2022, 2024, 1, 1)
    assert (row["change_lower"], row["change_upper"], row["verdict"]) == (-1, -1, "decreased")


def test_open_steps_settle_nothing(make: Maker) -> None:
    over = {"upper": 399, "qualifier": "over"}
    row = summarise_trend(trend(make(*years({2022: 300, 2023: 310}, **over)))).iloc[0]
    assert (row["shape"], row["verdict"]) == ("open", "uncertain")


def test_rates_printed_alike_are_flat(make: Maker) -> None:
    rate = {"indicator_id": "litigation_loss_rate", "unit": "%", "kind": "rate", "value": 100, "lower": 99.5}
    metrics = make(*({**rate, "year": year, "upper": 100} for year in (2022, 2023, 2024)))
    row = summarise_trend(trend(metrics)).iloc[0]
    assert (row["shape"], row["verdict"], row["reason"]) == ("flat", "unchanged", "equal_as_printed")


def test_one_figure_after_a_break_names_the_break_and_a_lone_one_says_so() -> None:
    rows = [(2022, 40.0, "件"), (2023, 41.0, "件"), (2024, 300.0, "人")]
    frame = pd.DataFrame(
        {
            "region": "砚桥县",
            "year": [year for year, _, _ in rows],
            "unit": [unit for _, _, unit in rows],
            "value": [value for _, value, _ in rows],
            "kind": "count",
            "indicator_id": "penalty_cases",
        }
    )
    frame["lower"] = frame["upper"] = frame["value"]
    (parted,) = summarise_trend(trend(frame)).to_dict("records")
    assert (parted["figures"], parted["reason"], parted["verdict"]) == (1, "unit", "not_comparable")
    (lone,) = summarise_trend(trend(frame.tail(1))).to_dict("records")
    assert lone["reason"] == "single_figure"
