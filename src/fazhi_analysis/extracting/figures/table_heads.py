"""What the other cells of a table say of one cell: which heads stand over it and beside it, and in which block."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.table_blocks import YEAR, Block, Cells, Seen
from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.grids import is_value

_CORNER = pattern("^(?:<table corners>)$")
_SERIAL_ROW = re.compile("^(?:栏次|行次|甲)$")


class Heads(NamedTuple):
    """Heads of one figure: ``row`` from the outermost to the innermost, ``column`` from above; the words over both.

    ``corner`` stands over the words that name the rows, ``unit`` is the cell of a column of units.
    """

    row: tuple[Seen, ...]
    column: tuple[Seen, ...]
    groups: tuple[Seen, ...]
    corner: str
    unit: str


class Frame:
    """One table, ready to be asked for the heads of its cells: its blocks, one below the other."""

    def __init__(self, grid: Grid, text: str, numbers: set[GridCell], units: set[str]) -> None:
        self._cells = Cells(grid, text, numbers, units)

    def figures(self) -> list[Seen]:
        """The cells whose numbers are figures and neither heads nor numbers of rows."""
        return [
            seen
            for block in self._blocks
            for row in block.rows
            for seen in self._cells.figures(row)
            if seen.cell.column not in block.years
        ]

    def names(self) -> list[Seen]:
        """Cells that head rows or columns."""
        numbers = set(self.figures())
        found: list[Seen] = []
        for block in self._blocks:
            found += [*block.groups, *(seen for row in block.heads for seen in row)]
            found += [
                seen
                for row in block.rows
                for seen in self._cells.rows[row]
                if seen not in numbers and (seen.cell.column < block.limit or is_value(seen.text))
            ]
        return found

    def heads(self, figure: Seen) -> Heads:
        """The heads of a figure."""
        row, column = figure.cell.row, figure.cell.column
        block = self._block_of[row]
        return Heads(
            tuple(block.row_heads(row, column)),
            tuple(block.column_heads[column]),
            tuple(block.groups),
            block.corner,
            block.unit_at(row),
        )

    @cached_property
    def _block_of(self) -> dict[int, Block]:
        """The block of each row of figures or words."""
        return {row: block for block in reversed(self._blocks) for row in block.rows}

    @cached_property
    def _blocks(self) -> list[Block]:
        """Heads and the rows below them, block by block."""
        blocks = [Block(self._cells, [], [])]
        inherited = False  # whether the block has only the heads of the one before
        for row in sorted(self._cells.rows):
            block = blocks[-1]
            words = self._words_of(row)
            if self._holds_figures(row, fresh=not block.rows):
                block.rows.append(row)
            elif words and self._is_group(words):
                if block.rows or (block.heads and not inherited):
                    blocks.append(Block(self._cells, [], list(block.heads)))
                    inherited = True
                blocks[-1].groups.append(words[0])
            elif words and self._is_head(row, words, block):
                if block.rows or inherited:
                    blocks.append(Block(self._cells, [] if block.rows else block.groups, []))
                    inherited = False
                blocks[-1].heads.append(words)
            elif words:
                block.rows.append(row)
        return [block for block in blocks if block.rows or block.heads or block.groups]

    def _holds_figures(self, row: int, *, fresh: bool) -> bool:
        counted = self._cells.figures(row)
        if not counted or any(_SERIAL_ROW.match(seen.text) for seen in self._cells.rows[row]):
            return False
        return not (fresh and all(YEAR.fullmatch(seen.text) for seen in counted) and len(counted) > 1)

    def _words_of(self, row: int) -> list[Seen]:
        """Cells of a row that hold words: no blanks, and no number of the row."""
        return [
            seen
            for seen in self._cells.rows[row]
            if not seen.is_blank and not (seen.cell.column in self._cells.serials and is_value(seen.text))
        ]

    def _is_group(self, words: list[Seen]) -> bool:
        """Whether a row is one phrase over the rows below it."""
        only = words[0].cell
        if len(words) > 1 or only.column_span == 0:
            return False
        return only.column_span >= self._cells.width or only.column <= max(self._cells.serials, default=-1) + 1

    def _is_head(self, row: int, words: list[Seen], block: Block) -> bool:
        """Whether a row of words heads the rows below it, or is a row whose cells hold words or dashes."""
        if not block.rows:
            return not any(seen.text and seen.is_blank for seen in self._cells.rows[row])
        before = {seen.text for head in block.heads for seen in head}
        if _CORNER.match(words[0].text) or words[0].text in before:
            return True
        return any(seen.cell.column_span == 0 for seen in words) or self._over_all_figures(words, block)

    def _over_all_figures(self, words: list[Seen], block: Block) -> bool:
        """Whether words stand in every column of figures, and none where the rows have their names."""
        cells = self._cells
        figures = {seen.cell.column for row in block.rows for seen in cells.rows[row] if seen.cell in cells.numbers}
        return len(figures) > 1 and block.first_figure() > 0 and {seen.cell.column for seen in words} == figures
