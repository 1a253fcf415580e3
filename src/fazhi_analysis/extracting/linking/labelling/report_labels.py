"""The labels of all figures of a report: some lean on a figure before them, or name what the next one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fazhi_analysis.extracting.linking.labelling.borrowed_labels import Labelled, borrowed_label, may_borrow
from fazhi_analysis.extracting.linking.labelling.labels import (
    SAME_TIME,
    changed_label,
    division_label,
    is_bare,
    is_bare_change,
    joined_label,
    label_for,
    leaning_label,
    leans,
)
from fazhi_analysis.extracting.linking.passages.passage import Passage, earlier_in_sentence
from fazhi_analysis.extracting.linking.then_and_now import RISEN_TO
from fazhi_analysis.model import Quantity

_MOST = 8  # figures that a sentence sets against as many others with 分别


def report_labels(
    text: str, metrics: Sequence[Quantity], passages: Sequence[Passage], names: Sequence[str], in_table: Sequence[bool]
) -> list[str]:
    """Labels of all figures in text order; ``names`` are those of their indicators, empty for figures without one."""
    found = _Labels(text, metrics, passages, in_table)
    for index, (metric, passage, name) in enumerate(zip(metrics, passages, names, strict=True)):
        label = label_for(metric, name, passage.head(text), passage.tail(text))
        found.labels.append(label if name else found.unnamed(index, label))
    return found.labels


@dataclass
class _Labels:
    """Labels of the figures up to one of them, on which its own may lean."""

    text: str
    metrics: Sequence[Quantity]
    passages: Sequence[Passage]
    in_table: Sequence[bool]
    labels: list[str] = field(default_factory=list)
    stems: dict[int, str] = field(default_factory=dict)  # of participles: none goes by another one (拟废止、修改)
    borrowed: set[int] = field(default_factory=set)

    def unnamed(self, index: int, label: str) -> str:
        """The label of a figure without an indicator, whose own words give this one.

        A sum is called after what it sums up, a bare participle (合格, 采纳) after the figure before it. In a table the
        column says all: what stands in the one before is another matter.
        """
        metric, passage, labels = self.metrics[index], self.passages[index], self.labels
        head = passage.head(self.text)
        if index and self._leans_on_last(index):
            return changed_label(metric, labels[-1], head)
        if (owner := self._respective_level(index)) is not None:
            return changed_label(metric, labels[owner[0]], owner[1])
        label = self._division(index) or label
        if passage.sums or (is_bare(label) and not self.in_table[index]):
            alike = [at for at in earlier_in_sentence(self.passages, index) if self.metrics[at].unit == metric.unit]
            if alike and passage.sums:
                return f"{labels[alike[0]]}等合计"
            if alike:
                self.stems[index] = self.stems.get(alike[-1], labels[alike[-1]])
                return joined_label(self.stems[index], label)
        elif leans(label) and self._has_no_heads(index):
            return self._leaning_label(index, label)
        elif index and not self.in_table[index] and may_borrow(label, head):
            own, label = label, borrowed_label(label, metric.unit, head, self._before(index))
            self.borrowed |= {index} if label != own else set()
        return label

    def _leans_on_last(self, index: int) -> bool:
        """Whether a figure says more of the figure before it, having no words of its own.

        So it is with a bare change (同比增长8%), with what a figure grew to (增加到45名), and with what it was the year
        before.
        """
        metric, passage, text = self.metrics[index], self.passages[index], self.text
        last, before = self.metrics[index - 1], self.passages[index - 1]
        if before.start < passage.sentence_start:
            return False
        between = text[before.end : passage.start]
        if metric.change in ("yoy_pct", "yoy_abs", "points", "reduction"):
            stops = passage.end == passage.tail_end or text[passage.end : passage.end + 1] in "，；、）"
            return is_bare_change(between) and stops and last.change == "level"
        if metric.unit != last.unit or metric.change != "level":
            return False
        return RISEN_TO.fullmatch(between) is not None or SAME_TIME.fullmatch(between) is not None

    def _respective_level(self, index: int) -> tuple[int, str] | None:
        """The level that a change belongs to in order, and the words of all.

        仲裁员12名、书记员9名，分别增长20%和12.5%: the second change is of the second level.
        """
        metrics, passages = self.metrics, self.passages
        if metrics[index].change == "level":
            return None
        start = passages[index].clause_start
        changes = [
            at
            for at in range(max(index - _MOST, 0), min(index + _MOST, len(metrics)))
            if passages[at].clause_start == start and metrics[at].change == metrics[index].change
        ]
        first, number = changes[0], len(changes)
        levels = range(first - number, first)
        if number == 1 or levels[0] < 0 or passages[levels[0]].start < passages[index].sentence_start:
            return None
        between = self.text[passages[first - 1].end : passages[first].start]
        bare = "分别" in between and is_bare_change(between.replace("分别", ""))
        if not bare or any(metrics[at].change != "level" for at in levels):
            return None
        return levels[changes.index(index)], between

    def _leaning_label(self, index: int, label: str) -> str:
        """The label with what the figure before it in the sentence counts, else with the clause before it."""
        passage = self.passages[index]
        start = passage.sentence_start
        if index and self.passages[index - 1].start >= start:
            return leaning_label(self.labels[index - 1], label)
        return leaning_label(self.text[start : max(passage.clause_start - 1, start)], label)

    def _division(self, index: int) -> str:
        """Label of a figure that only divides what the next one counts (8大类42项重点工作), else empty."""
        following = self.passages[index + 1] if index + 1 < len(self.passages) else None
        if following is None or following.start != self.passages[index].end:
            return ""
        return division_label(self.metrics[index].unit, following.tail(self.text))

    def _has_no_heads(self, index: int) -> bool:
        """Whether a figure has neither heads of a table nor the noun that it shares with the divisions before it."""
        passage = self.passages[index]
        divided = index > 0 and self.passages[index - 1].end == passage.start
        return not divided and "\t" not in self.text[passage.sentence_start : passage.start]

    def _before(self, index: int) -> list[Labelled]:
        """The figures before this one in its sentence, as far as its label may lean on them."""
        found = []
        for at in earlier_in_sentence(self.passages, index):
            metric, start = self.metrics[at], self.passages[at].head_start
            lends_nothing = at in self.borrowed or "其中" in self.text[start : start + 4]
            found.append(Labelled(self.labels[at], metric.unit, metric.change, lends_nothing))
        return found
