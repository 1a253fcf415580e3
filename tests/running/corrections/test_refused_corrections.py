"""What is wrong in a filled workbook is refused in one line, and nothing that is stored changes."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fazhi_analysis.cli import main
from fazhi_analysis.errors import DamagedFileError, FazhiError, LedgerError, UnsupportedFormatError
from fazhi_analysis.running.corrections.filled_workbook import take_corrections

SAID = {"理由": "与台账核对", "更正人": "李四", "日期": datetime.date(2024, 5, 6)}
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


def test_any_fault_is_one_line_and_leaves_everything_as_it_was(
    data: Path, book: Path, tmp_path: Path, fill_in, tree
) -> None:
    before, sound = tree(data), book.read_bytes()
    for name, (cells, message) in FAULTS.items():
        book.write_bytes(sound)
        fill_in(book, "48件", 改为_数值=50, **SAID)  # a faultless row beside it must not get through alone
        fill_in(book, "53件", **cells)
        with pytest.raises(LedgerError) as caught:
            take_corrections(book, data)
        assert message in str(caught.value), name
        assert "\n" not in str(caught.value), name
        assert re.search("更正表：(第 |单元格 )", str(caught.value)), name
        assert tree(data) == before, name


def test_a_changed_grey_cell_is_reported_even_when_nothing_is_entered(data: Path, book: Path, fill_in, tree) -> None:
    before = tree(data)
    fill_in(book, "53件", 数值=55)
    with pytest.raises(LedgerError, match="灰色格“数值”为 55，库中现为 53"):
        take_corrections(book, data)
    run = CliRunner().invoke(main, ["ingest", str(book), "--data", str(data)])
    assert (run.exit_code, "灰色格“数值”为 55" in run.stderr) == (1, True), run.stderr
    assert tree(data) == before


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
