"""Comparisons that rest on a figure which the audit doubts are marked, and never headlines."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tests.analysis.conftest import Maker

import fazhi_analysis as fz
from fazhi_analysis.analysis.comparing.significance import assess
from fazhi_analysis.analysis.comparing.trend import summarise_trend, trend
from fazhi_analysis.analysis.comparing.year_over_year import year_over_year
from fazhi_analysis.analysis.doubts import confirmed_ratios, doubted_rows
from fazhi_analysis.analysis.peers.comparison import compare
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Evidence, Finding


def finding(rule: str, severity: Any, *rows: str, status: str = "open") -> Finding:
    return Finding("id", rule, severity, "", "", tuple(Evidence(row=row) for row in rows), status)


def test_the_graver_doubt_stands_and_a_dismissed_one_does_not() -> None:
    found = doubted_rows(
        [
            finding("sum", "warning", "a", "b"),
            finding("ratio", "error", "b", ""),
            finding("bounds", "error", "c", status="dismissed"),
            finding("ratio", "confirmed", "d", "e", "f"),
            finding("attainable_rate", "warning", "g", "base of g"),
        ]
    )
    assert found == {"a": "warning", "b": "error", "g": "warning"}


def test_a_table_of_findings_says_the_same_as_the_findings() -> None:
    table = fz.load_findings(regions="砚桥县", years=2023)
    records = [
        Finding(row["id"], row["rule"], row["severity"], "", "", tuple(Evidence(row=e["row"]) for e in row["evidence"]))
        for row in table.to_dict("records")
    ]
    assert doubted_rows(table) == doubted_rows(records)
    assert doubted_rows(table)["990124-2023:m070"] == "error"
    assert confirmed_ratios(table) == confirmed_ratios(records)


def test_a_table_that_holds_no_findings_is_an_error(make: Maker) -> None:
    with pytest.raises(DataError, match="severity"):
        doubted_rows(make({"value": 1}))


def test_year_over_year_marks_what_rests_on_a_doubted_figure(make_any: Maker) -> None:
    metrics = make_any(
        {"year": 2023, "value": 100, "row_id": "a1"},
        {"year": 2024, "value": 150, "row_id": "a2"},
        {"year": 2023, "value": 9, "indicator_id": "litigation_lost", "row_id": "b1"},
        {"year": 2024, "value": 4, "indicator_id": "litigation_lost", "row_id": "b2"},
    )
    findings = [finding("magnitude", "warning", "b1")]
    table = assess(year_over_year(metrics, findings=findings), metrics).set_index("indicator_id")
    assert table["doubt"].astype(str).to_dict() == {"penalty_cases": "", "litigation_lost": "warning"}
    assert table["headline"].to_dict() == {"penalty_cases": True, "litigation_lost": False}
    assert table.loc["litigation_lost", "verdict"] == "improved"
    plain = assess(year_over_year(metrics), metrics).set_index("indicator_id")
    assert set(plain["doubt"].astype(str)) == {""}
    assert plain.loc["litigation_lost", "headline"]


def test_peers_and_trend_mark_the_same_figures(make: Maker) -> None:
    metrics = make(
        {"year": 2022, "value": 100},
        {"year": 2023, "value": 120},
        {"year": 2024, "value": 150},
        {"year": 2024, "value": 90, "region_code": "159928", "region": "内蒙古自治区云泽盟霁原旗"},
    )
    findings = [finding("ratio", "error", "r3")]
    assert compare(metrics, 2024, findings=findings).set_index("row")["doubt"].astype(str).to_dict() == {
        "r3": "error",
        "r4": "",
    }
    points = trend(metrics, "砚桥县", findings=findings)
    assert points["doubt"].astype(str).tolist() == ["", "", "error"]
    assert summarise_trend(points)["doubted"].tolist() == [1]


def test_the_known_faults_of_the_sample_are_never_headlines() -> None:
    metrics = fz.load_metrics(regions="霁原旗")
    findings = [item for year in (2023, 2024) for item in fz.audit(f"159928-{year}")]
    changes = year_over_year(metrics, "霁原旗", 2024, 2023, findings=findings)
    table = assess(changes, metrics, findings=findings).set_index("label")
    for label in ("群众诉求办结率", "县级领导接访批次", "县级领导接访人次"):
        assert (table.loc[label, "doubt"], table.loc[label, "headline"]) == ("error", False)
    assert table.loc["调解个案补贴金额", "doubt"] == "warning"
    assert (table["doubt"] == "").sum() > 90


def test_counts_that_the_audit_tied_to_a_rate_stand_behind_it(make: Maker) -> None:
    """Files of penalties in one year and of licences in the other are two bases."""
    rate = {"indicator_id": "case_file_pass_rate", "unit": "%", "kind": "rate"}
    files = {"indicator_id": "case_files_reviewed"}
    metrics = make(
        {"year": 2023, "value": 94.1, "lower": 94.05, "upper": 94.15, "row_id": "a", **rate},
        {"year": 2024, "value": 95.8, "lower": 95.75, "upper": 95.85, "row_id": "b", **rate},
        {"year": 2023, "value": 318, "indicator_id": "", "label": "合格", "row_id": "passed"},
        {"year": 2024, "value": 340, "indicator_id": "", "label": "合格", "row_id": "passed_later"},
        {"year": 2023, "value": 338, "scope": "行政处罚案卷", "row_id": "files", **files},
        {"year": 2024, "value": 355, "scope": "行政许可案卷", "row_id": "files_later", **files},
    )
    changes = year_over_year(metrics)
    without = assess(changes, metrics).set_index("indicator_id").loc["case_file_pass_rate"]
    assert (without["certainty"], pd.isna(without["base"])) == ("maybe_small_base", True)
    tied = [
        finding("ratio", "confirmed", "a", "passed", "files"),
        finding("ratio", "confirmed", "b", "passed_later", "files_later"),
    ]
    row = assess(changes, metrics, findings=tied).set_index("indicator_id").loc["case_file_pass_rate"]
    assert [int(row[name]) for name in ("baseline_cases", "baseline_base", "cases", "base")] == [318, 338, 340, 355]
    assert (row["certainty"], row["headline"], pd.isna(row["chance_lower"])) == ("other_base", False, True)


def test_files_of_both_kinds_are_the_base_of_their_pass_rate() -> None:
    metrics = fz.load_metrics(regions="霁原旗")
    changes = year_over_year(metrics, "霁原旗", 2024, 2023)
    row = assess(changes, metrics).set_index("label").loc["案卷评查合格（优良）率"]
    assert [int(row[name]) for name in ("baseline_cases", "baseline_base", "cases", "base")] == [318, 338, 340, 355]
    assert (row["certainty"], row["headline"]) == ("within_chance", False)


def test_counts_that_do_not_give_the_rate_are_named_and_test_nothing(make: Maker) -> None:
    rate = {"indicator_id": "litigation_loss_rate", "unit": "%", "kind": "rate"}
    metrics = make(
        {"year": 2023, "value": 80, "lower": 79.5, "upper": 80.5, "row_id": "a", **rate},
        {"year": 2024, "value": 70, "lower": 69.5, "upper": 70.5, "row_id": "b", **rate},
        {"year": 2024, "value": 27, "indicator_id": "", "label": "胜诉", "row_id": "k"},
        {"year": 2024, "value": 30, "indicator_id": "", "label": "审结", "row_id": "n"},
    )
    changes = year_over_year(metrics)
    for severity in ("error", "warning"):
        table = assess(changes, metrics, findings=[finding("ratio", severity, "b", "k", "n")])
        row = table[table["indicator_id"] == "litigation_loss_rate"].iloc[-1]
        assert (int(row["cases"]), int(row["base"]), pd.isna(row["smallest_base"])) == (27, 30, True)
        assert (row["certainty"], row["headline"], pd.isna(row["chance_lower"])) == ("refuted_base", False, True)
    confirmed = assess(changes, metrics, findings=[finding("ratio", "confirmed", "b", "k", "n")])
    row = confirmed[confirmed["indicator_id"] == "litigation_loss_rate"].iloc[-1]
    assert (int(row["base"]), row["certainty"]) == (30, "maybe_small_base")
