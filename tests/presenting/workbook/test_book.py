"""The workbook: what its sheets hold, how figures are shown, and that nothing in it runs."""

from __future__ import annotations

import errno
import math
import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import DataError, UnknownNameError, UsageError
from fazhi_analysis.presenting.wording.naming import counted_text
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.presenting.workbook.book import workbook_of, write_workbook
from fazhi_analysis.presenting.workbook.cells import Number, number_format, put
from fazhi_analysis.presenting.workbook.corrections import ENTRY, NEW
from fazhi_analysis.presenting.workbook.workbook_texts import TEXTS, code_of, keys_of_headings

SHEETS = ["说明", "指标", "年度对比", "核查发现", "比率的基数", "问题与打算", "上年提出的后来怎样", "指标目录"]
SHEETS += ["更正", "整改台账"]


@pytest.fixture(scope="module")
def place_year() -> PlaceYear:
    return PlaceYear.open(region="砚桥县", year=2024)


@pytest.fixture(scope="module")
def book(place_year: PlaceYear, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("book") / "砚桥县.xlsx"
    workbook_of(place_year).save(path)
    return openpyxl.load_workbook(path)


def _lines(page: Worksheet) -> list[dict[str, object]]:
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheets_have_frozen_filtered_headings(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    for page in book.worksheets[1:]:
        assert page.freeze_panes
        assert page.freeze_panes.endswith("2")
        assert page.auto_filter.ref == page.dimensions
        heads = [cell.value for cell in page[1]]
        assert all(heads)
        assert len(set(heads)) == len(heads)


def test_every_figure_of_both_years_is_there_with_its_interval(book: openpyxl.Workbook, place_year: PlaceYear) -> None:
    lines = {line["行号"]: line for line in _lines(book["指标"])}
    rows = place_year.rows(2024) + place_year.rows(2023)
    assert set(lines) == {row["row_id"] for row in rows}
    for row in rows:
        line = lines[row["row_id"]]
        assert (line["数值"], line["下限"]) == (row["value"], row["lower"])
        assert line["上限"] == ("∞" if math.isinf(row["upper"]) else row["upper"])
        assert (line["单位"] or "") == row["unit"]
        assert line["来源"] == row["source"]
    assert {line["措辞类别"] for line in lines.values()} <= {"确数", "余、超", "约、近", "不足", "区间"}


def test_comparison_findings_and_promises_say_what_the_library_says(
    book: openpyxl.Workbook, place_year: PlaceYear
) -> None:
    comparison = place_year.comparison
    assert comparison is not None
    lines = _lines(book["年度对比"])
    assert [(line["2024 年行号"] or "", line["2023 年行号"] or "") for line in lines] == [
        (row["row"], row["baseline_row"]) for row in comparison.to_dict("records")
    ]
    assert {"无法判定", "增加"} & {line["判定"] for line in lines}
    assert all(line["原因"] for line in lines)
    counted = [(line["认定"], bool(line["认定的缘由"])) for line in lines]
    zh = Words("zh")
    assert counted == [
        (counted_text(one.counted_as, zh), one.is_doubted or one.is_slight) for one in place_year.changes
    ]
    assert {"变化尚难认定", "核查存疑"} <= {name for name, _ in counted}
    assert [line["发现编号"] for line in _lines(book["核查发现"])] == [item.id for item in place_year.findings]
    assert [line["行号"] for line in _lines(book["上年提出的后来怎样"])] == [
        row["row_id"] for row in place_year.promises
    ]
    statements = {line["行号"]: line for line in _lines(book["问题与打算"])}
    assert "990124-2024:n1" in statements
    assert statements["990124-2024:n1"]["种类"] == "下一步工作"


def test_corrections_sheet_offers_empty_cells_for_every_row(book: openpyxl.Workbook, place_year: PlaceYear) -> None:
    lines = _lines(book["更正"])
    assert len(lines) == len(place_year.rows(2024)) + len(place_year.rows(2023))
    headings = [TEXTS[f"column.{key}"]["zh"] for key in ENTRY]
    assert all(line[heading] is None for line in lines for heading in headings)
    offered = {str(rule.sqref): rule.formula1 for rule in book["更正"].data_validations.dataValidation}
    assert '"确数,余、超,约、近,不足,区间"' in offered.values()


def test_only_the_yellow_cells_of_the_correction_sheet_can_be_written(book: openpyxl.Workbook) -> None:
    page = book["更正"]
    assert page.protection.sheet
    assert not page.protection.password
    forbidden = {name for name in ("autoFilter", "sort", "deleteRows") if getattr(page.protection, name)}
    assert not forbidden
    entry = {TEXTS[f"column.{key}"]["zh"] for key in ENTRY}
    for column in page.iter_cols(min_row=1, max_row=4):
        assert {cell.protection.locked for cell in column[1:]} == {column[0].value not in entry}, column[0].value
        hidden = page.column_dimensions[column[0].column_letter].hidden
        assert hidden == (column[0].value == TEXTS["column.exported"]["zh"])
    assert not any(book[name].protection.sheet for name in book.sheetnames if name not in ("更正", "整改台账"))


def test_an_english_workbook_has_no_chinese_headings_or_words(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(tmp_path / "e.xlsx", "延庆区", 2024, 2023, lang="en"))
    han = re.compile("[一-鿿]")
    for page in book.worksheets[1:]:
        assert not han.search(page.title)
        assert not any(han.search(str(cell.value)) for cell in page[1])
    verdicts = {line["Verdict"] for line in _lines(book["Year over year"])}
    assert verdicts
    assert not any(han.search(str(verdict)) for verdict in verdicts)


def test_an_english_workbook_names_things_as_the_english_pages_do(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(tmp_path / "e.xlsx", "霁原旗", 2024, 2023, lang="en"))
    metrics, corrections = _lines(book["Metrics"]), _lines(book["Corrections"])
    assert {line["Unit"] for line in metrics if not line["Unit"]} == set()
    assert not any(re.search("[/（）一-鿿]", f"{line['Section']}{line['Item'] or ''}") for line in metrics)
    assert "6 (2)" in {line["Section"] for line in metrics}
    names = {line["Row"]: line["Indicator"] for line in metrics}
    assert {line["Row"]: line["Indicator"] for line in corrections} == names


def test_a_place_with_one_year_has_no_comparison(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(tmp_path / "o.xlsx", "鄂托克前旗", 2023))
    assert "年度对比" not in book.sheetnames
    assert "没有更早的一年" in str([cell.value for cell in book["说明"]["B"]])


def test_what_cannot_be_had_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.xlsx"):
        write_workbook(tmp_path / "a.csv", "砚桥县", 2024)
    with pytest.raises(UnknownNameError, match="2024"):
        write_workbook(tmp_path / "a.xlsx", "砚桥县", 1999)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_reported_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError, match=r"a\.xlsx：无法写入：No space left on device"):
        write_workbook(tmp_path / "a.xlsx", "砚桥县", 2024)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.sampled_from(["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "#N/A", "\x07"]))
)
def test_text_is_never_a_formula(text: str) -> None:
    cell = openpyxl.Workbook().active["A1"]
    put(cell, text)
    assert cell.data_type in ("s", "n")
    if cell.data_type == "n":  # an empty cell
        assert cell.value is None


def test_no_formula_reaches_the_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number, text in enumerate(["=1+1", '=HYPERLINK("http://x")', "@a", "+1"], start=1):
        put(book.active.cell(number, 1), text)
    book.save(tmp_path / "f.xlsx")
    with zipfile.ZipFile(tmp_path / "f.xlsx") as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
    read = openpyxl.load_workbook(tmp_path / "f.xlsx").active
    assert [(cell.value, cell.quotePrefix) for cell in read["A"]] == [
        ("=1+1", True), ('=HYPERLINK("http://x")', True), ("@a", True), ("+1", True),
    ]  # fmt: skip


@given(st.integers(0, 10**13))
def test_scaled_money_is_shown_exactly(value: int) -> None:
    shown = number_format(value, "元")
    if "亿" in shown:
        assert value % 10**6 == 0
    elif "万" in shown:
        assert value % 1000 == 0
    else:
        assert value < 10**4 or value % 1000


def test_an_open_end_and_a_missing_figure() -> None:
    page = openpyxl.Workbook().active
    for place, number in (("A1", Number(math.inf)), ("A2", Number(float("nan"))), ("A3", Number(None))):
        put(page[place], number)
    assert [page[place].value for place in ("A1", "A2", "A3")] == ["∞", None, None]


def test_headings_and_codes_are_distinct_in_both_languages() -> None:
    known = keys_of_headings()
    for lang in ("zh", "en"):
        for key in (*(f"new_{name}" for name in NEW), *ENTRY, "row_id", "value", "qualifier", "role"):
            assert known[TEXTS[f"column.{key}"][lang]] == key
    coded = [key.split(".")[1:] for key in TEXTS.topic("vocabulary")]
    for vocabulary, code in coded:
        if vocabulary in ("qualifier", "role"):
            text = TEXTS[f"vocabulary.{vocabulary}.{code}"]
            assert [code_of(vocabulary, text[lang]) for lang in ("zh", "en")] == [code, code]
