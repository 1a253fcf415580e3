"""The sheet of corrections: every stored figure, and yellow cells for what it should be, and for why, who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.model import QUALIFIERS, ROLES
from fazhi_analysis.presenting.workbook.change_marks import CODED, CURRENT, MARKS, SHOWN, marks_of
from fazhi_analysis.presenting.workbook.sheet import Row, Sheet, label, place_text, sheet_of, shown_rows, worded
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords

NEW: tuple[str, ...] = (
    "value", "lower", "upper", "unit", "qualifier", "label", "indicator_id", "scope", "period", "role",
)  # fmt: skip
"""Columns of the metrics that the correction sheet can change, each under ``new_`` and its name."""

ENTRY: tuple[str, ...] = (*(f"new_{name}" for name in NEW), "remove", "why", "who", "date")
"""Columns of the correction sheet that a person fills in."""


def corrections_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Every stored figure with empty cells beside it for what it should be, and for why, who and when."""
    columns = (*SHOWN, *CURRENT, *ENTRY, MARKS)
    stored: Iterable[tuple[MetricRow, Row]] = ((row, dict(row)) for row in shown_rows(place_year))
    rows: list[Row] = [
        {
            **{name: values[name] for name in ("row_id", "quote", *CURRENT)},
            "label": label(row, words),
            "section": place_text(row, words)["section"],
            "wording": worded(place_year.printed(row), words),
            **{name: words.code(name, values[name]) for name in CODED},
        }
        for row, values in stored
    ]
    choices = {
        "new_qualifier": [words.code("qualifier", code) for code in QUALIFIERS],
        "new_role": [words.code("role", code) for code in ROLES],
        "remove": [words("cell_value.yes")],
    }
    marked = ({**row, MARKS: marks_of(row)} for row in rows)
    return replace(sheet_of("corrections", columns, marked), entry=ENTRY, choices=choices)
