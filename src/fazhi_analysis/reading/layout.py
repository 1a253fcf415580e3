"""From pieces of text with places on a page to running text: headers, columns, tables, lines and paragraphs.

Serves PDF and OCR alike. Lengths are in any unit, as long as a page keeps to one; ``top`` grows downwards.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.headers_and_footers import without_margins
from fazhi_analysis.reading.page_columns import common_gutter, split_columns
from fazhi_analysis.reading.ruled_tables import Table, TableCell, find_tables
from fazhi_analysis.reading.section_numbers import starts_block
from fazhi_analysis.reading.segment import Page, Segment
from fazhi_analysis.reading.unruled import find_unruled

_ENDED = re.compile(r"[。！？；：…!?;:][”’」』）)】》]*$")
# What lines never break: Latin words and numbers, marks and what they cling to; quotes cling on both sides.
_TOKEN = re.compile(
    r"[“‘《（(〈【]*(?:[A-Za-z0-9.,%〔〕+\-]+|.)(?:[，。；：、！？）》’％]|[“”‘’]+(?:[A-Za-z0-9.,%+\-]+|.)?)*",
    re.DOTALL,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A line of a column or a row of a table (numbered in the document), with the edges of the column it stands in."""

    segments: tuple[Segment, ...]
    page: int
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    cells: tuple[TableCell, ...] = ()  # of a table, one a segment
    table: int = -1

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.segments[-1].x1

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(segment.bottom for segment in self.segments)

    @property
    def size(self) -> float:
        """Height of the tallest characters."""
        return max(segment.size for segment in self.segments)

    @property
    def text(self) -> str:
        """Cells with a tab between them."""
        return "\t".join(segment.text for segment in self.segments)


class Habits(NamedTuple):
    """What is usual in a document: the step from line to line in heights of a character, the height of its characters,
    and whether its paragraphs begin with an indent.
    """

    pitch: float
    size: float
    indents: bool


class Laid(NamedTuple):
    """Running text, (offset, label) of each page, (start, end, confidence) of each recognised piece, and the tables."""

    text: str
    pages: tuple[tuple[int, str], ...]
    spans: tuple[tuple[int, int, float], ...]
    grids: tuple[Grid, ...] = ()


def lay_out(pages: Sequence[Page]) -> Laid:
    """Text of pages: repeated headers and footers and page numbers dropped, columns one after the other, table rows
    with tabs between cells, lines and page-split sentences rejoined.

    >>> line, number = Segment("全年办结案件三十", 90, 700, 506, 716, 16), Segment("- 1 -", 290, 800, 310, 812, 12)
    >>> rest = Segment("二件。", 90, 80, 138, 96, 16)
    >>> lay_out([Page([line, number], 595, 842, "1"), Page([rest], 595, 842, "2")]).text
    '全年办结案件三十二件。\\n'
    """
    rows: list[Row] = []
    sheets = [_tables(kept, page) for page, kept in zip(pages, without_margins(pages), strict=True)]
    gutter = common_gutter([free for _, free in sheets])
    above: Table | None = None
    count = down = 0
    for index, (tables, free) in enumerate(sheets):
        for table in tables:
            before = _prose([item for item in free if item.top < table.top], index, gutter)
            rows += before
            if above is None or before or not _goes_on(above, table):
                count, down = count + 1, 0
            for cells in table.rows:
                placed = tuple(cell._replace(row=cell.row + down) for cell in cells)
                rows.append(Row(tuple(cell.segment for cell in cells), index, cells=placed, table=count))
            down += table.cells[-1].row + 1
            free = [item for item in free if item.top >= table.top]
            above = table
        above = None if free else above
        rows += _prose(free, index, gutter)
    return _write(_with_edges(rows, pages), pages)


def _tables(segments: Sequence[Segment], page: Page) -> tuple[list[Table], list[Segment]]:
    """Tables of a page from top to bottom, those with lines and those without, and what stands in none."""
    ruled, free = find_tables(segments, page.rules)
    unruled, free = find_unruled(free, page.rules)
    return sorted([*ruled, *unruled], key=lambda table: table.top), free


def _goes_on(above: Table, table: Table) -> bool:
    """Whether a table is the rest of the one before: nothing stands between them, and the columns are the same."""
    return len(above.edges) == len(table.edges) and all(
        abs(first - second) < min(above.slack, table.slack)
        for first, second in zip(above.edges, table.edges, strict=True)
    )


def _prose(segments: Sequence[Segment], page: int, gutter: float | None) -> list[Row]:
    """Rows of what stands in no ruled table, one column after the other."""
    blocks = split_columns(segments, gutter)
    return [Row(line, page, block.column) for block in blocks for line in _lines(block.segments)]


def _lines(segments: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """Segments that share a line, left to right, lines from top to bottom."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda item: (item.top + item.bottom, item.x0)):
        middle = (segment.top + segment.bottom) / 2
        if lines:
            first = lines[-1][-1]
            same = (
                first.top <= middle <= first.bottom or segment.top <= (first.top + first.bottom) / 2 <= segment.bottom
            )
            free = all(
                segment.x0 > other.x1 - other.size / 2 or segment.x1 < other.x0 + other.size / 2 for other in lines[-1]
            )
            if same and free:
                lines[-1].append(segment)
                continue
        lines.append([segment])
    return [_joined(sorted(line, key=lambda item: item.x0)) for line in lines]


def _joined(line: list[Segment]) -> tuple[Segment, ...]:
    """Neighbours with hardly a gap become one segment."""
    result = [line[0]]
    for segment in line[1:]:
        last = result[-1]
        if segment.x0 - last.x1 < 1.5 * max(last.size, segment.size):
            apart = segment.x0 - last.x1 > 0.2 * last.size
            space = " " if apart and last.text[-1:].isascii() and segment.text[:1].isascii() else ""
            result[-1] = Segment(
                last.text + space + segment.text,
                last.x0,
                min(last.top, segment.top),
                segment.x1,
                max(last.bottom, segment.bottom),
                max(last.size, segment.size),
                min(last.confidence, segment.confidence),
            )
        else:
            result.append(segment)
    return tuple(result)


def _with_edges(rows: list[Row], pages: Sequence[Page]) -> list[Row]:
    """Rows with the edges of the column that they stand in, which columns at the same place on all pages share."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.column, round(pages[row.page].width / 20)), []).append(row)
    edges = {
        key: _edges(members, pages[members[0].page].width if key[0] == 0 else 0.0) for key, members in groups.items()
    }
    return [
        dataclasses.replace(row, left=left, right=right)
        for row in rows
        for left, right in [edges[row.column, round(pages[row.page].width / 20)]]
    ]


def _edges(members: Sequence[Row], width: float) -> tuple[float, float]:
    """Left and right edge of a column, from its longer lines; of a column across a page of this width, where no two
    lines break off at one place, the right margin is as wide as the left.
    """
    prose = [row for row in members if len(row.segments) == 1] or members
    widest = max(row.x1 - row.x0 for row in prose)
    long = [row for row in prose if row.x1 - row.x0 >= 0.7 * widest]
    grid = max(long[0].size / 2, 1.0)
    counts = Counter(round(row.x0 / grid) for row in long)
    first = min(place for place, count in counts.items() if count * 4 >= len(long) or count == max(counts.values()))
    left = min(row.x0 for row in long if abs(row.x0 / grid - first) <= 1)
    # A mark may hang over the margin; lines that end in none tell where it is, when there are enough of them.
    plain = [row.x1 for row in long if row.text[-1:] not in "，。；：、”）"]
    right = max(plain if len(plain) >= 3 else (row.x1 for row in long))
    full = (row for row in long if not _ENDED.search(row.text))
    shown = sum(abs(row.x1 - right) < 1.5 * row.size for row in full) > 1
    return left, right if shown else max(right, width - min(left, *(row.x0 for row in prose)))


def _write(rows: Sequence[Row], pages: Sequence[Page]) -> Laid:
    """Join rows to paragraphs and note where pages and recognised pieces come to stand."""
    pieces: list[str] = []
    length = 0
    starts: list[tuple[int, str]] = []
    spans: list[tuple[int, int, float]] = []
    page = -1
    tables: dict[int, list[GridCell]] = {}
    habits = _habits(rows)
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        if before is not None:
            glue = _glue(before, row, habits)
            pieces.append(glue)
            length += len(glue)
        while page < row.page:
            page += 1
            starts.append((length, pages[page].label))
        for index, segment in enumerate(row.segments):
            if index:
                pieces.append("\t")
                length += 1
            pieces.append(segment.text)
            if row.cells:
                cell = row.cells[index]
                end = length + len(segment.text)
                tables.setdefault(row.table, []).append(GridCell(length, end, *cell[1:]))
            if segment.confidence < 1:
                spans.append((length, length + len(segment.text), round(segment.confidence, 4)))
            length += len(segment.text)
    if rows:
        pieces.append("\n")
    grids = tuple(Grid(tuple(cells)) for cells in tables.values())
    return Laid("".join(pieces), tuple(starts), tuple(spans), grids)


def _habits(rows: Sequence[Row]) -> Habits:
    """What is usual in these rows."""
    prose = [row for row in rows if len(row.segments) == 1]
    if not prose:
        return Habits(1.5, 0.0, False)
    steps = [
        (after.top - before.top) / after.size
        for before, after in itertools.pairwise(prose)
        if before.page == after.page and 0 < after.top - before.top < 4 * after.size
    ]
    indented = sum(0.9 * row.size < row.x0 - row.left < 3 * row.size for row in prose)
    size = sorted(row.size for row in prose)[len(prose) // 2]
    return Habits(sorted(steps)[len(steps) // 2] if steps else 1.5, size, indented * 12 >= len(prose) and indented >= 2)


def _glue(before: Row, row: Row, habits: Habits) -> str:
    """What stands between two rows: a break, nothing, or a space between two Latin words."""
    if _breaks(before, row, habits):
        return "\n"
    last, first = before.text[-1:], row.text[:1]
    return " " if last.isascii() and last.isalpha() and first.isascii() and first.isalpha() else ""


def _breaks(before: Row, row: Row, habits: Habits) -> bool:
    """Whether a paragraph begins with this row."""
    sizes = sorted((row.size, before.size))
    if len(before.segments) > 1 or len(row.segments) > 1 or sizes[1] > 1.25 * sizes[0]:
        return True
    gap = row.top - before.top
    title = sizes[0] > 1.15 * habits.size
    if before.page == row.page and gap >= 0 and gap > (habits.pitch + (1.4 if title else 0.9)) * row.size:
        return True
    ended = _ENDED.search(before.text) is not None
    if title or (_centred(before) and _centred(row)):
        return ended or starts_block(row.text) or (not title and gap > (habits.pitch + 0.4) * row.size)
    if row.x0 > row.left + 0.9 * row.size or (ended and starts_block(row.text) and not habits.indents):
        return True
    return before.x1 + _needed(row) < before.right - 0.7 * row.size


def _needed(row: Row) -> float:
    """Room that the first word of a row would have needed at the end of the row before."""
    token = _TOKEN.match(row.text)
    return sum(0.55 if char.isascii() else 1.0 for char in token.group()) * row.size if token else row.size


def _centred(row: Row) -> bool:
    """Whether a row stands in the middle of its column with room on both sides."""
    before, after = row.x0 - row.left, row.right - row.x1
    return before > 2.5 * row.size and after > 2.5 * row.size and abs(before - after) < 2 * row.size
