"""Checks of rows before they are written: types, words, intervals, keys; every failure at once, without pandas.

>>> row = {"row_id": "150623-2023:m001", "report_id": "150623-2023", "region": "x", "year": 2023, "label": "",
...        "value": 5.0, "lower": 6.0, "upper": 6.0, "qualifier": "exactly"}
>>> for failure in checked_cells(METRICS, [complete(METRICS, row, 1, {})])[1]:
...     print(failure)
第 1 行（150623-2023:m001）label 不能为空
第 1 行（150623-2023:m001）qualifier 的值 'exactly' 不在 exact、over、about、under、range 之中
第 1 行（150623-2023:m001）应有 lower <= value <= upper，现为 6.0、5.0、6.0
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazhi_analysis.dataset.cells import is_missing, to_cell
from fazhi_analysis.dataset.schema import METRICS, STATEMENTS, Column, Table
from fazhi_analysis.messages import Message

Row = dict[str, Any]

_DEFAULTS: Mapping[str, Any] = {
    "is_metric": True,
    "qualifier": "exact",
    "kind": "count",
    "role": "result",
    "change": "level",
    "origin": "text",
    "confidence": 1.0,
    "status": "open",
    "severity": "note",
}


def complete(table: Table, row: Mapping[str, Any], number: int, common: Mapping[str, Any]) -> Row:
    """A row with all columns of the table, in order: its own values, else the common ones, else the defaults.

    ``number`` (from 1) makes the ``row_id`` where the row has none: ``<report_id>:m001`` for metrics, ``:p1`` and
    ``:n1`` for problems and next steps.

    >>> complete(METRICS, {"label": "x"}, 7, {"report_id": "150623-2023"})["row_id"]
    '150623-2023:m007'
    """
    full: Row = {}
    for column in table.columns:
        value = row.get(column.name)
        if (value is None or value == "") and column.name in common:
            value = common[column.name]
        if value is None:
            value = _DEFAULTS.get(
                column.name, [] if column.type == "list" else None if column.is_number else column.default
            )
        full[column.name] = value
    if table is METRICS and not full["row_id"]:
        full["row_id"] = f"{full['report_id']}:m{number:03d}"
    if table is STATEMENTS and not full["row_id"]:
        full["row_id"] = f"{full['report_id']}:{'p' if full['kind'] == 'problem' else 'n'}{full['ordinal']}"
    return full


def checked_cells(table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[list[list[str]], list[Message]]:
    """The cells of these complete rows as CSV holds them, and every way in which they break the schema, in order."""
    cells: list[list[str]] = []
    problems: list[Message] = []
    seen: set[tuple[Any, ...]] = set()
    for number, row in enumerate(rows, start=1):
        key = tuple(row[name] for name in table.key)
        found = [Message("dataset.row.twice")] if key in seen else []
        seen.add(key)
        line = []
        for column in table.columns:
            cell, problem = _checked_cell(column, row[column.name])
            line.append(cell)
            if problem is not None:
                found.append(problem)
        cells.append(line)
        found += _row_problems(table, row)
        problems += [Message("dataset.row.at", row=number, key=key[-1], problem=problem) for problem in found]
    if table is METRICS:
        problems += _dangling(rows)
    return cells, problems


def _checked_cell(column: Column, value: Any) -> tuple[str, Message | None]:
    name = column.name
    try:
        cell = to_cell(column, value)
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return "", Message("dataset.row.not_utf8", column=name)
    except (TypeError, ValueError, OverflowError):
        return "", Message("dataset.row.wrong_type", column=name, value=value)
    if cell:
        if column.vocabulary is not None and cell not in column.vocabulary:
            return cell, Message("dataset.row.not_among", column=name, value=cell, known=column.vocabulary)
        return cell, None
    if column.is_number:
        return cell, None if column.nullable else Message("dataset.row.no_number", column=name)
    if column.vocabulary is not None:
        return cell, Message("dataset.row.not_among", column=name, value=cell, known=column.vocabulary)
    return cell, Message("dataset.row.empty", column=name) if column.required else None


def _row_problems(table: Table, row: Mapping[str, Any]) -> Iterator[Message]:
    if table is METRICS:
        ends = [row[name] for name in ("lower", "value", "upper")]
        if all(isinstance(end, (int, float)) for end in ends) and not ends[0] <= ends[1] <= ends[2]:
            yield Message("dataset.row.interval", lower=ends[0], value=ends[1], upper=ends[2])
        if not row["is_metric"]:
            yield Message("dataset.row.not_metric")
    if "start" in row and not is_missing(row["start"]) and not is_missing(row["end"]) and row["start"] >= row["end"]:
        yield Message("dataset.row.span", start=row["start"], end=row["end"])


def _dangling(rows: Sequence[Mapping[str, Any]]) -> Iterator[Message]:
    known = {row["row_id"] for row in rows}
    for number, row in enumerate(rows, start=1):
        for name in ("duplicate_of", "whole"):
            if row[name] and row[name] not in known:
                problem = Message("dataset.row.dangling", column=name, target=row[name])
                yield Message("dataset.row.at", row=number, key=row["row_id"], problem=problem)
