"""The sheet of the rectification ledger read back: which items a person changed, into what, who and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fazhi_analysis.analysis.rectifying import STATES, rectification
from fazhi_analysis.dataset.ledger_entries import Rectification
from fazhi_analysis.dataset.report_ids import REPORT_ID
from fazhi_analysis.errors import UnsupportedFormatError
from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.workbook.change_marks import MARKS, edited
from fazhi_analysis.presenting.workbook.rectification import FILLED, KEY, MARKED
from fazhi_analysis.presenting.workbook.workbook_texts import code_of
from fazhi_analysis.running.corrections.cell_values import date_of, text_of
from fazhi_analysis.running.corrections.sheet_reader import faults_error, heading, lines_of

_FIELDS = {
    "measure": "measure",
    "responsible": "body",
    "due": "due",
    "state": "state",
    "who_entered": "who",
    "entered_on": "date",
}
"""The field of an entry that each column holds."""
_TOLD = ("measure", "responsible", "due", "state")
"""Columns that say something of the item; the others name who entered it, and when."""


@dataclass(frozen=True)
class Entered:
    """An entry that the sheet asks for and the ledger does not hold yet."""

    report_id: str
    entry: Rectification


def read_rectifications(book: Any, name: str, data: Path | str) -> list[Entered] | None:
    """What a person changed in the sheet; None where the workbook has no such sheet.

    A cell counts as changed where it is not as it was exported; a line that nobody changed asks for nothing, however
    old the workbook is. Raises LedgerError naming every line at fault, and UnsupportedFormatError when a column is
    gone.
    """
    lines = lines_of(book, name, KEY)
    if lines is None:
        return None
    header, rows = lines
    if missing := [key for key in (*MARKED, MARKS) if key not in header]:
        listed = [heading(key) for key in missing]
        raise UnsupportedFormatError(name, "running.correction.ledger_columns_missing", columns=listed)
    known = _Known(data)
    found: list[Entered] = []
    faults: list[Message] = []
    seen: set[str] = set()
    for number, cells in rows:
        line = _Line.of(cells)
        wrong = list(line.faults(known))
        if line.item_id in seen and line.touched:
            wrong.append(Message("running.correction.item_twice", item=line.item_id))
        seen.add(line.item_id)
        if wrong:
            faults.append(Message("running.correction.line", line=number, faults=wrong))
        elif line.changed(known):
            found.append(Entered(line.report_id, line.entry(known)))
    if faults:
        raise faults_error(Message("running.correction.ledger_sheet", file=name), faults)
    return found


class _Known:
    """The items of the data folder's reports with what is entered about them, read when first asked for."""

    def __init__(self, data: Path | str) -> None:
        self._data = data
        self._items: dict[str, dict[str, Mapping[str, Any]]] = {}

    def item(self, report_id: str, item: str) -> Mapping[str, Any] | None:
        """The row of an item, or None where there is none."""
        from fazhi_analysis.dataset.report_folders import find_folder
        from fazhi_analysis.errors import UnknownNameError

        if not REPORT_ID.fullmatch(report_id):
            return None
        if report_id not in self._items:
            try:
                find_folder(report_id, self._data)
            except UnknownNameError:
                return None
            table = rectification(report_id, self._data)
            rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
            self._items[report_id] = {str(row["item"]): row for row in rows}
        return self._items[report_id].get(item)


@dataclass(frozen=True)
class _Line:
    """One line: its cells as text, dates as ISO dates, states as codes; ``touched`` are the columns changed by hand."""

    cells: Mapping[str, str]
    marks: str
    touched: frozenset[str]

    @classmethod
    def of(cls, cells: Mapping[str, Any]) -> _Line:
        marks = str(cells.get(MARKS, ""))
        plain = {name: _plain(name, cells.get(name)) for name in MARKED}
        touched = edited(plain, marks, MARKED) if marks else [name for name in FILLED if plain[name]]
        return cls(plain, marks, frozenset(touched))

    @property
    def item_id(self) -> str:
        return self.cells["item_id"]

    @property
    def report_id(self) -> str:
        return self.item_id.partition(":")[0]

    @property
    def item(self) -> str:
        return self.item_id.partition(":")[2]

    def faults(self, known: _Known) -> Iterator[Message]:
        """What is wrong with the line; nothing where nobody changed it."""
        if not self.touched:
            return
        row = known.item(self.report_id, self.item)
        if row is None:
            empty = Message("running.correction.row_empty")
            yield Message("running.correction.item_unknown", item=self.item_id or empty)
            return
        if self.cells["state"] not in STATES:
            yield Message("running.correction.not_a_choice", column=heading("state"), value=self.cells["state"])
        for name in ("due", "entered_on"):
            if self.cells[name] and date_of(self.cells[name]) is None:
                yield Message("running.correction.no_date", column=heading(name), value=self.cells[name])
        if self.changed(known):
            if not self.cells["who_entered"]:
                yield Message("running.correction.cells_empty", columns=[heading("who_entered")])
            yield from self._overtaken(row)

    def _overtaken(self, row: Mapping[str, Any]) -> Iterator[Message]:
        """Cells that were changed here, and in the ledger since the workbook was made."""
        if not self.marks:
            return
        now = {"item_id": self.item_id} | {name: str(row[_FIELDS[name]]) for name in FILLED}
        since = edited(now, self.marks, MARKED)
        for name in _TOLD:
            if name in self.touched and name in since and self.cells[name] != now[name]:
                value = now[name] or Message("running.correction.empty")
                yield Message("running.correction.changed_since", column=heading(name), value=value)

    def changed(self, known: _Known) -> bool:
        """Whether the line asks for something that the ledger does not hold yet."""
        row = known.item(self.report_id, self.item) if self.touched else None
        return row is not None and any(self.cells[name] != str(row[_FIELDS[name]]) for name in self._asked())

    def _asked(self) -> list[str]:
        return [name for name in _TOLD if name in self.touched]

    def entry(self, known: _Known) -> Rectification:
        """The entry: what was changed here, and what the ledger holds of the rest."""
        row = known.item(self.report_id, self.item) or {}
        held = Rectification(
            self.item,
            str(row["state"]),
            self.cells["who_entered"],
            datetime.date.today().isoformat(),
            str(row["measure"]),
            str(row["body"]),
            str(row["due"]),
            str(row["text"]),
        )
        new = {_FIELDS[name]: self.cells[name] for name in self._asked()}
        if "entered_on" in self.touched and self.cells["entered_on"]:
            new["date"] = self.cells["entered_on"]
        return replace(held, **new)


def _plain(name: str, cell: object) -> str:
    text = "" if cell is None else text_of(cell)
    if name in ("due", "entered_on"):
        return date_of(cell) or text if text else ""
    if name == "state":
        return code_of("item_state", text) if text else "open"
    return " ".join(text.split()) if name == "item_id" else text
