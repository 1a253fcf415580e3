"""Nothing disappears: every row of the years in question is compared, new, dropped, or listed with its reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.conftest import Maker, make_table

from fazhi_analysis.analysis.comparing.exclusions import COLUMNS, exclusions
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year


def reasons(table: pd.DataFrame) -> dict[str, str]:
    return dict(zip(table["row_id"], table["reason"].astype("str"), strict=True))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"role": "plan"}, "plan"),
        ({"role": "target"}, "target"),
        ({"change": "yoy_pct"}, "change_only"),
        ({"duplicate_of": "r2"}, "duplicate"),
        ({"kind": "date"}, "not_metric"),
        ({"value": np.nan, "lower": np.nan, "upper": np.nan}, "no_value"),
        ({"indicator_id": "", "label": ""}, "no_series"),
        ({"value": 2}, "repeated_value"),
        ({"period": "2021以来"}, "other_period"),
    ],
)
def test_each_reason(make_any: Maker, row: dict[str, Any], reason: str) -> None:
    metrics = make_any({"year": 2023, "value": 1}, {"value": 2}, {"value": 50, **row})
    table = exclusions(metrics)
    assert list(table.columns) == list(COLUMNS)
    assert reasons(table) == {"r3": reason}
    assert table["baseline_year"].isna().all()


def test_rows_of_pairs_that_do_not_compare_are_listed_with_their_years(make: Maker) -> None:
    metrics = make({"year": 2023, "value": 1}, {"value": 2}, {"value": 9})
    table = exclusions(metrics, year=2024)
    assert reasons(table) == dict.fromkeys(("r1", "r2", "r3"), "conflicting_values")
    assert table[["baseline_year", "compared_year"]].drop_duplicates().values.tolist() == [[2023, 2024]]


def test_a_year_without_another_is_listed(make: Maker) -> None:
    assert reasons(exclusions(make({"value": 1}))) == {"r1": "no_other_year"}


def test_only_the_years_in_question_are_listed(make: Maker) -> None:
    metrics = make(
        *({"year": year, "value": 1, "role": "plan"} for year in (2020, 2021, 2022)), {"year": 2022, "value": 1}
    )
    assert set(reasons(exclusions(metrics, year=2022))) == {"r2", "r3", "r4"} - {"r4"}
    assert set(reasons(exclusions(metrics, year=2022, baseline=2020))) == {"r1", "r3"}
    assert set(reasons(exclusions(metrics, baseline=2020))) == {"r1", "r2", "r3"}


def test_a_short_year_is_listed(make: Maker) -> None:
    metrics = make({"year": 2023, "value": 1}, {"value": 2})
    reports = pd.DataFrame({"report_id": ["990124-2024"], "signed_date": ["2024-11-20"]})
    assert set(exclusions(metrics, reports=reports)["reason"]) == {"partial_year"}
    assert exclusions(metrics).empty


def test_the_summary_counts_rows_once(make: Maker) -> None:
    metrics = make(
        {"year": 2022, "value": 1},
        {"year": 2023, "value": 1},
        {"year": 2023, "value": 2},
        {"value": 1},
        {"value": 2, "role": "plan"},
    )
    table = exclusions(metrics)
    counted = table.groupby(table["reason"].astype(str))["row_id"].nunique()
    # The conflicting year stands in two pairs; its rows and their partners are counted once each.
    assert counted.to_dict() == {"conflicting_values": 4, "plan": 1}


figure = st.fixed_dictionaries(
    {
        "year": st.sampled_from([2023, 2024]),
        "indicator_id": st.sampled_from(["penalty_cases", "litigation_lost", ""]),
        "label": st.sampled_from(["甲", ""]),
        "scope": st.sampled_from(["", "本级"]),
        "unit": st.sampled_from(["件", "条"]),
        "role": st.sampled_from(["result", "result", "result", "plan", "target"]),
        "change": st.sampled_from(["level", "level", "level", "yoy_pct"]),
        "period": st.sampled_from(["", "", "2021以来"]),
        "duplicate_of": st.sampled_from(["", "", "", "r1"]),
        "value": st.integers(0, 3),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(figure, min_size=1, max_size=25))
def test_every_row_is_accounted_for_exactly_once(rows: list[dict[str, Any]]) -> None:
    metrics = make_table(*rows)
    table = year_over_year(metrics)
    left_out = exclusions(metrics)
    assert left_out["row_id"].is_unique
    standing = table[table["verdict"] != "not_comparable"]
    shown = {row for column in ("baseline_row", "row") for row in standing[column] if row}
    assert not shown & set(left_out["row_id"])
    assert shown | set(left_out["row_id"]) == set(metrics["row_id"])
