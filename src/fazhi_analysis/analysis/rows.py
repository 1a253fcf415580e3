"""Rows of the tables as typed dictionaries: what pages, narrative and workbook take from a table, one row at a time.

The tables stay DataFrames; :func:`rows_of` reads one into rows. A missing whole number is None, a missing measure NaN,
a missing text empty. A test holds that each kind of row names the columns of its table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, TypeVar, cast

if TYPE_CHECKING:
    import pandas as pd

Kind = TypeVar("Kind")


def rows_of(frame: pd.DataFrame, kind: type[Kind]) -> list[Kind]:
    """The rows of a table with the columns of ``kind``, as dictionaries of plain Python values.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"row_id": ["a", "b"], "start": pd.array([3, None], dtype="Int64")})
    >>> [row["start"] for row in rows_of(table, MetricRow)]
    [3, None]
    """
    import pandas as pd

    columns = {str(name): frame[name].tolist() for name in frame.columns}
    for name in columns:
        if frame[name].hasnans:
            columns[name] = [None if value is pd.NA else value for value in columns[name]]
    names = list(columns)
    return cast("list[Kind]", [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)])


def span_of(row: Mapping[str, Any]) -> tuple[int, int] | None:
    """Start and end of a row in its text, or None where no place is recorded.

    >>> span_of({"start": 3, "end": 5}), span_of({"start": None, "end": None}), span_of({})
    ((3, 5), None, None)
    """
    start, end = row.get("start"), row.get("end")
    return None if start is None or end is None else (int(start), int(end))


def ids_of(row: Mapping[str, Any]) -> list[str]:
    """The ids of the metric rows that a row is or rests on: of a comparison both, the earlier first.

    >>> ids_of({"baseline_row": "a", "row": "b"}), ids_of({"row_id": "c"}), ids_of({"baseline_row": "", "row": "b"})
    (['a', 'b'], ['c'], ['b'])
    """
    return [str(row[key]) for key in ("baseline_row", "row", "row_id") if row.get(key)]


class NamedRow(TypedDict):
    """What every row about an indicator has: enough to name it."""

    indicator_id: str
    label: str
    scope: str
    unit: str


class FigureRow(NamedRow):
    """What every row that holds a figure has: its name, its interval, its wording."""

    kind: str
    year: int
    value: float
    lower: float
    upper: float
    qualifier: str
    wording: str


class MetricRow(FigureRow):
    """A row of ``load_metrics``: one printed figure."""

    row_id: str
    report_id: str
    region_code: str
    region: str
    is_metric: bool
    role: str
    change: str
    period: str
    section: str
    item: str
    start: int | None
    end: int | None
    quote: str
    duplicate_of: str
    origin: str
    confidence: float
    source: str
    aspect: str
    subject: str
    whole: str
    base: str


class PartRow(TypedDict):
    """A part of a problem (``answered``: how the next steps answer it), or a sub-action of a next step."""

    text: str
    start: int | None
    end: int | None
    answered: NotRequired[str]


class AnswerRow(TypedDict):
    """Which problem a next step answers, and how strongly."""

    problem: int
    strength: str


class StatementRow(TypedDict):
    """A row of ``load_statements``: one problem or next step."""

    row_id: str
    report_id: str
    region_code: str
    region: str
    year: int
    kind: str
    ordinal: int
    text: str
    theme: str
    cause: str
    parts: list[PartRow]
    answers: list[AnswerRow]
    start: int | None
    end: int | None
    theme_words: str


class ReportRow(TypedDict):
    """A row of ``load_reports``; a correction has ``row``, ``action``, ``from``, ``to``, ``why``, ``who``, ``date``."""

    report_id: str
    region_code: str
    region: str
    year: int
    level: str
    title: str
    issuer: str
    document_number: str
    addressee: str
    signatory: str
    signed_date: str
    print_date: str
    published_date: str
    source_name: str
    source_format: str
    digest: str
    address: str
    producer: str
    date_accessed: str
    licence: str
    text_kept: bool
    package_version: str
    corrections: list[Mapping[str, Any]]
    warnings: list[Mapping[str, Any]]
    sections: list[Mapping[str, Any]]
    body: str
    body_kind: str
    department: str
    place: str
    place_code: str
    doc_kind: str
    body_from: str
    place_from: str
    doc_kind_from: str
    year_from: str
    version: int
    former: list[Mapping[str, Any]]


class FindingRow(TypedDict):
    """A row of ``load_findings``."""

    report_id: str
    region_code: str
    region: str
    year: int
    id: str
    rule: str
    severity: str
    message_zh: str
    message_en: str
    evidence: list[Mapping[str, Any]]
    status: str
    comment: str


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
    publisher_zh: str
    publisher_en: str
    published: str
    source: str
    conflict_zh: str
    conflict_en: str
    verified: str
