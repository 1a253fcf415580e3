"""Figures and nouns that stand apart: several figures after the list of their nouns, two figures between theirs.

人大代表建议、政协提案分别为86件、120件 gives the first figure the first noun; 216人取得证书、通过率88% each its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.passages.passage import Passage
from fazhi_analysis.model import Quantity

_LIST_JOINERS = frozenset(("、", "和", "与", "及", "以及"))
_NOUN_JOINERS = re.compile(r"、|以及|和(?!解|谐)|与(?!会)|及(?!时)")
_KINDS = frozenset("类项种个")
_KINDS_OF = re.compile(r"[\u4e00-\u9fff]{0,4}(?:各自?|分别)(?:办理|完成|受理|有|为|是|达到?|约)?")
_RATE_AFTER = re.compile(r"(?P<first>[^，；、\d]{3,})、[^，；、\d]{1,8}率(?:达到?|为|均)*")
_ACT = pattern("(?:<time words>|<manners>|<amount words>)*(?:<own verbs>|<general verbs>)+了?")
_TWO_NOUNS = re.compile(r"(?P<first>[^，；、（）\d]{4,20})、[^，；、（）\d]{4,24}")
_RESPECTIVELY = re.compile(r"(?:案件|数量?)?(?:各自?|分别)(?:办理|完成|受理|有|为|是|达到?|约)?")


def part_words(text: str, passages: Sequence[Passage]) -> None:
    """Leave each of two figures its own words: 216人取得证书、通过率88%; 公布6项决策目录、检查清单186项."""
    for before, this in pairwise(passages):
        if before.tail_end != this.start:
            continue
        own = _end_of_first(_RATE_AFTER, text[before.end : this.start])
        if not own and this.tail_end == this.end and _ACT.fullmatch(text, before.head_start, before.start):
            own = _end_of_first(_TWO_NOUNS, text[before.end : this.start])
        if own:
            before.tail_end = this.head_start = before.end + own


def share_out(
    text: str, passages: Sequence[Passage], quantities: Sequence[Quantity], between_quotes: Sequence[int]
) -> None:
    """Give the figures of a list that shares its nouns ("建议、提案分别为86件、120件") one noun each.

    Where each is of another time, they share all of the words (三年来败诉率分别为9.1%、8.2%、7.3%). ``between_quotes``
    are the places between quoted names that follow each other, which nothing else joins.
    """
    first = 0
    while first < len(passages):
        last = first + 1
        while (
            last < len(passages)
            and quantities[last].unit == quantities[first].unit
            and text[passages[last - 1].end : passages[last].start] in _LIST_JOINERS
        ):
            last += 1
        members = passages[first:last]
        if len(members) > 1:
            summed_up = _summed_up(text, members, passages[first - 1], quantities[first - 1]) if first else None
            start, end = _respective(text, members[0], *(summed_up or (members[0].head_start, members[0].start)))
            nouns = _nouns(text, start, end, between_quotes)
            agree = len(nouns) == len(members)
            in_series = len({quantity.period for quantity in quantities[first:last]}) == len(members)
            for index, member in enumerate(members):
                member.group, member.vague = first, not (agree or in_series)
                member.head_start, member.head_end = nouns[index] if agree and not in_series else (start, end)
        first = last


def _summed_up(text: str, members: Sequence[Passage], before: Passage, number: Quantity) -> tuple[int, int] | None:
    """Where a list of nouns stands that its number sums up (免证办、一证通办两类事项各有66项、48项)."""
    counted = number.value == len(members) and number.unit in _KINDS and before.clause_start == members[0].clause_start
    if not counted or _KINDS_OF.fullmatch(text[before.end : members[0].start]) is None:
        return None
    return before.head_start, before.start


def _respective(text: str, first: Passage, start: int, end: int) -> tuple[int, int]:
    """The place of nouns without 分别; of those of the clause before it, too (三张清单，分别涉及126项、58项)."""
    if (match := _RESPECTIVELY.search(text, start, end)) is None:
        return start, end
    end = match.start()
    if start == end == first.clause_start > first.sentence_start:
        end = start - 1
        start = max(text.rfind(mark, first.sentence_start, end) for mark in "，；：") + 1
        start = max(start, first.sentence_start)
    return start, end


def _nouns(text: str, start: int, end: int, between_quotes: Sequence[int]) -> list[tuple[int, int]]:
    """Places of the members of a list of nouns."""
    joiners = [match.span() for match in _NOUN_JOINERS.finditer(text, start, end)]
    joiners += [(place, place) for place in between_quotes if start < place < end]
    cuts = [start, *(at for joiner in sorted(joiners) for at in joiner), end]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _end_of_first(listed: re.Pattern[str], between: str) -> int:
    """Where the words of the first of two figures end among those between them; 0 where they stand otherwise.

    >>> [_end_of_first(_RATE_AFTER, words) for words in ("取得证书、通过率", "、通过率", "农民工、妇女案件")]
    [4, 0, 0]
    >>> [_end_of_first(_TWO_NOUNS, words) for words in ("年度决策目录、检查事项清单", "劳动、工伤、医疗案件")]
    [6, 0]
    """
    found = listed.fullmatch(between)
    return found.end("first") if found else 0
