"""Cells of a workbook: number formats that lose nothing, and text that never runs as a formula."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.dataset.cells import is_missing

_LONGEST = 32_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
SHARE = "+0.0%;\\-0.0%;0%"
"""Format of a relative change, which is a share (0.125 is shown as +12.5%)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure with its unit, which decides how it is shown; ``signed`` for changes. ``share``: shown in percent."""

    value: float | None
    unit: str = ""
    signed: bool = False
    share: bool = False


def number_format(value: float, unit: str = "", *, signed: bool = False, lang: str = "zh") -> str:
    """Excel's format for a figure: ``%`` after rates, 万 and 亿 for money, thousands separators from 10,000 on.

    万 and 亿 are used only where the shown number is the exact one; the cell holds the full number in any case.

    >>> number_format(97.06, "%"), number_format(2841, "件"), number_format(15321, "件")
    ('General"%"', '0', '#,##0')
    >>> number_format(170_000_000, "元"), number_format(2_700_000, "元"), number_format(44_610, "元")
    ('0\\\\.00,,"亿元"', '0\\\\.0,"万元"', '#,##0"元"')
    >>> number_format(-0.5, "%", signed=True), number_format(12, "件", signed=True)
    ('+General"个百分点";\\\\-General"个百分点";0"个百分点"', '+0;\\\\-0;0')
    """
    points, yuan = ('"个百分点"', '"元"') if lang == "zh" else ('" points"', '" yuan"')
    after = {"%": points if signed else '"%"', "元": yuan}.get(unit, "")
    scaled = unit == "元" and not signed and lang == "zh"
    if scaled and value >= 1e8 and value % 1e6 == 0:
        return '0\\.00,,"亿元"'
    if scaled and value >= 1e4 and value % 1e3 == 0:
        return '0\\.0,"万元"'
    whole = unit != "%" and value == int(value)
    digits = ("#,##0" if abs(value) >= 10_000 else "0") if whole else "General"
    return f"+{digits}{after};\\-{digits}{after};0{after}" if signed else f"{digits}{after}"


def plain_text(value: object) -> str:
    """Text that a cell can hold: no control characters, not longer than a cell may be.

    >>> plain_text("甲\\x00乙"), len(plain_text("甲" * 40_000))
    ('甲乙', 32000)
    """
    text = _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def put(cell: Any, value: object, lang: str = "zh") -> None:
    """Write a value into an openpyxl cell: numbers with their format, all else as text that is never a formula.

    Missing values leave the cell empty; an open upper end is shown as ∞.
    """
    if isinstance(value, Number):
        _put_number(cell, value, lang)
    elif is_missing(value) or value == "":
        return
    elif isinstance(value, bool):
        cell.value = "✓" if value else None
    elif isinstance(value, (int, float)):
        _put_number(cell, Number(float(value)), lang)
    elif isinstance(value, datetime.date):
        cell.value = value
    else:
        text = plain_text(value)
        cell.value = text
        cell.data_type = "s"  # else "=1+1" is a formula and "#N/A" an error
        cell.quotePrefix = text[:1] in "=+-@#'\t"  # so that it stays text when someone edits the cell


def _put_number(cell: Any, number: Number, lang: str) -> None:
    value = number.value
    if is_missing(value) or value is None:
        return
    if math.isinf(value):
        cell.value = "∞" if value > 0 else "−∞"
        return
    cell.value = int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)
    fitting = number_format(float(value), number.unit, signed=number.signed, lang=lang)
    cell.number_format = SHARE if number.share else fitting
