"""On which one occasion the events were held that a figure counts: a part of the events of a year.

民法典宣传月期间，普法活动36场次 are those of one month, whatever clause names it; several occasions
(宪法宣传周、民法典宣传月等) are as good as none, and what a clause sums up over the year
(全年、累计) is of no occasion before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.event_names import Span, named_spans
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.extracting.linking.unexplained_words import is_idle

_AMONG_OTHERS = re.compile(r"[、和及与]|等(?!级)")
_CAMPAIGN = pattern("<campaigns>")
_DAY = pattern(
    "(?:<occasion openers>)?((?:[\u4e00-\u9fff]|\\d{1,2}[·.]\\d{1,2}){1,14}?(?<!<no named time>)[日周月季])"
    "(?=<of an occasion>)"
)
_HELD = pattern(".*(?:<occasions held>)(?=..)")
_DRIVE = pattern("(?:<kinds of drives>)(?:<drives>)")
# 燃气安全专项整治行动; 专项整治行动 alone may be all of them.
_ACTION = pattern("([\u4e00-\u9fff]{2,16}?)(?:<actions>)")
_SEVERAL = pattern("、|等(?!级)|<several occasions of a year>")
_SUMMED = pattern("(?:^|[，；。])(?:<sums of a year>)")
# Names of indicators whose figures an occasion of publicity, or a drive of enforcement, makes a part.
_OF_PUBLICITY = ("普法", "法律咨询")
_OF_ENFORCEMENT = ("处罚案件", "罚没", "行政检查", "移送司法", "联合执法", "行政强制")
_GOES_ON = pattern("(?:<same occasion>)")
_WITHOUT_END = re.compile("[六七八九十]进")
_LAW = pattern("(宪法|民法典|《[^《》]{2,24}》|[\u4e00-\u9fff]{2,12}条例)(?:<what is told of a law>)")
_LAW_DRIVE = re.compile("(《[^《》\n]{2,24}》)(?:集中|专题|主题|学习|普法|宣传|宣贯)+活动")
_SENTENCES = 2  # that an occasion holds for after its own
_AFTER = 6  # characters after a name in which 等 says that there are others


class _Named(NamedTuple):
    """An occasion as printed and its place; ``drives`` says that it is one of enforcement."""

    name: str
    start: int
    end: int
    drives: bool = False


def campaign_of(own: str) -> str:
    """The named campaign whose events a figure counts, a part of all events; empty where others are counted as well.

    >>> campaign_of("开展法律六进活动"), campaign_of("开展宪法宣传周活动"), campaign_of("开展法治宣传活动")
    ('法律六进', '宪法宣传周', '')
    >>> campaign_of("组织法律六进等普法活动"), campaign_of("组织普法讲座、法律进乡村活动")
    ('', '')
    """
    match = None if _AMONG_OTHERS.search(own) else _CAMPAIGN.search(own)
    return match[0] if match else ""


class Occasions:
    """Finds the occasion of the events that the figures of one text count.

    Parameters
    ----------
    text:
        The tidied text.
    quoted:
        Places of what stands in quotation marks.

    >>> text = "民法典宣传月期间，组织普法活动36场次，受众5800人次。全年举办普法活动420场次。"
    >>> places = (text.index("36"), text.index("5800"), text.index("420"))
    >>> passages = [Passage(at, at, at, at, at, at, at, 0, text.rfind("。", 0, at) + 1, 99, 0, 99) for at in places]
    >>> [Occasions(text, ()).of(passage, "普法活动") for passage in passages]
    ['民法典宣传月', '民法典宣传月', '']
    """

    def __init__(self, text: str, quoted: Sequence[Span]) -> None:
        self.text = text
        self.quoted = quoted
        self._kept: dict[tuple[int, int], list[_Named]] = {}
        self._kept_sums: dict[tuple[int, int], list[int]] = {}

    def of(self, passage: Passage, name: str) -> str:
        """The one occasion of the events of a figure, empty where there is none or several.

        ``name`` is that of its indicator: not of all that is counted there are more on other occasions.
        """
        drives = any(word in name for word in _OF_ENFORCEMENT)
        if not drives and not any(word in name for word in _OF_PUBLICITY):
            return ""
        text, begin, end = self.text, passage.sentence_start, passage.tail_end
        begin = max(begin, text.rfind("；", begin, passage.start) + 1)
        around = passage.sentence_start, passage.sentence_end
        if summed := [at for at in self._sums(*around) if begin < at <= end]:
            begin = summed[-1]
        if drives:
            return self._one(*around, begin, end, drives)
        if found := self._one(*around, begin, end) or self._theme(passage):
            return found
        return "" if summed or not self._goes_on(passage) else self._carried(passage.lead_start, begin)

    def _goes_on(self, passage: Passage) -> bool:
        """Whether a sentence tells more of what the one before told, not of the year's work."""
        return _GOES_ON.match(self.text, passage.sentence_start) is not None

    def _carried(self, lead: int, begin: int) -> str:
        """The occasion of the sentences of the item before this one, the nearest that names any."""
        for _ in range(_SENTENCES):
            if begin <= lead:
                break
            start = max(lead, *(self.text.rfind(mark, lead, begin - 1) + 1 for mark in "。；"))
            if self._sums(start, begin):
                break
            if found := self._one(start, begin, start, begin):
                return found
            begin = start
        return ""

    def _theme(self, passage: Passage) -> str:
        """The one law whose publicity a figure counts (民法典读本), among others none."""
        own = self.text[passage.head_start : passage.head_end]
        found = _LAW.search(own)
        return found[1] if found and not _AMONG_OTHERS.search(own) else ""

    def _one(self, start: int, stop: int, begin: int, end: int, drives: bool = False) -> str:
        """The occasion that the words from ``begin`` to ``end`` of a sentence name, where they name a single one."""
        text = self.text
        named = [one for one in self._named(start, stop) if begin <= one.start and one.end <= end]
        named = [one for one in named if one.drives == drives]
        if len(named) != 1:
            return ""
        one = named[0]
        clause = max(begin, *(text.rfind(mark, begin, one.start) + 1 for mark in "，；。"))
        after = text[one.end : one.end + _AFTER].partition("，")[0]
        several = _SEVERAL.search(text[clause : one.start] + after) or _AMONG_OTHERS.search(one.name)
        return "" if several else _without_verbs(one.name)

    def _sums(self, start: int, stop: int) -> list[int]:
        """Where clauses of a sentence begin to sum up the year."""
        if (start, stop) not in self._kept_sums:
            self._kept_sums[start, stop] = [found.end() for found in _SUMMED.finditer(self.text, start, stop)]
        return self._kept_sums[start, stop]

    def _named(self, start: int, stop: int) -> list[_Named]:
        """All occasions that a sentence names, found once for all of its figures."""
        if (start, stop) not in self._kept:
            self._kept[start, stop] = self._find(start, stop)
        return self._kept[start, stop]

    def _find(self, start: int, stop: int) -> list[_Named]:
        text = self.text
        named = []
        for day in _DAY.finditer(text, start, stop):
            held = _HELD.match(day[1])  # 广场和园区开展宣传月: the places are no occasions
            named.append(_Named(day[1][held.end() if held else 0 :], *day.span(1)))
        for first, last in named_spans(self.quoted, start, stop):
            if _WITHOUT_END.search(text, first, last):
                continue  # 法律六进 is all of it
            drive = _DRIVE.match(text, last)
            if drive and not any(day.start < last and first < day.end for day in named):
                named.append(_Named(text[first:last], first, last))
                if drive[0].endswith("行动"):
                    named.append(named[-1]._replace(drives=True))
        named += [_Named(found[1], *found.span(1)) for found in _LAW_DRIVE.finditer(text, start, stop)]
        quoted = [one for one in named if one.drives]
        for action in _ACTION.finditer(text, start, stop):
            subject = _without_verbs(action[1])
            if subject and not any(one.start < action.end() and action.start() < one.end for one in quoted):
                name = action[0][-len(subject) - len(action[0]) + len(action[1]) :]
                named.append(_Named(name, *action.span(), drives=True))
        return named


def _without_verbs(name: str) -> str:
    """A name without what is done with it.

    >>> _without_verbs("深入开展宪法宣传周"), _without_verbs("开展")
    ('宪法宣传周', '')
    """
    import rjieba

    return "".join(dropwhile(is_idle, rjieba.cut(name, False)))
