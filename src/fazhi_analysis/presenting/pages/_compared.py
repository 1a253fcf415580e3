"""How one row of a comparison is worded: both figures, the change, the verdict, and how sure it is."""

from __future__ import annotations

import functools
import math
from typing import Any

from fazhi_analysis.presenting.html import Fragment, anchor, tag
from fazhi_analysis.presenting.naming import unit_of
from fazhi_analysis.presenting.numbers import change, figure_of, interval, plain, share
from fazhi_analysis.presenting.pages.page import Page

SETTLED = ("improved", "worsened", "increased", "decreased")
SHOWN = (*SETTLED, "unchanged", "uncertain")
NEAR_CEILING = 90.0
_UNREMARKABLE = ("", "approximate", "unit_word")
_SURE_ENOUGH = ("", "no_base", "no_history", "beyond_usual", "beyond_chance")


class ComparedPage(Page):
    """A page that shows rows of ``year_over_year``."""

    def plain_name(self, row: dict[str, Any]) -> str:
        """Name and scope of a row as text."""
        return " ".join(repr(self.name_of(row)).split("\n"))

    def linked_row(self, row: dict[str, Any]) -> Fragment:
        """Name of a row, linked to the evidence of its later figure, or of the earlier one where there is no later."""
        return tag("a", self.name_of(row), href=f"#{anchor(row.get('row') or row.get('baseline_row'))}")

    def before(self, row: dict[str, Any]) -> str:
        """The earlier figure as its report words it."""
        return figure_of(row, self.words, "baseline_")

    def with_interval(self, row: dict[str, Any], prefix: str = "") -> Fragment:
        """A figure with its interval below it, where the wording is not exact."""
        text = self.before(row) if prefix else self.figure(row)
        inexact = str(row[f"{prefix}qualifier"]) != "exact"
        ends = interval(row[f"{prefix}lower"], row[f"{prefix}upper"], "", self.words) if inexact else ""
        return tag("span", text, tag("small", ends) if ends else None)

    def change(self, row: dict[str, Any]) -> str:
        """The change as an interval, with the relative change of amounts."""
        if row["verdict"] == "unchanged":
            return self.words("change.none")
        text = change(row["change_lower"], row["change_upper"], unit_of(row), self.words)
        relative = share(row["relative_lower"], row["relative_upper"], self.words)
        return self.words("change.both", absolute=text, relative=relative) if relative else text

    def verdict(self, row: dict[str, Any]) -> Fragment:
        """The verdict with its mark, and the remarks that go with it."""
        verdict = str(row["verdict"])
        notes = [self.reason(code) for code in str(row["notes"] or "").split(";") if code not in _UNREMARKABLE]
        mark = tag("span", self.words(f"mark.{verdict}"), cls="fz-mark", aria_hidden="true")
        remark = tag("small", self.words.join(notes)) if notes else None
        return tag("span", mark, " ", self.reason(verdict), remark, cls=f"fz-verdict fz-{verdict}")

    def certainty(self, row: dict[str, Any], *, doubts_only: bool = False) -> str:
        """Whether the change is real, as far as the figures tell; optionally only what speaks against it."""
        from fazhi_analysis.analysis.significance import CERTAINTIES

        code = str(row.get("certainty") or "")
        if row["verdict"] not in SETTLED or (doubts_only and code in _SURE_ENOUGH):
            return ""
        return CERTAINTIES[code][0 if self.words.lang == "zh" else 1]

    def counts_behind(self, row: dict[str, Any]) -> str:
        """The counts behind both rates (k/n), where the reports give them."""
        pairs = [(row.get("baseline_cases"), row.get("baseline_base")), (row.get("cases"), row.get("base"))]
        shown = [f"{plain(float(str(k)))}/{plain(float(str(n)))}" if _there(k) and _there(n) else "" for k, n in pairs]
        return self.words("change.arrow", before=shown[0] or "—", after=shown[1] or "—") if any(shown) else ""

    @functools.cached_property
    def doubtful_rows(self) -> frozenset[str]:
        """Rows that an error or a warning of the audit rests on."""
        grave = [finding for finding in self.material.findings if finding.severity in ("error", "warning")]
        return frozenset(piece.row for finding in grave for piece in finding.evidence if piece.row)

    def is_doubtful(self, row: dict[str, Any]) -> bool:
        """Whether a comparison rests on a figure that the audit doubts."""
        return bool({row["row"], row["baseline_row"]} & self.doubtful_rows)

    def chart_of(self, row: dict[str, Any]) -> str:
        """Which chart a row belongs to: rates near their ceiling have one of their own, with a wider scale."""
        if row["kind"] != "rate":
            return "counts"
        return "high_rates" if min(row["baseline_lower"], row["lower"]) >= NEAR_CEILING else "rates"


def size(row: dict[str, Any]) -> float:
    """Size of a change for ordering: points for rates; for counts the change over the root of both years' sum.

    The root is about the spread that a count of that size has by chance, so that 2 against 3 meetings does not come
    before 380 against 520 cases. Money has no such spread: there it is the ratio.

    >>> few = {"kind": "count", "baseline_value": 2.0, "value": 3.0}
    >>> many = {"kind": "count", "baseline_value": 380.0, "value": 520.0}
    >>> size(few) < size(many)
    True
    """
    before, after = row["baseline_value"], row["value"]
    if row["kind"] == "rate":
        return float(abs(after - before))
    if before <= 0 or after <= 0:
        return float(max(abs(before), abs(after)) ** 0.5)
    if row["kind"] == "money":
        return 5 * abs(math.log(after / before))
    return float(abs(after - before) / (after + before) ** 0.5)


def drawable(row: dict[str, Any]) -> bool:
    """Whether a row fits an axis with the earlier figure as 100."""
    return bool(row["kind"] == "rate" or min(row["baseline_value"], row["value"], row["lower"]) > 0)


def _there(value: Any) -> bool:
    return value is not None and str(value) not in ("<NA>", "nan")
