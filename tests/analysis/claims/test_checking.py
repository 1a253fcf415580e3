"""Stated changes against the two years' figures, and what they imply where the earlier figure is missing."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.conftest import Maker, make_table

from fazhi_analysis.analysis.claims.checking import COLUMNS, check_claims
from fazhi_analysis.analysis.claims.matching import bare, stem
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.errors import UnknownNameError


def growth(value: float, half: float, change: str = "yoy_pct", **more: Any) -> dict[str, Any]:
    ends = {"lower": value - half, "upper": value + half}
    return {"value": value, **ends, "unit": "%", "kind": "rate", "change": change, **more}


def check(make: Maker, *rows: dict[str, Any]) -> pd.Series[Any]:
    table = check_claims(make(*rows))
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 1
    return table.iloc[0]


def test_a_claim_that_the_figures_contradict(make_any: Maker) -> None:
    row = check(make_any, {"year": 2023, "value": 246}, {"value": 281}, growth(26, 0.5))
    assert row["verdict"] == "contradicted"
    assert (round(row["actual_lower"], 2), round(row["actual_upper"], 2)) == (14.23, 14.23)
    assert (row["baseline_row"], row["row"], row["claim_row"]) == ("r1", "r2", "r3")
    assert np.isnan(row["implied_lower"])


@pytest.mark.parametrize(
    ("label", "percent", "verdict"),
    [
        ("地区生产总值金额", 6.3, "not_comparable"),
        ("社会消费品零售总额", 6.0, "agrees"),
        ("法治宣传活动场次", 6.3, "contradicted"),
    ],
)
def test_statistics_grow_in_comparable_prices(make_any: Maker, label: str, percent: float, verdict: str) -> None:
    names = {"indicator_id": ""}
    row = check(
        make_any,
        {"year": 2023, "value": 500, "label": label, **names},
        {"value": 530, "label": label, **names},
        growth(percent, 0.05, label=f"{label}同比增幅", **names),
    )
    assert row["verdict"] == verdict
    assert (row["reason"] == "statistical") == (verdict == "not_comparable")


def test_a_claim_that_agrees_only_by_cutting_digits_off(make: Maker) -> None:
    row = check(make, {"year": 2023, "value": 61}, {"value": 142}, growth(132.78, 0.005))
    assert row["verdict"] == "agrees_by_truncation"
    assert check(make, {"year": 2023, "value": 61}, {"value": 142}, growth(132.79, 0.005))["verdict"] == "agrees"
    assert check(make, {"year": 2023, "value": 61}, {"value": 142}, growth(132.77, 0.005))["verdict"] == "contradicted"


def test_a_claim_that_agrees(make: Maker) -> None:
    assert check(make, {"year": 2023, "value": 743}, {"value": 2791}, growth(275.6, 0.05))["verdict"] == "agrees"
    assert check(make, {"year": 2023, "value": 1000}, {"value": 954}, growth(-4.6, 0.05))["verdict"] == "agrees"


def test_falls_are_cut_off_towards_zero(make: Maker) -> None:
    figures = {"year": 2023, "value": 300}, {"value": 200}  # -33.33...
    assert check(make, *figures, growth(-33.3, 0.05))["verdict"] == "agrees"
    figures = {"year": 2023, "value": 600}, {"value": 399}  # -33.5 exactly
    assert check(make, *figures, growth(-33, 0.5))["verdict"] == "agrees"
    figures = {"year": 2023, "value": 1000}, {"value": 661}  # -33.9
    assert check(make, *figures, growth(-33, 0.5))["verdict"] == "agrees_by_truncation"
    assert check(make, *figures, growth(-35, 0.5))["verdict"] == "contradicted"


def test_approximate_figures_do_not_prove_a_claim(make: Maker) -> None:
    over = {"value": 300, "upper": 399, "qualifier": "over"}
    assert check(make, {"year": 2023, "value": 260}, over, growth(21, 0.5))["verdict"] == "consistent"
    assert check(make, {"year": 2023, "value": 260}, over, growth(70, 0.5))["verdict"] == "contradicted"


def test_growth_to_is_the_other_reading_of_large_percentages(make: Maker) -> None:
    row = check(make, {"year": 2023, "value": 60}, {"value": 180}, growth(300, 0.5))
    assert (row["verdict"], row["reading"]) == ("agrees_in_other_reading", "to")
    assert row["actual_lower"] == pytest.approx(300)
    row = check(make, {"year": 2023, "value": 45}, {"value": 180}, growth(300, 0.5))
    assert (row["verdict"], row["reading"]) == ("agrees", "by")


def rate(value: float, half: float, **more: Any) -> dict[str, Any]:
    return {"indicator_id": "case_file_pass_rate", "unit": "%", "kind": "rate", "value": value} | {
        "lower": value - half,
        "upper": min(value + half, 100),
        **more,
    }


def test_percent_of_a_rate_may_mean_points(make: Maker) -> None:
    figures = rate(43.3, 0.05, year=2023), rate(48.7, 0.05)
    row = check(make, *figures, growth(5.4, 0.05, indicator_id="case_file_pass_rate"))
    assert (row["verdict"], row["reading"]) == ("agrees_in_other_reading", "points")
    near = rate(43.3, 0.05, year=2023), rate(48.8, 0.5, qualifier="about")
    row = check(make, *near, growth(5.4, 0.05, indicator_id="case_file_pass_rate"))
    assert (row["verdict"], row["reading"]) == ("consistent", "points")
    row = check(make, *figures, growth(5.4, 0.05, "points", indicator_id="case_file_pass_rate"))
    assert (row["verdict"], row["reading"]) == ("agrees", "points")
    row = check(make, *figures, growth(9.4, 0.05, "points", indicator_id="case_file_pass_rate"))
    assert row["verdict"] == "contradicted"


def test_absolute_changes(make: Maker) -> None:
    more = {"value": 30, "change": "yoy_abs"}
    assert check(make, {"year": 2023, "value": 70}, {"value": 100}, more)["verdict"] == "agrees"
    assert check(make, {"year": 2023, "value": 80}, {"value": 100}, more)["verdict"] == "contradicted"


def test_a_missing_earlier_figure_is_implied_and_marked_so(make: Maker) -> None:
    row = check(make, {"value": 180, "upper": 189, "qualifier": "over"}, growth(300, 50, qualifier="about"))
    assert row["verdict"] == "implied"
    assert (row["implied_lower"], row["implied_upper"]) == (pytest.approx(40), pytest.approx(54))
    assert (row["other_implied_lower"], row["other_implied_upper"]) == (
        pytest.approx(180 / 3.5),
        pytest.approx(189 / 2.5),
    )
    assert np.isnan(row["baseline_value"])
    assert row["baseline_row"] == ""
    row = check(make, {"value": 1345}, {"value": 30, "change": "yoy_abs"})
    assert (row["implied_lower"], row["implied_upper"]) == (1315, 1315)


def test_an_implied_figure_is_never_compared(make: Maker) -> None:
    metrics = make({"year": 2022, "value": 5}, {"value": 180}, growth(20, 0.5))
    assert year_over_year(metrics)["baseline_year"].tolist() == [2022]
    claims = check_claims(metrics)
    assert claims.loc[claims["verdict"] == "implied", "baseline_year"].tolist() == [2023]


def test_a_claim_without_any_figure(make: Maker) -> None:
    row = check(make, growth(12.2, 0.05))
    assert row["verdict"] == "no_level"
    assert np.isnan(row["implied_lower"])


def test_figures_that_do_not_compare_do_not_check_a_claim(make: Maker) -> None:
    row = check(make, {"year": 2023, "value": 10, "unit": "条"}, {"value": 12}, growth(20, 0.5))
    assert (row["verdict"], row["reason"]) == ("not_comparable", "unit")
    assert np.isnan(row["actual_lower"])


def test_scopes_keep_claims_apart(make: Maker) -> None:
    rows = [
        {"year": 2023, "value": 10, "scope": "市本级"},
        {"value": 20, "scope": "市本级"},
        {"value": 500},
        growth(100, 0.5, scope="市本级"),
        growth(30, 0.5),
    ]
    table = check_claims(make(*rows)).set_index("scope")
    assert table["verdict"].to_dict() == {"市本级": "agrees", "": "implied"}


@pytest.mark.parametrize(
    ("claim", "level"),
    [
        ("受理件数增幅", "受理件数"),
        ("申请收案增幅", "申请收案数"),
        ("办件量同比增长", "办件量"),
        ("关联率升幅", "关联率"),
    ],
)
def test_labels_find_each_other_without_the_words_for_change(make: Maker, claim: str, level: str) -> None:
    outside = {"indicator_id": ""}
    rows = [{"year": year, "value": value, "label": level, **outside} for year, value in ((2023, 100), (2024, 121))]
    assert check(make, *rows, growth(21, 0.5, label=claim, **outside))["verdict"] == "agrees"


def test_a_label_that_fits_two_figures_fits_none(make: Maker) -> None:
    outside = {"indicator_id": ""}
    rows = [{"value": 3, "label": "培训人数", **outside}, {"value": 5, "label": "培训场次", "unit": "场", **outside}]
    assert check(make, *rows, growth(21, 0.5, label="培训增幅", **outside))["verdict"] == "no_level"
    assert check(make, *rows, growth(21, 0.5, label="培训人数增幅", **outside))["row"] == "r1"


def test_a_printed_fall_is_a_negative_change(make: Maker) -> None:
    outside = {"indicator_id": ""}
    rows = [{"year": year, "value": value, "label": "投诉件数", **outside} for year, value in ((2023, 100), (2024, 90))]
    row = check(make, *rows, growth(10, 0.5, label="投诉件数降幅", **outside))
    assert (row["verdict"], row["claimed"], row["claimed_lower"]) == ("agrees", -10, -10.5)


def test_plans_and_repetitions_are_no_claims(make: Maker) -> None:
    metrics = make({"value": 3}, growth(21, 0.5, role="target"), growth(21, 0.5, duplicate_of="r9"))
    assert check_claims(metrics).empty
    assert list(check_claims(metrics).columns) == list(COLUMNS)


def test_without_claims_the_table_is_of_the_same_kinds(make: Maker) -> None:
    rows = {"year": 2023, "value": 246}, {"value": 281}
    none = check_claims(make(*rows))
    assert none.empty
    assert none.dtypes.equals(check_claims(make(*rows, growth(21, 0.5))).dtypes)


def test_one_year_of_one_place(make: Maker) -> None:
    metrics = make({"value": 3}, growth(21, 0.5), growth(21, 0.5, year=2023))
    assert check_claims(metrics, "砚桥县", 2023)["claim_row"].tolist() == ["r3"]
    with pytest.raises(UnknownNameError, match="2019"):
        check_claims(metrics, year=2019)


cases = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 2))


@settings(max_examples=10, deadline=None)
@given(st.lists(cases, min_size=10, max_size=40))
def test_a_change_rounded_or_cut_from_the_figures_never_contradicts_them(drawn: list[tuple[int, int, int]]) -> None:
    rows: list[dict[str, Any]] = []
    allowed = {}
    for number, (base, later, digits) in enumerate(drawn):
        exact = Decimal(100 * (later - base)) / base
        for rounding, good in ((ROUND_HALF_UP, {"agrees"}), (ROUND_DOWN, {"agrees", "agrees_by_truncation"})):
            printed = float(exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding))
            if rounding == ROUND_DOWN and printed == 0 > exact:
                continue  # "0 %" does not say which way it was cut
            place = {"region_code": "", "region": f"虚构{number}{rounding}"}
            rows += [{"year": 2023, "value": base, **place}, {"value": later, **place}]
            rows.append(growth(printed, 0.5 * 10**-digits, **place))
            allowed[place["region"]] = good
    verdicts = check_claims(make_table(*rows)).set_index("region")["verdict"]
    assert len(verdicts) == len(allowed)
    assert all(verdict in allowed[place] for place, verdict in verdicts.items())


def test_labels() -> None:
    assert stem("政务服务好评率") == "政务服务好评率"
    assert bare("数") == "数"


# What a change starts from


@pytest.mark.parametrize(
    ("base", "claimed", "verdict"),
    [
        ("", 50, "agrees"),
        ("2019", 200, "agrees"),
        ("2019", 50, "contradicted"),
        ("2018", 50, "implied"),
        ("annual_average", 50, "not_comparable"),
        ("month", 50, "not_comparable"),
    ],
)
def test_a_change_is_checked_against_what_it_starts_from(make: Maker, base: str, claimed: float, verdict: str) -> None:
    counts = [{"indicator_id": "legal_aid_cases", "value": value, "year": year} for year, value in LEVELS.items()]
    claim = {"indicator_id": "legal_aid_cases", "unit": "%", "kind": "rate", "change": "yoy_pct", "base": base}
    claim |= {"value": claimed, "lower": claimed - 0.5, "upper": claimed + 0.5, "year": 2024}
    row = check_claims(make(*counts, {**claim, "aspect": "change"}), year=2024).iloc[0]
    assert row["verdict"] == verdict
    assert (row["reason"] == "other_base") is (verdict == "not_comparable")


LEVELS = {2019: 100, 2023: 200, 2024: 300}


@pytest.mark.parametrize(("times", "verdict"), [(2, "agrees"), (1.5, "contradicted")])
def test_times_are_a_hundred_percent_each(make: Maker, times: float, verdict: str) -> None:
    counts = [
        {"indicator_id": "legal_aid_cases", "value": value, "year": year} for year, value in ((2023, 20), (2024, 60))
    ]
    claim = {"indicator_id": "legal_aid_cases", "unit": "倍", "kind": "rate", "change": "yoy_pct", "year": 2024}
    row = check_claims(make(*counts, {**claim, "value": times}), year=2024).iloc[0]
    assert (row["claimed"], row["verdict"]) == (100 * times, verdict)
