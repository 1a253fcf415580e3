"""Years and names as people give them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import fazhi_analysis as fz
from fazhi_analysis.catalogue.choices import year_asked
from fazhi_analysis.errors import FazhiError, UnknownNameError


@pytest.mark.parametrize(
    "year", [2024, "2024", " 2024 ", "2024年", 2024.0, "2024.0", np.int64(2024), np.float64(2024), "２０２４"]
)
def test_a_year_however_it_is_written(year: object) -> None:
    assert year_asked(year) == 2024  # type: ignore[arg-type]


@pytest.mark.parametrize("year", ["二〇二四", "x", "", 2024.5, float("inf"), float("nan"), "2024-25", [2024]])
def test_what_is_no_year_is_reported(year: object) -> None:
    with pytest.raises(UnknownNameError, match="year="):
        year_asked(year)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def metrics() -> pd.DataFrame:
    return fz.load_metrics(regions=["霁原旗", "砚桥县"])


@pytest.mark.parametrize("region", ["霁原旗", 159928, 159928.0, "159928", ["霁原旗"], pd.Series(["霁原旗"])])
@pytest.mark.parametrize("year", [2024, "2024", 2024.0])
def test_analyses_take_years_and_places_as_given(metrics: pd.DataFrame, region: object, year: object) -> None:
    expected = fz.year_over_year(metrics, region="霁原旗", year=2024, baseline=2023)
    found = fz.year_over_year(metrics, region=region, year=year, baseline="2023")  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(found, expected)
    assert len(fz.exclusions(metrics, region=region, year=year)) == len(  # type: ignore[arg-type]
        fz.exclusions(metrics, region="霁原旗", year=2024)
    )
    assert len(fz.check_claims(metrics, region=region, year=year)) == len(  # type: ignore[arg-type]
        fz.check_claims(metrics, region="霁原旗", year=2024)
    )


def test_pages_and_narratives_take_them_too() -> None:
    assert fz.open_page("year_over_year", region="霁原旗", year="2024年").place_year.year == 2024
    assert str(fz.narrate("霁原旗", 2024.0)) == str(fz.narrate("霁原旗", 2024))  # type: ignore[arg-type]


def test_a_mistyped_name_gets_the_nearest(metrics: pd.DataFrame) -> None:
    with pytest.raises(UnknownNameError, match="penalty_cases"):
        fz.trend(metrics, "霁原旗", indicators="penalty_case")
    with pytest.raises(UnknownNameError, match="penalty_cases"):
        fz.load_catalogue()["penalty_case"]
    page = fz.open_page("year_over_year", region="霁原旗", year=2024)
    with pytest.raises(AttributeError, match="changes_table"):
        _ = page.change_table
    english = fz.open_page("year_over_year", region="霁原旗", year=2024, lang="en")
    with pytest.raises(AttributeError, match="no such part"):
        _ = english.change_table


def test_frames_of_ones_own(metrics: pd.DataFrame) -> None:
    mine = metrics[metrics["is_metric"] & (metrics["kind"] == "rate")]
    assert set(fz.year_over_year(mine, region="霁原旗", year=2024)["kind"]) == {"rate"}
    only = metrics[metrics["year"] == 2024]
    assert set(fz.year_over_year(only, region="霁原旗", year=2024)["verdict"]) <= {"new", "not_comparable"}
    assert len(fz.year_over_year(metrics.head(0))) == 0
    with pytest.raises(FazhiError, match="lower"):
        fz.year_over_year(metrics.drop(columns=["lower"]))


def test_what_docstrings_name_is_public() -> None:
    assert "improved" in fz.VERDICTS
    assert "plan" in fz.REASONS
    assert fz.METRICS["value"].type == "float"
    assert {table.name for table in (fz.METRICS, fz.STATEMENTS, fz.FINDINGS, fz.REPORTS)} == {
        "metrics", "statements", "findings", "reports",
    }  # fmt: skip
