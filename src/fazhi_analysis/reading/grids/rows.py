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
    rows = _with_missing_numbers(rows)
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


def _with_missing_numbers(rows: Sequence[list[Piece]]) -> Sequence[list[Piece]]:
    """The rows, where those that share the number of the row above lack its cell and begin one column too early.

    A page that spans the number over several rows gives the others a blank at their end instead. A last row that ends
    early, as where the page is cut off, has blanks for the rest.
    """
    numbers = [row[0].text for row in rows if row and row[0].text.isdecimal()]
    if len(numbers) < 2 or numbers != [str(number + 1) for number in range(len(numbers))]:
        return rows
    found = [_shifted(row) if _lacks_number(row) else row for row in rows]
    width, last = max(map(len, found)), found[-1]
    blank = Piece(last[-1].end, last[-1].end, "")
    return [*found[:-1], [*last, *[blank] * (width - len(last))]]


def _lacks_number(row: Sequence[Piece]) -> bool:
    words = len(row) > 2 and bool(row[0].text) and not row[0].is_value
    return words and not row[-1].text and bool(row[1].text) and row[1].is_value


def _shifted(row: Sequence[Piece]) -> list[Piece]:
    start = row[0].start
    return [Piece(start, start, ""), *row[:-1]]


def _shows_columns(row: Sequence[Piece]) -> bool:
    """Whether the cells of a row stand in their columns: where words span some, the blanks for them come at the end."""
    filled = [piece for piece in row if piece.text]
    return len(filled) < 2 or len(filled) == len(row) or any(piece.is_value for piece in filled)
