"""The grammar of numerals: how a number is printed, what it is worth, and how finely it was printed.

Arabic digits with separators and decimals (1,204  12,3456  97.06), Chinese numerals in everyday and in capital
characters (二千八百零六, 廿三, 叁佰元), positional digits (二〇二三), spoken decimals (九十九点五), and all of them
mixed with the scales 十 百 千 万 亿 (3万4000, 1亿3千万, 三点五万). Arithmetic is decimal, so that 97.06 stays 97.06.

Reading is total: what is no number, or one larger than any amount of a report, is None.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_PLAIN_DIGITS = "一二三四五六七八九"
_CAPITALS = {
    **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)),
    "廿": "二十",
    "卅": "三十",
    "卌": "四十",
    "〇": "零",
    "○": "零",
    "w": "万",
    "W": "万",
}
_COMMON = str.maketrans(_CAPITALS)
DIGITS = {char: value for value, char in enumerate("零" + _PLAIN_DIGITS)} | {"两": 2}
SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
MYRIADS = {"亿": Decimal(10**8), "万": Decimal(10**4)}

# Groups of three digits, or of four as 万 counts; without separators any number of digits.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,4}(?:,[0-9]{4})+(?![0-9])|[0-9]+)"
    r"(?:\.[0-9]+)?"
)
_TENS = r"[百千](?![瓦克米伏分])"
_SCALE = rf"(?:万亿|[十百千]?[万亿]|{_TENS}|[wW](?=[+\u4e00-\u9fff]))"
# 3万4000, 1亿3千万, 2千零30万; after the last scale at most four digits, and none that begin a date.
SCALED = (
    rf"{_SCALE}(?:零?(?:{ARABIC}|[{_PLAIN_DIGITS}两]){_SCALE})*"
    rf"(?:零?(?:(?<!百)(?<!千)[0-9]{{3,4}}|(?<=百)[0-9]{{1,2}}|(?<=[千零])[0-9]{{1,3}})(?![0-9,.%]|年|月|日))?"
)
_SPOKEN = r"点[零〇一二三四五六七八九]{1,4}[十百千]?[万亿]?"
CHINESE = (
    rf"(?:(?<![数几])[{_PLAIN_DIGITS}两十百千廿卅][零〇{_PLAIN_DIGITS}两十百千万亿廿卅]{{0,20}}(?:{_SPOKEN})?"
    rf"|[零〇]{_SPOKEN}|[零〇](?=成)|(?<![数几])[万亿](?=[余多])"
    r"|(?<![队收大捡])(?=[壹贰叁肆柒捌玖]|[伍陆拾佰仟](?:[壹贰叁肆伍陆柒捌玖拾佰仟万亿]|元整|元(?![\u4e00-\u9fff])))[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,24})"
)

_ATOM = re.compile(rf"(?:(?P<arabic>{ARABIC})|(?P<digit>[零{_PLAIN_DIGITS}两]))?(?P<scale>[十百千])?")
_ADJACENT = re.compile(rf"(.*?)([{_PLAIN_DIGITS}两])([{_PLAIN_DIGITS}两])([十百千万亿]*)")
_FRACTION = re.compile(rf"([零{_PLAIN_DIGITS}]+)([十百千万亿]*)")
_TRAILING_SCALE = re.compile("[十百千万亿]+$")
_ONE = Decimal(1)
_LONGEST = 24  # printed characters; longer runs of digits are codes, not amounts
LARGEST = 10**15  # no report counts as far: larger numbers are codes or slips, and a float no longer holds them


class Numeral(NamedTuple):
    """A printed number.

    ``value`` is exact. ``step`` is the place value of the last printed place (97.06 -> 0.01, 270万 -> 10000).
    ``rounded`` tells that decimals were printed, or a scale after Arabic digits, so that the number stands for others.
    """

    value: Decimal
    step: Decimal
    rounded: bool

    @property
    def last_place(self) -> Decimal:
        """Place value of the last non-zero digit (2500 -> 100, 3.28万 -> 100, 99.5 -> 0.1); 1 for zero."""
        if not self.value:
            return _ONE
        return _ONE.scaleb(int(self.value.normalize().as_tuple().exponent))

    def times(self, factor: Decimal) -> Numeral:
        """The number counted in a larger unit: 八成 is 80 %."""
        return Numeral(_tidy(self.value * factor), _tidy(self.step * factor), self.rounded)

    def plus(self, more: Decimal, step: Decimal) -> Numeral:
        """The number and what is printed behind its unit: 两天半, 八成五, 3元5角."""
        return Numeral(_tidy(self.value + more), step, True)

    def negative(self) -> Numeral:
        """The number below zero."""
        return self._replace(value=-self.value)


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Numeral | None:
    """Numeral that ``text`` is, or None when it is none, or is beyond ``LARGEST``. Spaces are ignored.

    >>> parse_numeral("1,100.9亿").value, parse_numeral("二千八百零六").value, parse_numeral("二〇二三").value
    (Decimal('110090000000'), Decimal('2806'), Decimal('2023'))
    >>> parse_numeral("3.28万")
    Numeral(value=Decimal('32800'), step=Decimal('100'), rounded=True)
    >>> [str(parse_numeral(text).value) for text in ("1亿3千万", "3万4000", "三点五万", "零点五", "廿三", "伍仟", "半")]
    ['130000000', '34000', '35000', '0.5', '23', '5000', '0.5']
    >>> parse_numeral("件") is None, parse_numeral("五千万亿亿亿亿") is None
    (True, True)
    """
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return Numeral(Decimal(text), _ONE, False) if len(text) <= 15 else None
    text = "".join(text.split()).translate(_COMMON)
    if text == "半":
        return Numeral(Decimal("0.5"), Decimal("0.1"), True)
    whole, point, fraction = text.partition("点")
    if point:
        found = _with_fraction(whole, fraction)
    elif len(text) > 1 and all(char in DIGITS for char in text):
        found = Numeral(Decimal("".join(str(DIGITS[char]) for char in text)), _ONE, False)
    else:
        found = _by_scale(text)
    return (
        None
        if found is None or found.value >= LARGEST
        else Numeral(_tidy(found.value), _tidy(found.step), found.rounded)
    )


def parse_range(low: str, high: str) -> tuple[Numeral, Numeral] | None:
    """Both ends of a range; a scale printed once, after the upper end, holds for both. None when it does not rise.

    >>> [[str(end.value) for end in parse_range(*ends)] for ends in (("三", "四百"), ("5", "8万"), ("五", "二十"))]
    [['300', '400'], ['50000', '80000'], ['5', '20']]
    >>> [[str(end.value) for end in parse_range(*ends)] for ends in (("8千", "1万"), ("2000", "5万"), ("1万", "3亿"))]
    [['8000', '10000'], ['2000', '50000'], ['10000', '300000000']]
    >>> parse_range("5", "3") is None
    True
    """
    upper, lower = parse_numeral(high), parse_numeral(low)
    if upper is None or lower is None:
        return None
    shared = _TRAILING_SCALE.search(high)
    for cut in range(len(shared.group()) if shared else 0):
        scaled = parse_numeral(low + high[shared.start() + cut :]) if shared else None
        if scaled is not None and scaled.value < upper.value:
            return scaled, upper
    return (lower, upper) if lower.value < upper.value else None


@lru_cache(maxsize=1024)
def parse_adjacent(text: str) -> tuple[Numeral, Numeral] | None:
    """Both ends of a number given by two digits side by side: 七八十, 一百五六十, 三五个, 三四万.

    >>> [[str(end.value) for end in parse_adjacent(text)] for text in ("七八十", "一百五六十", "三五", "十七八")]
    [['70', '80'], ['150', '160'], ['3', '5'], ['17', '18']]
    >>> parse_adjacent("三三"), parse_adjacent("九十"), parse_adjacent("一三")
    (None, None, None)
    """
    match = _ADJACENT.fullmatch(text)
    if match is None:
        return None
    before, first, second, scale = match.groups()
    apart = DIGITS[second] - DIGITS[first]
    if apart != 1 and not (first == "三" and second == "五"):
        return None
    if before and before[-1] not in "十百千万亿":
        return None
    low, high = parse_numeral(before + first + scale), parse_numeral(before + second + scale)
    return None if low is None or high is None else (low, high)


def _tidy(value: Decimal) -> Decimal:
    """Without decimals that say nothing: 240000000.0 is 240000000."""
    return value.quantize(_ONE) if value == value.to_integral_value() else value


def _with_fraction(whole: str, fraction: str) -> Numeral | None:
    """九十九点五, 三点五万: whole part by rule, decimals digit by digit, then a scale."""
    before = parse_numeral(whole) if whole else None
    match = _FRACTION.fullmatch(fraction)
    if before is None or match is None or before.rounded:
        return None
    digits, scale = match.groups()
    step = _ONE.scaleb(-len(digits))
    number = Numeral(before.value + int("".join(str(DIGITS[char]) for char in digits)) * step, step, True)
    factor = _by_scale("一" + scale) if scale else None
    if scale:
        return number.times(factor.value) if factor else None
    return number


def _by_scale(text: str) -> Numeral | None:
    """A number below 亿 or 万 is multiplied, what follows the scale is added: (1万)亿, (1)亿(2000)万."""
    for char, scale in MYRIADS.items():
        left, found, right = text.rpartition(char)
        if found:
            many = _by_scale(left) if left else Numeral(_ONE, _ONE, False)
            if many is None or many.value * scale >= LARGEST:
                return None
            return _scaled(many, scale, left, right)
    return _section(text)


def _scaled(many: Numeral, scale: Decimal, left: str, right: str) -> Numeral | None:
    """``many`` times ``scale``, and what stands after the scale."""
    if not right:
        arabic = many.rounded or left[-1:].isdigit()
        return Numeral(many.value * scale, many.step * scale if arabic else _ONE, arabic)
    rest = _by_scale(right)
    if rest is None or rest.value >= scale or many.value != many.value.to_integral_value():
        return None
    if len(right) == 1 and left:
        rest = Numeral(rest.value * scale / 10, _ONE, False)  # 三万二 is 32000
    return Numeral(many.value * scale + rest.value, rest.step, many.rounded or rest.rounded)


def _section(text: str) -> Numeral | None:
    """A number below 10,000 in Chinese, or Arabic digits of any size, with 十, 百 and 千 between them."""
    total, last, at = Decimal(0), Decimal(10**4), 0
    step, rounded = _ONE, False
    while at < len(text):
        match = _ATOM.match(text, at)
        if match is None or match.end() == at:
            return None
        printed, digit, scale = match.group(), _ONE, SCALES.get(match["scale"] or "", _ONE)
        if match["arabic"]:
            plain = match["arabic"].replace(",", "")
            digit = Decimal(plain)
            step = _ONE.scaleb(-len(plain.partition(".")[2])) * scale
            rounded = step != 1
            if at and (digit * scale >= last or "." in plain):
                return None
        elif match["digit"]:
            digit, step, rounded = Decimal(DIGITS[match["digit"]]), _ONE, False
        if printed == "零" and match.end() < len(text):
            at = match.end()  # 一百零五: a zero says that a place is skipped
            continue
        if scale >= last:
            return None
        bare = match["digit"] and not match["scale"] and match.end() == len(text)
        if bare and at and last >= 100 and text[at - 1] in SCALES:
            scale = last / 10  # 一百五 is 150
        total, last = total + digit * scale, scale
        at = match.end()
    return Numeral(total, step, rounded) if text else None
