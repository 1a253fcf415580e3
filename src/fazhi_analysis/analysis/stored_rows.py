"""Rows of the stored tables as typed dictionaries: what pages, narrative and workbook take from a table, a row each.

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
    """A row of ``load_findings`` or ``audit_all``."""

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
