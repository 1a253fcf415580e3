"""The appendix of a place and year: every figure with its place, what is left out and why, and the texts.

The pages of a result rest on the same figures; they share one list of them, one page that they all link to.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Sequence

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow, span_of
from fazhi_analysis.presenting.evidence.view import evidence_view, in_text
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, plain_text, tag
from fazhi_analysis.presenting.html.tables import Table
from fazhi_analysis.presenting.narrative.narrative_texts import Phrases
from fazhi_analysis.presenting.pages.data_quality import DataQuality
from fazhi_analysis.presenting.pages.year_over_year import YearOverYear, row_of_change
from fazhi_analysis.presenting.parts.figures_list import check_links, figures_list
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.page_texts import Words

LISTING = re.compile(r'<details class="fz-listing"><summary>[^<]*</summary>(.*?)</details>', re.DOTALL)
"""A long list of a page that is one click away: its table is the group."""
_NAME = "appendix"


class Appendix(Page):
    """All figures of some years, which of the result's pages they stand on, and the texts of the reports.

    ``pages`` are the names of the pages beside it: only what is there is linked to.

    >>> place_year = PlaceYear.open(region="霁原旗", year=2024)
    >>> shown = str(Appendix(place_year, Words("zh"), [2023, 2024], ["data_quality"]).whole())
    >>> 'data_quality.html#finding-1"' in shown, "year_over_year.html" in shown
    (True, False)
    """

    def __init__(self, place_year: PlaceYear, words: Words, years: Sequence[int], pages: Collection[str]) -> None:
        super().__init__(_NAME, place_year, words)
        self._years = sorted(years)
        self._pages = pages

    @property
    def evidence_years(self) -> list[int]:
        """The years that the pages of the result cite."""
        return self._years

    def whole(self) -> Fragment:
        """The page."""
        parts = self.header(), self.selection_notice(), self.figures(), self.lists(), self.texts(), self.footer()
        return join([part for part in parts if part])

    def figures(self) -> Fragment:
        """One table a year: every figure, where it stands, the checks and the comparison that speak of it."""
        tables = [self._figures_of(year) for year in reversed(self._years)]
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
        if row["report_id"] not in self._with_text or span_of(row) is None:
            return place
        shown = place if repr(place).strip() else self.words("appendix.in_text")
        return tag("a", shown, href=f"#{in_text(anchor(row['row_id']))}")

    @functools.cached_property
    def _with_text(self) -> set[str]:
        """The reports whose texts the page shows."""
        shown = self.place_year.reports_of(self.place_year.shown_years)
        return {report["report_id"] for report in shown if report["text_kept"]}

    def lists(self) -> Fragment:
        """What the comparison and the checks leave out, each with its reason; the same list only once."""
        found: dict[str, Fragment] = {}
        for name, page in (("year_over_year", YearOverYear), ("data_quality", DataQuality)):
            if name in self._pages:
                made = page(name, self.place_year, self.words)
                for number, table in enumerate(LISTING.findall(str(made.excluded()))):
                    found.setdefault(table, self._list(table, f"list-{name}-{number}", made.subject()))
        return self.section("lists", *found.values())

    def _list(self, table: str, identity: str, subject: str) -> Fragment:
        caption = plain_text(table.partition("</caption>")[0])
        heading = self.words("appendix.left_out", caption=caption, page=subject)
        return tag("details", tag("summary", heading), Fragment(table), id=identity, cls="fz-fold")

    def texts(self) -> Fragment:
        """The reports of the two years with everything marked that the pages cite, or the list of its places."""
        say, views = Phrases(self.words.lang).plain, []
        for year in reversed(self.place_year.shown_years):
            view = evidence_view(self.place_year, self.words, year, figures_listed=True)
            views.append(tag("details", tag("summary", say("problem_tables.source", year=year)), view, cls="fz-fold"))
        return self.section("source_text", *views)
