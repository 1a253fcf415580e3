"""A store of one fictional report and its workbook, with a function that fills the workbook in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fazhi_analysis.presenting.workbook.book import write_workbook
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


@pytest.fixture
def text() -> str:
    """The source text of the stored report."""
    return TEXT


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


@pytest.fixture
def fill_in() -> Callable[..., None]:
    """Fills in cells of the line of a row, by heading."""
    return _edit


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
