"""Columns of a table without lines: where words of several rows stand one below the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from statistics import mean
from typing import NamedTuple

from fazhi_analysis.reading.segment import Segment

_OVERLAP = 0.4  # of a word or a column that must lie in the other for the word to stand in the column
_LEAST = 0.3  # sizes of the type that must, at least
_WORTH = 0.35  # widths of a column: how far off its middle a head may stand to cover one more


class Columns:
    """The columns that the words of some rows form, from left to right.

    Words that reach over several columns (合计 over two) form none.

    >>> words = [Segment(text, x, 0, x + 10 * len(text), 10, 10) for text, x in (("公安", 0), ("61", 60), ("交通", 0))]
    >>> columns = Columns([words])
    >>> columns.extents, columns.place(Segment("8", 66, 30, 72, 40, 10))
    ([(0, 20), (60, 80)], (1, 1))
    """

    def __init__(self, rows: Sequence[Sequence[Segment]]) -> None:
        extents: list[tuple[float, float]] = []
        for word in sorted((word for row in rows for word in row), key=lambda item: item.x1 - item.x0):
            met = [one for one in extents if _reach(word, one) > 0]
            if len(met) < 2:
                extents = [one for one in extents if one not in met]
                extents.append(
                    (min(word.x0, *(x0 for x0, _ in met)), max(word.x1, *(x1 for _, x1 in met)))
                    if met
                    else (word.x0, word.x1)
                )
        self.extents = sorted(extents)

    def add_heads(self, heads: Sequence[Segment], *, widen: bool) -> None:
        """A head over no column is that of an empty one; with ``widen`` columns become as wide as the one head over
        them.
        """
        for head in heads:
            met = [number for number, one in enumerate(self.extents) if _reach(head, one) > 0]
            if len(met) == 1 and widen:
                x0, x1 = self.extents[met[0]]
                self.extents[met[0]] = min(x0, head.x0), max(x1, head.x1)
            elif not met:
                self.extents = sorted([*self.extents, (head.x0, head.x1)])

    def parted(self, word: Segment) -> list[Segment]:
        """A word, parted at its lesser gaps where they lie between two columns."""
        pieces = []
        start, left = 0, word.x0
        for place, before, after in word.gaps:
            middle = (before + after) / 2
            if any(a[1] <= middle <= b[0] for a, b in itertools.pairwise(self.extents)):
                pieces.append(word._replace(text=word.text[start:place].strip(), x0=left, x1=before, gaps=()))
                start, left = place, after
        return [*pieces, word._replace(text=word.text[start:].strip(), x0=left, gaps=())]

    @property
    def edges(self) -> tuple[float, ...]:
        """Where the columns begin and end, in the middle of the gaps between them."""
        inner = [(self.extents[at][1] + self.extents[at + 1][0]) / 2 for at in range(len(self.extents) - 1)]
        return (self.extents[0][0], *inner, self.extents[-1][1])

    def place(self, word: Segment) -> tuple[int, int]:
        """The first and last column in which a word stands; the nearest where it stands in none."""
        met = [number for number, one in enumerate(self.extents) if _stands_in(word, one)]
        if met:
            return met[0], met[-1]
        middle = (word.x0 + word.x1) / 2
        edges = self.edges
        nearest = next((number for number in range(len(edges) - 2) if middle < edges[number + 1]), len(edges) - 2)
        return nearest, nearest

    @property
    def slack(self) -> float:
        """How far the edges of the same columns on another page may be off."""
        return min((b - a for a, b in itertools.pairwise(self.middles)), default=0.0) / 3

    @property
    def middles(self) -> list[float]:
        """The middle of each column."""
        return [(x0 + x1) / 2 for x0, x1 in self.extents]


def _stands_in(word: Segment, extent: tuple[float, float]) -> bool:
    """Whether a good part of a word, or of a column, lies in the other."""
    width = min(word.x1 - word.x0, extent[1] - extent[0])
    return _reach(word, extent) >= max(_OVERLAP * width, min(_LEAST * word.size, width / 2))


def _reach(word: Segment, extent: tuple[float, float]) -> float:
    return min(word.x1, extent[1]) - max(word.x0, extent[0])


class Claim(NamedTuple):
    """A word over (or beside) several cells: the first and last that it certainly covers, and where its middle is."""

    first: int
    last: int
    middle: float


def shares(claims: Sequence[Claim], middles: Sequence[float], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Which cells each word in a row of words covers: those around whose middle it stands, all that are free.

    >>> shares([Claim(2, 2, 20.0), Claim(5, 5, 50.0)], [0, 10, 20, 30, 40, 50, 60], [False, *[True] * 6])
    [(1, 3), (4, 6)]
    """
    steps = [after - before for before, after in itertools.pairwise(middles)]
    pitch = abs(mean(steps)) if steps else 1.0

    @cache
    def best(number: int, begin: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if number == len(claims):
            return 0.0, ()
        claim = claims[number]
        stop = claims[number + 1].first if number + 1 < len(claims) else len(middles)
        options = []
        for first in range(claim.first, begin - 1, -1):
            if first < claim.first and not free[first]:
                break
            for last in range(claim.last, max(stop, claim.last + 1)):
                if last > claim.last and not free[last]:
                    break
                off = abs((middles[first] + middles[last]) / 2 - claim.middle)
                cost, rest = best(number + 1, last + 1)
                options.append((off - _WORTH * pitch * (last - first) + cost, ((first, last), *rest)))
        return min(options, default=(0.0, ((claim.first, claim.last), *best(number + 1, claim.last + 1)[1])))

    return list(best(0, 0)[1])
