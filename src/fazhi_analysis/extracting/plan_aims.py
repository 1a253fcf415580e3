"""Plans without a heading: a document whose title says that it lists what is planned, and a sentence that gives aims.

News of a session and lists of projects have no section on what comes next: the whole document is one
(2024年为民办实事项目公布), or one sentence of it (今年的主要预期目标是：…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.plan_headings import names_report

_YEAR = re.compile(r"20\d\d")
_LISTS = pattern("<plan openings>|实事|(?:项目|任务|责任|目标)清单|(?:责任|任务|目标|工作)分[解工]|工作要点")
_NEWS = re.compile("今年|明年|公布|发布|公示|清单|分[解工]|要点|出炉|敲定|来了|要")
# A headline with a rate is news of one aim, no name of a list.
_REPORTS_ON = pattern(r"\d%|<results>|情况|完成|进展|落实|回顾|总结|成效|成绩|答卷|盘点|收官|兑现|办结|见效")
_ANNOUNCED = ("目标", "实事")
_CLAUSE_BEGINS = "，。；：！\n"
_AIMS = re.compile(
    rf"(?P<lead>[^{_CLAUSE_BEGINS}]{{0,40}}?(?:"
    r"(?:预期|增长|发展|主要|奋斗)目标(?:(?:被|拟|初步)?(?:设定|确定|拟定|安排|定|设)?[是为在]|：)"
    r"|预期(?:增长)?目标(?=[^，。；：\n\d]{0,10}\d)"
    r"|[\d一二三四五六七八九十]+[件项个](?:重点)?(?:民生)?实事(?:项目)?(?:分别)?(?:[是为]|包括|：)))"
)
# 高于年初预期目标0.5个百分点, 去年预期目标为5%: no aim of a time to come.
_OF_RESULTS = re.compile(
    "去年|上年|年初|完成|实现了|达到|符合|[高低好快慢优]于|超[过出额]|接近|[比较与和同]预期|确定的预期"
)


_REACH = 800  # characters of a sentence that gives aims
_LONGEST_LEAD = 60  # characters of a clause up to the word for aims


class Aims(NamedTuple):
    """A sentence that gives aims, in offsets of the text; ``words`` are those that announce them."""

    start: int
    end: int
    words: str


def lists_plans(title: str, year: int | None) -> bool:
    """Whether a title says that its document lists what is planned; ``year`` is the year of the report.

    >>> titles = "2024年云汀县为民办实事项目公布", "2024年云汀县为民办实事项目完成情况", "今年云汀县要办的民生实事"
    >>> [lists_plans(title, 2023) for title in titles]
    [True, False, True]
    >>> lists_plans("2023年云汀县为民办实事项目公布", 2023), lists_plans("2024年云汀县政府工作报告", 2023)
    (False, False)
    """
    if _LISTS.search(title) is None or names_report(title) or _REPORTS_ON.search(title):
        return False
    years = [int(found) for found in _YEAR.findall(title)]
    return (year is not None and max(years) > year) if years else _NEWS.search(title) is not None


def announced_aims(text: str, stop: int, year: int | None) -> Iterator[Aims]:
    """Sentences that announce aims of a year after the report's, or of no year, in text order.

    >>> text = "报告提出，今年主要预期目标是：生产总值增长6%，粮食产量45万吨。生产总值增长7%，高于预期目标1个百分点。"
    >>> [text[aims.start : aims.end] for aims in announced_aims(text, len(text), 2023)]
    ['今年主要预期目标是：生产总值增长6%，粮食产量45万吨。']
    """
    for clause in _clauses_with(_ANNOUNCED, text, stop):
        match = _AIMS.match(text, clause, stop)
        if match is None:
            continue
        lead = match["lead"]
        named = max((int(found) for found in _YEAR.findall(lead)), default=0)
        if _OF_RESULTS.search(lead) or (named and (year is None or named <= year)):
            continue
        reach = min(stop, match.end() + _REACH)
        ends = [place + 1 for mark in "。\n" if (place := text.find(mark, match.end(), reach)) >= 0]
        # 2024年主要预期目标是…，2023年增长5%: what a year before did is no aim.
        past = (found for found in _YEAR.finditer(text, match.end(), reach) if year and int(found[0]) <= year)
        ends += [found.start() for found in past]
        yield Aims(match.start("lead"), min(ends, default=reach), lead)


def _clauses_with(words: tuple[str, ...], text: str, stop: int) -> list[int]:
    """Where the clauses begin that hold one of these words, in text order: few do, and a word is found fast.

    >>> _clauses_with(("目标",), "报告提出，主要目标是：增长6%，高于目标。", 20)
    [5, 16]
    """
    found = set()
    for word in words:
        place = text.find(word, 0, stop)
        while place >= 0:
            found.add(1 + max(text.rfind(mark, max(0, place - _LONGEST_LEAD), place) for mark in _CLAUSE_BEGINS))
            place = text.find(word, place + len(word), stop)
    return sorted(found)
