"""An edited file is a new version of the one stored; another kind of document stands beside it and is not compared."""

from __future__ import annotations

from pathlib import Path

import fazhi_analysis as fz
from fazhi_analysis.dataset import load_metrics, load_reports
from fazhi_analysis.running.ingest import ingest

_TEXT = """砚桥县2024年法治政府建设年度报告
一、主要工作
全县受理行政复议案件53件，审结50件。组织执法人员培训12期，参训860人次。
二、存在的问题
一是执法力量不足。
三、下一步工作
加强培训。
砚桥县人民政府
2025年2月20日
"""
_EDITED = _TEXT.replace("53件", "54件")
_STATISTICS = """砚桥县2024年度行政执法统计年报
全县办理行政处罚案件210件，受理行政复议案件49件。
"""


def _stored(data: Path) -> list[tuple[str, float]]:
    metrics = load_metrics(data)
    return [
        (row["report_id"], row["value"]) for _, row in metrics.iterrows() if row["label"].startswith("受理行政复议")
    ]


def test_an_edited_file_replaces_the_older_version_and_says_so(file, data: Path) -> None:
    ingest(file(_TEXT, "a.txt"), data)
    [result] = ingest(file(_EDITED, "b.txt"), data)
    assert (result.report_id, result.status) == ("990124-2024", "stored")
    assert "新版本" in result.message
    assert "a.txt" in result.message
    assert _stored(data) == [("990124-2024", 54)]


def test_an_older_version_comes_back_only_where_asked(file, data: Path) -> None:
    old, new = file(_TEXT, "a.txt"), file(_EDITED, "b.txt")
    ingest([old, new], data)
    [result] = ingest(old, data)
    assert (result.status, _stored(data)) == ("unchanged", [("990124-2024", 54)])
    assert "--replace" in result.message
    [result] = ingest(old, data, replace_other=True)
    assert (result.status, _stored(data)) == ("stored", [("990124-2024", 53)])
    assert load_reports(data).iloc[0]["version"] == 1


def test_the_newest_version_given_again_changes_nothing(file, data: Path) -> None:
    old, new = file(_TEXT, "a.txt"), file(_EDITED, "b.txt")
    ingest([old, new], data)
    before = {path: path.read_bytes() for path in data.rglob("*.csv")}
    assert [result.status for result in ingest(new, data)] == ["unchanged"]
    assert {path: path.read_bytes() for path in data.rglob("*.csv")} == before


def test_another_kind_of_document_replaces_nothing(file, data: Path) -> None:
    ingest(file(_TEXT, "a.txt"), data)
    [result] = ingest(file(_STATISTICS, "s.txt"), data, replace_other=True)
    assert result.status == "stored"
    assert result.report_id != "990124-2024"
    assert result.taken_for is not None
    assert result.taken_for.doc_kind == "enforcement_stats"
    kinds = dict(zip(load_reports(data)["report_id"], load_reports(data)["doc_kind"], strict=True))
    assert kinds == {"990124-2024": "annual_report", result.report_id: "enforcement_stats"}


def test_statistics_beside_a_report_do_not_stand_for_the_year(file, data: Path) -> None:
    earlier = _TEXT.replace("2024", "2023").replace("2025", "2024").replace("53件", "60件")
    ingest([file(_TEXT, "a.txt"), file(earlier, "b.txt"), file(_STATISTICS, "s.txt")], data)
    rows = fz.year_over_year(load_metrics(data), region="砚桥县", year=2024, baseline=2023)
    [accepted] = [row for _, row in rows.iterrows() if row["indicator_id"] == "reconsideration_accepted"]
    assert (accepted["baseline_value"], accepted["value"]) == (60, 53)


def test_a_report_is_not_compared_with_statistics(file, data: Path) -> None:
    earlier = _TEXT.replace("2024", "2023").replace("2025", "2024").replace("53件", "60件")
    ingest([file(earlier, "b.txt"), file(_STATISTICS, "s.txt")], data)
    rows = fz.year_over_year(load_metrics(data), region="砚桥县", year=2024, baseline=2023)
    [accepted] = [row for _, row in rows.iterrows() if row["indicator_id"] == "reconsideration_accepted"]
    assert accepted["verdict"] == "not_comparable"
    assert accepted["reason"].startswith("other_document")


def test_another_layout_of_a_broken_report_mends_it(file, data: Path) -> None:
    ingest(file(_TEXT, "a.txt"), data)
    (data / "reports" / "990124-2024" / "metrics.csv").unlink()
    [result] = ingest(file(_TEXT + "\n", "b.txt"), data)
    assert result.status == "stored"
    assert _stored(data) == [("990124-2024", 53)]
