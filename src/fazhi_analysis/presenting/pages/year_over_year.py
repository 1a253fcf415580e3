"""What changed since the earlier year; with no earlier year, what one year alone can tell."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any

from fazhi_analysis.analysis.place_year import records
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table
from fazhi_analysis.presenting.parts import claims_table, single_year
from fazhi_analysis.presenting.parts.compared_page import SETTLED, SHOWN, ComparedPage, drawable, size

_LARGEST = 12
_NAMED = 6
_LISTED = 8


class YearOverYear(ComparedPage):
    """The year beside an earlier one."""

    @functools.cached_property
    def changes(self) -> list[dict[str, Any]]:
        """Rows of the comparison; none where there is no earlier year."""
        frame = self.place_year.comparison
        return [] if frame is None else records(frame)

    @functools.cached_property
    def compared(self) -> list[dict[str, Any]]:
        """Rows that both years have and that may be held against each other."""
        return [row for row in self.changes if row["verdict"] in SHOWN]

    @functools.cached_property
    def named(self) -> list[dict[str, Any]]:
        """Changes that a headline may name: settled and not doubted; those with a better side first, then by size."""
        kept = [row for row in self.plain if row["headline"] and row["verdict"] in SETTLED]
        directed = sorted((row for row in kept if row["verdict"] in ("improved", "worsened")), key=size, reverse=True)
        others = sorted((row for row in kept if row["verdict"] in ("increased", "decreased")), key=size, reverse=True)
        worse = [row for row in directed if row["verdict"] == "worsened"][:2]
        better = [row for row in directed if row["verdict"] == "improved"][: 4 - len(worse)]
        first = worse + better
        return first + others[: _NAMED - len(first)]

    @functools.cached_property
    def plain(self) -> list[dict[str, Any]]:
        """Compared rows that no check doubts."""
        return [row for row in self.compared if not self.is_doubtful(row)]

    @functools.cached_property
    def doubted(self) -> list[dict[str, Any]]:
        """Compared rows that rest on a figure which a check doubts: shown and marked, never counted as a result."""
        return [row for row in self.compared if self.is_doubtful(row)]

    def headline(self) -> Fragment:
        """The answer in a few sentences, with links to the rows that they rest on."""
        place_year, words = self.place_year, self.words
        if place_year.baseline is None:
            return single_year.headline(self)
        counts = Counter(str(row["verdict"]) for row in self.plain if not self.is_slight(row))
        parts = [words("headline.verdict", verdict=self.reason(key), n=counts[key]) for key in SHOWN if counts[key]]
        slight = sum(self.is_slight(row) for row in self.plain)
        if slight:
            parts.append(words("headline.verdict", verdict=words("headline.slight"), n=slight))
        if self.doubted:
            parts.append(words("headline.verdict", verdict=words("verdict.doubtful"), n=len(self.doubted)))
        picked = any(place_year.is_selection(year) for year in place_year.shown_years)
        kind = "compared" if self.compared else "nothing_compared"
        lead = self.paragraph(
            f"headline.{kind}_selection" if picked else f"headline.{kind}",
            cls="fz-lead",
            year=place_year.year,
            baseline=place_year.baseline,
            n=len(self.compared),
            parts=words.join(parts),
        )
        items = tag("ul", *(tag("li", self.sentence(row)) for row in self.named)) if self.named else None
        slight_note = self.paragraph("headline.doubted", n=slight) if slight else None
        return self.section(
            "headline", self.selection_notice(), lead, items, self._doubted_note(), slight_note, self._rest_note()
        )

    @staticmethod
    def is_slight(row: dict[str, Any]) -> bool:
        """Whether a change has a direction that chance, a small base, a ceiling or the usual movement may explain."""
        return row["verdict"] in SETTLED and not row["headline"]

    def _doubted_note(self) -> Fragment | None:
        """Which compared figures a check doubts, and what it says: the page of checks only tells of its own year."""
        if not self.doubted:
            return None
        names = join([self.linked_row(row) for row in self.doubted[:_LISTED]], self.words("punctuation.comma"))
        more = self.words("headline.more", n=len(self.doubted)) if len(self.doubted) > _LISTED else ""
        grounds = tag("ul", *(tag("li", ground) for ground in self.grounds(self.doubted)))
        return join([self.paragraph("headline.checked", n=len(self.doubted), names=names, more=more), grounds])

    def _rest_note(self) -> Fragment | None:
        """How many figures are not compared; those that only one selection has are counted apart."""
        words = self.words
        kinds = Counter(
            "selection" if row["reason"] == "selection" else str(row["verdict"])
            for row in self.changes
            if row["verdict"] in ("new", "dropped", "not_comparable")
        )
        parts = [
            words("headline.verdict", verdict=words(f"headline.rest_{key}"), n=kinds[key])
            for key in ("new", "dropped", "not_comparable", "selection")
            if kinds[key]
        ]
        return self.paragraph("headline.rest", parts=words.join(parts)) if parts else None

    def sentence(self, row: dict[str, Any]) -> Fragment:
        """One change in a sentence that cites its row."""
        doubt = self.hedge(row)
        return self.words.html(
            "headline.doubtful_change" if doubt else "headline.change",
            doubt=doubt,
            name=tag("a", self.name_of(row), href=f"#{anchor(row['row'])}"),
            before=self.before(row),
            after=self.figure(row),
            change=self.change(row),
            verdict=self.reason(str(row["verdict"])),
        )

    def changes_chart(self) -> Fragment:
        """The largest changes of counts and of rates; with one year alone, its rates."""
        if self.place_year.baseline is None:
            return single_year.rates(self)
        charts = [chart for kind in ("rates", "high_rates", "counts") if (chart := self._largest(kind)) is not None]
        if not charts:
            return self.section("changes_chart", self.paragraph("chart.nothing"))
        return self.section("changes_chart", self.paragraph("chart.order", n=_LARGEST), *charts)

    def _largest(self, kind: str) -> Any:
        from fazhi_analysis.presenting.charts.changes import Change, draw_changes

        def largest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
            kept = [row for row in rows if self.chart_of(row) == kind and drawable(row)]
            return sorted((row for row in kept if row["verdict"] != "unchanged"), key=size, reverse=True)

        plain, doubted = largest(self.plain), largest(self.doubted)
        if not plain:
            return None
        rows = [*plain, *doubted][:_LARGEST]
        marks = [
            Change(
                self.marked_name(row),
                self.words("change.arrow", before=self.before(row), after=self.figure(row)),
                (row["baseline_lower"], row["baseline_value"], row["baseline_upper"]),
                (row["lower"], row["value"], row["upper"]),
                self.drawn_verdict(row),
            )
            for row in rows
        ]
        top = next((row for row in plain if row["verdict"] in SETTLED), plain[0])
        hedge = self.hedge(top)
        finding = self.words(
            "chart.hedged_finding" if hedge else "chart.changes_finding",
            n=len(rows),
            name=self.plain_name(top),
            before=self.before(top),
            after=self.figure(top),
            verdict=self.reason(str(top["verdict"])),
            hedge=hedge,
        )
        title = self.words(f"chart.{kind}_title", year=self.place_year.year, baseline=self.place_year.baseline)
        return draw_changes(f"changes-{kind}", title, finding, marks, self.words, rates=kind != "counts")

    def changes_table(self) -> Fragment:
        """Every comparison by domain; with one year alone, every figure by domain."""
        if self.place_year.baseline is None:
            return single_year.tables(self)
        words = self.words
        columns = (
            Column(words("column.indicator"), main=True),
            Column(str(self.place_year.baseline), number=True),
            Column(str(self.place_year.year), number=True),
            Column(words("column.change"), number=True),
            Column(words("column.verdict")),
        )
        tables = []
        for domain, rows in self.by_domain(self.compared).items():
            cells = tuple(
                (
                    self.linked_row(row),
                    self.with_interval(row, "baseline_"),
                    self.with_interval(row),
                    self._change_cell(row),
                    self._verdict_cell(row),
                )
                for row in rows
            )
            tables.append(Table(domain, columns, cells, classes="fz-lined fz-compared"))
        return self.section("changes_table", *tables)

    def _change_cell(self, row: dict[str, Any]) -> Fragment:
        small = self.measure(row)
        return tag("span", self.change(row), *(tag("small", line) for line in small))

    def _verdict_cell(self, row: dict[str, Any]) -> Fragment:
        doubt = self.certainty_in_table(row)
        return tag("span", self.verdict(row), tag("small", doubt) if doubt else None)

    def domains_chart(self) -> Fragment:
        """How the compared figures of each domain moved; with one year alone, how many figures each domain has."""
        if self.place_year.baseline is None:
            return single_year.domains(self)
        from fazhi_analysis.presenting.charts.strips import Strip, draw_strips

        strips = []
        counts = [row for row in self.compared if row["kind"] != "rate" and drawable(row)]
        for domain, rows in self.by_domain(counts).items():
            marks = tuple(self._strip_mark(row) for row in rows)
            strips.append(Strip(domain, self._strip_note(rows), marks))
        if not strips:
            return Fragment("", "")
        title = self.words("chart.domains_title", year=self.place_year.year, baseline=self.place_year.baseline)
        most = max(strips, key=lambda strip: len(strip.marks))
        finding = self.words("chart.domains_finding", n=len(strips), domain=most.label, note=most.note)
        return self.section("domains", draw_strips("domains", title, finding, strips, self.words))

    def _strip_note(self, rows: list[dict[str, Any]]) -> str:
        """How many marks a strip has, and of which kind: the kinds add up to the number."""
        doubtful = sum(self.is_doubtful(row) for row in rows)
        settled = [row for row in rows if row["verdict"] in SETTLED and not self.is_doubtful(row)]
        rising = sum(row["value"] > row["baseline_value"] for row in settled)
        kinds = {
            "rising": rising,
            "falling": len(settled) - rising,
            "open": len(rows) - doubtful - len(settled),
            "doubtful": doubtful,
        }
        parts = [self.words(f"chart.strip_{kind}", n=n) for kind, n in kinds.items() if n]
        return self.words("chart.strip_note", n=len(rows), parts=self.words.join(parts))

    def _strip_mark(self, row: dict[str, Any]) -> Any:
        from fazhi_analysis.presenting.charts.strips import Mark

        low, value, high = (100 * row[key] / row["baseline_value"] for key in ("lower", "value", "upper"))
        return Mark(low, value, high, self.drawn_verdict(row))

    def claims(self) -> Fragment:
        """Changes that the report itself states, held against the two years' figures."""
        return claims_table.claims(self)

    def excluded(self) -> Fragment:
        """Figures that only one year gives, and rows that take no part, each with its reason, counted."""
        if self.place_year.baseline is None:
            return super().excluded()
        alone = [row for row in self.changes if row["verdict"] in ("new", "dropped")]
        first = None
        if alone:
            cells = [
                (
                    self.linked_row(row),
                    row["baseline_year"] if row["verdict"] == "dropped" else row["year"],
                    self.before(row) if row["verdict"] == "dropped" else self.figure(row),
                    str(row["reason"]),
                )
                for row in alone
            ]
            first = self.reasons_section("not_compared", cells)
        known = {str(row["row_id"]): row for year in self.place_year.shown_years for row in self.place_year.rows(year)}
        others = [
            (known[str(row["row_id"])], str(row["reason"]))
            for row in self.place_year.left_out
            if row["row_id"] in known
        ]
        if not others:
            return join(
                [piece for piece in (first, self.section("excluded", self.paragraph("excluded.none"))) if piece]
            )
        cells = [(self.linked(row), row["year"], self.figure(row), reason) for row, reason in others]
        second = self.reasons_section("excluded", cells)
        return join([piece for piece in (first, second) if piece])


PAGE = YearOverYear
