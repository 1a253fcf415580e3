"""Rows of a table without lines: the lines that wrap in their cells, the cells that reach over rows and columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from fazhi_analysis.reading.ruled_tables import Table, TableCell, merged_segment
from fazhi_analysis.reading.segment import Rule, Segment
from fazhi_analysis.reading.unruled.columns import Claim, Columns, shares
from fazhi_analysis.reading.unruled.heads import Head, read_heads
from fazhi_analysis.reading.unruled.lines import Line, is_figure, parting_rules
from fazhi_analysis.reading.unruled.stubs import Stub, numbered_stubs

_INSIDE = 0.95  # sizes of the type between middles of lines of one row, whatever stands above and below
_NEARER = 0.85  # of the step to the next row, below which a line belongs to the nearer one
_PITCH = 0.94  # of the step from row to row, below which lines are those of one cell
_WRAPPED = 1.8  # sizes between the middles of two lines of one cell

_Cell = tuple[int, int, int]  # the row, and the first and last column


def table_of(heads: Sequence[Line], body: Sequence[Line], rules: Sequence[Rule]) -> Table:
    """The table that lines of heads and lines of rows are.

    >>> def line(y, *words):
    ...     return Line(tuple(Segment(text, x, y, x + 10 * len(text), y + 10, 10) for text, x in words))
    >>> body = [line(20, ("公安局", 0), ("61", 60)), line(40, ("自然资", 0), ("17", 60)), line(52, ("源局", 0))]
    >>> table = table_of([line(0, ("单位", 0), ("件数", 55))], body, [])
    >>> [[cell.segment.text for cell in row] for row in table.rows]
    [['单位', '件数'], ['公安局', '61'], ['自然资源局', '17']]
    """
    columns, heads = _columns(heads, body)
    limit = min((word.x0 for line in body for word in line.words if is_figure(word.text)), default=0.0)
    named = numbered_stubs(body, limit - 1)
    stubs = sum(x1 < limit for _, x1 in columns.extents)
    found = read_heads(heads, columns, stubs, _PITCH * _pitch(heads, body))
    depth = max((head.level + 1 for head in found), default=0)
    cells = _head_cells(found, depth)
    rows = _rows(body, columns, parting_rules(body, rules))
    if named:
        cells, count, width = _with_stubs(cells, named, body, columns, limit, depth)
    else:
        cells += [
            TableCell(merged_segment(words), depth + row, first, 1, last - first + 1)
            for (row, first, last), words in _placed(rows, columns).items()
        ]
        count, width = len(rows), len(columns.extents)
        cells = _reaching(cells, depth, width)
    cells += _blanks(cells, range(depth, depth + count), width)
    lines = [*heads, *body]
    top = min(word.top for line in lines for word in line.words)
    bottom = max(word.bottom for line in lines for word in line.words)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(top, bottom, tuple(cells), columns.edges, columns.slack)


def _columns(heads: Sequence[Line], body: Sequence[Line]) -> tuple[Columns, list[Line]]:
    """The columns, and the heads parted where they run together over the gap between two columns."""
    columns = Columns([line.words for line in body if line.has_figures])
    columns.add_heads(
        [word for line in body if not line.has_figures for word in line.words if len(line.words) > 1], widen=False
    )
    parted = [Line(tuple(piece for word in line.words for piece in columns.parted(word))) for line in heads]
    columns.add_heads(_lowest(parted), widen=True)
    return columns, parted


def _pitch(heads: Sequence[Line], body: Sequence[Line]) -> float:
    """The step from row to row where both are one line."""
    figures = [line for line in body if line.has_figures]
    size = max(line.size for line in (*heads, *body))
    steps = [after.middle - before.middle for before, after in itertools.pairwise(figures)]
    return min((step for step in steps if step > size), default=1.7 * size)


def _head_cells(found: Sequence[Head], depth: int) -> list[TableCell]:
    """Cells of the heads, each down to the next one below it."""
    cells = []
    for head in found:
        below = [
            other.level
            for other in found
            if other.level > head.level and other.first <= head.last and head.first <= other.last
        ]
        tall = min(below, default=depth) - head.level
        cells.append(TableCell(merged_segment(head.words), head.level, head.first, tall, head.last - head.first + 1))
    return cells


def _with_stubs(
    cells: list[TableCell],
    named: tuple[list[Stub], int],
    body: Sequence[Line],
    columns: Columns,
    limit: float,
    depth: int,
) -> tuple[list[TableCell], int, int]:
    """Cells of heads and rows whose names are numbered on several levels, how many rows and columns there are."""
    stubs, levels = named
    before = sum(x1 < limit for _, x1 in columns.extents)
    shift = levels - before
    result = [
        cell._replace(column=0, columns=levels)
        if cell.column < before and cell.column + cell.columns <= before
        else cell._replace(
            column=max(cell.column, before) + shift, columns=cell.column + cell.columns - max(cell.column, before)
        )
        for cell in cells
    ]
    lines = [line for line in body if line.has_figures]
    for row, line in enumerate(lines):
        for word in line.words:
            if word.x0 >= limit - 1:
                first, last = columns.place(word)
                result.append(TableCell(word, depth + row, first + shift, 1, last - first + 1))
    for stub in stubs:
        covers = stub.last > stub.first or any(
            other.first <= stub.first <= other.last and other.depth > stub.depth for other in stubs
        )
        wide = 1 if covers else levels - stub.depth
        result.append(
            TableCell(merged_segment(stub.words), depth + stub.first, stub.depth, stub.last - stub.first + 1, wide)
        )
    return result, len(lines), len(columns.extents) + shift


def _lowest(heads: Sequence[Line]) -> list[Segment]:
    """The words of heads under which no other word of a head stands."""
    words = [(number, word) for number, line in enumerate(heads) for word in line.words]
    return [
        word
        for number, word in words
        if not any(after > number and min(word.x1, other.x1) > max(word.x0, other.x0) for after, other in words)
    ]


def _rows(body: Sequence[Line], columns: Columns, walls: Sequence[float]) -> list[list[Line]]:
    """Lines that are one row each: a row with figures and what wraps of its cells."""
    steps = [after.middle - before.middle for before, after in itertools.pairwise(body)]
    rows: list[list[Line]] = []
    for number, line in enumerate(body):
        if number and _one_row(rows[-1], line, steps[number:], steps[number - 1], columns, walls):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _one_row(
    row: list[Line], line: Line, after: list[float], before: float, columns: Columns, walls: Sequence[float]
) -> bool:
    """Whether a line belongs to the row of the line before it."""
    above = row[-1]
    if any(above.middle < wall < line.middle for wall in walls):
        return False
    if line.has_figures and any(one.has_figures for one in row):
        return False
    size = max(line.size, above.size)
    if before <= _INSIDE * size:
        return True
    if before > _WRAPPED * size or (len(line.words) > 1 and not line.has_figures):
        return False
    if line.has_figures:
        return len(row[0].words) == 1 and _is_full(above, line, columns)
    if after and before > _NEARER * after[0]:
        return before <= after[0] * 1.1 and _is_full(above, line, columns)
    return True


def _is_full(above: Line, line: Line, columns: Columns) -> bool:
    """Whether the cell over the first word of a line has no room left, so that the word can be the rest of it."""
    at = columns.place(line.words[0])
    over = [word for word in above.words if columns.place(word) == at]
    return bool(over) and columns.extents[at[1]][1] - over[-1].x1 < over[-1].size


def _placed(rows: Sequence[Sequence[Line]], columns: Columns) -> dict[_Cell, list[Segment]]:
    """The words of each cell of the rows."""
    held: dict[_Cell, list[Segment]] = {}
    for number, row in enumerate(rows):
        for line in row:
            alone = len(row) == 1 and len(line.words) == 1 and not is_figure(line.words[0].text)
            for word in line.words:
                first, last = columns.place(word)
                if alone and first > 0:
                    first, last = 0, len(columns.extents) - 1  # a phrase over the rows below it
                held.setdefault((number, first, last), []).append(word)
    return held


def _reaching(cells: list[TableCell], depth: int, width: int) -> list[TableCell]:
    """The cells, those of words in the middle beside several rows made to reach over them."""
    body = [cell for cell in cells if cell.row >= depth]
    stop = min((cell.column for cell in body if is_figure(cell.segment.text) and cell.columns < width), default=0)
    for column in range(stop - 1):
        mine = [cell for cell in body if cell.column == column and cell.columns == 1]
        beside = {cell.row: cell for cell in body if cell.column == column + 1}
        over = {cell.row for cell in body if cell.column <= column < cell.column + cell.columns and cell not in mine}
        rows = [row for row in sorted(beside) if row not in over]
        own = {cell.row for cell in mine}
        if not mine or not rows or rows[0] in own or not own < set(rows):
            continue  # the first row has its own: what follows without one goes on with it
        heights = [beside[row].segment.top + beside[row].segment.bottom for row in rows]
        claims = [Claim(rows.index(c.row), rows.index(c.row), c.segment.top + c.segment.bottom) for c in mine]
        spans = shares(claims, heights, [row not in own for row in rows])
        for cell, (first, last) in zip(mine, spans, strict=True):
            cells[cells.index(cell)] = cell._replace(row=rows[first], rows=rows[last] - rows[first] + 1)
    return cells


def _blanks(cells: Sequence[TableCell], rows: range, width: int) -> list[TableCell]:
    """Empty cells for the places of the rows that no word takes."""
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    height = {cell.row: cell.segment.bottom for cell in cells if cell.rows == 1}
    return [
        TableCell(Segment("", 0.0, height.get(row, 0.0), 0.0, height.get(row, 0.0), 0.0), row, column)
        for row in rows
        for column in range(width)
        if (row, column) not in taken
    ]
