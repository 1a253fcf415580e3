"""What one year alone says: the figures that are looked for first."""

from __future__ import annotations

from typing import Final

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.analysis.stored_rows import MetricRow
from fazhi_analysis.catalogue import load_domains
from fazhi_analysis.presenting.narrative.builder import NarrativeBuilder
from fazhi_analysis.presenting.wording.naming import catalogue

_LISTED: Final = 5
_FIRST: Final = (
    ("law_duty_report_rate",),
    ("reconsideration_accepted", "reconsideration_cases_handled", "reconsideration_applications"),
    ("litigation_cases", "litigation_head_appearances", "litigation_appearance_rate"),
    ("penalty_cases", "administrative_inspections", "officers_certified"),
    ("normative_documents_issued",),
    ("zero_errand_rate", "government_service_items", "public_requests_completion_rate"),
    ("mediation_cases_total",),
    ("legal_aid_cases",),
)
"""What a leader looks for first where one year alone is known: of each group the first indicator that is given."""


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
    """Undoubted figures: those that are looked for first, then one of each other domain, the important ones first."""
    rows = [row for row in place_year.usable() if row["row_id"] not in place_year.doubts and not row["scope"]]
    firsts = {row["indicator_id"]: row for row in reversed(rows)}
    given = [[firsts[name] for name in group if name in firsts] for group in _FIRST]
    found = [group[0] for group in given if group]
    domains = {_domain(row) for row in found}
    known = [row for row in rows if row["indicator_id"] in catalogue()]
    for row in sorted(known, key=lambda row: -load_domains()[_domain(row)].importance):
        if _domain(row) not in domains:
            domains.add(_domain(row))
            found.append(row)
    return (found or rows)[:_LISTED]


def _domain(row: MetricRow) -> str:
    return str(catalogue()[row["indicator_id"]].domain)
