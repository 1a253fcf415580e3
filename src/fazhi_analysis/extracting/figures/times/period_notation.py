"""How a period is written: a month (2023-04), a span of months (2023-01/2023-06), a half or a quarter of a year."""

from __future__ import annotations

DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
"""Numbers of months, quarters and plans in words."""


def month_of(year: str, month: str) -> str:
    """A month as it is written, 2023-04."""
    return f"{year}-{int(month):02}"


def span_of(first: str, last: str) -> str:
    """A span of months as it is written."""
    return f"{first}/{last}"


def half_of(year: str, which: str) -> str:
    """The first (上) or second half of a year."""
    return f"{year}-01/{year}-06" if which == "上" else f"{year}-07/{year}-12"


def quarter_of(year: str, number: str, to_date: bool) -> str:
    """A quarter of a year, or all of the year up to its end."""
    last = (DIGITS.get(number) or int(number)) * 3
    if to_date and last == 12:
        return year
    return span_of(month_of(year, "1" if to_date else str(last - 2)), month_of(year, str(last)))
