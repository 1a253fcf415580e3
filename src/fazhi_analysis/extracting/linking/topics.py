"""What a passage is about where the words of a figure do not say it: 受理行政复议案件53件，审结50件."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from fazhi_analysis.extracting.linking.passages.passage import Passage, first_from
from fazhi_analysis.extracting.linking.passages.surroundings import Passages
from fazhi_analysis.extracting.linking.rule_index import RuleBook
from fazhi_analysis.extracting.linking.unexplained_words import names_another_thing

_TITLES = re.compile("《[^《》\n]*》")
_MEETINGS = frozenset(["常务会", "中心组", "党委中心组"])
_PEOPLE = frozenset("人名")  # those who took part in something are no other thing than it


class Topics:
    """Topics of the passages of one text.

    Parameters
    ----------
    book:
        Has the words of each topic.
    passages:
        The tidied text and the words around each figure.
    headings:
        For each section key its heading with those of the sections around it.
    """

    def __init__(self, book: RuleBook, passages: Passages, headings: Mapping[str, str]) -> None:
        self.book = book
        self.text = passages.sense
        self.printed = passages.text
        self.passages = passages.passages
        self.quoted = passages.quoted
        self.headings = headings
        self._kept: dict[int, tuple[list[int], list[int], list[frozenset[str]]]] = {}

    def holds(self, wanted: frozenset[str], own: set[str], section: str, passage: Passage) -> bool:
        """Whether one of these topics is that of a figure.

        The figure's own words decide, else the nearest topic before it, else a heading that names a single one. A weak
        topic gives way to another one of its sentence; a figure in between that counts another thing ends a topic.

        Parameters
        ----------
        wanted:
            The topics.
        own:
            Topics that the words of the figure name.
        section:
            Key of its section.
        passage:
            The figure's place.
        """
        weak = self.book.weak
        if own - weak:
            return not wanted.isdisjoint(own)
        starts, ends, names = self._in_item(passage.item_start, passage.item_end)
        last = bisect_right(ends, passage.head_start) - 1
        if last >= 0 and starts[last] >= (passage.sentence_start if own else passage.lead_start):
            nearest = names[last]
            if last and ends[last - 1] > starts[last]:
                nearest |= names[last - 1]
            at = last
            while nearest <= weak and at > 0 and starts[at - 1] >= passage.sentence_start:
                at -= 1
                nearest = names[at] - weak or nearest
            if own and nearest <= weak:
                nearest = frozenset(own)
            return bool(nearest & wanted) and not self._ended(nearest & wanted, ends[at], passage)
        if own:
            return not wanted.isdisjoint(own)
        named = self._in_heading(section)
        return len(named) == 1 and not wanted.isdisjoint(named)

    def _in_heading(self, section: str) -> set[str]:
        heading = self.headings.get(section, "")
        named: set[str] = set()
        for _, word in self.book.topic_words.within(heading, 0, len(heading)):
            named |= self.book.topics[word]
        return named

    def _ended(self, topics: Iterable[str], place: int, passage: Passage) -> bool:
        """Whether a figure between the place of a topic and this one, in its sentence, counts another thing by name."""
        text, terms = self.text, self.book.around[min(topics)]
        first, last = (first_from(self.passages, at) for at in (max(place, passage.sentence_start), passage.start))
        for other in self.passages[first:last]:
            if other.head_start < place or text[other.end - 1] in _PEOPLE:
                continue
            words = f"{other.head(text)}|{other.tail(text)}"
            if "其中" in words:
                continue  # a part of what was counted before it
            if names_another_thing(words, terms):
                return True
        return False

    def _in_item(self, start: int, end: int) -> tuple[list[int], list[int], list[frozenset[str]]]:
        """Starts, ends and topics of the topic words of an item or paragraph, none inside another."""
        kept = self._kept.get(start)
        if kept is None:
            kept = self._kept[start] = ([], [], [])
            reach = start
            titles = [found.span() for found in _TITLES.finditer(self.text, start, end)]
            for at, word in self.book.topic_words.within(self.text, start, end):
                if at + len(word) > reach:
                    if titles and self._names_meeting(word) and any(a < at < b for a, b in titles):
                        continue  # 《县政府常务会议学法计划》 names no meeting at which something was done
                    reach = at + len(word)
                    kept[0].append(at)
                    kept[1].append(reach)
                    kept[2].append(self.book.topics[word])
        return kept

    def _names_meeting(self, word: str) -> bool:
        return not self.book.topics[word].isdisjoint(_MEETINGS)
