"""Reading and writing the cache's Parquet files: everything, or only the rows of some reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_analysis.dataset.schema import Table
from fazhi_analysis.dataset.tables import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 65_536
"""Rows in a group: small enough that one report costs little, large enough that all cost no more than one group."""


def read_all(path: Path) -> pa.Table:
    """The whole file. Raises OSError or ValueError (Arrow's own is one) when it is gone or damaged."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:
        return file.read(use_threads=True)


def read_slices(path: Path, slices: Sequence[tuple[int, int]]) -> pa.Table:
    """The rows ``first .. first + count`` of each slice, in the order given; only their row groups are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, memory_map=True) as file:
        starts = [0]
        for group in range(file.metadata.num_row_groups):
            starts.append(starts[-1] + file.metadata.row_group(group).num_rows)
        wanted = [(first, count) for first, count in slices if count]
        groups = [
            group
            for group in range(len(starts) - 1)
            if any(first < starts[group + 1] and first + count > starts[group] for first, count in wanted)
        ]
        if not groups:
            return file.schema_arrow.empty_table()
        rows = file.read_row_groups(groups, use_threads=True)
        offset = {}
        before = 0
        for group in groups:
            offset[group] = before - starts[group]
            before += starts[group + 1] - starts[group]
        parts = []
        for first, count in wanted:
            group = next(group for group in groups if starts[group] <= first < starts[group + 1])
            parts.append(rows.slice(first + offset[group], count))
        return pa.concat_tables(parts)


def write(path: Path, table: Table, chunks: Iterator[pa.Table]) -> None:
    """Write the chunks, one row group each (large ones split)."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, arrow_schema(table), compression="zstd", write_statistics=["report_id"]) as writer:
        for chunk in chunks:
            writer.write_table(chunk, row_group_size=ROW_GROUP)
