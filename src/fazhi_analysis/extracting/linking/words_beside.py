"""The known wordings that stand with a figure, and which of its words say nothing of what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage
from fazhi_analysis.extracting.linking.rule_index import RuleBook
from fazhi_analysis.extracting.quantity_copies import made
from fazhi_analysis.model import Quantity

_NOT_DONE = "未在缓"  # the last character of what may deny the wording after it
_NOT_YET = frozenset(words("not yet"))
_OF_BODIES = frozenset(["个", "家"])
_BODY = pattern(r"[市县区旗省州盟]?[直级]?(?><body qualifiers>?<bodies>)(?=[^（(、和参与]|$)")
_MAKING = frozenset(words("making verbs"))
_REVIEWING = frozenset(words("reviewing verbs"))
_REVIEWED = pattern("<reviewed papers>")
_GOVERNING = pattern("<governing verbs>")
_VERBS = pattern("<own verbs>")
_SHARED_ACT = re.compile(r"(?:进行|开展|予以|实施|作出)了?([^，；、\d]{2,12})$")
_OBJECT = re.compile("[对就为]")
_SHARED_RATE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<!率)(?=、[\u4e00-\u9fff]{2,4}率)")
# 首批12名监督员领取聘书正式上岗: that those who are counted take up their work says nothing of what is counted.
_TAKES_OFFICE = pattern(r"[^，；。、]{2,16}?(?=(?:在[^，；。、]{2,12}[上中])?(?:<at once>)*(?:<taking office>))")
_PEOPLE = frozenset("名人位")
_CALLED = pattern(
    r"(?:.*的)?(?:<first batches>|<time words>|<amount words>|<own bodies>|[\u4e00-\u9fff]{2,8}[省市县区旗州盟镇乡])*"
)


class Words(NamedTuple):
    """Wordings that stand with one figure by their distance, those that belong to the figure before, and topics.

    ``own`` are all words before and after the figure, ``tail`` those after it; ``verb`` is the one that governs the
    list of which the figure is a member.
    """

    gaps: dict[str, int]
    stuck: set[str]
    topics: set[str]
    own: str
    tail: str
    verb: str = ""


class WordsBeside:
    """Finds the wordings of the rules beside the figures of one text."""

    def __init__(self, book: RuleBook, text: str) -> None:
        self.book = book
        self.text = text

    def of(self, metric: Quantity, passage: Passage) -> Words:
        """The known wordings of the words before and after a figure."""
        text, head = self.text, passage.head(self.text)
        tail = called_people(metric, head, passage.tail(text))
        verb = self._governing(passage, head) if head and head[0] in LISTED else ""
        shared = self._shared_act(passage)
        verb += text[slice(*shared)]
        words = made(Words, ({}, set(), set(), f"{head}\x00{tail}{verb}", tail, verb))
        if verb in _MAKING or (verb in _REVIEWING and _REVIEWED.search(head)):
            words.gaps[verb] = passage.start - passage.clause_start
        if head:
            self._collect(words, passage, passage.head_start, passage.head_end, passage.head_end)
        if tail:
            tail_end = passage.end + len(counted_body(metric, tail) or tail)
            self._collect(words, passage, passage.end, tail_end, passage.end)
        if shared[0] < shared[1]:
            self._collect(words, passage, *shared, passage.end)
        if metric.kind == "rate" and (spelled := spelled_out(head)) != head:
            for at, word in self.book.wordings.within(spelled, 0, len(spelled)):
                words.gaps.setdefault(word, len(spelled) - at - len(word))  # 办复、满意率均达100%
        return words

    def in_phrase(self, phrase: str) -> Words:
        """The known wordings of a phrase that is put together of what a list says once."""
        words = Words({}, set(), set(), phrase, "")
        for at, word in self.book.wordings.within(phrase, 0, len(phrase)):
            words.gaps[word] = len(phrase) - at - len(word)
            words.topics.update(self.book.topics.get(word, ()))
        return words

    def _collect(self, words: Words, passage: Passage, begin: int, end: int, figure: int) -> None:
        """Add the wordings of ``text[begin:end]``, which stand before or after the place of the figure."""
        text, reach = self.text, begin
        for at, word in self.book.wordings.within(text, begin, end):
            stop = at + len(word)
            if stop > end or (at and text[at - 1] in _NOT_DONE and _denied(text, at)):
                continue
            if stop < end and text[stop] == "类" and figure == passage.head_end:
                continue  # 行政处罚类120件: a kind of something named before
            names = self.book.topics.get(word) if stop > reach else None
            if names and not (names - self.book.weak and text.rfind("《", begin, at) > text.rfind("》", begin, at)):
                words.topics.update(names)
                reach = stop
            if at == passage.sticky:
                words.stuck.add(word)
            gap = at - figure if at >= figure else figure - stop
            if word not in words.gaps or gap < words.gaps[word]:
                words.gaps[word] = gap

    def _shared_act(self, passage: Passage) -> tuple[int, int]:
        """Place of the act behind a list that this figure is a member of (对文件53份、合同15份进行了合法性审查)."""
        text, end = self.text, passage.tail_end
        if text[end : end + 1] in LISTED or text[passage.end : end][-1:] in LISTED:
            act = _SHARED_ACT.search(text, end, passage.clause_end)
            if act is not None and _OBJECT.search(text, passage.clause_start, passage.start):
                return act.span(1) if _GOVERNING.search(act[1]) else (end, end)
        return end, end

    def _governing(self, passage: Passage, head: str) -> str:
        """The verb of a list that holds for this member too: 审查合同183份、重大行政决策4件 are both of review."""
        if _VERBS.search(head):
            return ""
        return "".join(_GOVERNING.findall(self.text, passage.clause_start, passage.head_start)[-1:])


def counted_body(metric: Quantity, tail: str) -> str:
    """The bodies that a figure counts, by the words after it; what these do is not counted (60个部门梳理权力事项).

    >>> figure = Quantity(0, 3, "60个", 60, 60, 60, "个", "exact", "count", True)
    >>> counted_body(figure, "部门梳理权力事项"), counted_body(figure, "事项")
    ('部门', '')
    """
    body = _BODY.match(tail) if metric.unit in _OF_BODIES else None
    return body[0] if body else ""


def spelled_out(head: str) -> str:
    """The words before a rate with the measure that the members of a list share repeated for each of them.

    >>> spelled_out("提案办复、满意率均达"), spelled_out("办复率、满意率")
    ('提案办复率、满意率均达', '办复率、满意率')
    """
    return _SHARED_RATE.sub("率", head) if "率" in head else head


def called_people(metric: Quantity, head: str, tail: str) -> str:
    """The words after a figure of people without what these do as they take up their work.

    >>> figure = Quantity(0, 3, "12名", 12, 12, 12, "名", "exact", "count", True)
    >>> called_people(figure, "首批", "监督员领取聘书"), called_people(figure, "组织", "监督员领取聘书")
    ('监督员', '监督员领取聘书')
    """
    people = _TAKES_OFFICE.match(tail) if metric.unit in _PEOPLE else None
    return people[0] if people and _CALLED.fullmatch(head) else tail


def _denied(text: str, at: int) -> bool:
    """Whether the words before a wording say that it is not done, or not yet.

    >>> _denied("未审结", 1), _denied("正在审理", 2), _denied("存在审理", 2)
    (True, True, False)
    """
    return text[at - 1] == "未" or text[max(0, at - 2) : at] in _NOT_YET
