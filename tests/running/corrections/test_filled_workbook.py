"""Corrections travel from the workbook into the ledger and onto the stored rows, all or nothing."""

from __future__ import annotations

import datetime
import math
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
from fazhi_analysis.errors import LedgerError
from fazhi_analysis.presenting.html.markup import plain_text
from fazhi_analysis.presenting.workbook.book import write_workbook
from fazhi_analysis.running.corrections.filled_workbook import take_corrections
from fazhi_analysis.running.ingest import ingest

REPORT = "990124-2024"


SAID = {"理由": "与台账核对", "更正人": "李四", "日期": datetime.date(2024, 5, 6)}


def _row(data: Path, label: str) -> dict[str, Any]:
    metrics = load_metrics(data)
    return metrics[metrics["label"].str.contains(label)].iloc[0].to_dict()


def test_an_edited_figure_reaches_ledger_and_rows(data: Path, book: Path, tmp_path: Path, fill_in, tree) -> None:
    fill_in(book, "53件", 改为_数值=55, **SAID)
    fill_in(book, "98.5%", 改为_数值=98, **SAID)
    fill_in(book, "300余场次", 改为_数值=420, **SAID)
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
    before = tree(data)
    assert take_corrections(book, data)[0].status == "unchanged"
    assert tree(data) == before
    again = ingest([tmp_path / "a.txt"], data=data)
    assert again[0].status == "unchanged"
    assert tree(data) == before


def test_the_second_export_shows_and_takes_further_corrections(data: Path, book: Path, fill_in) -> None:
    fill_in(book, "53件", 改为_数值=55, **SAID)
    take_corrections(book, data)
    write_workbook(book, "砚桥县", 2024, data=data)
    fill_in(book, "53件", 改为_数值=57, 改为_措辞类别="约、近", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    row = load_metrics(data).set_index("value").loc[57.0]
    assert list(row[["lower", "upper", "qualifier"]]) == [56.5, 57.5, "about"]
    assert len(load_ledger(data, REPORT).corrections) == 2


def test_a_figure_under_another_indicator_has_its_name_on_the_pages(data: Path, book: Path, fill_in) -> None:
    fill_in(book, "48件", 改为_指标编号="reconsideration_mediated", **SAID)
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


def test_a_row_that_is_no_metric_is_removed_once(data: Path, book: Path, fill_in) -> None:
    count = len(load_metrics(data))
    fill_in(book, "53件", 删除="是", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    assert len(load_metrics(data)) == count - 1
    assert take_corrections(book, data)[0].status == "unchanged"


@pytest.mark.parametrize("word", ["Yes", "TRUE", True, "是", "√"])
def test_a_removal_is_asked_for_in_any_usual_way(data: Path, book: Path, word: object, fill_in) -> None:
    count = len(load_metrics(data))
    fill_in(book, "53件", 删除=word, **SAID)
    fill_in(book, "48件", 删除=False)
    assert take_corrections(book, data)[0].status == "stored"
    assert len(load_metrics(data)) == count - 1


def test_an_open_end_is_stored_and_read_again(data: Path, book: Path, tmp_path: Path, fill_in) -> None:
    fill_in(book, "53件", 改为_上限="Inf", **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    row = load_metrics(data).set_index("value").loc[53.0]
    assert list(row[["lower", "upper", "origin"]]) == [53, math.inf, "corrected"]
    (entry,) = load_reports(data)["corrections"].iloc[0]
    assert (entry["from"], entry["to"]) == ({"upper": 53}, {"upper": math.inf})
    assert "Infinity" not in (data / "reports" / REPORT / "report.json").read_text(encoding="utf-8")
    assert ingest([tmp_path / "a.txt"], data=data)[0].status == "unchanged"


def test_a_rate_typed_with_its_sign_is_kept_as_a_share_by_spreadsheet_programs(data: Path, book: Path, fill_in) -> None:
    fill_in(book, "98.5%", 改为_数值=0.984, **{**SAID, "日期": 45418})
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


def test_findings_follow_the_corrected_figures(data: Path, tmp_path: Path, fill_in, tree, text) -> None:
    source = tmp_path / "c.txt"
    source.write_text(text.replace("2024年", "2023年").replace("审结48件", "审结58件，占109.4%"), encoding="utf-8")
    ingest([source], data=data)
    for kept in (True, False):
        if not kept:
            (data / "corrections" / "990124-2023.yaml").unlink()
            assert ingest([source], data=data, text_kept=False)[0].status == "stored"
        assert "bounds" in set(load_findings(data, years=[2023])["rule"])
        book = write_workbook(tmp_path / "c.xlsx", "砚桥县", 2023, data=data)
        fill_in(book, "109.4%", 改为_数值=90.6, **SAID)
        assert take_corrections(book, data)[0].status == "stored"
        assert "bounds" not in set(load_findings(data, years=[2023])["rule"])
        before = tree(data)
        assert ingest([source], data=data, text_kept=kept)[0].status == "unchanged" or not kept
        assert not kept or tree(data) == before


@pytest.mark.parametrize("marked", [True, False])
def test_an_older_copy_brings_in_other_rows(data: Path, book: Path, marked: bool, fill_in) -> None:
    """What was corrected since is out of date on the older copy, but nobody changed it there."""
    if not marked:  # as exported before lines carried marks
        workbook = openpyxl.load_workbook(book)
        page = workbook["更正"]
        page.delete_cols(next(cell.column for cell in page[1] if cell.value == "导出时的内容（请勿改动）"))
        workbook.save(book)
    older = book.with_name("older.xlsx")
    shutil.copy(book, older)
    fill_in(book, "53件", 改为_数值=55, **SAID)
    assert take_corrections(book, data)[0].status == "stored"
    fill_in(older, "48件", 改为_数值=50, **SAID)
    (result,) = take_corrections(older, data)
    assert (result.status, result.message) == ("stored", "更正 1 处")
    assert {55.0, 50.0} <= set(load_metrics(data)["value"])
    fill_in(older, "53件", 改为_数值=57, **SAID)  # but for the row that was corrected it is too old
    with pytest.raises(LedgerError, match="灰色格“数值”为 53，库中现为 55"):
        take_corrections(older, data)


def test_a_failure_while_writing_puts_ledger_and_rows_back(
    data: Path, book: Path, monkeypatch: pytest.MonkeyPatch, fill_in, tree
) -> None:
    from fazhi_analysis.running.corrections import filled_workbook as corrections_workbook

    before = tree(data)
    fill_in(book, "53件", 改为_数值=55, **SAID)

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
    assert tree(data) == before
    assert not (data / "corrections").exists()


def test_entries_that_wait_for_ingest_are_not_passed_over(data: Path, book: Path, fill_in) -> None:
    row = _row(data, "复议")
    add_correction(data, REPORT, {"row_id": row["row_id"]}, {"label": "复议数"}, why="名称", who="张三")
    fill_in(book, "48件", 改为_数值=50, **SAID)
    with pytest.raises(LedgerError, match="尚未采用的更正"):
        take_corrections(book, data)


def test_columns_may_move_and_rows_may_be_sorted_or_deleted(data: Path, book: Path, fill_in) -> None:
    fill_in(book, "53件", 改为_数值=55, **SAID)
    workbook = openpyxl.load_workbook(book)
    page = workbook["更正"]
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    page.delete_rows(1, page.max_row)
    for line in [lines[0], *[line for line in reversed(lines[1:]) if 55 in line]]:
        page.append(list(reversed(line)))
    workbook.save(book)
    assert take_corrections(book, data)[0].status == "stored"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_in_libreoffice_comes_back_with_formulas_computed(data: Path, book: Path, fill_in) -> None:
    fill_in(book, "53件", 改为_数值="=50+5", **SAID)
    fill_in(book, "48件", 改为_上限="∞", **SAID)
    fill_in(book, "300余场次", 删除=True, **SAID)
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


def test_a_workbook_as_other_programs_write_it_comes_back(data: Path, book: Path, fill_in) -> None:
    """Text within the cells instead of in a common list, in runs of several fonts, and many empty formatted lines."""
    fill_in(book, "53件", 改为_数值="５５", **SAID)
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


def test_the_command_line_makes_and_takes_workbooks(data: Path, tmp_path: Path, tree) -> None:
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
    before = tree(data)
    result = run(main, ["ingest", str(book), "--data", str(data), "--json"])
    assert result.exit_code == 1
    assert "缺 理由" in result.stderr
    assert '"status": "failed"' in result.stdout
    assert tree(data) == before
