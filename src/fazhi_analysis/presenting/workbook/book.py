"""An Excel workbook of one place and year: figures, comparison, findings, problems and promises, codebook, corrections.

Headers are frozen and filtered, figures carry number formats, and text from a document is never a formula. The sheets
of corrections and of the rectification ledger are read back by :mod:`fazhi_analysis.running.corrections`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis import __version__
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.dataset.atomic_writes import new_file
from fazhi_analysis.errors import DataError, MissingExtraError, UsageError, in_its_language
from fazhi_analysis.presenting.wording.document_identity import document_name
from fazhi_analysis.presenting.workbook.cells import put
from fazhi_analysis.presenting.workbook.change_marks import MARKS
from fazhi_analysis.presenting.workbook.sheet import Sheet
from fazhi_analysis.presenting.workbook.sheet_order import sheets_of
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD, _ENTRY_HEAD, _ENTRY, _GREY = "1F4E5F", "8A5A00", "FFF7D6", "F2F2F2"
_WRAPPED = frozenset(
    {"text", "message", "evidence", "parts", "later", "aliases", "weak_aliases", "quote", "reason"}
) | frozenset({"item_text", "item_evidence", "measure"})
_FROZEN = {"metrics": "D2", "comparison": "C2", "trend": "C2", "corrections": "D2", "codebook": "C2"}


@in_its_language
def write_workbook(
    path: Path | str,
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
) -> Path:
    """Write the workbook of a place and year; an existing file is replaced whole or not at all.

    Parameters
    ----------
    path:
        The file to write; its name ends in ``.xlsx``.
    region, year, baseline:
        Place (code, own name or full name), report year, earlier year (by default the latest one in the data).
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` or ``en``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        For a name that is none of a workbook; UnknownNameError for a place, year or language that does not exist.
    MissingExtraError
        When openpyxl is not installed.
    DataError
        When the file cannot be written (it is open in Excel, the folder is read-only).

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(Path(folder) / "a.xlsx", "延庆区", 2024, lang="en").name
    'a.xlsx'
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(path, "presenting.workbook.suffix", example=path.with_suffix(".xlsx").name)
    load_openpyxl()
    book = workbook_of(PlaceYear.open(region=region, year=year, baseline=baseline, data=data), lang)
    whole = io.BytesIO()  # on a full disk openpyxl's own file would complain once more when it is forgotten
    try:
        book.save(whole)
        with new_file(path) as temporary:
            temporary.write_bytes(whole.getvalue())
    except OSError as error:
        raise DataError(path, "presenting.workbook.cannot_write", reason=error.strerror or str(error)) from None
    return path


def workbook_of(place_year: PlaceYear, lang: str = "zh") -> Any:
    """The openpyxl workbook of a place and year, not yet written. Raises MissingExtraError without openpyxl."""
    words = WorkbookWords(lang)
    book = load_openpyxl().Workbook()
    sheets = list(sheets_of(place_year, words))
    _about(book.active, place_year, sheets, words)
    for sheet in sheets:
        _fill(book.create_sheet(words(f"sheet.{sheet.key}")), sheet, place_year, words)
    return book


def load_openpyxl() -> Any:
    """The library openpyxl. Raises MissingExtraError when it is not there."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError(".xlsx", "presenting.workbook.needs_openpyxl") from None
    return openpyxl


def _about(page: Worksheet, place_year: PlaceYear, sheets: list[Sheet], words: WorkbookWords) -> None:
    """The first sheet: what the others hold, how to correct a figure, where the figures come from."""
    from openpyxl.styles import Alignment, Font

    page.title = words("sheet.about")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 100
    document = document_name(place_year.reports_of([place_year.year]), words.lang)
    title = words("about.title", place=place_year.region, year=place_year.year, document=document)
    lines: list[tuple[object, ...]] = [(title,), ()]
    heads = {1, 3}
    lines.append((words("about.sheet"), words("about.content")))
    for sheet in sheets:
        lines.append((words(f"sheet.{sheet.key}"), words(f"about.{sheet.key}", baseline=place_year.baseline)))
    if place_year.comparison is None:
        lines.append((words("sheet.comparison"), words("about.comparison_none")))
    lines += [(), (words("about.how"),)]
    heads.add(len(lines))
    lines += [(number, words(f"about.step_{number}")) for number in (1, 2, 3, 4)]
    lines += [(), ("", words("about.units")), (), (words("about.sources"),)]
    heads.add(len(lines))
    for report in place_year.reports:
        source = " ".join(
            str(report[name]) for name in ("title", "producer", "source_name", "address", "digest") if report.get(name)
        )
        lines.append((str(report["report_id"]), source))
    lines += [(), (words("about.made"), f"fazhi_analysis {__version__}")]
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(number, column)
            put(cell, value, words.lang)
            cell.alignment = Alignment(wrap_text=column == 2, vertical="top", horizontal="left")
            if number in heads:
                cell.font = Font(bold=True, size=14 if number == 1 else 11)


def _fill(page: Worksheet, sheet: Sheet, place_year: PlaceYear, words: WorkbookWords) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    years = {"year": place_year.year, "baseline": place_year.baseline}
    entry = [name in sheet.entry for name in sheet.columns]
    fills = {colour: PatternFill("solid", start_color=colour) for colour in (_HEAD, _ENTRY_HEAD, _ENTRY, _GREY)}
    wrap, top = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    white = Font(bold=True, color="FFFFFF")
    for column, name in enumerate(sheet.columns, start=1):
        head = page.cell(1, column)
        put(head, sheet.heading(name, words, **years), words.lang)
        head.font, head.alignment = white, Alignment(wrap_text=True, vertical="center")
        head.fill = fills[_ENTRY_HEAD if entry[column - 1] else _HEAD]
        page.column_dimensions[get_column_letter(column)].width = sheet.width(name)
    for line, row in enumerate(sheet.rows, start=2):
        for column, (name, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = page.cell(line, column)
            put(cell, value, words.lang)
            cell.alignment = wrap if name in _WRAPPED else top
            if sheet.entry:
                cell.fill = fills[_ENTRY if entry[column - 1] else _GREY]
                cell.protection = Protection(locked=not entry[column - 1])
    page.freeze_panes = _FROZEN.get(sheet.key, "A2")
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{max(len(sheet.rows) + 1, 2)}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = "1:1"
    if sheet.entry:
        _offer_choices(page, sheet)
        _protect(page, sheet)


_DATES = ("date", "due", "entered_on")


def _offer_choices(page: Worksheet, sheet: Sheet) -> None:
    """Drop-down lists for cells that take words of a closed vocabulary, and dates for dates."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(len(sheet.rows) + 1, 2)
    for name, options in sheet.choices.items():
        letter = get_column_letter(sheet.columns.index(name) + 1)
        rule = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
        page.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{last}")
    for name in set(_DATES) & set(sheet.entry):
        letter = get_column_letter(sheet.columns.index(name) + 1)
        for line in range(2, last + 1):
            page[f"{letter}{line}"].number_format = "yyyy-mm-dd"


def _protect(page: Worksheet, sheet: Sheet) -> None:
    """Only the yellow cells can be written; filters, sorting, widths and taking out lines stay allowed. No password."""
    from openpyxl.utils import get_column_letter

    page.column_dimensions[get_column_letter(sheet.columns.index(MARKS) + 1)].hidden = True
    page.protection.sheet = True
    # For openpyxl, as in the file, true forbids.
    for allowed in ("autoFilter", "sort", "formatCells", "formatColumns", "formatRows", "deleteRows"):
        setattr(page.protection, allowed, False)
