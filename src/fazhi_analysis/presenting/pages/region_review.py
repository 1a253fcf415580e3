"""The authority above: every body under a place, what each has reported, and who needs a call."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, ClassVar

from fazhi_analysis.analysis.region.corroboration import Corroboration
from fazhi_analysis.analysis.region.members import parent_name
from fazhi_analysis.analysis.region.review import CONTENTS, corroborations, region_review
from fazhi_analysis.presenting.html.markup import Fragment
from fazhi_analysis.presenting.html.tables import Column, Table, headed
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.naming import label_text
from fazhi_analysis.presenting.wording.numbers import plain

_LANES = ("figures", "form", "duties")


@dataclass(frozen=True)
class ReviewOptions:
    """``parent`` is the place above (code, own name or full name); by default the one above the page's place."""

    parent: str | None = None


class RegionReview(Page):
    """Tables over all bodies under the parent; the header and the foot are those of one report among them."""

    CELLS = ("header", "headline", "calls", "contents", "counts", "corroboration", "added", "footer")
    Options: ClassVar[type[Any]] = ReviewOptions

    @classmethod
    def region_for(cls, region: str, year: int, data: Any, options: Any) -> str:
        """With a parent, a report of the year under it (its own first), whatever place the page was asked for."""
        if options.parent is None:
            return region
        from fazhi_analysis.dataset import load_reports

        reports = load_reports(data)
        parent = parent_name(str(options.parent), reports)
        names = [str(name) for name in reports.loc[reports["year"] == year, "region"] if str(name).startswith(parent)]
        return parent if parent in names else min(names, default=region)

    @functools.cached_property
    def parent(self) -> str:
        """The full name of the place above."""
        from fazhi_analysis.dataset import load_reports

        place = self.place_year
        reports = load_reports(place.data)
        if self.options.parent is not None:
            return parent_name(str(self.options.parent), reports)
        above = place.region.removesuffix(place.place)
        return above or place.region

    @functools.cached_property
    def table(self) -> Any:
        """The DataFrame that the page shows."""
        return region_review(self.parent, self.place_year.year, self.place_year.data)

    @functools.cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Its rows, those that need a call first."""
        return [dict(row) for row in self.table.to_dict("records")]

    def headline(self) -> Fragment:
        """How many bodies there are, have reported, and need a call."""
        reported = sum(row["reported"] == "yes" for row in self.rows)
        fields = {"n": len(self.rows), "reported": reported, "missing": len(self.rows) - reported}
        calls = sum(bool(row["calls"]) for row in self.rows)
        parent = self.words.source(self.parent)
        lead = self.paragraph(
            "region_review.lead", cls="fz-lead", parent=parent, year=self.place_year.year, calls=calls, **fields
        )
        return self.section("headline", lead, self.paragraph("region_review.note"))

    def calls(self) -> Fragment:
        """Who needs a call, and why, the most urgent first."""
        chosen = [row for row in self.rows if row["calls"]]
        columns = headed(self.words, "body main", "call")
        cells = tuple(
            (self._body(row), self.words.join([self._call(name, row) for name in row["calls"]])) for row in chosen
        )
        return self.section(
            "region_calls", Table(self.words("region_review.calls", n=len(cells)), columns, cells) if cells else None
        )

    def contents(self) -> Fragment:
        """When each report was signed, and the five contents that the law asks for."""
        columns = headed(self.words, "body main", "signed", "in_time", *(f"content_{name}" for name in CONTENTS))
        cells = tuple(
            (self._body(row), row["signed"] or "—", *(self._answer(row[name]) for name in ("in_time", *CONTENTS)))
            for row in self.rows
            if row["reported"] == "yes"
        )
        return self.section(
            "region_contents", Table(self.words("region_review.contents", n=len(cells)), columns, cells)
        )

    def counts(self) -> Fragment:
        """How many results, errors and doubts by lane, and what became of last year's promises."""
        columns = headed(
            self.words, "body main", "figures number", "errors_by_lane number", "doubts_by_lane number",
            "promises_kept number", "promises_broken number", "promises_open number",
        )  # fmt: skip
        cells = tuple(
            (
                self._body(row),
                row["figures"],
                " / ".join(str(row[f"errors_{lane}"]) for lane in _LANES),
                " / ".join(str(row[f"doubts_{lane}"]) for lane in _LANES),
                row["kept"],
                row["contradicted"],
                row["repeated"] + row["dropped"],
            )
            for row in self.rows
            if row["reported"] == "yes"
        )
        return self.section("region_figures", Table(self.words("region_review.figures", n=len(cells)), columns, cells))

    def corroboration(self) -> Fragment:
        """Figures that the report above gives of a body below, or one below of it, beside the body's own."""
        found = corroborations(self.parent, self.place_year.year, self.place_year.data)
        columns = (
            Column(self.words("region_review.about"), main=True),
            *headed(self.words, "indicator", "verdict", "one_side number", "other_side number"),
        )
        cells = tuple(self._row(one) for one in found)
        table = Table(self.words("region_review.corroboration", n=len(cells)), columns, cells)
        return self.section("region_corroboration", table if cells else None)

    def _row(self, one: Corroboration) -> tuple[Any, ...]:
        label = label_text({"indicator_id": one.indicator_id, "label": self._names[one.indicator_id]}, self.words)
        verdict = self.words(f"cross_check.{one.verdict}")
        return (
            self.words.source(one.member.removeprefix(self.parent)),
            label,
            verdict,
            plain(one.stated),
            plain(one.own),
        )

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        from fazhi_analysis.catalogue import load_catalogue

        return {indicator.id: indicator.name_zh for indicator in load_catalogue()}

    def _body(self, row: dict[str, Any]) -> Fragment | str:
        return self.words.source(row["region"].removeprefix(self.parent) or row["region"])

    def _answer(self, answer: str) -> str:
        return self.words(f"answer.{answer.replace(' ', '_')}")

    def _call(self, name: str, row: dict[str, Any]) -> str:
        missing = self.words.join([self.words(f"column.content_{key}") for key in CONTENTS if row[key] == "no"])
        counts = {
            "contradicts": "contradicts",
            "errors": "errors_figures",
            "broken_promise": "contradicted",
            "doubts": "doubts_figures",
        }
        n = row[counts[name]] if name in counts else ""
        return self.words(f"region_review.call_{name}", n=n, names=missing, date=row["signed"])


PAGE = RegionReview
