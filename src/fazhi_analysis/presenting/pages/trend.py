"""Series over all years that the data have: gaps as gaps, breaks marked, no line across either."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from fazhi_analysis.analysis.doubts import Doubts
from fazhi_analysis.analysis.place_trends import Series, Trends, place_trends
from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.result_rows import ExcludedRow, SeriesRow, TrendRow
from fazhi_analysis.analysis.stored_rows import rows_of
from fazhi_analysis.model import Finding
from fazhi_analysis.presenting.charts.chart import Chart
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.parts.compared_page import ComparedPage
from fazhi_analysis.presenting.parts.parameters import as_list
from fazhi_analysis.presenting.wording.change import change
from fazhi_analysis.presenting.wording.naming import domain_text, unit_of
from fazhi_analysis.presenting.wording.page_texts import Words

_DRAWN = 12


@dataclass(frozen=True)
class TrendOptions:
    """``indicators`` are catalogue ids or labels; None for all that have two figures."""

    indicators: str | Iterable[str] | None = None


class Trend(ComparedPage):
    """The series of one place."""

    Options: ClassVar[type[Any]] = TrendOptions

    def __init__(self, name: str, place_year: PlaceYear, words: Words, options: TrendOptions | None = None) -> None:
        super().__init__(name, place_year, words, options)
        self.trends  # noqa: B018 - a wrong indicator is an error here, not in a later cell

    @functools.cached_property
    def trends(self) -> Trends:
        """The series up to the page's year: which are shown, which a headline names."""
        return place_trends(self.place_year, as_list(self.options.indicators), findings=self._findings)

    @functools.cached_property
    def _findings(self) -> list[Finding]:
        """Findings on all reports of the series: each figure stands beside the others."""
        return [finding for year in self.evidence_years for finding in self.place_year.findings_of(year)]

    @functools.cached_property
    def doubts(self) -> Doubts:
        """Which figures of all years the checks doubt."""
        return Doubts.of(self._findings)

    def title(self, subject: str = "") -> str:
        """Title of the page with the first and the last year."""
        if subject:
            return super().title(subject)
        years = self.evidence_years
        key = "title.trend_years" if len(years) > 1 else "title.trend_year"
        subject = self.words(key, first=years[0], last=years[-1])
        return self.words("title.page", subject=subject, place=self.place_year.place, year=self.place_year.year)

    def headline(self) -> Fragment:
        """How many series there are and how they run."""
        words, shown = self.words, [summary for _, summary in self.trends.shown]
        if not shown:
            notice = self.paragraph("trend.nothing", cls="fz-lead fz-notice", n=len(self.evidence_years))
            return self.section("headline", notice, self.selection_notice())
        counts = Counter("doubtful" if row["doubted"] else _shape_key(row) for row in shown)
        parts = [
            words("headline.verdict", verdict=words(f"trend_shape.{key}"), n=n)
            for key, n in sorted(counts.items(), key=lambda item: (item[0] == "doubtful", -item[1]))
        ]
        lead = self.paragraph(
            "trend.lead", cls="fz-lead", years=len(self.evidence_years), n=len(shown), parts=words.join(parts)
        )
        counted = {"gaps": sum(row["gaps"] > 0 for row in shown), "breaks": sum(row["breaks"] > 0 for row in shown)}
        cautions = [self.paragraph(f"trend.{kind}", n=n) for kind, n in counted.items() if n]
        named = [self.sentence(series, row) for series, row in self.trends.headline]
        items = tag("ul", *(tag("li", sentence) for sentence in named)) if named else None
        return self.section("headline", self.selection_notice(), lead, items, *cautions)

    def sentence(self, series: Series, row: SeriesRow) -> Fragment:
        """How one series ran over its last stretch, with links to its first and its last figure."""
        first, last = series.stretch
        return self.words.html(
            "trend.sentence_directed" if row["verdict"] in ("improved", "worsened") else "trend.sentence",
            name=self.name_of(row),
            first=first["year"],
            before=tag("a", self.figure(first), href=self.at(first["row"])),
            last=last["year"],
            after=tag("a", self.figure(last), href=self.at(last["row"])),
            change=change(row["change_lower"], row["change_upper"], unit_of(row), self.words),
            shape=self._shape(row),
            verdict=self.reason(row["verdict"]),
        )

    def trend_chart(self) -> Fragment:
        """The longest series, those that moved first, each a panel titled by what it shows, side by side."""
        from fazhi_analysis.presenting.charts.lines import axis_notes

        drawn = sorted(self.trends.shown, key=lambda pair: pair[1]["verdict"] == "unchanged")[:_DRAWN]
        if not drawn:
            return Fragment("", "")
        charts = [self._panel(number, *pair) for number, pair in enumerate(drawn, 1)]
        doubted = any(point["doubt"] for series, _ in drawn for point in series.points)
        panels = tag("div", *(Fragment(chart._repr_html_(), repr(chart)) for chart in charts), cls="fz-panels")
        notes = tag("p", axis_notes(self.words, doubted=doubted), cls="fz-axis")
        more = len(self.trends.shown) > len(drawn)
        lead = self.paragraph("trend.drawn", n=len(drawn), of=len(self.trends.shown)) if more else None
        return self.section("trend_chart", lead, notes, Fragment(str(panels), "\n".join(map(repr, charts))))

    def _panel(self, number: int, series: Series, row: SeriesRow) -> Chart:
        from fazhi_analysis.presenting.charts.lines import Point, draw_lines
        from fazhi_analysis.presenting.charts.lines import Series as Panel

        marks = tuple(
            Point(point["year"], point["lower"], point["value"], point["upper"], point["break"], bool(point["doubt"]))
            for point in series.points
        )
        name, ends = self.plain_name(row), self._ends(series)
        panel = Panel("", "", marks, row["kind"] == "rate")
        title = self.words("trend.panel", name=name, ends=ends, shape=self._shape(row))
        return draw_lines(f"trend-{number}", title, title, [panel], self.words, notes=False)

    def _ends(self, series: Series) -> str:
        """First and last figure of the last stretch: figures on both sides of a break are not named in one breath."""
        ends = series.stretch
        first, last = (f"{point['year']} {self.figure(point)}" for point in ends)
        return first if ends[0] is ends[1] else self.words("change.arrow", before=first, after=last)

    def trend_table(self) -> Fragment:
        """Every series: its figures year by year, the change over its last stretch without a break, its shape."""
        words = self.words
        years = sorted({point["year"] for series in self.trends.series for point in series.points})
        columns = headed(
            words, "indicator main", *(Column(str(year), number=True) for year in years), "change number", "shape"
        )
        shown = ((domain_text(row, words), (series, row)) for series, row in self.trends.shown)
        tables = [
            Table(
                domain,
                columns,
                tuple(self._cells(*pair, years) for pair in pairs),
                classes="fz-lined fz-series",
                summary=words("change.folded_levels", domain=domain, n=len(pairs)),
            )
            for domain, pairs in self.grouped(shown).items()
        ]
        notes = [
            self._law_before({point["year"]: point for point in series.points}, point)
            for series, _ in self.trends.shown
            for point in series.points
            if point["break"] and point["break_reason"] == "law_changed"
        ]
        return self.section("trend_table", *tables, self.break_notes(notes))

    def _cells(self, series: Series, row: SeriesRow, years: list[int]) -> tuple[Any, ...]:
        """A series as a row of the table."""
        by_year = {point["year"]: point for point in series.points}
        moved = self.words("change.none")
        if row["verdict"] != "unchanged":
            moved = change(row["change_lower"], row["change_upper"], unit_of(row), self.words)
        span = self.words("trend.span", first=row["first_year"], last=row["last_year"])
        last = tag("span", moved, tag("small", span)) if row["figures"] > 1 else ""
        return (self.name_of(row), *(self._year_cell(by_year, year) for year in years), last, self._shape(row))

    def _shape(self, row: SeriesRow) -> str:
        shape = self.words(f"trend_shape.{_shape_key(row)}")
        return self.words("trend_shape.hedged", shape=shape) if row["doubted"] else shape

    def _year_cell(self, by_year: Mapping[int, TrendRow], year: int) -> Fragment:
        point = by_year.get(year)
        if point is None or point["gap"]:
            reason = "not_in_year" if point is None else point["gap_reason"]
            why = tag("small", self.words.get(f"gap.{reason}", self.reason(reason)))
            return tag("span", self.words("mark.gap"), why)
        broken = tag("small", self._why_broken(point)) if point["break"] else None
        doubt = self.doubt(point)
        link = tag("a", self.figure(point), href=self.at(point["row"]))
        return tag("span", link, broken, tag("small", doubt) if doubt else None)

    def _why_broken(self, point: TrendRow) -> str:
        lawful = point["break_reason"] == "law_changed"
        return self.words("change.broken_short") if lawful else self.reason(point["break_reason"])

    def _law_before(self, by_year: Mapping[int, TrendRow], point: TrendRow) -> str:
        """What changed in the law between a point and the one before it."""
        before = [year for year, other in by_year.items() if year < point["year"] and not other["gap"]]
        return self.broken(point, max(before, default=point["year"] - 1), point["year"])

    def excluded(self) -> Fragment:
        """Every figure of all years that no series on the page shows, with its reason, counted; figures that only one
        year gives among them.
        """
        from fazhi_analysis.analysis.comparing.exclusions import exclusions

        place_year = self.place_year
        found = exclusions(place_year.metrics, place_year.place_id, reports=place_year.all_reports)
        rows = [row for year in self.evidence_years for row in place_year.rows(year)]
        return self.left_out_section(self.trends.outside(rows, rows_of(found, ExcludedRow)))

    @property
    def evidence_years(self) -> list[int]:
        """All years of the series, since every figure of them is cited."""
        return [year for year in self.place_year.years if year <= self.place_year.year]


def _shape_key(row: SeriesRow) -> str:
    """The shape of a series; a single figure after a break is not a series of one figure."""
    return "single_broken" if row["shape"] == "single" and row["breaks"] else row["shape"]


PAGE = Trend
