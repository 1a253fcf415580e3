"""What people correct and judge: applied, shown, never lost, never passed to another finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazhi_analysis import audit, ingest, load_metrics, load_reports
from fazhi_analysis.dataset import read_report_folder
from fazhi_analysis.dataset.ledger import add_correction, add_judgement, ledger_path
from fazhi_analysis.errors import LedgerError

from .conftest import text, tree


def test_a_correction_is_applied_shown_and_never_lost(file, data: Path) -> None:
    ingest(file(), data)
    add_correction(data, "990124-2024", {"value": 53}, {"value": 55}, why="与台账核对", who="张三", date="2025-03-01")
    for status in ("stored", "unchanged"):
        (result,) = ingest(file(), data)
        assert result.status == status
    row = load_metrics(data).query("origin == 'corrected'").iloc[0]
    assert (row["value"], row["lower"], row["upper"]) == (55, 55, 55)
    (shown,) = load_reports(data)["corrections"][0]
    assert (shown["row"], shown["from"], shown["to"]) == (row["row_id"], {"value": 53}, {"value": 55})
    assert (shown["why"], shown["who"], shown["date"]) == ("与台账核对", "张三", "2025-03-01")


def test_the_audit_sees_the_corrected_figure(file, data: Path) -> None:
    wrong = text().replace("办结案件50余件", "办结案件50件，办结率94%")
    ingest(file(wrong), data)
    before = {row["rule"]: row["severity"] for row in read_report_folder(data / "reports/990124-2024").findings}
    add_correction(
        data, "990124-2024", {"value": 94}, {"value": 94.34, "lower": 94.335, "upper": 94.345}, why="x", who="y"
    )
    ingest(file(wrong), data)
    after = read_report_folder(data / "reports/990124-2024")
    assert {row["value"] for row in after.metrics} >= {94.34}
    cited = [entry["value"] for row in after.findings for entry in row["evidence"]]
    assert 94 not in cited
    assert before


def test_a_judgement_is_kept_and_one_about_nothing_is_noted(file, data: Path) -> None:
    ingest(file(), data)
    finding = read_report_folder(data / "reports/990124-2024").findings[0]["id"]
    add_judgement(data, "990124-2024", finding, "dismissed", comment="已核实", who="张三")
    add_judgement(data, "990124-2024", "sum-00000000", "accepted", comment="属实", who="张三")
    (result,) = ingest(file(), data)
    assert result.status == "stored"
    assert "sum-00000000" in result.message
    stored = {row["id"]: row for row in read_report_folder(data / "reports/990124-2024").findings}
    assert (stored[finding]["status"], stored[finding]["comment"]) == ("dismissed", "已核实")


def test_a_judgement_on_what_two_years_show_is_not_missed(file, data: Path) -> None:
    earlier, later = (file(text(year, count), f"{year}.txt") for year, count in ((2023, 4100), (2024, 53)))
    ingest([earlier, later], data)
    found = {item.rule: item.id for item in audit("990124-2024", data=data)}
    stored = {row["id"] for row in read_report_folder(data / "reports/990124-2024").findings}
    for rule in ("magnitude", "reused_text"):
        assert found[rule] not in stored
        add_judgement(data, "990124-2024", found[rule], "dismissed", comment="已核实", who="张三")
    (result,) = ingest(later, data)
    assert (result.status, result.message) == ("stored", "")
    # One about nothing is still missed, whichever rule it names.
    add_judgement(data, "990124-2024", "magnitude-00000000", "dismissed", comment="已核实", who="张三")
    (result,) = ingest(later, data)
    assert "magnitude-00000000" in result.message
    assert not [name for name in found.values() if name in result.message]


def test_the_year_before_may_come_in_later(file, data: Path) -> None:
    earlier, later = (file(text(year, count), f"{year}.txt") for year, count in ((2023, 4100), (2024, 53)))
    ingest([earlier, later], data)
    found = {item.rule: item.id for item in audit("990124-2024", data=data)}
    for name in (found["magnitude"], "sum-00000000"):
        add_judgement(data, "990124-2024", name, "dismissed", comment="已核实", who="张三")
    shutil.rmtree(data / "reports")
    result, other = ingest([later, earlier], data)
    assert "sum-00000000" in result.message
    assert found["magnitude"] not in result.message
    assert other.message == ""
    (data / "reports/990124-2023/metrics.csv").unlink()  # a broken report does not stop that of the year after
    (result,) = ingest(file(text(2024, 54), "2024.txt"), data)
    assert result.status == "stored"


def test_a_correction_that_no_longer_holds_stops_the_ingest(file, data: Path) -> None:
    ingest(file(), data)
    add_correction(data, "990124-2024", {"value": 53}, {"value": 55}, why="与台账核对", who="张三")
    path = ledger_path(data, "990124-2024")
    path.write_text(path.read_text(encoding="utf-8").replace("value: 53", "value: 52"), encoding="utf-8")
    before = tree(data)
    (result,) = ingest(file(), data)
    assert isinstance(result.error, LedgerError)
    assert "value 应为 52，现为 53" in result.message
    assert "\n" not in result.message
    assert tree(data) == before


RATED = "（一）依法化解争议。全年排查问题30个，整改27个，整改率95%。"


def rated(file) -> Path:
    return file(text().replace("（一）依法化解争议。", RATED))


def rate_finding(data: Path):
    from fazhi_analysis.analysis.audit.runner import audit

    (found,) = [item for item in audit("990124-2024", data=data, rules=["ratio"]) if "27个" in item.message_zh]
    return found


@pytest.fixture
def rate_corrected(file, data: Path) -> Path:
    """A wrong rate whose finding was dismissed before the rate was corrected."""
    ingest(rated(file), data)
    wrong = rate_finding(data)
    assert (wrong.severity, "报告写为95%" in wrong.message_zh) == ("error", True)
    add_judgement(data, "990124-2024", wrong.id, "dismissed", comment="另有基数", who="张三")
    right = {"value": 90, "lower": 89.5, "upper": 90.5}
    add_correction(data, "990124-2024", {"value": 95}, right, why="与台账核对", who="张三")
    (result,) = ingest(rated(file), data)
    assert wrong.id in result.message  # the judgement fits no finding any more, and that is said
    return data


def test_a_corrected_figure_is_reported_as_corrected(rate_corrected: Path) -> None:
    found = rate_finding(rate_corrected)
    assert found.severity == "confirmed"
    assert "与更正后的90%相符" in found.message_zh
    assert "原印95%" in found.message_zh
    assert "the corrected 90%" in found.message_en
    assert "95% was printed" in found.message_en


def test_a_judgement_does_not_pass_to_another_finding(rate_corrected: Path) -> None:
    found = rate_finding(rate_corrected)
    assert (found.status, found.comment) == ("open", "")
    add_judgement(rate_corrected, "990124-2024", found.id, "accepted", comment="已更正", who="李四")
    assert rate_finding(rate_corrected).status == "accepted"


def test_pages_mark_a_corrected_figure_and_the_workbook_keeps_the_printed_one(
    file, rate_corrected: Path, tmp_path: Path
) -> None:
    import openpyxl

    import fazhi_analysis as fz
    from fazhi_analysis.analysis.place_year import PlaceYear
    from fazhi_analysis.presenting.workbook.book import workbook_of

    earlier = text(2023).replace("（一）依法化解争议。", RATED.replace("95%", "90%"))
    ingest(file(earlier, "上年.txt"), rate_corrected)
    for lang, marked in (("zh", "90%（已更正）"), ("en", "90% (corrected)")):
        page = fz.open_page("year_over_year", region="990124", year=2024, data=rate_corrected, lang=lang)
        (row,) = [line for line in page.frame("changes_table").astype(str).agg(" ".join, axis=1) if marked in line]
        assert row.count("90%") == 2
    path = tmp_path / "book.xlsx"
    workbook_of(PlaceYear.open(region="990124", year=2024, data=rate_corrected)).save(path)
    head, *rows = openpyxl.load_workbook(path)["指标"].iter_rows(values_only=True)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    (line,) = [line for line in lines if line["来历"] == "更正"]
    assert (line["数值"], line["报告的措辞"]) == (90, "95%")


def test_a_file_is_judged_like_the_stored_report_of_a_body_without_a_code(file, data: Path) -> None:
    from fazhi_analysis.analysis.audit.runner import audit

    reports = [
        file(text(year).replace("砚桥县人民政府", "砚桥县司法局").replace("53件", f"{count}件"), f"{year}.txt")
        for year, count in ((2023, 53), (2024, 5300))
    ]
    (_, now) = ingest(reports, data)
    assert now.report_id.startswith("x")
    (large,) = audit(now.report_id, data=data, rules=["magnitude"])
    add_judgement(data, now.report_id, large.id, "dismissed", comment="属实", who="张三")
    stored, direct = (
        {item.id: (item.status, item.comment) for item in audit(target, data=data)}
        for target in (now.report_id, reports[1])
    )
    assert direct == stored
    assert direct[large.id] == ("dismissed", "属实")


def test_a_doubt_about_the_earlier_year_is_reported_where_it_counts(file, data: Path) -> None:
    import fazhi_analysis as fz
    from fazhi_analysis.presenting.html.markup import plain_text

    found_text = "（一）依法化解争议。办理行政处罚案件410件、行政检查870件，合计{}件。"
    reports = [
        file(text(year).replace("（一）依法化解争议。", found_text.format(total)), f"{year}.txt")
        for year, total in ((2023, 1260), (2024, 1280))
    ]
    ingest(reports, data)
    page = fz.open_page("year_over_year", region="990124", year=2024, data=data)
    headline, table = (plain_text(str(part)) for part in (page.headline(), page.changes_table()))
    assert "2023年报告：410件 + 870件 = 1280，报告合计为1260件" in headline
    assert "2024年报告" not in headline
    assert "2023年数字核查存疑：" in table
    assert "2024年数字核查存疑" not in table
