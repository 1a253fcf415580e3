"""CSV tables of the catalogue: read strictly, with the line of every row, so that an error can name it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from fazhi_analysis.errors import CatalogueError
from fazhi_analysis.messages import Message

DATA = Path(__file__).resolve().parent / "data"


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """Rows of a UTF-8 CSV file as (line number, {column: stripped text}); a byte order mark is ignored.

    ``optional`` columns may be absent and are then empty. Raises CatalogueError when the file cannot be read, the
    header lacks a column or has one too many, or a row has more or fewer cells than the header.

    >>> rows = read_rows(DATA / "domains.csv", ["id", "name_zh", "name_en", "importance"], ["beside"])
    >>> rows[0][0], rows[0][1]["id"]
    (2, 'leadership')
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogueError(path, "catalogue.table.not_found") from None
    except (OSError, UnicodeDecodeError):
        raise CatalogueError(path, "catalogue.table.not_utf8") from None
    reader = csv.reader(text.splitlines(keepends=True))
    header = [cell.strip() for cell in next(reader, [])]
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns and name not in optional]
    twice = sorted({name for name in header if header.count(name) > 1})
    breaches = [
        *(Message("catalogue.table.column_missing", column=name) for name in missing),
        *(_unknown_column(name) for name in unknown),
        *(Message("catalogue.table.column_twice", column=name) for name in twice),
    ]
    if breaches:
        raise CatalogueError(
            path, "catalogue.table.columns", breaches=breaches, columns=",".join([*columns, *optional])
        )
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            line = reader.line_num
            breaches += [Message("catalogue.table.cell_count", line=line, cells=len(cells), expected=len(header))]
            continue
        row = dict.fromkeys(optional, "")
        row.update({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
        rows.append((reader.line_num, row))
    if breaches:
        raise CatalogueError(path, "catalogue.table.cells", breaches=breaches)
    return rows


def _unknown_column(name: str) -> Message:
    return (
        Message("catalogue.table.column_unknown", column=name)
        if name
        else Message("catalogue.table.column_without_name")
    )


def split_list(cell: str) -> tuple[str, ...]:
    """Parts of a cell separated by ``|``, empty ones dropped.

    >>> split_list("推进会| 工作推进会|")
    ('推进会', '工作推进会')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())
