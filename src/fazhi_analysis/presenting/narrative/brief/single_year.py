"""What one year alone says: the figures that are looked for first."""

from __future__ import annotations

from typing import Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.rows import MetricRow
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.wording.naming import catalogue

_LISTED: Final = 5
_FIRST: Final = (
    "reconsideration_accepted",
    "reconsideration_applications",
    "litigation_cases",
    "litigation_loss_rate",
    "penalty_cases",
    "administrative_inspections",
    "normative_documents_issued",
    "mediation_cases_total",
    "legal_aid_cases",
)
"""Indicators that a leader looks for first where one year alone is known."""


def tell_the_figures(builder: NarrativeBuilder) -> None:
    """One figure of each of the first domains."""
    place_year = builder.place_year
    sources = builder.report_sources(place_year.year)
    chosen = _standing_figures(place_year)
    if not chosen:
        builder.say("changed", "brief.no_figures", sources)
        return
    items = [
        builder.phrases.fill(
            "brief.single_figure", name=builder.name(row, row["row_id"]), figure=builder.figure(row, row["row_id"])
        )
        for row in chosen
    ]
    cited = [builder.row_source(row["row_id"]) for row in chosen]
    builder.say("changed", "brief.single_list", cited, list=builder.listed(items, "semicolon"))
    builder.say("changed", "brief.single", sources)


def _standing_figures(place_year: PlaceYear) -> list[MetricRow]:
    """Undoubted figures: those that are looked for first, then one of each other domain in the order of the text."""
    rows = [row for row in place_year.usable() if row["row_id"] not in place_year.doubts and not row["scope"]]
    firsts = {row["indicator_id"]: row for row in reversed(rows)}
    found = [firsts[name] for name in _FIRST if name in firsts]
    domains = {_domain(row) for row in found}
    for row in rows:
        if row["indicator_id"] in catalogue() and _domain(row) not in domains:
            domains.add(_domain(row))
            found.append(row)
    return (found or rows)[:_LISTED]


def _domain(row: MetricRow) -> str:
    return str(catalogue()[row["indicator_id"]].domain)
