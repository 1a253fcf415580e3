"""Series over the years: one small panel a series, intervals as bars, gaps as gaps, breaks marked.

Nothing joins two figures across a gap or a break. Each panel has a value axis of its own with two or three ticks, and a
least span, so that a small movement looks small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.pen import Pen
from fazhi_analysis.presenting.charts.style import (
    BLUE,
    INK,
    LEADING,
    LINE,
    MARGIN,
    ORANGE,
    SIZE,
    SMALL,
    SOFT,
    WIDTH,
    house,
    text_width,
    to_svg,
    wrap,
)
from fazhi_analysis.presenting.wording.numbers import axis_label, plain
from fazhi_analysis.presenting.wording.page_texts import Words

_PANEL = 0.62
_TICK = 10.0
"""Panels stand three in a row on a desk and on paper: a smaller size could not be read there."""


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series; a gap has no value. ``broken`` forbids joining it to the figure before, ``doubtful`` says
    that a check doubts it.
    """

    year: int
    lower: float
    value: float
    upper: float
    broken: bool = False
    doubtful: bool = False

    @property
    def gap(self) -> bool:
        """Whether there is no figure for this year."""
        return math.isnan(self.value)


@dataclass(frozen=True, slots=True)
class Series:
    """One panel: label, note at the right end, the points in order of years, and whether they are percentages."""

    label: str
    note: str
    points: tuple[Point, ...]
    rate: bool = False


def draw_lines(
    name: str, title: str, finding: str, series: Sequence[Series], words: Words, *, notes: bool = True
) -> Chart:
    """Panels in the order given, on common years; without ``notes`` what the marks mean is explained elsewhere."""
    years = sorted({point.year for item in series for point in item.points})
    header = (words("column.indicator"), words("column.year"), *(words(f"chart.{key}") for key in _ENDS))
    data = tuple(
        (item.label, point.year, *(None if point.gap else end for end in (point.lower, point.value, point.upper)))
        for item in series
        for point in item.points
    )
    doubted = any(point.doubtful for item in series for point in item.points)
    explained = axis_notes(words, doubted=doubted) if notes else ""
    return Chart(name, title, finding, _draw(name, series, years, words, explained), header, data, words)


def axis_notes(words: Words, *, doubted: bool) -> str:
    """What the marks of the panels mean."""
    return words("chart.line_axis") + (words("chart.doubtful_legend") if doubted else "")


_ENDS = ("after_lower", "after", "after_upper")


def _draw(name: str, series: Sequence[Series], years: Sequence[int], words: Words, notes: str) -> str:
    inner = WIDTH - 2 * MARGIN
    titles = wrap(notes, SMALL, inner) if notes else []
    scales = [value_ticks(item) for item in series]
    texts = [_tick_text(tick, item, words) for item, ticks in zip(series, scales, strict=True) for tick in ticks]
    # One left edge for all panels, so that the years stand below each other.
    left = MARGIN + max((text_width(text, _TICK) for text in texts), default=0.0) + 0.3
    laid = []
    cursor = 0.12 + 0.16 * len(titles)
    for item in series:
        lines = wrap(item.label, SIZE, inner - text_width(item.note, SMALL) - 0.15) if item.label else []
        laid.append((cursor, lines, item))
        cursor += LEADING * len(lines) + _PANEL + 0.36
    with house() as figure_class:
        figure = figure_class(figsize=(WIDTH, cursor))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(cursor, 0)
        pen = Pen(axes)
        for number, line in enumerate(titles):
            pen.text((MARGIN, 0.1 + 0.16 * number), line, SOFT, SMALL)
        for top, lines, item in laid:
            for number, line in enumerate(lines):
                pen.text((MARGIN, top + LEADING * (number + 0.5)), line, INK, SIZE)
            last = top + LEADING * (len(lines) - 0.5)
            pen.text((WIDTH - MARGIN, last), item.note, SOFT, SMALL, align="right")
            _panel(pen, top + LEADING * len(lines) + 0.06, item, years, left, words)
        pen.flush()
        return to_svg(figure, name)


_LEAST_POINTS, _LEAST_SHARE = 10.0, 0.5
"""Least span of a panel: so many points for rates, this share of the largest figure for amounts."""


def value_ticks(item: Series) -> tuple[float, ...]:
    """Two or three round values that hold every figure of a series; the first and the last are the ends of its axis.

    >>> def series(*values, rate=False):
    ...     return Series("", "", tuple(Point(2020 + n, v, v, v) for n, v in enumerate(values)), rate)
    >>> value_ticks(series(68, 71)), value_ticks(series(100, 100, rate=True)), value_ticks(series(0, 0))
    ((50.0, 75.0, 100.0), (90.0, 95.0, 100.0), (0.0, 1.0))
    """
    ends = [end for point in item.points if not point.gap for end in (point.lower, point.upper) if math.isfinite(end)]
    low, high = min(ends, default=0.0), max(ends, default=0.0)
    least = _LEAST_POINTS if item.rate else max(_LEAST_SHARE * max(abs(low), abs(high)), 1.0)
    room = max(least - (high - low), 0.0)
    floor, ceiling = min(low, 0.0), max(high, 100.0) if item.rate and high <= 100 else math.inf
    high = min(high + room / 2, ceiling)
    low = max(min(low - room / 2, high - least), floor)
    high = max(high, low + least)
    smallest = 0.1 if item.rate else 1.0
    tenth = 10.0 ** math.floor(math.log10(max((high - low) / 2, smallest)))
    steps = (size * part for size in (tenth, tenth * 10) for part in (1, 2, 2.5, 5))
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= 2 and (item.rate or float(step).is_integer()):
            break
    return tuple(number * step for number in range(first, max(last, first + 1) + 1))


def _tick_text(tick: float, item: Series, words: Words) -> str:
    return f"{plain(tick, 1)}%" if item.rate else axis_label(tick, words.lang)


def _panel(pen: Pen, top: float, item: Series, years: Sequence[int], left: float, words: Words) -> None:
    right = WIDTH - MARGIN - 0.25
    span = max(years[-1] - years[0], 1)
    ticks = value_ticks(item)
    low, high = ticks[0], ticks[-1]

    def across(year: int) -> float:
        return left + (right - left) * ((year - years[0]) / span if years[-1] > years[0] else 0.5)

    def down(value: float) -> float:
        return top + _PANEL * (1 - (min(max(value, low), high) - low) / (high - low))

    foot = top + _PANEL
    for tick in ticks:
        pen.stroke((left - 0.2, down(tick)), (right + 0.2, down(tick)), LINE, 0.8 if tick == low else 0.4, order=0.5)
        pen.text((left - 0.24, down(tick)), _tick_text(tick, item, words), SOFT, _TICK, align="right")
    step = max(1, math.ceil(len(years) / 8))
    for number, year in enumerate(years):
        if number % step == 0 or year == years[-1]:
            pen.text((across(year), foot + 0.12), str(year), SOFT, _TICK, align="center")
    before: Point | None = None
    for point in item.points:
        x = across(point.year)
        if point.gap:
            pen.mark((x, foot), SOFT, "x", 4)
            before = None
            continue
        if point.broken:
            pen.stroke((x - 0.07, top), (x - 0.07, foot), ORANGE, 1.0, style=(0, (2, 2)))
        elif before is not None:
            pen.stroke((across(before.year), down(before.value)), (x, down(point.value)), BLUE, 1.3)
        pen.stroke((x, down(point.lower)), (x, down(point.upper)), BLUE, 4, alpha=0.4, order=2)
        pen.mark((x, down(point.value)), BLUE, "s" if point.doubtful else "o", 4, hollow=point.doubtful)
        before = point
