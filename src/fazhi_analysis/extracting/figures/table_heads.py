"""What the other cells of a table say of one cell: which heads stand over it and beside it, and in which block.

Rows of words head the rows of numbers below them, down to the next rows of words; the first columns of words name the
rows. A second column with the same head as the first one (side-by-side tables) names the figures behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, TypeVar, cast

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.grids import is_value

_Found = TypeVar("_Found")
_SPACE = re.compile(r"[\s\u3000|]+")
_SERIAL = pattern("^(?:<serial heads>)$")
_CORNER = pattern("^(?:<table corners>)$")
_UNIT_HEAD = re.compile("^(?:计量)?单位$|^量词$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_SERIAL_ROW = re.compile("^(?:栏次|行次|甲)$")
_BLANK = re.compile(r"[/／\-－—–―─]*")


class Seen(NamedTuple):
    """One cell with its text as it is read, without layout."""

    cell: GridCell
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing, or a dash, stands in the cell."""
        return _BLANK.fullmatch(self.text) is not None


class Heads(NamedTuple):
    """Heads of one figure: ``row`` from the outermost to the innermost, ``column`` from above; the words over both.

    ``corner`` stands over the words that name the rows, ``unit`` is the cell of a column of units.
    """

    row: tuple[Seen, ...]
    column: tuple[Seen, ...]
    groups: tuple[Seen, ...]
    corner: str
    unit: str


class _Block(NamedTuple):
    groups: list[Seen]
    heads: list[list[Seen]]
    rows: list[int]


class Frame:
    """One table, ready to be asked for the heads of its cells; ``is_unit`` tells whether a text is a measure word."""

    def __init__(self, grid: Grid, text: str, numbers: set[GridCell], units: set[str]) -> None:
        self._numbers = {cell for cell in numbers if cell.column_span}
        self._units = units
        self._cells = [Seen(cell, _SPACE.sub("", text[cell.start : cell.end])) for cell in grid.cells]
        self._at = {
            (row, column): seen
            for seen in self._cells
            for row in range(seen.cell.row, seen.cell.row + seen.cell.row_span)
            for column in range(seen.cell.column, seen.cell.column + seen.cell.column_span)
        }
        self._rows: dict[int, list[Seen]] = {}
        for seen in self._cells:
            self._rows.setdefault(seen.cell.row, []).append(seen)
        self._width = max((column for _, column in self._at), default=-1) + 1
        self._serials = self._serial_columns()

    def _serial_columns(self) -> set[int]:
        """Columns that number the rows."""
        return {column for (_, column), seen in self._at.items() if _SERIAL.match(seen.text)}

    def figures(self) -> list[Seen]:
        """The cells whose numbers are figures and neither heads nor numbers of rows."""
        found = []
        for block in self._blocks:
            years = {column for column in range(self._width) if self._is_year_column(block, column)}
            for row in block.rows:
                found += [
                    seen
                    for seen in self._rows[row]
                    if seen.cell in self._numbers
                    and seen.cell.column not in self._serials
                    and seen.cell.column not in years
                ]
        return found

    def _is_year_column(self, block: _Block, column: int) -> bool:
        """Whether a column holds nothing but years; those of a first column name the rows."""
        if column > self._stub_limit(block):
            return False
        texts = [seen.text for row in block.rows if (seen := self._at.get((row, column))) and not seen.is_blank]
        return bool(texts) and all(_YEAR.fullmatch(text) for text in texts)

    def names(self) -> list[Seen]:
        """Cells that head rows or columns."""
        numbers = set(self.figures())
        found: list[Seen] = []
        for block in self._blocks:
            found += [*block.groups, *(seen for row in block.heads for seen in row)]
            limit = self._stub_limit(block)
            found += [
                seen
                for row in block.rows
                for seen in self._rows[row]
                if seen not in numbers and (seen.cell.column < limit or is_value(seen.text))
            ]
        return found

    def heads(self, figure: Seen) -> Heads:
        """The heads of a figure."""
        row, column = figure.cell.row, figure.cell.column
        block = self._block_of[row]
        unit = self._kept(block, "unit", lambda: self._unit_column(block))
        corner = self._column_heads(block, self._first_words(block))
        return Heads(
            tuple(self._row_heads(block, row, column)),
            tuple(self._column_heads(block, column)),
            tuple(block.groups),
            corner[-1].text if corner else "",
            self._text_at(row, unit) if unit is not None else "",
        )

    @cached_property
    def _block_of(self) -> dict[int, _Block]:
        """The block of each row of figures or words."""
        return {row: block for block in reversed(self._blocks) for row in block.rows}

    def _kept(self, block: _Block, what: object, find: Callable[[], _Found]) -> _Found:
        """What was found for a block that is complete: every figure of a table asks for the same again."""
        key = (id(block), what)
        if key not in self._found:
            self._found[key] = find()
        return cast("_Found", self._found[key])

    @cached_property
    def _found(self) -> dict[tuple[int, object], object]:
        return {}

    def _unit_column(self, block: _Block) -> int | None:
        return next((at for at in range(self._width) if self._is_unit_column(block, at)), None)

    def _text_at(self, row: int, column: int) -> str:
        seen = self._at.get((row, column))
        return seen.text if seen else ""

    def _first_words(self, block: _Block) -> int:
        """The first column that is no column of row numbers."""
        return next((at for at in range(self._stub_limit(block)) if at not in self._serials), 0)

    @cached_property
    def _blocks(self) -> list[_Block]:
        """Heads and the rows below them, block by block."""
        blocks = [_Block([], [], [])]
        inherited = False  # whether the block has only the heads of the one before
        for row in sorted(self._rows):
            block = blocks[-1]
            words = self._words_of(row)
            if self._holds_figures(row, fresh=not block.rows):
                block.rows.append(row)
            elif words and self._is_group(words):
                if block.rows or (block.heads and not inherited):
                    blocks.append(_Block([], list(block.heads), []))
                    inherited = True
                blocks[-1].groups.append(words[0])
            elif words and self._is_head(row, words, block):
                if block.rows or inherited:
                    blocks.append(_Block([] if block.rows else block.groups, [], []))
                    inherited = False
                blocks[-1].heads.append(words)
            elif words:
                block.rows.append(row)
        return [block for block in blocks if block.rows or block.heads or block.groups]

    def _holds_figures(self, row: int, *, fresh: bool) -> bool:
        found = [seen for seen in self._rows[row] if seen.cell in self._numbers]
        counted = [seen for seen in found if seen.cell.column not in self._serials]
        if not counted or any(_SERIAL_ROW.match(seen.text) for seen in self._rows[row]):
            return False
        return not (fresh and all(_YEAR.fullmatch(seen.text) for seen in counted) and len(counted) > 1)

    def _words_of(self, row: int) -> list[Seen]:
        """Cells of a row that hold words: no blanks, and no number of the row."""
        return [
            seen
            for seen in self._rows[row]
            if not seen.is_blank and not (seen.cell.column in self._serials and is_value(seen.text))
        ]

    def _is_group(self, words: list[Seen]) -> bool:
        """Whether a row is one phrase over the rows below it."""
        only = words[0].cell
        if len(words) > 1 or only.column_span == 0:
            return False
        return only.column_span >= self._width or only.column <= max(self._serials, default=-1) + 1

    def _is_head(self, row: int, words: list[Seen], block: _Block) -> bool:
        """Whether a row of words heads the rows below it, or is a row whose cells hold words or dashes."""
        if not block.rows:
            return not any(seen.text and seen.is_blank for seen in self._rows[row])
        before = {seen.text for head in block.heads for seen in head}
        if _CORNER.match(words[0].text) or words[0].text in before:
            return True
        return any(seen.cell.column_span == 0 for seen in words) or self._over_all_figures(words, block)

    def _over_all_figures(self, words: list[Seen], block: _Block) -> bool:
        """Whether words stand in every column of figures, and none where the rows have their names."""
        figures = {seen.cell.column for row in block.rows for seen in self._rows[row] if seen.cell in self._numbers}
        return len(figures) > 1 and self._first_figure(block) > 0 and {seen.cell.column for seen in words} == figures

    def _stub_limit(self, block: _Block) -> int:
        """The first column with a figure, of a block that is complete."""
        return self._kept(block, "limit", lambda: self._first_figure(block))

    def _first_figure(self, block: _Block) -> int:
        return min(
            (
                seen.cell.column
                for row in block.rows
                for seen in self._rows[row]
                if seen.cell in self._numbers
                and seen.cell.column not in self._serials
                and not (seen.cell.column == 0 and _YEAR.fullmatch(seen.text))
            ),
            default=0,
        )

    def _is_unit_column(self, block: _Block, column: int) -> bool:
        """Whether a column holds the measure words of its rows."""
        return self._kept(block, ("unit", column), lambda: self._holds_units(block, column))

    def _holds_units(self, block: _Block, column: int) -> bool:
        heads = self._column_heads(block, column)
        if not any(_UNIT_HEAD.match(seen.text) for seen in heads):
            return False
        texts = [text for row in block.rows if (text := self._text_at(row, column))]
        return bool(texts) and all(text in self._units for text in texts)

    def _row_heads(self, block: _Block, row: int, column: int) -> list[Seen]:
        """Words that name a row for a figure of a column: the nearest before it, where columns of names come again."""
        limit = self._stub_limit(block)
        again = self._kept(block, ("again", row), lambda: self._names_again(block, row, limit))
        if place := bisect_left(again, column):
            return [self._at[row, again[place - 1]]]
        return self._words(block, row, range(min(limit, column)))

    def _names_again(self, block: _Block, row: int, limit: int) -> list[int]:
        """Columns behind the first names in which a row has words under a head like theirs; from left to right."""
        alike = self._kept(block, "alike", lambda: self._columns_alike(block, limit))
        return [
            at
            for at in alike
            if (seen := self._at.get((row, at))) and seen.cell not in self._numbers and not seen.is_blank
        ]

    def _columns_alike(self, block: _Block, limit: int) -> list[int]:
        """Columns behind the first names that have a head like theirs; all of them in a block without heads."""
        firsts = {seen.text for at in range(limit) for seen in self._column_heads(block, at)[-1:]}
        heads = ((at, self._column_heads(block, at)[-1:]) for at in range(limit + 1, self._width))
        return [at for at, head in heads if (head[0].text in firsts if head else not block.heads)]

    def _words(self, block: _Block, row: int, columns: range) -> list[Seen]:
        """Cells of words in these columns, each once; a blank before words stands for those above it."""
        found: list[Seen] = []
        for column in columns:
            if column in self._serials and not self._spans_words(row, column):
                continue
            if self._is_unit_column(block, column):
                continue
            seen = self._at.get((row, column))
            if seen is not None and not seen.text and self._text_at(row, columns[-1]) and column != columns[-1]:
                seen = self._above(block, row, column)
            if seen is not None and not seen.is_blank and seen not in found:
                found.append(seen)
        return found

    def _spans_words(self, row: int, column: int) -> bool:
        """Whether a cell in a column of row numbers holds words (合计 over two columns)."""
        seen = self._at.get((row, column))
        return seen is not None and bool(seen.text) and seen.cell not in self._numbers

    def _above(self, block: _Block, row: int, column: int) -> Seen | None:
        """The nearest words above a blank, inside its block."""
        for at in reversed([one for one in block.rows if one < row]):
            seen = self._at.get((at, column))
            if seen is not None and seen.text:
                return seen
        return None

    def _column_heads(self, block: _Block, column: int) -> list[Seen]:
        """Heads over a column from above; a blank head goes on with the one on its left when heads stand below it."""
        return self._kept(block, ("heads", column), lambda: self._heads_over(block, column))

    def _heads_over(self, block: _Block, column: int) -> list[Seen]:
        found: list[Seen] = []
        for depth, words in enumerate(block.heads):
            row = words[0].cell.row
            seen = self._at.get((row, column))
            if seen is not None and not seen.text and self._has_heads_below(block, depth, column):
                seen = next(
                    (left for at in range(column, -1, -1) if (left := self._at.get((row, at))) and left.text), None
                )
                if seen is not None and not self._has_heads_below(block, depth, seen.cell.column):
                    seen = None
            if seen is not None and seen.text and seen not in found:
                found.append(seen)
        return found

    def _has_heads_below(self, block: _Block, depth: int, column: int) -> bool:
        return any(self._text_at(words[0].cell.row, column) for words in block.heads[depth + 1 :])
