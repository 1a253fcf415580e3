"""Which rule holds for one figure: by its own words, the words of its sentence, and what the passage is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern, words
from fazhi_analysis.extracting.linking.passages import Passage
from fazhi_analysis.extracting.linking.rules import Rule, RuleBook
from fazhi_analysis.model import Quantity

_NOUN_ENDS = pattern(r"$|[^\w（]|[均全实都各为的已和及与]|<noun ends>")
_NO_OBJECT = pattern("<no object>")
_NOT_DONE = "未在缓"  # the last character of what may deny the wording after it
_NOT_YET = frozenset(words("not yet"))
_OF_BODIES = frozenset(["个", "家"])
_BODY = pattern(r"[市县区旗省州盟]?[直级]?<body qualifiers>?<bodies>(?=[^（(、和参与]|$)")
_LISTING = "、和及与"
_GOVERNING = pattern("<governing verbs>")
_VERBS = pattern("<own verbs>")
_BARE_VERB = 2  # characters of a wording that is nothing but a verb


class Match(NamedTuple):
    """An indicator and the wording that decided for it; both empty where nothing did."""

    indicator: str
    wording: str


NOTHING = Match("", "")


class _Words(NamedTuple):
    """Wordings that stand with one figure by their distance, those that belong to the figure before, and topics.

    ``own`` are all words before and after the figure, ``tail`` those after it.
    """

    gaps: dict[str, int]
    stuck: set[str]
    topics: set[str]
    own: str
    tail: str


_Scored = tuple[int, bool, int, Match]  # weight, whether a row of the rules, nearness


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
        words = self._words(metric, passage)
        scored = [*self._by_wording(metric, passage, words), *self._by_next(metric, passage, words)]
        if not scored:
            return NOTHING
        scored.sort(key=itemgetter(0, 1, 2), reverse=True)
        first = scored[0]
        tied = any(other[:3] == first[:3] and other[3].indicator != first[3].indicator for other in scored[1:])
        return NOTHING if tied else first[3]

    def _words(self, metric: Quantity, passage: Passage) -> _Words:
        text = self.text
        head = text[passage.head_start : passage.head_end]
        tail = text[passage.end : passage.tail_end]
        own = f"{head}\x00{tail}"
        if head and head[0] in _LISTING:
            own += self._governing(passage, head)
        words = _Words({}, set(), set(), own, tail)
        tail_end = passage.tail_end
        if metric.unit in _OF_BODIES and (body := _BODY.match(tail)):
            tail_end = passage.end + body.end()  # 60个部门梳理权力事项: the 60 count departments
        self._collect(words, passage, passage.head_start, passage.head_end, passage.head_end)
        self._collect(words, passage, passage.end, tail_end, passage.end)
        return words

    def _collect(self, words: _Words, passage: Passage, begin: int, end: int, figure: int) -> None:
        """Add the wordings of ``text[begin:end]``, which stand before or after the place of the figure."""
        text, reach = self.text, begin
        for at, word in self.book.wordings(text, begin, end):
            stop = at + len(word)
            if stop > end or (at and text[at - 1] in _NOT_DONE and _denied(text, at)):
                continue
            if stop < end and text[stop] == "类" and figure == passage.head_end:
                continue  # 行政处罚类120件: a kind of something named before
            if stop > reach and (names := self.book.topics.get(word)):
                words.topics.update(names)
                reach = stop
            if at == passage.sticky:
                words.stuck.add(word)
            gap = at - figure if at >= figure else figure - stop
            if word not in words.gaps or gap < words.gaps[word]:
                words.gaps[word] = gap

    def _by_wording(self, metric: Quantity, passage: Passage, words: _Words) -> Iterator[_Scored]:
        """Rules whose wordings all stand with the figure; not all of them with the figure before."""
        gaps, stuck = words.gaps, words.stuck
        for word, gap in gaps.items():
            for rule in self.book.by_say.get(word, ()):
                if (stuck and stuck.issuperset(rule.says)) or not _fits(rule, metric):
                    continue
                if len(rule.says) > 1 and not all(say in gaps for say in rule.says[1:]):
                    continue
                if self._holds(rule, metric, passage, words):
                    yield rule.weight, rule.own, -gap, Match(rule.indicator, "+".join(rule.says))

    def _by_next(self, metric: Quantity, passage: Passage, words: _Words) -> Iterator[_Scored]:
        """Rules whose wording follows the figure directly."""
        tail = words.tail
        for rule in self.book.by_next.get(tail[:1], ()) if tail else ():
            said = rule.says[0]
            if not tail.startswith(said) or not _fits(rule, metric):
                continue
            if rule.place == "noun" and not _NOUN_ENDS.match(tail, len(said)):
                continue
            if self._holds(rule, metric, passage, words):
                yield rule.weight + 2, rule.own, 0, Match(rule.indicator, said)

    def _governing(self, passage: Passage, head: str) -> str:
        """The verb of a list that holds for this member too: 审查合同247份、重大行政决策2件 are both of review."""
        if _VERBS.search(head):
            return ""
        return "".join(_GOVERNING.findall(self.text, passage.clause_start, passage.head_start)[-1:])

    def _holds(self, rule: Rule, metric: Quantity, passage: Passage, words: _Words) -> bool:
        """Whether nothing forbids a rule whose wordings are there, and the passage is about what it needs."""
        if _any_in(rule.nots, words.own):
            return False
        if rule.far_nots and _any_in(rule.far_nots, self.text[passage.sentence_start : passage.sentence_end]):
            return False
        if not (rule.about or rule.wide or rule.near or rule.topics):
            return True
        return self._is_named(rule, metric, passage) or self._is_topic(rule, metric, passage, words)

    def _is_named(self, rule: Rule, metric: Quantity, passage: Passage) -> bool:
        """Whether a word of the subject stands where the rule wants it: in the clause, the sentence or the item."""
        text, start = self.text, passage.sentence_start
        if rule.near and _any_in(rule.near, text[start : passage.clause_end]):
            return True
        if rule.about and _any_in(rule.about, text[start : passage.sentence_end]):
            return True
        if not rule.wide:
            return False
        lead = self.headings.get(metric.section, "") + text[passage.lead_start : passage.sentence_end]
        return _any_in(rule.wide, lead)

    def _is_topic(self, rule: Rule, metric: Quantity, passage: Passage, words: _Words) -> bool:
        """Whether the figure's own words name the topic of the rule, or those before it where they name none."""
        if words.topics or not rule.topics:
            return not rule.topics.isdisjoint(words.topics)
        if rule.kind == "count" and rule.weight <= _BARE_VERB and _has_object(words.own, rule.says):
            return False
        return self._topic_before(rule.topics, metric, passage)

    def _topic_before(self, wanted: frozenset[str], metric: Quantity, passage: Passage) -> bool:
        """Whether the passage is about one of these topics: the nearest before, else that of the heading.

        A heading counts only when it names a single topic.
        """
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


def _fits(rule: Rule, metric: Quantity) -> bool:
    """Whether kind and unit agree; a rate of change may be of anything."""
    if metric.kind == "rate" and metric.change in ("yoy_pct", "reduction"):
        return True
    return rule.kind == metric.kind and (metric.kind != "count" or metric.unit in rule.units)


def _any_in(wanted: tuple[str, ...], text: str) -> bool:
    for word in wanted:  # noqa: SIM110 - half the time of any(), and asked a hundred times a figure
        if word in text:
            return True
    return False


def _has_object(own: str, says: tuple[str, ...]) -> bool:
    """Whether the words of a figure name something else than the rule that takes its topic from further before.

    >>> _has_object("全年共受理", ("受理",)), _has_object("热线接收投诉举报咨询", ("接收",))
    (False, True)
    """
    for say in says:
        own = own.replace(say, "")
    return len(_NO_OBJECT.sub("", own)) > 1


def _denied(text: str, at: int) -> bool:
    """Whether the words before a wording say that it is not done, or not yet.

    >>> _denied("未审结", 1), _denied("正在审理", 2), _denied("存在审理", 2)
    (True, True, False)
    """
    return text[at - 1] == "未" or text[max(0, at - 2) : at] in _NOT_YET
