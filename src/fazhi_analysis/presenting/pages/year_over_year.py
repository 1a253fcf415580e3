"""What changed since the earlier year; with no earlier year, what one year alone can tell."""

from __future__ import annotations

import functools
import math
from collections import Counter
from typing import Any

from fazhi_analysis.presenting.html import Fragment, anchor, join, tag
from fazhi_analysis.presenting.numbers import change, figure, interval, share
from fazhi_analysis.presenting.pages.material import records
from fazhi_analysis.presenting.pages.page import Page
from fazhi_analysis.presenting.tables import Column, Table

_SETTLED = ("improved", "worsened", "increased", "decreased")
_SHOWN = ("improved", "worsened", "increased", "decreased", "unchanged", "uncertain")
_LARGEST = 12
_NAMED = 4
_NEAR_CEILING = 90.0


class YearOverYear(Page):
    """The year beside an earlier one."""

    @functools.cached_property
    def changes(self) -> list[dict[str, Any]]:
        """Rows of the comparison; none where there is no earlier year."""
        frame = self.material.comparison
        return [] if frame is None else records(frame)

    @functools.cached_property
    def compared(self) -> list[dict[str, Any]]:
        """Rows that both years have and that may be held against each other."""
        return [row for row in self.changes if row["verdict"] in _SHOWN]

    @functools.cached_property
    def largest(self) -> list[dict[str, Any]]:
        """Settled changes, those with a better and a worse side first, each kind by size."""
        settled = [row for row in self.compared if row["verdict"] in _SETTLED and "ceiling" not in str(row["notes"])]
        return sorted(settled, key=lambda row: (row["verdict"] not in ("improved", "worsened"), -_size(row)))

    def headline(self) -> Fragment:
        """The answer in a few sentences, with links to the rows that they rest on."""
        return self._comparison_headline() if self.material.baseline is not None else self._single_headline()

    def _comparison_headline(self) -> Fragment:
        material = self.material
        counts = Counter(str(row["verdict"]) for row in self.changes)
        parts = [
            self.words("headline.verdict", verdict=self.reason(key), n=counts[key]) for key in _SHOWN if counts[key]
        ]
        first = self.paragraph(
            "headline.compared" if self.compared else "headline.nothing_compared",
            cls="fz-lead",
            year=material.year,
            baseline=material.baseline,
            n=len(self.compared),
            parts=self.words.join(parts),
        )
        items = [self._sentence(row) for row in self.largest[:_NAMED]]
        named = tag("ul", *(tag("li", item) for item in items)) if items else None
        aside = [
            self.words("headline.aside", verdict=self.reason(key), n=counts[key])
            for key in ("new", "dropped", "not_comparable")
            if counts[key]
        ]
        rest = self.paragraph("headline.rest", parts=self.words.join(aside)) if aside else None
        return self.section("headline", first, named, rest)

    def _sentence(self, row: dict[str, Any]) -> Fragment:
        return self.words.html(
            "headline.change",
            name=tag("a", self.name_of(row), href=f"#{anchor(row['row'])}"),
            before=self._before(row),
            after=self.figure(row),
            change=self._change(row),
            verdict=self.reason(str(row["verdict"])),
        )

    def _single_headline(self) -> Fragment:
        material = self.material
        rows = material.rows()
        usable = self.usable()
        repeated = sum(bool(row.get("duplicate_of")) for row in rows)
        notice = self.paragraph(
            "headline.single", cls="fz-notice", year=material.year, place=self.words.source(material.place)
        )
        rates = [row for row in usable if row["kind"] == "rate"]
        full = sum(row["lower"] >= 99 and row["value"] == 100 for row in rates)
        lead = self.paragraph(
            "headline.single_counts",
            cls="fz-lead",
            n=len(rows),
            repeated=repeated,
            usable=len(usable),
            inexact=sum(row["qualifier"] != "exact" for row in usable),
            domains=len({material.domain(row) for row in usable}),
            rates=len(rates),
            full=full,
        )
        counts = Counter(finding.severity for finding in material.findings)
        parts = [
            self.words("headline.verdict", verdict=self.words(f"severity.{key}"), n=counts[key])
            for key in ("error", "warning", "note", "confirmed")
            if counts[key]
        ]
        checks = self.paragraph("headline.checks", parts=self.words.join(parts)) if parts else None
        return self.section("headline", notice, lead, checks)

    def changes_chart(self) -> Fragment:
        """The largest changes of counts and of rates; with one year alone, its rates."""
        if self.material.baseline is None:
            return self.section("rates", self._rates_chart(high=False), self._rates_chart(high=True))
        from fazhi_analysis.presenting.charts.changes import draw_changes

        charts = []
        for kind in ("counts", "rates", "high_rates"):
            rates = kind != "counts"
            kept = [row for row in self.compared if _chart_of(row) == kind and _drawable(row)]
            kept = sorted((row for row in kept if row["verdict"] != "unchanged"), key=lambda row: -_size(row))[
                :_LARGEST
            ]
            if not kept:
                continue
            title = self.words(f"chart.{kind}_title", year=self.material.year, baseline=self.material.baseline)
            top = kept[0]
            finding = self.words(
                "chart.changes_finding",
                n=len(kept),
                name=self.plain_name(top),
                before=self._before(top),
                after=self.figure(top),
                verdict=self.reason(str(top["verdict"])),
            )
            charts.append(
                draw_changes(
                    f"changes-{kind}", title, finding, [self._mark(row) for row in kept], self.words, rates=rates
                )
            )
        if not charts:
            return self.section("changes_chart", self.paragraph("chart.nothing"))
        return self.section("changes_chart", self.paragraph("chart.order", n=_LARGEST), *charts)

    def _mark(self, row: dict[str, Any]) -> Any:
        from fazhi_analysis.presenting.charts.changes import Change

        note = self.words("chart.note", before=self._before(row), after=self.figure(row), change=self._change(row))
        return Change(
            self.plain_name(row),
            note,
            (row["baseline_lower"], row["baseline_value"], row["baseline_upper"]),
            (row["lower"], row["value"], row["upper"]),
            str(row["verdict"]),
        )

    def plain_name(self, row: dict[str, Any]) -> str:
        """Name and scope of a row as text."""
        return repr(self.name_of(row))

    def changes_table(self) -> Fragment:
        """Every comparison by domain; with one year alone, every figure by domain."""
        if self.material.baseline is None:
            return self.section("levels", *self._level_tables())
        columns = (
            Column(self.words("column.indicator"), main=True),
            Column(str(self.material.baseline), number=True),
            Column(str(self.material.year), number=True),
            Column(self.words("column.change"), number=True),
            Column(self.words("column.verdict"), short=True),
        )
        tables = []
        for domain, rows in self._by_domain(self.compared).items():
            cells = tuple(
                (
                    self._linked(row),
                    self._with_interval(row, "baseline_"),
                    self._with_interval(row),
                    self._change(row),
                    self._verdict(row),
                )
                for row in rows
            )
            tables.append(Table(domain, columns, cells))
        return self.section("changes_table", *tables)

    def _by_domain(self, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        from fazhi_analysis.catalogue import load_domains

        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(self.material.domain(row), []).append(row)
        names = [domain.name_zh if self.words.lang == "zh" else domain.name_en for domain in load_domains().values()]
        return {name: groups[name] for name in [*names, self.words("domain.other")] if name in groups}

    def _linked(self, row: dict[str, Any]) -> Fragment:
        target = row.get("row") or row.get("baseline_row")
        return tag("a", self.name_of(row), href=f"#{anchor(target)}")

    def _before(self, row: dict[str, Any]) -> str:
        unit = str(row.get("baseline_unit") or row["unit"])
        return figure(
            row["baseline_value"],
            row["baseline_lower"],
            row["baseline_upper"],
            str(row["baseline_qualifier"]),
            unit,
            self.words,
        )

    def _with_interval(self, row: dict[str, Any], prefix: str = "") -> Fragment:
        text = self._before(row) if prefix else self.figure(row)
        qualifier = str(row[f"{prefix}qualifier"])
        ends = "" if qualifier == "exact" else interval(row[f"{prefix}lower"], row[f"{prefix}upper"], "", self.words)
        return tag("span", text, tag("small", ends) if ends else None)

    def _change(self, row: dict[str, Any]) -> str:
        if row["verdict"] == "unchanged":
            return self.words("change.none")
        text = change(row["change_lower"], row["change_upper"], str(row["unit"]), self.words)
        relative = share(row["relative_lower"], row["relative_upper"], self.words)
        return self.words("change.both", absolute=text, relative=relative) if relative else text

    def _verdict(self, row: dict[str, Any]) -> Fragment:
        verdict = str(row["verdict"])
        notes = [self.reason(code) for code in str(row["notes"] or "").split(";") if code and code != "approximate"]
        mark = tag("span", self.words(f"mark.{verdict}"), cls="fz-mark", aria_hidden="true")
        remark = tag("small", self.words.join(notes)) if notes else None
        return tag("span", mark, " ", self.reason(verdict), remark, cls=f"fz-verdict fz-{verdict}")

    def _level_tables(self) -> list[Any]:
        columns = (
            Column(self.words("column.indicator"), main=True),
            Column(self.words("column.figure"), number=True),
            Column(self.words("column.interval"), number=True),
            Column(self.words("column.place")),
        )
        return [
            Table(
                domain,
                columns,
                tuple(
                    (
                        self.linked(row),
                        self.figure(row),
                        "" if row["qualifier"] == "exact" else self.interval(row),
                        self.place_of(row),
                    )
                    for row in rows
                ),
            )
            for domain, rows in self._by_domain(self.usable()).items()
        ]

    def _rates_chart(self, *, high: bool) -> Any:
        from fazhi_analysis.presenting.charts.levels import Level, draw_levels

        rows = [row for row in self.usable() if row["kind"] == "rate" and (row["value"] >= _NEAR_CEILING) is high]
        if not rows:
            return None
        levels = [
            Level(self.plain_name(row), self.figure(row), row["lower"], row["value"], row["upper"], domain)
            for domain, members in self._by_domain(rows).items()
            for row in members
        ]
        kind = "high_rates" if high else "rates"
        low, top = min(rows, key=_value), max(rows, key=_value)
        finding = self.words(
            "chart.levels_finding",
            n=len(rows),
            low=self.plain_name(low),
            low_value=self.figure(low),
            high=self.plain_name(top),
            high_value=self.figure(top),
        )
        title = self.words(f"chart.levels_{kind}", year=self.material.year)
        return draw_levels(f"levels-{kind}", title, finding, levels, self.words)

    def domains_chart(self) -> Fragment:
        """How the compared figures of each domain moved; with one year alone, how many figures each domain has."""
        from fazhi_analysis.presenting.charts.shares import Bar, draw_bars

        single = self.material.baseline is None
        groups = self._by_domain(self.usable() if single else self.compared)
        if not groups:
            return Fragment("", "")
        kinds = ("exact", "inexact") if single else _SHOWN
        bars = [
            Bar(domain, tuple(sum(_kind_of(row, single) == kind for row in rows) for kind in kinds))
            for domain, rows in groups.items()
        ]
        names = [self.words(f"column.{kind}") if single else self.reason(kind) for kind in kinds]
        largest = max(bars, key=lambda bar: sum(bar.parts))
        key = "domains_single" if single else "domains"
        finding = self.words(f"chart.{key}_finding", n=len(bars), domain=largest.label, count=sum(largest.parts))
        title = self.words(f"chart.{key}_title", year=self.material.year, baseline=self.material.baseline)
        return self.section("domains", draw_bars("domains", title, finding, bars, names, kinds, self.words))

    def excluded(self) -> Fragment:
        """Rows left out of the comparison, with their reason, counted; then rows that are no results."""
        aside = [row for row in self.changes if row["verdict"] not in _SHOWN]
        if not aside:
            return super().excluded()
        columns = (
            Column(self.words("column.indicator"), main=True),
            Column(self.words("column.year"), number=True),
            Column(self.words("column.figure"), number=True),
            Column(self.words("column.reason")),
        )
        cells = []
        for row in aside:
            earlier = row["verdict"] == "dropped"
            year = row["baseline_year"] if earlier else row["year"]
            cells.append(
                (
                    self._linked(row),
                    year,
                    self._before(row) if earlier else self.figure(row),
                    self.reason(str(row["reason"])),
                )
            )
        counts = Counter(str(row["reason"]) for row in aside)
        summary = tag(
            "ul",
            *(tag("li", self.words("excluded.count", reason=self.reason(key), n=n)) for key, n in counts.most_common()),
        )
        table = Table(self.words("excluded.compared_caption", n=len(aside)), columns, tuple(cells))
        own = self.section("not_compared", summary, self.folded("excluded.show", table))
        return join([own, super().excluded()])


def _size(row: dict[str, Any]) -> float:
    """Size of a change for ordering: points for rates; for counts the change over the root of both years' sum.

    The root is about the spread that a count of that size has by chance, so that 2 against 3 meetings does not come
    before 380 against 520 cases. Money has no such spread: there it is the ratio.
    """
    before, after = row["baseline_value"], row["value"]
    if row["kind"] == "rate":
        return float(abs(after - before))
    if before <= 0 or after <= 0:
        return float(max(abs(before), abs(after)) ** 0.5)
    if row["kind"] == "money":
        return 5 * abs(math.log(after / before))
    return float(abs(after - before) / (after + before) ** 0.5)


def _value(row: dict[str, Any]) -> float:
    return float(row["value"])


def _kind_of(row: dict[str, Any], single: bool) -> str:
    if single:
        return "exact" if row["qualifier"] == "exact" else "inexact"
    return str(row["verdict"])


def _chart_of(row: dict[str, Any]) -> str:
    """Which chart a row belongs to: rates near their ceiling have one of their own, with a wider scale."""
    if row["kind"] != "rate":
        return "counts"
    return "high_rates" if min(row["baseline_lower"], row["lower"]) >= _NEAR_CEILING else "rates"


def _drawable(row: dict[str, Any]) -> bool:
    return bool(row["kind"] == "rate" or min(row["baseline_value"], row["value"], row["lower"]) > 0)


PAGE = YearOverYear
