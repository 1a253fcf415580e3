"""The table: one row a series, one column a year, the change with its verdict."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.analysis.result_rows import TrendRow
from fazhi_analysis.presenting.explorer.choice import Choice, Series
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.change import change
from fazhi_analysis.presenting.wording.naming import quoting, unit_of
from fazhi_analysis.presenting.wording.numbers import figure_of, interval


def figures_table(choice: Choice) -> Fragment:
    """The chosen series year by year.

    >>> from fazhi_analysis.analysis.place_year import PlaceYear
    >>> from fazhi_analysis.presenting.wording.page_texts import Words
    >>> shown = figures_table(Choice(PlaceYear.open(region="霁原旗", year=2024), Words("zh"), 2023, 2024))
    >>> "2023" in repr(shown)
    True
    """
    words = choice.words
    if not choice.series:
        return framed(tag("p", words("explore.nothing"), cls="fz-notice"))
    columns = headed(
        words, "indicator main", *(Column(str(year), number=True) for year in choice.years), "change number", "verdict"
    )
    rows = tuple(_row(one, choice) for one in choice.series)
    caption = words(
        "explore.table", place=choice.place_year.place, first=choice.first, last=choice.last, n=len(choice.series)
    )
    table = Table(caption, columns, rows)
    frame = tag(
        "div",
        table.fragment(),
        style="max-height:26rem;overflow:auto",
        tabindex="0",
        role="region",
        aria_label=caption,
    )
    return framed(frame)


def _row(one: Series, choice: Choice) -> tuple[Any, ...]:
    words = choice.words
    by_year = {point["year"]: point for point in one.points}
    direction = one.points[0]["direction"]
    way = tag("small", words(f"explore.direction.{direction}")) if direction != "neutral" else None
    name = tag("span", quoting(one.name, words), " " if way else None, way)
    return (name, *(_cell(by_year.get(year), choice) for year in choice.years), *_change(one, choice))


def _cell(point: TrendRow | None, choice: Choice) -> Any:
    words = choice.words
    if point is None:
        return words("mark.gap")
    if point["gap"]:
        why = words.get(f"gap.{point['gap_reason']}")
        return tag("span", words("mark.gap"), tag("small", why))
    shown = figure_of(point, words)
    around = interval(point["lower"], point["upper"], "", words) if point["qualifier"] != "exact" else ""
    return tag("span", shown, tag("small", around)) if around else shown


def _change(one: Series, choice: Choice) -> tuple[Any, Any]:
    from fazhi_analysis.analysis.comparing.reasons import wording

    words, row = choice.words, one.summary
    if row is None or row["figures"] < 2 or row["change_lower"] != row["change_lower"]:
        reason = row["reason"] if row else ""
        return "", tag("small", wording(reason, words.lang)) if len(one.known) > 1 and reason else ""
    verdict = row["verdict"]
    moved = (
        words("change.none")
        if verdict == "unchanged"
        else change(row["change_lower"], row["change_upper"], unit_of({**one.points[0], "unit": row["unit"]}), words)
    )
    span = words("trend.span", first=row["first_year"], last=row["last_year"])
    mark = tag("span", words.get(f"mark.{verdict}"), cls="fz-mark", aria_hidden="true")
    judged = tag("span", mark, " ", wording(verdict, words.lang), cls=f"fz-{verdict}")
    return tag("span", moved, tag("small", span) if len(choice.years) > 2 else None), judged
