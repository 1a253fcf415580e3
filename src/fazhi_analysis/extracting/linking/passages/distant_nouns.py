"""Figures whose noun stands elsewhere: in remarks of nothing but times, and of those that some were chosen from."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.passages.passage import Passage

_ENDS_CLAUSE = "，；。：\n,;"

# 处罚案件同比下降21%（去年同期318件，今年250件）: what is counted stands before the bracket, less the word for change.
_ONLY_WHEN = pattern(
    r"[，、；,;]?(?:<years before>|<this year>|(?:19|20)\d\d年度?)(?:同期|底|末)?(?:分别|仅|共|为|是|有|达到?)*"
)
_ITS_CHANGE = pattern(
    r"(?:<grown manners>|同比|环比|[较比](?:<years before>)?(?:同期)?|明显|显著|稳步|持续|有所|连年|总体|总?数量|频次)*"
    r"(?:<rise verbs>|<fall verbs>|<cut verbs>|走低|走高|好转)(?:了|约|近)*$"
)
# 从全县1860项政务服务事项中梳理120项: the words up to 中 say what the first counts, those after it belong to the next.
_OUT_OF = re.compile("(?:^|[^以来而])(?P<out>[从在自])(?:[全我本][省市县区旗盟州镇乡]|报送|上报|现有|现行|已有|的)*$")
_THESE = re.compile(r"([^，；、。\d]{2,16}?)(?:之中|当中|中间|里面|中|里)(?=$|[，,]?[选遴挑抽随筛评确精梳优推择])")


def take_remark(text: str, passage: Passage, before: Passage | None) -> bool:
    """Give a figure of a remark that only says when (去年同期318件，今年250件) the words before its bracket.

    False, with the passage as it was, where it stands in no such remark. ``before`` is the figure before it.
    """
    remark = _place_of_remark(text, passage.sentence_start, passage.start)
    if remark is None or passage.tail_end > passage.end:
        return False
    opened, begin = remark
    if before is not None and before.start > opened:
        if before.head_end > opened:
            return False  # the figure before it in the bracket has a noun of its own
        passage.head_start, passage.head_end = before.head_start, before.head_end
    else:
        start = max(text.rfind(mark, passage.lead_start, opened) for mark in _ENDS_CLAUSE) + 1
        passage.head_start, passage.head_end = max(start, passage.lead_start), opened
        if before is not None and before.end > passage.head_start:
            passage.head_start, passage.head_end = before.head_start, before.head_end
        passage.head_end = _without_change(text, passage.head_start, passage.head_end)
    passage.clause_start = begin
    return True


def _place_of_remark(text: str, start: int, figure: int) -> tuple[int, int] | None:
    """Where the bracket opens that holds a figure and where its own words begin, if they only say when.

    ``text[start:figure]`` are the words before the figure in its sentence.

    >>> _place_of_remark("处罚下降（去年318件，今年250件）", 0, 14)
    (4, 12)
    """
    opened = text.rfind("（", start, figure)
    if opened < 0 or "）" in text[opened:figure]:
        return None
    begin = max(text.rfind(mark, opened, figure) for mark in "（，、；,;") + 1
    return (opened, begin) if _ONLY_WHEN.fullmatch(text, begin, figure) else None


def _without_change(text: str, start: int, end: int) -> int:
    """Where the words of a thing end when the word for its change is left out.

    >>> _without_change("处罚案件同比下降", 0, 8)
    4
    """
    found = _ITS_CHANGE.search(text, start, end)
    return found.start() if found and found.start() > start else end


def part_chosen(text: str, passage: Passage, before: Passage | None) -> None:
    """Give a figure from which others are chosen its noun, and the one after it the words behind 中."""
    if before is not None and passage.head_start == before.end:
        head, between = before.head(text), text[before.end : passage.start]
        chosen = _chosen_from(head, between)
        passage.head_start += chosen[2] if chosen else 0
    chosen = _chosen_from(passage.head(text), passage.tail(text))
    if chosen:
        passage.head_start, passage.tail_end = passage.head_start + chosen[0], passage.end + chosen[1]


def _chosen_from(head: str, tail: str) -> tuple[int, int, int] | None:
    """Where the words of a figure begin in its head, and the lengths of its noun and of it with 中.

    None unless others are chosen from what the figure counts.

    >>> _chosen_from("理清思路后从全县", "政务服务事项中梳理高频事项"), _chosen_from("在", "项目中发挥作用")
    ((5, 6, 7), None)
    """
    out_of = _OUT_OF.search(head) if "从" in head or "在" in head or "自" in head else None
    these = _THESE.match(tail) if out_of else None
    return (out_of.start("out"), these.end(1), these.end()) if out_of and these else None
