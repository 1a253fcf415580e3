"""Names of rows that are numbered on several levels (三、 over （一） over 1.), as prescribed tables have them.

Their numbers say which name stands over which, where a page without lines shows only words in the middle of the rows
that they cover.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import mean
from typing import NamedTuple

from fazhi_analysis.reading.section_numbers import Marker, read_marker
from fazhi_analysis.reading.segment import Segment
from fazhi_analysis.reading.unruled.lines import Line, is_figure

_NEXT_LINE = 2.0  # sizes of the type between the middles of two lines of one name
_MOST = 0.6  # of the names that have a number where numbers order them


class Stub(NamedTuple):
    """A name of rows: its words from above, its number, the rows that it covers, and how deep it stands."""

    words: tuple[Segment, ...]
    marker: Marker
    first: int = 0
    last: int = 0
    depth: int = 0


def numbered_stubs(body: Sequence[Line], limit: float) -> tuple[list[Stub], int] | None:
    """The names left of ``limit`` with the rows that they cover, and how many levels there are; None where numbers do
    not order them. Rows are the lines with figures, counted from 0.

    >>> def line(y, *words):
    ...     return Line(tuple(Segment(text, x, y, x + 10 * len(text), y + 10, 10) for text, x in words))
    >>> names = [("一、新收", 30), ("（一）公开", 60), ("（二）不予", 60), ("三、结转", 30)]
    >>> lines = [line(20 * row, word, ("7", 150)) for row, word in enumerate(names)]
    >>> lines.insert(2, line(30, ("二、结果", 0)))
    >>> stubs, depth = numbered_stubs(lines, 140)
    >>> [(stub.marker.printed, stub.first, stub.last, stub.depth) for stub in stubs], depth
    ([('一、', 0, 0, 0), ('二、', 1, 2, 0), ('（一）', 1, 1, 1), ('（二）', 2, 2, 1), ('三、', 3, 3, 0)], 2)
    """
    names = _joined([word for line in body for word in line.words if word.x1 <= limit and not is_figure(word.text)])
    markers = [read_marker(name[0].text) for name in names]
    ranks = sorted({marker.rank for marker in markers if marker})
    rows = [mean((w.top + w.bottom) / 2 for w in line.words if w.x0 > limit) for line in body if line.has_figures]
    if len(ranks) < 2 or sum(map(bool, markers)) < _MOST * len(names) or len(rows) < 3:
        return None
    numbered = [Stub(tuple(name), marker) for name, marker in zip(names, markers, strict=True) if marker]
    own: list[Stub | None] = []
    for row in rows:
        near = [stub for stub in numbered if _stands_at(stub, row)]
        own.append(max(near, key=lambda stub: (stub.marker.rank, -abs(_middle(stub) - row)), default=None))
    if not all(own):
        return None
    placed = [stub._replace(first=row, last=row) for row, stub in enumerate(own) if stub]
    placed += [_covering(stub, placed, rows) for stub in numbered if stub not in own]
    result = [stub._replace(depth=ranks.index(stub.marker.rank)) for stub in placed]
    return sorted(result, key=lambda stub: (stub.first, stub.depth)), len(ranks)


def _joined(words: Sequence[Segment]) -> list[list[Segment]]:
    """Names with the lines that they wrap to: a word without a number goes on with the nearest one over it."""
    names: list[list[Segment]] = []
    for word in words:
        over = [
            name
            for name in names
            if 0 < (word.top + word.bottom - name[-1].top - name[-1].bottom) / 2 < _NEXT_LINE * word.size
            and min(word.x1, name[-1].x1) - max(word.x0, name[-1].x0) > (word.x1 - word.x0) / 2
        ]
        if over and read_marker(word.text) is None:
            over[-1].append(word)
        else:
            names.append([word])
    return names


def _middle(stub: Stub) -> float:
    return (stub.words[0].top + stub.words[-1].bottom) / 2


def _stands_at(stub: Stub, row: float) -> bool:
    """Whether a name begins, or has its middle, at the height of a row."""
    first = stub.words[0]
    return min(abs((first.top + first.bottom) / 2 - row), abs(_middle(stub) - row)) < first.size * 0.7


def _covering(stub: Stub, own: Sequence[Stub], rows: Sequence[float]) -> Stub:
    """A name with the rows around its middle whose own names are numbered below it, from a first one to the next."""
    nearest = min(range(len(rows)), key=lambda row: abs(rows[row] - _middle(stub)))
    blocks: list[list[int]] = []
    for deeper, run in itertools.groupby(range(len(rows)), key=lambda row: own[row].marker.rank > stub.marker.rank):
        block = list(run)
        if not deeper:
            continue
        highest = min(own[row].marker.rank for row in block)
        for row in block:
            begins = own[row].marker.rank == highest and own[row].marker.value == 1
            if begins or row == block[0]:
                blocks.append([])
            blocks[-1].append(row)
    near = [block for block in blocks if nearest in block]
    block = min(near or blocks, key=lambda one: abs(mean(rows[row] for row in one) - _middle(stub)), default=[nearest])
    return stub._replace(first=block[0], last=block[-1])
