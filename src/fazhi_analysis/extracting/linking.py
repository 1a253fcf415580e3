"""From a figure to its indicator: the words of its own segment decide, those of its passage permit.

The rule with the longest wording wins; of equally long ones the nearer. Unit and kind must agree, a change keeps the
indicator that it is a change of, and what stays doubtful gets no id, because a figure in the wrong series is the
costliest mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from fazhi_analysis.catalogue import Catalogue, load_catalogue
from fazhi_analysis.extracting.duplicates import find_repeats
from fazhi_analysis.extracting.labels import is_bare, label_for
from fazhi_analysis.extracting.linking_passages import Passage, Passages
from fazhi_analysis.extracting.linking_records import amended
from fazhi_analysis.extracting.linking_rules import Rule, RuleBook, rule_book
from fazhi_analysis.extracting.scope import is_own_whole, rate_variant, scope_of
from fazhi_analysis.model import Quantity, Report

# A change that names nothing of its own ("同比增长30%") is a change of the figure before it in the same sentence.
_CHANGE_ONLY = re.compile(
    r"[，、（）\s同比环较去上年前期度长增加减少下降升提高低了幅率分别为达到约近超过高于低于的同期相比翻番又再均也有所末年底\d.%]*"
)

_NOUN_ENDS = re.compile(r"$|[\W均全实都各为的已和及与]|完成|开展|建立|设立|配备|推行|印发|下发|启动|落实")
_AVERAGE = re.compile(r"人均|户均|平均|均价")


def link(report: Report, quantities: Sequence[Quantity], catalogue: Catalogue | None = None) -> list[Quantity]:
    """The quantities with what their words say filled in where ``is_metric`` is true.

    Filled are ``indicator_id``, ``label``, ``scope``, ``row_id`` (``m001`` and so on, in text order) and
    ``duplicate_of`` (the row of a passage printed before).

    Parameters
    ----------
    report:
        Gives the text and its clean copy.
    quantities:
        All numeric expressions in text order, with offsets of ``report.text``.
    catalogue:
        The indicators; by default the bundled ones.

    >>> from fazhi_analysis.model import Quantity
    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("全年受理行政复议案件53件，审结50件。", name="a.txt")
    >>> figures = [Quantity(10, 13, "53件", 53, 53, 53, "件", "exact", "count", True),
    ...            Quantity(16, 19, "50件", 50, 50, 50, "件", "exact", "count", True)]
    >>> [figure.indicator_id for figure in link(report, figures)]
    ['reconsideration_accepted', 'reconsideration_concluded']
    """
    chosen = load_catalogue() if catalogue is None else catalogue
    metrics = [quantity for quantity in quantities if quantity.is_metric]
    linker = _Linker(report, metrics, rule_book(chosen))
    names = [chosen[found].name_zh if found else "" for found in linker.ids]
    scopes = linker.scopes(names, report.metadata.region)
    repeated = linker.repeats()
    rows = iter(range(len(metrics)))
    return [
        linker.row(at := next(rows), names[at], scopes[at], repeated[at]) if quantity.is_metric else quantity
        for quantity in quantities
    ]


class _Linker:
    """Links the metrics of one report in text order, since later figures lean on earlier ones."""

    def __init__(self, report: Report, metrics: list[Quantity], book: RuleBook) -> None:
        self.book = book
        self.metrics = metrics
        prepared = Passages(report.clean, metrics)
        self.text = prepared.text
        self.passages = prepared.passages
        self.topics: dict[int, list[tuple[int, int, frozenset[str]]]] = {}
        self.ids: list[str] = []
        self.labels: list[str] = []
        for index in range(len(metrics)):
            self.ids.append(self._identify(index))
            self._check_group(index)

    def repeats(self) -> list[int | None]:
        """For each metric the one that it repeats."""
        return find_repeats(
            self.text,
            [(passage.sentence_start, passage.sentence_end) for passage in self.passages],
            [(metric.value, metric.unit) for metric in self.metrics],
        )

    def scopes(self, names: list[str], region: str) -> list[str]:
        """Scope of each metric; the whole of the place itself is named only where it tells figures apart.

        That is so for an indicator of the own level (本级), and where the report gives the same indicator for another
        scope as well.
        """
        text = self.text
        found = []
        for metric, passage, name in zip(self.metrics, self.passages, names, strict=True):
            own = text[passage.head_start : passage.head_end] + text[passage.end : passage.tail_end]
            wider = passage.sentence_start if "本级" in name else passage.clause_start
            before = text[wider : passage.head_start]
            scope = scope_of(own, before) or (scope_of(before) if "本级" in name else "")
            found.append(rate_variant(own) or scope if name and metric.kind == "rate" else scope)
        several = {
            name for name, scope in zip(self.ids, found, strict=True) if scope and not is_own_whole(scope, region)
        }
        return [
            "" if is_own_whole(scope, region) and not ("本级" in name or identity in several) else scope
            for scope, name, identity in zip(found, names, self.ids, strict=True)
        ]

    def row(self, index: int, name: str, scope: str, first: int | None) -> Quantity:
        """The metric with everything that its words and its neighbours say."""
        metric = self.metrics[index]
        return amended(
            metric,
            indicator_id=self.ids[index],
            label=self._label(index, name),
            scope=scope,
            row_id=f"m{index + 1:03d}",
            duplicate_of="" if first is None else f"m{first + 1:03d}",
        )

    def _label(self, index: int, name: str) -> str:
        """Label; a sum is called after what it sums up, a bare participle (合格, 采纳) after the figure before it."""
        metric, passage = self.metrics[index], self.passages[index]
        label = label_for(metric, name, *self.words(index))
        if not name and (passage.sums or is_bare(label)):
            alike = [
                at
                for at in range(index)
                if self.passages[at].start >= passage.sentence_start and self.metrics[at].unit == metric.unit
            ]
            if alike and passage.sums:
                label = f"{self.labels[alike[0]]}等合计"
            elif alike:
                label = f"{self.labels[alike[-1]].removesuffix('数')}{label}"
        self.labels.append(label)
        return label

    def words(self, index: int) -> tuple[str, str]:
        """Own words before and after a figure."""
        passage = self.passages[index]
        return self.text[passage.head_start : passage.head_end], self.text[passage.end : passage.tail_end]

    def _check_group(self, index: int) -> None:
        """Figures that share out a list of nouns are linked all to different indicators, or not at all.

        "人大代表建议、政协提案分别为86件、120件" names two indicators; "农牧民、妇女法律援助案件分别为52件、31件" gives
        two parts of one.
        """
        group = self.passages[index].group
        if group < 0 or (index + 1 < len(self.passages) and self.passages[index + 1].group == group):
            return
        found = self.ids[group : index + 1]
        if "" in found or len(set(found)) < len(found):
            self.ids[group : index + 1] = [""] * len(found)

    def _identify(self, index: int) -> str:
        metric, passage = self.metrics[index], self.passages[index]
        head, tail = self.words(index)
        if passage.vague or _AVERAGE.search(head):
            return ""
        if metric.change != "level" and _CHANGE_ONLY.fullmatch(head) and _CHANGE_ONLY.fullmatch(tail):
            return self._of_previous(index)
        best = self._best(metric, passage, head, tail)
        if best and "其中" in head and best in self._sentence_ids(index):
            return ""
        if passage.sums:
            return self._of_sum(index, best)
        return best

    def _of_previous(self, index: int) -> str:
        """Id of the level that a bare change follows in the same sentence; points only follow a rate."""
        sentence = self.text.rfind("。", 0, self.passages[index].start)
        for earlier in range(index - 1, -1, -1):
            if self.passages[earlier].start < sentence:
                return ""
            metric = self.metrics[earlier]
            if metric.change == "level":
                fits = self.metrics[index].change != "points" or metric.kind == "rate"
                return self.ids[earlier] if fits else ""
        return ""

    def _of_sum(self, index: int, best: str) -> str:
        """Id of a sum: none over different indicators; over parts without one, what the sentence says before them."""
        passage, metric = self.passages[index], self.metrics[index]
        parts = [
            at
            for at in range(index)
            if self.passages[at].start >= passage.sentence_start and self.metrics[at].unit == metric.unit
        ]
        found = {self.ids[at] for at in parts} - {""}
        if best or found or not parts:
            return best if len(found) < 2 else ""
        passage.head_start, passage.head_end = passage.sentence_start, self.passages[parts[0]].head_start
        return self._best(metric, passage, *self.words(index))

    def _sentence_ids(self, index: int) -> set[str]:
        sentence = self.text.rfind("。", 0, self.passages[index].start)
        return {self.ids[i] for i in range(index) if self.passages[i].start > sentence}

    def _best(self, metric: Quantity, passage: Passage, head: str, tail: str) -> str:
        own = head + "\x00" + tail
        text = self.text
        found: dict[str, int] = {}
        stuck: set[str] = set()
        topics: set[str] = set()
        for begin, end, offset in (
            (passage.head_start, passage.head_end, passage.head_end),
            (passage.end, passage.tail_end, passage.end),
        ):
            reach = begin
            for at, word in self.book.wordings(text, begin, end):
                if at + len(word) > end:
                    continue
                if at + len(word) > reach and (names := self.book.topics.get(word)):
                    topics |= names
                    reach = at + len(word)
                if at == passage.sticky:
                    stuck.add(word)
                gap = abs(offset - at) if at >= offset else offset - at - len(word)
                if word not in found or gap < found[word]:
                    found[word] = gap
        scored: list[tuple[int, bool, int, str]] = []
        for word, gap in found.items():
            for rule in self.book.by_say.get(word, ()):
                if stuck and stuck.issuperset(rule.says):
                    continue
                if self._holds(rule, metric, passage, found, topics, own):
                    scored.append((rule.weight, rule.own, -gap, rule.indicator))
        for rule in self.book.by_next.get(tail[:1], ()) if tail else ():
            said = rule.says[0]
            if rule.place == "noun" and not _NOUN_ENDS.match(tail, len(said)):
                continue
            if tail.startswith(said) and self._holds(rule, metric, passage, None, topics, own):
                scored.append((rule.weight + 2, rule.own, 0, rule.indicator))
        if not scored:
            return ""
        scored.sort(key=itemgetter(0, 1, 2), reverse=True)
        first = scored[0]
        if any(other[:3] == first[:3] and other[3] != first[3] for other in scored[1:]):
            return ""
        return first[3]

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
        if rule.far_nots:
            sentence = self.text[passage.sentence_start : passage.sentence_end]
            if any(word in sentence for word in rule.far_nots):
                return False
        if not (rule.about or rule.wide or rule.near or rule.topics):
            return True
        if rule.near:
            so_far = self.text[passage.sentence_start : passage.clause_end]
            if any(word in so_far for word in rule.near):
                return True
        if rule.about:
            sentence = self.text[passage.sentence_start : passage.sentence_end]
            if any(word in sentence for word in rule.about):
                return True
        if rule.wide:
            lead = self.text[passage.lead_start : passage.sentence_end]
            if any(word in lead for word in rule.wide):
                return True
        return bool(rule.topics) and self._topic_fits(rule.topics, passage, topics)

    def _topic_fits(self, wanted: frozenset[str], passage: Passage, own: set[str]) -> bool:
        """Whether the passage is about one of these topics: its own words, else the nearest before."""
        if own:
            return bool(own & wanted)
        nearest: frozenset[str] = frozenset()
        reach = 0
        for at, end, names in self._topics_from(passage.lead_start, passage.sentence_end):
            if end > passage.head_start:
                break
            if end > reach:
                nearest = names if at >= reach else nearest | names
                reach = end
        return bool(nearest & wanted)

    def _topics_from(self, start: int, end: int) -> list[tuple[int, int, frozenset[str]]]:
        """Topic words from the beginning of an item or paragraph, at least as far as ``end``."""
        kept = self.topics.get(start)
        if kept is None or kept[-1][1] < end:
            topics = self.book.topics
            words = self.book.wordings(self.text, start, end)
            kept = [(at, at + len(word), topics[word]) for at, word in words if word in topics]
            kept.append((end, end, frozenset()))
            self.topics[start] = kept
        return kept
