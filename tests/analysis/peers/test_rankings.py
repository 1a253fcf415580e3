"""A place among its peers: every own figure is ranked, or left out with a reason; a doubted one leads nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, cast

import pytest

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.analysis.peers.rankings import FEWEST, PeerQuestion, Ranking, Rankings, rank_peers
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import PeerRow
from fazhi_analysis.errors import UnknownNameError, UsageError


def row(region: str, group: int = 1, **given: Any) -> PeerRow:
    values = {"region": region, "group": group, "row": f"{region}{group}", "reason": "", "doubt": "", "ranked": 3}
    values |= {"rank_low": 1, "rank_high": 3, "best_first": True, "direction": "higher_better"}
    return cast("PeerRow", values | {"benchmark_position": ""} | given)


def test_too_few_places_make_no_ranking_and_are_reported() -> None:
    ranked = Rankings("甲", (row("甲"), row("乙")))
    assert ranked.rankings == ()
    assert [reason for _, reason in ranked.left_out] == ["few_places"]
    assert len(Rankings("甲", (row("甲"), row("乙")), 2).rankings) == 1


def test_a_doubted_own_figure_leads_nothing() -> None:
    others = [row(name, group) for name in "乙丙" for group in (1, 2)]
    ranked = Rankings("甲", (row("甲", 1, doubt="error"), row("甲", 2), *others))
    assert [one.own["group"] for one in ranked.rankings] == [2, 1]
    assert [one.own["group"] for one in ranked.headline] == [2]
    assert [one.own["group"] for one in ranked.doubted] == [1]


def test_a_headline_prefers_what_has_a_better_side() -> None:
    rows = [row(name, group, best_first=group == 2) for name in "甲乙丙" for group in (1, 2)]
    assert [one.own["group"] for one in Rankings("甲", tuple(rows)).headline] == [2]
    neutral = [row(name, best_first=False) for name in "甲乙丙"]
    assert len(Rankings("甲", tuple(neutral)).headline) == 1


def test_figures_of_others_alone_are_not_in_question() -> None:
    ranked = Rankings(
        "甲", (row("甲", reason="no_denominator"), row("乙", reason="period"), row("乙", 2), row("丙", 2))
    )
    assert [reason for _, reason in ranked.left_out] == ["no_denominator", "period"]
    assert [own["region"] for own in ranked.undivided] == ["甲"]


def test_the_own_row_stays_in_a_long_list() -> None:
    rows = tuple(row(str(number)) for number in range(40))
    for place in (0, 20, 39):
        shown = Ranking(rows, rows[place]).around(15)
        assert len(shown) == 15
        assert any(one is rows[place] for one in shown)


def test_two_places_are_enough_when_somebody_asked() -> None:
    assert PeerQuestion().fewest == FEWEST == 3
    assert PeerQuestion(indicators=["penalty_cases"]).fewest == PeerQuestion(regions=["砚桥县"]).fewest == 2


def test_every_own_figure_is_ranked_or_left_out() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    ranked = rank_peers(place_year, PeerQuestion(indicators=["penalty_cases", "reconsideration_accepted"]))
    held = [one.own["row"] for one in ranked.rankings]
    left = [own["row"] for own, reason in ranked.left_out if own["region"] == place_year.region and reason]
    assert held
    assert sorted(held + left) == sorted(own["row"] for own in ranked.own)


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (PeerQuestion(level="prefecture"), UsageError),
        (PeerQuestion(level="village"), UnknownNameError),
        (PeerQuestion(regions=["广州市"]), UsageError),
        (PeerQuestion(regions=["没有这个县"]), UnknownNameError),
    ],
)
def test_levels_are_never_ranked_together(question: PeerQuestion, error: type[Exception]) -> None:
    with pytest.raises(error):
        rank_peers(PlaceYear.open(region="方城县", year=2024), question)


@pytest.mark.parametrize(
    ("own", "named", "kind"), [("霁原旗", "延庆区", "是真实的地方"), ("延庆区", "霁原旗", "是随包虚构的地方")]
)
def test_real_and_fictional_places_are_reported_not_to_be_compared(own: str, named: str, kind: str) -> None:
    with pytest.raises(UsageError) as caught:
        rank_peers(PlaceYear.open(region=own, year=2024), PeerQuestion(regions=[named]))
    assert f"{named}：{kind}" in str(caught.value)
    assert "不放在一起比较" in str(caught.value)


def test_a_place_without_a_report_of_the_year_has_its_years_named() -> None:
    place_year = PlaceYear.open(region="延庆区", year=2024)
    with pytest.raises(UnknownNameError, match="这一年的报告。现有年份：2023"):
        rank_peers(place_year, PeerQuestion(regions=["鄂托克前旗"]))
    with pytest.raises(UnknownNameError, match="没有这个地方"):
        rank_peers(place_year, PeerQuestion(regions=["无此县"]))


def test_own_data_stand_beside_the_bundled_real_places(tmp_path: Path) -> None:
    shutil.copytree(bundled_data() / "reports" / "110119-2024", tmp_path / "reports" / "110119-2024")
    place_year = PlaceYear.open(region="延庆区", year=2024, data=[tmp_path, bundled_data()])
    ranked = rank_peers(place_year, PeerQuestion(["decision_legality_reviews"], ["平谷区", "朝阳区"]))
    assert [len(one.rows) for one in ranked.rankings] == [3]
