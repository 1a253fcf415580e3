"""Rates of one year: dots with interval bars, grouped by domain, in percent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Row, draw_rows, percent_axis
from fazhi_analysis.presenting.charts.style import BLUE
from fazhi_analysis.presenting.wording.page_texts import Words


@dataclass(frozen=True, slots=True)
class Level:
    """One figure to draw: label, the figure as printed, its interval and value, and its group."""

    label: str
    note: str
    lower: float
    value: float
    upper: float
    group: str = ""
    doubtful: bool = False


def draw_levels(name: str, title: str, finding: str, levels: Sequence[Level], words: Words) -> Chart:
    """A dot chart of rates in the order given; intervals are bars behind the dots."""
    keys = ("after_lower", "after", "after_upper")
    header = (words("column.domain"), words("column.indicator"), *(words(f"chart.{key}") for key in keys))
    data = tuple((item.group, item.label, item.lower, item.value, item.upper) for item in levels)
    ends = [end for item in levels for end in (item.lower, item.value, item.upper) if math.isfinite(end)]
    legend = words("chart.doubtful_legend") if any(item.doubtful for item in levels) else ""
    axis = percent_axis(min(ends), max(ends), words("chart.level_axis") + legend)
    rows = [Row(item.label, item.note, item, item.group) for item in levels]
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _paint(track: Any, y: float, item: Level) -> None:
    track.bar(item.lower, item.upper, y, BLUE, 7.0, 0.45)
    track.dot(item.value, y, BLUE, "s" if item.doubtful else "o", hollow=item.doubtful, size=4.0)
