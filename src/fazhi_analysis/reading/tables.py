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


class Table(NamedTuple):
    """Rows of cells (empty cells have an empty text) between two heights of a page."""

    top: float
    bottom: float
    rows: tuple[tuple[Segment, ...], ...]


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
    >>> [[cell.text for cell in row] for row in tables[0].rows], rest
    ([['复议申请（件）', '68']], [])
    """
    tables: list[Table] = []
    used: set[int] = set()
    for bands in _grids(rules):
        rows: list[tuple[Segment, ...]] = []
        for band in bands:
            cells: list[list[Segment]] = [[] for _ in band.edges[1:]]
            for number, segment in enumerate(segments):
                if number not in used and (place := _cell(segment, band)) >= 0:
                    cells[place].append(segment)
                    used.add(number)
            if any(cells):
                rows.append(tuple(_merged(cell, band, place) for place, cell in enumerate(cells)))
        if rows:
            tables.append(Table(bands[0].top, bands[-1].bottom, tuple(rows)))
    return tables, [segment for number, segment in enumerate(segments) if number not in used]


def _grids(rules: Sequence[Rule]) -> list[list[_Band]]:
    """Runs of touching bands with at least two cells somewhere."""
    levels = _merged_places([(rule.top + rule.bottom) / 2 for rule in rules if rule.x1 - rule.x0 > _MIN_CELL])
    uprights = [rule for rule in rules if rule.bottom - rule.top > _MIN_CELL]
    if len(levels) < 2 or len(uprights) < 2:
        return []
    grids: list[list[_Band]] = []
    run: list[_Band] = []
    for top, bottom in itertools.pairwise(levels):
        middle = (top + bottom) / 2
        edges = _merged_places([(rule.x0 + rule.x1) / 2 for rule in uprights if rule.top < middle < rule.bottom])
        if len(edges) >= 2:
            run.append(_Band(top, bottom, tuple(edges)))
        elif run:
            grids.append(run)
            run = []
    grids.append(run)
    return [run for run in grids if any(len(band.edges) >= 3 for band in run)]


def _merged_places(places: list[float]) -> list[float]:
    """Places in order, those next to each other once."""
    result: list[float] = []
    for place in sorted(places):
        if not result or place - result[-1] > _NEAR:
            result.append(place)
    return result


def _cell(segment: Segment, band: _Band) -> int:
    """Index of the cell in which the middle of a segment stands, or -1."""
    y, x = (segment.top + segment.bottom) / 2, (segment.x0 + segment.x1) / 2
    if not band.top <= y < band.bottom or not band.edges[0] <= x <= band.edges[-1]:
        return -1
    return max(number for number, edge in enumerate(band.edges[:-1]) if edge <= x)


def _merged(cell: list[Segment], band: _Band, place: int) -> Segment:
    """One segment with all the text of a cell, lines from top to bottom."""
    if not cell:
        return Segment("", band.edges[place], band.top, band.edges[place + 1], band.bottom, 0.0)
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
