"""Intervals: what a wording allows a figure to be.

The rule is the design table: with u the place value of the last non-zero digit of N, 余/多/超 mean N..N+u-1, 近 means
N-u+1..N, 约 means N-u/2..N+u/2, a rounded print means half a unit of its last printed place either way.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from fazhi_analysis.extracting.figures.numerals import Numeral
from fazhi_analysis.model import Interval

HUNDRED = Decimal(100)
_NINE_TENTHS = Decimal("0.9")


@lru_cache(maxsize=4096)
def interval(
    numeral: Numeral, wording: str, *, rate: bool = False, share: bool = False, target: bool = False
) -> Interval:
    """Closed interval that the wording allows.

    ``wording`` is ``exact``, ``more`` (余, 多, 上百), ``part`` (3个多百分点: less than one unit more), ``over`` (超过,
    以上), ``open`` (≥, 大于), ``near`` (近), ``about`` (约, 左右), ``least`` (不低于) or ``under`` (不足, 以下). A
    ``rate`` stands for half a printed unit either way, and so does a number printed with decimals or a scale; a
    ``share`` of a whole stays within 0..100. 超过 and 以上 have no upper end for a rate, for a number whose last digit
    leaves no room, and for a ``target``.

    >>> from fazhi_analysis.extracting.figures.numerals import parse_numeral
    >>> interval(parse_numeral("2500"), "more"), interval(parse_numeral("480"), "near")
    (Interval(lower=2500, upper=2599), Interval(lower=471, upper=480))
    >>> interval(parse_numeral("97.06"), "exact", rate=True, share=True), interval(parse_numeral("36"), "more")
    (Interval(lower=97.055, upper=97.065), Interval(lower=36, upper=37))
    >>> interval(parse_numeral("50"), "least", rate=True, share=True), interval(parse_numeral("600"), "least")
    (Interval(lower=50, upper=100), Interval(lower=600, upper=inf))
    >>> interval(parse_numeral("600"), "over").upper, interval(parse_numeral("4"), "over").upper
    (699, inf)
    >>> interval(parse_numeral("3"), "part")
    Interval(lower=3, upper=3.9)
    """
    value = numeral.value
    if wording in ("least", "open") or (wording == "over" and (target or rate or numeral.last_place <= 1)):
        return Interval(plain(value), 100 if share and value <= HUNDRED else math.inf)
    if wording == "under":
        return Interval(min(0, plain(value)), plain(value))
    lower, upper = _around(numeral, wording, rate)
    if share:
        lower, upper = max(lower, min(value, Decimal(0))), min(upper, max(value, HUNDRED))
    return Interval(plain(lower), plain(upper))


def _around(numeral: Numeral, wording: str, rate: bool) -> tuple[Decimal, Decimal]:
    """Both ends where the wording gives the number some room."""
    value, place = numeral.value, numeral.last_place
    room = place - 1 if place > 1 else place
    if wording in ("more", "over"):
        return value, value + room
    if wording == "part":
        return value, value + numeral.step * _NINE_TENTHS
    if wording == "near":
        return value - room, value
    if wording == "about":
        return value - place / 2, value + place / 2
    half = numeral.step / 2 if rate or numeral.rounded else Decimal(0)
    return value - half, value + half


def plain(value: Decimal) -> float:
    """The number as int where it is whole, as float otherwise.

    >>> plain(Decimal("2841")), plain(Decimal("97.06"))
    (2841, 97.06)
    """
    whole = int(value)
    return whole if whole == value else float(value)
