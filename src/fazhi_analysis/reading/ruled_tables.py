"""Tables of a page from their ruling lines: which pieces of text share a cell, and which cells a row.

A cell whose text wraps is one cell again. Boxes with a single cell (frames, underlined headings) are not tables.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from fazhi_analysis.reading.segment import Rule, Segment

_NEAR = 2.5  # lengths below which two lines are one
_MIN_CELL = 6.0


class TableCell(NamedTuple):
    """A cell: its text as one segment (an empty one has an empty text), its place, and what it spans."""

    segment: Segment
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Table(NamedTuple):
    """Cells in reading order between two heights of a page, where the columns part, and how exactly that is known."""

    top: float
    bottom: float
    cells: tuple[TableCell, ...]
    edges: tuple[float, ...] = ()
    slack: float = 4.0

    @property
    def rows(self) -> list[list[TableCell]]:
        """The cells that begin in each row, rows without any text left out."""
        rows = [list(cells) for _, cells in itertools.groupby(self.cells, key=lambda cell: cell.row)]
        return [row for row in rows if any(cell.segment.text for cell in row)]


class _Band(NamedTuple):
    """The strip between two neighbouring horizontal lines, with the places of the vertical lines that cross it."""

    top: float
    bottom: float
    edges: tuple[float, ...]


def find_tables(segments: Sequence[Segment], rules: Sequence[Rule]) -> tuple[list[Table], list[Segment]]:
    """Tables from top to bottom, and the segments that stand in none.

    >>> rules = [Rule(0, y, 200, y) for y in (0, 20, 60)] + [Rule(x, 0, x, 60) for x in (0, 100, 200)]
    >>> words = [("复议申请", 5, 25), ("（件）", 5, 42), ("68", 105, 25)]
    >>> segments = [Segment(text, x, y, x + 40, y + 12, 12) for text, x, y in words]
    >>> tables, rest = find_tables(segments, rules)
    >>> [[cell.segment.text for cell in row] for row in tables[0].rows], rest
    ([['复议申请（件）', '68']], [])
    """
    tables: list[Table] = []
    used: set[int] = set()
    for bands in _grids(rules):
        frame = _Frame(bands, rules)
        held: dict[tuple[int, int], list[Segment]] = {}
        for number, segment in enumerate(segments):
            if number not in used and (place := frame.place(segment)) is not None:
                held.setdefault(place, []).append(segment)
                used.add(number)
        cells = tuple(frame.cell(place, held.get(place, [])) for place in sorted(frame.spans))
        if held:
            tables.append(Table(bands[0].top, bands[-1].bottom, cells, frame.edges))
    return tables, [segment for number, segment in enumerate(segments) if number not in used]


class _Frame:
    """The cells that lines draw: places between neighbouring lines, joined where no line parts them."""

    def __init__(self, bands: Sequence[_Band], rules: Sequence[Rule]) -> None:
        self._bands = bands
        self._level = [rule for rule in rules if rule.x1 - rule.x0 > _MIN_CELL]
        self.edges = tuple(_merged_places([edge for band in bands for edge in band.edges]))
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}  # rows and columns of each cell by its first place
        self._owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row, column in itertools.product(range(len(bands)), range(len(self.edges) - 1)):
            if (row, column) not in self._owner:
                self._add(row, column)

    def _add(self, row: int, column: int) -> None:
        last = column + 1
        while last < len(self.edges) - 1 and (row, last) not in self._owner and not self._parted(row, last):
            last += 1
        below = row + 1
        columns = range(column, last)
        while below < len(self._bands) and not any(
            self._underlined(below, at) or (below, at) in self._owner for at in columns
        ):
            below += 1
        self.spans[row, column] = below - row, last - column
        for place in itertools.product(range(row, below), columns):
            self._owner[place] = row, column

    def _parted(self, row: int, edge: int) -> bool:
        """Whether an upright line stands in a row at an edge."""
        return any(abs(found - self.edges[edge]) <= _NEAR for found in self._bands[row].edges)

    def _underlined(self, row: int, column: int) -> bool:
        """Whether a level line stands above a row over a column."""
        y, x = self._bands[row].top, (self.edges[column] + self.edges[column + 1]) / 2
        return any(abs((rule.top + rule.bottom) / 2 - y) <= _NEAR and rule.x0 <= x <= rule.x1 for rule in self._level)

    def place(self, segment: Segment) -> tuple[int, int] | None:
        """The first place of the cell in which the middle of a segment stands."""
        y, x = (segment.top + segment.bottom) / 2, (segment.x0 + segment.x1) / 2
        row = next((number for number, band in enumerate(self._bands) if band.top <= y < band.bottom), None)
        if row is None or not self.edges[0] <= x <= self.edges[-1]:
            return None
        column = max(number for number, edge in enumerate(self.edges[:-1]) if edge <= x)
        return self._owner[row, column]

    def cell(self, place: tuple[int, int], segments: list[Segment]) -> TableCell:
        """The cell that begins at a place, with its text."""
        row, column = place
        rows, columns = self.spans[place]
        left, right = self.edges[column], self.edges[column + columns]
        empty = Segment("", left, self._bands[row].top, right, self._bands[row].bottom, 0.0)
        return TableCell(merged_segment(segments) if segments else empty, row, column, rows, columns)


def _grids(rules: Sequence[Rule]) -> list[list[_Band]]:
    """Runs of touching bands with at least two cells somewhere."""
    level = [rule for rule in rules if rule.x1 - rule.x0 > _MIN_CELL]
    levels = _merged_places([(rule.top + rule.bottom) / 2 for rule in level])
    uprights = [rule for rule in rules if rule.bottom - rule.top > _MIN_CELL]
    if len(levels) < 2 or len(uprights) < 2:
        return []
    grids: list[list[_Band]] = []
    run: list[_Band] = []
    for top, bottom in itertools.pairwise(levels):
        middle = (top + bottom) / 2
        edges = _merged_places([(rule.x0 + rule.x1) / 2 for rule in uprights if rule.top < middle < rule.bottom])
        edges = _with_open_sides(edges, [rule for rule in level if abs((rule.top + rule.bottom) / 2 - top) <= _NEAR])
        if len(edges) >= 2:
            run.append(_Band(top, bottom, tuple(edges)))
        elif run:
            grids.append(run)
            run = []
    grids.append(run)
    return [run for run in grids if any(len(band.edges) >= 3 for band in run)]


def _with_open_sides(edges: list[float], above: Sequence[Rule]) -> list[float]:
    """Where columns part, with the ends of the lines above them where those run on beyond the outermost uprights."""
    if not edges or not above:
        return edges
    left, right = min(rule.x0 for rule in above), max(rule.x1 for rule in above)
    return [
        *([left] if left < edges[0] - _MIN_CELL else []),
        *edges,
        *([right] if right > edges[-1] + _MIN_CELL else []),
    ]


def _merged_places(places: list[float]) -> list[float]:
    """Places in order, those next to each other once."""
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > _NEAR:
            result.append(place)
    return result


def merged_segment(cell: Sequence[Segment]) -> Segment:
    """One segment with all the text of a cell, lines from top to bottom."""
    ordered = sorted(cell, key=lambda item: (round(item.top / max(item.size, 1.0)), item.x0))
    return Segment(
        "".join(item.text for item in ordered),
        min(item.x0 for item in cell),
        min(item.top for item in cell),
        max(item.x1 for item in cell),
        max(item.bottom for item in cell),
        max(item.size for item in cell),
        min(item.confidence for item in cell),
    )
