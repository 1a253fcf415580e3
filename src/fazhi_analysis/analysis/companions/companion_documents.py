"""The documents of a place and year that count the same things: its annual report, disclosure report and statistics.

A statistical report counts for its place when it is that of the place (砚桥县2024年行政执法统计年报), whoever signs it;
the reports of one bureau (县市场监督管理局…) count something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fazhi_analysis.analysis.stored_rows import MetricRow, rows_of
from fazhi_analysis.catalogue.succession import succession

KINDS: Final = ("annual_report", "disclosure", "enforcement_stats", "reconsideration_stats")


@dataclass(frozen=True)
class Document:
    """One document: its report, kind and year, and its results, each counted once."""

    report_id: str
    kind: str
    year: int
    title: str
    body: str
    figures: tuple[MetricRow, ...] = field(repr=False)

    def figure(self, *names: str) -> MetricRow | None:
        """The figure of an indicator (by id or label) for the year and whole place; None unless there is just one."""
        found = [
            row
            for row in self.figures
            if (row["indicator_id"] in names or row["label"] in names) and _is_own(row, self.year)
        ]
        return found[0] if len(found) == 1 else None


def _is_own(row: MetricRow, year: int) -> bool:
    return str(row["period"] or year) == str(year) and not row["scope"] and not row["subject"]


def documents_of(place_code: str, place: str, years: Sequence[int] | None = None, data: Any = None) -> list[Document]:
    """The documents of a place, by year and kind; all years without ``years``. Of several sources of one document, all.

    >>> [(one.report_id, one.kind) for one in documents_of("990124", "云岭省望溪市砚桥县", [2024])]
    [('990124-2024', 'annual_report')]
    """
    from fazhi_analysis.dataset import load_metrics, load_reports

    reports = load_reports(data)
    codes = set(succession().series_codes(place_code)) if place_code else set()
    mine = reports["place_code"].isin(codes) if codes else reports["place"] == place
    chosen = reports[mine & reports["doc_kind"].isin(KINDS) & _whole_place(reports)]
    if years is not None:
        chosen = chosen[chosen["year"].isin(list(years))]
    if not len(chosen):
        return []
    regions = list(dict.fromkeys(str(name) for name in chosen["region"]))
    metrics = load_metrics(data, regions=regions)
    found = []
    for report in chosen.sort_values(["year", "report_id"]).itertuples(index=False):
        rows = rows_of(metrics[metrics["report_id"] == report.report_id], MetricRow)
        results = tuple(row for row in rows if row["role"] == "result" and not row["duplicate_of"])
        about = (str(report.title), str(report.body or report.issuer or report.region))
        found.append(Document(str(report.report_id), str(report.doc_kind), int(str(report.year)), *about, results))
    return sorted(found, key=lambda one: (one.year, KINDS.index(one.kind), one.report_id))


def _whole_place(reports: Any) -> Any:
    """Reports of the government, and statistics whose title names the place and no bureau of it."""
    import pandas as pd

    statistics = reports["doc_kind"].isin(["enforcement_stats", "reconsideration_stats"])
    own = [
        kind == "government" or (found != "title" and bool(stats))
        for kind, found, stats in zip(reports["body_kind"], reports["body_from"], statistics, strict=True)
    ]
    return pd.Series(own, index=reports.index, dtype=bool)
