"""Since when a law is in force: 《法律援助法》实施以来 is a time, where its year is known.

The year is that of ``data/laws_in_force.csv`` (the version in force, by its own closing article), or what the text says
itself: 《法律援助法》实施三周年 in a report of 2025 gives 2022.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from fazhi_analysis.catalogue.data_files import data_rows
from fazhi_analysis.extracting.figures.times.period_notation import DIGITS

_LAW = r"《?(?:中华人民共和国)?(?P<law>[\u4e00-\u9fff]{1,24}?(?:法典|法(?!典)|条例))》?(?:[（(][^（）()]{1,6}[）)])?"
_FORCE = "(?:正式|颁布|公布|修订|修改|出台)*(?:施行|实施)"
_SINCE = re.compile(rf"(?:新修[订改]的?|新)?{_LAW}{_FORCE}(?:以来|至今)")
_YEARS = re.compile(rf"{_LAW}{_FORCE}(?P<n>[一二两三四五六七八九十]|\d{{1,2}})周年")
_LONGEST = 48  # characters from the name of a law to 周年
_SPELL = re.compile(r"近?(?P<n>[一二两三四五六七八九十]|\d{1,2})年多?(?:来|以来|间)")


@cache
def _years_in_force() -> Mapping[str, int]:
    return {row["law"]: int(row["since"][:4]) for row in data_rows("extracting/data/laws_in_force.csv")}


def anniversaries(text: str, year: int | None) -> dict[str, int]:
    """Laws of whose anniversary a text of this year tells, with the year in which they came into force.

    >>> anniversaries("《云汀湖保护条例》施行三周年之际", 2025), anniversaries("施行三周年", 2025)
    ({'云汀湖保护条例': 2022}, {})
    """
    if year is None or "周年" not in text:
        return {}
    told = {}
    for at in re.finditer("周年", text):
        for found in _YEARS.finditer(text, max(0, at.start() - _LONGEST), at.end()):
            told[_name(found["law"])] = year - _number(found["n"])
    return told


def with_years_of_laws(words: str, told: Mapping[str, int], year: int | None) -> str:
    """The words with the year in place of the law since whose coming into force something was done.

    Parameters
    ----------
    words:
        A sentence.
    told:
        Laws of whose anniversary the text tells. Where it is of one, the years that have passed since are the same time
        (三年来 beside 实施三周年).
    year:
        The report's year; a law that is in force since a later one says nothing.

    >>> with_years_of_laws("《法律援助法》实施以来，受理120件", {}, 2024)
    '2022年以来，受理120件'
    >>> with_years_of_laws("三年来，受理120件", {"云汀湖保护条例": 2022}, 2025)
    '2022年以来，受理120件'
    >>> with_years_of_laws("行政复议法实施以来，受理120件", {}, 2022)
    '行政复议法实施以来，受理120件'
    """
    if year is None:
        return words
    if "施行" in words or "实施" in words:
        words = _SINCE.sub(lambda found: _since(found, told, year), words)
    if len(told) == 1:
        (first,) = told.values()
        words = _SPELL.sub(lambda found: f"{first}年以来" if _number(found["n"]) == year - first else found[0], words)
    return words


def _since(found: re.Match[str], told: Mapping[str, int], year: int) -> str:
    law = _name(found["law"])
    known = _years_in_force()
    first = told.get(law) or next((known[name] for name in known if law.endswith(name)), year + 1)
    return f"{first}年以来" if first <= year else found[0]


def _name(printed: str) -> str:
    return printed.removeprefix("中华人民共和国")


def _number(printed: str) -> int:
    return DIGITS.get(printed) or int(printed)
