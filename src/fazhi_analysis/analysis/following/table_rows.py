"""Tables of what became of projects: the name of a row repeats the promise, the next cell has the result.

新增300张养老床位 | 322 | 107%: the number in the name is what was promised, its measure word and its words are those of
the result beside it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from fazhi_analysis.catalogue.units import measure_words

_CELLS = re.compile(r"[|｜\t]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_NUMBER = re.compile(r"[\d.,]+(?P<scale>[万亿]?)(?:余|多|左右|以上)?")


class RowName(NamedTuple):
    """What the name of a row says of the figure beside it: the words before its number, its measure word, the rest."""

    lead: str
    unit: str
    tail: str

    @property
    def text(self) -> str:
        """The name without its number."""
        return f"{self.lead}{self.unit}{self.tail}"


def row_name(text: str, start: int) -> RowName | None:
    """The name of a row that repeats a promise, where a figure is the first cell behind it; None of any other.

    >>> line = "1 | 新增300张养老床位 | 322 | 107%"
    >>> row_name(line, line.index("322"))
    RowName(lead='新增', unit='张', tail='养老床位')
    >>> row_name(line, line.index("107")), row_name("养老床位 | 322", 7)
    (None, None)
    """
    line = text[text.rfind("\n", 0, start) + 1 : start]
    *cells, last = _CELLS.split(line)
    if not cells or last.strip() or _HAN.search(cells[-1]) is None:
        return None
    name = cells[-1].strip()
    numbers = list(_NUMBER.finditer(name))
    if len(numbers) != 1 or numbers[0]["scale"]:  # 3万张: the cell may count in 万 or in ones
        return None
    unit = _unit().match(name, numbers[0].end())
    if unit is None:
        return None
    return RowName(name[: numbers[0].start()], unit.group(), name[unit.end() :])


@cache
def _unit() -> re.Pattern[str]:
    counted = {word.word for word in measure_words() if word.class_ in ("count", "length")}
    return re.compile("|".join(sorted(map(re.escape, counted), key=len, reverse=True)))
