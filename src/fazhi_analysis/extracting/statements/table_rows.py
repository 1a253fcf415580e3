"""Problems and next steps in a table: a header cell says which column holds them."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.statements.entry import Entry
from fazhi_analysis.extracting.statements.zone import Zone

_PROBLEM = pattern("<problem columns>")
_STEP = pattern("<step columns>")
_CAUSE = re.compile(r"原因")


class Tabled(NamedTuple):
    """Entries that a table of a zone holds."""

    problems: list[Entry]
    steps: list[Entry]


def table_entries(text: str, zone: Zone) -> Tabled | None:
    """Entries of the first table in a zone (cells divided by tabs), or None where it has none with such a header.

    >>> text = "序号\\t存在问题\\t整改措施\\n1\\t执法力量不足\\t充实执法力量"
    >>> found = table_entries(text, Zone("problem", 0, len(text)))
    >>> [text[entry.start:entry.end] for entry in found.problems + found.steps]
    ['执法力量不足', '充实执法力量']
    """
    if text.find("\t", zone.start, zone.end) < 0:
        return None
    rows = [cells for cells in _rows(text, zone.start, zone.end) if len(cells) > 1]
    for index, header in enumerate(rows):
        names = [text[start:end] for start, end in header]
        problem = _column(names, _PROBLEM, _STEP)
        step = _column(names, _STEP, _PROBLEM)
        cause = _column(names, _CAUSE, _PROBLEM)
        if problem is None and step is None:
            continue
        found = Tabled([], [])
        for cells in rows[index + 1 :]:
            if len(cells) < len(header):
                continue
            if problem is not None and _filled(cells[problem]):
                start, end = cells[problem]
                given = cells[cause] if cause is not None and _filled(cells[cause]) else None
                found.problems.append(Entry(start, end, start, cause=given))
            if step is not None and _filled(cells[step]):
                start, end = cells[step]
                found.steps.append(Entry(start, end, start))
        return found if found.problems or found.steps else None
    return None


def _column(names: list[str], wanted: re.Pattern[str], other: re.Pattern[str]) -> int | None:
    for index, name in enumerate(names):
        if len(name) <= 14 and wanted.search(name) and not (other.search(name) and not name.startswith("存在")):
            return index
    return None


def _filled(cell: tuple[int, int]) -> bool:
    return cell[1] - cell[0] >= 4


def _rows(text: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    rows: list[list[tuple[int, int]]] = [[]]
    at = start
    for index in range(start, end + 1):
        char = text[index] if index < end else "\n"
        if char in "\t\n":
            rows[-1].append((at, index))
            at = index + 1
            if char == "\n":
                rows.append([])
    return [row for row in rows if row]
