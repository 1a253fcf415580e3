"""Rules whose wordings stand with a figure and whose conditions hold, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.linking.link_rules import Condition, Rule
from fazhi_analysis.extracting.linking.passages.passage import LISTED, Passage, first_from
from fazhi_analysis.extracting.linking.topics import Topics
from fazhi_analysis.extracting.linking.words_beside import Words
from fazhi_analysis.extracting.linking.words_near import WordsNear
from fazhi_analysis.model import Quantity

_NOUN_ENDS = pattern(r"$|[^\w（]|[均全实都各为的已和及与在]|<noun ends>")
_MEETINGS = pattern("<meetings>")
_BODIES_COUNTED = frozenset("个家处所")
# 制定《文件管理规定》等3件规章: what the titles of examples say forbids nothing.
_TITLES = re.compile("(?:《[^《》]*》[、和及]?)+(?=等)")
# 检查同比减少12%: what tells a cut from a level forbids nothing where the figure is that cut.
_CHANGES = pattern("<rise>|<fall>")
# 审查率上升12%, but 审查量上升12%: what grew by a share is an amount unless its words name a rate.
_RATE_WORDS = re.compile("率|比例|占比|比重|度|指数")
GROWTH = frozenset(["yoy_pct", "yoy_abs"])


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
        self.words_near = WordsNear(topics.text, topics.passages)

    def may_be_any(self, metric: Quantity) -> bool:
        """Whether any rule counts in the unit of a figure; of 12公里 none does, whatever words stand beside it."""
        return metric.kind != "count" or metric.unit in self.book.units

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

    def _by_wording(self, metric: Quantity, passage: Passage, words: Words) -> Iterator[Scored]:
        """Rules whose wordings all stand with the figure; not all of them with the figure before."""
        gaps, stuck, rules_of = words.gaps, words.stuck, self.book.by_say.get
        of_amount = metric.change == "yoy_pct" and not _RATE_WORDS.search(words.own)
        for word, gap in gaps.items():
            for rule in rules_of(word, ()):
                says = rule.says  # the first of them is the word
                if len(says) > 1 and not (says[1] in gaps and gaps.keys() >= set(says)):
                    continue
                if not _fits(rule, metric) or (stuck and stuck.issuperset(says)) or (of_amount and rule.kind == "rate"):
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
        if rule.list_nots and self._has_any(rule.list_nots, passage, holds_on=True):
            return False
        if not (rule.about or rule.wide or rule.near or rule.since or rule.topics or rule.lists):
            return True
        if rule.both and not all(self._is_named(also, metric, passage) for also in rule.both):
            return False
        if self._is_named(rule, metric, passage):
            return True
        if passage.head_end < passage.sentence_start and _any_in((*rule.about, *rule.since), words.own):
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
            index = first_from(self.topics.passages, end)
            counted = index < len(self.topics.passages) and self.topics.passages[index]
            if not (counted and counted.start == end < passage.start and text[counted.end - 1] in _BODIES_COUNTED):
                return True
            at = text.find(word, end, passage.clause_end)
        return False

    def _is_named(self, rule: Rule | Condition, metric: Quantity, passage: Passage) -> bool:
        """Whether a word of the subject stands where the rule wants it: in the clause, the sentence or the item."""
        if rule.near and _any_in(rule.near, self.words_near.of(passage)):
            return True
        if rule.since and _any_in(rule.since, self._since(passage)):
            return True
        if rule.lists and self._has_any(rule.lists, passage):
            return True
        if rule.about and _any_in(rule.about, self._about(passage)):
            return True
        if not rule.wide:
            return False
        lead = self.topics.headings.get(metric.section, "") + self.text[passage.lead_start : passage.sentence_end]
        return _any_in(rule.wide, lead)

    def _about(self, passage: Passage) -> str:
        """The words of the sentence that may say what a figure is about; what a later member of its list names not."""
        text, reach = self.text, self._reach(passage)
        if text[passage.tail_end : passage.tail_end + 1] in LISTED and passage.tail_end < passage.clause_end:
            return self.words_near.of(passage) + text[passage.clause_end : reach]
        return text[passage.sentence_start : reach]

    def _has_any(self, names: Iterable[str], passage: Passage, holds_on: bool = False) -> bool:
        """Whether what leads a figure, or the list of which it is a member, has an entry of one of these word lists.

        What ``holds_on`` may stand anywhere before in the sentence: 常委会、中心组学法15次，专题学习2次.
        """
        passages, text = self.topics.passages, self.topics.printed  # the channels and forms among them
        index = passage.index
        while (
            index and passages[index - 1].start >= passage.clause_start and text[passages[index].head_start] in LISTED
        ):
            index -= 1
        begin = max(passage.sentence_start, passages[index - 1].end if index else 0)
        if holds_on and not _MEETINGS.search(text, begin, passage.tail_end):
            begin = passage.sentence_start
        begin = max(begin, *(text.rfind(mark, begin, passage.head_start) + 1 for mark in "；;"))
        return any(_list_pattern(name).search(text, begin, passage.tail_end) for name in names)

    def _reach(self, passage: Passage) -> int:
        """Where the words end that may say what a figure is about: before those that belong to a later clause's figure.

        召开党委会36次，研究法治工作4次: the 4 were about it, of the 36 nobody knows.
        """
        passages = self.topics.passages
        index = first_from(passages, passage.end)
        if index < len(passages) and passage.clause_end <= passages[index].clause_start < passage.sentence_end:
            return passages[index].clause_start
        return passage.sentence_end

    def _since(self, passage: Passage) -> str:
        """The words of the sentence between the figures around; what leads a list holds for each of its members."""
        passages, text = self.topics.passages, self.text
        last = passages[passage.index - 1].end if passage.index else 0
        begin = max(passage.sentence_start, last)
        if text[begin : begin + 1] in LISTED or text[passage.start - 1 : passage.start] in LISTED:
            begin = passage.clause_start
        return text[begin : passage.tail_end]


@cache
def _list_pattern(name: str) -> re.Pattern[str]:
    return pattern(f"<{name}>")


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
