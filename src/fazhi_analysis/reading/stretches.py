"""Stretches of a text, looked up by place in time that does not grow with their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Places (start, end) of a text in any order, inside each other or not.

    >>> tables = Stretches([(40, 60), (10, 30), (12, 15)])
    >>> tables.meet(20, 25), tables.meet(25, 41), tables.meet(30, 40)
    (True, True, False)
    """

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(places)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))  # the furthest end up to each

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them has a character of ``start..end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and start < self._ends[before - 1]
