"""A page that shows compared figures: how both, their change, the verdict and how sure it is are worded."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fazhi_analysis.analysis.comparing.breaks import between
from fazhi_analysis.analysis.comparing.headline_changes import ComparedChange
from fazhi_analysis.analysis.comparing.reasons import SETTLED
from fazhi_analysis.analysis.doubts import Doubts
from fazhi_analysis.analysis.result_rows import ChangeRow
from fazhi_analysis.analysis.stored_rows import FigureRow, NamedRow, ids_of
from fazhi_analysis.dataset.report_ids import year_of
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.change import change, share
from fazhi_analysis.presenting.wording.naming import message, named, rule_name, unit_of
from fazhi_analysis.presenting.wording.numbers import figure_of, interval, plain

NEAR_CEILING = 90.0
_UNREMARKABLE = ("", "approximate", "unit_word")


class ComparedPage(Page):
    """A page of figures that a check may doubt: single ones, and pairs that are compared."""

    @functools.cached_property
    def doubts(self) -> Doubts:
        """Which figures of the page the checks doubt."""
        return self.place_year.doubts

    # a figure, alone or as one of two

    def plain_name(self, row: NamedRow) -> str:
        """Name and scope of a row as text."""
        return " ".join(repr(self.name_of(row)).split("\n"))

    def marked_name(self, row: NamedRow) -> str:
        """Name and scope of a row as text, marked where a check doubts the figure."""
        name = self.plain_name(row)
        return self.words("doubt.name", name=name) if self.is_doubted(row) else name

    def marked_figure(self, row: FigureRow) -> Fragment:
        """A figure as printed, with the checks that doubt it below."""
        doubt = self.doubt(row)
        return tag("span", self.figure(row), tag("small", doubt) if doubt else None)

    def linked_row(self, row: Mapping[str, Any]) -> Fragment:
        """Name of a row, linked to the evidence of its later figure, or of the earlier one where there is no later."""
        return tag("a", named(row, self.words), href=self.at(row["row"] or row["baseline_row"]))

    def opened_row(self, row: Mapping[str, Any]) -> Fragment:
        """Name of a row that opens the sentences of both its figures in place, the later one first."""
        known = self.place_year.rows_by_id
        rows = [known[identity] for identity in (row["row"], row["baseline_row"]) if identity in known]
        return self.opening(named(row, self.words), rows, row["row"] or row["baseline_row"])

    def is_doubted(self, row: Mapping[str, Any]) -> bool:
        """Whether a check doubts the figure of a row, or one of the two that it compares."""
        return bool(self.doubts.about(*ids_of(row)))

    def doubt(self, row: Mapping[str, Any]) -> str:
        """Which checks doubt a figure, or one of two that are compared; empty for none."""
        doubted = [identity for identity in ids_of(row) if identity in self.doubts]
        rules = dict.fromkeys(rule_name(finding, self.words) for finding in self.doubts.about(*doubted))
        if not rules:
            return ""
        named = self.words.join(list(rules))
        if not row.get("baseline_row"):
            return self.words("doubt.mark", rules=named)
        years = dict.fromkeys(str(year_of(identity.partition(":")[0])) for identity in doubted)
        return self.words("doubt.mark_years", years=self.words.join(list(years)), rules=named)

    # a change

    def before(self, row: ChangeRow) -> str:
        """The earlier figure as its report words it."""
        return figure_of(row, self.words, "baseline_")

    def with_interval(self, row: ChangeRow) -> Fragment:
        """The later figure with its interval below it, where the wording is not exact."""
        return self._with_interval(self.figure(row), row["qualifier"], row["lower"], row["upper"])

    def before_with_interval(self, row: ChangeRow) -> Fragment:
        """The earlier figure with its interval below it, where the wording is not exact."""
        ends = row["baseline_lower"], row["baseline_upper"]
        return self._with_interval(self.before(row), row["baseline_qualifier"], *ends)

    def _with_interval(self, figure: str, qualifier: str, lower: float, upper: float) -> Fragment:
        ends = "" if qualifier == "exact" else interval(lower, upper, "", self.words)
        return tag("span", figure, tag("small", ends) if ends else None)

    def change(self, row: ChangeRow) -> str:
        """The change as an interval, with the relative change of amounts."""
        if row["verdict"] == "unchanged":
            return self.words("change.none")
        text = change(row["change_lower"], row["change_upper"], unit_of(row), self.words)
        relative = share(row["relative_lower"], row["relative_upper"], self.words)
        return self.words("change.both", absolute=text, relative=relative) if relative else text

    def verdict(self, one: ComparedChange) -> Fragment:
        """The verdict with its mark, and the remarks that go with it."""
        notes = self.remarks(one.row, short=True)
        remark = tag("small", self.words.join(notes)) if notes else None
        if one.is_doubted:
            mark = tag("span", self.words("mark.doubtful"), cls="fz-mark", aria_hidden="true")
            text = self.words("doubt.verdict", verdict=self.reason(one.verdict))
            doubt = tag("small", self.doubt(one.row))
            return tag("span", mark, " ", text, doubt, remark, cls="fz-verdict fz-uncertain")
        mark = tag("span", self.words(f"mark.{one.verdict}"), cls="fz-mark", aria_hidden="true")
        kept = tag("span", mark, " ", self.reason(one.verdict), cls="fz-kept")
        return tag("span", kept, remark, cls=f"fz-verdict fz-{one.verdict}")

    def certainty(self, code: str) -> str:
        """Wording of a certainty."""
        return word("comparison.certainty", code, self.words.lang) if code else ""

    def certainty_in_table(self, one: ComparedChange) -> str:
        """What speaks against a change being real, in the short words that the box on reading the page explains."""
        text = self.certainty(one.against)
        return self.words.get(f"certainty.{one.against}", text) if text else ""

    def remarks(self, row: ChangeRow, *, short: bool = False) -> list[str]:
        """Wording of the notes of a row that a reader has to know of; ``short`` leaves what changed in the counting to
        :meth:`break_notes`.
        """
        codes = [code for code in row["notes"].split(";") if code not in _UNREMARKABLE]
        return [self._law_changed(row, short=short) if code == "law_changed" else self.reason(code) for code in codes]

    def _law_changed(self, row: ChangeRow, *, short: bool) -> str:
        if short:
            return self.words("change.broken_short")
        return self.broken(row, row["baseline_year"], row["year"])

    def break_notes(self, texts: Iterable[str]) -> Fragment | None:
        """What changed in the counting, each once, below the tables that say where."""
        notes = list(dict.fromkeys(texts))
        return tag("div", *(tag("p", note[:1].upper() + note[1:]) for note in notes), cls="fz-axis") if notes else None

    def broken(self, row: NamedRow, earlier: int, later: int) -> str:
        """What changed between two years in what an indicator counts."""
        place = self.place_year
        found = between(place.breaks, str(row["indicator_id"]), place.region_code, int(earlier), int(later))
        notes = [item.note(self.words.lang) for item in found]
        if not notes:
            return self.reason("law_changed")
        return self.words("change.broken", notes=self.words("punctuation.semicolon").join(notes))

    def hedge(self, one: ComparedChange) -> str:
        """What keeps a change from being plain: what speaks against its being real, or that it could not be tested, and
        the remarks on it.
        """
        untested = one.certainty in ("no_base", "no_cases")
        certainty = self.words(f"certainty.{one.certainty}") if untested else self.certainty(one.against)
        return self.words.join([*([certainty] if certainty else []), *self.remarks(one.row)])

    def counts_behind(self, row: ChangeRow) -> str:
        """The counts behind both rates (k/n), where the reports give them."""
        before = _quotient(row["baseline_cases"], row["baseline_base"])
        after = _quotient(row["cases"], row["base"])
        return self.words("change.arrow", before=before or "—", after=after or "—") if before or after else ""

    def measure(self, row: ChangeRow) -> list[str]:
        """What the change is measured by: for a rate its counts and what chance allows, or that no denominator is
        stated; for a count the series' usual yearly change.
        """
        if row["verdict"] not in (*SETTLED, "uncertain"):
            return []
        if row["kind"] == "rate":
            return [line for line in (self.counts_behind(row), self._chance(row), self._unstated(row)) if line]
        if row["usual_change"] != row["usual_change"] or not row["history"]:
            return []
        usual = change(row["usual_change"], row["usual_change"], unit_of(row), self.words).lstrip("+")
        return [self.words("change.usual", usual=usual, n=row["history"])]

    def _chance(self, row: ChangeRow) -> str:
        if row["chance_lower"] != row["chance_lower"]:
            return ""
        ends = change(round(row["chance_lower"], 1), round(row["chance_upper"], 1), "%", self.words)
        return self.words("change.chance", interval=ends)

    def _unstated(self, row: ChangeRow) -> str:
        """That the report does not state a denominator, where that is so for either year."""
        known = row["baseline_base"] is not None and row["base"] is not None
        return "" if known else self.words("change.no_base")

    def grounds(self, changes: Sequence[ComparedChange]) -> list[Fragment]:
        """What the checks say of the figures of some changes, each finding once, with the year of its report."""
        found = {(item.report_id, item.id): item for one in changes for item in one.findings}
        return [
            self.words.html("doubt.ground", year=year_of(item.report_id), message=message(item, self.words))
            for item in found.values()
        ]


def chart_of(row: ChangeRow) -> str:
    """Which chart a row belongs to: rates near their ceiling have one of their own, with a wider scale."""
    if row["kind"] != "rate":
        return "counts"
    return "high_rates" if min(row["baseline_lower"], row["lower"]) >= NEAR_CEILING else "rates"


def drawable(row: ChangeRow) -> bool:
    """Whether a row fits an axis with the earlier figure as 100."""
    return row["kind"] == "rate" or min(row["baseline_value"], row["value"], row["lower"]) > 0


def _quotient(cases: int | None, base: int | None) -> str:
    if base is None:
        return ""
    return f"{'?' if cases is None else plain(cases)}/{plain(base)}"
