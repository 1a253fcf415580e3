"""What people write into the cells of a workbook, and what spreadsheet programs make of it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from typing import Any

from fazhi_analysis.messages import Message
from fazhi_analysis.presenting.workbook.workbook_texts import TEXTS

_INFINITE = {"∞": math.inf, "inf": math.inf, "infinity": math.inf, "无上限": math.inf}
_YES = frozenset({"yes", "y", "true", "1", "√", "✓"})
_NO = frozenset({"no", "n", "false", "0", "否", "×"})
_PERCENT = re.compile(r'^(?:[^"]*"[^"]*")*[^"]*%')
_FIRST_YEAR = 1990
_DAY_ZERO = datetime.date(1899, 12, 30)  # of which spreadsheet programs count the days
_DIGITS = 8  # of a date without marks: 20240506


def value_of(cell: Any) -> Any:
    """The value of an openpyxl cell as it is shown: 98.4%, which spreadsheet programs keep as 0.984, is 98.4."""
    value = cell.value
    if isinstance(value, float) and _PERCENT.match(str(cell.number_format)):
        return round(value * 100, 10)
    return value


def number_of(cell: object) -> float | None:
    """A number as a person types it: 2,841 and 97.06% as well as real numbers; None when it is none.

    >>> number_of("2,841"), number_of("97.06%"), number_of("∞"), number_of("Inf"), number_of("约三百")
    (2841.0, 97.06, inf, inf, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    text = str(cell).strip().replace(",", "").replace("，", "").removesuffix("%").removesuffix("％").lower()
    if text.removeprefix("+") in _INFINITE:
        return math.inf
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def text_of(cell: object) -> str:
    """A cell as text; a whole number has no point in it, and a day no hours.

    >>> text_of(2024.0), text_of(" 全县 "), text_of(datetime.datetime(2024, 5, 6))
    ('2024', '全县', '2024-05-06')
    """
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def date_of(cell: object) -> str | None:
    """An ISO date, from a real date, from text or from the number of a date; None when it is none.

    A year in two figures is none: 24-5-6 may be a day of 2024 or of 2006.

    >>> date_of("2024-5-6"), date_of("2024年5月6日"), date_of(20240506), date_of(45418), date_of("24-5-6")
    ('2024-05-06', '2024-05-06', '2024-05-06', '2024-05-06', None)
    """
    found = _date(cell)
    return found.isoformat() if found is not None and found.year >= _FIRST_YEAR else None


def _date(cell: object) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = re.split(r"[ T]", text_of(cell), maxsplit=1)[0]
    try:
        if text.isdecimal():
            if len(text) == _DIGITS:
                return datetime.datetime.strptime(text, "%Y%m%d").date()
            return _DAY_ZERO + datetime.timedelta(days=int(text))
        parts = re.split(r"[-年月日/.]", text.removesuffix("日"))
        return datetime.date(*(int(part) for part in parts))
    except (TypeError, ValueError, OverflowError):
        return None


def yes_of(cell: object) -> bool | None:
    """Whether a cell says yes, in either language or as a tick; None when it says neither yes nor no.

    >>> yes_of("是"), yes_of(True), yes_of("Yes"), yes_of("否"), yes_of("也许")
    (True, True, True, False, None)
    """
    text = text_of(cell).lower()
    if text in _YES or text in {word.lower() for word in TEXTS["cell_value.yes"].values()}:
        return True
    return False if text in _NO else None


def is_date(cell: object) -> bool:
    """Whether a spreadsheet program took what was typed for a date or a time (5-6 becomes a day in May).

    >>> is_date(datetime.date(2024, 5, 6)), is_date("2024-05-06")
    (True, False)
    """
    return isinstance(cell, (datetime.date, datetime.time, datetime.timedelta))


def lacks_year(period: str) -> bool:
    """Whether a period gives a year in fewer than four figures (24 for 2024).

    >>> lacks_year("24"), lacks_year("2024-06"), lacks_year("累计")
    (True, False, False)
    """
    return bool(re.search(r"\d", period)) and not re.search(r"\d{4}", period)


def unusable(values: Any, formulas: Any) -> Iterator[Message]:
    """Cells of a sheet that hold an error, or a formula that no program has computed yet.

    ``values`` and ``formulas`` are the same openpyxl sheet, read for its values and for its formulas.
    """
    for row in formulas.iter_rows():
        for cell in row:
            shown = values[cell.coordinate]
            if shown.data_type == "e":
                yield Message("running.correction.error_value", cell=cell.coordinate, value=str(shown.value))
            elif cell.data_type == "f" and shown.value is None:
                yield Message("running.correction.formula_uncomputed", cell=cell.coordinate)
