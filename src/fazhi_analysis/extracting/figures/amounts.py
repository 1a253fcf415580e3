"""One match of the grammar, measured: its number, unit and wording, before anything around it is looked at."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.extracting.figures.grammar import WORDING_AFTER, WORDING_BEFORE
from fazhi_analysis.extracting.figures.numerals import Numeral, parse_numeral
from fazhi_analysis.extracting.figures.units import unit_classes

_ARABIC_PARTS = ("number", "high", "more", "scale", "unit")
_PARTS = ("before", "share", *_ARABIC_PARTS, "after", *(f"chinese_{name}" for name in _ARABIC_PARTS))
_PLACED = re.compile("[十百千万亿点〇零]")
# 至少开展2次: the wording stands before the verb.
_AT_LEAST_SIGN = frozenset("少低")
_AT_LEAST = pattern(r"(<at least ahead>)[^，。；：、\d]{1,8}$")
_SCALED = re.compile(r"(?:[0-9.,，]+|[一二两三四五六七八九十百千]+)(万亿|亿|万)")
_LONG = 6  # digits from which a number printed in full is told from one of unknown scale


class Amount(NamedTuple):
    """A number with unit and wording, at its place in the clean text.

    ``wording`` is what intervals know (exact, over, near, about, least, under, range); ``high`` is the upper end of a
    range; ``unit_class`` is the class of the measure word, empty when there is none; ``chinese`` tells that the number
    is in Chinese numerals; ``digits`` are its characters. ``printed`` are the words that widen and scale it as they are
    printed, with … where the number stands (``超过…``, ``…余``, ``…余万``, ``…万``, ``…以上``), empty for an exact
    number below 100,000 printed in full.
    """

    start: int
    end: int
    numeral: Numeral
    high: Numeral | None
    unit: str
    unit_class: str
    wording: str
    chinese: bool
    digits: str
    printed: str = ""

    def in_cell(self, scale: str, unit: str) -> Amount:
        """The amount with the scale and unit of its table cell, when it prints no unit itself."""
        if self.unit or not unit:
            return self
        factor = read_number(scale or "一")
        assert factor is not None, scale
        times = factor.value
        numeral = Numeral(self.numeral.value * times, self.numeral.step * times, self.numeral.rounded or times > 1)
        head, _, tail = self.printed.partition("…")
        printed = f"{head}…{scale}{tail}" if scale else self.printed
        return self._replace(numeral=numeral, unit=unit, unit_class=unit_class(unit), printed=printed)


class _Printed(NamedTuple):
    """The parts of an ``amount`` match, of either kind of numerals."""

    before: str | None
    digits: str
    high: str | None
    more: str | None
    scale: str
    unit: str
    after: str | None
    chinese: bool


def measure(match: re.Match[str]) -> list[Amount]:
    """Amounts of an ``amount`` match: one, or none when what looks like a number or a range is none (三三两两)."""
    before, share, digits, high, more, scale, unit, after, *chinese = match.group(*_PARTS)
    if share:
        return [_share(match)]
    is_chinese = digits is None
    if is_chinese:
        digits, high, more, scale, unit = chinese
    printed = _Printed(before, digits, high, more, scale or "", unit or "", after, is_chinese)
    found = _numerals(printed)
    amount = _amount(match, printed, *found) if found else None
    return [amount] if amount else []


def _numerals(printed: _Printed) -> tuple[Numeral, Numeral | None] | None:
    """The number and the upper end of its range; None when it is no number (唯一一家, 三三两两)."""
    digits, high_digits, scale = printed.digits, printed.high, printed.scale
    numeral, high = read_number(digits + scale), None
    if high_digits:
        high = read_number(high_digits + scale)
        if numeral and high and not digits.endswith(("万", "亿")) and high_digits[-1] in "万亿":
            numeral = read_number(digits + high_digits[-1]) or numeral
    elif printed.chinese and len(digits) > 1 and not _PLACED.search(digits):
        return _adjacent(digits)  # 三五个 is a range
    return None if numeral is None else (numeral, high)


def _amount(match: re.Match[str], printed: _Printed, numeral: Numeral, high: Numeral | None) -> Amount | None:
    """The amount of a number; None for a range that does not rise."""
    before, digits, high_digits, more, scale, unit, after, chinese = printed
    wording, words = _wording(before, more, after, digits), _printed(before, more, scale, after, digits)
    start, end = match.span("amount")
    lead = match.string[max(0, start - 12) : start]
    at_least = _AT_LEAST.search(lead) if wording == "exact" and _AT_LEAST_SIGN.intersection(lead) else None
    if at_least:
        wording, words = "least", f"{at_least[1]}…{words.partition('…')[2]}"
    unit, name, numeral, high = _in_base_unit(unit, numeral, high)
    if high is not None:
        if high.value <= numeral.value:
            return None
        wording, words = "range", _printed(None, None, "", None, (high_digits or digits) + scale)
    return Amount(start, end, numeral, high, unit, name, wording, chinese, digits, words)


@lru_cache(maxsize=8192)
def read_number(text: str) -> Numeral | None:
    """Numeral of printed characters, with a leading minus or 上 (上千)."""
    plain = text.lstrip("上")
    negative = plain[:1] in "-−"
    numeral = parse_numeral(plain.lstrip("-−"))
    if numeral is None or not negative:
        return numeral
    return Numeral(-numeral.value, numeral.step, numeral.rounded)


def _adjacent(digits: str) -> tuple[Numeral, Numeral] | None:
    """三五个, 两三名: two digits side by side, the second the larger, are a range."""
    if len(digits) != 2:
        return None
    low, high = parse_numeral(digits[0]), parse_numeral(digits[1])
    if (
        low
        and high
        and digits[0] not in "十百千"
        and digits[1] not in "十百千零〇万亿"
        and 0 < high.value - low.value <= 2
    ):
        return low, high
    return None


def _wording(before: str | None, more: str | None, after: str | None, digits: str) -> str:
    if before:
        return WORDING_BEFORE[before]
    if after:
        return WORDING_AFTER[after]
    return "over" if more or digits.startswith("上") else "exact"


def _printed(before: str | None, more: str | None, scale: str, after: str | None, digits: str) -> str:
    """The words around a number, as printed: those that widen it, and its scale (190余万, 1.9万)."""
    head = before or ("上" if digits.startswith("上") else "")
    scaled = None if head == "上" else _SCALED.fullmatch(digits)
    tail = (scaled[1] if scaled else "") + (more or "") + scale + (after or "")
    in_full = len(digits) >= _LONG and digits.isdecimal()
    return f"{head}…{tail}" if head or tail or in_full else ""


def _in_base_unit(unit: str, numeral: Numeral, high: Numeral | None) -> tuple[str, str, Numeral, Numeral | None]:
    """八成 is 80 %, and 元人民币 is 元."""
    if unit == "成":
        ten = Decimal(10)
        high = high and Numeral(high.value * ten, high.step * ten, False)
        return "%", "rate", Numeral(numeral.value * ten, numeral.step * ten, False), high
    unit = {"元人民币": "元", "人民币": "元", "个百分点": "百分点"}.get(unit, unit)
    return unit, unit_class(unit), numeral, high


@cache
def unit_class(unit: str) -> str:
    """Class of a measure word; rates that are no plain measure word included.

    >>> unit_class("倍"), unit_class("件"), unit_class("")
    ('rate', 'count', '')
    """
    if unit == "倍":
        return "rate"
    name = unit_classes().get(unit, "")
    return "count" if name == "digits" else name


def _share(match: re.Match[str]) -> Amount:
    """百分之九十五以上."""
    numeral = parse_numeral(match["share"])
    assert numeral is not None, match["share"]
    unit = "‰" if "千分之" in match["amount"] else "%"
    words = match["before"], match["share_more"], match["after"]
    wording, printed = _wording(*words, ""), _printed(words[0], words[1], "", words[2], "")
    start, end = match.span("amount")
    return Amount(start, end, numeral, None, unit, "rate", wording, True, match["share"], printed)
