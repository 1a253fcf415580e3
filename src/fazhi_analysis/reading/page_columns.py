"""Columns of a page: found where a gutter parts two stacks of full lines, and never inside a table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from fazhi_analysis.reading.segment import Segment

MIN_LINES = 5
MIN_CHARACTERS = 9


class Block(NamedTuple):
    """Segments that read as one column; ``column`` is 0 across the page, 1 on the left, 2 on the right."""

    column: int
    segments: list[Segment]


def common_gutter(sheets: Sequence[Sequence[Segment]]) -> float | None:
    """The gutter that several sheets share, for those of their pages whose lines are too few or short to show it.

    >>> common_gutter([[], []]) is None
    True
    """
    places = [place for sheet in sheets if (place := _gutter(sheet)) is not None]
    near = [place for place in places if abs(place - median(places)) < 12]
    return median(near) if len(near) >= 2 and len(near) * 3 >= len(sheets) else None


def split_columns(segments: Sequence[Segment], shared: float | None = None) -> list[Block]:
    """Blocks of a page in reading order: one block, or bands of left and right columns between full-width lines.

    ``shared`` is a gutter known from other pages, used where hardly anything stands across it.

    >>> left = [Segment("左栏的文字都写满了一行", 50, y, 270, y + 10, 10) for y in range(100, 220, 20)]
    >>> right = [Segment("右栏的文字也写满了一行", 320, y, 540, y + 10, 10) for y in range(100, 220, 20)]
    >>> [(block.column, block.segments[0].text[:2]) for block in split_columns([*right, *left])]
    [(1, '左栏'), (2, '右栏')]
    """
    gutter = _gutter(segments)
    if gutter is None and shared is not None:
        across = sum(segment.x0 < shared < segment.x1 for segment in segments)
        gutter = shared if across * 5 <= len(segments) else None
    if gutter is None:
        return [Block(0, list(segments))] if segments else []
    blocks: list[Block] = []
    band: tuple[list[Segment], list[Segment]] = ([], [])
    full: list[Segment] = []
    for segment in sorted(segments, key=lambda item: item.top):
        if segment.x0 < gutter < segment.x1:
            blocks += [Block(number, column) for number, column in enumerate(band, start=1) if column]
            band = ([], [])
            full.append(segment)
            continue
        if full:
            blocks.append(Block(0, full))
            full = []
        band[segment.x0 >= gutter].append(segment)
    return blocks + [Block(number, rest) for number, rest in enumerate((full, *band)) if rest]


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Middle of the empty strip between two columns of prose, or None."""
    if len(segments) < 2 * MIN_LINES:
        return None
    size = median(segment.size for segment in segments)
    low, high = min(segment.x0 for segment in segments), max(segment.x1 for segment in segments)
    for place in dict.fromkeys(
        round(segment.x0 - size / 4, 1) for segment in sorted(segments, key=lambda item: item.x0)
    ):
        if not low + (high - low) * 0.25 < place < low + (high - low) * 0.75:
            continue
        left = [item for item in segments if item.x1 <= place]
        right = [item for item in segments if item.x0 >= place]
        if len(segments) - len(left) - len(right) > 0.2 * len(segments):
            continue
        if _is_column(left) and _is_column(right) and place - max(item.x1 for item in left) > 0.3 * size:
            return place
    return None


def _is_column(items: Sequence[Segment]) -> bool:
    """Whether these are lines of prose: enough of them, long, most of them reaching about the same right edge."""
    if len(items) < MIN_LINES or median(len(item.text) for item in items) < MIN_CHARACTERS:
        return False
    edge = max(item.x1 for item in items)
    return sum(edge - item.x1 < 2.5 * item.size for item in items) >= 0.5 * len(items)
