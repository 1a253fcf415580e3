"""The file of a filled workbook: opened for reading, refused where a cell that is read has no usable value."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from fazhi_analysis.errors import DamagedFileError, ReadError, UnsupportedFormatError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.workbook.book import load_openpyxl
from fazhi_analysis.presenting.workbook.workbook_texts import TEXTS
from fazhi_analysis.reading.formats._archives import check
from fazhi_analysis.running.corrections.cell_values import unusable
from fazhi_analysis.running.corrections.sheet_reader import faults_error

_PARTS = ("xl/workbook.xml", "[Content_Types].xml")
_COMPUTED = re.compile(rb"<(?:\w+:)?f[\s/>]|\bt=[\"']e[\"']")
_READ = {
    "sheet": frozenset(TEXTS["sheet.corrections"].values()),
    "ledger_sheet": frozenset(TEXTS["sheet.rectification"].values()),
}
"""Titles of the sheets that are read back, by the message that names them."""


def is_workbook(path: Path | str) -> bool:
    """Whether the file is an Excel workbook, by its content.

    >>> is_workbook("没有这份文件.xlsx")
    False
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return set(_PARTS) <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def open_workbook(path: Path) -> Any:
    """The workbook as openpyxl opens it. Raises ReadError, and LedgerError for formulas without a value."""
    openpyxl = load_openpyxl()
    if not path.is_file():
        raise ReadError(path, "running.correction.not_found")
    if not is_workbook(path):
        raise UnsupportedFormatError(path, "running.correction.not_a_workbook")
    check(path.read_bytes(), path)
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path) if _may_compute(path) else None
    except Exception as error:  # a damaged workbook fails in many ways
        what = " ".join(str(error).split())[:80]
        raise DamagedFileError(path, "running.correction.broken", reason=what) from None
    if formulas is not None:
        _refuse_unusable(book, formulas, path.name)
    return book


def _may_compute(path: Path) -> bool:
    """Whether a sheet holds a formula or an error, which need a closer look."""
    with zipfile.ZipFile(path) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(_COMPUTED.search(archive.read(name)) for name in sheets)


def _refuse_unusable(book: Any, formulas: Any, name: str) -> None:
    """Raises LedgerError where a sheet that is read has a formula without a value, or an error for a value."""
    for page in book.worksheets:
        key = next((key for key, titles in _READ.items() if page.title in titles), None)
        if key is not None and (faults := list(unusable(page, formulas[page.title]))):
            raise faults_error(Message(f"running.correction.{key}", file=name), faults)
