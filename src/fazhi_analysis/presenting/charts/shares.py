"""Stacked bars of counts, one row a domain; each kind has a shade and its count in the row's note.

Kinds are distinguished by the order of the bar and by hatching, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, draw_rows
from fazhi_analysis.presenting.charts.style import BLUE, GREY, LINE, ORANGE, PALE
from fazhi_analysis.presenting.wording.page_texts import Words

_COLOURS = {
    "exact": BLUE,
    "inexact": PALE,
    "improved": BLUE,
    "worsened": ORANGE,
    "increased": GREY,
    "decreased": GREY,
    "unchanged": PALE,
    "uncertain": LINE,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label and the count of each kind, in the order of the kinds."""

    label: str
    parts: tuple[int, ...]


def draw_bars(
    name: str, title: str, finding: str, bars: Sequence[Bar], names: Sequence[str], kinds: Sequence[str], words: Words
) -> Chart:
    """Stacked bars in the order given; the note of each row spells the counts out."""
    largest = max(sum(bar.parts) for bar in bars)
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if largest / size <= 5)
    ticks = tuple((float(mark), str(mark)) for mark in range(0, largest + step, step))
    axis = Axis(0.0, ticks[-1][0], ticks, title=words("chart.bar_axis"))
    rows = [Row(bar.label, _note(bar, names, words), tuple(zip(kinds, bar.parts, strict=True))) for bar in bars]
    header = (words("column.domain"), *names)
    data = tuple((bar.label, *bar.parts) for bar in bars)
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _note(bar: Bar, names: Sequence[str], words: Words) -> str:
    return words.join([f"{name} {count}" for name, count in zip(names, bar.parts, strict=True) if count])


def _paint(track: Any, y: float, parts: tuple[tuple[str, int], ...]) -> None:
    start = 0
    for kind, count in parts:
        if count:
            track.block(
                start, start + count, y, _COLOURS[kind], hatch={"decreased": "////", "worsened": "////"}.get(kind, "")
            )
            start += count
