"""Small multiples: one strip a domain, one dot an indicator on a common axis with the earlier year as 100.

Every dot has its interval; an arrowhead points the way of a settled change (filled for better, hollow for worse, open
where neither side is better), a hollow diamond is uncertain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.charts.rows import Axis, Row, clipped, draw_rows, index_axis
from fazhi_analysis.presenting.charts.style import BLUE, GREY, ORANGE, UNSETTLED, form, legend
from fazhi_analysis.presenting.wording.words import Words


@dataclass(frozen=True, slots=True)
class Mark:
    """One indicator: its later figure as an index of the earlier one (both ends), and the verdict."""

    lower: float
    value: float
    upper: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: a domain, its note, its indicators."""

    label: str
    note: str
    marks: tuple[Mark, ...]


def draw_strips(name: str, title: str, finding: str, strips: Sequence[Strip], words: Words) -> Chart:
    """Strips in the order given."""
    ends = [end for strip in strips for mark in strip.marks for end in (mark.lower, mark.value, mark.upper)]
    rows = [Row(strip.label, strip.note, strip.marks) for strip in strips]
    header = (
        words("column.domain"),
        *(words(f"chart.index_{key}") for key in ("lower", "value", "upper")),
        words("chart.verdict"),
    )
    data = tuple(
        (
            strip.label,
            round(mark.lower, 2),
            round(mark.value, 2),
            round(mark.upper, 2),
            words(f"verdict.{mark.verdict}"),
        )
        for strip in strips
        for mark in strip.marks
    )
    axis = clipped(_axis(strips, words), ends, words("chart.clipped"))
    return Chart(name, title, finding, draw_rows(name, rows, axis, _paint), header, data, words)


def _axis(strips: Sequence[Strip], words: Words) -> Axis:
    """An axis that no doubted figure stretches."""
    marks = [mark for strip in strips for mark in strip.marks]
    trusted = [mark for mark in marks if mark.verdict != "doubtful"]
    ends = [end for mark in trusted or marks for end in (mark.lower, mark.value, mark.upper)]
    caption = legend((mark.verdict for mark in marks), words)
    caption += words("chart.doubtful_legend") if len(trusted) < len(marks) else ""
    return index_axis([end for end in ends if 0 < end < math.inf], words("chart.strip_axis") + caption)


def _paint(track: Any, y: float, marks: tuple[Mark, ...]) -> None:
    lanes = (0.0, -0.055, 0.055)
    for number, mark in enumerate(sorted(marks, key=lambda item: item.value)):
        colour = {"improved": BLUE, "worsened": ORANGE}.get(mark.verdict, GREY)
        settled = mark.verdict not in UNSETTLED
        height = y + lanes[number % 3]
        if mark.upper > mark.lower:
            track.bar(mark.lower, min(mark.upper, 1e6), height, colour, 2.5, 0.5)
        shape, hollow = form(mark.verdict, rising=mark.value > 100)
        track.dot(mark.value, height, colour, shape, hollow=hollow, size=3.6 if settled else 3.0)
