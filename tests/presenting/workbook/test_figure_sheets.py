"""The sheets of figures: the bases of rates, and several years side by side."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import fazhi_analysis as fz
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.workbook.book import workbook_of, write_workbook
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords


def _lines(page: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_sheet_of_rates_says_of_what_each_rate_is_a_share() -> None:
    real = PlaceYear.open(region="鄂托克前旗", year=2023)
    lines = {line["行号"]: line for line in _lines(workbook_of(real)["比率的基数"])}
    assert list(lines) == [row["row"] for row in real.rates]
    (mediated,) = (line for line in lines.values() if line["分子件数"] == 829)
    assert (mediated["比率"], mediated["基数件数"], mediated["基数"]) == (84.4, 982, "可推出唯一基数")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_years_stand_side_by_side(tmp_path: Path, lang: str) -> None:
    book = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", "霁原旗", 2024, lang=lang))
    page = book[WorkbookWords(lang)("sheet.trend")]
    head, *rows = [[cell.value for cell in row] for row in page.iter_rows()]
    years = [str(name).split()[0] for name in head[4:8]]
    assert years == ["2021", "2022", "2023", "2024"]
    series = fz.trend(fz.load_metrics(regions="霁原旗"), "霁原旗")
    known = series[~series["gap"]]
    several = known.groupby("series")["year"].nunique()
    assert len(rows) == int((several > 1).sum())
    stored = sorted(known[known["series"].isin(several[several > 1].index)]["value"])
    shown = sorted(value for row in rows for value in row[4:8] if value is not None)
    assert shown == pytest.approx(stored)


def test_two_years_need_no_sheet_of_several(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", "砚桥县", 2024))
    assert WorkbookWords("zh")("sheet.trend") not in book.sheetnames
