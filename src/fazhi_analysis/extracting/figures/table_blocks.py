"""One block of a table: rows of words, and the rows of figures that they head, down to the next rows of words.

The first columns of words name the rows. A second column with the same head as the first one (side-by-side tables)
names the figures behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Grid, GridCell

YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_SPACE = re.compile(r"[\s\u3000|]+")
_SERIAL = pattern("^(?:<serial heads>)$")
_UNIT_HEAD = re.compile("^(?:计量)?单位$|^量词$")
_BLANK = re.compile(r"[/／\-－—–―─]*")


class Seen(NamedTuple):
    """One cell with its text as it is read, without layout."""

    cell: GridCell
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing, or a dash, stands in the cell."""
        return _BLANK.fullmatch(self.text) is not None


class Cells:
    """The cells of one table by their places; ``serials`` are the columns that number the rows."""

    def __init__(self, grid: Grid, text: str, numbers: set[GridCell], units: set[str]) -> None:
        self.numbers = {cell for cell in numbers if cell.column_span}
        self.units = units
        self.at: dict[tuple[int, int], Seen] = {}
        self.rows: dict[int, list[Seen]] = {}
        for cell in grid.cells:
            seen = Seen(cell, _SPACE.sub("", text[cell.start : cell.end]))
            self.rows.setdefault(cell.row, []).append(seen)
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self.at[row, column] = seen
        self.width = max((column for _, column in self.at), default=-1) + 1
        self.serials = {column for (_, column), seen in self.at.items() if _SERIAL.match(seen.text)}

    def text_at(self, row: int, column: int) -> str:
        """The text of the cell at a place, empty where there is none."""
        seen = self.at.get((row, column))
        return seen.text if seen else ""

    def figures(self, row: int) -> list[Seen]:
        """The cells of a row that hold numbers and do not number the rows."""
        return [seen for seen in self.rows[row] if seen.cell in self.numbers and seen.cell.column not in self.serials]


class Block:
    """Words over the block (``groups``), rows of heads, and the rows below them; what is cached needs all of them."""

    def __init__(self, cells: Cells, groups: list[Seen], heads: list[list[Seen]]) -> None:
        self.groups = groups
        self.heads = heads
        self.rows: list[int] = []
        self._cells = cells
        self._again: dict[int, list[int]] = {}

    def first_figure(self) -> int:
        """The first column with a figure, among the rows there are so far."""
        return min(
            (
                seen.cell.column
                for row in self.rows
                for seen in self._cells.figures(row)
                if not (seen.cell.column == 0 and YEAR.fullmatch(seen.text))
            ),
            default=0,
        )

    @cached_property
    def limit(self) -> int:
        """The first column with a figure: those before it name the rows."""
        return self.first_figure()

    @cached_property
    def years(self) -> set[int]:
        """Columns that hold nothing but years; those of a first column name the rows."""
        return {at for at in range(min(self.limit + 1, self._cells.width)) if self._holds_years(at)}

    def _holds_years(self, column: int) -> bool:
        cells = self._cells.at
        texts = [seen.text for row in self.rows if (seen := cells.get((row, column))) and not seen.is_blank]
        return bool(texts) and all(YEAR.fullmatch(text) for text in texts)

    @cached_property
    def column_heads(self) -> list[list[Seen]]:
        """Heads over each column from above; a blank one goes on with that on its left when heads stand below it."""
        return [self._heads_over(column) for column in range(self._cells.width)]

    def _heads_over(self, column: int) -> list[Seen]:
        cells = self._cells.at
        found: list[Seen] = []
        for depth, words in enumerate(self.heads):
            row = words[0].cell.row
            seen = cells.get((row, column))
            if seen is not None and not seen.text and self._has_heads_below(depth, column):
                seen = next(
                    (left for at in range(column, -1, -1) if (left := cells.get((row, at))) and left.text), None
                )
                if seen is not None and not self._has_heads_below(depth, seen.cell.column):
                    seen = None
            if seen is not None and seen.text and seen not in found:
                found.append(seen)
        return found

    def _has_heads_below(self, depth: int, column: int) -> bool:
        return any(self._cells.text_at(words[0].cell.row, column) for words in self.heads[depth + 1 :])

    @cached_property
    def corner(self) -> str:
        """The head over the words that name the rows: over the first column that does not number them."""
        heads = self.column_heads[next((at for at in range(self.limit) if at not in self._cells.serials), 0)]
        return heads[-1].text if heads else ""

    @cached_property
    def _unit_columns(self) -> list[int]:
        """Columns that hold the measure words of their rows."""
        return [at for at, heads in enumerate(self.column_heads) if self._holds_units(at, heads)]

    def _holds_units(self, column: int, heads: list[Seen]) -> bool:
        if not any(_UNIT_HEAD.match(seen.text) for seen in heads):
            return False
        texts = [text for row in self.rows if (text := self._cells.text_at(row, column))]
        return bool(texts) and all(text in self._cells.units for text in texts)

    def unit_at(self, row: int) -> str:
        """The measure word of a row, where a column of them is there."""
        return self._cells.text_at(row, self._unit_columns[0]) if self._unit_columns else ""

    def row_heads(self, row: int, column: int) -> list[Seen]:
        """Words that name a row for a figure of a column: the nearest before it, where columns of names come again."""
        if row not in self._again:  # every figure of a row asks for the same
            self._again[row] = self._names_again(row)
        if place := bisect_left(self._again[row], column):
            return [self._cells.at[row, self._again[row][place - 1]]]
        return self._words(row, range(min(self.limit, column)))

    def _names_again(self, row: int) -> list[int]:
        """Columns behind the first names in which a row has words under a head like theirs; from left to right."""
        found = ((at, self._cells.at.get((row, at))) for at in self._columns_alike)
        return [at for at, seen in found if seen and seen.cell not in self._cells.numbers and not seen.is_blank]

    @cached_property
    def _columns_alike(self) -> list[int]:
        """Columns behind the first names that have a head like theirs; all of them in a block without heads."""
        firsts = {seen.text for heads in self.column_heads[: self.limit] for seen in heads[-1:]}
        behind = range(self.limit + 1, self._cells.width)
        heads = ((at, self.column_heads[at][-1:]) for at in behind)
        return [at for at, head in heads if (head[0].text in firsts if head else not self.heads)]

    def _words(self, row: int, columns: range) -> list[Seen]:
        """Cells of words in these columns, each once; a blank before words stands for those above it."""
        found: list[Seen] = []
        for column in columns:
            seen = self._cells.at.get((row, column))
            if column in self._unit_columns or (column in self._cells.serials and not self._is_worded(seen)):
                continue
            if seen is not None and not seen.text and self._cells.text_at(row, columns[-1]) and column != columns[-1]:
                seen = self._above(row, column)
            if seen is not None and not seen.is_blank and seen not in found:
                found.append(seen)
        return found

    def _is_worded(self, seen: Seen | None) -> bool:
        """Whether a cell in a column of row numbers holds words (合计 over two columns)."""
        return seen is not None and bool(seen.text) and seen.cell not in self._cells.numbers

    def _above(self, row: int, column: int) -> Seen | None:
        """The nearest words above a blank, inside its block."""
        above = (self._cells.at.get((at, column)) for at in reversed(self.rows) if at < row)
        return next((seen for seen in above if seen is not None and seen.text), None)
