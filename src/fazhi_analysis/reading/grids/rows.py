"""Grids of printed rows, and of a stream of words and numbers with one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.grids.building import Builder
from fazhi_analysis.reading.grids.cells import Piece
from fazhi_analysis.reading.grids.lines import Line

_BAR_RULE = re.compile(r"[\s|:+\-—]*-{2}[\s|:+\-—]*")


def rows_grid(lines: Sequence[Line]) -> Grid | None:
    """The grid of rows of cells."""
    rows = [line.cells for line in lines if not _BAR_RULE.fullmatch(line.text)]
    return grid_of(rows, spanned=any(re.search(r"\|\|", line.text) for line in lines))


def grid_of(rows: Sequence[list[Piece]], *, spanned: bool) -> Grid | None:
    """The grid of rows; where some are ``spanned``, the heads say how many columns there are."""
    if len(rows) < 2:
        return None
    if len({len(row) for row in rows}) == 1 and (not spanned or all(map(_shows_columns, rows))):
        cells = [
            GridCell(piece.start, piece.end, number, column)
            for number, row in enumerate(rows)
            for column, piece in enumerate(row)
        ]
        return Grid(tuple(cells))
    builder = Builder()
    for row in rows:
        while row and not row[-1].text:
            row.pop()
        while len(row) > 1 and not row[0].text and not row[1].is_value:
            del row[0]
        stubs = 0
        while stubs < len(row) and row[stubs].text and not row[stubs].is_value:
            stubs += 1
        if stubs < len(row) and all(piece.is_value for piece in row[stubs:]):
            builder.add_row(row[:stubs], row[stubs:])
        elif row:
            builder.add_heads([piece for piece in row if piece.text])
    return builder.result()


def _shows_columns(row: Sequence[Piece]) -> bool:
    """Whether the cells of a row stand in their columns: where words span some, the blanks for them come at the end."""
    filled = [piece for piece in row if piece.text]
    return len(filled) < 2 or len(filled) == len(row) or any(piece.is_value for piece in filled)
