"""Places side by side for one indicator: dots with interval bars, the own place as a filled diamond."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, draw_rows, percent_axis
from fazhi_analysis.presenting.charts.style import BLUE, GREY
from fazhi_analysis.presenting.wording.numbers import axis_label
from fazhi_analysis.presenting.wording.page_texts import Words


@dataclass(frozen=True, slots=True)
class Peer:
    """One place: its name, the figure and rank as text, its interval, and whether it is the page's own."""

    label: str
    note: str
    lower: float
    value: float
    upper: float
    own: bool
    doubtful: bool = False


def draw_ranks(
    name: str,
    title: str,
    finding: str,
    peers: Sequence[Peer],
    words: Words,
    *,
    rate: bool,
    benchmark: tuple[float, float] | None = None,
) -> Chart:
    """Places in the order given; ``benchmark`` (both ends, of all official series) is drawn across all of them."""
    ends = [end for peer in peers for end in (peer.lower, peer.value, peer.upper) if math.isfinite(end)]
    ends += benchmark or ()
    key = "chart.rank_axis" if benchmark is None else "chart.rank_axis_benchmark"
    legend = words(key) + (words("chart.doubtful_legend") if any(peer.doubtful for peer in peers) else "")
    axis = percent_axis(min(ends), max(ends), legend) if rate else _amounts(max(ends), words, legend)
    axis = replace(axis, references=tuple(dict.fromkeys(benchmark or ())))
    rows = [Row(peer.label, peer.note, peer) for peer in peers]
    header = (words("column.place_name"), *(words(f"chart.{end}") for end in ("after_lower", "after", "after_upper")))
    data = tuple((peer.label, peer.lower, peer.value, peer.upper) for peer in peers)
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _paint(track: Any, y: float, peer: Peer) -> None:
    colour = BLUE if peer.own else GREY
    if peer.upper > peer.lower:
        track.bar(peer.lower, peer.upper, y, colour, 6.0)
    shape = "s" if peer.doubtful else "D" if peer.own else "o"
    track.dot(peer.value, y, colour, shape, hollow=peer.doubtful or not peer.own)


def _amounts(high: float, words: Words, title: str) -> Axis:
    size = 10.0 ** math.floor(math.log10(high)) if high > 0 else 1.0
    step = next(size * part for part in (0.2, 0.5, 1.0, 2.0) if high / (size * part) <= 5)
    count = max(1, math.ceil(high / step - 1e-9))
    ticks = tuple((number * step, axis_label(number * step, words.lang)) for number in range(count + 1))
    return Axis(0.0, count * step, ticks, title=title)
