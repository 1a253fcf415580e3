"""Series over all years that the data have: gaps as gaps, breaks marked, no line across either."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from typing import Any

from fazhi_analysis.analysis.comparing.series import LEFT_OUT
from fazhi_analysis.analysis.place_year import PlaceYear, records
from fazhi_analysis.presenting.html.markup import Fragment, anchor, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.parts.compared_page import SETTLED, ComparedPage
from fazhi_analysis.presenting.parts.parameters import as_list
from fazhi_analysis.presenting.wording.naming import unit_of
from fazhi_analysis.presenting.wording.numbers import change
from fazhi_analysis.presenting.wording.words import Words

_DRAWN = 9
_NAMED = 6
_NO_SERIES = (*LEFT_OUT[1:], "conflicting_values")


class Trend(ComparedPage):
    """The series of one place. ``indicators`` are catalogue ids or labels; None for all that have two figures."""

    def __init__(
        self, name: str, place_year: PlaceYear, words: Words, indicators: str | Iterable[str] | None = None
    ) -> None:
        super().__init__(name, place_year, words)
        self.indicators = as_list(indicators)
        self.series  # noqa: B018 - a wrong indicator is an error here, not in a later cell

    @functools.cached_property
    def series(self) -> dict[int, list[dict[str, Any]]]:
        """Rows of each series in order of years, up to the page's year."""
        from fazhi_analysis.analysis.comparing.trend import trend

        place_year = self.place_year
        metrics = place_year.metrics[place_year.metrics["year"] <= place_year.year]
        place = place_year.place_id
        groups: dict[int, list[dict[str, Any]]] = {}
        table = trend(metrics, place, self.indicators, reports=place_year.all_reports, findings=self.doubting_findings)
        table = place_year.with_origins(table)
        for row in records(table):
            groups.setdefault(int(row["series"]), []).append(row)
        return groups

    @functools.cached_property
    def summary(self) -> list[dict[str, Any]]:
        """What each series comes to; those with one figure only when they were asked for."""
        import pandas as pd

        from fazhi_analysis.analysis.comparing.trend import summarise_trend

        rows = [row for rows in self.series.values() for row in rows]
        if not rows:
            return []
        found = records(summarise_trend(pd.DataFrame(rows)))
        kept = [row for row in found if self.indicators is not None or self._figures(row) > 1]
        return sorted(kept, key=self._place)

    def _place(self, row: dict[str, Any]) -> tuple[bool, int, bool, int]:
        """Series that no check doubts first, the longest first among them."""
        return bool(row["doubted"]), -self._figures(row), row["direction"] == "neutral", int(row["series"])

    @property
    def doubting_findings(self) -> list[Any]:
        """Findings on all reports of the series: each figure stands beside the others."""
        return [finding for year in self.evidence_years for finding in self.place_year.findings_of(year)]

    def _figures(self, row: dict[str, Any]) -> int:
        return sum(point["value"] == point["value"] for point in self.series[int(row["series"])])

    def title(self) -> str:
        """Title of the page with the first and the last year."""
        years = [year for year in self.place_year.years if year <= self.place_year.year]
        key = "title.trend_years" if len(years) > 1 else "title.trend_year"
        subject = self.words(key, first=years[0], last=years[-1])
        return self.words("title.page", subject=subject, place=self.place_year.place, year=self.place_year.year)

    def headline(self) -> Fragment:
        """How many series there are and how they run."""
        words, place_year = self.words, self.place_year
        years = [year for year in place_year.years if year <= place_year.year]
        if not self.summary:
            notice = self.paragraph("trend.nothing", cls="fz-lead fz-notice", n=len(years))
            return self.section("headline", notice, self.selection_notice())
        counts = Counter("doubtful" if row["doubted"] else _shape_key(row) for row in self.summary)
        parts = [
            words("headline.verdict", verdict=words(f"shape.{key}"), n=n)
            for key, n in sorted(counts.items(), key=lambda item: (item[0] == "doubtful", -item[1]))
        ]
        lead = self.paragraph(
            "trend.lead", cls="fz-lead", years=len(years), n=len(self.summary), parts=words.join(parts)
        )
        cautions = [
            self.paragraph(f"trend.{kind}", n=n)
            for kind in ("gaps", "breaks")
            if (n := sum(int(row[kind]) > 0 for row in self.summary))
        ]
        items = tag("ul", *(tag("li", self.sentence(row)) for row in self.named)) if self.named else None
        return self.section("headline", self.selection_notice(), lead, items, *cautions)

    @functools.cached_property
    def named(self) -> list[dict[str, Any]]:
        """Series that a headline may name: no figure in doubt, settled between their ends; those with a better side
        first, the longest first among them.
        """
        kept = [row for row in self.summary if row["verdict"] in SETTLED and not row["doubted"]]
        order = {"worsened": 0, "improved": 0}
        return sorted(kept, key=lambda row: (order.get(str(row["verdict"]), 1), -int(row["figures"])))[:_NAMED]

    def sentence(self, row: dict[str, Any]) -> Fragment:
        """How one series ran over its last stretch, with links to its first and its last figure."""
        first, last = self._stretch(row)
        verdict = str(row["verdict"])
        return self.words.html(
            "trend.sentence_directed" if verdict in ("improved", "worsened") else "trend.sentence",
            name=self.name_of(row),
            first=int(first["year"]),
            before=tag("a", self.figure(first), href=f"#{anchor(first['row'])}"),
            last=int(last["year"]),
            after=tag("a", self.figure(last), href=f"#{anchor(last['row'])}"),
            change=change(row["change_lower"], row["change_upper"], unit_of(row), self.words),
            shape=self._shape(row),
            verdict=self.reason(verdict),
        )

    def _stretch(self, row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """First and last figure of the last stretch without a break."""
        known = [item for item in self.series[int(row["series"])] if item["value"] == item["value"]]
        known = [item for item in known if item["segment"] == known[-1]["segment"]]
        return known[0], known[-1]

    def trend_chart(self) -> Fragment:
        """The longest series, one panel each."""
        from fazhi_analysis.presenting.charts.lines import Point, Series, draw_lines

        drawn = self.summary[:_DRAWN]
        if not drawn:
            return Fragment("", "")
        series = []
        for row in drawn:
            points = self.series[int(row["series"])]
            marks = tuple(
                Point(
                    int(item["year"]),
                    item["lower"],
                    item["value"],
                    item["upper"],
                    bool(item["break"]),
                    bool(item["doubt"]),
                )
                for item in points
            )
            series.append(Series(self.plain_name(row), self._ends(row), marks, row["kind"] == "rate"))
        finding = self.words(
            "trend.finding",
            n=len(drawn),
            name=series[0].label,
            ends=series[0].note,
            shape=self._shape(drawn[0]),
        )
        title = self.words("trend.title", n=len(drawn))
        return self.section("trend_chart", draw_lines("trend", title, finding, series, self.words))

    def _ends(self, row: dict[str, Any]) -> str:
        """First and last figure of the last stretch: figures on both sides of a break are not named in one breath."""
        ends = self._stretch(row)
        first, last = (f"{item['year']} {self.figure(item)}" for item in ends)
        return first if ends[0] is ends[1] else self.words("change.arrow", before=first, after=last)

    def trend_table(self) -> Fragment:
        """Every series: its figures year by year, the change over its last stretch without a break, its shape."""
        words = self.words
        years = sorted({int(item["year"]) for rows in self.series.values() for item in rows})
        columns = (
            Column(words("column.indicator"), main=True),
            *(Column(str(year), number=True) for year in years),
            Column(words("column.change"), number=True),
            Column(words("column.shape")),
        )
        tables = []
        for domain, rows in self.by_domain(self.summary).items():
            cells = tuple(self._table_row(row, years) for row in rows)
            tables.append(Table(domain, columns, cells, classes="fz-lined fz-series"))
        return self.section("trend_table", *tables)

    def _table_row(self, row: dict[str, Any], years: list[int]) -> tuple[Any, ...]:
        by_year = {int(item["year"]): item for item in self.series[int(row["series"])]}
        cells = [self._year_cell(by_year.get(year)) for year in years]
        moved = self.words("change.none")
        if row["verdict"] != "unchanged":
            moved = change(row["change_lower"], row["change_upper"], unit_of(row), self.words)
        several = int(row["figures"]) > 1
        span = self.words("trend.span", first=int(row["first_year"]), last=int(row["last_year"]))
        last = tag("span", moved, tag("small", span)) if several else ""
        return (self.name_of(row), *cells, last, self._shape(row))

    def _shape(self, row: dict[str, Any]) -> str:
        shape = self.words(f"shape.{_shape_key(row)}")
        return self.words("shape.hedged", shape=shape) if row["doubted"] else shape

    def _year_cell(self, item: dict[str, Any] | None) -> Fragment:
        if item is None or item["value"] != item["value"]:
            reason = str(item["gap_reason"]) if item is not None else "not_in_year"
            return tag(
                "span", self.words("mark.gap"), tag("small", self.words.get(f"gap.{reason}", self.reason(reason)))
            )
        broken = tag("small", self.reason(str(item["break_reason"]))) if item["break"] else None
        doubt = self.doubt(item)
        link = tag("a", self.figure(item), href=f"#{anchor(item['row'])}")
        return tag("span", link, broken, tag("small", doubt) if doubt else None)

    def excluded(self) -> Fragment:
        """Every figure of all years that no series on the page shows, with its reason, counted; figures that only one
        year gives among them.
        """
        left = self.left_out
        if not left:
            return self.section("excluded", self.paragraph("excluded.none"))
        cells = [(self.linked(row), row["year"], self.figure(row), reason) for row, reason in left]
        return self.reasons_section("excluded", cells)

    @functools.cached_property
    def left_out(self) -> list[tuple[dict[str, Any], str]]:
        """Rows of the years of the page that stand in none of its series, with the reason. Where indicators were
        asked for, figures of the others are not in question.
        """
        from fazhi_analysis.analysis.comparing.exclusions import exclusions

        place_year = self.place_year
        found = records(exclusions(place_year.metrics, place_year.place_id, reports=place_year.all_reports))
        reasons = {str(row["row_id"]): str(row["reason"]) for row in found if row["reason"] in _NO_SERIES}
        shown = {str(row["series"]) for row in self.summary}
        points = [(str(key), point) for key, rows in self.series.items() for point in rows]
        drawn = {str(point["row"]) for key, point in points if key in shown and not point["gap"]}
        single = {str(point["row"]) for key, point in points if key not in shown and not point["gap"]}
        rows = [row for year in self.evidence_years for row in place_year.rows(year)]
        left = []
        for row in rows:
            identity = str(row["row_id"])
            if identity in drawn:
                continue
            if reason := reasons.get(identity) or ("single_figure" if identity in single else ""):
                left.append((row, reason))
        return left

    @property
    def evidence_years(self) -> list[int]:
        """All years of the series, since every figure of them is cited."""
        return [year for year in self.place_year.years if year <= self.place_year.year]


def _shape_key(row: dict[str, Any]) -> str:
    """The shape of a series; a single figure after a break is told from a series of one figure."""
    return "single_broken" if row["shape"] == "single" and row["breaks"] else str(row["shape"])


PAGE = Trend
