"""Typed rows of the analyses: each kind names the columns of its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis import result_rows as rows
from fazhi_analysis.analysis.audit import rates
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
        (rows.ChangeRow, change_columns),
        (rows.ExcludedRow, lambda: exclusions.COLUMNS),
        (rows.ClaimRow, lambda: checking.COLUMNS),
        (rows.RateRow, lambda: rates.COLUMNS),
        (rows.PromiseRow, lambda: follow_up.COLUMNS),
        (rows.TrendRow, lambda: trend.COLUMNS),
        (rows.SeriesRow, summary_columns),
        (rows.PeerRow, lambda: comparison.COLUMNS),
        (rows.BenchmarkRow, lambda: load_benchmarks().columns),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_kind_of_row_names_the_columns_of_its_table(kind: type, columns: Callable[[], Any]) -> None:
    assert set(get_type_hints(kind)) - CORRECTED == set(columns()) - CORRECTED
