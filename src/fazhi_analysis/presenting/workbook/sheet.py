"""A sheet as a plain table, and what several sheets show alike; nothing here knows of Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.presenting.wording.naming import label_text, unit_of
from fazhi_analysis.presenting.wording.numbers import figure_of, interval
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords
from fazhi_analysis.reading.section_numbers import arabic

Row = Mapping[str, Any]

_WIDTHS = {"label": 30, "text": 60, "message": 60, "evidence": 40, "quote": 40, "reason": 34, "later": 50, "why": 24}
_MIDDLE = {
    "name_zh": 30,
    "name_en": 36,
    "aliases": 40,
    "source": 24,
    "rule": 14,
    "parts": 50,
    "note": 30,
    "wording": 16,
    "rate_base": 20,
    "grounds": 44,
    "item_text": 50,
    "item_evidence": 30,
    "measure": 40,
    "responsible": 20,
    "item_id": 30,
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: ``key`` names it, ``columns`` are keys of headings, ``rows`` hold one value a column.

    ``entry`` are the columns that a person fills in, ``choices`` the vocabulary of those that take only its words.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    entry: tuple[str, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def width(self, column: str) -> int:
        """Width of a column in characters."""
        return {**_WIDTHS, **_MIDDLE}.get(column, 12)

    def heading(self, column: str, words: WorkbookWords, **years: Any) -> str:
        """Heading of a column; ``of_2021`` is the figure of that year."""
        kind, _, year = column.partition("_")
        return words("column.of_year", year=year) if kind == "of" else words(f"column.{column}", **years)


def sheet_of(key: str, columns: Sequence[str], rows: Iterable[Row]) -> Sheet:
    """A sheet of rows that hold their values by the keys of the columns."""
    return Sheet(key, tuple(columns), tuple(tuple(row.get(name) for name in columns) for row in rows))


def label(row: Row, words: WorkbookWords) -> str:
    """Name of a row's indicator in the workbook's language; a label outside the catalogue stays Chinese."""
    return label_text({**row, "scope": ""}, words.common)


def unit_text(row: Row, words: WorkbookWords) -> str:
    """What a row counts. A sentence in English needs no word for 个; a cell must not be empty."""
    unit = unit_of(row)
    return words.common.unit(unit) or (words("cell_value.number") if unit else "")


def place_text(row: MetricRow, words: WorkbookWords) -> Row:
    """Section and item: as they are stored in Chinese, in arabic digits as on the pages in English."""
    place = {name: row[name] for name in ("section", "item")}
    if words.lang == "zh":
        return place
    part = f"report_part.{place['section']}"
    section = words.common(part) if words.common.has(part) else arabic(str(place["section"] or ""))
    return {"section": section, "item": arabic(str(place["item"] or ""))}


def worded(row: Row, words: WorkbookWords) -> str:
    """A figure as it is printed, empty where there is none."""
    if is_missing(row["value"]):
        return ""
    return figure_of(row, words.common)


def interval_text(lower: float, upper: float, unit: str, words: WorkbookWords) -> str:
    """An interval in the workbook's language, empty where an end is missing."""
    return "" if is_missing(lower) or is_missing(upper) else interval(lower, upper, unit, words.common)


def shown_rows(place_year: PlaceYear) -> list[MetricRow]:
    """Metric rows of the year, then of the baseline."""
    return [row for year in reversed(place_year.shown_years) for row in place_year.rows(year)]
