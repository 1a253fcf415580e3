"""Is it real: counts behind rates, chance, small bases, ceilings, and the usual change of a series."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.analysis.conftest import Maker

from fazhi_analysis.analysis.comparing.rate_chance import SMALL_BASE
from fazhi_analysis.analysis.comparing.significance import assess
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.messages import word


def counts(year: int, cases: int, base: int, percent: float, half: float = 0.005, **more: Any) -> list[dict[str, Any]]:
    """Loss rate with the numbers of lawsuits lost and concluded."""
    rows: list[dict[str, Any]] = [
        {"indicator_id": "litigation_lost", "value": cases},
        {"indicator_id": "litigation_concluded", "value": base},
        {"indicator_id": "litigation_loss_rate", "unit": "%", "kind": "rate", "value": percent},
    ]
    rows[2] |= {"lower": max(percent - half, 0), "upper": min(percent + half, 100)}
    return [{"year": year, **row, **more} for row in rows]


ADDED = [
    "baseline_cases", "baseline_base", "cases", "base", "chance_lower", "chance_upper", "baseline_smallest_base",
    "smallest_base", "usual_change", "history", "times_usual", "ceiling", "certainty", "headline",
]  # fmt: skip


def assessed(metrics: pd.DataFrame, indicator: str = "litigation_loss_rate") -> pd.Series[Any]:
    table = assess(year_over_year(metrics), metrics)
    assert list(table.columns[-len(ADDED) :]) == ADDED
    rows = table[table["indicator_id"] == indicator]
    return rows.iloc[-1]


def test_counts_of_the_same_report_give_newcombes_interval(make: Maker) -> None:
    row = assessed(make(*counts(2023, 48, 80, 60.0, 0.05), *counts(2024, 56, 70, 80.0, 0.05)))
    assert (row["baseline_cases"], row["baseline_base"], row["cases"], row["base"]) == (48, 80, 56, 70)
    assert (round(row["chance_lower"], 2), round(row["chance_upper"], 2)) == (5.24, 33.39)
    assert (row["certainty"], row["headline"]) == ("beyond_chance", True)


def test_a_base_of_which_two_figures_stand_side_by_side_is_not_known(make: Maker) -> None:
    """What was added in the year (12) beside what there is in all (70): neither is taken for the base."""
    added = {"year": 2024, "indicator_id": "litigation_concluded", "value": 12, "aspect": "increment"}
    rows = [*counts(2023, 48, 80, 60.0, 0.05), *counts(2024, 56, 70, 80.0, 0.05)]
    row = assessed(make(*[{"aspect": "level", **one} for one in rows], added))
    assert (row["baseline_cases"], row["baseline_base"]) == (48, 80)
    assert pd.isna(row["base"])


def test_a_change_that_chance_explains_is_no_headline(make: Maker) -> None:
    row = assessed(make(*counts(2023, 10, 60, 16.67), *counts(2024, 12, 64, 18.75)))
    assert row["chance_lower"] < 0 < row["chance_upper"]
    assert (row["verdict"], row["certainty"], row["headline"]) == ("worsened", "within_chance", False)


def test_below_twenty_there_is_a_plain_warning(make: Maker) -> None:
    row = assessed(make(*counts(2023, 2, 16, 12.5, 0.05), *counts(2024, 9, 18, 50.0, 0.05)))
    assert (row["certainty"], row["headline"]) == ("small_base", False)
    assert all(str(SMALL_BASE) in word("comparison.certainty", "small_base", lang) for lang in ("zh", "en"))


def test_counts_that_do_not_give_the_rate_are_not_used(make: Maker) -> None:
    row = assessed(make(*counts(2023, 2, 16, 16.0, 0.5), *counts(2024, 12, 64, 18.75)))
    assert pd.isna(row["baseline_cases"])
    assert np.isnan(row["chance_lower"])
    assert row["baseline_smallest_base"] == 19
    assert row["certainty"] == "maybe_small_base"


def test_the_cases_follow_from_base_and_rate_when_only_one_number_fits(make: Maker) -> None:
    rows = [row for row in counts(2023, 10, 60, 16.67) if row["indicator_id"] != "litigation_lost"]
    row = assessed(make(*rows, *counts(2024, 12, 64, 18.75)))
    assert (row["baseline_cases"], row["baseline_base"]) == (10, 60)
    rows = [row for row in counts(2023, 500, 3000, 17, 0.5) if row["indicator_id"] != "litigation_lost"]
    row = assessed(make(*rows, *counts(2024, 12, 64, 18.75)))
    assert pd.isna(row["baseline_cases"])  # 495 to 525 cases all print as 17 %


def test_a_base_that_is_stated_is_known_though_several_counts_give_the_rate(make: Maker) -> None:
    rows = [*counts(2023, 212, 215, 98.6, 0.05), *counts(2024, 0, 298, 96.0, 0.5)]
    row = assessed(make(*(row for row in rows if (row["year"], row["indicator_id"]) != (2024, "litigation_lost"))))
    assert (row["base"], row["smallest_base"] is pd.NA) == (298, True)
    assert pd.isna(row["cases"])
    assert np.isnan(row["chance_lower"])
    assert (row["certainty"], row["headline"]) == ("no_cases", True)


def test_counts_of_another_scope_or_an_approximate_count_do_not_stand_behind_a_rate(make: Maker) -> None:
    other = [
        row | {"scope": "本级"} if row["kind"] == "count" else row
        for row in map(dict, _with_kind(counts(2023, 10, 60, 16.67)))
    ]
    assert pd.isna(assessed(make(*other, *counts(2024, 12, 64, 18.75)))["baseline_base"])
    rough = [
        row | {"upper": row["value"] + 5, "qualifier": "over"} if row["kind"] == "count" else row
        for row in _with_kind(counts(2023, 10, 60, 16.67))
    ]
    assert pd.isna(assessed(make(*rough, *counts(2024, 12, 64, 18.75)))["baseline_base"])


def _with_kind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"kind": "count", **row} for row in rows]


def test_without_counts_the_smallest_base_and_a_warning(make: Maker) -> None:
    rates = [row for year in (2023, 2024) for row in counts(year, 0, 0, 10 + year - 2022, 0.5)[2:]]
    row = assessed(make(*rates))
    assert (row["baseline_smallest_base"], row["smallest_base"]) == (9, 8)
    assert row["certainty"] == "maybe_small_base"
    precise = [*counts(2023, 0, 0, 99.99)[2:], *counts(2024, 0, 0, 99.83)[2:]]
    row = assessed(make(*precise))
    assert (row["baseline_smallest_base"], row["smallest_base"]) == (6667, 572)
    assert row["certainty"] == "no_base"


def test_a_change_at_the_ceiling_is_no_headline(make: Maker) -> None:
    rows = [
        {"year": year, "indicator_id": "appeals_resolution_rate", "unit": "%", "kind": "rate", **ends}
        for year, ends in (
            (2023, {"value": 100.0, "lower": 99.95, "upper": 100.0}),
            (2024, {"value": 99.9, "lower": 99.85, "upper": 99.94}),
        )
    ]
    row = assessed(make(*rows), "appeals_resolution_rate")
    assert (row["verdict"], row["ceiling"], row["headline"]) == ("worsened", True, False)


def test_counts_are_held_against_the_usual_change_of_their_series(make: Maker) -> None:
    years = {2020: 100, 2021: 110, 2022: 90, 2023: 100, 2024: 160}
    metrics = make(
        *({"year": year, "value": value, "indicator_id": "litigation_lost"} for year, value in years.items())
    )
    table = assess(year_over_year(metrics), metrics).set_index("year")
    last = table.loc[2024]
    assert (last["usual_change"], last["history"], last["times_usual"]) == (10, 3, 6)
    assert (last["certainty"], last["headline"]) == ("beyond_usual", True)
    assert (table.loc[2023, "certainty"], table.loc[2023, "headline"]) == ("within_usual", False)


def test_no_change_is_within_the_usual_even_where_the_usual_is_none(make: Maker) -> None:
    metrics = make(*({"year": year, "value": value} for year, value in ((2021, 5), (2022, 5), (2023, 5), (2024, 7))))
    table = assess(year_over_year(metrics), metrics).set_index("year")
    assert table.loc[2023, "certainty"] == "within_usual"
    assert (table.loc[2024, "certainty"], table.loc[2024, "times_usual"]) == ("beyond_usual", np.inf)


def test_two_years_tell_no_usual_change(make: Maker) -> None:
    metrics = make({"year": 2023, "value": 1}, {"value": 5})
    row = assessed(metrics, "penalty_cases")
    assert (row["certainty"], row["history"]) == ("no_history", 0)
    assert np.isnan(row["usual_change"])
    assert row["headline"]


def test_the_step_inside_a_longer_span_is_not_its_own_yardstick(make: Maker) -> None:
    metrics = make(*({"year": year, "value": value} for year, value in ((2020, 1), (2021, 4), (2022, 9), (2023, 11))))
    table = assess(year_over_year(metrics, year=2022, baseline=2020), metrics)
    row = table.iloc[0]
    assert (row["usual_change"], row["history"], row["times_usual"]) == (2, 1, 2)


@pytest.mark.parametrize("broken", [{"unit": "条"}, {"period": "2020以来"}])
def test_steps_to_other_units_or_periods_are_no_yardstick(make: Maker, broken: dict[str, Any]) -> None:
    metrics = make(
        {"year": 2021, "value": 1}, {"year": 2022, "value": 1, **broken}, {"year": 2023, "value": 3}, {"value": 5}
    )
    assert assessed(metrics, "penalty_cases")["history"] == 0


CITY = "https://www.wangxi.gov.cn/a.html"
MINISTRY = "https://www.moj.gov.cn/b.html"


def assessed_last(metrics: pd.DataFrame, reports: pd.DataFrame | None = None) -> Any:
    table = year_over_year(metrics, reports=reports)
    return assess(table, metrics, reports=reports).set_index("year").loc[2024]


def test_a_step_from_another_source_is_no_yardstick(make: Maker) -> None:
    sources = {2021: (100, MINISTRY), 2022: (5000, CITY), 2023: (5100, CITY), 2024: (5600, CITY)}
    rows = [{"year": year, "value": value, "source": source} for year, (value, source) in sources.items()]
    last = assessed_last(make(*rows))
    assert (last["usual_change"], last["history"], last["certainty"]) == (100, 1, "beyond_usual")


def test_a_step_from_a_partial_year_is_no_yardstick(make: Maker) -> None:
    years = {2021: 100, 2022: 5000, 2023: 5100, 2024: 5600}
    metrics = make(
        *({"year": year, "value": value, "indicator_id": "litigation_lost"} for year, value in years.items())
    )
    signed = {"2021": "2021-11-02"}
    reports = pd.DataFrame(
        [{"report_id": f"990124-{year}", "signed_date": signed.get(str(year), f"{year + 1}-02-01")} for year in years]
    )
    assert assessed_last(metrics, reports)["usual_change"] == 100
    assert assessed_last(metrics)["history"] == 2


def test_a_step_over_a_change_of_law_is_no_yardstick(make: Maker) -> None:
    years = {2022: 100, 2023: 200, 2024: 5000, 2025: 5100}
    metrics = make(
        *({"year": year, "value": value, "indicator_id": "reconsideration_accepted"} for year, value in years.items())
    )
    table = assess(year_over_year(metrics), metrics).set_index("year")
    assert (table.loc[2025, "usual_change"], table.loc[2025, "history"]) == (100, 1)
    assert (table.loc[2023, "usual_change"], table.loc[2023, "history"]) == (100, 1)


def test_a_step_over_a_merger_is_no_yardstick(make: Maker) -> None:
    place = {"region_code": "110102", "region": "北京市西城区"}
    years = {2009: 100, 2011: 5000, 2012: 5100, 2013: 5600}
    metrics = make(*({"year": year, "value": value, **place} for year, value in years.items()))
    table = assess(year_over_year(metrics), metrics).set_index("year")
    assert (table.loc[2013, "usual_change"], table.loc[2013, "history"]) == (100, 1)


def test_tables_without_rows(make: Maker) -> None:
    metrics = make({"value": 1})
    assert assess(year_over_year(metrics), metrics).empty
