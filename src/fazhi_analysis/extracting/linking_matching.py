"""Which rule holds for one figure: by its own words, the words of its sentence, and what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from operator import itemgetter
from typing import NamedTuple

from fazhi_analysis.extracting.linking_passages import Passage
from fazhi_analysis.extracting.linking_rules import Rule, RuleBook
from fazhi_analysis.model import Quantity

_NOUN_ENDS = re.compile(r"$|[^\w（]|[均全实都各为的已和及与]|完成|开展|建立|设立|配备|推行|印发|下发|启动|落实")


class Match(NamedTuple):
    """An indicator and the wording that decided for it; both empty where nothing did."""

    indicator: str
    wording: str


NOTHING = Match("", "")


class Matcher:
    """Finds the best rule for each figure of one text.

    Parameters
    ----------
    book:
        The rules.
    text:
        The tidied text that passages are places of.
    headings:
        For each section key its heading with those of the sections around it.
    """

    def __init__(self, book: RuleBook, text: str, headings: Mapping[str, str]) -> None:
        self.book = book
        self.text = text
        self.headings = headings
        self._topics: dict[int, tuple[list[int], list[int], list[frozenset[str]]]] = {}

    def best(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator with the longest wording, the nearer of equally long ones, none when that is a tie."""
        text = self.text
        head = text[passage.head_start : passage.head_end]
        tail = text[passage.end : passage.tail_end]
        own = f"{head}\x00{tail}"
        found: dict[str, int] = {}
        stuck: set[str] = set()
        topics: set[str] = set()
        for begin, end, offset in (
            (passage.head_start, passage.head_end, passage.head_end),
            (passage.end, passage.tail_end, passage.end),
        ):
            reach = begin
            for at, word in self.book.wordings(text, begin, end):
                stop = at + len(word)
                if stop > end:
                    continue
                if stop > reach and (names := self.book.topics.get(word)):
                    topics |= names
                    reach = stop
                if at == passage.sticky:
                    stuck.add(word)
                gap = at - offset if at >= offset else offset - stop
                if word not in found or gap < found[word]:
                    found[word] = gap
        scored: list[tuple[int, bool, int, Match]] = []
        for word, gap in found.items():
            for rule in self.book.by_say.get(word, ()):
                if stuck and stuck.issuperset(rule.says):
                    continue
                if self._holds(rule, metric, passage, found, topics, own):
                    scored.append((rule.weight, rule.own, -gap, Match(rule.indicator, "+".join(rule.says))))
        for rule in self.book.by_next.get(tail[:1], ()) if tail else ():
            said = rule.says[0]
            if rule.place == "noun" and not _NOUN_ENDS.match(tail, len(said)):
                continue
            if tail.startswith(said) and self._holds(rule, metric, passage, None, topics, own):
                scored.append((rule.weight + 2, rule.own, 0, Match(rule.indicator, said)))
        if not scored:
            return NOTHING
        scored.sort(key=itemgetter(0, 1, 2), reverse=True)
        first = scored[0]
        tied = any(other[:3] == first[:3] and other[3].indicator != first[3].indicator for other in scored[1:])
        return NOTHING if tied else first[3]

    def _holds(
        self,
        rule: Rule,
        metric: Quantity,
        passage: Passage,
        found: dict[str, int] | None,
        topics: set[str],
        own: str,
    ) -> bool:
        """Whether a rule whose first wording is there holds for this figure."""
        if metric.change in ("yoy_pct", "reduction") and metric.kind == "rate":
            pass
        elif rule.kind != metric.kind or (metric.kind == "count" and metric.unit not in rule.units):
            return False
        if found is not None and len(rule.says) > 1 and not all(say in found for say in rule.says[1:]):
            return False
        if any(word in own for word in rule.nots):
            return False
        text = self.text
        sentence = text[passage.sentence_start : passage.sentence_end] if rule.far_nots or rule.about else ""
        if rule.far_nots and any(word in sentence for word in rule.far_nots):
            return False
        if not (rule.about or rule.wide or rule.near or rule.topics):
            return True
        if rule.near:
            so_far = text[passage.sentence_start : passage.clause_end]
            if any(word in so_far for word in rule.near):
                return True
        if rule.about and any(word in sentence for word in rule.about):
            return True
        if rule.wide:
            lead = self.headings.get(metric.section, "") + text[passage.lead_start : passage.sentence_end]
            if any(word in lead for word in rule.wide):
                return True
        return bool(rule.topics) and self._topic_fits(rule.topics, metric, passage, topics)

    def _topic_fits(self, wanted: frozenset[str], metric: Quantity, passage: Passage, own: set[str]) -> bool:
        """Whether the passage is about one of these topics: its own words, else the nearest before, else the heading.

        A heading counts only when it names a single topic.
        """
        if own:
            return bool(own & wanted)
        starts, ends, names = self._topics_in(passage.item_start, passage.item_end)
        last = bisect_right(ends, passage.head_start) - 1
        if last >= 0 and starts[last] >= passage.lead_start:
            nearest = names[last]
            if last and ends[last - 1] > starts[last]:
                nearest |= names[last - 1]
            return bool(nearest & wanted)
        heading = self.headings.get(metric.section, "")
        named: set[str] = set()
        for _, word in self.book.wordings(heading, 0, len(heading)):
            named |= self.book.topics.get(word, frozenset())
        return len(named) == 1 and bool(named & wanted)

    def _topics_in(self, start: int, end: int) -> tuple[list[int], list[int], list[frozenset[str]]]:
        """Starts, ends and topics of the topic words of an item or paragraph, none inside another."""
        kept = self._topics.get(start)
        if kept is None:
            kept = self._topics[start] = ([], [], [])
            reach = start
            for at, word in self.book.wordings(self.text, start, end):
                if at + len(word) > reach and word in self.book.topics:
                    reach = at + len(word)
                    kept[0].append(at)
                    kept[1].append(reach)
                    kept[2].append(self.book.topics[word])
        return kept
