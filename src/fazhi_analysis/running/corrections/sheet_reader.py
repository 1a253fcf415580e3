"""The correction sheet read back: which rows a person changed, into what, why, who and when; and what is wrong."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fazhi_analysis.dataset.cells import is_missing, same
from fazhi_analysis.dataset.report_ids import REPORT_ID
from fazhi_analysis.errors import LedgerError, UnsupportedFormatError
from fazhi_analysis.extracting.figures.intervals import interval
from fazhi_analysis.extracting.figures.numerals import parse_numeral
from fazhi_analysis.messages import Message
from fazhi_analysis.model import QUALIFIERS, ROLES
from fazhi_analysis.presenting.workbook.cells import plain_text
from fazhi_analysis.presenting.workbook.change_marks import CODED, CURRENT, MARKS, edited
from fazhi_analysis.presenting.workbook.corrections import ENTRY, NEW
from fazhi_analysis.presenting.workbook.workbook_texts import TEXTS, code_of, keys_of_headings
from fazhi_analysis.running.corrections.cell_values import (
    date_of,
    is_date,
    lacks_year,
    number_of,
    text_of,
    value_of,
    yes_of,
)

_NUMBERS = ("value", "lower", "upper")
_SAID = ("why", "who", "date")
_SHOWN = 5
_VOCABULARIES = {"qualifier": QUALIFIERS, "role": ROLES}
_unchanged = functools.partial(same, tolerance=1e-14)  # a spreadsheet keeps fifteen digits


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet: its number, and its cells by key (those that are filled in)."""

    line: int
    cells: Mapping[str, Any]

    @property
    def row_id(self) -> str:
        """Id of the row that the line is about."""
        return str(self.cells.get("row_id", "")).strip()

    @property
    def report_id(self) -> str:
        """Id of the report that the row belongs to."""
        return self.row_id.rpartition(":")[0]

    @property
    def entered(self) -> bool:
        """Whether a person wrote something into the line."""
        return any(name in self.cells for name in ENTRY)


@dataclass(frozen=True)
class Change:
    """One correction as the ledger takes it; ``to`` None removes the row."""

    report_id: str
    row_id: str
    to: Mapping[str, Any] | None
    why: str
    who: str
    date: str


def lines_of(book: Any, name: str, key: str) -> tuple[list[str], list[tuple[int, dict[str, Any]]]] | None:
    """Keys of the columns of a sheet, and its lines, each with its number and the cells that are filled in, by key.

    The columns may stand in any order, in either language. None where the openpyxl workbook has no such sheet.
    """
    titles = set(TEXTS[f"sheet.{key}"].values())
    page = next((sheet for sheet in book.worksheets if sheet.title in titles), None)
    if page is None:
        return None
    lines = ([value_of(cell) for cell in line] for line in page.iter_rows())
    known = keys_of_headings()
    header = [known.get(str(cell).strip(), "") if cell is not None else "" for cell in next(lines, ())]
    rows = []
    for number, cells in enumerate(lines, start=2):
        named = zip(header, cells, strict=False)
        filled = {column: cell for column, cell in named if column and cell is not None and str(cell).strip()}
        if set(filled) - {MARKS}:
            rows.append((number, filled))
    return header, rows


def read_sheet(book: Any, name: str) -> list[SheetRow] | None:
    """Lines of the correction sheet of an openpyxl workbook; None where it has no such sheet.

    Raises UnsupportedFormatError when a column that it must have is gone.
    """
    lines = lines_of(book, name, "corrections")
    if lines is None:
        return None
    header, rows = lines
    if missing := [key for key in ("row_id", *CURRENT, *ENTRY) if key not in header]:
        listed = [heading(key) for key in missing[:_SHOWN]]
        raise UnsupportedFormatError(name, "running.correction.columns_missing", columns=listed)
    return [SheetRow(number, _without_no(cells)) for number, cells in rows]


def _without_no(cells: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cells of a line without a removal that says no."""
    keep = "remove" not in cells or yes_of(cells["remove"]) is not False
    return cells if keep else {name: cell for name, cell in cells.items() if name != "remove"}


def changes_of(
    rows: list[SheetRow], stored: Mapping[str, Mapping[str, Any]], removed: Set[tuple[str, str]], name: str
) -> list[Change]:
    """The corrections that the lines ask for and that are not done yet.

    A grey cell that a person changed is at fault on every line; one that is merely out of date only where the line asks
    for something. ``stored`` are the rows by id, ``removed`` the (report, row) pairs that were taken out before. Raises
    LedgerError naming every line at fault (the first few, and how many more).
    """
    changes, faults = [], []
    seen: set[str] = set()
    for row in rows:
        found = list(_row_faults(row, stored, removed))
        if row.row_id in seen and row.entered:
            found.append(Message("running.correction.row_twice", row=row.row_id))
        seen.add(row.row_id)
        if found:
            faults.append(Message("running.correction.line", line=row.line, faults=found))
            continue
        if not row.entered or (row.report_id, row.row_id) in removed:
            continue
        change = _change(row, stored[row.row_id])
        if change is not None:
            changes.append(change)
    if faults:
        raise faults_error(Message("running.correction.sheet", file=name), faults)
    return changes


def faults_error(place: Message, faults: list[Message]) -> LedgerError:
    """The error that names the lines at fault: the first few, and how many more."""
    more = len(faults) - _SHOWN
    key = "running.correction.faults_and_more" if more > 0 else "running.correction.faults"
    return LedgerError(place, key, faults=faults[:_SHOWN], n=more)


def _row_faults(
    row: SheetRow, stored: Mapping[str, Mapping[str, Any]], removed: Set[tuple[str, str]]
) -> Iterator[Message]:
    """What is wrong with one line."""
    changed = list(_edited(row, stored.get(row.row_id)))
    yield from changed
    if not row.entered:
        # An export without marks cannot tell who changed a cell: a row that was corrected since is out of date.
        if MARKS not in row.cells and row.row_id in stored and stored[row.row_id].get("origin") != "corrected":
            yield from _moved(row, stored[row.row_id], {})
        return
    if missing := [heading(key) for key in _SAID if key not in row.cells]:
        yield Message("running.correction.cells_empty", columns=missing)
    elif date_of(row.cells["date"]) is None:
        yield Message("running.correction.date_form", date=text_of(row.cells["date"]))
    if not any(key in row.cells for key in ENTRY if key not in _SAID):
        yield Message("running.correction.nothing_entered")
    faults = list(_cell_faults(row))
    yield from faults
    if not REPORT_ID.fullmatch(row.report_id) or row.row_id not in stored:
        if (row.report_id, row.row_id) not in removed:
            yield Message("running.correction.row_unknown", row=row.row_id or Message("running.correction.row_empty"))
    elif not faults:
        if not changed:
            yield from _moved(row, stored[row.row_id], _new_values(row, stored[row.row_id]))
        yield from _interval_faults(row, stored[row.row_id])


def _cell_faults(row: SheetRow) -> Iterator[Message]:
    for name in NEW:
        if (cell := row.cells.get(f"new_{name}")) is not None:
            yield from _cell_fault(name, cell)
    if "remove" in row.cells and not yes_of(row.cells["remove"]):
        fields = {"value": text_of(row.cells["remove"]), "yes": TEXTS["cell_value.yes"]}
        yield Message("running.correction.remove_word", column=heading("remove"), **fields)


def _cell_fault(name: str, cell: Any) -> Iterator[Message]:
    """What is wrong with a new value, if anything is."""
    fields = {"column": heading(f"new_{name}"), "value": text_of(cell)}
    if is_date(cell):
        yield Message("running.correction.became_date", **fields)
    elif name in _NUMBERS:
        number = number_of(cell)
        if number is None or (name == "value" and math.isinf(number)):
            yield Message("running.correction.no_number", **fields)
    elif name in _VOCABULARIES and code_of(name, text_of(cell)) not in _VOCABULARIES[name]:
        yield Message("running.correction.not_a_choice", **fields)
    elif name == "indicator_id" and not _known_indicator(text_of(cell)):
        yield Message("running.correction.no_indicator", value=text_of(cell))
    elif name == "period" and lacks_year(text_of(cell)):
        yield Message("running.correction.no_year", **fields)


def _interval_faults(row: SheetRow, stored: Mapping[str, Any]) -> Iterator[Message]:
    new = {**stored, **_new_values(row, stored)}
    value, lower, upper = (new[name] for name in _NUMBERS)
    if any(is_missing(end) for end in (value, lower, upper)) or not lower <= value <= upper:
        yield Message("running.correction.interval", lower=lower, value=value, upper=upper)


def _edited(row: SheetRow, stored: Mapping[str, Any] | None) -> Iterator[Message]:
    """The first grey cell that a person changed."""
    for name in edited(row.cells, str(row.cells.get(MARKS, "")))[:1]:
        shown: Any = row.cells.get(name, Message("running.correction.empty"))
        now = (
            _stored_now(stored, name)
            if stored and name in CURRENT
            else Message("running.correction.other_than_exported")
        )
        yield Message("running.correction.grey_edited", column=heading(name), shown=shown, now=now)


def _moved(row: SheetRow, stored: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Message]:
    """Grey cells that differ from what is stored, unless what is stored is just what the line asks for."""
    if new and all(_unchanged(stored.get(name), value) for name, value in new.items()):
        return
    for name in CURRENT:
        shown = row.cells.get(name)
        if name in _NUMBERS:
            equal = _unchanged(number_of(shown) if shown is not None else None, stored.get(name))
        else:
            written = str(shown or "").strip()
            now = plain_text(stored.get(name) or "").strip()
            equal = now in (written, code_of(name, written) if name in CODED else written)
        if not equal:
            empty, held = Message("running.correction.empty"), _stored_now(stored, name)
            there = empty if shown is None else shown
            yield Message("running.correction.grey_moved", column=heading(name), shown=there, now=held)
            return


def _stored_now(stored: Mapping[str, Any], name: str) -> Message:
    return Message("running.correction.stored_now", value=str(stored.get(name)))


def heading(name: str) -> Mapping[str, str]:
    """Heading of a column, in both languages."""
    return TEXTS[f"column.{name}"]


def _change(row: SheetRow, stored: Mapping[str, Any]) -> Change | None:
    date = date_of(row.cells["date"]) or ""
    reason = (text_of(row.cells["why"]), text_of(row.cells["who"]), date)
    if "remove" in row.cells:
        return Change(row.report_id, row.row_id, None, *reason)
    new = {name: value for name, value in _new_values(row, stored).items() if not _unchanged(stored.get(name), value)}
    return Change(row.report_id, row.row_id, new, *reason) if new else None


def _new_values(row: SheetRow, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the line asks for, with the interval that a new value's wording allows unless it is given."""
    new: dict[str, Any] = {}
    for name in NEW:
        cell = row.cells.get(f"new_{name}")
        if cell is not None and name in _NUMBERS:
            new[name] = number_of(cell)
        elif cell is not None:
            new[name] = code_of(name, text_of(cell)) if name in CODED else text_of(cell)
    if {"value", "qualifier"} & set(new) and not {"lower", "upper"} & set(new):
        new |= _allowed({**stored, **new}, stored)
    return new


def _allowed(row: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, float]:
    """Interval of a value by its wording, by the same rule as figures in a text; empty for a range."""
    qualifier, value = row["qualifier"], row["value"]
    if qualifier == "range" or value < 0:
        return {} if qualifier == "range" else {"lower": value, "upper": value}
    wording = qualifier
    if qualifier == "about" and before["qualifier"] == "about" and before["upper"] == before["value"]:
        wording = "near"
    if qualifier == "over" and (math.isinf(before["upper"]) or row["role"] == "target"):
        wording = "least"
    rate = row["unit"] == "%"
    printed = format(Decimal(repr(value)).normalize(), "f")
    numeral = parse_numeral(printed)
    if numeral is None:  # longer than any amount
        return {"lower": value, "upper": value}
    found = interval(numeral, wording, rate=rate, share=rate and row["change"] == "level")
    return {"lower": float(found.lower), "upper": float(found.upper)}


def _known_indicator(identity: str) -> bool:
    from fazhi_analysis.catalogue import load_catalogue

    return identity in load_catalogue()
