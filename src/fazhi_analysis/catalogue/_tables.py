"""CSV tables of the catalogue: read strictly, with the line of every row, so that an error can name it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from fazhi_analysis.errors import CatalogueError

DATA = Path(__file__).resolve().parent / "data"


def read_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> list[tuple[int, dict[str, str]]]:
    """Rows of a UTF-8 CSV file as (line number, {column: stripped text}); a byte order mark is ignored.

    ``optional`` columns may be absent and are then empty. Raises CatalogueError when the file cannot be read, the
    header lacks a column or has one too many, or a row has more or fewer cells than the header.

    >>> rows = read_rows(DATA / "domains.csv", ["id", "name_zh", "name_en"])
    >>> rows[0][0], rows[0][1]["id"]
    (2, 'leadership')
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogueError(path, "文件不存在", "请检查路径") from None
    except (OSError, UnicodeDecodeError):
        raise CatalogueError(path, "无法按 UTF-8 读取", "请用 UTF-8 另存为 CSV") from None
    reader = csv.reader(text.splitlines(keepends=True))
    header = [cell.strip() for cell in next(reader, [])]
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns and name not in optional]
    twice = sorted({name for name in header if header.count(name) > 1})
    breaches = [
        *(f"缺少列 {name}" for name in missing),
        *(f"多出列 {name or '（空）'}" for name in unknown),
        *(f"列 {name} 重复" for name in twice),
    ]
    if breaches:
        raise CatalogueError(path, "；".join(breaches), f"表头应为 {','.join([*columns, *optional])}")
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            breaches.append(f"第 {reader.line_num} 行有 {len(cells)} 格，应有 {len(header)} 格")
            continue
        row = dict.fromkeys(optional, "")
        row.update({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
        rows.append((reader.line_num, row))
    if breaches:
        raise CatalogueError(path, "；".join(breaches), "含逗号的格子请加双引号")
    return rows


def split_list(cell: str) -> tuple[str, ...]:
    """Parts of a cell separated by ``|``, empty ones dropped.

    >>> split_list("推进会| 工作推进会|")
    ('推进会', '工作推进会')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())
