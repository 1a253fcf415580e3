"""What changed since the earlier year; with no earlier year, what one year alone can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange, ComparedYears
from fazhi_analysis.analysis.comparing.reasons import COMPARED
from fazhi_analysis.analysis.result_rows import ChangeRow
from fazhi_analysis.presenting.html.markup import Fragment, anchor, join, tag
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.narrative.brief import leading_change
from fazhi_analysis.presenting.parts import claims_table, single_year
from fazhi_analysis.presenting.parts.compared_page import ComparedPage, chart_of, drawable
from fazhi_analysis.presenting.wording.naming import counted_text, domain_text

_LARGEST = 12
_LISTED = 8


class YearOverYear(ComparedPage):
    """The year beside an earlier one."""

    @property
    def changes(self) -> ComparedYears:
        """Every comparison with what it counts as; none where there is no earlier year."""
        return self.place_year.changes

    def headline(self) -> Fragment:
        """The answer in a few sentences, with links to the rows that they rest on."""
        place_year, words, changes = self.place_year, self.words, self.changes
        if place_year.baseline is None:
            return single_year.headline(self)
        parts = [
            words("headline.verdict", verdict=counted_text(word, words), n=changes.counts[word])
            for word in (*COMPARED, "slight", "doubtful")
            if word in changes.counts
        ]
        picked = any(place_year.is_selection(year) for year in place_year.shown_years)
        kind = "compared" if changes.compared else "nothing_compared"
        counts = self.paragraph(
            f"headline.{kind}_selection" if picked else f"headline.{kind}",
            cls=None if changes.headline else "fz-lead",
            year=place_year.year,
            baseline=place_year.baseline,
            n=len(changes.compared),
            parts=words.join(parts),
        )
        items = tag("ul", *(tag("li", self.sentence(one)) for one in changes.headline)) if changes.headline else None
        slight_note = self.paragraph("headline.doubted", n=len(changes.slight)) if changes.slight else None
        return self.section(
            "headline",
            self.selection_notice(),
            self._lead(),
            items,
            self._doubted_note(),
            counts,
            slight_note,
            self._rest_note(),
        )

    def _lead(self) -> Fragment | None:
        """The first change in a sentence, and how many figures to verify."""
        leading = leading_change(self.place_year, self.words)
        if leading is None:
            return None
        n = len(self.changes.doubted)
        check = self.words("headline.verify", n=n) if n else ""
        first = leading.plain_html(leading.sentences[0], self.at)
        return tag("p", first, check, cls="fz-lead")

    def _doubted_note(self) -> Fragment | None:
        """Which compared figures a check doubts, and what it says: the page of checks only tells of its own year."""
        doubted = self.changes.doubted
        if not doubted:
            return None
        names = join([self.linked_row(one.row) for one in doubted[:_LISTED]], self.words("punctuation.comma"))
        more = self.words("headline.more", n=len(doubted)) if len(doubted) > _LISTED else ""
        grounds = tag("ul", *(tag("li", ground) for ground in self.grounds(doubted)))
        return join([self.paragraph("headline.checked", n=len(doubted), names=names, more=more), grounds])

    def _rest_note(self) -> Fragment | None:
        """How many figures are not compared; those that only one selection has are counted apart."""
        words, counts = self.words, self.changes.counts
        parts = [
            words("headline.verdict", verdict=words(f"headline.rest_{word}"), n=counts[word])
            for word in ("new", "dropped", "not_comparable", "selection")
            if word in counts
        ]
        return self.paragraph("headline.rest", parts=words.join(parts)) if parts else None

    def sentence(self, one: ComparedChange) -> Fragment:
        """One change in a sentence that cites its row."""
        doubt, row = self.hedge(one), one.row
        return self.words.html(
            "headline.doubtful_change" if doubt else "headline.change",
            doubt=doubt,
            name=tag("a", self.name_of(row), href=self.at(row["row"])),
            before=self.before(row),
            after=self.figure(row),
            change=self.change(row),
            verdict=self.reason(one.verdict),
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

        plain, doubted = (_by_size(those, kind) for those in (self.changes.plain, self.changes.doubted))
        if not plain:
            return None
        drawn = [*plain, *doubted][:_LARGEST]
        marks = [
            Change(
                self.marked_name(one.row),
                self.words("change.arrow", before=self.before(one.row), after=self.figure(one.row)),
                (one.row["baseline_lower"], one.row["baseline_value"], one.row["baseline_upper"]),
                (one.row["lower"], one.row["value"], one.row["upper"]),
                one.drawn_as,
            )
            for one in drawn
        ]
        finding = self._largest_sure(plain)
        scale = self.words(f"chart.{kind}_title", year=self.place_year.year, baseline=self.place_year.baseline)
        shown = self.words("chart.shown", n=len(drawn), scale=scale)
        return draw_changes(f"changes-{kind}", finding, shown, marks, self.words, rates=kind != "counts")

    def _largest_sure(self, changes: Iterable[ComparedChange]) -> str:
        """The first change that can be relied on, as the title of a chart."""
        top = next((one for one in changes if one.is_settled and not one.is_slight), None)
        if top is None:
            return self.words("chart.no_sure_change")
        hedge = self.hedge(top)
        return self.words(
            "chart.hedged_finding" if hedge else "chart.changes_finding",
            name=self.plain_name(top.row),
            before=self.before(top.row),
            after=self.figure(top.row),
            verdict=self.reason(top.verdict),
            hedge=hedge,
        )

    def changes_table(self) -> Fragment:
        """Every comparison by domain; with one year alone, every figure by domain."""
        if self.place_year.baseline is None:
            return single_year.tables(self)
        words = self.words
        columns = headed(
            words,
            "indicator main",
            Column(str(self.place_year.baseline), number=True),
            Column(str(self.place_year.year), number=True),
            "change number",
            "verdict",
        )
        tables = [
            Table(
                domain,
                columns,
                tuple(self._cells(one) for one in members),
                tuple(row_of_change(one.row) for one in members),
                classes="fz-lined fz-compared",
                summary=self._summary(domain, members),
            )
            for domain, members in self._by_domain(self.changes.compared).items()
        ]
        broken = [one.row for one in self.changes.compared if "law_changed" in one.row["notes"].split(";")]
        notes = self.break_notes(self.broken(row, row["baseline_year"], row["year"]) for row in broken)
        return self.section("changes_table", *tables, notes)

    def _by_domain(self, changes: Sequence[ComparedChange]) -> dict[str, list[ComparedChange]]:
        return self.grouped((domain_text(one.row, self.words), one) for one in changes)

    def _summary(self, domain: str, members: Sequence[ComparedChange]) -> str:
        """The line that a table is folded under: its domain, and how its figures moved."""
        counts = Counter(one.counted_as for one in members)
        parts = [
            self.words("headline.verdict", verdict=counted_text(word, self.words), n=counts[word])
            for word in (*COMPARED, "slight", "doubtful")
            if counts[word]
        ]
        return self.words("change.folded", domain=domain, parts=self.words.join(parts))

    def _cells(self, one: ComparedChange) -> tuple[Any, ...]:
        """A comparison as a row of the table."""
        measures = [tag("small", line) for line in self.measure(one.row)]
        doubt = self.certainty_in_table(one)
        return (
            self.opened_row(one.row),
            self.before_with_interval(one.row),
            self.with_interval(one.row),
            tag("span", self.change(one.row), *measures),
            tag("span", self.verdict(one), tag("small", doubt) if doubt else None),
        )

    def domains_chart(self) -> Fragment:
        """With one year alone, how many figures each domain has; beside an earlier year the folded tables say it."""
        return single_year.domains(self) if self.place_year.baseline is None else Fragment("", "")

    def claims(self) -> Fragment:
        """Changes that the report itself states, beside the two years' figures."""
        return claims_table.claims(self)

    def excluded(self) -> Fragment:
        """Figures that only one year gives, and rows that take no part, each with its reason, counted."""
        if self.place_year.baseline is None:
            return super().excluded()
        cells = []
        for one in self.changes.one_sided:
            row, gone = one.row, one.verdict == "dropped"
            year = row["baseline_year"] if gone else row["year"]
            cells.append((self.linked_row(row), year, self.before(row) if gone else self.figure(row), row["reason"]))
        first = self.reasons_section("not_compared", cells) if cells else None
        known = {row["row_id"]: row for year in self.place_year.shown_years for row in self.place_year.rows(year)}
        left = [(known[row["row_id"]], row["reason"]) for row in self.place_year.exclusions if row["row_id"] in known]
        return join([piece for piece in (first, self.left_out_section(left)) if piece])


def row_of_change(row: ChangeRow) -> str:
    """The element id of a comparison's row in the tables of the page."""
    return f"change-{anchor(row['row'] or row['baseline_row'])}"


def _by_size(changes: Sequence[ComparedChange], kind: str) -> list[ComparedChange]:
    """The changes that one chart can draw, the largest first."""
    kept = [one for one in changes if chart_of(one.row) == kind and drawable(one.row) and one.verdict != "unchanged"]
    return sorted(kept, key=lambda one: one.rank, reverse=True)


PAGE = YearOverYear
