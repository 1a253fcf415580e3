"""Cells of printed tables: their text at its place, and which of them hold a number."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fazhi_analysis.model import Grid

SPACE: Final = " \t\u00a0\u3000\u200b\ufeff"
_VALUE = re.compile(
    r"[±+\-−－–]?\s*(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?\s*[%％‰]?"
    r"|[零〇]|[/／]|[-－—–―─]{1,4}"
)


class Piece(NamedTuple):
    """The text of one cell at its place; empty when ``start == end``."""

    start: int
    end: int
    text: str

    @property
    def is_value(self) -> bool:
        """Whether the cell holds a number, a dash in the place of one, or nothing."""
        return not self.text or is_value(self.text)


def is_value(text: str) -> bool:
    """Whether the text of a cell is a number alone or a dash that stands for one.

    >>> is_value("1,203"), is_value("−7.5"), is_value("—"), is_value("28件")
    (True, True, True, False)
    """
    return _VALUE.fullmatch(text) is not None


def holds_values(grid: Grid, text: str) -> bool:
    """Whether a table holds at least one number that fills a cell."""
    return any(is_value(text[cell.start : cell.end].strip(SPACE)) for cell in grid.cells if cell.end > cell.start)


def piece_of(text: str, start: int) -> Piece:
    """The cell that a text is, without the space around it.

    >>> piece_of(" 61 ", 10)
    Piece(start=11, end=13, text='61')
    """
    inner = text.strip(SPACE)
    begin = start + len(text) - len(text.lstrip(SPACE)) if inner else start
    return Piece(begin, begin + len(inner), inner)
