"""What a printed number says: value, interval, unit, qualifier.

An oracle for tests, written apart from the package and on purpose simple: it never searches, it only reads one
expression whose borders an author has already marked. The rules are those of the interval table of the design.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

SCALES = {"万": 10_000, "亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000, "万亿": 10**12}
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
PLACES = {"十": 10, "百": 100, "千": 1000}

BEFORE = {
    "近": "about_below",
    "约": "about",
    "大约": "about",
    "超过": "over",
    "超": "over",
    "突破": "over",
    "不低于": "at_least",
    "不少于": "at_least",
    "至少": "at_least",
    "不足": "under",
    "不到": "under",
    "不超过": "under",
}
AFTER = {"以上": "above", "以下": "under", "以内": "under", "左右": "about"}

_NUMBER = r"\d[\d,，]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+"
_SHAPE = re.compile(
    rf"(?P<before>{'|'.join(sorted(BEFORE, key=len, reverse=True))})?"
    rf"(?P<percent_zh>百分之)?(?P<number>{_NUMBER})(?:[-—~至](?P<end>{_NUMBER}))?"
    rf"(?P<more1>[余多])?(?P<scale>万亿|亿|千万|百万|万)?(?P<more2>[余多])?"
    rf"(?P<unit>[^\d]*?)(?P<more3>余)?(?P<after>{'|'.join(AFTER)})?"
)


@dataclass(frozen=True)
class Reading:
    """One expression, read: bounds in base units (元, plain counts, percent)."""

    value: float
    lower: float
    upper: float
    unit: str
    qualifier: str
    kind: str
    at_least: bool = False


def chinese_integer(text: str) -> int:
    """Integer below ten thousand in Chinese numerals.

    >>> chinese_integer("三十六"), chinese_integer("一百零五"), chinese_integer("两"), chinese_integer("零")
    (36, 105, 2, 0)
    """
    total, digit = 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        else:
            total += (digit or 1) * PLACES[char]
            digit = 0
    return total + digit


def number(text: str) -> Decimal:
    """Number as printed: Arabic with separators, or Chinese."""
    text = text.replace(",", "").replace("，", "")
    return Decimal(text) if text[0].isdigit() else Decimal(chinese_integer(text))


def last_place(printed: Decimal, scale: int) -> Decimal:
    """Place value of the last digit that is not zero, in base units.

    >>> [int(last_place(Decimal(n), scale)) for n, scale in (("2500", 1), ("190", 10_000), ("2.3", 10_000))]
    [100, 100000, 1000]
    """
    exponent = printed.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return (Decimal(1).scaleb(exponent) * scale).quantize(Decimal(1)) if scale > 1 else Decimal(1).scaleb(exponent)


def _plain(number_: Decimal) -> float:
    return int(number_) if number_ == number_.to_integral_value() else float(number_)


def read(expression: str, *, target: bool = False, growth: bool = False) -> Reading:
    """Read one marked expression.

    ``target`` says that 以上 is a demand (no upper end) and not a result; ``growth`` that a rate is a change and is not
    clipped to 0..100.

    >>> read("2700 余篇")
    Reading(value=2700, lower=2700, upper=2799, unit='篇', qualifier='over', kind='count', at_least=False)
    >>> read("97.06%").lower, read("3.28万个").upper, read("近360批次").lower, read("不低于60%").upper
    (97.055, 32850, 351, 100)
    """
    text = re.sub(r"\s", "", expression).replace("％", "%")
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"cannot read {expression!r}")
    printed, unit = number(match["number"]), match["unit"]
    scale = SCALES.get(match["scale"] or "", 1)
    if match["percent_zh"]:
        unit = "%"
    unit = unit.replace("个百分点", "百分点")
    kind = "rate" if unit in ("%", "百分点") else "money" if unit.endswith("元") else "count"
    value = printed * scale
    growth = growth or unit == "百分点"
    clip = Decimal(100) if kind == "rate" and not growth else Decimal("Infinity")
    place = last_place(printed, scale)
    mode = BEFORE.get(match["before"] or "") or AFTER.get(match["after"] or "")
    if match["more1"] or match["more2"] or match["more3"]:
        mode = "over"
    if match["end"]:
        upper = number(match["end"]) * scale
        return Reading(_plain((value + upper) / 2), _plain(value), _plain(upper), unit, "range", kind)
    at_least = mode == "at_least" or (mode == "above" and target)
    if at_least:
        top = 100 if kind == "rate" else math.inf
        return Reading(_plain(value), _plain(value), top, unit, "over", kind, at_least=True)
    if mode in ("over", "above"):
        high = value + (place - 1 if place > 1 else 1 if place == 1 else place)
        return Reading(_plain(value), _plain(value), _plain(min(high, max(clip, value))), unit, "over", kind)
    if mode == "about_below":
        return Reading(_plain(value), _plain(value - place + 1), _plain(value), unit, "about", kind)
    if mode == "about":
        low, high = value - place / 2, value + place / 2
        return Reading(_plain(value), _plain(low), _plain(min(high, clip)), unit, "about", kind)
    if mode == "under":
        return Reading(_plain(value), 0, _plain(value), unit, "under", kind)
    decimals = -min(0, int(printed.as_tuple().exponent))
    if kind == "rate" or decimals or scale > 1:
        half = Decimal(1).scaleb(-decimals) * scale / 2
        low, high = value - half, value + half
        if kind == "rate" and not growth:
            low, high = max(low, Decimal(0)), min(high, max(clip, value))
        return Reading(_plain(value), _plain(low), _plain(high), unit, "exact", kind)
    return Reading(_plain(value), _plain(value), _plain(value), unit, "exact", kind)
