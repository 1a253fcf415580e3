"""The frame that every row chart shares: label lines above tracks, one common axis at the top and bottom.

:func:`draw_rows` lays the rows out and hands the axes to the chart's own painter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazhi_analysis.presenting.charts.style import (
    BAND,
    INK,
    LINE,
    SIZE,
    SMALL,
    SOFT,
    WIDTH,
    house,
    text_width,
    to_svg,
    wrap,
)
from fazhi_analysis.presenting.numbers import plain

_MARGIN = 0.08
_LINE = 0.185
_TRACK = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: label, the figures as text, and what the painter needs."""

    label: str
    note: str
    marks: Any
    group: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The common axis: ends, ticks with labels, a reference value, and whether it is logarithmic."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    reference: float | None = None
    log: bool = False
    title: str = ""
    legend: tuple[tuple[str, str], ...] = field(default=())


def percent_axis(low: float, high: float, title: str) -> Axis:
    """An axis of percentages with round ends: 0 to 100 unless all figures lie close together near the ceiling.

    >>> [text for _, text in percent_axis(92.1, 100, "").ticks]
    ['92%', '94%', '96%', '98%', '100%']
    >>> percent_axis(16, 88, "").low == 0
    True
    """
    if high <= 100 and low < 60:
        low = 0.0
        high = 100.0 if high > 50 else high
    step = next(size for size in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000) if (high - low) / size <= 5)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if last <= first:
        last = first + step
    count = round((last - first) / step)
    ticks = tuple((first + number * step, f"{plain(round(first + number * step, 1))}%") for number in range(count + 1))
    return Axis(first, last, ticks, None, False, title)


_INDEX_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


def index_axis(ends: Sequence[float], title: str) -> Axis:
    """A logarithmic axis around 100, from 1 to 10,000 at most.

    >>> [text for _, text in index_axis([90, 130], "").ticks]
    ['75', '80', '90', '100', '110', '125']
    """
    low = max(min([*ends, 80.0]) * 0.92, 1.0)
    high = min(max([*ends, 125.0]) * 1.08, 10_000.0)
    near = (75, 80, 90, 110, 125, 150, 300) if high / low < 5 else ()
    marks = sorted({mark for mark in (*_INDEX_TICKS, *near) if low <= mark <= high})
    if len(marks) > 7:
        marks = [mark for mark in marks if mark in (1, 10, 50, 100, 200, 500, 1000, 10_000)]
    return Axis(low, high, tuple((float(mark), plain(mark)) for mark in marks), 100.0, True, title)


def draw_rows(name: str, rows: Sequence[Row], axis: Axis, paint: Callable[[Any, float, Any], None]) -> str:
    """Draw rows top down; ``paint(axes, y, marks)`` draws the marks of one row at height ``y``. Returns SVG."""
    inner = WIDTH - 2 * _MARGIN
    laid: list[tuple[str, float, Any]] = []
    cursor = 0.0
    group = ""
    for row in rows:
        if row.group and row.group != group:
            group = row.group
            cursor += 0.12 if laid else 0.0
            laid.append(("group", cursor, group))
            cursor += 0.24
        room = inner - text_width(row.note, SMALL) - 0.15
        stacked = text_width(row.label, SIZE) > room and room < 0.45 * inner
        lines = wrap(row.label, SIZE, inner if stacked else room)
        laid.append(("label", cursor, (lines, row.note, stacked)))
        cursor += _LINE * (len(lines) + (1 if stacked else 0))
        laid.append(("track", cursor + _TRACK / 2, row.marks))
        cursor += _TRACK + 0.06
    top = 0.42 if axis.title else 0.24
    height = top + cursor + 0.08
    with house() as figure_class:
        figure = figure_class(figsize=(WIDTH, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        scale = _scale(axis, inner)
        if axis.title:
            axes.text(_MARGIN, 0.10, axis.title, size=SMALL, color=SOFT, va="center")
        tracks = [top + offset for kind, offset, _ in laid if kind == "track"]
        _ticks(axes, axis, scale, top, tracks)
        for kind, offset, content in laid:
            y = top + offset
            if kind == "group":
                axes.text(_MARGIN, y + 0.11, content, size=SIZE, color=INK, va="center", weight="bold")
                axes.plot([_MARGIN, WIDTH - _MARGIN], [y + 0.22] * 2, color=LINE, lw=0.6)
            elif kind == "label":
                _label(axes, y, content)
            else:
                axes.plot([_MARGIN, WIDTH - _MARGIN], [y, y], color=BAND, lw=7, solid_capstyle="butt", zorder=0)
                paint(_Track(axes, scale), y, content)
        return to_svg(figure, name)


def _label(axes: Any, y: float, content: tuple[list[str], str, bool]) -> None:
    lines, note, stacked = content
    for number, line in enumerate(lines):
        axes.text(_MARGIN, y + _LINE * (number + 0.5), line, size=SIZE, color=INK, va="center")
    last = len(lines) if stacked else len(lines) - 1
    axes.text(WIDTH - _MARGIN, y + _LINE * (last + 0.5), note, size=SMALL, color=SOFT, va="center", ha="right")


def _ticks(axes: Any, axis: Axis, scale: Callable[[float], float], top: float, tracks: Sequence[float]) -> None:
    """Labels above the first row; lines only across the tracks, so that none runs through a label."""
    ordered = sorted(axis.ticks, key=lambda tick: tick[0] != axis.reference)
    spans: list[tuple[float, float]] = []
    for value, text in ordered:
        x = scale(value)
        half = text_width(text, SMALL) / 2 + 0.04
        place = min(max(x, _MARGIN + half), WIDTH - _MARGIN - half)
        for y in tracks:
            axes.plot([x, x], [y - _TRACK / 2, y + _TRACK / 2], color=LINE, lw=0.5, zorder=0.5)
        if all(place - half > right or place + half < left for left, right in spans):
            axes.text(place, top - 0.12, text, size=SMALL, color=SOFT, va="center", ha="center")
            axes.plot([x, x], [top - 0.04, top], color=LINE, lw=0.5)
            spans.append((place - half, place + half))
    if axis.reference is not None:
        x = scale(axis.reference)
        for y in tracks:
            axes.plot([x, x], [y - _TRACK / 2, y + _TRACK / 2], color=SOFT, lw=1.0, zorder=0.6)


def _scale(axis: Axis, inner: float) -> Callable[[float], float]:
    pad = 0.1
    left, width = _MARGIN + pad, inner - 2 * pad

    def place(value: float) -> float:
        value = min(max(value, axis.low), axis.high)
        if axis.log:
            share = (math.log(value) - math.log(axis.low)) / (math.log(axis.high) - math.log(axis.low))
        else:
            share = (value - axis.low) / (axis.high - axis.low)
        return left + width * share

    return place


class _Track:
    """One track: marks placed by value on the common axis."""

    def __init__(self, axes: Any, scale: Callable[[float], float]) -> None:
        self.axes = axes
        self.scale = scale

    def bar(self, low: float, high: float, y: float, colour: str, width: float = 5.0, alpha: float = 0.35) -> None:
        """An interval, at least as wide as can be seen."""
        left, right = self.scale(low), self.scale(high)
        if right - left < 0.02:
            left, right = (left + right) / 2 - 0.01, (left + right) / 2 + 0.01
        self.axes.plot([left, right], [y, y], color=colour, lw=width, alpha=alpha, solid_capstyle="butt", zorder=2)

    def block(self, low: float, high: float, y: float, colour: str, hatch: str = "") -> None:
        """A filled block, hatched where its kind must show without colour."""
        from matplotlib.patches import Rectangle

        left, right = self.scale(low), self.scale(high)
        shape = Rectangle((left, y - 0.06), right - left, 0.12, fc=colour, ec="#ffffff", lw=0.8, hatch=hatch, zorder=2)
        self.axes.add_patch(shape)

    def line(self, start: float, end: float, y: float, colour: str, style: str = "-") -> None:
        """A thin line between two values."""
        self.axes.plot([self.scale(start), self.scale(end)], [y, y], color=colour, lw=1.4, ls=style, zorder=1)

    def dot(
        self, value: float, y: float, colour: str, marker: str = "o", *, hollow: bool = False, size: float = 5.5
    ) -> None:
        """A mark; hollow ones are drawn as an outline."""
        face = "none" if hollow else colour
        self.axes.plot(
            [self.scale(value)], [y], marker=marker, ms=size, mec=colour, mfc=face, mew=1.3, ls="none", zorder=3
        )
