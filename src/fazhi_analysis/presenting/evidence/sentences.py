"""The sentence that a figure stands in, for pages that open it where the figure is shown."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow, span_of
from fazhi_analysis.dataset import load_text
from fazhi_analysis.presenting.html.markup import Fragment, tag

_END: Final = re.compile(r"[。；！？\n\r]")
_LONGEST: Final = 90
"""Letters on either side of a figure: a list without ends of sentences, or a table, would fill the screen."""


class Quoted(NamedTuple):
    """A sentence in three pieces, the figure in the middle."""

    before: str
    figure: str
    after: str

    def fragment(self) -> Fragment:
        """The sentence with its figure marked."""
        return tag("q", self.before, tag("mark", self.figure), self.after, lang="zh")


class Sentences:
    """The sentences of a place's figures, as far as the data keep the texts; each text is read once."""

    def __init__(self, place_year: PlaceYear) -> None:
        self._place_year = place_year
        self._texts: dict[str, str | None] = {}

    def of(self, row: MetricRow) -> Quoted | None:
        """The sentence of a row, or None where its text is not kept or it has no place there.

        >>> place_year = PlaceYear.open(region="霁原旗", year=2024)
        >>> found = Sentences(place_year).of(place_year.usable()[0])
        >>> found.figure in place_year.usable()[0]["wording"] or bool(found.before)
        True
        """
        place = span_of(row)
        return None if place is None else self.around(row["report_id"], *place)

    def around(self, report_id: str, start: int, end: int) -> Quoted | None:
        """The sentence of a stretch of a report's text."""
        text = self._text(report_id)
        if text is None or end > len(text):
            return None
        ends = [match.end() for match in _END.finditer(text, max(0, start - _LONGEST), start)]
        first = ends[-1] if ends else max(0, start - _LONGEST)
        stop = _END.search(text, end, end + _LONGEST)
        last = stop.end() if stop else min(len(text), end + _LONGEST)
        return Quoted(text[first:start].lstrip(), text[start:end], text[end:last].rstrip())

    def _text(self, report_id: str) -> str | None:
        if report_id not in self._texts:
            kept = any(row["report_id"] == report_id and row["text_kept"] for row in self._place_year.report_rows)
            self._texts[report_id] = load_text(report_id, self._place_year.data) if kept else None
        return self._texts[report_id]
