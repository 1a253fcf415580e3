"""The picture of the brief: the changes that it names, each as two bars; with one year alone there is none."""

from __future__ import annotations

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.charts.brief_bars import Pair, draw_pairs
from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.narrative.brief import named_changes
from fazhi_analysis.presenting.wording.name_with_figure import text_with_figure
from fazhi_analysis.presenting.wording.numbers import figure_of
from fazhi_analysis.presenting.wording.page_texts import Words


def brief_chart(place_year: PlaceYear, words: Words) -> Chart | None:
    """The chart, titled by what it shows first; None where nothing changed that a brief names.

    >>> brief_chart(PlaceYear.open(region="鄂托克前旗", year=2023), Words("zh")) is None
    True
    """
    shown = named_changes(place_year)
    if not shown or place_year.baseline is None:
        return None
    pairs = [_pair(one, words) for one in shown]
    first = words("chart.pair_one", name=pairs[0].label, note=pairs[0].note)
    parts = [words("chart.pair_one", name=pair.label, note=pair.note) for pair in pairs]
    title = words("chart.pair_title", first=first, baseline=place_year.baseline, year=place_year.year)
    finding = words(
        "chart.pair_finding", baseline=place_year.baseline, parts=words("punctuation.semicolon").join(parts)
    )
    return draw_pairs("brief", title, finding, pairs, words)


def _pair(one: ComparedChange, words: Words) -> Pair:
    row = one.row
    before, after = figure_of(row, words, "baseline_").strip(), figure_of(row, words).strip()
    note = words("change.arrow", before=before, after=after)
    return Pair(text_with_figure(row, words), note, row["baseline_value"], row["value"], one.drawn_as)
