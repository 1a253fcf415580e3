"""The sheet of the rectification ledger: out of the workbook, edited, and back into the ledger."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fazhi_analysis as fz
from fazhi_analysis.analysis.rectifying import entries
from fazhi_analysis.analysis.sign_off_state import sign_off
from fazhi_analysis.dataset.ledger import add_judgement, load_ledger
from fazhi_analysis.errors import LedgerError, UnsupportedFormatError
from fazhi_analysis.presenting.workbook.book import write_workbook
from fazhi_analysis.running.corrections.filled_workbook import take_corrections

TEXT = """砚桥县2024年法治政府建设年度报告

一、主要工作
受理行政复议案件53件，审结48件。调解矛盾纠纷200件，调解成功190件，调解成功率75.0%。
二、存在问题
一是执法队伍力量不足。二是普法形式较为单一。
三、下一步打算
加强执法培训。
"""
REPORT = "990124-2024"


def stored(folder: Path, text: str = TEXT) -> Path:
    file, data = folder / "a.txt", folder / "data"
    file.write_text(text, encoding="utf-8")
    (result,) = fz.ingest(file, data)
    assert result.status in ("stored", "unchanged"), result.message
    return data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return stored(tmp_path)


@pytest.fixture
def book(data: Path) -> Path:
    return exported(data)


def exported(data: Path, lang: str = "zh", name: str = "b.xlsx") -> Path:
    """The workbook with only the sheet that is read back here."""
    book = write_workbook(data.parent / name, "砚桥县", 2024, data=data, lang=lang)
    workbook = openpyxl.load_workbook(book)
    for page in workbook.worksheets:
        if page.title not in ("整改台账", "Rectification"):
            workbook.remove(page)
    workbook.save(book)
    return book


def fill(book: Path, which: str, **cells: Any) -> None:
    """Fill in cells of the line whose item contains these words, by heading."""
    workbook = openpyxl.load_workbook(book)
    page = workbook.worksheets[0]
    heads = {str(cell.value): cell.column for cell in page[1]}
    column = heads.get("事项") or heads["To put right"]
    (line,) = (n for n in range(2, page.max_row + 1) if which in str(page.cell(n, column).value))
    for name, value in cells.items():
        page.cell(line, heads[name.replace("_", " ")]).value = value
    workbook.save(book)


def entered(data: Path, which: str) -> dict[str, Any]:
    table = fz.rectification(REPORT, data)
    (row,) = table[table["text"].str.contains(which)].to_dict("records")
    return {str(name): row[name] for name in ("measure", "body", "due", "state", "who", "date")}


def ledger_bytes(data: Path) -> bytes:
    file = data / "corrections" / f"{REPORT}.yaml"
    return file.read_bytes() if file.is_file() else b""


FILLED = {
    "整改措施": "增加编制",
    "责任单位": "县司法局",
    "完成期限": datetime.datetime(2025, 6, 30),
    "状态": "整改中",
    "填写人": "李四",
    "填写日期": "2025年3月1日",
}


def test_every_item_has_a_line_with_choices(data: Path, book: Path) -> None:
    page = openpyxl.load_workbook(book)["整改台账"]
    heads = [cell.value for cell in page[1]]
    lines = [dict(zip(heads, line, strict=True)) for line in page.iter_rows(min_row=2, values_only=True)]
    assert [line["事项编号"] for line in lines] == [
        f"{REPORT}:{name}" for name in fz.rectification(REPORT, data)["item"]
    ]
    assert {line["事项类别"] for line in lines} == {"问题", "核查发现"}
    assert {line["状态"] for line in lines} == {"未整改"}
    assert '"未整改,整改中,已销号"' in {rule.formula1 for rule in page.data_validations.dataValidation}
    assert page.protection.sheet


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_filled_in_reaches_the_ledger_once(data: Path, lang: str) -> None:
    book = exported(data, lang)
    english = {
        "Measure": "增加编制",
        "Responsible_body": "县司法局",
        "Due": "2025/6/30",
        "State": "under way",
        "Entered_by": "李四",
        "Entered_on": "2025-03-01",
    }
    fill(book, "执法队伍", **(FILLED if lang == "zh" else english))
    (result,) = take_corrections(book, data)
    assert (result.report_id, result.status, result.message) == (REPORT, "stored", "整改台账 1 条")
    assert entered(data, "执法队伍") == {
        "measure": "增加编制",
        "body": "县司法局",
        "due": "2025-06-30",
        "state": "doing",
        "who": "李四",
        "date": "2025-03-01",
    }
    before = ledger_bytes(data)
    assert take_corrections(book, data)[0].status == "unchanged"
    assert ledger_bytes(data) == before
    assert len(entries(REPORT, data)) == 1


def test_the_next_export_shows_it_and_takes_the_closing(data: Path, book: Path) -> None:
    fill(book, "执法队伍", **FILLED)
    take_corrections(book, data)
    again = exported(data)
    fill(again, "执法队伍", 状态="已销号", 填写人="王五")
    assert take_corrections(again, data)[0].status == "stored"
    row = entered(data, "执法队伍")
    assert (row["measure"], row["state"], row["who"]) == ("增加编制", "done", "王五")
    assert row["date"] == datetime.date.today().isoformat()


def test_a_cell_that_is_emptied_is_emptied_in_the_ledger(data: Path, book: Path) -> None:
    fill(book, "执法队伍", **FILLED)
    take_corrections(book, data)
    again = exported(data)
    fill(again, "执法队伍", 完成期限=None)
    take_corrections(again, data)
    assert (entered(data, "执法队伍")["due"], entered(data, "执法队伍")["body"]) == ("", "县司法局")


def test_an_older_copy_brings_back_only_what_was_changed_in_it(data: Path, book: Path) -> None:
    older = book.with_name("older.xlsx")
    shutil.copy(book, older)
    fill(book, "执法队伍", **FILLED)
    take_corrections(book, data)
    fill(older, "普法形式", 整改措施="创新形式", 填写人="王五")
    assert take_corrections(older, data)[0].message == "整改台账 1 条"
    assert entered(data, "执法队伍")["state"] == "doing"
    fill(older, "执法队伍", 责任单位="县委编办", 填写人="王五")
    with pytest.raises(LedgerError, match="“责任单位”在导出之后另有改动，台账里现为 县司法局"):
        take_corrections(older, data)


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"整改措施": "增加编制"}, "缺 填写人"),
    "no such state": ({"状态": "差不多了", "填写人": "李四"}, "“状态”的 差不多了 不在可选的词里"),
    "no date": ({"完成期限": "六月底", "填写人": "李四"}, "“完成期限”的 六月底 不是日期"),
    "no day of entry": ({"状态": "整改中", "填写人": "李四", "填写日期": "昨天"}, "“填写日期”的 昨天 不是日期"),
    "unknown item": (
        {"事项编号": f"{REPORT}:problem-00000000", "填写人": "李四"},
        "没有事项 990124-2024:problem-00000000",
    ),
    "unknown report": ({"事项编号": "990124-2019:problem-00000000"}, "没有事项 990124-2019:problem-00000000"),
    "a path": ({"事项编号": "../../x:problem-00000000"}, "没有事项 ../../x:problem-00000000"),
    "an emptied id": ({"事项编号": None, "整改措施": "增加编制"}, "没有事项 （空）"),
}


def test_any_bad_cell_is_one_line_and_nothing_is_written(data: Path, book: Path) -> None:
    sound = book.read_bytes()
    for name, (cells, message) in FAULTS.items():
        book.write_bytes(sound)
        fill(book, "执法队伍", **FILLED)  # a faultless line beside it must not get through alone
        fill(book, "普法形式", **cells)
        with pytest.raises(LedgerError) as caught:
            take_corrections(book, data)
        assert message in str(caught.value), (name, str(caught.value))
        assert "\n" not in str(caught.value), name
        assert "整改台账表：第 " in str(caught.value), name
        assert ledger_bytes(data) == b"", name


def test_a_line_that_is_there_twice_is_refused(data: Path, book: Path) -> None:
    fill(book, "执法队伍", **FILLED)
    workbook = openpyxl.load_workbook(book)
    page = workbook.worksheets[0]
    page.append([cell.value for cell in next(row for row in page.iter_rows() if "执法队伍" in str(row[3].value))])
    workbook.save(book)
    with pytest.raises(LedgerError, match="出现了两次"):
        take_corrections(book, data)


def test_a_column_that_is_gone_is_named(data: Path, book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    page = workbook.worksheets[0]
    page.delete_cols(next(cell.column for cell in page[1] if cell.value == "责任单位"))
    workbook.save(book)
    with pytest.raises(UnsupportedFormatError, match="缺少列 责任单位"):
        take_corrections(book, data)


def test_both_sheets_are_taken_or_neither(data: Path) -> None:
    book = write_workbook(data.parent / "whole.xlsx", "砚桥县", 2024, data=data)
    workbook = openpyxl.load_workbook(book)
    page = workbook["更正"]
    heads = {str(cell.value): cell.column for cell in page[1]}
    line = next(n for n in range(2, page.max_row + 1) if page.cell(n, heads["报告的措辞"]).value == "53件")
    for name, value in {"改为：数值": 55, "理由": "核对", "更正人": "李四", "日期": "2025-03-01"}.items():
        page.cell(line, heads[name]).value = value
    ledger = workbook["整改台账"]
    heads = {str(cell.value): cell.column for cell in ledger[1]}
    ledger.cell(2, heads["整改措施"]).value = "增加编制"
    workbook.save(book)
    with pytest.raises(LedgerError, match="缺 填写人"):
        take_corrections(book, data)
    assert ledger_bytes(data) == b""
    ledger.cell(2, heads["填写人"]).value = "李四"
    workbook.save(book)
    (result,) = take_corrections(book, data)
    assert result.message == "更正 1 处；整改台账 1 条"
    assert len(load_ledger(data, REPORT).corrections) == len(load_ledger(data, REPORT).rectifications) == 1
    assert 55.0 in set(fz.load_metrics(data)["value"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_leaves_the_sheet_readable(data: Path, book: Path, tmp_path: Path) -> None:
    fill(book, "执法队伍", **FILLED)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for target in ("ods", "xlsx"):
        source = book if target == "ods" else tmp_path / "lo" / "b.ods"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path / "lo"), str(source)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        if not (tmp_path / "lo" / f"b.{target}").is_file():
            pytest.skip("LibreOffice is installed without Calc")
    (result,) = take_corrections(tmp_path / "lo" / "b.xlsx", data)
    assert result.message == "整改台账 1 条"
    assert entered(data, "执法队伍")["due"] == "2025-06-30"


class Office:
    """One report, what people do about it, and what the ledger must hold after that."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.text, self.number = folder, TEXT, 0
        self.data = stored(folder)
        forces, forms = list(fz.rectification(REPORT, self.data)["item"])[:2]
        self.forces, self.forms = str(forces), str(forms)
        for item in (self.forces, self.forms):
            fz.rectify(REPORT, item, "doing", who="张三", data=self.data, measure="起草方案")
        self.expected = dict.fromkeys((self.forces, self.forms), ("起草方案", "doing", "张三"))
        fz.sign(REPORT, "张三", data=self.data)

    def same(self) -> None:
        """Nothing."""

    def layout(self) -> None:
        self.text += "\n"

    def figure(self) -> None:
        self.text = TEXT.replace("53件", f"{53 + self.number}件")

    def problem(self) -> None:
        self.text = self.text.replace("普法形式较为单一", "普法形式仍较单一")

    def workbook(self) -> None:
        book = exported(self.data, name=f"{self.number}.xlsx")
        fill(book, "执法队伍", 整改措施=f"第{self.number}次", 状态="已销号", 填写人="李四")
        assert take_corrections(book, self.data)[0].status == "stored"
        self.expected[self.forces] = (f"第{self.number}次", "done", "李四")

    def command(self) -> None:
        fz.rectify(REPORT, self.forms, "open", who="王五", data=self.data, measure=f"第{self.number}次")
        self.expected[self.forms] = (f"第{self.number}次", "open", "王五")

    def judgement(self) -> None:
        name = f"sum-{self.number:08x}"
        add_judgement(self.data, REPORT, name, "dismissed", comment="口径不同", who="李四")

    def broken(self) -> None:
        (self.data / "reports" / REPORT / "metrics.csv").unlink()

    def do(self, step: str) -> None:
        """A step, the report taken in again, and every check of what must be there then."""
        self.number += 1
        getattr(self, step)()
        stored(self.folder, self.text)
        table = fz.rectification(REPORT, self.data).set_index("item")
        for item, found_text in self.expected.items():
            assert tuple(table.loc[item, ["measure", "state", "who"]]) == found_text, (step, item)
        if step == "figure":
            assert sign_off(REPORT, self.data).state == "void"
            fz.sign(REPORT, "张三", data=self.data)
        assert sign_off(REPORT, self.data).state == "signed", step


STEPS = ("same", "layout", "figure", "problem", "workbook", "command", "judgement", "broken")


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.nightly)])
def test_ledger_and_signature_survive_twenty_ingests(times: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever happens between ingests, every item keeps what was entered last, and a signature its figures."""

    @settings(max_examples=times, deadline=None)
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=20, max_size=20))
    def survive(steps: list[str]) -> None:
        office = Office(tmp_path_factory.mktemp("ledger"))
        for step in steps:
            office.do(step)

    survive()
