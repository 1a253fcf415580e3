"""The appendix of a place and year: every figure with its place, what is left out and why, and the texts.

The pages of a result rest on the same figures; they hand over what supports them, and share one page of it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.presenting.evidence.view import ReportView, in_text, is_marked, style
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Table
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.pages.data_quality import DataQuality
from fazhi_analysis.presenting.pages.year_over_year import row_of_change
from fazhi_analysis.presenting.parts.figures_list import check_links, figures_list
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.parts.supporting import APPENDIX, Listing, Supporting
from fazhi_analysis.presenting.wording.page_texts import Words


class Appendix(Page):
    """All figures of the years that pages cite, which of these pages they stand on, and the texts of the reports.

    ``handed`` is what the pages hand over; ``pages`` are the names of those beside it: only what is there is linked to.

    >>> place_year = PlaceYear.open(region="霁原旗", year=2024)
    >>> made = Appendix(place_year, Words("zh"), Supporting((2023, 2024)), ["data_quality"])
    >>> shown = str(made.whole())
    >>> 'data_quality.html#finding-1"' in shown, "year_over_year.html" in shown
    (True, False)
    >>> made.element_of(place_year.rows(2024)[0]["row_id"])
    'text-row-159928-2024-m001'
    """

    def __init__(self, place_year: PlaceYear, words: Words, handed: Supporting, pages: Collection[str]) -> None:
        super().__init__(APPENDIX, place_year, words)
        self._handed = handed
        self._pages = pages

    @property
    def evidence_years(self) -> list[int]:
        """The years that the pages of the result cite."""
        known = set(self.place_year.years)
        return [year for year in self._handed.years if year in known]

    def whole(self) -> Fragment:
        """The page."""
        parts = self.header(), self.selection_notice(), self.figures(), self.lists(), self.texts(), self.footer()
        return join([part for part in parts if part])

    def element_of(self, identity: str) -> str:
        """The element id of a figure (in the text where it is marked there), an entry or a finding; empty for none."""
        row = self.place_year.rows_by_id.get(identity)
        if row is None:
            return anchor(identity) if any(anchor(identity) in view.identities for view in self._views) else ""
        if is_marked(self.place_year, row):
            return in_text(anchor(identity))
        return anchor(identity) if row["year"] in self.evidence_years else ""

    def figures(self) -> Fragment:
        """One table a year: every figure, where it stands, the checks and the comparison that speak of it."""
        tables = [self._figures_of(year) for year in reversed(self.evidence_years)]
        return self.section("evidence", self.paragraph("appendix.intro"), *tables)

    def _figures_of(self, year: int) -> Table | None:
        rows = self.place_year.rows(year)
        if not rows:
            return None
        caption = self.words("appendix.figures", year=year, n=len(rows))
        ends = {"name": self._leading_back, "place": self._leading_to_text}
        return figures_list(rows, self._checks, self.words, caption=caption, one_year=True, **ends)

    @functools.cached_property
    def _checks(self) -> dict[str, Fragment]:
        """Links to the findings, where the page of checks is there."""
        name = "data_quality"
        if name not in self._pages:
            return {}
        return check_links(DataQuality(name, self.place_year, self.words).numbered_findings(), f"{name}.html")

    @functools.cached_property
    def _compared(self) -> dict[str, str]:
        """Where the comparison of a figure stands, by row, where the page of comparisons is there."""
        if "year_over_year" not in self._pages or self.place_year.baseline is None:
            return {}
        compared = [one.row for one in self.place_year.changes.compared]
        return {row[key]: row_of_change(row) for row in compared for key in ("baseline_row", "row") if row[key]}

    def _leading_back(self, row: MetricRow) -> Fragment:
        """The name of a figure, which leads to its comparison."""
        name, target = self.name_of(row), self._compared.get(row["row_id"])
        return tag("a", name, href=f"year_over_year.html#{target}") if target else name

    def _leading_to_text(self, row: MetricRow) -> Fragment:
        """Section and item of a figure, which lead to its place in the text where that is kept."""
        place = self.place_of(row)
        if not is_marked(self.place_year, row):
            return place
        shown = place if repr(place).strip() else self.words("appendix.in_text")
        return tag("a", shown, href=f"#{in_text(anchor(row['row_id']))}")

    def lists(self) -> Fragment:
        """What the pages leave out, each with its reason."""
        return self.section("lists", *(self._list(one) for one in self._handed.lists))

    def _list(self, one: Listing) -> Fragment:
        heading = self.words("appendix.left_out", caption=one.caption, page=one.page)
        return tag("details", tag("summary", heading), Fragment(one.table), id=one.id, cls="fz-fold")

    def texts(self) -> Fragment:
        """The reports of the two years with everything marked that the pages cite, or the list of its places."""
        say, years = Phrases(self.words.lang).plain, self.place_year.shown_years
        shown = [
            tag(
                "details",
                tag("summary", say("problem_tables.source", year=year)),
                *(view.fragment() for view in self._views if view.year == year),
                cls="fz-fold",
            )
            for year in reversed(years)
        ]
        return self.section("source_text", style(), *shown)

    @functools.cached_property
    def _views(self) -> Sequence[ReportView]:
        reports = self.place_year.reports_of(self.place_year.shown_years)
        return [ReportView(self.place_year, self.words, report, figures_listed=True) for report in reports]
