"""Figures that several documents of a body give, side by side: its annual report, disclosure report and statistics."""

from __future__ import annotations

import functools
from collections import Counter
from typing import Any

from fazhi_analysis.analysis.companions.checking import VERDICTS, Check, Side, checks_of
from fazhi_analysis.analysis.companions.companion_documents import Document, documents_of
from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.html.tables import Table, headed
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.naming import label_text, quoting, where_text
from fazhi_analysis.presenting.wording.numbers import figure


class CrossCheck(Page):
    """One table of all checks, the gravest first, each side with its document and place."""

    CELLS = ("header", "headline", "documents", "checks", "added", "how_to_read", "evidence", "footer")

    @functools.cached_property
    def found(self) -> list[Check]:
        """The checks of the page's place and year."""
        place = self.place_year
        return checks_of(place.region_code, place.region, place.year, place.data)

    @functools.cached_property
    def companions(self) -> list[Document]:
        """The documents of the year and the year before."""
        place = self.place_year
        return documents_of(place.region_code, place.region, [place.year - 1, place.year], place.data)

    def headline(self) -> Fragment:
        """How many figures two documents give, and how many of them agree."""
        if not self.found:
            return self.section(
                "headline", self.paragraph("cross_check.none", cls="fz-notice", year=self.place_year.year)
            )
        counts = Counter(check.verdict for check in self.found)
        parts = [self.words(f"cross_check.count_{name}", n=counts[name]) for name in VERDICTS if counts[name]]
        lead = self.paragraph("cross_check.lead", cls="fz-lead", n=len(self.found), parts=self.words.join(parts))
        return self.section("headline", lead, self.paragraph("cross_check.note"))

    def documents(self) -> Fragment:
        """Which documents are compared."""
        columns = headed(self.words, "document main", "year number", "body", "figures number")
        rows = tuple(
            (
                self.words(f"cross_check.kind_{one.kind}"),
                str(one.year),
                self.words.source(one.body),
                len(one.figures),
            )
            for one in self.companions
        )
        caption = self.words("cross_check.documents", n=len(rows))
        return self.section("cross_documents", Table(caption, columns, rows) if rows else None)

    def checks(self) -> Fragment:
        """Every check with both places."""
        columns = headed(self.words, "indicator main", "verdict", "one_side", "other_side", "reason")
        rows = tuple(self._row(check) for check in self.found)
        table = Table(self.words("cross_check.checks", n=len(rows)), columns, rows, classes="fz-lined")
        return self.section("cross_checks", table if rows else None)

    def _row(self, check: Check) -> tuple[Any, ...]:
        name = quoting(
            label_text({"indicator_id": check.indicator_id, "label": check.label, "scope": ""}, self.words), self.words
        )
        verdict = tag("span", self.words(f"cross_check.{check.verdict}"), cls=f"fz-cross-{check.verdict}")
        right = self._computed(check) if check.what == "series" else self._side(check.right)
        detail = quoting(check.detail, self.words) if check.detail else ""
        reason = tag("span", self.words(f"cross_check.reason_{check.reason}"), " ", detail)
        return name, verdict, self._side(check.left), right, reason

    def _side(self, side: Side) -> Fragment:
        """The figure of one document, and where it stands there."""
        values = (side.value, side.lower, side.upper, side.qualifier)
        shown = figure(*values, side.unit, self.words, side.wording)
        place = where_text({"section": side.section, "item": ""}, self.words) if side.section else ""
        offsets = self.words("evidence.offsets", start=side.start, end=side.end) if side.start is not None else ""
        document = self.words("cross_check.at", kind=self.words(f"cross_check.kind_{side.kind}"), year=side.year)
        linked = tag("a", shown, href=self.at(side.row_id)) if self._is_listed(side) else shown
        return tag("span", linked, " ", tag("small", document, " ", quoting(place, self.words), offsets))

    def _is_listed(self, side: Side) -> bool:
        return side.row_id in self.place_year.rows_by_id and side.year in self.evidence_years

    def _computed(self, check: Check) -> Fragment:
        """What the other figures come to, and where the first of them stands."""
        right = check.right
        shown = figure(right.value, right.lower, right.upper, "exact", check.left.unit, self.words)
        document = self.words("cross_check.at", kind=self.words(f"cross_check.kind_{right.kind}"), year=right.year)
        return tag("span", shown, " ", tag("small", self.words("cross_check.computed"), " ", document))


PAGE = CrossCheck
