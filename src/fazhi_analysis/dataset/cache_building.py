"""Filling the cache: rows of changed reports from their folders, checked; all others from the file before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_analysis.dataset import parquet
from fazhi_analysis.dataset.arrow_tables import Columns, ReportColumns, read_report_columns, to_arrow, to_frame
from fazhi_analysis.dataset.report_json import read_document
from fazhi_analysis.dataset.schema import Table
from fazhi_analysis.dataset.storage import check_count
from fazhi_analysis.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa


class Builder:
    """Makes the chunks of one table; afterwards ``rows`` and ``places`` say what each report brought.

    Reports that break the schema are left out: ``broken`` has the error and the place of each.
    """

    def __init__(self, table: Table, root: Path) -> None:
        self.table = table
        self.root = root
        self.rows: dict[str, int] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self.broken: dict[str, DataError] = {}

    def chunks(
        self, names: Sequence[str], kept: Mapping[str, tuple[int, int]], old: pa.Table | None
    ) -> Iterator[pa.Table]:
        """Rows of these reports in order."""
        pending: list[str] = []
        run: list[int] = []  # first row and number of rows of a run of kept reports
        for name in names:
            if name in kept and old is not None:
                yield from self._read(pending)
                pending = []
                first, count = kept[name]
                self.rows[name] = count
                if run and run[0] + run[1] == first:
                    run[1] += count
                else:
                    if run:
                        yield old.slice(*run)
                    run = [first, count]
            else:
                if run and old is not None:
                    yield old.slice(*run)
                    run = []
                pending.append(name)
        if run and old is not None:
            yield old.slice(*run)
        yield from self._read(pending)

    def _read(self, names: Sequence[str]) -> Iterator[pa.Table]:
        found: list[ReportColumns] = []
        for name in names:
            try:
                found.append(read_report_columns(self.root / name, self.table))
            except DataError as error:
                self._leave_out(name, error)
            if sum(len(report.lines) for report in found) >= parquet.ROW_GROUP:
                yield from self._checked(found)
                found = []
        yield from self._checked(found)

    def _leave_out(self, name: str, error: DataError) -> None:
        self.broken[name] = error
        with contextlib.suppress(DataError):
            document = read_document(self.root / name)
            self.places[name] = (document["region_code"], document["region"])

    def _checked(self, found: Sequence[ReportColumns]) -> Iterator[pa.Table]:
        """The rows of these reports, without those of reports that break the schema."""
        import pandas as pd

        from fazhi_analysis.dataset.frame_checks import failures_of

        if not found:
            return
        arrow = self._joined(found)
        lines = pd.Series([line for report in found for line in report.lines])
        broken = failures_of(self.table, to_frame(self.table, arrow), lines)
        for report in found:
            try:
                check_count(report.name, self.table, len(report.lines), report.expected)
            except DataError as error:
                broken.setdefault(report.name, error)
        if broken:
            for report in found:
                if report.name in broken:
                    self._leave_out(report.name, broken[report.name])
            found = [report for report in found if report.name not in broken]
            arrow = self._joined(found)
        for report in found:
            self.rows[report.name] = len(report.lines)
            self.places[report.name] = report.place
        if len(arrow):
            yield arrow

    def _joined(self, found: Sequence[ReportColumns]) -> pa.Table:
        columns: Columns = {column.name: [] for column in self.table.columns}
        for report in found:
            for column, values in report.columns.items():
                columns[column] += values
        return to_arrow(self.table, columns)
