"""Marks that a format module writes into its text where tables, rows and cells begin, or something was left out.

White space is settled line by line only after a page is walked, which moves every offset; the marks move along and are
then taken out, leaving the tables as grids.
"""

from __future__ import annotations

import re

from fazhi_analysis.model import Grid, GridCell

TABLE, ROW, CELL, END, PLACE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
MARKS = re.compile("[\ufdd0-\ufdd4]")
_MOST = 200  # rows or columns that one cell may span
_FREE = (0, 0)


def without_marks(text: str, spans: list[tuple[int, int]]) -> tuple[str, tuple[Grid, ...], list[int]]:
    """The text without marks, its tables, and where the marks of places stood.

    ``spans`` are rows and columns of each cell in the order of their marks. Tables with fewer than two rows or two
    cells that hold something are left out.

    >>> marked = f"{TABLE}{ROW}{CELL}项目{END}\\t{CELL}数量{END}\\n{ROW}{CELL}复议{END}\\t{CELL}7{END}"
    >>> text, grids, _ = without_marks(marked, [(1, 1)] * 4)
    >>> text, [(cell.start, cell.end, cell.row, cell.column) for cell in grids[0].cells][-1]
    ('项目\\t数量\\n复议\\t7', (9, 10, 1, 1))
    """
    pieces: list[str] = []
    grids: list[Laying] = []
    places: list[int] = []
    length = at = number = 0
    for match in MARKS.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        mark = match.group()
        if mark == PLACE:
            places.append(length)
            continue
        if mark == TABLE or not grids:
            grids.append(Laying())
        if mark == ROW:
            grids[-1].begin_row()
        elif mark == CELL:
            grids[-1].begin_cell(length, *spans[number])
            number += 1
        elif mark == END:
            grids[-1].end_cell(length)
    plain = "".join([*pieces, text[at:]])
    found = (laid.grid(plain) for laid in grids)
    return plain, tuple(grid for grid in found if grid is not None), places


class Laying:
    """The places of the cells of one table, row by row, around those that reach down from above."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self._row = -1
        self._column = 0
        # By column, of the cell that reaches down farthest: the first row below it, the first column beside it.
        self._taken: dict[int, tuple[int, int]] = {}

    def begin_row(self) -> None:
        """The next row."""
        self._row, self._column = self._row + 1, 0

    def begin_cell(self, start: int, rows: int, columns: int) -> None:
        """A cell in the next free place of the row."""
        self._row = max(self._row, 0)
        while (taken := self._taken.get(self._column, _FREE))[0] > self._row:
            self._column = taken[1]
        rows, columns = min(max(rows, 1), _MOST), min(max(columns, 1), _MOST)
        mine = self._row + rows, self._column + columns
        for column in range(self._column, self._column + columns):
            self._taken[column] = max(self._taken.get(column, _FREE), mine)
        self.cells.append(GridCell(start, start, self._row, self._column, rows, columns))
        self._column += columns

    def reach_down(self, columns: int) -> None:
        """The next place of the row belongs to the cell above it."""
        above = self._row - 1
        for number in range(len(self.cells) - 1, -1, -1):
            cell = self.cells[number]
            if cell.column == self._column and cell.row + cell.row_span == above + 1:
                self.cells[number] = cell._replace(row_span=cell.row_span + 1)
                break
        self._column += max(columns, 1)

    def end_cell(self, end: int) -> None:
        """The text of the last cell ends here."""
        if self.cells:
            self.cells[-1] = self.cells[-1]._replace(end=max(end, self.cells[-1].start))

    def grid(self, text: str) -> Grid | None:
        """The table, its cells without the white space around their text."""
        cells = []
        for cell in self.cells:
            inner = text[cell.start : cell.end]
            start = cell.start + len(inner) - len(inner.lstrip())
            cells.append(cell._replace(start=start, end=start + len(inner.strip())) if inner.strip() else cell)
        filled = sum(cell.end > cell.start for cell in cells)
        return Grid(tuple(cells)) if self._row > 0 and filled > 1 else None
