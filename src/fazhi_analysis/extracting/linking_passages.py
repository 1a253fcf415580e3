"""The words that stand with each figure: its own segment, its clause, its passage, and what the passage is about.

Work is done on a tidied copy of the clean text (no quotation marks, brackets of one width); ``Passages`` keeps the way
from offsets of the original to that copy.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_analysis.extracting.linking_rules import tidy
from fazhi_analysis.model import CleanText, Quantity

_DROPPED = re.compile(r"[“”‘’\"「」]")
_STOPS = re.compile(r"[，；。：！？\n\t;:!?]|,(?!\d)")
_PARAGRAPH = re.compile(r"\n|(?:(?<=[。；;\n！])|^)(?=[一二三四五六七八九十]{1,2}是)")
_FILLER = re.compile(
    r"[、和及与以共总合累计达有为约近超到至多个其中分别各的是（）\s\d.%+]|截至|目前|其中|分别|同时|年|月|日|底"
)
_JOINERS = "、和及与并或"


@dataclass(slots=True)
class Passage:
    """One figure and the words around it.

    ``head`` and ``tail`` are its own words before and after; ``clause`` the whole clause; ``lead`` the item or paragraph
    from its beginning to the end of the clause. ``start`` and ``end`` are places of the figure in the tidied text.
    """

    start: int
    end: int
    head_start: int
    tail_end: int
    clause_start: int
    clause_end: int
    lead_start: int
    sticky: int = 0
    chained: bool = False


class Passages:
    """Passages of the metrics of a text, in text order."""

    def __init__(self, clean: CleanText, quantities: Sequence[Quantity]) -> None:
        self.text = tidy(clean.text)
        removed = [match.start() for match in _DROPPED.finditer(clean.text)]
        offsets = clean.offsets
        spans = []
        for quantity in quantities:
            start = bisect_left(offsets, quantity.start)
            end = bisect_left(offsets, quantity.end)
            spans.append((start - bisect_left(removed, start), end - bisect_left(removed, end)))
        stops = [match.start() for match in _STOPS.finditer(self.text)]
        leads = [match.end() for match in _PARAGRAPH.finditer(self.text)]
        self.passages = [self._passage(index, spans, stops, leads) for index in range(len(spans))]
        for index, passage in enumerate(self.passages):
            self._settle(passage, self.passages[index - 1] if index else None)

    def _passage(self, index: int, spans: list[tuple[int, int]], stops: list[int], leads: list[int]) -> Passage:
        text = self.text
        start, end = spans[index]
        at = bisect_left(stops, start)
        clause_start = stops[at - 1] + 1 if at else 0
        after = bisect_left(stops, end)
        clause_end = stops[after] if after < len(stops) else len(text)
        lead_at = bisect_right(leads, start)
        lead_start = leads[lead_at - 1] if lead_at else 0
        head_start, tail_end = clause_start, clause_end
        if index and spans[index - 1][1] > clause_start:
            head_start = spans[index - 1][1]
        if index + 1 < len(spans) and spans[index + 1][0] < clause_end:
            tail_end = max(end, spans[index + 1][0])
        opened = text.rfind("（", head_start, start)
        if opened >= 0 and "）" not in text[opened:start]:
            head_start = opened + 1
        closed = text.find("）", end, tail_end)
        if closed >= 0 and "（" not in text[end:closed]:
            tail_end = closed
        return Passage(start, end, head_start, tail_end, clause_start, clause_end, lead_start)

    def _settle(self, passage: Passage, before: Passage | None) -> None:
        """Cut a tail that opens with a joiner; find words where the figure has none of its own."""
        text = self.text
        if passage.end < passage.tail_end and text[passage.end] in _JOINERS:
            passage.tail_end = passage.end
        near = before is not None and before.end > passage.clause_start
        if near and passage.head_start == before.end and text[before.end : before.end + 1] not in _JOINERS:  # type: ignore[union-attr]
            passage.sticky = passage.head_start
        own = text[passage.head_start : passage.start] + text[passage.end : passage.tail_end]
        if _FILLER.sub("", own):
            return
        if near and before is not None:
            passage.head_start, passage.chained = before.head_start, True
        elif passage.clause_start > passage.lead_start and (before is None or before.end < passage.clause_start - 1):
            previous = _STOPS.split(text[passage.lead_start : passage.clause_start - 1])[-1]
            passage.head_start = max(passage.clause_start - 1 - len(previous), before.end if before else 0)
            passage.clause_start = passage.head_start
