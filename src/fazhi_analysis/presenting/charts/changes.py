"""Dumbbell charts: the earlier year's figure joined to the later one's, both as intervals.

Counts are drawn with the earlier figure as 100, on a logarithmic axis, so that a doubling and a halving are equally
long. Rates are drawn in percent. An arrowhead shows the direction: filled for better, hollow for worse, open where
neither side is better. A hollow diamond says that it is uncertain, a hollow square that a check doubts a figure.
Doubted figures do not set the scale.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, clipped, draw_rows, index_axis, percent_axis
from fazhi_analysis.presenting.charts.style import BLUE, GREY, ORANGE, UNSETTLED, form, legend
from fazhi_analysis.presenting.wording.naming import counted_text
from fazhi_analysis.presenting.wording.page_texts import Words


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison to draw: label, note at the right end, both intervals and values, and the verdict."""

    label: str
    note: str
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    verdict: str
    group: str = ""


def draw_changes(name: str, title: str, finding: str, changes: Sequence[Change], words: Words, *, rates: bool) -> Chart:
    """A dumbbell chart of comparisons, in the order given. ``before`` and ``after`` are (lower, value, upper)."""
    header = (words("column.indicator"), *(words(f"chart.{key}") for key in _FIELDS))
    data = tuple((item.label, *item.before, *item.after, counted_text(item.verdict, words)) for item in changes)
    scaled = [item if rates else _indexed(item) for item in changes]
    axis = _rate_axis(scaled, words) if rates else _index_axis(scaled, words)
    rows = [Row(item.label, item.note, item, item.group) for item in scaled]
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


_FIELDS = ("before_lower", "before", "before_upper", "after_lower", "after", "after_upper", "verdict")


def _paint(track: Any, y: float, item: Change) -> None:
    rising = item.after[1] > item.before[1]
    colour = {"improved": BLUE, "worsened": ORANGE}.get(item.verdict, GREY)
    settled = item.verdict not in UNSETTLED
    track.line(item.before[1], item.after[1], y, colour, "-" if settled else ":")
    track.bar(item.before[0], item.before[2], y, GREY)
    track.bar(item.after[0], item.after[2], y, colour)
    track.dot(item.before[1], y, GREY, "o", hollow=True)
    marker, hollow = form(item.verdict, rising=rising)
    track.dot(item.after[1], y, colour, marker, hollow=hollow, size=6.5 if settled else 5.0)


def _indexed(item: Change) -> Change:
    base = item.before[1]

    def index(ends: tuple[float, float, float]) -> tuple[float, float, float]:
        low, value, high = (100 * end / base if base > 0 else 100.0 for end in ends)
        return low, value, high if math.isfinite(high) else value * 2

    return Change(item.label, item.note, index(item.before), index(item.after), item.verdict, item.group)


def _index_axis(items: Sequence[Change], words: Words) -> Axis:
    ends = [end for end in _ends(_scaling(items)) if end > 0]
    axis = index_axis(ends, words("chart.index_axis") + _legend(items, words))
    return clipped(axis, _ends(items), words("chart.clipped"))


def _rate_axis(items: Sequence[Change], words: Words) -> Axis:
    ends = _ends(_scaling(items))
    axis = percent_axis(min(ends), max(ends), words("chart.rate_axis") + _legend(items, words))
    return clipped(axis, _ends(items), words("chart.clipped"))


def _ends(items: Sequence[Change]) -> list[float]:
    return [end for item in items for ends in (item.before, item.after) for end in ends if math.isfinite(end)]


def _legend(items: Sequence[Change], words: Words) -> str:
    doubtful = words("chart.doubtful_legend") if any(item.verdict == "doubtful" for item in items) else ""
    return legend((item.verdict for item in items), words) + doubtful


def _scaling(items: Sequence[Change]) -> Sequence[Change]:
    """The items that set the scale: a slipped decimal point must not press the others together."""
    return [item for item in items if item.verdict != "doubtful"] or items
