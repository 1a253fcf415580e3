"""Problems that one sentence lists by commas alone: 主要是：转型任务艰巨，创新能力不强，就业压力较大，民生还有短板。

Each clause with a subject of its own and a shortcoming of its own is a problem. A clause without either, one that gives
cause or effect, and what is said of the world around (外部环境严峻) stay with their neighbour.
"""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import clauses
from fazhi_analysis.extracting.statements.entry import BARE

_SHORTCOMING = pattern("(?:<shortcomings>)$")
_CAUSE = pattern("<cause phrases>|受[^，。；]{2,20}(?:影响|制约)|由于|随着|面对|因此|从而|尤其|其中|同时")
_CIRCUMSTANCES = pattern("[^，。；]{0,8}(?:<circumstances>)")
_TO_BE_DONE = pattern("(?:需要|必须|亟待|亟需|有待)(?:我们)?[^，。；]{0,16}(?:解决|改进|克服|应对|问题|正视)")
_CLOSES = re.compile(r"[^，。；]*(?:解决|改进|克服|应对)$")
_SUMMED = pattern("等[^，。；、]{0,8}(?:<lack nouns>|矛盾|现象)")
_MEMBER = re.compile("[^、]+")
# 少数干部懒政怠政, 国际循环存在干扰: who or what, before what is wrong with it.
_SUBJECT = pattern("<subjects of complaints>")
# 政府工作存在不足，…: announces the next ones.
_GENERAL = pattern("<general admissions>")
_LEAST = 3
_SHORTEST = 5
_REACH = 40  # a shortcoming is said in fewer characters, and a text without any mark is one clause


def in_a_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The problems of one sentence: its complaints, where at least three stand in a row; else the sentence as a whole.

    >>> words = "执法力量不足，普法形式单一，办案周期偏长，影响公信力"
    >>> [words[at:stop] for at, stop in in_a_row(words, 0, len(words))]
    ['执法力量不足', '普法形式单一', '办案周期偏长，影响公信力']
    >>> len(in_a_row(words, 0, 13))
    1
    """
    spans = _without_wish(text, clauses(text, start, end))
    if len(spans) == 1:
        return _named_in_a_row(text, start, end)
    complete = sum(_complete(text, *span) for span in spans)
    if complete < _LEAST:
        return [(start, end)]
    mostly = 2 * complete >= len(spans)
    made: list[tuple[int, int]] = []
    waiting: int | None = None
    for at, stop in spans:
        own = _complete(text, at, stop) or (mostly and made and _has_subject(text, at, stop))
        if made and waiting is None and not own and _belongs_before(text, at, stop):
            made[-1] = (made[-1][0], stop)
        elif not own or _GENERAL.fullmatch(text, at, stop):
            waiting = at if waiting is None else waiting
        else:
            made.append((at if waiting is None else waiting, stop))
            waiting = None
    if waiting is not None:  # nothing follows that it could belong to
        made[-1] = (made[-1][0], spans[-1][1])
    return made


def _named_in_a_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Complaints of one clause, joined by 、, where there are at least three and nothing else."""
    spans = [found.span() for found in _MEMBER.finditer(text, start, end)]
    listed = len(spans) >= _LEAST and all(_complete(text, *span) for span in spans)
    listed = listed and _SUMMED.search(text, *spans[-1]) is None  # 甲薄弱、乙滞后、丙不均等矛盾尚未解决 is one
    return spans if listed else [(start, end)]


def _without_wish(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clauses before the one that says these must be mended (…，必须直面问题，切实加以解决)."""
    for number, (at, stop) in enumerate(spans):
        if number >= _LEAST and _TO_BE_DONE.match(text, at, stop) and _CLOSES.match(text, *spans[-1]):
            return spans[:number]
    return spans


def _complete(text: str, start: int, end: int) -> bool:
    """Whether a clause is a complaint by itself, about the place and not the world around it."""
    if end - start < _SHORTEST or BARE.match(text, start) or _CAUSE.match(text, start):
        return False
    return _SHORTCOMING.search(text, max(start, end - _REACH), end) is not None and not _CIRCUMSTANCES.match(
        text, start, end
    )


def _has_subject(text: str, start: int, end: int) -> bool:
    """Whether a clause among complaints has a subject of its own, and says of it what no list of words holds."""
    if end - start < _SHORTEST or BARE.match(text, start) or _CAUSE.match(text, start):
        return False
    return _SUBJECT.match(text, start, end) is not None and not _CIRCUMSTANCES.match(text, start, end)


def _belongs_before(text: str, start: int, end: int) -> bool:
    """Whether a clause goes on with the complaint before it: its effect, an example, or a few words more of it."""
    if _CIRCUMSTANCES.match(text, start, end) or _complete(text, start, end):
        return False
    return BARE.match(text, start) is not None or end - start < _SHORTEST or _CAUSE.match(text, start) is None
