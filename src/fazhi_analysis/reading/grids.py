"""Tables of a text as grids of cells: rows between pipes or tabs, and the "one cell a line" of a copied page.

What a format marks as a table comes as a grid already; this module finds those that are only printed. A printed table
says nothing of cells that span rows or columns: a row that lacks its first cells goes on with those above, and heads
whose columns cannot be told cover none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from fazhi_analysis.catalogue.units import measure_words
from fazhi_analysis.catalogue.words import pattern, words
from fazhi_analysis.model import Grid, GridCell
from fazhi_analysis.reading.markers import read_marker

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_SPACE = " \t\u00a0\u3000\u200b\ufeff"
_BAR_RULE = re.compile(r"[\s|:+\-—]*-{2}[\s|:+\-—]*")
_SENTENCE = re.compile(r"[。；！？]|[，,].*[，,]")
_LONGEST_CELL = 40
_BORDER = re.compile(r"[|\t]")
_VALUE = re.compile(
    r"[±+\-−－–]?\s*(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?\s*[%％‰]?"
    r"|[零〇]|[/／]|[-－—–―─]{1,4}"
)
_SPANNED = re.compile(r"[\s\u3000]*\|(?:[\s\u3000]*\|)+[\s\u3000]*")
_SERIAL_HEAD = pattern("^(?:<serial heads>)$")
_CAPTION = pattern("<table captions>|^第.{1,8}[条项款]|[:：]$|^[（(].*[）)]$")
_CORNER = pattern("^(?:<table corners>)$")


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
    return any(is_value(text[cell.start : cell.end].strip(_SPACE)) for cell in grid.cells if cell.end > cell.start)


def find_grids(text: str, known: Sequence[Grid] = ()) -> tuple[Grid, ...]:
    """Tables in text order: those that the format knows, and those that are printed between them.

    >>> text = "单位：件\\n|  | 2023年 | 2024年 |\\n|---|---|---|\\n| 行政复议 | 61 | 66 |"
    >>> [(text[cell.start : cell.end], cell.row, cell.column) for cell in find_grids(text)[0].cells]
    [('', 0, 0), ('2023年', 0, 1), ('2024年', 0, 2), ('行政复议', 1, 0), ('61', 1, 1), ('66', 1, 2)]
    """
    taken = [(grid.start, grid.end) for grid in known]
    lines = [
        line
        for match in _LINE.finditer(text)
        if match.group().strip(_SPACE) and not any(start < match.end() and match.start() < end for start, end in taken)
        for line in (_Line(match.start(), match.end(), match.group()),)
    ]
    found = [*known]
    for run, in_rows in _runs(text, lines):
        grids = [_rows_grid(run)] if in_rows else _streamed(run)
        found += [grid for grid in grids if grid is not None and holds_values(grid, text)]
    return tuple(sorted(found, key=lambda grid: grid.start))


class _Line(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def cells(self) -> list[Piece]:
        """Pieces between the borders of a line; the outer pipes are no borders."""
        text, start = self.text, self.start
        lead = len(text) - len(text.lstrip(" \u3000\u00a0"))
        begin = lead + 1 if text[lead : lead + 1] == "|" else 0
        body = text.rstrip(_SPACE) if "|" in text else text
        stop = len(body) - 1 if body.endswith("|") and len(body) > begin else len(body)
        pieces = []
        while begin <= stop:
            border = _BORDER.search(text, begin, stop)
            at = border.start() if border else stop
            pieces.append(_piece(text[begin:at], start + begin))
            begin = at + 1
        return pieces

    @property
    def is_row(self) -> bool:
        """Whether the line holds several cells."""
        return _BORDER.search(self.text) is not None and sum(bool(cell.text) for cell in self.cells) > 1


def _piece(text: str, start: int) -> Piece:
    inner = text.strip(_SPACE)
    begin = start + len(text) - len(text.lstrip(_SPACE)) if inner else start
    return Piece(begin, begin + len(inner), inner)


def _runs(text: str, lines: Sequence[_Line]) -> Iterator[tuple[list[_Line], bool]]:
    """Runs of lines that may be a table: rows of cells, or one short cell a line (then ``False``)."""
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and _bordered(lines[stop]) and (stop == index or _touch(text, lines, stop)):
            stop += 1
        rows = lines[index:stop]
        if sum(len(line.cells) > 1 for line in rows) * 2 > len(rows) > 1 and any(line.is_row for line in rows):
            yield list(rows), True
            index = stop
            continue
        stop = index
        while stop < len(lines) and _is_short(lines[stop]):
            stop += 1
        end = stop
        if stop < len(lines) and _goes_on(
            lines[stop]
        ):  # 办结信访事项 / 405 / 件，化解: a sentence broken at its figure
            while end > index and is_value(lines[end - 1].text.strip(_SPACE)):
                end -= 1
            end -= 1
        if end - index > 3:
            yield list(lines[index:end]), False
        index = max(stop, index + 1)


def _touch(text: str, lines: Sequence[_Line], at: int) -> bool:
    """Whether no blank line stands before a line."""
    return text.count("\n", lines[at - 1].end, lines[at].start) < 2


def _bordered(line: _Line) -> bool:
    return _BORDER.search(line.text.lstrip(" \u3000")) is not None


def _is_short(line: _Line) -> bool:
    """Whether a line can be one cell: a phrase or a number."""
    inner = line.text.strip(_SPACE + "|")
    return len(inner) <= _LONGEST_CELL and not _SENTENCE.search(inner) and not line.is_row and not _goes_on(line)


def _goes_on(line: _Line) -> bool:
    """Whether a line is what follows a figure in a sentence: its measure word, and more up to a mark."""
    return _rest().match(line.text.strip(_SPACE)) is not None


@cache
def _rest() -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(entry.word) for entry in measure_words()), key=len, reverse=True))
    return re.compile(rf"[余多]?[十百千万亿]*[余多]?(?:{units})[^，。；;！？]*[，。；;！？]")


def _rows_grid(lines: Sequence[_Line]) -> Grid | None:
    """The grid of rows of cells."""
    rows = [line.cells for line in lines if not _BAR_RULE.fullmatch(line.text)]
    if len(rows) < 2:
        return None
    if len({len(row) for row in rows}) == 1 and not any(re.search(r"\|\|", line.text) for line in lines):
        cells = [
            GridCell(piece.start, piece.end, number, column)
            for number, row in enumerate(rows)
            for column, piece in enumerate(row)
        ]
        return Grid(tuple(cells))
    builder = _Builder()
    for row in rows:
        while row and not row[-1].text:
            row.pop()
        while len(row) > 1 and not row[0].text and not row[1].is_value:
            del row[0]
        stubs = 0
        while stubs < len(row) and row[stubs].text and not row[stubs].is_value:
            stubs += 1
        if stubs < len(row) and all(piece.is_value for piece in row[stubs:]):
            builder.add_row(row[:stubs], row[stubs:])
        elif row:
            builder.add_heads([piece for piece in row if piece.text])
    return builder.result()


def _streamed(lines: Sequence[_Line]) -> list[Grid]:
    """The grids of a run with one cell a line: words, then the numbers of a row, then words again."""
    pieces = list(_stream(lines))
    runs: list[tuple[list[Piece], list[Piece]]] = []
    for piece in pieces:
        if not piece.is_value or not runs:
            if not runs or runs[-1][1]:
                runs.append(([], []))
            (runs[-1][1] if piece.is_value else runs[-1][0]).append(piece)
        else:
            runs[-1][1].append(piece)
    return _Stream(runs).grids()


def _stream(lines: Iterable[_Line]) -> Iterator[Piece]:
    """Cells of lines that hold one each; pipes end a cell wherever they stand."""
    piped = any("|" in line.text for line in lines)
    pending: Piece | None = None
    for line in lines:
        if _SPANNED.fullmatch(line.text):
            continue  # what a converter leaves of cells that span columns
        at = 0
        for part in re.split(r"(\|)", line.text):
            if part == "|":
                yield pending or Piece(line.start + at, line.start + at, "")
                pending = None
            elif part.strip(_SPACE):
                if pending is not None:
                    yield pending
                pending = _piece(part, line.start + at)
                if not piped:
                    yield pending
                    pending = None
            at += len(part)
    if pending is not None:
        yield pending


class _Stream:
    """Rows of a run of words and numbers: how many numbers a row has, tells which words are heads."""

    def __init__(self, runs: list[tuple[list[Piece], list[Piece]]]) -> None:
        self._runs = runs
        self._grids: list[Grid | None] = []
        self._builder = _Builder()
        self._width = 0
        self._serial = 0
        self._pending: list[Piece] = []
        self._numbers: list[Piece] = []  # numbers of rows

    def grids(self) -> list[Grid]:
        """All grids with rows."""
        for names, values in self._runs:
            self._add([*self._pending, *names], values)
        self._builder.add_numbers(self._numbers)
        self._grids.append(self._builder.result())
        return [grid for grid in self._grids if grid is not None]

    def _add(self, names: list[Piece], values: list[Piece]) -> None:
        self._pending = []
        if not any(piece.text for piece in values):
            if len(values) < max(self._width, 2):  # what is left of cells that span columns
                self._pending = names
            else:
                self._builder.add_row(names[-3:], [])
            return
        if any(_SERIAL_HEAD.match(piece.text) for piece in names) and values[0].text == "1" and len(values) == 1:
            self._serial, self._width = 1, 0
            self._pending = names
            self._numbers.append(values[0])
            return
        if self._serial and values[-1].text == str(self._serial + 1):
            self._numbers.append(values[-1])
            values = values[:-1]
            self._serial += 1
        while len(values) > max(self._width, 1) and not values[-1].text:
            values = values[:-1]
        width = len(values)
        corner = any(_CORNER.match(piece.text) for piece in names[-3:-1])
        if self._width and width <= self._width and len(names) <= 3 and not corner:
            self._builder.add_row(names, values)
        else:
            self._open(names, values)

    def _open(self, names: list[Piece], values: list[Piece]) -> None:
        """A block with heads of its own begins."""
        width = self._width = len(values)
        serial = next((at for at, piece in enumerate(names) if _SERIAL_HEAD.match(piece.text)), None)
        if serial is None:
            self._serial = 0
        else:
            self._numbers.insert(0, names[serial])
            names = [*names[:serial], *names[serial + 1 :]]
        cut = self._heading_before(names[: max(len(names) - width - 2, 0)])
        if cut:
            self._builder.add_numbers(self._numbers[: -1 if self._serial == 1 else None])
            self._grids.append(self._builder.result())
            self._builder, self._numbers = _Builder(), self._numbers[-1:] if self._serial == 1 else []
            names = names[cut:]
        if _known_form(names, width, whole=True) and not _known_form(names[:-1], width, whole=True):
            self._builder.add_heads(names)  # the numbers follow the heads at once
            self._builder.add_row([], values)
            return
        extra = max(len(names) - width - 2, 0)
        if extra and _CORNER.match(names[extra].text):  # one row of heads; what stands before is no part of the table
            kept = extra
            while kept and _CAPTION.search(names[kept - 1].text):
                kept -= 1
            names, extra = names[kept:], extra - kept
        captions = next((at for at in range(extra) if not _CAPTION.search(names[at].text)), extra)
        for piece in names[:captions]:
            self._builder.add_heads([piece])
        if heads := names[captions:-1]:
            self._builder.add_heads(heads)
        self._builder.add_row(names[-1:], values)

    @staticmethod
    def _heading_before(names: list[Piece]) -> int:
        """How many words stand before the table, up to the last section heading among them."""
        return max((at + 1 for at, piece in enumerate(names) if _is_heading(piece)), default=0)


def _is_heading(piece: Piece) -> bool:
    marker = read_marker(piece.text)
    return marker is not None and marker.rank == 1


class _Builder:
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
    form = _known_form([piece for row in heads for piece in row], width)
    for number, row in enumerate(heads):
        if len(row) == 1 and not (width == 1 and number == len(heads) - 1):
            cells.append(GridCell(row[0].start, row[0].end, number, 0, 1, deepest + width))
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


class _Head(NamedTuple):
    """A head of a prescribed table: its place in the text, its first column and how many it covers, its level."""

    start: int
    end: int
    column: int
    columns: int
    level: int


def _known_form(pieces: list[Piece], width: int, *, whole: bool = False) -> list[_Head]:
    """Heads of a prescribed table whose columns cannot be told from the print; empty for any other table.

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
    return found
