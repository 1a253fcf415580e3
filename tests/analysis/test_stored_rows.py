"""Typed rows of the stored tables: each kind names the columns of its table, and missing values are of one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

import pandas as pd
import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis import stored_rows
from fazhi_analysis.dataset.schema import FINDINGS, METRICS, REPORTS, STATEMENTS


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        (stored_rows.MetricRow, lambda: METRICS.names),
        (stored_rows.StatementRow, lambda: STATEMENTS.names),
        (stored_rows.FindingRow, lambda: FINDINGS.names),
        (stored_rows.ReportRow, lambda: REPORTS.names),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_kind_of_row_names_the_columns_of_its_table(kind: type, columns: Callable[[], Any]) -> None:
    assert set(get_type_hints(kind)) == set(columns())


def test_a_missing_number_is_none_and_a_missing_measure_is_not_a_number() -> None:
    frame = pd.DataFrame(
        {"text": pd.array(["a", ""], dtype="str"), "start": pd.array([None, 4], dtype="Int64"), "value": [1.5, None]}
    )
    first, second = stored_rows.rows_of(frame, dict)
    assert first == {"text": "a", "start": None, "value": 1.5}
    assert second["start"] == 4
    assert type(second["start"]) is int
    assert second["value"] != second["value"]


def test_every_value_of_the_stored_tables_is_plain_python() -> None:
    plain = (str, int, float, bool, list, type(None))
    for load in (fz.load_metrics, fz.load_statements, fz.load_reports, fz.load_findings):
        for row in stored_rows.rows_of(load(), dict):
            assert {type(value) for value in row.values()} <= set(plain)


def test_no_rows_of_an_empty_table() -> None:
    assert stored_rows.rows_of(fz.load_metrics().head(0), stored_rows.MetricRow) == []
