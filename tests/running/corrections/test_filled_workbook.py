"""Corrections travel from the workbook into the ledger and onto the stored rows, all or nothing."""

from __future__ import annotations

import datetime
import math
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.utils import get_column_letter as letter_of

from fazhi_analysis import load_catalogue, open_page
from fazhi_analysis.cli import main
from fazhi_analysis.dataset import load_findings, load_metrics, load_reports
from fazhi_analysis.dataset.ledger import add_correction, load_ledger
from fazhi_analysis.errors import DamagedFileError, FazhiError, LedgerError, UnsupportedFormatError
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.workbook.book import write_workbook
from fazhi_analysis.running.corrections.filled_workbook import take_corrections
from fazhi_analysis.running.ingest import ingest

TEXT = """砚桥县2024年法治政府建设年度报告

一、主要工作
受理行政复议案件53件，审结48件。开展法治宣传活动300余场次。
行政机关负责人出庭应诉率98.5%。投入普法经费240万元。=1+1 不是公式。
二、存在问题
执法队伍力量不足。
三、下一步打算
加强执法培训。
"""
REPORT = "990124-2024"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source text, its store, and its workbook (only the sheet that is read back, to load quickly)."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert ingest([folder / "a.txt"], data=folder / "data")[0].status == "stored"
    book = write_workbook(folder / "b.xlsx", "砚桥县", 2024, data=folder / "data")
    workbook = openpyxl.load_workbook(book)
    for page in workbook.worksheets:
        if page.title != "更正":
            workbook.remove(page)
    workbook.save(book)
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def book(data: Path) -> Path:
    return data.parent / "b.xlsx"


def _edit(book: Path, row: str, **cells: Any) -> None:
    """Fill in cells of the line of a row, by heading; ``row`` is the start of its wording."""
    workbook = openpyxl.load_workbook(book)
    page = workbook["更正"]
    heads = {cell.value: cell.column for cell in page[1]}
    lines = [line for line in range(2, page.max_row + 1) if str(page.cell(line, heads["报告的措辞"]).value) == row]
    assert len(lines) == 1, [page.cell(line, heads["报告的措辞"]).value for line in range(2, page.max_row + 1)]
    for name, value in cells.items():
        page.cell(lines[0], heads[name.replace("改为_", "改为：")]).value = value
    workbook.save(book)


SAID = {"理由": "与台账核对", "更正人": "李四", "日期": datetime.date(2024, 5, 6)}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _row(data: Path, label: str) -> dict[str, Any]:
    metrics = load_metrics(data)
    return metrics[metrics["label"].str.contains(label)].iloc[0].to_dict()


def test_an_edited_figure_reaches_ledger_and_rows(data: Path, book: Path, tmp_path: Path) -> None:
    _edit(book, "53件", 改为_数值=55, **SAID)
    _edit(book, "98.5%", 改为_数值=98, **SAID)
    _edit(book, "300余场次", 改为_数值=420, **SAID)
    (result,) = take_corrections(book, data)
    assert (result.report_id, result.status, result.message) == (REPORT, "stored", "更正 3 处")
    entries = load_ledger(data, REPORT).corrections
    assert [(entry.new["value"], entry.who, entry.why, entry.date) for entry in entries] == [
        (55, "李四", "与台账核对", "2024-05-06"),
        (420, "李四", "与台账核对", "2024-05-06"),
        (98, "李四", "与台账核对", "2024-05-06"),
    ]
    metrics = load_metrics(data).set_index("value")
    assert list(metrics.loc[55.0, ["lower", "upper", "origin"]]) == [55, 55, "corrected"]
    assert list(metrics.loc[98.0, ["lower", "upper", "origin"]]) == [97.5, 98.5, "corrected"]
    assert list(metrics.loc[420.0, ["lower", "upper", "origin"]]) == [420, 429, "corrected"]
    # The same workbook again changes nothing, and neither does the source document.
    before = _bytes(data)
    assert take_corrections(book, data)[0].status == "unchanged"
    assert _bytes(data) == before
    again = ingest([tmp_path / "a.txt"], data=data)
    assert again[0].status == "unchanged"
    assert _bytes(data) == before


def test_the_second_export_shows_and_takes_further_corrections(data: Path, book: Path) -> None:
    _edit(book, "53件", 改为_数值=55, **SAID)
    take_corrections(book, data)
    write_workbook(book, "砚桥县", 2024, data=data)
    _edit(book, "53件", 改为_数值=57, 改为_措辞类别="约、近", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    row = load_metrics(data).set_index("value").loc[57.0]
    assert list(row[["lower", "upper", "qualifier"]]) == [56.5, 57.5, "about"]
    assert len(load_ledger(data, REPORT).corrections) == 2


def test_a_figure_under_another_indicator_has_its_name_on_the_pages(data: Path, book: Path) -> None:
    _edit(book, "48件", 改为_指标编号="reconsideration_mediated", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    row = load_metrics(data).set_index("value").loc[48.0]
    name = load_catalogue()["reconsideration_mediated"].name_zh
    assert (row["indicator_id"], row["label"]) == ("reconsideration_mediated", name)
    assert take_corrections(book, data)[0].status == "unchanged"
    page = open_page("year_over_year", region="砚桥县", year=2024, data=data)
    assert name in plain_text(str(page.changes_table()))
    assert (
        page.place_year.printed(page.place_year.rows_by_id[str(row["row_id"])])["label"]
        == load_catalogue()["reconsideration_concluded"].name_zh
    )


def test_a_row_that_is_no_metric_is_removed_once(data: Path, book: Path) -> None:
    count = len(load_metrics(data))
    _edit(book, "53件", 删除="是", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    assert len(load_metrics(data)) == count - 1
    assert take_corrections(book, data)[0].status == "unchanged"


@pytest.mark.parametrize("word", ["Yes", "TRUE", True, "是", "√"])
def test_a_removal_is_asked_for_in_any_usual_way(data: Path, book: Path, word: object) -> None:
    count = len(load_metrics(data))
    _edit(book, "53件", 删除=word, **SAID)
    _edit(book, "48件", 删除=False)
    assert take_corrections(book, data)[0].status == "stored"
    assert len(load_metrics(data)) == count - 1


def test_an_open_end_is_stored_and_read_again(data: Path, book: Path, tmp_path: Path) -> None:
    _edit(book, "53件", 改为_上限="Inf", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    row = load_metrics(data).set_index("value").loc[53.0]
    assert list(row[["lower", "upper", "origin"]]) == [53, math.inf, "corrected"]
    (entry,) = load_reports(data)["corrections"].iloc[0]
    assert (entry["from"], entry["to"]) == ({"upper": 53}, {"upper": math.inf})
    assert "Infinity" not in (data / "reports" / REPORT / "report.json").read_text(encoding="utf-8")
    assert ingest([tmp_path / "a.txt"], data=data)[0].status == "unchanged"


def test_a_rate_typed_with_its_sign_is_kept_as_a_share_by_spreadsheet_programs(data: Path, book: Path) -> None:
    _edit(book, "98.5%", 改为_数值=0.984, **{**SAID, "日期": 45418})
    workbook = openpyxl.load_workbook(book)
    for line in workbook["更正"].iter_rows():
        for cell in line:
            if cell.value == 0.984:
                cell.number_format = "0.00%"
            elif cell.value == 45418:
                cell.number_format = "General"
    workbook.save(book)
    assert take_corrections(book, data)[0].status == "stored"
    assert list(load_metrics(data).set_index("value").loc[98.4, ["lower", "upper"]]) == [98.35, 98.45]
    assert load_ledger(data, REPORT).corrections[0].date == "2024-05-06"


def test_findings_follow_the_corrected_figures(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "c.txt"
    source.write_text(TEXT.replace("2024年", "2023年").replace("审结48件", "审结58件，占109.4%"), encoding="utf-8")
    ingest([source], data=data)
    for kept in (True, False):
        if not kept:
            (data / "corrections" / "990124-2023.yaml").unlink()
            assert ingest([source], data=data, text_kept=False)[0].status == "stored"
        assert "bounds" in set(load_findings(data, years=[2023])["rule"])
        book = write_workbook(tmp_path / "c.xlsx", "砚桥县", 2023, data=data)
        _edit(book, "109.4%", 改为_数值=90.6, **SAID)
        assert take_corrections(book, data)[0].status == "stored"
        assert "bounds" not in set(load_findings(data, years=[2023])["rule"])
        before = _bytes(data)
        assert ingest([source], data=data, text_kept=kept)[0].status == "unchanged" or not kept
        assert not kept or _bytes(data) == before


FAULTS = {
    "no reason": ({"改为_数值": 55, "更正人": "李四", "日期": "2024-05-06"}, "缺 理由"),
    "no name": ({"改为_数值": 55, "理由": "核对", "日期": "2024-05-06"}, "缺 更正人"),
    "no date": ({"改为_数值": 55, "理由": "核对", "更正人": "李四"}, "缺 日期"),
    "no such date": ({"改为_数值": 55, "理由": "核对", "更正人": "李四", "日期": "上周"}, "日期 上周"),
    "no number": ({"改为_数值": "五十多", **SAID}, "五十多 不是数"),
    "no word": ({"改为_措辞类别": "大概", **SAID}, "大概 不在可选的词里"),
    "no indicator": ({"改为_指标编号": "no_such_id", **SAID}, "指标目录里没有 no_such_id"),
    "nothing said": (SAID, "没有填改成什么"),
    "ends": ({"改为_数值": 55, "改为_下限": 60, "改为_上限": 70, **SAID}, "由小到大"),
    "grey cell": ({"数值": 55}, "灰色格“数值”为 55，库中现为 53.0"),
    "grey cell beside an entry": ({"数值": 55, "改为_数值": 56, **SAID}, "灰色格“数值”为 55，库中现为 53.0"),
    "grey name": ({"指标": "别的名称"}, "灰色格“指标”为 别的名称，与导出时不同"),
    "emptied grey cell": ({"单位": None}, "灰色格“单位”为 空"),
    "unknown row": ({"行号": "990124-2024:m999", "改为_数值": 55, **SAID}, "没有行号 990124-2024:m999"),
    "unknown report": ({"行号": "990124-2019:m001", "改为_数值": 55, **SAID}, "没有行号 990124-2019:m001"),
    "an open value": ({"改为_数值": "inf", **SAID}, "“改为：数值”的 inf 不是数"),
    "neither yes nor no": ({"删除": "也许", **SAID}, "“删除”填了 也许，要删除只能填 是"),
    "no removal": ({"删除": "No", **SAID}, "没有填改成什么"),
    "a year in two figures": ({"改为_数值": 55, **SAID, "日期": "24-5-6"}, "日期 24-5-6 应写成"),
    "a day before spreadsheets": ({"改为_数值": 55, **SAID, "日期": 2024.5}, "日期 1905-07-16"),
    "a period in two figures": ({"改为_期间": 24, **SAID}, "“改为：期间”的 24 没有四位的年份"),
    "a number that became a date": (
        {"改为_数值": datetime.datetime(2024, 5, 6), **SAID},
        "“改为：数值”成了日期 2024-05-06，",
    ),
    "a scope that became a date": ({"改为_口径": datetime.date(2024, 5, 6), **SAID}, "“改为：口径”成了日期"),
    "a formula without its value": ({"改为_数值": "=50+5", **SAID}, "单元格 O2 是公式，还没有算出结果"),
    "a reason by formula": ({"改为_数值": 55, **SAID, "理由": "=B2"}, "单元格 Z2 是公式"),
    "an error": ({"改为_数值": "#REF!", **SAID}, "单元格 O2 是错误值 #REF!"),
    "a path": ({"行号": "../../x:m001", "改为_数值": 55, **SAID}, "没有行号 ../../x:m001"),
}


def test_any_fault_is_one_line_and_leaves_everything_as_it_was(data: Path, book: Path, tmp_path: Path) -> None:
    before, sound = _bytes(data), book.read_bytes()
    for name, (cells, message) in FAULTS.items():
        book.write_bytes(sound)
        _edit(book, "48件", 改为_数值=50, **SAID)  # a faultless row beside it must not get through alone
        _edit(book, "53件", **cells)
        with pytest.raises(LedgerError) as caught:
            take_corrections(book, data)
        assert message in str(caught.value), name
        assert "\n" not in str(caught.value), name
        assert re.search("更正表：(第 |单元格 )", str(caught.value)), name
        assert _bytes(data) == before, name


def test_a_changed_grey_cell_is_reported_even_when_nothing_is_entered(data: Path, book: Path) -> None:
    before = _bytes(data)
    _edit(book, "53件", 数值=55)
    with pytest.raises(LedgerError, match="灰色格“数值”为 55，库中现为 53"):
        take_corrections(book, data)
    run = CliRunner().invoke(main, ["ingest", str(book), "--data", str(data)])
    assert (run.exit_code, "灰色格“数值”为 55" in run.stderr) == (1, True), run.stderr
    assert _bytes(data) == before


@pytest.mark.parametrize("marked", [True, False])
def test_an_older_copy_brings_in_other_rows(data: Path, book: Path, marked: bool) -> None:
    """What was corrected since is out of date on the older copy, but nobody changed it there."""
    if not marked:  # as exported before lines carried marks
        workbook = openpyxl.load_workbook(book)
        page = workbook["更正"]
        page.delete_cols(next(cell.column for cell in page[1] if cell.value == "导出时的内容（请勿改动）"))
        workbook.save(book)
    older = book.with_name("older.xlsx")
    shutil.copy(book, older)
    _edit(book, "53件", 改为_数值=55, **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    _edit(older, "48件", 改为_数值=50, **SAID)
    (result,) = take_corrections(older, data)
    assert (result.status, result.message) == ("stored", "更正 1 处")
    assert {55.0, 50.0} <= set(load_metrics(data)["value"])
    _edit(older, "53件", 改为_数值=57, **SAID)  # but for the row that was corrected it is too old
    with pytest.raises(LedgerError, match="灰色格“数值”为 53，库中现为 55"):
        take_corrections(older, data)


def test_a_failure_while_writing_puts_ledger_and_rows_back(
    data: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fazhi_analysis.running.corrections import filled_workbook as corrections_workbook

    before = _bytes(data)
    _edit(book, "53件", 改为_数值=55, **SAID)

    real, calls = corrections_workbook.write_report_folder, []

    def broken(*given: Any, **named: Any) -> bool:
        calls.append(given)
        if len(calls) == 2:  # the first one is the trial
            real(*given, **named)
            raise OSError("disk full")
        return real(*given, **named)

    monkeypatch.setattr(corrections_workbook, "write_report_folder", broken)
    with pytest.raises(OSError, match="disk full"):
        take_corrections(book, data)
    assert _bytes(data) == before
    assert not (data / "corrections").exists()


def test_entries_that_wait_for_ingest_are_not_passed_over(data: Path, book: Path) -> None:
    row = _row(data, "复议")
    add_correction(data, REPORT, {"row_id": row["row_id"]}, {"label": "复议数"}, why="名称", who="张三")
    _edit(book, "48件", 改为_数值=50, **SAID)
    with pytest.raises(LedgerError, match="尚未采用的更正"):
        take_corrections(book, data)


def test_columns_may_move_and_rows_may_be_sorted_or_deleted(data: Path, book: Path) -> None:
    _edit(book, "53件", 改为_数值=55, **SAID)
    workbook = openpyxl.load_workbook(book)
    page = workbook["更正"]
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    page.delete_rows(1, page.max_row)
    for line in [lines[0], *[line for line in reversed(lines[1:]) if 55 in line]]:
        page.append(list(reversed(line)))
    workbook.save(book)
    assert take_corrections(book, data)[0].status == "stored"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_in_libreoffice_comes_back_with_formulas_computed(data: Path, book: Path) -> None:
    _edit(book, "53件", 改为_数值="=50+5", **SAID)
    _edit(book, "48件", 改为_上限="∞", **SAID)
    _edit(book, "300余场次", 删除=True, **SAID)
    profile, out = f"-env:UserInstallation=file://{data.parent}/profile", data.parent / "lo"
    order = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(order, check=True, capture_output=True, timeout=240)
    if not (out / book.name).is_file():
        pytest.skip("LibreOffice is installed without Calc")
    assert take_corrections(out / book.name, data)[0].message == "更正 3 处"
    metrics = load_metrics(data).set_index("value")
    assert {55.0, 48.0} <= set(metrics.index)
    assert 300.0 not in metrics.index
    assert metrics.loc[48.0, "upper"] == math.inf


def test_a_workbook_as_other_programs_write_it_comes_back(data: Path, book: Path) -> None:
    """Text within the cells instead of in a common list, in runs of several fonts, and many empty formatted lines."""
    _edit(book, "53件", 改为_数值="５５", **SAID)
    source = openpyxl.load_workbook(book)["更正"]
    lines = []
    for number, row in enumerate(source.iter_rows(values_only=True), start=1):
        cells = "".join(_inline(f"{letter_of(column)}{number}", cell) for column, cell in enumerate(row, start=1))
        lines.append(f'<row r="{number}">{cells}</row>')
    lines += [f'<row r="{number}" s="1" customFormat="1"><c r="A{number}"/></row>' for number in range(100, 3000)]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    other = data.parent / "w.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                new.writestr(name, f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>")
            elif name != "xl/sharedStrings.xml":
                new.writestr(name, old.read(name))
    assert take_corrections(other, data)[0].message == "更正 1 处"
    assert 55.0 in set(load_metrics(data)["value"])


def _inline(place: str, cell: object) -> str:
    if cell is None:
        return f'<c r="{place}"/>'
    if isinstance(cell, (int, float)):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = cell.date().isoformat() if isinstance(cell, datetime.datetime) else str(cell)
    runs = "".join(f'<r><t xml:space="preserve">{escape(part)}</t></r>' for part in (text[:2], text[2:]) if part)
    return f'<c r="{place}" t="inlineStr"><is>{runs}</is></c>'


def test_other_workbooks_are_refused_with_the_way_out(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "c.xlsx"
    workbook = openpyxl.Workbook()
    workbook.save(other)
    with pytest.raises(UnsupportedFormatError, match="没有“更正”表"):
        take_corrections(other, data)
    workbook.active.title = "更正"
    workbook.save(other)
    with pytest.raises(UnsupportedFormatError, match="缺少列"):
        take_corrections(other, data)
    other.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(UnsupportedFormatError, match="不是 Excel 工作簿"):
        take_corrections(other, data)
    with pytest.raises(FazhiError, match="找不到文件"):
        take_corrections(tmp_path / "nothing.xlsx", data)
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
        archive.writestr("[Content_Types].xml", "<broken")
    with pytest.raises(DamagedFileError, match="工作簿打不开"):
        take_corrections(other, data)


def test_the_command_line_makes_and_takes_workbooks(data: Path, tmp_path: Path) -> None:
    book = tmp_path / "d.xlsx"
    run = CliRunner().invoke
    common = ["--region", "砚桥县", "--year", "2024", "--data", str(data), "--lang", "en", "--xlsx", str(book)]
    assert run(main, ["export", *common]).exit_code == 0
    workbook = openpyxl.load_workbook(book)
    page = workbook["Corrections"]
    heads = {cell.value: cell.column for cell in page[1]}
    line = next(n for n in range(2, page.max_row + 1) if page.cell(n, heads["As worded"]).value == "53 cases")
    for name, value in {"New: value": "55", "Why": "checked", "Who": "Li", "Date": "2024-05-06"}.items():
        page.cell(line, heads[name]).value = value
    workbook.save(book)
    result = run(main, ["ingest", str(book), "--data", str(data)])
    assert (result.exit_code, "更正 1 处" in result.stderr) == (0, True), result.stderr
    assert 55.0 in set(load_metrics(data)["value"])
    page.cell(line, heads["Why"]).value = None
    workbook.save(book)
    before = _bytes(data)
    result = run(main, ["ingest", str(book), "--data", str(data), "--json"])
    assert result.exit_code == 1
    assert "缺 理由" in result.stderr
    assert '"status": "failed"' in result.stdout
    assert _bytes(data) == before
