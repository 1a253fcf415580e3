"""Which rule holds for one figure: by its own words, the words of its sentence, and what the passage is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter, itemgetter
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern, words
from fazhi_analysis.extracting.linking.explaining import names_another_thing, unexplained
from fazhi_analysis.extracting.linking.passages import Passage, Passages
from fazhi_analysis.extracting.linking.rules import Condition, Rule, RuleBook
from fazhi_analysis.extracting.linking.subjects import Subjects
from fazhi_analysis.model import Quantity

_NOUN_ENDS = pattern(r"$|[^\w（]|[均全实都各为的已和及与]|<noun ends>")
_NOT_DONE = "未在缓"  # the last character of what may deny the wording after it
_NOT_YET = frozenset(words("not yet"))
_OF_BODIES = frozenset(["个", "家"])
_BODY = pattern(r"[市县区旗省州盟]?[直级]?<body qualifiers>?<bodies>(?=[^（(、和参与]|$)")
_LISTING = "、和及与"
_GOVERNING = pattern("<governing verbs>")
_VERBS = pattern("<own verbs>")


_LIST_END = re.compile(r"、[^，；]*等(?![级次同待候价])(?:方面|领域|行业|环节|内容|形式|方式|类型|类)?的?")
_PART = pattern(
    r"(?:其中[，,：:]?)?(<part openings>[^，；、]{1,14}?(?:的|(?=案件))|[^，；、的]{1,10}(?:<part endings>)(?:的)?)"
)


class Match(NamedTuple):
    """An indicator and the wording that decided for it, and which part of it; all empty where nothing decided."""

    indicator: str
    wording: str
    part: str = ""


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


_Scored = tuple[int, int, int, Rule]  # weight, rank, nearness


class Matcher:
    """Finds the best rule for each figure of one text.

    Parameters
    ----------
    book:
        The rules.
    passages:
        The tidied text and the words around each figure.
    headings:
        For each section key its heading with those of the sections around it.
    subjects:
        Whose figures the sentences give.
    """

    def __init__(self, book: RuleBook, passages: Passages, headings: Mapping[str, str], subjects: Subjects) -> None:
        self.book = book
        self.text = passages.text
        self.passages = passages.passages
        self.headings = headings
        self.subjects = subjects
        self._topics: dict[int, tuple[list[int], list[int], list[frozenset[str]]]] = {}

    def best(self, metric: Quantity, passage: Passage) -> Match:
        """The indicator that explains the phrase of the figure by the longest wording, the nearer of equally long ones.

        None when that is a tie. Where none explains all of it, the first is kept for a part of it, if the words that
        remain name one (涉农民工的).
        """
        words = self._words(metric, passage)
        scored = [*self._by_wording(metric, passage, words), *self._by_next(metric, passage, words)]
        if not scored:
            return NOTHING
        scored.sort(key=itemgetter(0, 1, 2), reverse=True)
        first: _Scored | None = None
        for found in scored:
            if first is not None and found[:3] != first[:3]:
                break
            if first is not None and found[3].indicator == first[3].indicator:
                continue
            if not self._left(found[3], metric, passage, words):
                if first is not None:
                    return NOTHING
                first = found
        if first is not None:
            return Match(first[3].indicator, "+".join(first[3].says))
        return self._part(scored[0][3], metric, passage, words)

    def _left(self, rule: Rule, metric: Quantity, passage: Passage, words: _Words) -> tuple[str, ...]:
        """Words of the figure's phrase that the indicator of the rule does not explain."""
        head, tail = self._phrase(rule, metric, passage)
        listed = _LIST_END.search(head)
        if listed is not None and all(say in head[listed.end() :] or say in tail for say in rule.says):
            head = head[listed.end() :]  # 交通事故等法律援助案件: examples of the kind
        return unexplained(f"{head}|{tail}", self.book.terms[rule.indicator])

    def _phrase(self, rule: Rule, metric: Quantity, passage: Passage) -> tuple[str, str]:
        """The words before and after a figure that a rule has to explain: not its subject, nor what bodies do."""
        text = self.text
        begin, end = passage.head_start, passage.tail_end
        subject = self.subjects.of(passage.sentence_start, passage.sentence_end, passage.start)
        if begin <= subject.start < subject.end <= passage.head_end:
            begin = subject.end
        tail = text[passage.end : end]
        if rule.place == "noun":
            tail = rule.says[0]
        elif metric.unit in _OF_BODIES and (body := _BODY.match(tail)):
            tail = body[0]
        elif "的" in tail and all(say in tail[: tail.index("的")] for say in rule.says):
            tail = tail[: tail.index("的")]  # 63个执法主体的信息: what is counted owns what follows
        head = text[begin : passage.head_end]
        if passage.sticky == passage.head_start and all(say in tail for say in rule.says):
            head = ""  # 将320户主体、174户社会团体纳入: the words between belong to the figure before
        for name in self.subjects.names:
            head = head.replace(name, "|")
        return head, tail

    def _part(self, rule: Rule, metric: Quantity, passage: Passage, words: _Words) -> Match:
        """The indicator for a part of it that the words name (涉农民工的, 行政处罚类); nothing where others remain."""
        head, tail = self._phrase(rule, metric, passage)
        named = _PART.search(head)
        if named is None or any(say in named[1] for say in rule.says):
            return NOTHING
        rest = f"{head[: named.start()]}|{head[named.end() :]}|{tail}"
        if any(word not in named[1] for word in unexplained(rest, self.book.terms[rule.indicator])):
            return NOTHING
        return Match(rule.indicator, "+".join(rule.says), named[1].removesuffix("的"))

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
        if passage.axis:
            return
        for word, gap in gaps.items():
            for rule in self.book.by_say.get(word, ()):
                if (stuck and stuck.issuperset(rule.says)) or not _fits(rule, metric):
                    continue
                if len(rule.says) > 1 and not all(say in gaps for say in rule.says[1:]):
                    continue
                if self._holds(rule, metric, passage, words):
                    yield rule.weight, rule.rank, -gap, rule

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
                yield rule.weight + 2, rule.rank, 0, rule

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
        if rule.near_nots and _any_in(rule.near_nots, self.text[passage.sentence_start : passage.clause_end]):
            return False
        if not (rule.about or rule.wide or rule.near or rule.topics):
            return True
        return all(self._is_named(also, metric, passage) for also in rule.both) and (
            self._is_named(rule, metric, passage) or self._is_topic(rule, metric, passage, words)
        )

    def _is_named(self, rule: Rule | Condition, metric: Quantity, passage: Passage) -> bool:
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
        if not rule.topics or words.topics - self.book.weak:
            return not rule.topics.isdisjoint(words.topics)
        return self._topic_before(rule, metric, passage, words.topics)

    def _topic_before(self, rule: Rule, metric: Quantity, passage: Passage, own: set[str]) -> bool:
        """Whether the passage is about a topic of the rule: the nearest before, else that of the heading.

        A weak topic gives way to another one of its sentence; a figure in between that counts another thing ends a
        topic; a heading counts only when it names a single topic.
        """
        wanted = rule.topics
        starts, ends, names = self._topics_in(passage.item_start, passage.item_end)
        last = bisect_right(ends, passage.head_start) - 1
        if last >= 0 and starts[last] >= (passage.sentence_start if own else passage.lead_start):
            weak = self.book.weak
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
        heading = self.headings.get(metric.section, "")
        named: set[str] = set()
        for _, word in self.book.wordings(heading, 0, len(heading)):
            named |= self.book.topics.get(word, frozenset())
        return len(named) == 1 and bool(named & wanted)

    def _ended(self, topics: Iterable[str], place: int, passage: Passage) -> bool:
        """Whether a figure between the place of a topic and this one, in its sentence, counts another thing by name."""
        text, terms = self.text, self.book.around[min(topics)]
        first = bisect_left(self.passages, place, key=attrgetter("start"))
        for other in self.passages[first:]:
            if other.start >= passage.start:
                break
            if other.start < passage.sentence_start or other.head_start < place:
                continue
            if names_another_thing(
                f"{text[other.head_start : other.head_end]}|{text[other.end : other.tail_end]}", terms
            ):
                return True
        return False

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


def _denied(text: str, at: int) -> bool:
    """Whether the words before a wording say that it is not done, or not yet.

    >>> _denied("未审结", 1), _denied("正在审理", 2), _denied("存在审理", 2)
    (True, True, False)
    """
    return text[at - 1] == "未" or text[max(0, at - 2) : at] in _NOT_YET
