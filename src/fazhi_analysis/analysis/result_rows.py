"""Rows of the tables that the analyses return, as typed dictionaries; :func:`rows.rows_of` reads a table into them."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from fazhi_analysis.analysis.stored_rows import FigureRow, NamedRow


class ChangeRow(FigureRow):
    """A row of ``year_over_year`` with what ``assess`` adds; ``origin`` where a figure was corrected."""

    region_code: str
    region: str
    direction: str
    baseline_year: int
    baseline_value: float
    baseline_lower: float
    baseline_upper: float
    change_lower: float
    change_upper: float
    relative_lower: float
    relative_upper: float
    verdict: str
    reason: str
    notes: str
    baseline_qualifier: str
    baseline_unit: str
    baseline_row: str
    row: str
    baseline_wording: str
    doubt: str
    baseline_cases: int | None
    baseline_base: int | None
    cases: int | None
    base: int | None
    chance_lower: float
    chance_upper: float
    baseline_smallest_base: int | None
    smallest_base: int | None
    usual_change: float
    history: int
    times_usual: float
    ceiling: bool
    certainty: str
    headline: bool
    origin: NotRequired[str]
    baseline_origin: NotRequired[str]


class ExcludedRow(NamedRow):
    """A row of ``exclusions``: a figure that is not compared, with the reason."""

    row_id: str
    region_code: str
    region: str
    year: int
    value: float
    lower: float
    upper: float
    reason: str
    baseline_year: int | None
    compared_year: int | None


class ClaimRow(NamedRow):
    """A row of ``check_claims``: a change that a report states, beside what the figures give."""

    region_code: str
    region: str
    year: int
    change: str
    claimed: float
    claimed_lower: float
    claimed_upper: float
    baseline_year: int
    baseline_value: float
    baseline_lower: float
    baseline_upper: float
    value: float
    lower: float
    upper: float
    actual_lower: float
    actual_upper: float
    verdict: str
    reading: str
    reason: str
    implied_lower: float
    implied_upper: float
    other_implied_lower: float
    other_implied_upper: float
    claim_row: str
    row: str
    baseline_row: str


class RateRow(TypedDict):
    """A row of ``rates``: a rate that a report gives as a result, and of what it is a share."""

    report_id: str
    region: str
    year: int | None
    row: str
    indicator_id: str
    label: str
    scope: str
    unit: str
    text: str
    value: float
    base: str
    numerator: float
    numerator_row: str
    denominator: float
    denominator_lower: float
    denominator_upper: float
    denominator_row: str
    other_denominator: float
    computed: float
    smallest: int | None
    section: str
    start: int | None
    end: int | None


class EvidenceRow(TypedDict):
    """A place or row that a verdict of a follow-up rests on."""

    role: str
    report_id: str
    row: str
    start: int | None
    end: int | None
    section: str
    text: str
    value: float | None
    finding: str


class PromiseRow(TypedDict):
    """A row of ``follow_up``: what became of a problem or next step, or of a part of one, in a later year."""

    region_code: str
    region: str
    kind: str
    year: int
    report_id: str
    row_id: str
    ordinal: int
    part: int
    text: str
    theme: str
    later_year: int
    verdict: str
    wording: str
    extent: str
    reason: str
    score: float
    later_row: str
    first_year: int
    age: int
    start: int | None
    end: int | None
    evidence: list[EvidenceRow]
    id: str
    proposed: str
    status: str
    comment: str
    who: str


_Break = TypedDict("_Break", {"break": bool})


class TrendRow(FigureRow, _Break):
    """A row of ``trend``: one series in one year, with or without a figure."""

    region_code: str
    region: str
    direction: str
    gap: bool
    gap_reason: str
    break_reason: str
    segment: int
    notes: str
    series: int
    row: str
    doubt: str
    origin: NotRequired[str]


class SeriesRow(NamedRow):
    """A row of ``summarise_trend``: what a series comes to over its last stretch without a break."""

    series: int
    region: str
    kind: str
    direction: str
    first_year: int
    last_year: int
    figures: int
    gaps: int
    breaks: int
    first_value: float
    last_value: float
    change_lower: float
    change_upper: float
    steps_up: int
    steps_down: int
    shape: str
    verdict: str
    reason: str
    doubted: int


class PeerRow(FigureRow):
    """A row of ``compare``: one place's figure beside those of others."""

    region_code: str
    region: str
    level: str
    direction: str
    denominator: float
    compared_value: float
    compared_lower: float
    compared_upper: float
    rank_low: int | None
    rank_high: int | None
    ranked: int
    best_first: bool
    reason: str
    benchmark_lower: float
    benchmark_upper: float
    benchmark_position: str
    group: int
    row: str
    doubt: str
    origin: NotRequired[str]


class BenchmarkRow(TypedDict):
    """A row of ``load_benchmarks``: a national figure with its source and what contradicts it."""

    indicator_id: str
    year: int
    series: str
    value: float
    lower: float
    upper: float
    unit: str
    qualifier: str
    change: str
    counts_zh: str
    counts_en: str
    stated_change: float
    stated_base: str
    publisher_zh: str
    publisher_en: str
    published: str
    source: str
    conflict_zh: str
    conflict_en: str
    verified: str
