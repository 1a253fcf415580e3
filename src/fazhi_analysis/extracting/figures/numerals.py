"""Numerals: the value of a printed number, and how finely it was printed.

Arabic digits with thousands separators and decimals, Chinese numerals, positional Chinese digits (二〇二三), and both
mixed with the scales 百 千 万 亿. Arithmetic is decimal, so that 99.04 stays 99.04.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
MYRIADS = {"亿": Decimal(10**8), "万": Decimal(10**4)}

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SECTION = re.compile(rf"(?:(?P<arabic>{ARABIC})|(?P<digit>[零〇一二两三四五六七八九]))?(?P<scale>[十百千])?")
_ONE = Decimal(1)
_LONGEST = 24  # printed characters; longer runs of digits are codes, not amounts


class Numeral(NamedTuple):
    """A printed number.

    ``value`` is exact. ``step`` is the place value of the last printed place (99.04 -> 0.01, 190万 -> 10000).
    ``rounded`` tells that decimals were printed, or a scale after Arabic digits, so that the number stands for others.
    """

    value: Decimal
    step: Decimal
    rounded: bool

    @property
    def last_place(self) -> Decimal:
        """Place value of the last non-zero digit (2500 -> 100, 4.46万 -> 100, 99.5 -> 0.1); 1 for zero."""
        if not self.value:
            return _ONE
        return _ONE.scaleb(int(self.value.normalize().as_tuple().exponent))


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Numeral | None:
    """Numeral that ``text`` is, or None when it is none (or longer than any amount). Spaces are ignored.

    >>> parse_numeral("1,100.9亿").value, parse_numeral("三千五百零二").value, parse_numeral("二〇二三").value
    (Decimal('110090000000'), Decimal('3502'), Decimal('2023'))
    >>> parse_numeral("4.46万")
    Numeral(value=Decimal('44600'), step=Decimal('100'), rounded=True)
    >>> parse_numeral("1亿2000万").value, parse_numeral("九十九点五").value
    (Decimal('120000000'), Decimal('99.5'))
    >>> parse_numeral("件") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return Numeral(Decimal(text), _ONE, False)
    text = "".join(text.split())
    whole, point, fraction = text.partition("点")
    if not text:
        return None
    if point:
        found = _with_fraction(whole, fraction)
    elif len(text) > 1 and all(char in DIGITS for char in text):
        found = Numeral(Decimal("".join(str(DIGITS[char]) for char in text)), _ONE, False)
    else:
        found = _by_scale(text)
    return found and Numeral(_tidy(found.value), _tidy(found.step), found.rounded)


def _tidy(value: Decimal) -> Decimal:
    """Without decimals that say nothing: 240000000.0 is 240000000."""
    return value.quantize(_ONE) if value == value.to_integral_value() else value


def _with_fraction(whole: str, fraction: str) -> Numeral | None:
    """九十九点五: whole part by rule, decimals digit by digit."""
    before = parse_numeral(whole) if whole else None
    if before is None or not fraction or any(char not in DIGITS for char in fraction):
        return None
    step = _ONE.scaleb(-len(fraction))
    return Numeral(before.value + int("".join(str(DIGITS[char]) for char in fraction)) * step, step, True)


def _by_scale(text: str) -> Numeral | None:
    """A number below 亿 or 万 is multiplied, what follows the scale is added: (1万)亿, (1)亿(2000)万."""
    for char, scale in MYRIADS.items():
        left, found, right = text.rpartition(char)
        if not found:
            continue
        many = _by_scale(left) if left else Numeral(_ONE, _ONE, False)
        if many is None:
            return None
        if not right:
            arabic = many.rounded or left[-1:].isdigit()
            return Numeral(many.value * scale, many.step * scale if arabic else _ONE, arabic)
        rest = _by_scale(right)
        if rest is None or rest.value >= scale:
            return None
        if len(right) == 1 and right in DIGITS and left:
            rest = Numeral(rest.value * scale / 10, _ONE, False)  # 三万二 is 32000
        return Numeral(many.value * scale + rest.value, rest.step, many.rounded or rest.rounded)
    return _section(text)


def _section(text: str) -> Numeral | None:
    """A number below 10,000 in Chinese, or Arabic digits of any size with 百 or 千 after them."""
    total, last, at = Decimal(0), Decimal(10**4), 0
    step, rounded = _ONE, False
    while at < len(text):
        match = _SECTION.match(text, at)
        if match is None or match.end() == at or (match["arabic"] and at):
            return None
        digit, scale = _ONE, SCALES.get(match["scale"] or "", _ONE)
        if match["arabic"]:
            plain = match["arabic"].replace(",", "")
            digit = Decimal(plain)
            step = _ONE.scaleb(-len(plain.partition(".")[2])) * scale
            rounded = step != 1
        elif match["digit"]:
            digit = Decimal(DIGITS[match["digit"]])
        if digit == 0 and match["digit"] and not match["scale"] and match.end() < len(text):
            pass  # 一百零五: a zero says that a place is skipped
        elif scale >= last:
            return None
        else:
            bare = match["digit"] and not match["scale"] and match.end() == len(text)
            if bare and at and last >= 100 and text[at - 1] in SCALES:
                scale = last / 10  # 一百五 is 150
            total, last = total + digit * scale, scale
        at = match.end()
    return Numeral(total, step, rounded)
