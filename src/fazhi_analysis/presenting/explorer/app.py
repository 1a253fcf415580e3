"""The explorer: controls above, table, chart and evidence below, redrawn at every change."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.errors import FazhiError
from fazhi_analysis.presenting.explorer.chart import figures_chart
from fazhi_analysis.presenting.explorer.choice import Choice
from fazhi_analysis.presenting.explorer.controls import Selection
from fazhi_analysis.presenting.explorer.evidence import figures_evidence
from fazhi_analysis.presenting.explorer.table import figures_table
from fazhi_analysis.presenting.html.markup import tag
from fazhi_analysis.presenting.jupyter.style import framed
from fazhi_analysis.presenting.wording.page_texts import Words


class Explorer:
    """The application for one data folder, opened on one place; a notebook shows it as the value of a cell.

    ``selection`` holds the controls; ``table``, ``chart`` and ``evidence`` are what they change.
    """

    def __init__(self, place_year: PlaceYear, words: Words) -> None:
        self.words = words
        self.table = widgets.HTML()
        self.chart = widgets.HTML()
        self.evidence = widgets.HTML()
        for part in (self.table, self.chart, self.evidence):
            part.layout = widgets.Layout(width="100%", max_width="60rem")
            part.add_class("fz-part")
        self.table.add_class("fz-explore-table")
        self.chart.add_class("fz-explore-chart")
        self.evidence.add_class("fz-explore-evidence")
        self.selection = Selection(place_year, words, self.draw)
        self.box = widgets.VBox([self.selection.box(), self.table, self.chart, self.evidence])
        self.draw(self.selection.choice())

    def draw(self, choice: Choice) -> None:
        """Show a choice. What is not available is named in place of the table."""
        try:
            table, chart, evidence = figures_table(choice), figures_chart(choice), figures_evidence(choice)
        except FazhiError as error:
            error.lang = choice.words.lang
            self.table.value = str(framed(tag("p", error, cls="fz-notice")))
            self.chart.value = self.evidence.value = ""
            return
        self.table.value, self.chart.value, self.evidence.value = str(table), str(chart), str(evidence)

    def reload(self, data: Any) -> None:
        """Read other data folders, as after a report was stored."""
        self.selection.reload(data)

    def __repr__(self) -> str:
        choice = self.selection.choice()
        return f"<Explorer {choice.place_year.region} {choice.first}-{choice.last}: {len(choice.series)} series>"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)
