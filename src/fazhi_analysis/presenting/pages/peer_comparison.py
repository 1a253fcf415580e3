"""The place beside others in the same year: ranks as intervals, ties where intervals overlap, no composite index."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from fazhi_analysis.presenting.html import Fragment, join, tag
from fazhi_analysis.presenting.naming import catalogue, unit_of
from fazhi_analysis.presenting.numbers import figure
from fazhi_analysis.presenting.pages._compared import ComparedPage
from fazhi_analysis.presenting.pages.material import Material, own_name, records
from fazhi_analysis.presenting.pages.trend import as_list
from fazhi_analysis.presenting.tables import Column, Table

_CHARTS = 8
_PLACES = 15
_LISTED = 40
_FEWEST = 3


class PeerComparison(ComparedPage):
    """The place beside others.

    ``indicators`` are catalogue ids or labels (None: those that at least three places give), ``regions`` places to hold
    it against (None: all of its level in the data), ``level`` another level than the place's own.
    """

    def __init__(
        self,
        name: str,
        material: Material,
        indicators: str | Iterable[str] | None = None,
        regions: str | Iterable[str] | None = None,
        level: str | None = None,
    ) -> None:
        super().__init__(name, material)
        self.indicators = as_list(indicators)
        self.regions = as_list(regions)
        self.level = level or None
        self.rankings  # noqa: B018 - a wrong place, level or indicator is an error here, not in a later cell

    @functools.cached_property
    def rankings(self) -> list[list[dict[str, Any]]]:
        """Ranked rows by indicator and scope, the own place among them; those with most places first."""
        from fazhi_analysis.analysis import compare
        from fazhi_analysis.dataset import load_metrics, load_reports

        material = self.material
        metrics = load_metrics(material.peers_data, years=[material.year])
        reports = load_reports(material.peers_data, years=[material.year])
        regions = None if self.regions is None else [material.region, *self.regions]
        found = records(compare(metrics, material.year, self.indicators, regions, self.level, reports=reports))
        groups: dict[Any, list[dict[str, Any]]] = {}
        for row in found:
            if not row["reason"]:
                groups.setdefault(row["group"], []).append(row)
        mine = [rows for rows in groups.values() if any(self._own(row) for row in rows)]
        fewest = 2 if self.indicators is not None or self.regions is not None else _FEWEST
        kept = [sorted(rows, key=_order) for rows in mine if len(rows) >= fewest]
        return sorted(kept, key=lambda rows: (rows[0]["direction"] == "neutral", -len(rows)))

    def _own(self, row: dict[str, Any]) -> bool:
        return str(row["region"]) == self.material.region

    def mine(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        """The own place's row of a ranking."""
        return next(row for row in rows if self._own(row))

    def rank(self, row: dict[str, Any]) -> str:
        """A rank, or the ranks that the intervals allow."""
        low, high = int(row["rank_low"]), int(row["rank_high"])
        key = "peers.rank" if low == high else "peers.ranks"
        return self.words(key, low=low, high=high, n=int(row["ranked"]))

    def headline(self) -> Fragment:
        """Where the place stands, as far as the intervals settle it."""
        if not self.rankings:
            return self.section("headline", self.paragraph("peers.nothing", cls="fz-notice", n=_FEWEST))
        directed = [rows for rows in self.rankings if rows[0]["best_first"]]
        lead = self.paragraph("peers.lead", cls="fz-lead", n=len(self.rankings), directed=len(directed))
        items = [self._sentence(rows) for rows in (directed or self.rankings)[:5]]
        return self.section(
            "headline", lead, tag("ul", *(tag("li", item) for item in items)), self.paragraph("peers.caution")
        )

    def _sentence(self, rows: list[dict[str, Any]]) -> Fragment:
        row = self.mine(rows)
        key = "peers.sentence" if row["best_first"] else "peers.sentence_neutral"
        return self.words.html(key, name=self.linked_row(row), figure=self.figure(row), rank=self.rank(row))

    def peers_chart(self) -> Fragment:
        """One chart an indicator: the place and those nearest to it."""
        return self.section(
            "peers_chart", *(self._chart(number, rows) for number, rows in enumerate(self.rankings[:_CHARTS], 1))
        )

    def _chart(self, number: int, rows: list[dict[str, Any]]) -> Any:
        from fazhi_analysis.presenting.charts.ranks import Peer, draw_ranks

        row = self.mine(rows)
        shown = _around(rows, rows.index(row), _PLACES)
        peers = [
            Peer(
                own_name(str(item["region"])),
                self._compared(item) + self.words("peers.note_rank", rank=self.rank(item)),
                item["compared_lower"],
                item["compared_value"],
                item["compared_upper"],
                self._own(item),
            )
            for item in shown
        ]
        title = self.words("peers.chart_title", name=self.plain_name(row), year=self.material.year)
        finding = self.words(
            "peers.finding",
            place=self.material.place,
            figure=self._compared(row),
            rank=self.rank(row),
            shown=len(shown),
            n=len(rows),
        )
        middle = (row["benchmark_lower"] + row["benchmark_upper"]) / 2
        benchmark = float(middle) if middle == middle else None
        return draw_ranks(
            f"peers-{number}", title, finding, peers, self.words, rate=row["kind"] == "rate", benchmark=benchmark
        )

    def _compared(self, row: dict[str, Any]) -> str:
        exact = "exact" if row["qualifier"] == "exact" else str(row["qualifier"])
        ends = (row["compared_value"], row["compared_lower"], row["compared_upper"])
        return figure(*ends, exact, unit_of(row), self.words)

    def peers_table(self) -> Fragment:
        """Every ranking as a table, one click away where it is long."""
        words = self.words
        columns = (
            Column(words("column.rank"), number=True),
            Column(words("column.place_name"), main=True),
            Column(words("column.figure"), number=True),
            Column(words("column.interval"), number=True),
        )
        parts = []
        for rows in self.rankings:
            shown = _around(rows, rows.index(self.mine(rows)), _LISTED)
            cells = tuple(
                (
                    self.rank(row),
                    self._place(row),
                    self._compared(row),
                    "" if row["qualifier"] == "exact" else self.interval(row),
                )
                for row in shown
            )
            order = "best" if rows[0]["best_first"] else "largest"
            caption = words(f"peers.caption_{order}", name=self.plain_name(rows[0]), n=len(rows))
            table = Table(caption, columns, cells)
            parts.append(tag("details", tag("summary", caption), Fragment(table._repr_html_(), repr(table))))
        return self.section("peers_table", *parts)

    def _place(self, row: dict[str, Any]) -> Fragment:
        name = self.words.source(row["region"])
        return tag("strong", name) if self._own(row) else tag("span", name)

    def benchmarks(self) -> Fragment:
        """National figures of the year with their sources and known conflicts."""
        from fazhi_analysis.analysis import load_benchmarks

        ids = list(dict.fromkeys(str(rows[0]["indicator_id"]) for rows in self.rankings))
        rows = records(load_benchmarks(None, self.material.year))
        shown = [row for row in rows if not ids or str(row["indicator_id"]) in ids] or rows
        if not shown:
            return self.section("benchmarks", self.paragraph("peers.no_benchmark", year=self.material.year))
        words = self.words
        columns = (
            Column(words("column.indicator"), main=True),
            Column(words("column.series")),
            Column(words("column.figure"), number=True),
            Column(words("column.publisher")),
            Column(words("column.conflict")),
        )
        conflict, publisher = f"conflict_{words.lang}", f"publisher_{words.lang}"
        cells = tuple(
            (
                self._indicator(str(row["indicator_id"])),
                row["series"],
                figure(row["value"], row["lower"], row["upper"], str(row["qualifier"]), unit_of(row), words),
                join([row[publisher], tag("small", row["source"], cls="fz-long")], " "),
                row[conflict] or "—",
            )
            for row in shown
        )
        return self.section(
            "benchmarks", Table(words("peers.benchmark_caption", year=self.material.year), columns, cells)
        )

    def _indicator(self, identity: str) -> str:
        found = catalogue()[identity]
        return str(found.name_zh if self.words.lang == "zh" else found.name_en)


def _order(row: dict[str, Any]) -> tuple[int, int, str]:
    return int(row["rank_low"]), int(row["rank_high"]), str(row["region"])


def _around(rows: list[dict[str, Any]], place: int, most: int) -> list[dict[str, Any]]:
    """At most so many rows, those nearest to a place in the list.

    >>> [row["n"] for row in _around([{"n": n} for n in range(9)], 7, 5)]
    [4, 5, 6, 7, 8]
    """
    start = max(0, min(place - most // 2, len(rows) - most))
    return rows[start : start + most]


PAGE = PeerComparison
