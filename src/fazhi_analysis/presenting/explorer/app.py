"""The explorer: controls above, table, chart and evidence below, redrawn at every change.

The first screen is the controls and the table. Chart and evidence, which need what is slow (drawing, the audit of
every year), follow once a kernel has sent that screen out.
"""

from __future__ import annotations

import asyncio
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
        self._chart = widgets.HTML()
        self._evidence = widgets.HTML()
        for part, name in ((self.table, "table"), (self._chart, "chart"), (self._evidence, "evidence")):
            part.layout = widgets.Layout(width="100%", max_width="60rem")
            part.add_class("fz-part")
            part.add_class(f"fz-explore-{name}")
        self._undrawn: Choice | None = None
        self.selection = Selection(place_year, words, self.draw)
        self.box = widgets.VBox([self.selection.box(), self.table, self._chart, self._evidence])
        self._draw_table(self.selection.choice())

    @property
    def chart(self) -> Any:
        """The chart of the choice, drawn by now."""
        self.complete()
        return self._chart

    @property
    def evidence(self) -> Any:
        """The evidence of the choice, drawn by now."""
        self.complete()
        return self._evidence

    def draw(self, choice: Choice) -> None:
        """Show a choice. What is not available is named in place of the table."""
        self._draw_table(choice)
        self.complete()

    def complete(self) -> None:
        """Draw what waits to be drawn below the table."""
        choice, self._undrawn = self._undrawn, None
        if choice is None:
            return
        try:
            self._chart.value = str(figures_chart(choice))
            self._evidence.value = str(figures_evidence(choice))
        except FazhiError as error:
            self._say(error, choice)

    def _draw_table(self, choice: Choice) -> None:
        self._undrawn = None
        try:
            self.table.value = str(figures_table(choice))
        except FazhiError as error:
            self._say(error, choice)
        else:
            self._undrawn = choice

    def _say(self, error: FazhiError, choice: Choice) -> None:
        error.lang = choice.words.lang
        self.table.value = str(framed(tag("p", error, cls="fz-notice")))
        self._chart.value = self._evidence.value = ""

    def reload(self, data: Any) -> None:
        """Read other data folders, as after a report was stored."""
        self.selection.reload(data)

    def __repr__(self) -> str:
        choice = self.selection.choice()
        return f"<Explorer {choice.place_year.region} {choice.first}-{choice.last}: {len(choice.series)} series>"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = self.box._repr_mimebundle_(**options)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel: nothing would ever run afterwards
            self.complete()
        else:
            loop.call_soon(self.complete)  # before the kernel ends the cell, after it has sent what the cell shows
        return shown
