"""What a format module hands over: decoded text with the places that the format knows about."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_analysis.model import Grid
from fazhi_analysis.reading.omissions import Omission


@dataclass(frozen=True, slots=True)
class Document:
    """Text of one file before its structure is read.

    ``pages`` lists (offset of the first character, page label); ``ocr_spans`` lists (start, end, confidence 0..1) of
    what came through OCR; ``published_date`` (ISO) and ``address`` are what a web page says about itself; ``grids`` are
    the tables that the format marks as such; ``omissions`` say what was not read.

    >>> Document("正文", "text").pages
    ()
    """

    text: str
    format: str
    encoding: str = ""
    pages: tuple[tuple[int, str], ...] = ()
    ocr_spans: tuple[tuple[int, int, float], ...] = ()
    published_date: str = ""
    address: str = ""
    grids: tuple[Grid, ...] = ()
    omissions: tuple[Omission, ...] = ()


def moved_grid(grid: Grid, by: int) -> Grid:
    """The table in a text that has this many characters more before it.

    >>> from fazhi_analysis.model import GridCell
    >>> moved_grid(Grid((GridCell(0, 2, 0, 0),)), 5).cells[0].start
    5
    """
    return Grid(tuple(cell._replace(start=cell.start + by, end=cell.end + by) for cell in grid.cells))
