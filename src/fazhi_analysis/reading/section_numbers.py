"""Numbers that open a section, and the 一是/二是 markers of items, as reports print them."""

from __future__ import annotations

import re
from typing import NamedTuple

HAN = "一二三四五六七八九十"
_HAN_VALUES = {char: value for value, char in enumerate(HAN, start=1)}

# Levels in the order in which drafting rules nest them: 第一部分 > 一、 > （一） > 1. > （1） > ①
_MARKER = re.compile(
    rf"(?P<part>第(?:[{HAN}]{{1,3}}|\d{{1,2}})(?:部分|章|篇)[、：:]?)"
    rf"|(?P<han>[{HAN}]{{1,3}}(?:[、.．](?![{HAN}]{{1,2}}[、，产])|[ ](?=[^是，。]{{2,40}}(?:$|\n))))"
    rf"|(?P<han_bracket>[（(〔][ ]?[{HAN}]{{1,3}}[ ]?[）)〕][、.]?)"
    r"|(?P<digit>\d{1,2}(?:[.．](?!\d(?!\d{3}年))|、(?!\d(?!\d{3}年))))"
    r"|(?P<digit_bracket>[（(]\d{1,2}[）)][、.]?)"
    r"|(?P<circle>[①-⑳])"
)
_NOT_NUMERAL = re.compile(rf"[^{HAN}\d]")
_KINDS = ("part", "han", "han_bracket", "digit", "digit_bracket", "circle")
_BLOCK = re.compile(
    rf"[（(]?(?:[{HAN}]{{1,3}}[）)、]|[{HAN}]{{1,3}}是|\d{{1,2}}(?:[）)、]|[.．](?!\d)))|第[{HAN}\d]{{1,3}}(?:部分|章|篇)|第一[，,、是]|首先[，,]|[①-⑳]|附件|——"
)


class Marker(NamedTuple):
    """A section number: ``rank`` in the order of nesting (0 highest), its value, and the printed characters."""

    rank: int
    value: int
    printed: str

    @property
    def key(self) -> str:
        """Number as keys have it: no 、, full-width brackets.

        >>> read_marker("(二) 加强").key, read_marker("六、监督").key
        ('（二）', '六')
        """
        kind = _KINDS[self.rank]
        number = han(self.value) if kind in ("part", "han", "han_bracket") else str(self.value)
        if kind == "part":
            return self.printed.rstrip("、：:")
        return f"（{number}）" if kind.endswith("bracket") else number


def han(value: int) -> str:
    """Chinese numeral of 1..99.

    >>> han(3), han(10), han(12), han(25)
    ('三', '十', '十二', '二十五')
    """
    tens, units = divmod(value, 10)
    return (("" if tens == 1 else HAN[tens - 1]) + "十" if tens else "") + (HAN[units - 1] if units else "")


def han_value(numeral: str) -> int:
    """Value of a Chinese numeral of at most three characters, or 0 when it is none.

    >>> han_value("十二"), han_value("二十"), han_value("三十五"), han_value("一二")
    (12, 20, 35, 0)
    """
    if len(numeral) == 1:
        return _HAN_VALUES.get(numeral, 0)
    before, ten, after = numeral.partition("十")
    if not ten or len(before) > 1 or len(after) > 1 or "十" in after:
        return 0
    return _HAN_VALUES.get(before, 1) * 10 + (_HAN_VALUES.get(after, 0))


def arabic(number: str) -> str:
    """A section number or a key in arabic digits for English sentences; what is no number stays.

    >>> arabic("六/（二）"), arabic("（十一）"), arabic("三是"), arabic("12"), arabic("preamble")
    ('6 (2)', '(11)', '3', '12', 'preamble')
    """
    parts = []
    for part in number.split("/"):
        bare = part.strip("（）()、.． ").removesuffix("是")
        digits = str(han_value(bare) or bare)
        parts.append(f"({digits})" if part[:1] in ("（", "(") else digits)
    return " ".join(parts)


def read_marker(text: str, at: int = 0) -> Marker | None:
    """The section number that opens ``text`` at ``at``, or None.

    >>> read_marker("（十一）强化监督")
    Marker(rank=2, value=11, printed='（十一）')
    >>> read_marker("一、二、三产业") is None, read_marker("3.5亿元") is None
    (True, True)
    """
    match = _MARKER.match(text, at)
    if match is None:
        return None
    kind = match.lastgroup or ""
    printed = match.group()
    if kind == "circle":
        value = ord(printed) - ord("①") + 1
    else:
        digits = _NOT_NUMERAL.sub("", printed)
        value = int(digits) if digits.isdigit() else han_value(digits)
    return Marker(_KINDS.index(kind), value, printed) if value else None


def starts_block(line: str) -> bool:
    """Whether a line opens with something that begins a paragraph: a section number, 一是, 附件, ——.

    >>> starts_block("二是加强监督"), starts_block("(二) 监督"), starts_block("法5次，")
    (True, True, False)
    """
    return _BLOCK.match(line) is not None
