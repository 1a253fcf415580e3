"""Which years a figure covers beside the year of its report: a target for 2025, a sum of three years.

A promise for a later year is not yet due, and what three years made together says nothing of one of them.
"""

from __future__ import annotations

import re
from typing import Final

_HORIZON = re.compile(
    r"(?:到|至)(?P<year>20\d\d)年(?!度?第?[一二三四]季)|(?P<by>20\d\d)年(?:底|末)?(?:之?前|以前)"
    r"|(?P<plan>(?:未来|今后)[三四五两]年|“十[三四五六]五”(?:期间|时期|末))"
)
_THIS_YEAR = re.compile(r"今年|年内|全年|明年|本年|(?<![到至])20\d\d年(?!(?:底|末)?(?:之?前|以前))")
_YEARS = re.compile(
    r"(?:[两二三四五六七八九十]|\d{1,2})年(?:来|间|累计|共)|(?:任期|换届|建[区市县旗])以来|“十[一二三四五]五”(?:期间|时期|以来)"
    r"|[两三四五]年行动[^。；]{0,12}(?:完成|收官)[^。；\d]{0,6}[，,]?(?:共|累计)"
)
_REACH: Final = 300  # characters of a paragraph that a year rules over
FAR_AHEAD: Final = 9999
"""The year of a target for the years to come that names none (今后五年)."""


def horizon(text: str, start: int) -> int:
    """The year by which a figure at a place is promised, 0 where its paragraph names none, or names the year itself
    between.

    >>> words = "到2025年，建成公园60个。新增学位3万个。今年新建公园5个。"
    >>> [horizon(words, words.index(number)) for number in ("60", "3万", "5个")]
    [2025, 2025, 0]
    """
    low = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    last = next(iter(list(_HORIZON.finditer(text, low, start))[-1:]), None)
    if last is None or _THIS_YEAR.search(text, last.end(), start):
        return 0
    return FAR_AHEAD if last["plan"] else int(last["year"] or last["by"])


def covers_years(text: str, start: int) -> bool:
    """Whether the sentence of a figure says that it is a sum of several years.

    >>> words = "五年来新建学校12所。三年行动已经完成，共建成道路90条。新建公园3个。"
    >>> [covers_years(words, words.index(number)) for number in ("12", "90", "3个")]
    [True, True, False]
    """
    low = max(text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
    return _YEARS.search(text, low, start) is not None
