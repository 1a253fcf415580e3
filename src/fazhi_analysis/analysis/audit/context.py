"""What a rule may look at: the figures of one report, its sentences when the text is there, and the year before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from fazhi_analysis.analysis.audit.duties import is_under_duty
from fazhi_analysis.catalogue import Catalogue
from fazhi_analysis.model import Indicator, Quantity, Report, Statement

NEIGHBOURS = 40
"""Figures beside one in which a rule looks for its partners: no sentence of a report has as many, and whatever has must
not take time that grows with the square of its length."""

_LONGEST = 2000
"""Characters beside a figure that count as its sentence where nothing ends one."""

_SENTENCE_END = re.compile(r"[。！？\n]")
_STOP = re.compile(r"[。；;！]")
_SPACE = re.compile(r"\s+")
_QUOTES = re.compile(r"[“”‘’《》「」\"]")
_NAME = re.compile(r"[一-鿿]+$")
_NAME_AFTER = re.compile(r"[一-鿿]+")
T = TypeVar("T")


@dataclass(frozen=True)
class AuditContext:
    """One report under audit.

    ``metrics`` are its figures in text order (rows with ``is_metric``), ``report`` the document where there is one,
    ``earlier`` the figures of the same place in ``earlier_year``, ``texts`` other texts of the same place by year.
    """

    metrics: tuple[Quantity, ...]
    catalogue: Catalogue
    report: Report | None = None
    statements: tuple[Statement, ...] = ()
    year: int | None = None
    region: str = ""
    report_id: str = ""
    earlier: tuple[Quantity, ...] = ()
    earlier_year: int | None = None
    metadata: dict[str, object] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The catalogue's row, or None for an unclassified figure."""
        return self.catalogue[indicator_id] if indicator_id and indicator_id in self.catalogue else None

    @property
    def is_under_duty(self) -> bool:
        """Whether the document is of the kind that the statutory rules are about."""
        return is_under_duty(self.metadata)

    @cached_property
    def counted(self) -> tuple[Quantity, ...]:
        """Figures without those that merely repeat another one."""
        return tuple(quantity for quantity in self.metrics if not quantity.duplicate_of)

    @cached_property
    def results(self) -> tuple[Quantity, ...]:
        """Every printed level that reports a result, repetitions included."""
        return tuple(q for q in self.metrics if q.role == "result" and q.change == "level")

    @cached_property
    def counted_results(self) -> tuple[Quantity, ...]:
        """Printed levels that report a result, each counted once."""
        return tuple(quantity for quantity in self.results if not quantity.duplicate_of)

    @cached_property
    def earlier_results(self) -> tuple[Quantity, ...]:
        """Printed levels that the report of the year before gives as results of that year."""
        years = {"", str(self.earlier_year)}
        return tuple(q for q in self.earlier if q.role == "result" and q.change == "level" and q.period in years)

    @cached_property
    def _order(self) -> dict[int, int]:
        return {id(quantity): place for place, quantity in enumerate(self.results)}

    @cached_property
    def _sentence_ends(self) -> list[int]:
        if self.report is None:
            return []
        clean = self.report.clean
        return [clean.offsets[match.start()] for match in _SENTENCE_END.finditer(clean.text)]

    def sentence(self, quantity: Quantity) -> int:
        """Number of the sentence that a figure stands in; without a text, all figures of a section share one.

        The numbers only serve to ask whether two figures stand in the same sentence, or in neighbouring ones.
        """
        if self.report is None:
            return -1
        return bisect_right(self._sentence_ends, quantity.start)

    def sentence_text(self, quantity: Quantity) -> str:
        """The sentence that a figure stands in, without layout spaces; empty without a text.

        Of a text without punctuation, as much as stands near the figure.
        """
        first, last = self.sentence_span(quantity)
        return self.words(max(first, quantity.start - _LONGEST), min(last, quantity.end + _LONGEST))

    def sentence_span(self, quantity: Quantity) -> tuple[int, int]:
        """Where the sentence of a figure begins and ends; nowhere without a text."""
        if self.report is None:
            return 0, 0
        number, ends = self.sentence(quantity), self._sentence_ends
        first = ends[number - 1] + 1 if number > 0 else 0
        return first, ends[number] if number < len(ends) else len(self.report.text)

    def passage(self, quantity: Quantity) -> tuple[str, str]:
        """Section and item of a figure: the widest stretch in which a rule looks for its partners."""
        return quantity.section, quantity.item

    def of_passage(self, quantity: Quantity) -> tuple[Quantity, ...]:
        """Results of the same passage, in text order."""
        return tuple(self._passages.get(self.passage(quantity), ()))

    @cached_property
    def _passages(self) -> dict[tuple[str, str], list[Quantity]]:
        groups: dict[tuple[str, str], list[Quantity]] = {}
        for quantity in self.results:
            groups.setdefault(self.passage(quantity), []).append(quantity)
        return groups

    def before(self, quantity: Quantity, *, sentences: int = 0, across_items: bool = False) -> Iterator[Quantity]:
        """Results of the same passage that stand before a figure, nearest first, at most so many sentences away.

        ``across_items`` goes on from 三是 to 二是 of the same section.
        """
        place = self._order[id(quantity)]
        here = self.sentence(quantity)
        for other in reversed(self.results[max(0, place - NEIGHBOURS) : place]):
            near = self.passage(other) == self.passage(quantity) or (across_items and other.section == quantity.section)
            if not near or here - self.sentence(other) > sentences:
                return
            yield other

    def results_between(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Results that begin behind one place and before another."""
        return self.results[bisect_right(self._starts, start) : bisect_left(self._starts, end)]

    def metrics_between(self, start: int, end: int) -> int:
        """How many figures, whatever they report, begin at or behind one place and before another."""
        return bisect_left(self._all_starts, end) - bisect_left(self._all_starts, start)

    def next_in_sentence(self, quantity: Quantity) -> Quantity | None:
        """The figure after this one in its sentence, whatever it reports."""
        place = bisect_right(self._all_starts, quantity.start)
        following = self.metrics[place] if place < len(self.metrics) else None
        return following if following and self.sentence(following) == self.sentence(quantity) else None

    @cached_property
    def _all_starts(self) -> list[int]:
        return sorted(quantity.start for quantity in self.metrics)

    @cached_property
    def _starts(self) -> list[int]:
        return [quantity.start for quantity in self.results]

    def clause(self, quantity: Quantity) -> str:
        """Words that lead up to a figure and name it: quote, label and indicator, for matching by wording only."""
        return f"{quantity.quote} {quantity.label}"

    def words(self, start: int, end: int) -> str:
        """The text between two places, without layout spaces; empty without a text."""
        return "" if self.report is None else _SPACE.sub("", self.report.text[max(0, start) : end])

    def lead(self, quantity: Quantity, longest: int) -> str:
        """The last ``longest`` characters before a figure, without layout spaces; empty without a text."""
        return self.words(quantity.start - 2 * longest, quantity.start)[-longest:]

    def lead_in_sentence(self, quantity: Quantity, longest: int) -> str:
        """As :meth:`lead`, not beyond the full stop or semicolon before the figure."""
        return _STOP.split(self.lead(quantity, longest))[-1]

    def trail(self, quantity: Quantity, longest: int) -> str:
        """The first ``longest`` characters behind a figure, without layout spaces; empty without a text."""
        return self.words(quantity.end, quantity.end + 2 * longest)[:longest]

    def between(self, first: Quantity, second: Quantity) -> str:
        """What stands between two figures."""
        return self.words(first.end, second.start)

    def naming(self, quantity: Quantity, longest: int = 14) -> str:
        """Chinese words right before a figure, at most ``longest``, not beyond the sign or figure before them.

        An opening quotation mark does not count as a sign: “跨省通办”事项215项 is named 跨省通办事项.
        """
        known = self._names.get((quantity.start, longest))
        if known is None:
            before = _QUOTES.sub("", self.words(quantity.start - 3 * longest, quantity.start))
            match = _NAME.search(before)
            known = self._names[quantity.start, longest] = match.group()[-longest:] if match else ""
        return known

    @cached_property
    def _names(self) -> dict[tuple[int, int], str]:
        """What :meth:`naming` has found, by place and length: rules ask for the same names again and again."""
        return {}

    def after(self, quantity: Quantity, longest: int = 8) -> str:
        """Chinese words right after a figure: what is counted in 12个街道."""
        match = _NAME_AFTER.match(_QUOTES.sub("", self.words(quantity.end, quantity.end + 3 * longest)))
        return match.group()[:longest] if match else ""

    @cached_property
    def by_sentence(self) -> tuple[tuple[Quantity, ...], ...]:
        """Results of every kind, changes included, sentence by sentence; needs a text."""
        groups: dict[int, list[Quantity]] = {}
        for quantity in self.metrics:
            if quantity.role == "result" and self.report is not None:
                groups.setdefault(self.sentence(quantity), []).append(quantity)
        return tuple(tuple(group) for group in groups.values())


def with_preceding(items: Iterable[T]) -> Iterator[tuple[T, list[T]]]:
    """Each of some items with the ``NEIGHBOURS`` before it, nearest first.

    >>> [(one, before) for one, before in with_preceding("abc")]
    [('a', []), ('b', ['a']), ('c', ['b', 'a'])]
    """
    before: deque[T] = deque(maxlen=NEIGHBOURS)
    for item in items:
        yield item, list(before)
        before.appendleft(item)
