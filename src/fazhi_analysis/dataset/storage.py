"""One report, one folder: ``report.json``, ``metrics.csv``, ``statements.csv``, ``findings.csv``, perhaps ``text.txt``.

A folder is written whole or not at all, and the same content gives the same bytes. The CSV files are UTF-8 with a byte
order mark, because spreadsheets on Chinese Windows take a file without one for GBK; lines end in LF and rows stand in
text order, so that a diff shows what changed. Reading accepts what a spreadsheet saves (CRLF, no mark, columns moved).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

from fazhi_analysis.dataset import atomic_writes
from fazhi_analysis.dataset.cells import from_cell, plain
from fazhi_analysis.dataset.report_ids import REPORT_ID, check_report_id
from fazhi_analysis.dataset.report_json import read_document, read_kept_text, stored_text
from fazhi_analysis.dataset.row_checks import Row, checked_cells, complete
from fazhi_analysis.dataset.schema import CSV_TABLES, FORMAT, Column, Table
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message
from fazhi_analysis.model import Metadata, Source

_SHOWN = 5
_FILES = frozenset({"report.json", "text.txt", *(f"{table.name}.csv" for table in CSV_TABLES)})
"""The files of a report's folder; what else lies there is the user's."""
_BOM = "\ufeff"
csv.field_size_limit(2**31 - 1)
"""A problem of thousands of parts is one cell; Python's own limit is 131,072 characters."""

_SPECIAL = re.compile(r'[,"\r\n]')


@dataclass(frozen=True)
class StoredReport:
    """A report as its folder holds it: ``document`` is ``report.json``; rows are dictionaries with typed values."""

    report_id: str
    document: dict[str, Any]
    metrics: list[Row] = field(repr=False)
    statements: list[Row] = field(repr=False)
    findings: list[Row] = field(repr=False)
    text: str | None = field(default=None, repr=False)


class ReportContent(TypedDict, total=False):
    """What a report's folder may hold; see :func:`write_report_folder`."""

    metadata: Metadata | Mapping[str, Any] | None
    source: Source | Mapping[str, Any] | None
    provenance: Any
    sections: Iterable[Any]
    pages: Iterable[tuple[int, str]]
    corrections: Sequence[Mapping[str, Any]]
    warnings: Sequence[str]
    metrics: Iterable[Mapping[str, Any]]
    statements: Iterable[Mapping[str, Any]]
    findings: Iterable[Any]
    text: str | None
    extra: Mapping[str, Any] | None


def write_report_folder(
    report_id: str,
    *,
    into: Path | str,
    region: str,
    year: int,
    region_code: str = "",
    **content: Unpack[ReportContent],
) -> bool:
    """Write ``into/reports/<report_id>/`` whole or not at all; True when anything changed.

    Rows are mappings by column name (or objects of the model); what they leave out takes the report's place and year,
    or a default (``role`` result, ``change`` level, ``origin`` text, ``confidence`` 1, ``row_id`` numbered in order).
    ``metadata``, ``source``, ``provenance`` and ``sections`` are objects of the model or mappings. ``text`` is stored
    only when given. ``extra`` adds keys to ``report.json``. All of them may be left out.

    Raises DataError naming every row that breaks the schema, and leaves the store as it was.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as data:
    ...     row = {"label": "行政复议案件数", "value": 12, "lower": 12, "upper": 12, "unit": "件"}
    ...     write_report_folder("159928-2024", into=data, region="内蒙古自治区云泽盟霁原旗", region_code="159928",
    ...                         year=2024, metrics=[row])
    ...     read_report_folder(Path(data) / "reports" / "159928-2024").metrics[0]["row_id"]
    True
    '159928-2024:m001'
    """
    check_report_id(report_id)
    if unknown := content.keys() - ReportContent.__annotations__:
        raise TypeError(f"write_report_folder() got an unexpected keyword argument {min(unknown)!r}")
    common = {"report_id": report_id, "region_code": region_code, "region": region, "year": year}
    files, counts = _tables(report_id, common, content)
    document = {
        "format": FORMAT,
        **common,
        "metadata": _identified(content.get("metadata"), common),
        "source": _record(content.get("source") or {}),
        "provenance": _record(content.get("provenance") or {}),
        "counts": counts,
        "sections": [_record(section) for section in content.get("sections", ())],
        "pages": [list(page) for page in content.get("pages", ())],
        "corrections": [plain(correction) for correction in content.get("corrections", ())],
        "warnings": list(content.get("warnings", ())),
        **(content.get("extra") or {}),
    }
    files["report.json"] = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    text = content.get("text")
    if text is not None:
        files["text.txt"] = text.encode("utf-8")
    return _put(reports_folder(into, create=True) / report_id, files)


def _tables(
    report_id: str, common: Mapping[str, Any], content: ReportContent
) -> tuple[dict[str, bytes], dict[str, int]]:
    """The CSV files with their bytes, and how many rows each has. Raises DataError naming every broken row."""
    files: dict[str, bytes] = {}
    failures: list[Message] = []
    counts: dict[str, int] = {}
    given: Mapping[str, Any] = content
    for table in CSV_TABLES:
        rows = given.get(table.name, ())
        full = [complete(table, _record(row), number, common) for number, row in enumerate(rows, start=1)]
        counts[table.name] = len(full)
        cells, problems = checked_cells(table, full)
        failures += [Message("dataset.in_file", file=f"{table.name}.csv", problem=problem) for problem in problems]
        files[f"{table.name}.csv"] = _csv_bytes(table, cells)
    raise_all(report_id, failures)
    return files, counts


def read_report_folder(folder: Path | str) -> StoredReport:
    """Everything that a report's folder holds. Raises DataError naming file and row of every broken cell."""
    folder = Path(folder)
    tables = {table.name: read_rows(folder, table) for table in CSV_TABLES}
    return StoredReport(folder.name, read_document(folder), **tables, text=read_kept_text(folder))


def read_rows(folder: Path, table: Table) -> list[Row]:
    """Rows of one CSV of a report's folder, with typed values. Raises DataError naming every broken row at once."""
    name = f"{folder.name}/{table.name}.csv"
    header, records = read_records(folder, table)
    by_name = [(column, header.index(column.name)) for column in table.columns if column.name in header]
    later = {column.name: from_cell(column, column.default) for column in table.columns if column.name not in header}
    rows: list[Row] = []
    failures: list[Message] = []
    for line, record in records:
        row: Row = dict(later)
        for column, place in by_name:
            try:
                row[column.name] = from_cell(column, record[place])
            except ValueError as error:
                failures.append(cell_failure(line, column, error))
        rows.append(row)
    raise_all(name, failures)
    check_count(folder.name, table, len(rows), read_document(folder).get("counts", {}).get(table.name))
    return rows


def check_count(report_id: str, table: Table, rows: int, expected: int | None) -> None:
    """Raise DataError where a table has not as many rows as ``report.json`` says that it should have."""
    if expected is not None and rows != expected:
        raise DataError(f"{report_id}/{table.name}.csv", "dataset.file.row_count", rows=rows, expected=expected)


def read_records(folder: Path, table: Table) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header and (line, cells) of one CSV of a report's folder, as text; every row has as many cells as the header."""
    name = f"{folder.name}/{table.name}.csv"
    text = stored_text(folder, f"{table.name}.csv")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    failures: list[Message] = []
    header: list[str] = []
    try:
        header = next(reader, [])
        for record in reader:
            if len(record) == len(header):
                records.append((reader.line_num, record))
            elif record:
                counts = {"cells": len(record), "expected": len(header)}
                failures.append(Message("dataset.file.cell_count", line=reader.line_num, **counts))
    except csv.Error as error:
        failures.append(Message("dataset.file.not_csv", line=reader.line_num, reason=str(error)))
    missing = [column.name for column in table.columns if column.name not in header and not column.optional]
    unknown = [column for column in header if column not in table.names]
    if missing or unknown or len(set(header)) != len(header):
        faults = [Message("dataset.file.columns_missing", columns=missing)] if missing else []
        faults += [Message("dataset.file.columns_unknown", columns=unknown)] if unknown else []
        raise DataError(name, "dataset.file.header", faults=faults or [Message("dataset.file.columns_twice")])
    raise_all(name, failures)
    return header, records


def reports_folder(data: Path | str, *, create: bool = False) -> Path:
    """The folder that holds one folder a report: ``data/reports``, or ``data`` itself when it is such a folder.

    Raises DataError when there is none, unless it is to be created.

    >>> reports_folder("somewhere", create=True).as_posix()
    'somewhere/reports'
    """
    data = Path(data)
    if (data / "reports").is_dir():
        return data / "reports"
    if data.name == "reports" and (data.is_dir() or create):
        return data
    if data.is_dir() and any(REPORT_ID.fullmatch(path.name) for path in data.iterdir()):
        return data
    if create:
        return data / "reports"
    raise DataError(data, "dataset.folder.no_reports" if data.is_dir() else "dataset.folder.missing")


def tidy(root: Path) -> None:
    """Put back and clear away what a killed process left in the folder of all reports."""
    atomic_writes.recover(root, _is_ours)
    atomic_writes.sweep(root, _is_ours, REPORT_ID.pattern)


def cell_failure(line: int, column: Column, error: ValueError) -> Message:
    """What is wrong with a cell that :func:`~fazhi_analysis.dataset.cells.from_cell` refused, and where it stands."""
    return Message("dataset.cell.in_line", line=line, column=column.name, problem=error.args[0])


def raise_all(place: str | Message, failures: Sequence[Message]) -> None:
    """Raise one DataError that lists the failures (the first few, and how many more); nothing when there are none."""
    more = len(failures) - _SHOWN
    if more > 0:
        raise DataError(place, "dataset.failures_and_more", failures=failures[:_SHOWN], n=more)
    if failures:
        raise DataError(place, "dataset.failures", failures=failures)


def _csv_bytes(table: Table, cells: Sequence[Sequence[str]]) -> bytes:
    return (_BOM + "".join(",".join(map(_quoted, line)) + "\n" for line in (table.names, *cells))).encode("utf-8")


def _quoted(cell: str) -> str:
    """The cell as CSV wants it; Python's own writer leaves a lone carriage return bare, which no reader takes."""
    if not _SPECIAL.search(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _put(target: Path, files: Mapping[str, bytes]) -> bool:
    atomic_writes.recover_one(target)
    if _holds(target, files):
        return False
    try:
        with atomic_writes.new_folder(target, _is_ours) as folder:
            for name, content in files.items():
                (folder / name).write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(target.name, "dataset.folder.cannot_write", reason=reason) from error
    return True


def _holds(target: Path, files: Mapping[str, bytes]) -> bool:
    try:
        if {path.name for path in target.iterdir() if _is_ours(path.name)} != set(files):
            return False
        return all(
            (target / name).is_file() and (target / name).read_bytes() == content for name, content in files.items()
        )
    except OSError:
        return False


def _is_ours(name: str) -> bool:
    return name in _FILES


def _identified(metadata: Metadata | Mapping[str, Any] | None, common: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata with who reports and in what kind of document, which a writer need not say."""
    from fazhi_analysis.dataset.printed_place import noted_identity  # reading is slow to import

    record = _record(metadata or Metadata())
    return {**record, **noted_identity({**common, "metadata": record})}


def _record(thing: Any) -> dict[str, Any]:
    return asdict(thing) if is_dataclass(thing) and not isinstance(thing, type) else dict(thing)
