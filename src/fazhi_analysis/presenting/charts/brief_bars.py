"""The picture of a brief: two bars a figure, the earlier year above the later one, each pair from zero.

What differs in unit and size stands below each other and stays comparable: only the two bars of a pair are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, draw_rows
from fazhi_analysis.presenting.charts.style import BLUE, GREY, ORANGE, PALE
from fazhi_analysis.presenting.wording.naming import counted_text
from fazhi_analysis.presenting.wording.page_texts import Words

_COLOURS = {"improved": BLUE, "worsened": ORANGE}


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in two years: its name, both as text and as numbers, and the verdict."""

    label: str
    note: str
    before: float
    after: float
    verdict: str


def draw_pairs(name: str, title: str, finding: str, pairs: Sequence[Pair], words: Words) -> Chart:
    """The pairs in the order given."""
    header = tuple(words(key) for key in ("column.indicator", "chart.before", "chart.after", "chart.verdict"))
    data = tuple((pair.label, pair.before, pair.after, counted_text(pair.verdict, words)) for pair in pairs)
    axis = Axis(0.0, 1.0, (), title=words("chart.pair_axis"))
    rows = [Row(pair.label, pair.note, pair) for pair in pairs]
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _paint(track: Any, y: float, pair: Pair) -> None:
    largest = max(pair.before, pair.after, 1e-9)
    track.block(0.0, max(pair.before, 0.0) / largest, y - 0.055, PALE, height=0.09)
    track.block(0.0, max(pair.after, 0.0) / largest, y + 0.055, _COLOURS.get(pair.verdict, GREY), height=0.09)
