"""From stored files to Arrow tables, and from Arrow tables to frames with the types that the schema promises.

A column is converted as a whole; only when that fails is it gone through cell by cell, to say which row is broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis.dataset.cells import dump_list, from_cell, load_list
from fazhi_analysis.dataset.report_json import read_document
from fazhi_analysis.dataset.schema import REPORTS, Column, Table
from fazhi_analysis.dataset.storage import cell_failure, raise_all, read_records
from fazhi_analysis.errors import DataError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Columns = dict[str, list[Any]]

_ATTEMPTS = 5
"""A report may be replaced by another process while its files are read one after the other."""

_PLAIN = frozenset("0123456789.+-einf")


@dataclass(frozen=True, slots=True)
class ReportColumns:
    """Values of one report's table by column, the line of each row in its file, and the report's code and name.

    ``expected`` is how many rows there should be, where the report says so.
    """

    name: str
    columns: Columns
    lines: list[int]
    place: tuple[str, str]
    expected: int | None = None


def arrow_schema(table: Table) -> pa.Schema:
    """Arrow types of a table."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "category": pa.dictionary(pa.int32(), pa.string()),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "list": pa.string(),
    }
    return pa.schema([(column.name, types[column.type]) for column in table.columns])


def read_report_columns(folder: Path, table: Table) -> ReportColumns:
    """Values of one report's table by column. Lists stay JSON text.

    Raises DataError naming file and line of every broken cell.
    """
    for _ in range(_ATTEMPTS):
        before = _inode(folder)
        try:
            found = _read_once(folder, table)
        except DataError:
            if before == _inode(folder):
                raise
            continue
        if before == _inode(folder):
            return found
    return _read_once(folder, table)


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _read_once(folder: Path, table: Table) -> ReportColumns:
    document = read_document(folder)
    place = (document["region_code"], document["region"])
    if table is REPORTS:
        row = report_row(document)
        return ReportColumns(folder.name, {column.name: [row[column.name]] for column in table.columns}, [1], place)
    header, records = read_records(folder, table)
    lines = [line for line, _ in records]
    cells: Sequence[Sequence[str]] = list(zip(*(record for _, record in records), strict=True)) or [()] * len(header)
    columns: Columns = {}
    failures: list[Message] = []
    for column in table.columns:
        own = cells[header.index(column.name)] if column.name in header else [column.default] * len(lines)
        columns[column.name] = _convert(column, own, lines, failures)
    failures += _misplaced(document, columns, lines)
    raise_all(f"{folder.name}/{table.name}.csv", failures)
    return ReportColumns(folder.name, columns, lines, place, document.get("counts", {}).get(table.name))


def report_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the reports table that a ``report.json`` makes; lists as JSON text.

    >>> row = report_row({"report_id": "990124-2024", "year": 2024, "metadata": {"title": "年度报告"},
    ...                   "warnings": ["缺少原因"]})
    >>> row["title"], row["text_kept"], row["warnings"]
    ('年度报告', False, '[{"message": "缺少原因"}]')
    """
    from fazhi_analysis.dataset.printed_place import noted_identity  # reading is slow to import

    metadata = document.get("metadata") or {}
    source = document.get("source") or {}
    provenance = document.get("provenance") or {}
    found = {
        **metadata,
        **noted_identity(document),
        **{name: document.get(name) for name in ("report_id", "region_code", "region", "year")},
        "source_name": source.get("name"),
        "source_format": source.get("format"),
        "digest": source.get("digest") or provenance.get("digest"),
        "address": provenance.get("address") or source.get("address"),
        "published_date": metadata.get("published_date") or provenance.get("date_published"),
        "title": metadata.get("title") or provenance.get("title"),
        **{name: provenance.get(name) for name in ("producer", "date_accessed", "licence", "package_version")},
        "text_kept": bool(provenance.get("text_kept", False)),
        "corrections": dump_list(document.get("corrections") or ()),
        "warnings": dump_list([{"message": message} for message in document.get("warnings") or ()]),
        "version": document.get("version") or len(document.get("former") or ()) + 1,
        "former": dump_list(document.get("former") or ()),
        "sections": dump_list([_outline(section) for section in document.get("sections") or ()]),
    }
    return {
        c.name: found.get(c.name) or ("" if c.type in ("text", "category") else found.get(c.name))
        for c in REPORTS.columns
    }


def to_arrow(table: Table, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Arrow table of these columns."""
    import pyarrow as pa

    arrays = []
    for item in arrow_schema(table):
        if pa.types.is_dictionary(item.type):
            arrays.append(pa.array(columns[item.name], pa.string()).dictionary_encode())
        else:
            arrays.append(pa.array(columns[item.name], item.type))
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def to_frame(table: Table, arrow: pa.Table) -> pd.DataFrame:
    """Frame of an Arrow table, with the types that the schema promises; lists stay JSON text.

    Text is pandas' ``str`` (whatever its storage is set to), keys and closed vocabularies are categorical, the latter
    with all their words in the schema's order, so that frames of different reports go together. Columns are converted
    and let go of one by one: the caller that keeps no reference to ``arrow`` never holds two copies of it.
    """
    import pandas as pd

    arrays = {}
    for column in table.columns:
        values = arrow.column(column.name)
        arrow = arrow.remove_column(arrow.schema.get_field_index(column.name))
        arrays[column.name] = _to_array(column, values)
    return pd.DataFrame(arrays, copy=False)


def parse_lists(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with lists of dictionaries where it holds JSON text."""
    import numpy as np
    import pandas as pd

    for column in table.columns:
        if column.type == "list":
            values = np.empty(len(frame), dtype=object)
            values[:] = [load_list(column, cell) for cell in frame[column.name]]
            frame[column.name] = pd.Series(values, index=frame.index, dtype=object)
    return frame


def _to_array(column: Column, values: Any) -> Any:
    import numpy as np
    import pandas as pd

    if column.type in ("text", "list"):
        text: Any = pd.StringDtype(na_value=np.nan)
        return text.__from_arrow__(values)
    if column.type == "int" and column.nullable:
        nullable: Any = pd.Int64Dtype()
        return nullable.__from_arrow__(values)
    if column.type == "category":
        return _categorical(column, values)
    return values.to_numpy()


def _categorical(column: Column, values: Any) -> Any:
    import numpy as np
    import pandas as pd

    joined = values.unify_dictionaries().combine_chunks()
    codes = joined.indices.to_numpy(zero_copy_only=False)
    words = joined.dictionary.to_pylist()
    if column.vocabulary is not None and set(words) <= set(column.vocabulary):
        order, kept = np.array([column.vocabulary.index(word) for word in words]), list(column.vocabulary)
    else:
        used = np.flatnonzero(np.bincount(codes, minlength=len(words)))
        order = np.zeros(len(words), dtype=np.int64)
        order[used] = np.arange(len(used))
        kept = [words[number] for number in used]
    small = np.min_scalar_type(-max(len(kept), 1))
    return pd.Categorical.from_codes(
        order.astype(small)[codes],
        categories=pd.Index(kept, dtype=pd.StringDtype(na_value=np.nan)),
        validate=False,
    )


def _convert(column: Column, cells: Sequence[str], lines: Sequence[int], failures: list[Message]) -> list[Any]:
    """Values of one column, as Arrow takes them; what cannot be converted is added to ``failures``."""
    try:
        if column.type == "float":
            if not _PLAIN.issuperset("".join(cells)):  # Python takes 1_000 and other scripts' digits for numbers too
                raise ValueError
            return [float(cell) if cell else None for cell in cells]
        if column.type == "list":
            for cell in cells:
                if cell != "[]":
                    from_cell(column, cell)
            return list(cells)
        if column.type in ("int", "bool"):
            return [from_cell(column, cell) for cell in cells]
        return [from_cell(column, cell) if cell.startswith("'") else cell for cell in cells]
    except ValueError:
        for line, cell in zip(lines, cells, strict=True):
            try:
                from_cell(column, cell)
            except ValueError as error:
                failures.append(cell_failure(line, column, error))
        return [None] * len(cells)


def _outline(section: Mapping[str, Any]) -> dict[str, Any]:
    return {name: section.get(name) for name in REPORTS["sections"].fields}


def _misplaced(document: Mapping[str, Any], columns: Columns, lines: Sequence[int]) -> list[Message]:
    """Rows that do not belong into this folder; loading selects whole folders by place and year, so none may."""
    name = document["report_id"]
    failures = []
    for column in ("report_id", "year", "region_code", "region"):
        expected = document[column]
        failures += [
            _other(line, column, value, expected)
            for line, value in zip(lines, columns[column], strict=True)
            if value != expected
        ]
    for line, row_id in zip(lines, columns.get("row_id", ()), strict=False):
        if not row_id.startswith(f"{name}:"):
            failures.append(Message("dataset.cell.misplaced_row", line=line, value=row_id, start=f"{name}:"))
    return failures


def _other(line: int, column: str, value: object, expected: object) -> Message:
    return Message("dataset.cell.misplaced", line=line, column=column, value=value, expected=expected)
