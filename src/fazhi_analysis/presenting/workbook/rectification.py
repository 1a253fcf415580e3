"""The sheet of the rectification ledger: every item of both years' reports, and yellow cells for what is done about it.

What was entered before stands in the yellow cells; a hidden column keeps how each was exported, so that an older copy
of the workbook brings back only what a person changed in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.rectifying import STATES, rectification
from fazhi_analysis.presenting.workbook.change_marks import MARKS, marks_of
from fazhi_analysis.presenting.workbook.sheet import Row, Sheet, sheet_of
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords

KEY: Final = "rectification"
SHOWN: Final = ("item_id", "year", "item_kind", "item_text", "suggestion", "item_evidence")
"""Grey columns that say which item a line is about, and what suggests that it is done."""
FILLED: Final = ("measure", "responsible", "due", "state", "who_entered", "entered_on")
"""Columns that a person fills in."""
MARKED: Final = ("item_id", *FILLED)
"""Columns whose exported content a line keeps."""


def rectification_sheet(place_year: PlaceYear, words: WorkbookWords) -> Sheet:
    """Every item of the reports of the year and of the baseline, the year's first."""
    rows: list[Row] = []
    for report in place_year.reports:
        for item in rectification(report["report_id"], place_year.data).to_dict("records"):
            rows.append(
                {
                    "item_id": f"{report['report_id']}:{item['item']}",
                    "year": report["year"],
                    "item_kind": words.code("item_kind", item["kind"]),
                    "item_text": item["text"] if words.lang == "zh" else item["text_en"],
                    "suggestion": words("cell_value.close")
                    if item["suggestion"]
                    else words("cell_value.gone")
                    if item["gone"]
                    else "",
                    "item_evidence": " ".join(filter(None, (item["evidence_text"], item["evidence"]))),
                    "measure": item["measure"],
                    "responsible": item["body"],
                    "due": item["due"],
                    "state": words.code("item_state", item["state"]),
                    "who_entered": item["who"],
                    "entered_on": item["date"],
                }
            )
    marked = ({**row, MARKS: marks_of(row, MARKED)} for row in rows)
    states = [words.code("item_state", state) for state in STATES]
    return replace(sheet_of(KEY, (*SHOWN, *FILLED, MARKS), marked), entry=FILLED, choices={"state": states})
