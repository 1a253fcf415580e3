"""Grids of a stream of words and numbers with one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import Grid
from fazhi_analysis.reading.grids.building import Builder, known_form, with_whole_heads
from fazhi_analysis.reading.grids.cells import SPACE, Piece, piece_of
from fazhi_analysis.reading.grids.lines import Line, spaced_cells
from fazhi_analysis.reading.grids.rows import grid_of
from fazhi_analysis.reading.section_numbers import read_marker

_SPANNED = re.compile(r"[\s\u3000]*\|(?:[\s\u3000]*\|)+[\s\u3000]*")
_MORE_PIPES = re.compile(r"\|[\s\u3000]*\|")
_WORD = re.compile(r"[^\s\u3000]+")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_UNIT = re.compile(r"[（(][^（）()\d]{1,6}[）)]$")
_SERIAL_HEAD = pattern("^(?:<serial heads>)$")
_CAPTION = pattern("<table captions>|^第.{1,8}[条项款]|[:：]$|^[（(].*[）)]$")
_CORNER = pattern("^(?:<table corners>)$")
_COUNTED = pattern(
    r"(?:<counting heads>)(?:[（(][^（）()]*[）)])?$|[（(](?:单位[:：])?[万亿]?(?:元|宗|件|次|人|个|份)[）)]$"
)


def streamed(lines: Sequence[Line]) -> list[Grid]:
    """The grids of a run with one cell a line: words, then the numbers of a row, then words again.

    Where a line that is but a pipe opens each row, as some converters write them, the rows are known.
    """
    blocks = list(_opened_rows(lines))
    if blocks and sum(map(len, blocks)) > 1:
        spanned = any(_MORE_PIPES.search(line.text) for line in lines)
        return [grid for rows in blocks if (grid := grid_of(rows, spanned=spanned)) is not None]
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


def _opened_rows(lines: Iterable[Line]) -> Iterator[list[list[Piece]]]:
    """Rows that a line with nothing but a pipe opens, each cell a line that a pipe ends; nothing where others are."""
    rows: list[list[Piece]] = []
    blocks = [rows]
    for line in lines:
        printed = line.text.strip(SPACE)
        if printed == "|":
            rows.append([])
        elif rows and printed.endswith("|"):
            rows[-1] += _ended_cells(line)
        elif "|" in printed:
            return
        elif rows:
            rows = []
            blocks.append(rows)
    yield from (block for block in blocks if len(block) > 1)


def _ended_cells(line: Line) -> Iterator[Piece]:
    """The cell that a pipe ends, and an empty one for each pipe more (of cells that span columns)."""
    start = line.start
    for part in line.text.rstrip(SPACE).split("|")[:-1]:
        yield piece_of(part, start)
        start += len(part) + 1


def _stream(lines: Sequence[Line]) -> Iterator[Piece]:
    """Cells of lines that hold one each; pipes end a cell wherever they stand."""
    if not any("|" in line.text for line in lines):
        yield from _unpiped(lines)
        return
    pending: Piece | None = None
    for line in lines:
        if _SPANNED.fullmatch(line.text):
            continue  # what a converter leaves of cells that span columns
        at = 0
        for part in re.split(r"(\|)", line.text):
            if part == "|":
                yield pending or Piece(line.start + at, line.start + at, "")
                pending = None
            elif part.strip(SPACE):
                if pending is not None:
                    yield pending
                pending = piece_of(part, line.start + at)
            at += len(part)
    if pending is not None:
        yield pending


def _unpiped(lines: Sequence[Line]) -> Iterator[Piece]:
    """One cell a line; beside rows of spaced numbers, heads with spaces between them as well."""
    spaced = any(spaced_cells(line.text) for line in lines)
    for line in lines:
        if spaced and _apart(line.text):
            for word in _WORD.finditer(line.text):
                yield Piece(line.start + word.start(), line.start + word.end(), word.group())
        elif line.text.strip(SPACE):
            yield piece_of(line.text, line.start)


def _apart(text: str) -> bool:
    """Whether a line beside rows of spaced numbers is such a row, or heads with spaces between them."""
    return bool(spaced_cells(text)) or all(len(word) <= 9 for word in text.split())


class _Stream:
    """Rows of a run of words and numbers: how many numbers a row has, tells which words are heads."""

    def __init__(self, runs: list[tuple[list[Piece], list[Piece]]]) -> None:
        self.runs = runs
        self._grids: list[Grid | None] = []
        self._builder = Builder()
        self._width = 0
        self._serial = 0
        self._last = False  # whether no row of as many numbers follows
        self._pending: list[Piece] = []
        self._numbers: list[Piece] = []  # numbers of rows

    def grids(self) -> list[Grid]:
        """All grids with rows."""
        for number, (names, values) in enumerate(self.runs):
            after = self.runs[number + 1] if number + 1 < len(self.runs) else ([], [])
            self._last = len(after[1]) != len(values) or len(after[0]) > 3
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
        heads = corner or self._over_one_row(names, width) is not None
        if self._width and width <= self._width and len(names) <= 3 and not heads:
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
            self._builder, self._numbers = Builder(), self._numbers[-1:] if self._serial == 1 else []
            names = names[cut:]
        if known_form(names, width, whole=True) and not known_form(names[:-1], width, whole=True):
            self._builder.add_heads(names)  # the numbers follow the heads at once
            self._builder.add_row([], values)
            return
        if (lead := self._over_one_row(names, width)) is not None:
            for piece in names[:lead]:
                self._builder.add_heads([piece])
            self._builder.add_heads(with_whole_heads(names[lead:]))
            self._builder.add_row([], values)
            return
        if (leaves := _sure_heads(names, width)) is not None:
            self._add_leaves(names, leaves, values)
            return
        names, captions = _captions(names, width)
        for piece in names[:captions]:
            self._builder.add_heads([piece])
        if heads := names[captions:-1]:
            self._builder.add_heads(heads)
        self._builder.add_row(names[-1:], values)

    def _add_leaves(self, names: list[Piece], leaves: int, values: list[Piece]) -> None:
        """A block whose lowest heads begin at a word: those before them stand over them, or over the names of rows."""
        corner = next((at for at in range(leaves) if _CORNER.match(names[at].text)), leaves)
        for piece in names[:corner]:
            if _stands_over(piece):
                self._builder.add_heads([piece])
        over, texts = names[corner + 1 : leaves], [piece.text for piece in names[leaves:-1]]
        each = next(count for count in range(1, len(texts) + 1) if texts == texts[:count] * (len(texts) // count))
        apart = max(len(over) - len(texts) // each, 0)
        for piece in over[:apart]:
            self._builder.add_heads([piece])
        if over[apart:]:
            self._builder.add_heads(over[apart:])
        self._builder.add_heads([*names[corner : min(corner + 1, leaves)], *names[leaves:-1]])
        self._builder.add_row(names[-1:], values)

    def _over_one_row(self, names: list[Piece], width: int) -> int | None:
        """How many words stand over the heads of a table that has one row, without a name; None for any other table."""
        if width < 2 or not self._last or not names or not _COUNTED.search(names[-1].text):
            return None
        for lead in range(len(names)):
            over = names[lead - 1].text if lead else ""
            if len(with_whole_heads(names[lead:])) == width:
                return lead if not over or _COUNTED.search(over) or _CAPTION.search(over) else None
        return None

    @staticmethod
    def _heading_before(names: list[Piece]) -> int:
        """How many words stand before the table, up to the last section heading among them."""
        return max((at + 1 for at, piece in enumerate(names) if _is_heading(piece)), default=0)


def _sure_heads(names: list[Piece], width: int) -> int | None:
    """Where the lowest heads begin that stand below others: all are years, or all say their unit; else None."""
    leaves = len(names) - 1 - width
    texts = [piece.text for piece in names[leaves:-1]] if leaves > 1 and width > 1 else []
    if not any(_CORNER.match(piece.text) for piece in names[:leaves]) or _CORNER.match(names[leaves - 1].text):
        return None
    sure = texts and (all(map(_YEAR.fullmatch, texts)) or all(_UNIT.search(text) for text in texts))
    return leaves if sure else None


def _captions(names: list[Piece], width: int) -> tuple[list[Piece], int]:
    """Words over a first row without those that are no part of the table, and how many of them stand over its heads."""
    extra = max(len(names) - width - 2, 0)
    if extra and _CORNER.match(names[extra].text):  # one row of heads; what stands before is no part of the table
        kept = extra
        while kept and _stands_over(names[kept - 1]):
            kept -= 1
        names, extra = names[kept:], extra - kept
    twice = _heads_twice(names, width)
    if twice is not None:  # another table stands beside with the same heads
        return [*names[: twice + width], names[-1]], twice
    return names, next((at for at in range(extra) if not _stands_over(names[at])), extra)


def _heads_twice(names: list[Piece], width: int) -> int | None:
    """Where heads begin that are printed over and over up to the first row: those of tables side by side."""
    heads = [piece.text for piece in names[:-1]]
    for at in range(len(heads) - 2 * width + 1):
        if width > 1 and heads[at:] == heads[at : at + width] * ((len(heads) - at) // width):
            return at
    return None


def _stands_over(piece: Piece) -> bool:
    """Whether words are a title of the table, or say over all heads what is counted."""
    return _CAPTION.search(piece.text) is not None or _COUNTED.search(piece.text) is not None


def _is_heading(piece: Piece) -> bool:
    marker = read_marker(piece.text)
    return marker is not None and marker.rank == 1
