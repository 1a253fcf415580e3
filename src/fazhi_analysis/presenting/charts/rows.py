"""The frame that every row chart shares: label lines above tracks, one common axis at the top and bottom.

:func:`draw_rows` lays the rows out and hands the axes to the chart's own painter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fazhi_analysis.presenting.charts.pen import Pen
from fazhi_analysis.presenting.charts.style import (
    BAND,
    INK,
    LEADING,
    LINE,
    MARGIN,
    SIZE,
    SMALL,
    SOFT,
    WIDTH,
    house,
    text_width,
    to_svg,
    wrap,
)
from fazhi_analysis.presenting.wording.numbers import plain

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
    """The common axis: ends, ticks with labels, values drawn across all tracks, and whether it is logarithmic."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    references: tuple[float, ...] = ()
    log: bool = False
    title: str = ""


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
    return Axis(first, last, ticks, title=title)


_LOWEST, _HIGHEST = 20.0, 500.0


def index_axis(ends: Sequence[float], title: str) -> Axis:
    """A logarithmic axis around 100, from 20 to 500 at most; what lies beyond is drawn at its end.

    >>> [text for _, text in index_axis([90, 130], "").ticks]
    ['75', '80', '90', '100', '110', '125']
    >>> [text for _, text in index_axis([384], "").ticks][-1]
    '400'
    """
    low = max(min([*ends, 80.0]) * 0.92, _LOWEST)
    high = min(max([*ends, 125.0]) * 1.08, _HIGHEST)
    near = (75, 80, 90, 110, 125, 150, 250, 300) if high / low < 5 else (75, 150, 250, 300, 400)
    marks = sorted({mark for mark in (20, 50, 100, 200, 500, *near) if low <= mark <= high})
    ticks = tuple((float(mark), plain(mark)) for mark in marks)
    return Axis(low, high, ticks, (100.0,), True, title)


def clipped(axis: Axis, drawn: Iterable[float], note: str) -> Axis:
    """The axis, with a note in its title where some of what is drawn on it lies beyond its ends.

    >>> clipped(index_axis([0.01, 130], "指数"), [0.01, 130], "，出界的画在边上").title
    '指数，出界的画在边上'
    """
    beyond = any(not axis.low <= value <= axis.high for value in drawn)
    return replace(axis, title=axis.title + note) if beyond else axis


def draw_rows(name: str, rows: Sequence[Row], axis: Axis, paint: Callable[[Any, float, Any], None]) -> str:
    """Draw rows top down; ``paint(track, y, marks)`` draws the marks of one row at height ``y``. Returns SVG."""
    inner = WIDTH - 2 * MARGIN
    titles = wrap(axis.title, SMALL, inner) if axis.title else []
    top = (0.26 if axis.ticks else 0.08) + 0.16 * len(titles)
    laid, cursor = _layout(rows, inner)
    with house() as figure_class:
        figure = figure_class(figsize=(WIDTH, top + cursor + 0.08))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(top + cursor + 0.08, 0)
        pen, scale = Pen(axes), _scale(axis, inner)
        for number, line in enumerate(titles):
            pen.text((MARGIN, 0.10 + 0.16 * number), line, SOFT, SMALL)
        _ticks(pen, axis, scale, top, [top + offset for kind, offset, _ in laid if kind == "track"])
        track = Track(pen, scale)
        for kind, offset, content in laid:
            y = top + offset
            if kind == "group":
                pen.text((MARGIN, y + 0.11), content, INK, SIZE, bold=True)
                pen.stroke((MARGIN, y + 0.22), (WIDTH - MARGIN, y + 0.22), LINE, 0.6)
            elif kind == "label":
                _label(pen, y, content)
            else:
                pen.stroke((MARGIN, y), (WIDTH - MARGIN, y), BAND, 7, order=0)
                paint(track, y, content)
        pen.flush()
        return to_svg(figure, name)


def _layout(rows: Sequence[Row], inner: float) -> tuple[list[tuple[str, float, Any]], float]:
    """What stands where, from the top: groups, labels (wrapped where long), tracks; and the height of it all."""
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
        cursor += LEADING * (len(lines) + (1 if stacked else 0))
        laid.append(("track", cursor + _TRACK / 2, row.marks))
        cursor += _TRACK + 0.06
    return laid, cursor


def _label(pen: Pen, y: float, content: tuple[list[str], str, bool]) -> None:
    lines, note, stacked = content
    for number, line in enumerate(lines):
        pen.text((MARGIN, y + LEADING * (number + 0.5)), line, INK, SIZE)
    last = len(lines) if stacked else len(lines) - 1
    pen.text((WIDTH - MARGIN, y + LEADING * (last + 0.5)), note, SOFT, SMALL, align="right")


def _ticks(pen: Pen, axis: Axis, scale: Callable[[float], float], top: float, tracks: Sequence[float]) -> None:
    """Labels above the first row; lines only across the tracks, so that none runs through a label."""
    spans: list[tuple[float, float]] = []
    for value, text in sorted(axis.ticks, key=lambda tick: tick[0] not in axis.references):
        x = scale(value)
        half = text_width(text, SMALL) / 2 + 0.04
        place = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        for y in tracks:
            pen.stroke((x, y - _TRACK / 2), (x, y + _TRACK / 2), LINE, 0.5, order=0.5)
        if all(place - half > right or place + half < left for left, right in spans):
            pen.text((place, top - 0.12), text, SOFT, SMALL, align="center")
            pen.stroke((x, top - 0.04), (x, top), LINE, 0.5)
            spans.append((place - half, place + half))
    for value in axis.references:
        x = scale(value)
        for y in tracks:
            pen.stroke((x, y - _TRACK / 2), (x, y + _TRACK / 2), SOFT, 1.0, order=0.6)


def _scale(axis: Axis, inner: float) -> Callable[[float], float]:
    pad = 0.1
    left, width = MARGIN + pad, inner - 2 * pad

    def place(value: float) -> float:
        value = min(max(value, axis.low), axis.high)
        if axis.log:
            share = (math.log(value) - math.log(axis.low)) / (math.log(axis.high) - math.log(axis.low))
        else:
            share = (value - axis.low) / (axis.high - axis.low)
        return left + width * share

    return place


class Track:
    """One track: marks placed by value on the common axis."""

    def __init__(self, pen: Pen, scale: Callable[[float], float]) -> None:
        self.pen = pen
        self.scale = scale

    def bar(self, low: float, high: float, y: float, colour: str, width: float = 5.0, alpha: float = 0.35) -> None:
        """An interval, at least as wide as can be seen."""
        left, right = self.scale(low), self.scale(high)
        if right - left < 0.02:
            left, right = (left + right) / 2 - 0.01, (left + right) / 2 + 0.01
        self.pen.stroke((left, y), (right, y), colour, width, alpha=alpha, order=2)

    def block(self, low: float, high: float, y: float, colour: str, hatch: str = "", *, height: float = 0.12) -> None:
        """A filled block, hatched where its kind must show without colour."""
        left = self.scale(low)
        self.pen.block((left, y - height / 2), self.scale(high) - left, height, colour, hatch)

    def line(self, start: float, end: float, y: float, colour: str, style: str = "-") -> None:
        """A thin line between two values."""
        self.pen.stroke((self.scale(start), y), (self.scale(end), y), colour, 1.4, style=style, order=1.5)

    def dot(
        self, value: float, y: float, colour: str, marker: str = "o", *, hollow: bool = False, size: float = 5.5
    ) -> None:
        """A mark at a value; hollow ones are drawn as an outline."""
        self.pen.mark((self.scale(value), y), colour, marker, size, hollow=hollow)
