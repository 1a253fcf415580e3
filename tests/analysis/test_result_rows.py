"""Typed rows of the analyses: each kind names the columns of its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis import result_rows
from fazhi_analysis.analysis.audit import rate_bases
from fazhi_analysis.analysis.claims import checking
from fazhi_analysis.analysis.comparing import exclusions, trend
from fazhi_analysis.analysis.following import follow_up
from fazhi_analysis.analysis.peers import comparison
from fazhi_analysis.analysis.peers.benchmarks import load_benchmarks

CORRECTED = {"origin", "baseline_origin"}  # columns that only tables with corrected figures have


def change_columns() -> tuple[str, ...]:
    metrics = fz.load_metrics(regions=["霁原旗"])
    return tuple(fz.assess(fz.year_over_year(metrics), metrics).columns)


def summary_columns() -> tuple[str, ...]:
    metrics = fz.load_metrics(regions=["霁原旗"])
    return tuple(trend.summarise_trend(fz.trend(metrics)).columns)


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (result_rows.ChangeRow, change_columns),
        (result_rows.ExcludedRow, lambda: exclusions.COLUMNS),
        (result_rows.ClaimRow, lambda: checking.COLUMNS),
        (result_rows.RateRow, lambda: rate_bases.COLUMNS),
        (result_rows.PromiseRow, lambda: follow_up.COLUMNS),
        (result_rows.TrendRow, lambda: trend.COLUMNS),
        (result_rows.SeriesRow, summary_columns),
        (result_rows.PeerRow, lambda: comparison.COLUMNS),
        (result_rows.BenchmarkRow, lambda: load_benchmarks().columns),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_kind_of_row_names_the_columns_of_its_table(kind: type, columns: Callable[[], Any]) -> None:
    assert set(get_type_hints(kind)) - CORRECTED == set(columns()) - CORRECTED
