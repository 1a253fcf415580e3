"""Tables of a text as grids of cells: rows between pipes or tabs, and the "one cell a line" of a copied page.

What a format marks as a table comes as a grid already; this module finds those that are only printed. A printed table
says nothing of cells that span rows or columns: a row that lacks its first cells goes on with those above, and heads
whose columns cannot be determined cover none.
"""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_analysis.model import Grid
from fazhi_analysis.reading.grids.cells import SPACE, holds_values, is_value
from fazhi_analysis.reading.grids.lines import LINE, Line, runs
from fazhi_analysis.reading.grids.rows import rows_grid
from fazhi_analysis.reading.grids.streams import streamed
from fazhi_analysis.reading.stretches import Stretches

__all__ = ["find_grids", "holds_values", "is_value"]


def find_grids(text: str, known: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Tables in text order: those that the format knows, and those that are printed between them.

    >>> text = "单位：件\\n|  | 2023年 | 2024年 |\\n|---|---|---|\\n| 行政复议 | 61 | 66 |"
    >>> [(text[cell.start : cell.end], cell.row, cell.column) for cell in find_grids(text)[0].cells]
    [('', 0, 0), ('2023年', 0, 1), ('2024年', 0, 2), ('行政复议', 1, 0), ('61', 1, 1), ('66', 1, 2)]
    """
    taken = Stretches((grid.start, grid.end) for grid in known)
    lines = [
        line
        for match in LINE.finditer(text)
        if match.group().strip(SPACE) and not taken.meet(match.start(), match.end())
        for line in (Line(match.start(), match.end(), match.group()),)
    ]
    found = [*known]
    for run, in_rows in runs(text, lines):
        grids = [rows_grid(run)] if in_rows else streamed(run)
        found += [grid for grid in grids if grid is not None and holds_values(grid, text)]
    return tuple(sorted(found, key=lambda grid: grid.start))
