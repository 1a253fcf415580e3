"""One figure and the words around it, as places in a tidied text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

LISTED = frozenset("、和及与")
"""What stands between the members of a list."""
_START = attrgetter("start")
_MOST = 150


@dataclass(slots=True)
class Passage:
    """One figure and the words around it, as places in the tidied text.

    Its own words are ``head_start..head_end`` before it and ``end..tail_end`` after it; ``clause``, ``sentence`` and
    ``item`` (一是 item or paragraph) stand around them, ``lead`` is the part of the item before it that is not too far.
    ``sticky`` is where a head begins that belongs to the figure before; ``group`` numbers the list of figures that
    shares a list of nouns ("分别为86件、120件"), ``vague`` says that nouns and figures do not agree in number,
    ``sums`` that the figure adds up those before it, and ``axis`` that it counts the sides of something (4个方面).
    ``index`` is its place among the figures of the text.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    tail_end: int
    clause_start: int
    clause_end: int
    lead_start: int
    sentence_start: int
    sentence_end: int
    item_start: int
    item_end: int
    sticky: int = -1
    group: int = -1
    vague: bool = False
    sums: bool = False
    axis: bool = False
    index: int = 0

    def head(self, text: str) -> str:
        """Its own words before the figure."""
        return text[self.head_start : self.head_end]

    def tail(self, text: str) -> str:
        """Its own words after the figure."""
        return text[self.end : self.tail_end]


def first_from(passages: Sequence[Passage], place: int) -> int:
    """Index of the first figure that begins at a place of the text or after it."""
    return bisect_left(passages, place, key=_START)


def earlier_in_sentence(passages: Sequence[Passage], index: int) -> list[int]:
    """Indices of the figures before this one in its sentence, in text order: of no more than any sentence has."""
    first = index
    while first and index - first < _MOST and passages[first - 1].start >= passages[index].sentence_start:
        first -= 1
    return list(range(first, index))
