"""Real places in the bundled data, with answers worked out by hand, among them pairs that must not be compared."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.claims.checking import check_claims
from fazhi_analysis.analysis.comparing.exclusions import exclusions
from fazhi_analysis.analysis.comparing.significance import assess

# place, indicator as printed, baseline, year, figures, lower end of the change, verdict
PAIRS = [
    ("北京市东城区", "告知承诺制涉企经营事项数", 2022, 2023, 182, 188, 6, "increased"),
    ("北京市东城区", "告知承诺制证明事项数", 2022, 2023, 16, 13, -3, "decreased"),
    ("北京市西城区", "行政规范性文件备案件数", 2023, 2024, 19, 13, -6, "decreased"),
    ("北京市西城区", "主动公开政府信息条数", 2023, 2024, 22432, 24509, 2077, "increased"),
    ("北京市朝阳区", "电子证照跨部门调用个数", 2022, 2024, 174, 292, 118, "increased"),
    ("北京市房山区", "一件事集成服务事项数", 2023, 2024, 46, 62, 16, "improved"),
    ("北京市昌平区", "合法性审核决策文件件次", 2022, 2023, 278, 314, 36, "increased"),
    ("北京市平谷区", "一证通办秒批事项数", 2021, 2022, 159, 159, 0, "unchanged"),
    ("北京市平谷区", "行政规范性文件备案件数", 2021, 2024, 18, 32, 14, "increased"),
    ("北京市延庆区", "一业一证业态数", 2023, 2024, 40, 40, 0, "unchanged"),
    ("北京市延庆区", "服务包解决企业诉求项数", 2023, 2024, 327, 1101, 774, "increased"),
    ("上海市闵行区", "派出所综合窗口数", 2019, 2020, 23, 25, 2, "increased"),
    ("广东省广州市", "党政会议研究法治政府建设次数", 2022, 2023, 79, 63, -16, "decreased"),
    ("浙江省温州市", "市本级行政复议申请收案数", 2023, 2024, 867, 3326, 2459, "increased"),
    ("河南省方城县", "行政复议受理件数", 2023, 2024, 66, 151, 85, "increased"),
]


@pytest.fixture(scope="module")
def metrics() -> pd.DataFrame:
    return fz.load_metrics()


@pytest.mark.parametrize(("place", "label", "baseline", "year", "before", "after", "change", "verdict"), PAIRS)
def test_pairs(
    metrics: pd.DataFrame,
    place: str,
    label: str,
    baseline: int,
    year: int,
    before: float,
    after: float,
    change: float,
    verdict: str,
) -> None:
    table = fz.year_over_year(metrics, place, year, baseline)
    row = table[table["label"] == label].iloc[0]
    assert (row["baseline_value"], row["value"], row["change_lower"], row["verdict"]) == (
        before,
        after,
        change,
        verdict,
    )
    by_id = metrics.set_index("row_id")["value"]
    assert (by_id[row["baseline_row"]], by_id[row["row"]]) == (before, after)


def test_rates_of_pinggu_change_in_points(metrics: pd.DataFrame) -> None:
    table = fz.year_over_year(metrics, "平谷区", 2022, 2021)
    row = table[table["label"] == "一门进驻率"].iloc[0]
    assert (row["change_lower"], row["change_upper"]) == (pytest.approx(8.37), pytest.approx(8.39))
    assert row[["relative_lower", "relative_upper"]].isna().all()
    assert row["verdict"] == "improved"


def test_an_approximate_figure_of_haidian(metrics: pd.DataFrame) -> None:
    table = fz.year_over_year(metrics, "海淀区", 2022, 2020)
    row = table[table["label"] == "告知承诺方式办理件数"].iloc[0]
    assert (row["baseline_value"], row["value"], row["verdict"]) == (113400, 161000, "increased")
    assert row["change_lower"] < row["change_upper"]
    assert "approximate" in row["notes"]


def test_shanghai_2014_and_2019_are_not_compared(metrics: pd.DataFrame) -> None:
    """The city's own statistics against the ministry's table: other source, other scope."""
    table = fz.year_over_year(metrics, "上海市", 2019, 2014)
    row = table[table["indicator_id"] == "reconsideration_accepted"].iloc[0]
    assert (row["verdict"], row["reason"]) == ("not_comparable", "other_source")
    assert pd.isna(row["change_lower"])
    listed = exclusions(metrics, "上海市", 2019, 2014).set_index("row_id")["reason"]
    assert listed[row["baseline_row"]] == listed[row["row"]] == "other_source"
    series = fz.trend(metrics, "上海市", "reconsideration_accepted")
    points = series[~series["gap"]].set_index("year")
    assert points.loc[2019, "break"]
    assert points.loc[2019, "segment"] > points.loc[2014, "segment"]


def test_wenzhou_and_its_own_level_are_two_series(metrics: pd.DataFrame) -> None:
    """8745 applications in the whole city beside 867 at its own level a year earlier: no growth of 900 %."""
    table = fz.year_over_year(metrics, "温州市", 2024, 2023)
    rows = table[table["indicator_id"] == "reconsideration_applications"].set_index("scope")
    assert rows.loc["市本级", "change_lower"] == 2459
    whole = rows.loc[""]
    assert whole["value"] == 8745
    assert pd.isna(whole["baseline_value"])
    assert pd.isna(whole["change_lower"])
    assert (whole["verdict"], whole["reason"]) == ("not_comparable", "other_scope")


def test_one_report_alone_is_never_compared(metrics: pd.DataFrame) -> None:
    assert fz.year_over_year(metrics, "鄂托克前旗").empty
    assert set(exclusions(metrics, "鄂托克前旗")["reason"]) >= {"no_other_year", "duplicate", "plan"}


def test_selected_figures_are_not_called_new_or_dropped(metrics: pd.DataFrame) -> None:
    table = fz.year_over_year(metrics, "延庆区", 2024, 2023)
    alone = table[table["baseline_row"].eq("") | table["row"].eq("")]
    assert set(alone["verdict"]) == {"not_comparable"}
    assert set(alone["reason"]) == {"selection"}


def test_other_scopes_and_units_of_a_selection_prove_no_absence(metrics: pd.DataFrame) -> None:
    for place, year, baseline in (("温州市", 2024, 2023), ("延庆区", 2023, 2022)):
        table = fz.year_over_year(metrics, place, year, baseline)
        assert len(table)
        assert not {"new", "dropped"} & set(table["verdict"]), place


@pytest.mark.parametrize(
    ("place", "year", "label", "verdict", "actual"),
    [
        ("昌平区", 2023, "合法性审核决策文件件次增幅", "contradicted", 12.95),
        ("方城县", 2024, "行政复议受理件数增幅", "agrees_by_truncation", 128.79),
        ("温州市", 2024, "市本级行政复议申请收案增幅", "agrees", 283.62),
    ],
)
def test_claims(metrics: pd.DataFrame, place: str, year: int, label: str, verdict: str, actual: float) -> None:
    table = check_claims(metrics, place, year)
    row = table[table["label"] == label].iloc[0]
    assert (row["verdict"], round(row["actual_lower"], 2)) == (verdict, actual)


def test_what_guangming_2021_implies_for_2020(metrics: pd.DataFrame) -> None:
    """180余宗, up by about 300 %: about 45 a year earlier (60 if it means to 300 %), and only implied."""
    table = check_claims(metrics, "光明区", 2021)
    row = table[table["claimed"] == 300].iloc[0]
    assert row["verdict"] == "implied"
    assert row["implied_lower"] <= 45 <= row["implied_upper"]
    assert row["other_implied_lower"] <= 60 <= row["other_implied_upper"]
    assert not ((metrics["region_code"] == "440311") & (metrics["year"] == 2020)).any()


def test_provinces_of_the_ministrys_table_are_ranked(metrics: pd.DataFrame) -> None:
    table = fz.compare(metrics, 2019, "reconsideration_accepted", level="province")
    assert table["rank_low"].tolist() == sorted(table["rank_low"])
    assert (table["rank_low"] == table["rank_high"]).all()
    assert table["group"].nunique() == 1
    assert table.iloc[0]["value"] == table["value"].max()


def test_small_bases_behind_printed_rates(metrics: pd.DataFrame) -> None:
    table = assess(fz.year_over_year(metrics, "平谷区", 2022, 2021), metrics)
    row: Any = table[table["label"] == "一门进驻率"].iloc[0]
    assert (row["baseline_smallest_base"], row["smallest_base"]) == (89, 163)
    assert row["certainty"] == "no_base"


def test_the_fictional_banner_has_new_and_dropped_figures(metrics: pd.DataFrame) -> None:
    if not (metrics["region_code"] == "159928").any():
        pytest.fail("the fictional banner is not in the bundled data")
    table = fz.year_over_year(metrics, "霁原旗", 2024, 2023, reports=fz.load_reports())
    assert {"new", "dropped"} & set(table["verdict"])
    assert {"increased", "decreased", "improved", "worsened"} & set(table["verdict"])
