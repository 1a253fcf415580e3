"""Which indicator explains the whole phrase of a figure, or of which it is a part that the words name."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.extracting.linking.candidates import Candidates, Scored, Words, counted_body
from fazhi_analysis.extracting.linking.explaining import last_word, names_only_things, unexplained
from fazhi_analysis.extracting.linking.passages import Passage
from fazhi_analysis.extracting.linking.rules import Rule
from fazhi_analysis.extracting.linking.subjects import Subjects
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.model import Quantity

_LIST_END = re.compile(r"、[^，；]*等(?![级次同待候价])(?:方面|领域|行业|环节|内容|形式|方式|类型|类)?的?")
_PART = pattern(
    r"(?:其中[，,：:]?)?(<part openings>[^，；、]{1,14}?(?:的|(?=案件))|[^，；、的]{1,10}(?:<part endings>)(?:的)?)"
)
_TARGET = pattern(r"(?:对|针对)(?:[\d.]+[家个名户])?([^，；。]{2,30}?)(?:<done to>)")
_LISTING = "、和及与"
_PREDICATE = re.compile(r"[^，；。]{0,6}?(?P<verb>全部|均|都|已)")
_LONGEST_MEMBER = 5


class Match(NamedTuple):
    """An indicator and the wording that decided for it, and which part of it; all empty where nothing decided."""

    indicator: str
    wording: str
    part: str = ""


NOTHING = Match("", "")


class Matcher:
    """Finds the indicator of each figure of one text.

    Parameters
    ----------
    topics:
        What the passages are about, with the rules, the text and the passages.
    subjects:
        Whose figures the sentences give.
    """

    def __init__(self, topics: Topics, subjects: Subjects) -> None:
        self.text = topics.text
        self.passages = topics.passages
        self.terms = topics.book.terms
        self.candidates = Candidates(topics)
        self.subjects = subjects

    def best(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that explains the phrase of the figure by the longest wording, the nearer of equally long ones.

        None when that is a tie. Where none explains all of it, the first is kept for a part of it, if the words that
        remain name one (涉农民工的).
        """
        words = self.candidates.words_of(metric, passage)
        scored = self.candidates.of(metric, passage, words)
        if not scored:
            return self._of_member(metric, passage)
        first: Scored | None = None
        for found in scored:
            if first is not None and found[:3] != first[:3]:
                break
            if first is not None and found.rule.indicator == first.rule.indicator:
                continue
            if not self.left(found.rule, metric, passage, words):
                if first is not None:
                    return NOTHING
                first = found
        if first is not None:
            return _match(first.rule)
        return self._of_part(scored[0].rule, metric, passage, words)

    def left(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, ...]:
        """Words of the figure's phrase that the indicator of the rule does not explain."""
        head, tail = self._phrase(rule, metric, passage, words)
        listed = _LIST_END.search(head)
        if listed is not None and all(say in head[listed.end() :] or say in tail for say in rule.says):
            head = head[listed.end() :]  # 交通事故等法律援助案件: examples of the kind
        return unexplained(f"{head}|{tail}", self.terms[rule.indicator])

    def target(self, metric: Quantity, passage: Passage, indicator: str) -> str:
        """Whom or what alone the clause is about (对企业的环境违法行为作出处罚), unless the indicator explains it."""
        aimed = _TARGET.search(self.text, passage.clause_start, passage.start)
        return aimed[1] if aimed is not None and names_only_things(aimed[1], self.terms[indicator]) else ""

    def _phrase(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> tuple[str, str]:
        """The words before and after a figure that a rule has to explain: not its subject, nor what bodies do."""
        text, tail = self.text, words.tail
        if rule.place == "noun":
            tail = rule.says[0]
        elif body := counted_body(metric, tail):
            tail = body
        elif "的" in tail and all(say in tail[: tail.index("的")] for say in rule.says):
            tail = tail[: tail.index("的")]  # 63个执法主体的信息: what is counted owns what follows
        elif done := _PREDICATE.match(tail):
            tail = tail[: done.start("verb")]  # 818人全部完成演练: what they did says nothing of what is counted
        if passage.sticky == passage.head_start and all(say in tail for say in rule.says):
            return "", tail  # 将320户主体、174户社会团体纳入: the words between belong to the figure before
        begin = passage.head_start
        subject = self.subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if begin <= subject.start < subject.end <= passage.head_end:
            begin = subject.end
        head = words.verb + text[begin : passage.head_end]
        for name in self.subjects.names:
            head = head.replace(name, "|")
        return head, tail

    def _of_part(self, rule: Rule, metric: Quantity, passage: Passage, words: Words) -> Match:
        """The indicator for a part of it that the words name (涉农民工的, 行政处罚类); nothing where others remain."""
        head, tail = self._phrase(rule, metric, passage, words)
        named = _PART.search(head)
        part = named[1] if named is not None else self.target(metric, passage, rule.indicator)
        if not part or any(say in part for say in rule.says):
            return NOTHING
        if any(word not in part for word in unexplained(f"{head}|{tail}", self.terms[rule.indicator])):
            return NOTHING
        return _match(rule, part.removesuffix("的"))

    def _of_member(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator of a member of a list that takes its beginning from the one before (代表议案3件、建议276件)."""
        head = self.text[passage.head_start : passage.head_end]
        if not head or head[0] not in _LISTING or passage.tail_end > passage.end or len(head) > _LONGEST_MEMBER:
            return NOTHING
        index = bisect_left(self.passages, passage.start, key=attrgetter("start")) - 1
        if index < 0 or self.passages[index].end != passage.head_start:
            return NOTHING
        before = self.passages[index]
        stem = self.text[before.head_start : before.head_end]
        phrase = stem.removesuffix(last_word(stem)) + head.lstrip(_LISTING)
        for found in self.candidates.of(metric, passage, self.candidates.words_in(phrase)):
            if not unexplained(phrase, self.terms[found.rule.indicator]):
                return _match(found.rule)
        return NOTHING


def _match(rule: Rule, part: str = "") -> Match:
    return Match(rule.indicator, "+".join(rule.says), part)
