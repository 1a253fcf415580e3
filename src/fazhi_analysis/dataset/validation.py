"""Checks of whole frames against the schema: every failure of every file at once, each with file and row.

Used when stored files are taken into the cache, since people edit them; what we write ourselves is checked row by row
before it is written (:mod:`fazhi_analysis.dataset.checking`).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fazhi_analysis.dataset.schema import FINDINGS, METRICS, REPORTS, Column, Table
from fazhi_analysis.dataset.storage import raise_all

if TYPE_CHECKING:
    import pandas as pd


def validate(table: Table, frame: pd.DataFrame, lines: pd.Series[int] | None = None) -> None:
    """Check a loaded frame; ``lines`` holds the line of each row in its file (its position, from 1, by default).

    Raises DataError that names file and line of every failure (the first few, and how many more).

    >>> import pandas as pd
    >>> from fazhi_analysis.dataset.checking import complete
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
        place, _, first = failures[0].partition("：")
        raise_all(place, [first, *(_without(place, failure) for failure in failures[1:])])


def _readable(table: Table, frame: pd.DataFrame, lines: pd.Series[int] | None, cases: pd.DataFrame) -> list[str]:
    file = "report.json" if table is REPORTS else f"{table.name}.csv"
    failures: dict[str, None] = {}
    for case in cases.sort_values("index", kind="stable").to_dict("records"):
        problem = str(case["check"])
        if case["schema_context"] == "Column":
            problem = f"{case['column']} 的值 {case['failure_case']!r} {problem}"
        if case["index"] is None or case["index"] != case["index"]:
            failures[f"{file}：{case['column']} {problem}"] = None
            continue
        row = int(case["index"])
        line = "" if table is REPORTS else f" 第 {row + 1 if lines is None else lines.iloc[row]} 行"
        failures[f"{frame['report_id'].iloc[row]}/{file}{line}：{problem}"] = None
    return list(failures)


def _without(place: str, failure: str) -> str:
    return failure.removeprefix(f"{place}：")


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
        checks.append(pa.Check(lambda values: values.astype(str) != "", error="不能为空"))
    if column.vocabulary is not None:
        words = column.vocabulary
        checks.append(pa.Check(lambda values: values.isin(words), error=f"不在 {'、'.join(words)} 之中"))
    if column.is_number and not column.nullable:
        checks.append(pa.Check(lambda values: values.notna(), error="缺数", ignore_na=False))
    return pa.Column(None, checks=checks, nullable=True)


def _checks(table: Table) -> list[Any]:
    import pandera.pandas as pa

    checks = [pa.Check(_unique(table.key), error=f"{'、'.join(table.key)} 与别的行重复")]
    if table is METRICS:
        checks += [
            pa.Check(
                lambda frame: ~((frame["lower"] > frame["value"]) | (frame["value"] > frame["upper"])),
                error="应有 lower <= value <= upper",
            ),
            pa.Check(
                lambda frame: (frame["duplicate_of"] == "") | frame["duplicate_of"].isin(frame["row_id"]),
                error="duplicate_of 所指的行不存在",
            ),
            pa.Check(lambda frame: frame["is_metric"].astype(bool), error="不是指标，不应入库"),
        ]
    if table not in (FINDINGS, REPORTS):
        checks.append(pa.Check(lambda frame: ~(frame["start"] >= frame["end"]).fillna(False), error="起点不在终点之前"))
    return checks


def _unique(key: tuple[str, ...]) -> Any:
    return lambda frame: ~frame.duplicated(list(key), keep="first")
