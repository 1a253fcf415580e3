"""Levels of one year: dots with interval bars, grouped by domain; counts on a logarithmic axis, rates in percent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, draw_rows
from fazhi_analysis.presenting.charts.style import BLUE
from fazhi_analysis.presenting.numbers import axis_label, plain
from fazhi_analysis.presenting.words import Words


@dataclass(frozen=True, slots=True)
class Level:
    """One figure to draw: label, the figure as printed, its interval and value, and its group."""

    label: str
    note: str
    lower: float
    value: float
    upper: float
    exact: bool
    group: str = ""


def draw_levels(name: str, title: str, finding: str, levels: Sequence[Level], words: Words, *, rates: bool) -> Chart:
    """A dot chart of figures in the order given; intervals are bars behind the dots."""
    header = (words("column.domain"), words("column.indicator"), *(words(f"chart.{key}") for key in ("after_lower", "after", "after_upper")))
    data = tuple((item.group, item.label, item.lower, item.value, item.upper) for item in levels)
    axis = _rates(levels, words) if rates else _counts(levels, words)
    rows = [Row(item.label, item.note, item, item.group) for item in levels]
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _paint(track: Any, y: float, item: Level) -> None:
    if not item.exact:
        upper = item.upper if math.isfinite(item.upper) else math.inf
        track.bar(item.lower, upper, y, BLUE, 6.0, 0.45)
    track.dot(item.value, y, BLUE, "o", hollow=not item.exact)


def _counts(levels: Sequence[Level], words: Words) -> Axis:
    ends = [end for item in levels for end in (item.lower, item.value, item.upper) if 0 < end < math.inf]
    low, high = min([*ends, 1.0]), max([*ends, 10.0])
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    marks = [10.0**power for power in powers]
    low, high = marks[0] * 0.8, marks[-1] * 1.1
    return Axis(low, high, tuple((mark, axis_label(mark, words.lang)) for mark in marks), None, True, words("chart.count_axis"))


def _rates(levels: Sequence[Level], words: Words) -> Axis:
    high = max([100.0, *(item.upper for item in levels if math.isfinite(item.upper))])
    marks = [0, 20, 40, 60, 80, 100] if high <= 100 else [0, 100, 200, 300, 400, 500]
    kept = [mark for mark in marks if mark <= high]
    return Axis(0.0, high, tuple((float(mark), f"{plain(mark)}%") for mark in kept), None, False, words("chart.rate_axis"))
