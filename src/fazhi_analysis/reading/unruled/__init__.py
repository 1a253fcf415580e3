"""Tables of a page that no lines draw: rows of words that stand one below the other.

Rows with figures show where the columns are; the lines over them are heads, and lines near one row and far from the
next are what wraps of its cells.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from fazhi_analysis.reading.ruled_tables import Table
from fazhi_analysis.reading.section_numbers import starts_block
from fazhi_analysis.reading.segment import Rule, Segment
from fazhi_analysis.reading.unruled.lines import Line, is_figure, lines_of, parting_rules
from fazhi_analysis.reading.unruled.rows import table_of

_FARTHEST = 4.5  # sizes of the type between two lines of one table
_FARTHEST_HEAD = 3.4
_NEXT_LINE = 1.9  # sizes of the type between two lines of one head
_NUMBERS = 1.7
_MOST_BETWEEN = 4  # lines without figures between two rows
_MOST_HEADS = 8
_SAME_TYPE = 1.2


def find_unruled(segments: Sequence[Segment], rules: Sequence[Rule]) -> tuple[list[Table], list[Segment]]:
    """Tables from top to bottom, and the segments that stand in none.

    >>> rows = [("项目", "数量"), ("复议", "61"), ("应诉", "40")]
    >>> words = [
    ...     Segment(text, x, 20 * y, x + 20, 20 * y + 10, 10)
    ...     for y, row in enumerate(rows)
    ...     for text, x in zip(row, (50, 200))
    ... ]
    >>> tables, rest = find_unruled(words, [])
    >>> [[cell.segment.text for cell in row] for row in tables[0].rows], rest
    ([['项目', '数量'], ['复议', '61'], ['应诉', '40']], [])
    """
    lines = lines_of(segments)
    tables: list[Table] = []
    begin = 0
    while begin < len(lines):
        stop = _rows_from(lines, begin)
        if stop == begin:
            begin += 1
            continue
        first = _first_head(lines, begin, rules, tables[-1].bottom if tables else 0.0)
        last = _last_line(lines, begin, stop)
        if _is_table(lines[begin:stop], heads=begin - first):
            tables.append(table_of(lines[first:begin], lines[begin:last], rules))
        begin = last
    used = [(table.top, table.bottom) for table in tables]
    rest = [item for item in segments if not any(top <= (item.top + item.bottom) / 2 <= low for top, low in used)]
    return tables, rest


def _rows_from(lines: Sequence[Line], begin: int) -> int:
    """One past the last row with figures of a table that begins at a row with figures."""
    if not lines[begin].has_figures:
        return begin
    stop = begin + 1
    for at in range(begin + 1, len(lines)):
        line = lines[at]
        far = line.middle - lines[at - 1].middle > _FARTHEST * line.size
        if far or line.is_prose or line.is_caption or at - stop > _MOST_BETWEEN:
            break
        if line.has_figures:
            stop = at + 1
    return stop


def _is_table(rows: Sequence[Line], heads: int) -> bool:
    """Whether rows are a table: figures of several stand one below the other, or one has several under heads."""
    figures = [[word for word in row.words if is_figure(word.text)] for row in rows if row.has_figures]
    if len(figures) == 1:
        return heads > 0 and len(figures[0]) > 1
    return any(
        min(word.x1, other.x1) > max(word.x0, other.x0)
        for above, below in itertools.pairwise(figures)
        for word in above
        for other in below
    )


def _first_head(lines: Sequence[Line], begin: int, rules: Sequence[Rule], floor: float) -> int:
    """The first line of heads over a row."""
    first = begin
    walls = parting_rules(lines[begin : begin + 1], rules)
    left, right = lines[begin].words[0].x0, lines[begin].words[-1].x1
    size = _type_of(lines[begin])
    while first > 0 and begin - first < _MOST_HEADS:
        line, below = lines[first - 1], lines[first]
        if line.is_prose or line.is_caption or line.middle <= floor:
            break
        if below.middle - line.middle > _FARTHEST_HEAD * size or line.size > _SAME_TYPE * size:
            break
        if first < begin and any(line.middle < wall < below.middle for wall in walls):
            break
        reach = _FARTHEST_HEAD if first == begin else _NEXT_LINE
        if len(line.words) == 1 and (below.middle - line.middle > reach * size or not _can_head(line, left, right)):
            break
        first -= 1
    while first < begin and len(lines[first].words) == 1 and _over_all(lines[first], left, right):
        first += 1
    return begin if all(len(line.words) == 1 for line in lines[first:begin]) else first


def _type_of(row: Line) -> float:
    """The size of the type of a row; of numbers alone it is known from their height only, which is less."""
    return row.size * (1.0 if any(word.text >= "\u2e80" for word in row.words) else _NUMBERS)


def _can_head(line: Line, left: float, right: float) -> bool:
    """Whether a line with one word can be a line of a head: no wider than part of the table, and over it."""
    word = line.words[0]
    return word.x1 - word.x0 < (right - left) / 2 and left - word.size <= word.x0


def _over_all(line: Line, left: float, right: float) -> bool:
    """Whether the one word of a line stands in the middle over all of the table, as a title does."""
    word = line.words[0]
    return abs((word.x0 + word.x1) - (left + right)) / 2 < word.size and word.x1 - word.x0 > (right - left) / 3


def _last_line(lines: Sequence[Line], begin: int, stop: int) -> int:
    """One past the last line that belongs to the rows: what wraps of the last row's cells."""
    left, right = lines[begin].words[0].x0, max(line.words[-1].x1 for line in lines[begin:stop])
    steps = [after.middle - before.middle for before, after in itertools.pairwise(lines[begin:stop])]
    usual = 0.85 * min(steps, default=1.9 * lines[begin].size)
    while stop < len(lines):
        line, before = lines[stop], lines[stop - 1]
        step = line.middle - before.middle
        inside = left - line.size / 2 <= line.words[0].x0 and line.words[-1].x1 <= right + line.size / 2
        if (
            line.is_prose
            or line.is_caption
            or starts_block(line.words[0].text)
            or not inside
            or step > min(1.7 * line.size, usual)
        ):
            break
        if len(line.words) == 1 and line.words[0].x1 - line.words[0].x0 > (right - left) / 2:
            break
        stop += 1
    return stop
