"""The chart: the chosen series over the years, intervals as bars, gaps as gaps."""

from __future__ import annotations

from typing import Final

from fazhi_analysis.analysis.result_rows import TrendRow
from fazhi_analysis.presenting.explorer.choice import Choice, Series
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.numbers import figure_of

DRAWN: Final = 4
"""Panels at most when no single indicator is chosen."""


def figures_chart(choice: Choice) -> Fragment:
    """The chosen series, or those of the choice that have most years; empty when there is nothing to draw."""
    from fazhi_analysis.presenting.charts.lines import Point, draw_lines
    from fazhi_analysis.presenting.charts.lines import Series as Panel

    drawn = sorted((one for one in choice.series if one.known), key=lambda one: -len(one.known))[:DRAWN]
    words = choice.words
    if not drawn:
        return framed(tag("p", words("explore.nothing")))
    panels = [
        Panel(
            one.name,
            _ends(one, choice),
            tuple(Point(row["year"], row["lower"], row["value"], row["upper"], row["break"]) for row in one.points),
        )
        for one in drawn
    ]
    single = len(drawn) == 1
    title = drawn[0].name if single else words("trend.title", n=len(drawn))
    finding = words(
        "trend.finding",
        n=len(drawn),
        name=panels[0].label,
        ends=panels[0].note,
        shape=words(f"trend_shape.{drawn[0].summary['shape'] if drawn[0].summary else 'single'}"),
    )
    return framed(draw_lines("explore", title, finding, panels, words))


def _ends(one: Series, choice: Choice) -> str:
    known = one.known
    first, last = _shown(known[0], choice), _shown(known[-1], choice)
    return first if len(known) == 1 else choice.words("change.arrow", before=first, after=last)


def _shown(row: TrendRow, choice: Choice) -> str:
    return f"{row['year']} {figure_of(row, choice.words)}"
