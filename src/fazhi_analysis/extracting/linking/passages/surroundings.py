"""The words that stand with each figure: its own segment, its clause, its passage, and what the passage is about.

Work is done on a tidied copy of the clean text (no quotation marks, brackets of one width); ``Passages`` keeps the way
from offsets of the original to that copy.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.link_rules import QUOTES, tidy
from fazhi_analysis.extracting.linking.passages.distant_nouns import part_chosen, take_remark
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.extracting.linking.passages.shared_nouns import part_words, share_out
from fazhi_analysis.extracting.list_markers import sentence_stops_of, stops_of
from fazhi_analysis.model import CleanText, Quantity

_QUOTED = re.compile(
    '[“‘「"](?:(?<=“)[^“”\\n]{2,30}”|(?<=‘)[^‘’\\n]{2,30}’|(?<=「)[^「」\\n]{2,30}」|(?<=")[^"\\n]{2,30}")'
)
_STOPS = re.compile(r"[，；。：！？\n\t;:!?,]")
# 一是, 十二是 behind the end of a sentence; begun with its rarest character, which the engine skips to.
_ITEM = re.compile(
    r"是(?:(?<=[。；;\n！]([一二三四五六七八九十])是)|(?<=[。；;\n！]([一二三四五六七八九十][一二三四五六七八九十])是))"
)
# With no noun of its own a figure has those of the clause before it: 精简检查计划，由上年的214项减为163项.
_FILLER = pattern(
    r"(?:[、和及与以共总合累计达有为约近超到至多个其中分别各的是（）\s\d.%+年月日底]|截至|目前|同时"
    r"|全年|今年|年内|本年"
    r"|(?:^|[，、])[由从](?:<years before>|年初|原来)?)*"
)
_SUM = re.compile(r"[，、]?(?:以上)?(?:共|合|总)计?(?:共)?(?:为|达|有)?")
# 由上年的214项减为163项: the words between belong to what it became.
_FROM = pattern("[由从](?:<times before>)?(?:同期|[底末])?的?")
_FROM_HERE = re.compile(rf"(?:{_FROM.pattern})$")
_BECAME = pattern("(?:<grown manners>)?(?:<moves>)了?(?:至|到|为)")
# 精简检查计划，由214项减为163项: the verb says how it changed, not what is counted.
_CHANGING = pattern("(?:进一步|持续|大力|大幅)?(?:<cut verbs>|<rise verbs>|<fall verbs>)")
_SHARE = pattern(r"[，、（]?占(?:比|<whole words>)?(?:为|的|达到?|约)?|[，、]?比例(?:为|达到?)")
_LONGEST_LEAD = 2000  # of a text without punctuation, so that its cost stays in proportion to its length
_STEP = 1000  # such a text is cut at the same places for neighbouring figures: what is found in one is found once
_JOINERS = "、和及与并或且"
_LIST_OF_QUOTES = frozenset(("”“", "’‘", "」「"))
_AXIS = pattern("个?(?:<axes>)(?:的|、|共|[，,]?涉及)?")  # 4个方面78个问题: the 78 have the words before the 4
# Through which of several channels, which says nothing of what is counted: 通过政府网站、公众号等多种渠道.
_CHANNELS = pattern(
    "(?:通过|利用|运用|采取|采用|借助|依托|以)(?:(?=[^，；。：\\n\\d等]*+等)"
    "[^，；。：\\n\\d]{2,40}?(?:、|以?及|和|与)[^，；。：\\n\\d]{1,24}?等(?:多种|各种|各类|多个|不同)?"
    "(?:线上|线下|公开|宣传)?(?:<channels>)"
    "|(?<=通过|利用|依托)(?=[^，；。：\\n\\d]*+，)"
    "[^，；。：\\n\\d、]{2,16}?(?:<pages>)(?:、|以?及|和|与)[^，；。：\\n\\d]{0,16}?(?:<pages>)(?=，))"
)
_MASK = "·"


def _of_one_before(head: str) -> bool:
    """Whether the words between two figures end in the joiner of a list, so that they belong to the first one."""
    return head[-1:] in ("、", "和", "及", "与") and head[:1] not in _JOINERS and len(head) > 1


def without_channels(text: str) -> str:
    """The text, as long as it was, with dots for the channels through which something was done.

    >>> without_channels("通过政府网站、公众号等渠道公开信息12条")
    '·············公开信息12条'
    """
    return _CHANNELS.sub(lambda found: _MASK * len(found[0]), text)


def _closed_up(places: Sequence[int], removed: Sequence[int]) -> list[int]:
    """Where places of a text are once the characters at others are gone; both in order.

    >>> _closed_up([1, 4, 9], [2, 3, 6])
    [1, 2, 6]
    """
    found, gone = [], 0
    ends = (*removed, sys.maxsize)  # the last one is behind all places
    for at in places:
        while ends[gone] < at:
            gone += 1
        found.append(at - gone)
    return found


def _spans_closed_up(spans: Sequence[tuple[int, int]], removed: Sequence[int]) -> list[tuple[int, int]]:
    """The same for spans that do not overlap."""
    places = _closed_up([place for span in spans for place in span], removed)
    return list(zip(places[::2], places[1::2], strict=True))


class Passages:
    """Passages of the metrics of a text, in text order.

    ``text`` is the tidied text, ``sense`` the same with dots for words that say nothing of what is counted, ``quoted``
    are the places of what stands in quotation marks.
    """

    def __init__(
        self,
        clean: CleanText,
        quantities: Sequence[Quantity],
        heads: Mapping[int, tuple[int, int] | None] | None = None,
    ) -> None:
        """``heads`` give for figures of tables, by where they begin, the place of the cell that names them, if any."""
        self.text = tidy(clean.text)
        self.sense = without_channels(self.text)
        removed = [match.start() for match in QUOTES.finditer(clean.text)]

        def tidied(at: int) -> int:
            return at - bisect_left(removed, at)

        def from_original(at: int) -> int:
            return tidied(bisect_left(clean.offsets, at))

        # “一证通办”“免申即享”: quoted names that follow each other are a list, whose joiner goes with the quotes.
        between_quotes = [tidied(at + 1) for at in removed if clean.text[at : at + 2] in _LIST_OF_QUOTES]
        self.quoted = _spans_closed_up([found.span() for found in _QUOTED.finditer(clean.text)], removed)
        places = [
            (bisect_left(clean.offsets, quantity.start), bisect_left(clean.offsets, quantity.end))
            for quantity in quantities
        ]
        spans = _spans_closed_up(places, removed)
        text = self.text
        stops = _closed_up(stops_of(clean.text), removed)
        if "," in text:  # which in a number stops nothing
            stops = [
                at for at in stops if text[at] != "," or not (text[at - 1 : at] + text[at + 1 : at + 2]).isdecimal()
            ]
        ends = _closed_up(sentence_stops_of(clean.text), removed)
        leads = [match.start(match.lastindex or 0) for match in _ITEM.finditer(text)]
        leads = sorted([*leads, *(at + 1 for at in ends if text[at] == "\n")])
        self.passages = [self._passage(index, spans, stops, ends, leads) for index in range(len(spans))]
        part_words(text, self.passages)
        share_out(text, self.passages, quantities, between_quotes)
        for index, (quantity, passage) in enumerate(zip(quantities, self.passages, strict=True)):
            if heads and quantity.start in heads:
                named = heads[quantity.start]
                self._in_table(passage, named and (from_original(named[0]), from_original(named[1])))
                continue
            before = self.passages[index - 1] if index else None
            if passage.group < 0 and not take_remark(self.text, passage, before):
                part_chosen(self.text, passage, before)
                self._settle(passage, before)

    def _passage(
        self, index: int, spans: list[tuple[int, int]], stops: Sequence[int], ends: list[int], leads: list[int]
    ) -> Passage:
        text = self.text
        start, end = spans[index]
        at = bisect_left(stops, start)
        clause_start = stops[at - 1] + 1 if at else 0
        after = bisect_left(stops, end)
        clause_end = stops[after] if after < len(stops) else len(text)
        lead_at = bisect_right(leads, start)
        lead_start = leads[lead_at - 1] if lead_at else 0
        item = (lead_start, leads[lead_at] if lead_at < len(leads) else len(text))
        last = bisect_left(ends, start)
        sentence_start = max(ends[last - 1] + 1 if last else 0, lead_start)
        sentence_end = ends[last] if last < len(ends) else len(text)
        if sentence_end - sentence_start > _LONGEST_LEAD:
            sentence_start = max(sentence_start, start - start % _STEP - _LONGEST_LEAD)
            sentence_end = min(sentence_end, max(sentence_start + 2 * _LONGEST_LEAD + _STEP, end))
        if start - lead_start > _LONGEST_LEAD:
            lead_start = max(lead_start, min(start - _LONGEST_LEAD, sentence_start))
        clause_start = clause_start if clause_start > lead_start else lead_start
        clause_end = clause_end if clause_end < sentence_end else sentence_end
        head_start, tail_end = clause_start, clause_end
        if index and spans[index - 1][1] > clause_start:
            head_start = spans[index - 1][1]
        if index + 1 < len(spans) and spans[index + 1][0] < clause_end:
            tail_end = max(end, spans[index + 1][0])
        opened = text.rfind("（", head_start, start)
        if opened >= 0 and "）" not in text[opened:start]:
            head_start = opened + 1
        closed = text.find("）", end, tail_end)
        if closed >= 0 and "（" not in text[end:closed]:
            tail_end = closed
        opened = text.find("（", end, tail_end)
        if opened >= 0 and tail_end < clause_end and "）" not in text[opened:tail_end]:
            tail_end = opened  # 申请41件（含上年结转3件）: the remark is on the next figure
        if end < tail_end and text[end] in _JOINERS:
            tail_end = end
        elif index and head_start == spans[index - 1][1] and _of_one_before(text[head_start:start]):
            head_start = start  # 36个事项当场办、218个事项邮寄办: each figure before its own words
        around = (clause_start, clause_end, lead_start, sentence_start, sentence_end)
        return Passage(start, end, head_start, start, tail_end, *around, *item, index=index)

    def _in_table(self, passage: Passage, named: tuple[int, int] | None) -> None:
        """In a table one of the heads says what is counted, for a bare total the line above the table."""
        start, end = named or self._caption(self.text.rfind("\n", 0, passage.start) + 1)
        if not named:
            passage.lead_start = passage.sentence_start = start
        passage.head_start, passage.head_end = start, end
        passage.clause_start = min(max(passage.clause_start, passage.lead_start), passage.start)
        passage.tail_end, passage.sticky, passage.group, passage.vague = passage.end, -1, -1, False

    def _caption(self, line_start: int) -> tuple[int, int]:
        """The last sentence before the table that has a row beginning here."""
        text = self.text
        end = line_start - 1
        start = text.rfind("\n", 0, max(end, 0)) + 1
        while start < end and "\t" in text[start:end]:
            end = start - 1
            start = text.rfind("\n", 0, max(end, 0)) + 1
        return max(start, text.rfind("。", start, max(end - 1, start)) + 1), max(end, start)

    def _settle(self, passage: Passage, before: Passage | None) -> None:
        """Find words for a figure that has none of its own, and mark those that the figure before owns."""
        text = self.text
        near = before is not None and before.end > passage.clause_start
        passage.axis = _AXIS.match(text, passage.end, passage.clause_end) is not None
        if before is not None and before.axis and _AXIS.fullmatch(text, before.end, passage.start):
            passage.head_start, passage.head_end = before.head_start, before.head_end
        if (
            before is not None
            and passage.head_start == before.end
            and text[before.end : before.end + 1] not in _JOINERS
        ):
            passage.sticky = passage.head_start
        head = passage.head(text)
        from_here = ("由" in head or "从" in head) and _FROM_HERE.search(head)
        became = from_here and _BECAME.fullmatch(text, passage.end, passage.tail_end)
        passage.tail_end = passage.end if became else passage.tail_end
        own = head + passage.tail(text)
        if before is not None and before.start >= passage.sentence_start and head and own == head:
            passage.sums = _SUM.fullmatch(head) is not None
            if passage.sums or (("占" in head or "比例" in head) and _SHARE.fullmatch(head)):
                passage.head_start, passage.head_end, passage.sticky = before.head_start, before.tail_end, -1
                if passage.sums and before.group >= 0:
                    passage.head_start = before.clause_start
                return
        if _FILLER.fullmatch(own) is None:
            return
        if near and before is not None:
            passage.head_start, passage.head_end, passage.sticky = before.head_start, before.head_end, -1
        elif passage.clause_start > passage.lead_start and (before is None or before.end < passage.clause_start - 1):
            self._of_clause_before(passage, before.end if before else 0, _FROM.fullmatch(head) is not None)

    def _of_clause_before(self, passage: Passage, last: int, changed: bool) -> None:
        """Give a figure the words of the clause before it; where that ``changed`` something, without the verb."""
        text = self.text
        previous = _STOPS.split(text[passage.lead_start : passage.clause_start - 1])[-1]
        passage.head_start = max(passage.clause_start - 1 - len(previous), last)
        if changed and (verb := _CHANGING.match(text, passage.head_start, passage.clause_start - 1)):
            passage.head_start = verb.end()
        passage.clause_start = passage.head_start
