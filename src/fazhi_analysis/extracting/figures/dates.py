"""Dates as figures: the year as value, or both years of a span."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fazhi_analysis.extracting.figures.grammar import YEAR
from fazhi_analysis.extracting.figures.numerals import parse_numeral

_YEAR = re.compile(YEAR)
_SHORT = re.compile(r"[-—–−~～至到]{1,2}(\d\d)年?")
_UNITS = re.compile(r"年度?|月份?|[日号]")


class DateValue(NamedTuple):
    """``value`` is the year, or None for a span of years; ``unit`` the measure words in order (年月日)."""

    value: int | None
    lower: int | None
    upper: int | None
    unit: str

    @property
    def period(self) -> str:
        """The time as it is written: a year, or the years of a span; empty for a month alone."""
        return f"{self.lower}-{self.upper}" if self.value is None and self.lower else str(self.value or "")


@lru_cache(maxsize=1024)
def read_date(text: str) -> DateValue:
    """Years and units of a printed date; a month without a year has no value.

    >>> read_date("2007—2021年")
    DateValue(value=None, lower=2007, upper=2021, unit='年')
    >>> read_date("2022年1月5日").value, read_date("2022年1月5日").unit, read_date("3月").value
    (2022, '年月日', None)
    """
    years = [_value(match.group()) for match in _YEAR.finditer(text)]
    if len(years) == 1 and (short := _SHORT.search(text, 4)) and "月" not in text:
        years.append(years[0] // 100 * 100 + int(short[1]))
    unit = "".join(dict.fromkeys(_UNITS.findall(text)))
    if not years:
        return DateValue(None, None, None, unit)
    low, high = min(years), max(years)
    return DateValue(low if low == high else None, low, high, unit)


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    numeral = parse_numeral(text)
    return int(numeral.value) if numeral else 0
