"""Year over year: which years and which places meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.analysis.conftest import Maker, one

from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.errors import DataError, UnknownNameError, UsageError

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
    lost = ({"year": 2019, "value": 1}, {"year": 2021, "value": 5}, {"year": 2022, "value": 6})
    table = year_over_year(make(*({**row, "indicator_id": "litigation_lost"} for row in lost)))
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


@pytest.mark.parametrize("asked", ["延庆县", "北京市延庆县", "110229", "延庆区"])
def test_a_former_name_finds_the_place_that_carries_it_on(asked: str) -> None:
    import fazhi_analysis as fz

    metrics = fz.load_metrics()
    table = year_over_year(metrics, asked, 2024, 2023)
    assert set(table["region_code"]) == {"110119"}
    assert len(table) == len(year_over_year(metrics, "延庆区", 2024, 2023))
