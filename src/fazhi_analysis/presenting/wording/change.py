"""How a change is printed: with its sign, in percentage points where rates change, in percent of the earlier figure."""

from __future__ import annotations

import math
from collections.abc import Callable

from fazhi_analysis.catalogue.english_nouns import singular
from fazhi_analysis.presenting.wording.numbers import outward, pair, plain, scaled, unit_text
from fazhi_analysis.presenting.wording.page_texts import Words


def signed(number: float, lang: str) -> str:
    """A number with its sign; zero has none.

    >>> signed(12, "zh"), signed(-0.5, "zh"), signed(0, "zh")
    ('+12', '−0.5', '0')
    """
    return f"+{scaled(number, lang)}" if number > 0 else scaled(number, lang)


def change(lower: float, upper: float, unit: str, words: Words) -> str:
    """A change between two figures with its unit; rates change in percentage points.

    >>> change(12, 31, "件", Words("zh")), change(-2, -2, "件", Words("zh")), change(0.5, 1.5, "%", Words("zh"))
    ('+12～+31件', '−2件', '+0.5～+1.5个百分点')
    >>> change(1, 1, "件", Words("en")), change(-1, -1, "%", Words("en"))
    ('+1 case', '−1 point')
    """
    if lower is None or upper is None or math.isnan(lower) or math.isnan(upper):
        return ""
    after = words("number.points") if unit == "%" else unit_text(unit, words)
    if lower == upper:
        return signed(round(lower, 4), words.lang) + (singular(after) if abs(lower) == 1 else after)
    low, high = pair(lower, upper, words.lang, sign=True)
    return words("number.signed_range", low=low, high=high) + after


def share(lower: float, upper: float, words: Words) -> str:
    """A relative change given as shares, in percent: a point with two decimals, as the checks print it.

    An interval has one decimal below 100 % and none above, and is rounded outward: the printed one holds the real one.

    >>> share(0.125, 0.125, Words("zh")), share(0.1, 3.25, Words("zh")), share(float("nan"), 1, Words("zh"))
    ('+12.5%', '+10%～+325%', '')
    >>> share(35 / 246, 35 / 246, Words("zh")), share(0.0428, 0.0452, Words("zh"))
    ('+14.23%', '+4.2%～+4.6%')

    Only −100% leaves nothing; a fall that leaves something keeps enough decimals to show it.

    >>> share(-0.999893, -0.999891, Words("zh")), share(-0.999996, -0.999996, Words("zh")), share(-1, -1, Words("zh"))
    ('−99.99%～−99.98%', '−99.9996%', '−100%')
    """
    if lower is None or upper is None or math.isnan(lower) or math.isnan(upper):
        return ""
    if lower == upper:
        return _percent(round(lower * 100, _short_of_all(lower, 2, round)))
    digits = max(_short_of_all(end, 1 if abs(end) < 1 else 0, _down) for end in (lower, upper))
    places = [max(1 if abs(end) < 1 else 0, digits if digits > 1 else 0) for end in (lower, upper)]
    low, high = (outward(end * 100, n, way) for end, n, way in zip((lower, upper), places, (-1, +1), strict=True))
    return words("number.signed_range", low=_percent(low), high=_percent(high))


def _short_of_all(part: float, digits: int, rounded: Callable[[float, int], float]) -> int:
    """Decimals with which a fall that leaves something does not read as one that leaves nothing."""
    while part > -1 and rounded(part * 100, digits) <= -100 and digits < 4:
        digits += 1
    return digits


def _down(percent: float, digits: int) -> float:
    return outward(percent, digits, -1)


def _percent(percent: float) -> str:
    if math.isinf(percent):
        return "+∞" if percent > 0 else "−∞"
    return ("+" if percent > 0 else "") + plain(percent, 4) + "%"


def stated(lower: float, upper: float, decimals: int, words: Words, *, points: bool = False) -> str:
    """A change in percent (or percentage points) with exactly so many decimals; an interval is rounded outward.

    This prints a report's claim as the report does (132.78 with two decimals), and the change that the figures give
    with more, so that a reader sees whether digits were rounded or cut off.

    >>> zh = Words("zh")
    >>> stated(132.78, 132.78, 2, zh), stated(132.78689, 132.78689, 3, zh), stated(64.25, 64.35, 2, zh)
    ('+132.78%', '+132.787%', '+64.25%～+64.35%')
    >>> stated(-4.65, -4.55, 2, zh), stated(2.201, 2.399, 2, zh, points=True)
    ('−4.65%～−4.55%', '+2.20～+2.40个百分点')
    """
    if math.isnan(lower) or math.isnan(upper):
        return ""
    ends = (lower, upper) if lower == upper else (outward(lower, decimals, -1), outward(upper, decimals, +1))
    low, high = (_fixed(end, decimals) + ("" if points else "%") for end in ends)
    text = low if lower == upper else words("number.signed_range", low=low, high=high)
    return text + (words("number.points") if points else "")


def _fixed(number: float, decimals: int) -> str:
    if math.isinf(number):
        return "+∞" if number > 0 else "−∞"
    sign = "+" if round(number, decimals) > 0 else "−" if round(number, decimals) < 0 else ""
    return f"{sign}{abs(number):.{decimals}f}"
