"""Rules whose wordings stand with a figure and whose conditions hold, the longest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.extracting.linking.link_rules import Condition, Rule
from fazhi_analysis.extracting.linking.passage import Passage
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.quantity_copies import made
from fazhi_analysis.model import Quantity

_NOUN_ENDS = pattern(r"$|[^\w（]|[均全实都各为的已和及与在]|<noun ends>")
_NOT_DONE = "未在缓"  # the last character of what may deny the wording after it
_NOT_YET = frozenset(words("not yet"))
_OF_BODIES = frozenset(["个", "家"])
_BODY = pattern(r"[市县区旗省州盟]?[直级]?(?><body qualifiers>?<bodies>)(?=[^（(、和参与]|$)")
_BODIES_COUNTED = frozenset("个家处所")
_LISTING = "、和及与"
_LISTED = frozenset(_LISTING)
_MAKING = frozenset(words("making verbs"))
_REVIEWING = frozenset(words("reviewing verbs"))
_REVIEWED = pattern("<reviewed papers>")
_GOVERNING = pattern("<governing verbs>")
_VERBS = pattern("<own verbs>")
_SHARED_ACT = re.compile(r"(?:进行|开展|予以|实施|作出)了?([^，；、\d]{2,12})$")
# 制定《文件管理规定》等3件规章: what the titles of examples say forbids nothing.
_TITLES = re.compile("(?:《[^《》]*》[、和及]?)+(?=等)")
_OBJECT = re.compile("[对就为]")
_SHARED_RATE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<!率)(?=、[\u4e00-\u9fff]{2,4}率)")
# 检查同比减少12%: what tells a cut from a level forbids nothing where the figure is that cut.
_CHANGES = pattern("<rise>|<fall>")
GROWTH = frozenset(["yoy_pct", "yoy_abs"])
# 首批12名监督员领取聘书正式上岗: that those who are counted take up their work says nothing of what is counted.
_TAKES_OFFICE = pattern(r"[^，；。、]{2,16}?(?=(?:在[^，；。、]{2,12}[上中])?(?:<at once>)*(?:<taking office>))")
_PEOPLE = frozenset("名人位")
_CALLED = pattern(
    r"(?:.*的)?(?:<first batches>|<time words>|<amount words>|<own bodies>|[\u4e00-\u9fff]{2,8}[省市县区旗州盟镇乡])*"
)
_START = attrgetter("start")


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


class Scored(NamedTuple):
    """A rule with what decides between several: the more weight, rank and nearness, the better."""

    weight: int
    rank: int
    nearness: int
    rule: Rule


class Candidates:
    """Finds the rules that may hold for each figure of one text.

    Parameters
    ----------
    topics:
        What the passages are about, with rules, text and headings.
    """

    def __init__(self, topics: Topics) -> None:
        self.topics = topics
        self.book = topics.book
        self.text = topics.text

    def of(self, metric: Quantity, passage: Passage, words: Words) -> list[Scored]:
        """Rules for a figure, the best first."""
        found: list[Scored] = []
        if words.gaps and not passage.axis:
            found += self._by_wording(metric, passage, words)
        if words.tail:
            found += self._by_next(metric, passage, words)
        if len(found) > 1:
            found.sort(key=itemgetter(0, 1, 2), reverse=True)
        return found

    def words_of(self, metric: Quantity, passage: Passage) -> Words:
        """The known wordings of the words before and after a figure."""
        text = self.text
        head = text[passage.head_start : passage.head_end]
        tail = called_people(metric, head, text[passage.end : passage.tail_end])
        verb = self._governing(passage, head) if head and head[0] in _LISTING else ""
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
            for at, word in self.book.wordings(spelled, 0, len(spelled)):
                words.gaps.setdefault(word, len(spelled) - at - len(word))  # 办复、满意率均达100%
        return words

    def words_in(self, phrase: str) -> Words:
        """The known wordings of a phrase that is put together of what a list says once."""
        words = Words({}, set(), set(), phrase, "")
        for at, word in self.book.wordings(phrase, 0, len(phrase)):
            words.gaps[word] = len(phrase) - at - len(word)
            words.topics.update(self.book.topics.get(word, ()))
        return words

    def _collect(self, words: Words, passage: Passage, begin: int, end: int, figure: int) -> None:
        """Add the wordings of ``text[begin:end]``, which stand before or after the place of the figure."""
        text, reach = self.text, begin
        for at, word in self.book.wordings(text, begin, end):
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

    def _by_wording(self, metric: Quantity, passage: Passage, words: Words) -> Iterator[Scored]:
        """Rules whose wordings all stand with the figure; not all of them with the figure before."""
        gaps, stuck, rules_of = words.gaps, words.stuck, self.book.by_say.get
        for word, gap in gaps.items():
            for rule in rules_of(word, ()):
                says = rule.says  # the first of them is the word
                if len(says) > 1 and not (says[1] in gaps and gaps.keys() >= set(says)):
                    continue
                if not _fits(rule, metric) or (stuck and stuck.issuperset(says)):
                    continue
                if self._holds(rule, metric, passage, words):
                    yield Scored(rule.weight, rule.rank, -gap, rule)

    def _by_next(self, metric: Quantity, passage: Passage, words: Words) -> Iterator[Scored]:
        """Rules whose wording follows the figure directly."""
        tail = words.tail
        for rule in self.book.by_next.get(tail[:1], ()):
            wording = rule.says[0]
            if not tail.startswith(wording) or not _fits(rule, metric):
                continue
            if rule.place == "noun" and not _NOUN_ENDS.match(tail, len(wording)):
                continue
            if self._holds(rule, metric, passage, words):
                yield Scored(rule.weight + 2, rule.rank, 0, rule)

    def _shared_act(self, passage: Passage) -> tuple[int, int]:
        """Place of the act behind a list that this figure is a member of (对文件53份、合同15份进行了合法性审查)."""
        text, end = self.text, passage.tail_end
        if text[end : end + 1] in _LISTED or text[passage.end : end][-1:] in _LISTED:
            act = _SHARED_ACT.search(text, end, passage.clause_end)
            if act is not None and _OBJECT.search(text, passage.clause_start, passage.start):
                return act.span(1) if _GOVERNING.search(act[1]) else (end, end)
        return end, end

    def _governing(self, passage: Passage, head: str) -> str:
        """The verb of a list that holds for this member too: 审查合同247份、重大行政决策2件 are both of review."""
        if _VERBS.search(head):
            return ""
        return "".join(_GOVERNING.findall(self.text, passage.clause_start, passage.head_start)[-1:])

    def _holds(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> bool:
        """Whether nothing forbids a rule whose wordings are there, and the passage is about what it needs."""
        nots = [word for word in rule.nots if not _CHANGES.fullmatch(word)] if metric.change in GROWTH else rule.nots
        own = _TITLES.sub("", words.own) if nots and "》等" in words.own else words.own
        if _any_in(nots, own):
            return False
        if rule.far_nots and _any_in(rule.far_nots, self.text[passage.sentence_start : passage.sentence_end]):
            return False
        if rule.near_nots and any(self._acts_before(word, passage) for word in rule.near_nots):
            return False
        if rule.since_nots and _any_in(rule.since_nots, self._since(passage)):
            return False
        if rule.list_nots and self._has_any(rule.list_nots, passage):
            return False
        if not (rule.about or rule.wide or rule.near or rule.since or rule.topics or rule.lists):
            return True
        if rule.both and not all(self._is_named(also, metric, passage) for also in rule.both):
            return False
        if self._is_named(rule, metric, passage):
            return True
        if passage.head_end < passage.sentence_start and (
            _any_in(rule.about, words.own) or _any_in(rule.since, words.own)
        ):
            return True  # the head of a column and the name of a row stand in other lines than the figure
        return bool(rule.topics) and self.topics.holds(rule.topics, words.topics, metric.section, passage)

    def _acts_before(self, word: str, passage: Passage) -> bool:
        """Whether a word stands in the sentence up to the end of the clause, and not only as what a figure counts.

        行政争议化解中心受理96件 are cases of the centre, 建成行政争议化解中心3个，全县审结42件 are not.
        """
        text, start = self.text, passage.sentence_start
        at = text.find(word, start, passage.clause_end)
        while at >= 0:
            end = at + len(word)
            index = bisect_left(self.topics.passages, end, key=_START)
            counted = index < len(self.topics.passages) and self.topics.passages[index]
            if not (counted and counted.start == end < passage.start and text[counted.end - 1] in _BODIES_COUNTED):
                return True
            at = text.find(word, end, passage.clause_end)
        return False

    def _is_named(self, rule: Rule | Condition, metric: Quantity, passage: Passage) -> bool:
        """Whether a word of the subject stands where the rule wants it: in the clause, the sentence or the item."""
        text, start = self.text, passage.sentence_start
        if rule.near and _any_in(rule.near, self._near(passage)):
            return True
        if rule.since and _any_in(rule.since, self._since(passage)):
            return True
        if rule.lists and self._has_any(rule.lists, passage):
            return True
        if rule.about and _any_in(rule.about, text[start : self._reach(passage)]):
            return True
        if not rule.wide:
            return False
        lead = self.topics.headings.get(metric.section, "") + text[passage.lead_start : passage.sentence_end]
        return _any_in(rule.wide, lead)

    def _near(self, passage: Passage) -> str:
        """The words of the sentence up to the end of the clause, but for those before later figures of a list.

        开展理论学习9次、第一议题学习33次: what the 33 count says nothing of the 9.
        """
        text, passages = self.text, self.topics.passages
        index = bisect_left(passages, passage.end, key=_START)
        kept, reach = text[passage.sentence_start : passage.tail_end], passage.tail_end
        while index < len(passages) and passages[index].start < passage.clause_end:
            later = passages[index]
            listed = text[reach : reach + 1] in _LISTED
            kept += "" if listed else text[reach : later.start]
            reach = later.end
            index += 1
        return kept + text[reach : passage.clause_end]

    def _has_any(self, names: Iterable[str], passage: Passage) -> bool:
        """Whether what leads a figure, or the list of which it is a member, has an entry of one of these word lists."""
        passages, text = self.topics.passages, self.topics.printed  # the channels and forms among them
        index = bisect_left(passages, passage.start, key=_START)
        while (
            index and passages[index - 1].start >= passage.clause_start and text[passages[index].head_start] in _LISTED
        ):
            index -= 1
        begin = max(passage.sentence_start, passages[index - 1].end if index else 0)
        return any(_list_pattern(name).search(text, begin, passage.tail_end) for name in names)

    def _reach(self, passage: Passage) -> int:
        """Where the words end that may say what a figure is about: before those that belong to a later clause's figure.

        召开党委会36次，研究法治工作4次: the 4 were about it, of the 36 nobody knows.
        """
        passages = self.topics.passages
        index = bisect_left(passages, passage.end, key=_START)
        if index < len(passages) and passage.clause_end <= passages[index].clause_start < passage.sentence_end:
            return passages[index].clause_start
        return passage.sentence_end

    def _since(self, passage: Passage) -> str:
        """The words of the sentence between the figures around; what leads a list holds for each of its members."""
        passages, text = self.topics.passages, self.text
        index = bisect_left(passages, passage.start, key=_START) - 1
        begin = max(passage.sentence_start, passages[index].end) if index >= 0 else passage.sentence_start
        if text[begin : begin + 1] in _LISTED or text[passage.start - 1 : passage.start] in _LISTED:
            begin = passage.clause_start
        return text[begin : passage.tail_end]


@cache
def _list_pattern(name: str) -> re.Pattern[str]:
    return pattern(f"<{name}>")


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


def _fits(rule: Rule, metric: Quantity) -> bool:
    """Whether kind and unit agree; a rate of change may be of anything."""
    if metric.kind == "rate" and metric.change in ("yoy_pct", "reduction"):
        return True
    return rule.kind == metric.kind and (metric.kind != "count" or metric.unit in rule.units)


def _any_in(wanted: Iterable[str], text: str) -> bool:
    for word in wanted:  # noqa: SIM110 - half the time of any(), and asked a hundred times a figure
        if word in text:
            return True
    return False


def _denied(text: str, at: int) -> bool:
    """Whether the words before a wording say that it is not done, or not yet.

    >>> _denied("未审结", 1), _denied("正在审理", 2), _denied("存在审理", 2)
    (True, True, False)
    """
    return text[at - 1] == "未" or text[max(0, at - 2) : at] in _NOT_YET
