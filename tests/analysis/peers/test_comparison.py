"""Peers: who is ranked with whom, ranks as intervals, denominators only from the user, national figures."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.conftest import Maker

import fazhi_analysis.analysis
from fazhi_analysis.analysis.peers.benchmarks import load_benchmarks
from fazhi_analysis.analysis.peers.comparison import COLUMNS, compare
from fazhi_analysis.analysis.peers.ranks import rank_intervals
from fazhi_analysis.errors import UnknownNameError, UsageError

PLACES = {
    "甲县": {"region_code": "990121", "region": "云岭省望溪市甲县"},
    "乙县": {"region_code": "990122", "region": "云岭省望溪市乙县"},
    "丙县": {"region_code": "990123", "region": "云岭省望溪市丙县"},
    "望溪市": {"region_code": "990100", "region": "云岭省望溪市"},
}


def rows(**values: float) -> list[dict[str, Any]]:
    return [{**PLACES[name], "value": value} for name, value in values.items()]


def ranks(table: pd.DataFrame) -> dict[str, tuple[int, int]]:
    names = table["region"].astype("str").str.slice(-2)
    usable = table["rank_low"].notna()
    found = zip(names[usable], table["rank_low"][usable], table["rank_high"][usable], strict=True)
    return {name: (int(low), int(high)) for name, low, high in found}


def test_exact_figures_have_exact_ranks(make_any: Maker) -> None:
    table = compare(make_any(*rows(甲县=10, 乙县=30, 丙县=20)), 2024, "penalty_cases")
    assert list(table.columns) == list(COLUMNS)
    assert ranks(table) == {"乙县": (1, 1), "丙县": (2, 2), "甲县": (3, 3)}
    assert set(table["ranked"]) == {3}
    assert table["row"].tolist() == ["r2", "r3", "r1"]


def test_overlapping_intervals_tie(make: Maker) -> None:
    figures = rows(甲县=300, 乙县=320, 丙县=90)
    figures[0] |= {"upper": 399, "qualifier": "over"}
    assert ranks(compare(make(*figures), 2024)) == {"甲县": (1, 2), "乙县": (1, 2), "丙县": (3, 3)}


@pytest.mark.parametrize(
    ("indicator", "first"), [("appeals_resolution_rate", "乙县"), ("litigation_loss_rate", "甲县"), ("joint", "乙县")]
)
def test_rank_one_is_the_best_where_a_direction_is_better(make: Maker, indicator: str, first: str) -> None:
    rate = {"unit": "%", "kind": "rate", "indicator_id": indicator}
    table = compare(make(*({**row, **rate} for row in rows(甲县=10, 乙县=30))), 2024)
    assert ranks(table)[first] == (1, 1)
    assert table["best_first"].all() == (indicator != "joint")


def test_levels_are_never_ranked_together(make: Maker) -> None:
    metrics = make(*rows(甲县=10, 乙县=30, 望溪市=900))
    assert ranks(compare(metrics, 2024)) == {"乙县": (1, 1), "甲县": (2, 2), "溪市": (1, 1)}
    assert ranks(compare(metrics, 2024, level="prefecture")) == {"溪市": (1, 1)}
    with pytest.raises(UnknownNameError, match=r"county、prefecture|prefecture、county"):
        compare(metrics, 2024, level="province")
    with pytest.raises(UnknownNameError, match="county"):
        compare(metrics, 2024, level="镇")


def test_real_places_are_never_ranked_with_those_of_the_sample(make: Maker) -> None:
    real = [
        {"region_code": "411322", "region": "河南省方城县", "value": 20},
        {"region_code": "150623", "region": "内蒙古自治区鄂托克前旗", "value": 30},
    ]
    sample = [
        {"region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗", "value": 10},
        {"region_code": "990124", "region": "云岭省望溪市砚桥县", "value": 40},
    ]
    table = compare(make(*real, *sample), 2024, "penalty_cases")
    assert set(table["ranked"]) == {2}
    groups = {frozenset(rows) for rows in table.groupby("group")["region_code"].agg(list)}
    assert groups == {frozenset({"411322", "150623"}), frozenset({"159928", "990124"})}


def test_no_ranking_of_the_bundled_data_mixes_real_and_fictional() -> None:
    from fazhi_analysis.dataset import load_metrics

    metrics = load_metrics()
    for year in (2023, 2024):
        table = compare(metrics, year)
        invented = table["region_code"].astype("str").isin(["159928", "990124"])
        assert invented.any()
        assert set(invented.groupby(table["group"]).nunique()) == {1}


def test_only_the_same_scope_is_ranked_together(make: Maker) -> None:
    figures = [
        row | {"scope": scope}
        for row, scope in zip(rows(甲县=1, 乙县=2, 丙县=3), ("县本级", "旗本级", "全县"), strict=True)
    ]
    table = compare(make(*figures), 2024)
    assert ranks(table) == {"乙县": (1, 1), "甲县": (2, 2), "丙县": (1, 1)}
    assert set(table["scope"]) == {"县本级", "旗本级", "全县"}  # shown as printed


def test_units_that_do_not_convert_are_ranked_apart(make: Maker) -> None:
    figures = [row | {"unit": unit} for row, unit in zip(rows(甲县=1, 乙县=2, 丙县=3), ("件", "宗", "条"), strict=True)]
    assert ranks(compare(make(*figures), 2024)) == {"乙县": (1, 1), "甲县": (2, 2), "丙县": (1, 1)}


def test_a_national_table_is_ranked_apart_from_local_figures(make: Maker) -> None:
    figures = rows(甲县=1, 乙县=2, 丙县=3)
    figures[2]["source"] = "http://www.moj.gov.cn/1"
    assert ranks(compare(make(*figures), 2024))["丙县"] == (1, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"period": "2020以来"}, "period"), ({"again": True}, "conflicting_values"), ({"signed": True}, "partial_year")],
)
def test_what_cannot_be_ranked_says_why(make: Maker, change: dict[str, Any], reason: str) -> None:
    figures = rows(甲县=1, 乙县=2)
    figures[0] |= {key: value for key, value in change.items() if key == "period"}
    if "again" in change:
        figures += rows(甲县=5)
    reports = None
    if "signed" in change:
        reports = pd.DataFrame({"report_id": ["990121-2024"], "signed_date": ["2024-12-01"]})
    table = compare(make(*figures), 2024, reports=reports).set_index("region_code")
    assert table.loc["990121", "reason"] == reason
    assert pd.isna(table.loc["990121", "rank_low"])
    assert np.isnan(table.loc["990121", "compared_value"])
    assert ranks(table) == {"乙县": (1, 1)}
    assert table.loc["990122", "ranked"] == 1


def test_nothing_is_divided_unless_a_denominator_is_given(make: Maker) -> None:
    metrics = make(*rows(甲县=10, 乙县=30))
    assert compare(metrics, 2024)["denominator"].isna().all()
    table = compare(metrics, 2024, denominators={"甲县": 10_000, "云岭省望溪市乙县": 100_000})
    assert ranks(table) == {"甲县": (1, 1), "乙县": (2, 2)}
    assert table["compared_value"].tolist() == [10, 3]
    assert table["value"].tolist() == [10, 30]
    table = compare(metrics, 2024, denominators={"990121": (9_000, 11_000)}, per=1000)
    assert tuple(table.loc[0, ["compared_lower", "compared_upper"]]) == (pytest.approx(10 / 11), pytest.approx(10 / 9))
    assert table["reason"].tolist() == ["", "no_denominator"]
    with pytest.raises(UsageError, match="分母"):
        compare(metrics, 2024, denominators={"甲县": 0})
    with pytest.raises(UnknownNameError, match="丁县"):
        compare(metrics, 2024, denominators={"丁县": 5})


def test_rates_are_not_divided(make: Maker) -> None:
    rate = {"unit": "%", "kind": "rate", "indicator_id": "appeals_resolution_rate"}
    table = compare(make(*({**row, **rate} for row in rows(甲县=10, 乙县=30))), 2024, denominators={"甲县": 5})
    assert table["compared_value"].tolist() == [30, 10]


def test_chosen_places_years_and_indicators(make: Maker) -> None:
    metrics = make(*rows(甲县=10, 乙县=30, 丙县=5), *({**row, "year": 2023} for row in rows(甲县=99)))
    assert ranks(compare(metrics, 2024, regions=["甲县", "丙县"])) == {"甲县": (1, 1), "丙县": (2, 2)}
    for wrong in ({"year": 2019}, {"indicator": "没有"}, {"regions": "丁县"}):
        with pytest.raises(UnknownNameError):
            compare(metrics, **{"year": 2024, **wrong})


def test_a_rate_lies_to_the_national_one(make: Maker) -> None:
    rate = {"unit": "%", "kind": "rate", "indicator_id": "reconsideration_correction_rate", "year": 2023}
    figures = [row | rate for row in rows(甲县=20, 乙县=5, 丙县=12.8)]
    figures[2] |= {"lower": 12.75, "upper": 12.85}
    table = compare(make(*figures), 2023).set_index("region_code")
    assert (table.loc["990121", "benchmark_lower"], table.loc["990121", "benchmark_upper"]) == (12.825, 12.835)
    assert table["benchmark_position"].to_dict() == {"990121": "above", "990122": "below", "990123": "overlapping"}
    partial = compare(make(*(row | {"scope": "以县政府为被告"} for row in figures)), 2023)
    assert partial["benchmark_lower"].isna().all()


def test_both_official_series_of_2023_stand_side_by_side() -> None:
    table = load_benchmarks(["reconsideration_applications"], 2023).set_index("series")
    assert table["value"].to_dict() == {"A": 315000, "B": 385000}
    assert all(table["source"])
    assert "38.5万" in table.loc["A", "conflict_zh"]
    assert "31.5万" in table.loc["B", "conflict_zh"]


def test_national_figures_have_source_and_interval() -> None:
    table = load_benchmarks()
    assert (table["lower"] <= table["value"]).all()
    assert (table["value"] <= table["upper"]).all()
    assert table[["source", "publisher_zh", "publisher_en", "verified"]].ne("").all(axis=None)
    assert table["conflict_zh"].ne("").equals(table["conflict_en"].ne(""))
    assert not table.duplicated(["indicator_id", "year", "series"]).any()
    assert table[["counts_zh", "counts_en"]].ne("").all(axis=None)


def test_each_stated_national_growth_follows_from_the_figures_or_records_the_conflict() -> None:
    table = load_benchmarks()
    held = table.set_index(["indicator_id", "year", "series"])[["lower", "upper"]].to_dict("index")
    stated = table[table["stated_change"].notna()]
    assert len(stated) == 2
    for row in stated.to_dict("records"):
        known = [key for key in held if key[0] == row["indicator_id"] and key[1] == row["year"] - 1]
        if not row["stated_base"]:
            assert not known
            assert f"{row['stated_change']:g}%" in row["conflict_zh"]
            assert f"{row['stated_change']:g}%" in row["conflict_en"]
            continue
        year, series = row["stated_base"].split("/")
        assert _growth_is(row["stated_change"], row, held[row["indicator_id"], int(year), series])
        for _, _, other in known:
            fits = _growth_is(row["stated_change"], row, held[row["indicator_id"], int(year), other])
            assert fits == (other == series)  # 94.7 % rests on the second series of 2023 alone


def _growth_is(percent: float, later: dict[str, float], earlier: dict[str, float]) -> bool:
    low, high = (100 * (later[a] / earlier[b] - 1) for a, b in (("lower", "upper"), ("upper", "lower")))
    return low <= percent + 0.05 and percent - 0.05 <= high


def test_cases_handled_are_not_read_as_cases_received() -> None:
    table = load_benchmarks(["reconsideration_cases_handled", "reconsideration_applications"])
    handled = table[table["indicator_id"] == "reconsideration_cases_handled"].iloc[0]
    received = table[(table["year"] == 2024) & (table["series"] == "B")].iloc[0]
    assert (handled["year"], handled["value"], received["value"]) == (2025, 1115000, 749600)
    assert not _growth_is(handled["stated_change"], handled, received)
    assert "不是新收" in handled["counts_zh"]


def test_there_is_no_composite_index(make: Maker) -> None:
    """Every ranking is of one indicator; no public function of the layer makes one number of several."""
    table = compare(make(*rows(甲县=1), *({**row, "indicator_id": "litigation_lost"} for row in rows(甲县=1))), 2024)
    assert table.groupby("group")["indicator_id"].nunique().max() == 1
    for name in ("year_over_year", "exclusions", "assess", "check_claims", "trend", "compare"):
        words = f"{name} {' '.join(inspect.signature(getattr(fazhi_analysis, name)).parameters)}"
        assert not any(word in words for word in ("score", "index", "weight"))


pieces = st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(0, 6))


@given(st.lists(pieces, max_size=40))
def test_ranks_are_those_of_a_plain_count(drawn: list[tuple[int, int, int]]) -> None:
    group = np.array([item[0] for item in drawn], dtype=np.int64)
    lower = np.array([item[1] for item in drawn], dtype=float)
    upper = lower + [item[2] for item in drawn]
    low, high, size = rank_intervals(group, lower, upper)
    for row in range(len(drawn)):
        peers = [other for other in range(len(drawn)) if group[other] == group[row]]
        ahead = sum(lower[other] > upper[row] for other in peers)
        behind = sum(upper[other] < lower[row] for other in peers)
        assert (low[row], high[row], size[row]) == (1 + ahead, len(peers) - behind, len(peers))


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=12),
    st.lists(st.integers(0, 5), min_size=12, max_size=12),
    st.randoms(),
)
def test_any_figures_inside_the_intervals_rank_inside_the_ranks(
    lows: list[int], widths: list[int], random: Any
) -> None:
    lower = np.array(lows, dtype=float)
    upper = lower + widths[: len(lows)]
    low, high, _ = rank_intervals(np.zeros(len(lows), dtype=np.int64), lower, upper)
    points = [random.uniform(*ends) for ends in zip(lower, upper, strict=True)]
    for row, point in enumerate(points):
        rank = 1 + sum(other > point for other in points)
        assert low[row] <= rank <= high[row]
