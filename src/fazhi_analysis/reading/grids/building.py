"""A grid from rows that do not say what they span: heads, then rows of words and numbers; the heads of known forms."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import words
from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.grids.cells import Piece
from fazhi_analysis.reading.section_numbers import read_marker


class Builder:
    """A grid from rows that do not say what they span: heads, then rows of words and numbers."""

    def __init__(self) -> None:
        self._blocks: list[tuple[list[list[Piece]], list[tuple[list[Piece], list[Piece]]]]] = []
        self._numbers: list[Piece] = []

    def add_numbers(self, numbers: list[Piece]) -> None:
        """Numbers of rows, which stand in no column of figures."""
        self._numbers += numbers

    def add_heads(self, heads: list[Piece]) -> None:
        """A row of words."""
        if not self._blocks or self._blocks[-1][1]:
            self._blocks.append(([], []))
        self._blocks[-1][0].append(heads)

    def add_row(self, stubs: list[Piece], values: list[Piece]) -> None:
        """A row of words and numbers."""
        if not self._blocks:
            self._blocks.append(([], []))
        self._blocks[-1][1].append((stubs, values))

    def result(self) -> Grid | None:
        """The grid, or None without numbers."""
        deepest = max((len(stubs) for _, rows in self._blocks for stubs, _ in rows), default=0)
        cells: list[GridCell] = []
        number = 0
        for heads, rows in self._blocks:
            width = max((len(values) for _, values in rows), default=0)
            over = _head_cells(heads, width, deepest)
            cells += [cell._replace(row=cell.row + number) for cell in over]
            number += max((cell.row + 1 for cell in over), default=len(heads))
            above: list[Piece] = []
            for stubs, values in rows:
                path = _inherited(stubs, above, deepest)
                for column, piece in enumerate(path):
                    last = column == len(path) - 1
                    span = deepest - column if last else 1
                    if piece in stubs:
                        cells.append(GridCell(piece.start, piece.end, number, column, 1, span))
                    else:
                        cells[:] = _stretched(cells, piece, number)
                cells += [GridCell(v.start, v.end, number, deepest + at) for at, v in enumerate(values)]
                above, number = path, number + 1
        cells += [GridCell(piece.start, piece.end, 0, 0, 1, 0) for piece in self._numbers]
        cells.sort(key=lambda cell: cell.start)
        return Grid(tuple(cells)) if any(rows for _, rows in self._blocks) else None


def _stretched(cells: list[GridCell], piece: Piece, row: int) -> list[GridCell]:
    """The cells, with the one of a piece reaching down to a row."""
    return [
        cell._replace(row_span=row - cell.row + 1, column_span=1) if cell.start == piece.start else cell
        for cell in cells
    ]


def _inherited(stubs: list[Piece], above: list[Piece], deepest: int) -> list[Piece]:
    """The words of a row after those of the rows above that its number stands below ("（三）" over "2.")."""
    if not stubs or len(stubs) >= deepest:
        return stubs
    first = read_marker(stubs[0].text)
    if first is None:
        return stubs
    outer = [piece for piece in above if (marker := read_marker(piece.text)) and marker.rank < first.rank]
    return [*outer, *stubs][-deepest:] if len(outer) + len(stubs) <= deepest else stubs


def _head_cells(heads: list[list[Piece]], width: int, deepest: int) -> list[GridCell]:
    """Cells of the heads over ``width`` columns of numbers that stand behind ``deepest`` columns of words."""
    cells: list[GridCell] = []
    form = known_form([piece for row in heads for piece in row], width)
    for number, row in enumerate(heads):
        if len(row) == 1 and not (width == 1 and number == len(heads) - 1):
            cells.append(GridCell(row[0].start, row[0].end, number, 0, 1, deepest + width))
        elif not form and number + 1 < len(heads) and (each := _recurring(heads[number + 1], width, len(row))):
            cells += [
                GridCell(piece.start, piece.end, number, deepest + at * each, 1, each) for at, piece in enumerate(row)
            ]
        elif form or len(row) not in (width, width + 1):
            cells += [GridCell(piece.start, piece.end, number, 0, 1, 0) for piece in row]
        else:
            if len(row) > width:
                cells.append(GridCell(row[0].start, row[0].end, number, 0, 1, deepest))
            cells += [GridCell(piece.start, piece.end, number, deepest + at) for at, piece in enumerate(row[-width:])]
    last = len(heads) - 1
    for head in form:
        cells = [cell for cell in cells if not (head.start <= cell.start < head.end)]
        cells.append(GridCell(head.start, head.end, last + head.level, deepest + head.column, 1, head.columns))
    return cells


def _recurring(below: list[Piece], width: int, count: int) -> int:
    """How many columns each of ``count`` heads covers over heads that recur (收案 结案 收案 结案 under two), else 0."""
    texts = [piece.text for piece in below[-width:]]
    each = width // count
    recurs = count > 1 and each > 1 and each * count == width == len(texts) and texts == texts[:each] * count
    return each if recurs else 0


class _Head(NamedTuple):
    """A head of a prescribed table: its place in the text, its first column and how many it covers, its level."""

    start: int
    end: int
    column: int
    columns: int
    level: int


def known_form(pieces: list[Piece], width: int, *, whole: bool = False) -> list[_Head]:
    """Heads of a prescribed table whose columns the print does not show; empty for any other table.

    ``whole`` asks for every head as often as the form has it; else the last stands for those that are missing.
    """
    for form in words("table forms"):
        paths = [name.split(":") for name in form.split("/")]
        if len(paths) != width:
            continue
        places = {name: _occurrences(pieces, name) for path in paths for name in path}
        needed = Counter(path[-1] for path in paths)
        if all(len(places[name]) >= (count if whole else 1) for name, count in needed.items()):
            return _heads_of_form(paths, places)
    return []


def _heads_of_form(paths: list[list[str]], places: dict[str, list[tuple[int, int]]]) -> list[_Head]:
    """The heads over the columns, and those above them, each over the columns that the form puts below it."""
    deepest = max(map(len, paths)) - 1
    seen: Counter[str] = Counter()
    result = []
    for column, path in enumerate(paths):
        found = places[path[-1]]
        result.append(_Head(*found[min(seen[path[-1]], len(found) - 1)], column, 1, deepest))
        seen[path[-1]] += 1
    for level in range(deepest):
        for name in dict.fromkeys(path[level] for path in paths if len(path) > level + 1):
            columns = [column for column, path in enumerate(paths) if path[level : level + 1] == [name]]
            result += [_Head(*place, columns[0], len(columns), level) for place in places[name][:1]]
    return result


def _occurrences(pieces: list[Piece], name: str) -> list[tuple[int, int]]:
    """Where pieces, one or several in a row (a head that wraps), make up a name."""
    found = []
    for index in range(len(pieces)):
        text = ""
        for piece in pieces[index:]:
            text += re.sub(r"\s", "", piece.text)
            if not name.startswith(text):
                break
            if text == name:
                found.append((pieces[index].start, piece.end))
                break
    return found or _torn(pieces, name)


def with_whole_heads(pieces: list[Piece]) -> list[Piece]:
    """Heads with the lines that they wrap to: units in brackets, and names that prescribed tables have.

    >>> whole = with_whole_heads([Piece(0, 4, "没收违法"), Piece(5, 14, "所得、没收非法财物"), Piece(15, 17, "合计")])
    >>> [piece.text for piece in whole]
    ['没收违法所得、没收非法财物', '合计']
    """
    result: list[Piece] = []
    for piece in pieces:
        before = result[-1] if result else None
        text = f"{before.text}{piece.text}" if before else ""
        if before and (piece.text[0] in "（(" or any(name.startswith(text) for name in words("prescribed heads"))):
            result[-1] = Piece(before.start, piece.end, text)
        else:
            result.append(piece)
    return result


def _torn(pieces: list[Piece], name: str) -> list[tuple[int, int]]:
    """Where first lines of a name stand whose rest is in a later row of heads (商业, 科研 over 企业, 机构)."""
    texts = [re.sub(r"\s", "", piece.text) for piece in pieces]
    return [
        (pieces[at].start, pieces[at].end)
        for at, text in enumerate(texts)
        if len(text) > 1 and name.startswith(text) and name[len(text) :] in texts[at + 1 :]
    ]
