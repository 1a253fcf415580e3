"""Places on the pages: renamed ones, their peers, the nation beside them, real and fictional ones apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import fazhi_analysis as fz
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.presenting.html.markup import plain_text

from .conftest import opened, row


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county that became a district under a new code, and a district made larger by a merger."""
    folder = tmp_path_factory.mktemp("renamed")
    places = [
        ("110229", "北京市延庆县", 2014, 10.0),
        ("110119", "北京市延庆区", 2016, 14.0),
        ("110119", "北京市延庆区", 2017, 15.0),
        ("110102", "北京市西城区", 2009, 20.0),
        ("110102", "北京市西城区", 2011, 60.0),
    ]
    for code, region, year, value in places:
        rows = [row("penalty_cases", value, "件", 1)]
        write_report_folder(f"{code}-{year}", into=folder, region=region, region_code=code, year=year, metrics=rows)
    return folder


@pytest.mark.parametrize(
    ("asked", "year", "title"), [("延庆区", 2016, "延庆区"), ("延庆县", 2016, "延庆区"), ("110229", 2014, "延庆县")]
)
def test_a_renamed_place_is_one_place_under_all_its_names(renamed: Path, asked: str, year: int, title: str) -> None:
    page = opened("year_over_year", renamed, region=asked, year=year)
    assert page.place_year.place == title
    assert page.place_year.years == (2014, 2016, 2017)
    if year == 2016:
        assert page.place_year.baseline == 2014
        (one,) = page.changes.compared
        change = one.row
        assert (change["baseline_value"], change["value"], change["verdict"]) == (10, 14, "increased")
        assert "地名或区划代码有变更" in repr(page.headline())


@pytest.mark.parametrize("asked", ["延庆县", "北京市延庆县"])
def test_a_former_name_that_the_data_do_not_hold_opens_the_place(asked: str) -> None:
    page = fz.open_page("year_over_year", region=asked, year=2024)
    assert page.place_year.region == "北京市延庆区"


def test_the_trend_of_a_renamed_place_runs_through(renamed: Path) -> None:
    page = opened("trend", renamed, region="延庆县", year=2017)
    (series,) = page.trends.series
    assert [item["value"] for item in series.known] == [10, 14, 15]


def test_a_merged_place_is_not_compared(renamed: Path) -> None:
    page = opened("year_over_year", renamed, region="西城区", year=2011)
    assert page.changes.compared == ()
    assert "行政区划拆分或合并" in repr(page.excluded())


def test_a_denominator_comes_from_the_reader() -> None:
    page = fz.open_page(
        "peer_comparison", region="霁原旗", year=2024, indicators="行政处罚案件数", denominator="人（虚构）",
        denominators=["霁原旗=80000", "砚桥县=900000~920000"], per=1000,
    )  # fmt: skip
    own = page.ranked.rankings[0].own
    assert own["compared_value"] == pytest.approx(1203 / 80)
    assert "15.04件／每 1000" in repr(page.headline())
    assert "人（虚构）" in repr(page.headline())


def test_a_missing_own_denominator_is_reported_and_not_blamed_on_the_peers() -> None:
    page = fz.open_page("peer_comparison", region="霁原旗", year=2024, denominators={"砚桥县": 900000})
    text = plain_text(str(page.headline()))
    assert "没有给出本地的分母" in text
    assert "没有一项在数据里" not in text
    some = fz.open_page(
        "peer_comparison", region="霁原旗", year=2024, denominators={"砚桥县": 900000},
        indicators=["reconsideration_correction_rate", "penalty_cases"],
    )  # fmt: skip
    assert len(some.ranked.rankings) == 1
    assert "本地的数量和金额 1 项不参加排列" in plain_text(str(some.headline()))


def test_nothing_vanishes_from_the_peers_uncounted() -> None:
    page = fz.open_page(
        "peer_comparison", region="霁原旗", year=2024, indicators="行政处罚案件数", denominators={"霁原旗": 80000}
    )
    text = plain_text(str(page.excluded()))
    assert "没有给出这个地方的分母：1 个地方，1 项" in text
    assert "砚桥县" in text
    for options in ({}, {"denominators": {"砚桥县": 900000}}):
        page = fz.open_page("peer_comparison", region="霁原旗", year=2024, **options)
        ranked = [ranking.own["row"] for ranking in page.ranked.rankings]
        left = [item["row"] for item, _ in page.ranked.left_out if page.is_own(item)]
        assert sorted(ranked + left) == sorted(item["row"] for item in page.ranked.own)
        assert all(reason for _, reason in page.ranked.left_out)


def test_own_rates_stand_beside_the_nation_without_a_ranking() -> None:
    page = fz.open_page("peer_comparison", region="霁原旗", year=2024)
    assert page.ranked.rankings == ()
    text = plain_text(str(page.headline()))
    assert "行政复议纠错率 8.3%；低于全国（12.07%）" in text
    assert "行政复议调撤（调解和解）率 36.1%；高于全国（26.3%）" in text
    table = plain_text(str(page.benchmarks()))
    assert "8.3%低于全国" in table


@pytest.mark.parametrize(
    ("lang", "copy", "series"), [("zh", "据转载", "数据系列："), ("en", "read in a copy", "Series:")]
)
def test_figures_read_in_a_copy_say_so_and_series_are_explained(lang: str, copy: str, series: str) -> None:
    page = fz.open_page("peer_comparison", region="霁原旗", year=2024, lang=lang)
    text = plain_text(str(page.benchmarks()))
    assert text.count(copy) == 2 + 1  # both figures, and what the mark means
    assert series in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": "prefecture"}, "不与地级排在一起"),
        ({"level": "village"}, "province"),
        ({"regions": ["广州市"]}, "不是同一层级"),
        ({"regions": ["没有这个县"]}, "没有这个县"),
        ({"indicators": 5}, "名称的列表"),
        ({"indicators": ["没有这个指标"]}, "没有这个指标"),
        ({"denominators": ["方城县"]}, "地方:数字"),
        ({"denominators": {"方城县": "许多"}}, "不是数字"),
        ({"denominators": {"方城县": 0}}, "正数"),
        ({"per": -1}, "正数"),
    ],
)
def test_a_wrong_parameter_of_the_peers_fails_on_opening(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FazhiError, match=message):
        fz.open_page("peer_comparison", region="方城县", year=2024, **options)


def test_too_few_peers_is_an_answer(store: Path) -> None:
    assert "不作比较" in plain_text(str(opened("peer_comparison", store).headline()))


def test_real_places_are_never_held_against_fictional_ones() -> None:
    real = fz.open_page("peer_comparison", region="延庆区", year=2024)
    assert real.ranked.rankings
    assert not {"159928", "990124"} & {item["region_code"] for ranking in real.ranked.rankings for item in ranking.rows}
    sample = fz.open_page("peer_comparison", region="砚桥县", year=2024)
    assert {item["region_code"] for ranking in sample.ranked.rankings for item in ranking.rows} <= {"159928", "990124"}


def test_a_fictional_place_says_so() -> None:
    assert "虚构" in plain_text(str(fz.open_page("trend", region="砚桥县", year=2024).header()))
    assert "虚构" not in plain_text(str(fz.open_page("trend", region="延庆区", year=2024).header()))
