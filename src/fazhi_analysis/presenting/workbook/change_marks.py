"""Marks by which a sheet that is read back distinguishes cells that a person changed from those merely out of date.

Each line carries, in a hidden column, four hexadecimal digits for each of these cells as they were exported. A cell
that no longer fits its mark was changed by hand; one that fits, but differs from what is stored, is of an older export.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from fazhi_analysis.dataset.cells import is_missing
from fazhi_analysis.presenting.workbook.cells import plain_text
from fazhi_analysis.presenting.workbook.workbook_texts import code_of

MARKS: Final = "exported"
"""The hidden column that holds the marks of a line."""

SHOWN: Final[tuple[str, ...]] = ("row_id", "label", "wording", "section", "quote")
"""Grey columns that say which figure a line is about."""

CURRENT: Final[tuple[str, ...]] = (
    "value", "lower", "upper", "unit", "qualifier", "indicator_id", "scope", "period", "role",
)  # fmt: skip
"""Grey columns that show what is stored."""

CODED: Final[tuple[str, ...]] = ("qualifier", "role")
"""Columns whose words are those of a closed vocabulary."""

GREY: Final[tuple[str, ...]] = (*SHOWN, *CURRENT)
"""All grey columns, in the order of their marks."""

_VOCABULARIES: Final = {**{name: name for name in CODED}, "state": "item_state"}
"""Columns whose cells may hold a word in either language or its code."""

_DIGITS: Final = 4


def marks_of(cells: Mapping[str, Any], names: Sequence[str] = GREY) -> str:
    """The marks of some of a line's cells; it matters not whether a number comes as a number or as text.

    >>> marks_of({"row_id": "a:m1", "value": 53.0}) == marks_of({"row_id": "a:m1", "value": "53", "upper": None})
    True
    """
    return "".join(_mark(name, cells.get(name)) for name in names)


def edited(cells: Mapping[str, Any], marks: str, names: Sequence[str] = GREY) -> list[str]:
    """Cells that no longer fit their marks; none where the marks are those of another sheet.

    >>> line = {"row_id": "a:m1", "value": 53, "unit": "件"}
    >>> edited({**line, "value": 55, "unit": None}, marks_of(line)), edited(line, marks_of(line)), edited(line, "")
    (['value', 'unit'], [], [])
    """
    if len(marks) != _DIGITS * len(names):
        return []
    then = (marks[start : start + _DIGITS] for start in range(0, len(marks), _DIGITS))
    return [name for name, mark in zip(names, then, strict=True) if mark != _mark(name, cells.get(name))]


def _mark(name: str, cell: Any) -> str:
    return sha256(f"{name}={_plain(name, cell)}".encode()).hexdigest()[:_DIGITS]


def _plain(name: str, cell: Any) -> str:
    if is_missing(cell):
        return ""
    text = " ".join(plain_text(cell).split()).replace("∞", "inf")
    if name in _VOCABULARIES:
        return code_of(_VOCABULARIES[name], text)
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text
