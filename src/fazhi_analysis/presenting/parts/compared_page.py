"""How one row of a comparison is worded: both figures, the change, the verdict, and how sure it is."""

from __future__ import annotations

import functools
import math
from typing import Any

from fazhi_analysis.dataset.identity import year_of
from fazhi_analysis.messages import word
from fazhi_analysis.presenting.html.markup import Fragment, anchor, tag
from fazhi_analysis.presenting.parts.page import Page
from fazhi_analysis.presenting.wording.naming import message, rule_name, unit_of
from fazhi_analysis.presenting.wording.numbers import change, figure_of, interval, plain, share

SETTLED = ("improved", "worsened", "increased", "decreased")
SHOWN = (*SETTLED, "unchanged", "uncertain")
NEAR_CEILING = 90.0
_UNREMARKABLE = ("", "approximate", "unit_word")
_ROWS = ("baseline_row", "row", "row_id")
_SURE_ENOUGH = ("", "no_base", "no_history", "beyond_usual", "beyond_chance")


class ComparedPage(Page):
    """A page that shows rows of ``year_over_year``."""

    def plain_name(self, row: dict[str, Any]) -> str:
        """Name and scope of a row as text."""
        return " ".join(repr(self.name_of(row)).split("\n"))

    def marked_name(self, row: dict[str, Any]) -> str:
        """Name and scope of a row as text, marked where a check doubts the figure."""
        name = self.plain_name(row)
        return self.words("doubt.name", name=name) if self.is_doubtful(row) else name

    def marked_figure(self, row: dict[str, Any]) -> Fragment:
        """A figure as printed, with the checks that doubt it below."""
        doubt = self.doubt(row)
        return tag("span", self.figure(row), tag("small", doubt) if doubt else None)

    def drawn_verdict(self, row: dict[str, Any]) -> str:
        """The verdict that a chart draws: a doubted figure has no direction of its own."""
        return "doubtful" if self.is_doubtful(row) else str(row["verdict"])

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
        notes = self.remarks(row)
        remark = tag("small", self.words.join(notes)) if notes else None
        if doubt := self.doubt(row):
            mark = tag("span", self.words("mark.doubtful"), cls="fz-mark", aria_hidden="true")
            said = self.words("doubt.verdict", verdict=self.reason(verdict))
            return tag("span", mark, " ", said, tag("small", doubt), remark, cls="fz-verdict fz-uncertain")
        mark = tag("span", self.words(f"mark.{verdict}"), cls="fz-mark", aria_hidden="true")
        kept = tag("span", mark, " ", self.reason(verdict), cls="fz-kept")
        return tag("span", kept, remark, cls=f"fz-verdict fz-{verdict}")

    def certainty(self, row: dict[str, Any], *, doubts_only: bool = False) -> str:
        """Whether the change is real, as far as the figures tell; optionally only what speaks against it."""

        code = str(row.get("certainty") or "")
        if row["verdict"] not in SETTLED or (doubts_only and code in _SURE_ENOUGH):
            return ""
        return word("comparison.certainty", code, self.words.lang)

    def certainty_in_table(self, row: dict[str, Any]) -> str:
        """What speaks against a change being real, in the short words that the box on reading the page explains."""
        said = self.certainty(row, doubts_only=True)
        return self.words.get(f"certainty.{row['certainty']}", said) if said else ""

    def remarks(self, row: dict[str, Any]) -> list[str]:
        """Wording of the notes of a row that a reader has to know of."""
        return [self.reason(code) for code in str(row["notes"] or "").split(";") if code not in _UNREMARKABLE]

    def hedge(self, row: dict[str, Any]) -> str:
        """What keeps a change from being plain: what speaks against its being real, or that it could not be tested, and
        the remarks on it.
        """
        untested = row["verdict"] in SETTLED and str(row.get("certainty") or "") == "no_base"
        certainty = self.words("certainty.no_base") if untested else self.certainty(row, doubts_only=True)
        return self.words.join([*([certainty] if certainty else []), *self.remarks(row)])

    def counts_behind(self, row: dict[str, Any]) -> str:
        """The counts behind both rates (k/n), where the reports give them."""
        pairs = [(row.get("baseline_cases"), row.get("baseline_base")), (row.get("cases"), row.get("base"))]
        shown = [f"{plain(float(str(k)))}/{plain(float(str(n)))}" if _there(k) and _there(n) else "" for k, n in pairs]
        return self.words("change.arrow", before=shown[0] or "—", after=shown[1] or "—") if any(shown) else ""

    def measure(self, row: dict[str, Any]) -> list[str]:
        """What the change is measured by: for a rate its counts, and what chance allows, or the smallest base that
        gives it; for a count the series' usual yearly change.
        """
        if row["verdict"] not in (*SETTLED, "uncertain"):
            return []
        if row["kind"] == "rate":
            return [line for line in (self.counts_behind(row), self._chance(row), self._smallest(row)) if line]
        if not _there(row.get("usual_change")) or not int(row["history"]):
            return []
        usual = change(row["usual_change"], row["usual_change"], unit_of(row), self.words).lstrip("+")
        return [self.words("change.usual", usual=usual, n=int(row["history"]))]

    def _chance(self, row: dict[str, Any]) -> str:
        if not _there(row.get("chance_lower")):
            return ""
        ends = change(round(row["chance_lower"], 1), round(row["chance_upper"], 1), "%", self.words)
        return self.words("change.chance", interval=ends)

    def _smallest(self, row: dict[str, Any]) -> str:
        bases = [row.get("baseline_smallest_base"), row.get("smallest_base")]
        known = [row.get("baseline_base"), row.get("base")]
        if all(_there(base) for base in known) or not any(_there(base) for base in bases):
            return ""
        before, after = (plain(float(str(base))) if _there(base) else "—" for base in bases)
        return self.words("change.smallest", bases=self.words("change.arrow", before=before, after=after))

    @functools.cached_property
    def doubtful_rows(self) -> frozenset[str]:
        """Rows that an error or a warning of the audit rests on."""
        return frozenset(self._doubting)

    @functools.cached_property
    def _doubting(self) -> dict[str, list[str]]:
        """The names of the rules that doubt each row."""
        return {row: [rule_name(finding, self.words) for finding in found] for row, found in self._doubting_of.items()}

    @functools.cached_property
    def _doubting_of(self) -> dict[str, list[Any]]:
        """The findings that doubt each row."""
        from fazhi_analysis.analysis.doubts import doubted_rows

        found: dict[str, list[Any]] = {}
        for finding in self.doubting_findings:
            for row in doubted_rows([finding]):
                found.setdefault(row, []).append(finding)
        return found

    def grounds(self, rows: list[dict[str, Any]]) -> list[Fragment]:
        """What the checks say of the figures of some rows, each finding once, with the year of its report."""
        ids = [str(row.get(key) or "") for row in rows for key in _ROWS]
        found = {(item.report_id, item.id): item for identity in ids for item in self._doubting_of.get(identity, [])}
        return [
            self.words.html("doubt.ground", year=year_of(item.report_id), message=message(item, self.words))
            for item in found.values()
        ]

    @property
    def doubting_findings(self) -> list[Any]:
        """Findings that may doubt a figure of the page: those of the reports that it shows."""
        return list(self.place_year.doubts)

    def is_doubtful(self, row: dict[str, Any]) -> bool:
        """Whether a figure, or a comparison of two, rests on a row that the audit doubts."""
        return any(row.get(key) in self.doubtful_rows for key in _ROWS)

    def doubt(self, row: dict[str, Any]) -> str:
        """Which checks doubt a figure, or one of two that are compared; empty for none."""
        ids = [str(row.get(key) or "") for key in _ROWS]
        doubted = [identity for identity in ids if identity in self._doubting]
        rules = dict.fromkeys(rule for identity in doubted for rule in self._doubting[identity])
        if not rules:
            return ""
        named = self.words.join(list(rules))
        if not row.get("baseline_row"):
            return self.words("doubt.mark", rules=named)
        years = dict.fromkeys(str(year_of(identity.partition(":")[0])) for identity in doubted)
        return self.words("doubt.mark_years", years=self.words.join(list(years)), rules=named)

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
