"""Year over year: which figures are held against each other, and what the intervals allow one to say."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_analysis.analysis import year_over_year
from fazhi_analysis.analysis.changes import COLUMNS
from fazhi_analysis.analysis.reasons import NOTES, REASONS, VERDICTS, wording
from fazhi_analysis.errors import DataError, UnknownNameError, UsageError
from fazhi_analysis.model import Interval

from .conftest import Maker, make_table

CONTRACT = {
    *("region_code", "region", "indicator_id", "label", "scope", "unit", "kind", "direction"),
    *("baseline_year", "baseline_value", "baseline_lower", "baseline_upper", "year", "value", "lower", "upper"),
    *("change_lower", "change_upper", "relative_lower", "relative_upper", "verdict", "reason"),
}


def one(table: pd.DataFrame) -> pd.Series[Any]:
    assert len(table) == 1, table
    return table.iloc[0]


def two_years(make: Maker, earlier: dict[str, Any], later: dict[str, Any]) -> pd.Series[Any]:
    return one(year_over_year(make({"year": 2023, **earlier}, {"year": 2024, **later})))


def test_columns_are_those_of_the_contract(make: Maker) -> None:
    table = year_over_year(make({"year": 2023, "value": 1}, {"value": 2}))
    assert list(table.columns) == list(COLUMNS)
    assert set(COLUMNS) >= CONTRACT
    assert {"baseline_row", "row"} <= set(COLUMNS)


def test_exact_counts_give_an_exact_change(make_any: Maker) -> None:
    row = two_years(make_any, {"value": 278}, {"value": 314})
    assert (row["change_lower"], row["change_upper"]) == (36, 36)
    assert round(100 * row["relative_lower"], 2) == 12.95
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
    row = two_years(make, rate(99.04), rate(99.79))
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


# Years


def test_new_and_dropped_need_a_report_of_the_other_year(make: Maker) -> None:
    table = year_over_year(
        make(
            {"year": 2023, "value": 3},
            {"year": 2024, "indicator_id": "litigation_lost", "value": 1},
        )
    ).set_index("indicator_id")
    assert tuple(table.loc["litigation_lost", ["verdict", "reason"]]) == ("new", "not_in_baseline")
    assert tuple(table.loc["penalty_cases", ["verdict", "reason"]]) == ("dropped", "not_in_year")
    assert np.isnan(table.loc["penalty_cases", "value"])
    assert table.loc["penalty_cases", "row"] == ""
    assert year_over_year(make({"year": 2024, "value": 3})).empty


def test_absence_from_a_selection_of_figures_proves_nothing(make: Maker) -> None:
    picked = {"origin": "curated", "source": "https://www.wangxi.gov.cn/a.html"}
    table = year_over_year(
        make(
            {"year": 2023, "value": 3, **picked},
            {"year": 2024, "indicator_id": "litigation_lost", "value": 1, **picked},
        )
    )
    assert set(zip(table["verdict"], table["reason"], strict=True)) == {("not_comparable", "selection")}


def test_another_scope_or_unit_in_a_selection_proves_no_absence_either(make: Maker) -> None:
    picked = {"origin": "curated", "source": "https://www.wangxi.gov.cn/a.html"}
    label = {"indicator_id": "", "label": "晨会普法", **picked}
    table = year_over_year(
        make(
            {"year": 2023, "value": 3, "scope": "市本级", **picked},
            {"year": 2024, "value": 9, **picked},
            {"year": 2023, "value": 3, "unit": "场", **label},
            {"year": 2024, "value": 9, "unit": "人", **label},
        )
    )
    assert set(table["verdict"]) == {"not_comparable"}
    assert set(table["reason"]) == {"other_scope", "other_unit"}


def test_without_years_every_year_meets_the_nearest_earlier_one(make: Maker) -> None:
    table = year_over_year(make(*({"year": year, "value": value} for year, value in ((2019, 1), (2021, 5), (2022, 6)))))
    assert table[["baseline_year", "year", "change_lower"]].values.tolist() == [[2019, 2021, 4], [2021, 2022, 1]]
    assert list(table["notes"]) == ["gap", ""]


def test_the_nearest_earlier_year_is_the_places_own(make: Maker) -> None:
    other = {"region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗"}
    table = year_over_year(
        make(
            {"year": 2021, "value": 1},
            {"year": 2024, "value": 2},
            {"year": 2023, "value": 10, **other},
            {"year": 2024, "value": 12, **other},
        ),
        year=2024,
    ).set_index("region_code")
    assert table["baseline_year"].to_dict() == {"990124": 2021, "159928": 2023}


def test_a_chosen_baseline_skips_the_years_between(make: Maker) -> None:
    metrics = make(*({"year": year, "value": value} for year, value in ((2019, 1), (2021, 5), (2022, 6))))
    assert one(year_over_year(metrics, year=2022, baseline=2019))["change_lower"] == 5
    table = year_over_year(metrics, baseline=2019)
    assert table[["year", "change_lower"]].values.tolist() == [[2021, 4], [2022, 5]]


def test_any_year_alone_compares_with_the_one_before_only(make: Maker) -> None:
    metrics = make(*({"year": year, "value": value} for year, value in ((2019, 1), (2021, 5), (2022, 6))))
    assert one(year_over_year(metrics, year=2021))["baseline_year"] == 2019
    assert year_over_year(metrics, year=2019).empty


def test_wrong_years_and_places_are_errors_that_list_what_exists(make: Maker) -> None:
    metrics = make({"year": 2023, "value": 1}, {"year": 2024, "value": 2})
    with pytest.raises(UnknownNameError, match=r"year=2030.*2023、2024"):
        year_over_year(metrics, year=2030)
    with pytest.raises(UnknownNameError, match=r"baseline=2001.*2023、2024"):
        year_over_year(metrics, baseline=2001)
    with pytest.raises(UsageError, match="基期"):
        year_over_year(metrics, year=2023, baseline=2024)
    with pytest.raises(UnknownNameError, match="砚桥县"):
        year_over_year(metrics, region="没有的县")
    with pytest.raises(DataError, match="upper"):
        year_over_year(metrics.drop(columns="upper"))


def test_a_year_that_only_other_places_have_is_an_error(make: Maker) -> None:
    other = {"region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗", "year": 2021, "value": 7}
    metrics = make({"year": 2023, "value": 1}, {"year": 2024, "value": 2}, other)
    with pytest.raises(UnknownNameError, match=r"baseline=2021.*2023、2024"):
        year_over_year(metrics, "砚桥县", 2024, 2021)


def test_an_ambiguous_name_lists_the_candidates(make: Maker) -> None:
    metrics = make(
        {"value": 1, "region_code": "990101", "region": "云岭省望溪市朝晖区"},
        {"value": 1, "region_code": "990201", "region": "云岭省东泽市朝晖区"},
    )
    with pytest.raises(UnknownNameError, match=r"990101.*990201"):
        year_over_year(metrics, region="朝晖区")
    assert year_over_year(metrics, region="云岭省东泽市朝晖区").empty


@pytest.mark.parametrize("asked", ["990124", "砚桥县", "云岭省望溪市砚桥县", ["砚桥县"]])
def test_a_place_by_code_own_name_or_full_name(make: Maker, asked: Any) -> None:
    other = {"region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗", "value": 7}
    metrics = make({"year": 2023, "value": 1}, {"value": 2}, {"year": 2023, **other}, other)
    assert one(year_over_year(metrics, region=asked))["region"] == "云岭省望溪市砚桥县"


def test_a_body_without_a_code_goes_by_its_name(make: Maker) -> None:
    office = {"region_code": "", "region": "云岭省望溪市司法局"}
    table = year_over_year(make({"year": 2023, "value": 1, **office}, {"value": 3, **office}, {"value": 5}))
    assert one(table)["region"] == "云岭省望溪市司法局"
    assert one(table)["region_code"] == ""


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


# Places that change


def test_a_county_that_became_a_district_is_one_series(make: Maker) -> None:
    metrics = make(
        {"year": 2014, "value": 5, "region_code": "110229", "region": "北京市延庆县"},
        {"year": 2016, "value": 8, "region_code": "110119", "region": "北京市延庆区"},
    )
    for asked in (None, "110119", "110229", "延庆区", "北京市延庆县"):
        row = one(year_over_year(metrics, region=asked))
        assert (row["verdict"], row["region_code"], row["change_lower"]) == ("increased", "110119", 3)
        assert "place_renamed" in row["notes"]


def test_a_place_that_took_in_another_is_not_the_same(make: Maker) -> None:
    xicheng = {"region_code": "110102", "region": "北京市西城区"}
    metrics = make(*({"year": year, "value": year - 2000, **xicheng} for year in (2008, 2009, 2011, 2012)))
    table = year_over_year(metrics)
    assert list(table["reason"]) == ["settled", "place_split", "settled"]


def test_a_law_that_changed_in_between_is_remarked_on(make: Maker) -> None:
    accepted = {"indicator_id": "reconsideration_accepted"}
    row = two_years(make, {"value": 66, **accepted}, {"value": 151, **accepted})
    assert (row["verdict"], row["notes"]) == ("increased", "law_changed")


# Ceilings and wordings


@pytest.mark.parametrize(
    ("before", "after", "noted"), [(100, 99.9, True), (0.1, 0, True), (100, 100, False), (100, 97, False)]
)
def test_ceilings_are_noted(make: Maker, before: float, after: float, noted: bool) -> None:
    row = two_years(make, rate(before, 0.05), rate(after, 0.05))
    assert ("ceiling" in row["notes"]) is noted


def test_every_code_has_both_wordings() -> None:
    for table in (REASONS, VERDICTS, NOTES):
        for code, (zh, en) in table.items():
            assert bool(zh) == bool(en) == bool(code)
            assert wording(code, "zh") == zh
    assert wording("no such code") == "no such code"


def test_empty_tables_are_no_trouble(make: Maker) -> None:
    empty = make({"value": 1}).iloc[:0]
    assert year_over_year(empty).empty
    assert list(year_over_year(empty).columns) == list(COLUMNS)
    only_plans = make({"year": 2023, "value": 1, "role": "plan"}, {"value": 1, "role": "plan"})
    assert year_over_year(only_plans).empty


def test_more_combinations_of_texts_than_a_key_holds() -> None:
    """Keys number the labels, units and scopes that occur, not all that could."""
    count = 40_000
    texts = pd.Series(np.arange(count).astype(str))
    table = pd.DataFrame(
        {
            "row_id": texts,
            "region": "县" + texts,
            "year": 2023,
            "indicator_id": "",
            "label": "数" + texts,
            "scope": "口径" + (texts.astype(int) % 300).astype(str),
            "unit": "量" + texts,
            "kind": "count",
            "value": 1.0,
            "lower": 1.0,
            "upper": 1.0,
        }
    )
    later = table.assign(year=2024, row_id=texts + "b", value=2.0, lower=2.0, upper=2.0)
    changes = year_over_year(pd.concat([table, later], ignore_index=True))
    assert len(changes) == count
    assert (changes["verdict"] == "increased").all()
    assert (changes["row"] == changes["baseline_row"] + "b").all()


# The whole against a plain loop

figure = st.fixed_dictionaries(
    {
        "year": st.sampled_from([2021, 2022, 2023]),
        "region_code": st.sampled_from(["990124", "159928"]),
        "indicator_id": st.sampled_from(["penalty_cases", "litigation_lost", ""]),
        "label": st.sampled_from(["甲", "乙"]),
        "scope": st.sampled_from(["", "本级"]),
        "unit": st.sampled_from(["件", "宗", "条"]),
        "role": st.sampled_from(["result", "result", "result", "plan"]),
        "value": st.integers(0, 6),
        "width": st.integers(0, 3),
    }
)
GROUP = {"件": "case", "宗": "case", "条": "clause"}


def plain(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], str]:
    """Year over year the slow way, straight from the rules: verdicts by place, series and later year."""
    reported: dict[str, set[int]] = {}
    values: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        reported.setdefault(row["region_code"], set()).add(row["year"])
        if row["role"] == "result":
            item = (row["indicator_id"],) if row["indicator_id"] else ("", row["label"], GROUP[row["unit"]])
            values.setdefault((row["region_code"], item, row["scope"], row["year"]), []).append(row)
    verdicts = {}
    for place, years in reported.items():
        ordered = sorted(years)
        for before, after in itertools.pairwise(ordered):
            for key in {key[:3] for key in values if key[0] == place and key[3] in (before, after)}:
                base, later = values.get((*key, before)), values.get((*key, after))
                verdicts[(*key, after)] = _verdict(base, later, key[1][0])
    return verdicts


def _verdict(base: list[dict[str, Any]] | None, later: list[dict[str, Any]] | None, indicator: str) -> str:
    for side in (base or [], later or []):
        if len({(row["value"], row["width"], GROUP[row["unit"]]) for row in side}) > 1:
            return "not_comparable"
    if not base or not later:
        return "new" if later else "dropped"
    if GROUP[base[0]["unit"]] != GROUP[later[0]["unit"]]:
        return "not_comparable"
    ends = [Interval(side[0]["value"], side[0]["value"] + side[0]["width"]) for side in (later, base)]
    change = ends[0] - ends[1]
    if change.lower == change.upper == 0:
        return "unchanged"
    up, down = ("worsened", "improved") if indicator == "litigation_lost" else ("increased", "decreased")
    return up if change.lower > 0 else down if change.upper < 0 else "uncertain"


@settings(max_examples=40, deadline=None)
@given(st.lists(figure, min_size=1, max_size=30))
def test_verdicts_are_those_of_a_plain_loop(rows: list[dict[str, Any]]) -> None:
    table = year_over_year(
        make_table(*({**row, "region": row["region_code"], "upper": row["value"] + row["width"]} for row in rows))
    )
    found = {}
    for row in table.to_dict("records"):
        item = (row["indicator_id"],) if row["indicator_id"] else ("", row["label"], GROUP[row["unit"]])
        key = (row["region_code"], item, row["scope"], row["year"])
        assert key not in found
        found[key] = row["verdict"]
    assert found == plain(rows)


@settings(max_examples=15, deadline=None)
@given(st.lists(figure, min_size=2, max_size=30), st.randoms())
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    metrics = make_table(*({**row, "region": row["region_code"], "upper": row["value"] + row["width"]} for row in rows))
    shuffled = metrics.sample(frac=1, random_state=random.randrange(2**31)).reset_index(drop=True)
    keys = ["region_code", "indicator_id", "label", "scope", "year", "verdict", "change_lower"]
    tables = [year_over_year(table)[keys].astype("str").drop(columns="label") for table in (metrics, shuffled)]
    assert sorted(map(tuple, tables[0].to_numpy().tolist())) == sorted(map(tuple, tables[1].to_numpy().tolist()))


@pytest.mark.parametrize("asked", ["延庆县", "北京市延庆县", "110229", "延庆区"])
def test_a_former_name_finds_the_place_that_carries_it_on(asked: str) -> None:
    import fazhi_analysis as fz

    metrics = fz.load_metrics()
    table = year_over_year(metrics, asked, 2024, 2023)
    assert set(table["region_code"]) == {"110119"}
    assert len(table) == len(year_over_year(metrics, "延庆区", 2024, 2023))
