"""Reading and writing the cache's Parquet files: everything, or only the rows of some reports.

A file goes with the digests of its pieces (each group of rows, and what stands before and after them), which its index
keeps: what is read is compared with them first, so that damage is noticed and never read as data.
"""

from __future__ import annotations

import hashlib
import mmap
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.dataset.arrow_tables import arrow_schema
from fazhi_analysis.dataset.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa

ROW_GROUP = 65_536
"""Rows in a group: small enough that one report costs little, large enough that all cost no more than one group."""


Pieces = list[tuple[int, int, str]]
"""Beginning, end and digest of each piece of a file; those of the groups of rows first."""


def read_all(path: Path, pieces: Pieces) -> pa.Table:
    """The whole file. Raises OSError or ValueError (Arrow's own is one) when it is gone or damaged."""
    import pyarrow.parquet as pq

    _verify(path, pieces, range(len(pieces)))
    with pq.ParquetFile(path, memory_map=True) as file:
        return file.read(use_threads=True)


def read_slices(path: Path, slices: Sequence[tuple[int, int]], pieces: Pieces) -> pa.Table:
    """The rows ``first .. first + count`` of each slice, in the order given; only their row groups are read.

    Errors as for :func:`read_all`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    _verify(path, pieces, {len(pieces) - 1})
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
        _verify(path, pieces, groups)
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


def pieces_of(path: Path) -> Pieces:
    """The pieces of a file that was just written."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        metadata = file.metadata
        starts = [
            min(
                place
                for number in range(metadata.num_columns)
                for place in _places(metadata.row_group(group).column(number))
            )
            for group in range(metadata.num_row_groups)
        ]
        ends = [
            max(
                min(_places(column)) + column.total_compressed_size
                for column in (metadata.row_group(group).column(number) for number in range(metadata.num_columns))
            )
            for group in range(metadata.num_row_groups)
        ]
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        spans = [*zip(starts, ends, strict=True), (ends[-1] if ends else 0, len(content))]
        return [(start, end, _digest(content, start, end)) for start, end in spans]


def _places(column: Any) -> list[int]:
    return [column.data_page_offset, *([column.dictionary_page_offset] if column.dictionary_page_offset else [])]


def _verify(path: Path, pieces: Pieces, wanted: Collection[int]) -> None:
    """Raise ValueError unless these pieces of the file, and its length, are as they were written."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if not pieces or len(content) != pieces[-1][1]:
            raise ValueError("length")
        for number in wanted:
            start, end, digest = pieces[number]
            if _digest(content, start, end) != digest:
                raise ValueError("digest")


def _digest(content: mmap.mmap, start: int, end: int) -> str:
    with memoryview(content) as view, view[start:end] as piece:
        return hashlib.sha256(piece).hexdigest()
