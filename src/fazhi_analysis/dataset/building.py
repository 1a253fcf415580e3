"""Filling the cache: rows of changed reports from their folders, checked; all others from the file before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_analysis.dataset import parquet
from fazhi_analysis.dataset.schema import Table
from fazhi_analysis.dataset.storage import Failures, read_document
from fazhi_analysis.dataset.tables import Columns, read_report_columns, to_arrow, to_frame
from fazhi_analysis.errors import DataError

if TYPE_CHECKING:
    import pyarrow as pa


class Builder:
    """Makes the chunks of one table; afterwards ``rows`` and ``places`` say what each report brought."""

    def __init__(self, table: Table, root: Path) -> None:
        self.table = table
        self.root = root
        self.rows: dict[str, int] = {}
        self.places: dict[str, tuple[str, str]] = {}

    def chunks(
        self, names: Sequence[str], kept: Mapping[str, tuple[int, int]], old: pa.Table | None
    ) -> Iterator[pa.Table]:
        """Rows of these reports in order. Raises DataError naming every broken file, after all were looked at."""
        failures = Failures()
        pending: list[str] = []
        run: list[int] = []  # first row and number of rows of a run of kept reports
        for name in names:
            if name in kept and old is not None:
                yield from self._read(pending, failures)
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
        yield from self._read(pending, failures)
        failures.raise_all()

    def _read(self, names: Sequence[str], failures: Failures) -> Iterator[pa.Table]:
        columns: Columns = {column.name: [] for column in self.table.columns}
        lines: list[int] = []
        for name in names:
            try:
                found, found_lines = read_report_columns(self.root / name, self.table)
                self._note(name, found)
            except DataError as error:
                failures.add(error)
                continue
            for column, values in found.items():
                columns[column] += values
            lines += found_lines
            if len(lines) >= parquet.ROW_GROUP:
                yield self._checked(columns, lines, failures)
                columns = {column.name: [] for column in self.table.columns}
                lines = []
        if lines:
            yield self._checked(columns, lines, failures)

    def _note(self, name: str, columns: Columns) -> None:
        self.rows[name] = len(columns["report_id"])
        if columns["region"]:
            self.places[name] = (columns["region_code"][0], columns["region"][0])
        else:
            document = read_document(self.root / name)
            self.places[name] = (document.get("region_code", ""), document.get("region", ""))

    def _checked(self, columns: Columns, lines: Sequence[int], failures: Failures) -> pa.Table:
        import pandas as pd

        from fazhi_analysis.dataset.validation import validate

        arrow = to_arrow(self.table, columns)
        try:
            validate(self.table, to_frame(self.table, arrow), pd.Series(lines))
        except DataError as error:
            failures.add(error)
        return arrow
