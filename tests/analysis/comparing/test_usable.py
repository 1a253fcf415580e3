"""One definition of a usable result: comparison, page, survey, follow-up and the index ask it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.analysis.conftest import Maker

from fazhi_analysis.analysis.comparing.reasons import REASONS
from fazhi_analysis.analysis.comparing.usable import OTHER_PERIOD, UNUSABLE, usable_results, why_unusable
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.survey.figures import panel
from fazhi_analysis.analysis.survey.tables import Survey
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.results.report_files import summary


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({}, ""),
        ({"role": "plan"}, "plan"),
        ({"role": "target"}, "target"),
        ({"change": "yoy_pct"}, "change_only"),
        ({"duplicate_of": "r2"}, "duplicate"),
        ({"kind": "date"}, "not_metric"),
        ({"is_metric": False}, "not_metric"),
        ({"value": np.nan, "lower": np.nan, "upper": np.nan}, "no_value"),
        ({"period": "2024"}, ""),
        ({"period": "2024年1月至12月"}, ""),
        ({"period": "2023"}, "period"),
        ({"period": "2021以来"}, "period"),
        ({"period": "截至2024年底"}, "period"),
        ({"period": "截至2024年底", "indicator_id": "integrated_windows"}, ""),
        ({"role": "plan", "duplicate_of": "r2"}, "duplicate"),
        ({"role": "target", "period": "2025"}, "target"),
        ({"indicator_id": "", "label": ""}, ""),
    ],
)
def test_each_reason(make_any: Maker, row: dict[str, Any], reason: str) -> None:
    metrics = make_any({"value": 1}, {"value": 2, **row})
    assert why_unusable(metrics).tolist() == ["", reason]
    assert usable_results(metrics)["row_id"].tolist() == ["r1", *([] if reason else ["r2"])]


def test_every_reason_has_a_wording() -> None:
    assert {*UNUSABLE, OTHER_PERIOD} <= set(REASONS)


def test_stated_changes_are_results_where_they_are_asked_for(make: Maker) -> None:
    metrics = make({"value": 1}, {"value": 5, "change": "yoy_pct"}, {"value": 5, "change": "yoy_pct", "period": "2022"})
    assert usable_results(metrics, changes=True)["row_id"].tolist() == ["r1", "r2"]


def test_a_figure_of_another_year_is_no_row_of_the_panel(make: Maker) -> None:
    metrics = make({"value": 1, "start": 3}, {"value": 2, "period": "2022", "start": 9})
    survey = Survey(metrics, metrics, metrics, metrics)
    assert panel(survey)["value"].tolist() == [1.0]


def test_the_page_and_the_index_use_the_same_figures() -> None:
    place_year = PlaceYear.open(region="霁原旗", year=2024)
    usable = {row["row_id"] for row in place_year.usable()}
    left = {row["row_id"] for row, _ in place_year.unusable([2024])}
    assert usable | left == {row["row_id"] for row in place_year.rows()}
    assert not usable & left
    figures = summary(place_year, Words("zh"))["figures"]
    assert figures
    assert {figure["row"] for figure in figures.values()} <= usable


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"label": "发生数"}, "unnamed"),
        ({"label": "/日数"}, "unnamed"),
        ({"label": "增至家数"}, "unnamed"),
        ({"label": "发生数", "indicator_id": "penalty_cases"}, ""),
        ({"label": "交通事故发生数"}, ""),
        ({"label": "完成改造小区数"}, ""),
        ({"label": "培训人次", "section": "appendix"}, "appendix"),
        ({"label": "行政处罚案件数", "indicator_id": "penalty_cases", "section": "appendix"}, ""),
        ({"label": "培训人次", "section": "appendix", "role": "plan"}, "plan"),
    ],
)
def test_what_is_not_named_or_only_explained_is_no_result(row: dict[str, str], reason: str) -> None:
    common = {"region": "砚桥县", "year": 2024, "unit": "件", "kind": "count", "value": 3.0, "lower": 3.0, "upper": 3.0}
    texts = {"indicator_id": "", "section": "一", "role": "result", "period": "", "label": ""}
    assert why_unusable(pd.DataFrame([common | texts | row])).tolist() == [reason]
