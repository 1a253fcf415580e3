"""One match of the grammar, measured: its number, unit and wording, before anything around it is looked at."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.figures.grammar import WORDING_AFTER, WORDING_BEFORE, expression
from fazhi_analysis.extracting.figures.numerals import Numeral, parse_adjacent, parse_numeral, parse_range
from fazhi_analysis.extracting.figures.units import unit_classes
from fazhi_analysis.extracting.quantity_copies import made

_PARTS = (
    "before", "number", "low_unit", "high", "more", "scale", "inner", "unit", "tail", "after",
    "chinese", "chinese_low_unit", "chinese_high", "share",
)  # fmt: skip
_UNIT, _SHARE = _PARTS.index("unit"), _PARTS.index("share")
_PLACED = re.compile("[十百千万亿点〇零廿卅]|[拾佰仟]")
# 至少开展2次, 低于总量的2%: the wording stands before the verb, or before the whole that a share is of.
_AHEAD_SIGN = re.compile("[少低过于足到多]")
_AHEAD = pattern(r"(<at least ahead>|<at most ahead>)[^，。；：、\d]{1,8}$")
_OF_WHOLE = pattern(r"(<of a whole>)[^，。；：、\d]{0,8}<wholes>的$")
_SCALED = re.compile(r"(?:[0-9.,，]*|[一二两三四五六七八九十百千]+)(万亿|亿|万|[wW])")
_SCALE_SIGN = re.compile("[百千万亿点]")
_SCALES = ("万", "亿", "w", "W")
_SIGN = re.compile("-{1,2}|[—–]")
_COINS = re.compile("([^角分零])([角分])")
_COIN_VALUES = {"角": Decimal("0.1"), "分": Decimal("0.01")}
_CURRENCIES = {sign: unit for line in words("currencies before") for sign, unit in [line.split("=")]}
_CURRENCY = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True)))})$")
_CURRENCY_SIGNS = tuple(_CURRENCIES)
_NO_CURRENCY = (None, "", "元", "圆")  # the units that leave it to the words before the number
_MORE_WORDS = ("余", "多")
_SAME_UNIT = {"元人民币": "元", "人民币": "元", "圆": "元", "美金": "美元", "个百分点": "百分点"}
_ONE = Decimal(1)
_LONG = 6  # digits from which a number printed in full is distinguished from one of unknown scale


class Amount(NamedTuple):
    """A number with unit and wording, at its place in the clean text.

    ``wording`` is what intervals know (exact, more, part, over, open, near, about, least, under, range); ``high`` is
    the upper end of a range; ``unit_class`` is the class of the measure word, empty when there is none; ``chinese``
    says that the number is in Chinese numerals; ``digits`` are its characters.
    ``printed`` are the words that widen and scale it as they are printed, with … where the number stands (``超过…``,
    ``…余``, ``…余万``, ``…万``, ``…以上``), empty for an exact number below 100,000 printed in full.
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
        factor = read_number(scale or "一")
        if self.unit or not unit or factor is None:
            return self
        times = factor.value
        numeral = Numeral(self.numeral.value * times, self.numeral.step * times, self.numeral.rounded or times > 1)
        head, _, tail = self.printed.partition("…")
        printed = f"{head}…{scale}{tail}" if scale else self.printed
        return self._replace(numeral=numeral, unit=unit, unit_class=unit_class(unit), printed=printed)


class _Printed(NamedTuple):
    """The parts of an ``amount`` match, those of either kind of numerals in one place."""

    before: str | None
    digits: str
    low_unit: str | None
    high: str | None
    more: str
    scale: str
    inner: str
    unit: str
    tail: str
    after: str | None
    chinese: bool


def measure(match: re.Match[str]) -> Amount | None:
    """Amount of an ``amount`` match; None when what looks like a number or a range is none (三三两两).

    >>> from fazhi_analysis.extracting.figures.grammar import expression
    >>> found = measure(expression().search("123元1角1分"))
    >>> str(found.numeral.value), found.unit
    ('123.11', '元')
    """
    parts = match.group(*_places_of_parts())
    if parts[_SHARE]:
        return _share(match)
    amount = _amount_of(parts)
    if amount is None:
        return None
    start, end = match.span()
    _, _, numeral, high, unit, name, wording, chinese, digits, around = amount
    lead = match.string[start - 24 if start > 24 else 0 : start]
    if wording == "exact" and _AHEAD_SIGN.search(lead):
        wording, around = _ahead(lead, unit, wording, around)
    if parts[_UNIT] in _NO_CURRENCY and lead.endswith(_CURRENCY_SIGNS) and (currency := _CURRENCY.search(lead)):
        unit, name, _ = _in_base_unit(_CURRENCIES[currency.group()])  # 港币5万元 is 港元
    return made(Amount, (start, end, numeral, high, unit, name, wording, chinese, digits, around))


@lru_cache(maxsize=4096)
def _amount_of(parts: tuple[str | None, ...]) -> Amount | None:
    """The amount that these parts of a match are wherever they stand; reports print the same few again and again."""
    before, digits, low_unit, high, more, scale, inner, unit, tail, after, chinese, low, top, _ = parts
    if digits is None:
        digits, low_unit, high = chinese or "", low, top
    printed = _Printed(
        before,
        digits,
        low_unit,
        high,
        more or "",
        scale or "",
        inner or "",
        unit or "",
        tail or "",
        after,
        bool(chinese),
    )
    found = _numerals(printed)
    return _amount(printed, *found) if found else None


@cache
def _places_of_parts() -> tuple[int, ...]:
    """Which groups of the grammar the parts are: a group costs half as much by its number as by its name."""
    return tuple(expression().groupindex[part] for part in _PARTS)


def _numerals(printed: _Printed) -> tuple[Numeral, Numeral | None] | None:
    """The number and the upper end of its range; None when it is no number (唯一一家, 三三两两)."""
    digits, scale = printed.digits, printed.scale
    if printed.high:
        return _ends(printed, printed.high + scale)
    if printed.chinese and len(digits) > 1:
        if adjacent := parse_adjacent(digits + scale):
            return adjacent  # 三五个, 二三十起
        if not _PLACED.search(digits):
            return None
        if not printed.unit and not _SCALE_SIGN.search(digits):
            return None
    elif printed.chinese and not printed.unit:
        return None
    numeral = read_number(digits + scale)
    return None if numeral is None else (numeral, None)


def _ends(printed: _Printed, high: str) -> tuple[Numeral, Numeral] | None:
    """Both ends of a range: 三至四百 shares its scale, 2万元至3万元 does not."""
    if printed.low_unit and printed.low_unit not in ("%", "成"):
        low, top = parse_numeral(printed.digits), parse_numeral(high)
        return (low, top) if low and top and low.value < top.value else None
    return parse_range(printed.digits, high)


def _amount(printed: _Printed, numeral: Numeral, high: Numeral | None) -> Amount:
    """The amount of a number, with what is printed behind its unit and what the words at it allow."""
    wording, around = _wording(printed), _printed_words(printed)
    unit, numeral = _behind(printed, numeral)
    unit, name, factor = _in_base_unit(unit)
    if factor != 1:
        numeral, high = numeral.times(factor), high and high.times(factor)
    if high is not None:
        wording, around = "range", f"…{_last_scale((printed.high or printed.digits) + printed.scale)}"
        around = around if len(around) > 1 else ""
    return Amount(0, 0, numeral, high, unit, name, wording, printed.chinese, printed.digits, around)


@lru_cache(maxsize=8192)
def read_number(text: str) -> Numeral | None:
    """Numeral of printed characters, with a leading minus or 上 (上千)."""
    plain = text.lstrip("上")
    sign = _SIGN.match(plain)
    numeral = parse_numeral(plain[sign.end() :] if sign else plain)
    return numeral.negative() if numeral and sign else numeral


def _wording(printed: _Printed) -> str:
    """What the words around a number say of it, those that stand before it first."""
    if printed.before:
        return WORDING_BEFORE[printed.before]
    if printed.after:
        return WORDING_AFTER[printed.after]
    if printed.inner in _MORE_WORDS or printed.tail in _MORE_WORDS:
        return "part"
    return "more" if printed.more or printed.digits.startswith("上") else "exact"


def _ahead(lead: str, unit: str, wording: str, around: str) -> tuple[str, str]:
    """The wording that stands before the verb (至少开展2次) or before a whole (低于总量的2%)."""
    found = _AHEAD.search(lead) or (_OF_WHOLE.search(lead) if unit == "%" else None)
    if found is None:
        return wording, around
    return WORDING_BEFORE[found[1]], f"{found[1]}…{around.partition('…')[2]}"


def _printed_words(printed: _Printed) -> str:
    """The words around a number, as printed: those that widen it, and its scale (190余万, 1.9万)."""
    digits = printed.digits
    head = printed.before or ("上" if digits.startswith("上") else "")
    scaled = _SCALED.fullmatch(digits) if digits.endswith(_SCALES) and head != "上" else None
    behind = printed.inner if printed.inner in _MORE_WORDS else printed.tail if printed.tail in _MORE_WORDS else ""
    tail = (_scale_of(scaled[1]) if scaled else "") + printed.more + printed.scale + behind + (printed.after or "")
    in_full = len(digits) >= _LONG and digits.isdecimal()
    return f"{head}…{tail}" if head or tail or in_full else ""


def _last_scale(digits: str) -> str:
    """万 or 亿 with which the upper end of a range is printed."""
    scaled = _SCALED.fullmatch(digits)
    return _scale_of(scaled[1]) if scaled else ""


def _scale_of(printed: str) -> str:
    """10w is 10万."""
    return "万" if printed in "wW" else printed


def _behind(printed: _Printed, numeral: Numeral) -> tuple[str, Numeral]:
    """Unit and number with what is printed behind the unit: 两天半, 八成五, 1个半小时, 3元5角."""
    unit, tail = printed.unit, printed.tail
    if printed.inner:
        unit = {"月": "个月", "季度": "个季度", "星期": "个星期"}.get(unit, unit)
        tail = printed.inner
    if tail == "半":
        numeral = numeral.plus(Decimal("0.5"), Decimal("0.1"))
    elif len(tail) == 1 and (tenths := parse_numeral(tail)):
        numeral = numeral.plus(tenths.value / 10, Decimal("0.1"))
    elif tail:
        for digit, coin in _COINS.findall(tail):
            coins = parse_numeral(digit)
            numeral = numeral.plus(coins.value * _COIN_VALUES[coin], _COIN_VALUES[coin]) if coins else numeral
    return unit, numeral


def _in_base_unit(unit: str) -> tuple[str, str, Decimal]:
    """Unit, its class and the factor to it: 八成 is 80 %, and 元人民币 is 元."""
    if unit == "成":
        return "%", "rate", Decimal(10)
    unit = _SAME_UNIT.get(unit, unit)
    return unit, unit_class(unit), _ONE


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


def _share(match: re.Match[str]) -> Amount | None:
    """百分之九十五以上; None for 百分之百百."""
    numeral = parse_numeral(match["share"])
    if numeral is None:
        return None
    unit = "‰" if "千分之" in match["amount"] else "%"
    printed = _Printed(
        match["before"], match["share"], None, None, match["share_more"] or "", "", "", unit, "", match["after"], True
    )
    start, end = match.span("amount")
    around = _printed_words(printed._replace(digits=""))
    return Amount(start, end, numeral, None, unit, "rate", _wording(printed), True, match["share"], around)
