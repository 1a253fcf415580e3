"""The data dictionary says what the schema says."""

from __future__ import annotations

from pathlib import Path

from fazhi_analysis.dataset.dictionary import render
from fazhi_analysis.dataset.schema import FINDINGS, METRICS, STATEMENTS, TABLES

README = Path(__file__).resolve().parents[2] / "data" / "README.md"


def test_the_committed_dictionary_is_the_generated_one() -> None:
    assert README.read_text(encoding="utf-8") == render(), "run: python tools/build_data_dictionary.py"


def test_every_column_is_explained_in_both_languages() -> None:
    for table in TABLES:
        for column in table.columns:
            assert column.zh, f"{table.name}.{column.name}"
            assert column.en, f"{table.name}.{column.name}"


def test_the_contract_columns_are_there_in_order() -> None:
    contracts = {
        METRICS: "report_id region_code region year indicator_id label value lower upper unit qualifier kind is_metric"
        " role change period scope section item start end quote duplicate_of origin confidence source",
        STATEMENTS: "report_id region_code region year kind ordinal text theme cause parts answers start end",
        FINDINGS: "id rule severity message_zh message_en evidence status comment",
    }
    for table, columns in contracts.items():
        contract = columns.split()
        assert [name for name in table.names if name in contract] == contract
    assert METRICS.names[0] == STATEMENTS.names[0] == "row_id"
