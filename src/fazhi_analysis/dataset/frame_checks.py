"""Checks of whole frames against the schema: every failure of every file at once, each with file and row.

Used when stored files are taken into the cache, since people edit them; what we write ourselves is checked row by row
before it is written (:mod:`fazhi_analysis.dataset.row_checks`).
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from fazhi_analysis.dataset.schema import FINDINGS, METRICS, REPORTS, Column, Table
from fazhi_analysis.dataset.storage import raise_all
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd

_Failure = tuple[str | Message, Message]
"""A place, and what is wrong there."""


def failures_of(table: Table, frame: pd.DataFrame, lines: pd.Series[int]) -> dict[str, DataError]:
    """The reports of a frame that break the schema, each with an error that names its failures.

    ``lines`` holds the line of each row in its file.
    """
    import pandera.errors

    try:
        _frame_schema(table.name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        if error.failure_cases["index"].isna().any():  # about the whole column: which report it is has to be found
            return _one_by_one(table, frame, lines)
        found: dict[str, list[int]] = {}
        for row in error.failure_cases["index"].astype(int):
            found.setdefault(str(frame["report_id"].iloc[row]), []).append(row)
        return {name: one for name in found if (one := _failure(table, *_rows_of(frame, lines, name))) is not None}
    return {}


def _one_by_one(table: Table, frame: pd.DataFrame, lines: pd.Series[int]) -> dict[str, DataError]:
    names = frame["report_id"].astype(str).unique()
    return {name: one for name in names if (one := _failure(table, *_rows_of(frame, lines, name))) is not None}


def _rows_of(frame: pd.DataFrame, lines: pd.Series[int], name: str) -> tuple[pd.DataFrame, pd.Series[int]]:
    mine = (frame["report_id"] == name).to_numpy()
    return frame[mine].reset_index(drop=True), lines[mine].reset_index(drop=True)


def _failure(table: Table, frame: pd.DataFrame, lines: pd.Series[int]) -> DataError | None:
    try:
        validate(table, frame, lines)
    except DataError as error:
        return error
    return None


def validate(table: Table, frame: pd.DataFrame, lines: pd.Series[int] | None = None) -> None:
    """Check a loaded frame; ``lines`` holds the line of each row in its file (its position, from 1, by default).

    Raises DataError that names file and line of every failure (the first few, and how many more).

    >>> import pandas as pd
    >>> from fazhi_analysis.dataset.row_checks import complete
    >>> good = complete(METRICS, {"label": "x", "value": 3.0, "lower": 3.0, "upper": 3.0, "year": 2023, "region": "x"},
    ...                 1, {"report_id": "150623-2023"})
    >>> validate(METRICS, pd.DataFrame([good]))
    >>> validate(METRICS, pd.DataFrame([good | {"qualifier": "some"}]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    fazhi_analysis.errors.DataError: 150623-2023/metrics.csv 第 1 行：qualifier 的值 'some' 不在 exact、over、about...
    """
    import pandera.errors

    try:
        _frame_schema(table.name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        failures = _readable(table, frame, lines, error.failure_cases)
        first = failures[0][0]
        raise_all(first, [problem if place == first else _placed(place, problem) for place, problem in failures])


def _readable(table: Table, frame: pd.DataFrame, lines: pd.Series[int] | None, cases: pd.DataFrame) -> list[_Failure]:
    file = "report.json" if table is REPORTS else f"{table.name}.csv"
    failures: dict[str, _Failure] = {}
    for case in cases.sort_values("index", kind="stable").to_dict("records"):
        known = table[case["column"]].vocabulary if case["column"] in table.names else ()
        problem = Message(str(case["check"]), known=known, key=table.key)
        if case["schema_context"] == "Column":
            value = case["failure_case"]
            problem = Message("dataset.check.value", column=case["column"], value=value, problem=problem)
        place: str | Message = file
        if case["index"] is None or case["index"] != case["index"]:
            problem = Message("dataset.check.column", column=case["column"], problem=problem)
        else:
            row = int(case["index"])
            place = f"{frame['report_id'].iloc[row]}/{file}"
            if table is not REPORTS:
                line = row + 1 if lines is None else lines.iloc[row]
                place = Message("dataset.file_line", file=place, line=line)
        failures.setdefault(str(_placed(place, problem)), (place, problem))
    return list(failures.values())


def _placed(place: str | Message, problem: Message) -> Message:
    return Message("dataset.at", place=place, problem=problem)


@functools.cache
def _frame_schema(name: str) -> Any:
    import pandera.pandas as pa

    from fazhi_analysis.dataset.schema import TABLES

    table = next(table for table in TABLES if table.name == name)
    return pa.DataFrameSchema({column.name: _column_schema(column) for column in table.columns}, checks=_checks(table))


def _column_schema(column: Column) -> Any:
    import pandera.pandas as pa

    checks = []
    if column.required:
        checks.append(pa.Check(lambda values: values.astype(str) != "", error="dataset.check.empty"))
    if column.vocabulary is not None:
        words = column.vocabulary
        checks.append(pa.Check(lambda values: values.isin(words), error="dataset.check.not_among"))
    if column.is_number and not column.nullable:
        checks.append(pa.Check(lambda values: values.notna(), error="dataset.check.no_number", ignore_na=False))
    return pa.Column(None, checks=checks, nullable=True)


def _checks(table: Table) -> list[Any]:
    import pandera.pandas as pa

    checks = [pa.Check(_unique(table.key), error="dataset.check.twice")]
    if table is METRICS:
        checks += [
            pa.Check(
                lambda frame: ~((frame["lower"] > frame["value"]) | (frame["value"] > frame["upper"])),
                error="dataset.check.interval",
            ),
            pa.Check(
                lambda frame: _known(frame, "duplicate_of") & _known(frame, "whole"),
                error="dataset.check.dangling",
            ),
            pa.Check(lambda frame: frame["is_metric"].astype(bool), error="dataset.check.not_metric"),
            pa.Check(lambda frame: frame["value"].abs() < math.inf, error="dataset.check.infinite"),
            pa.Check(lambda frame: frame["confidence"].between(0, 1), error="dataset.check.confidence"),
            pa.Check(lambda frame: frame["duplicate_of"] != frame["row_id"], error="dataset.check.dangling"),
        ]
    if table not in (FINDINGS, REPORTS):
        checks.append(
            pa.Check(
                lambda frame: ~((frame["start"] >= frame["end"]) | (frame["start"] < 0)).fillna(False),
                error="dataset.check.span",
            )
        )
    return checks


def _known(frame: pd.DataFrame, name: str) -> Any:
    """Whether each cell is empty or names a row of the frame."""
    return (frame[name] == "") | frame[name].isin(frame["row_id"])


def _unique(key: tuple[str, ...]) -> Any:
    return lambda frame: ~frame.duplicated(list(key), keep="first")
