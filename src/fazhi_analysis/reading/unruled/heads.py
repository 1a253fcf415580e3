"""Heads of a table without lines: which lines of words are one wrapped head, and which heads stand over several."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from fazhi_analysis.reading.segment import Segment
from fazhi_analysis.reading.unruled.columns import Claim, Columns, shares
from fazhi_analysis.reading.unruled.lines import Line

_ALIGNED = 0.35  # sizes of the type between left edges that are one
_CENTRED = 0.25  # sizes of the type that a head may stand off the middle of what it covers
_ROW = 0.35  # sizes of the type between the middles of heads of one row
_UNIT_LINE = 1.9  # sizes between the middles of a head and its unit in brackets below it
_OPENING = "（(［["


@dataclasses.dataclass(slots=True)
class Head:
    """A head: its words from above, the columns it covers, and its level from above."""

    words: list[Segment]
    first: int
    last: int
    level: int = 0
    height: float = 0.0  # of its first line, or of its middle, whatever lines the heads of a row up

    @property
    def begin(self) -> float:
        """The height of the middle of its first line."""
        return (self.words[0].top + self.words[0].bottom) / 2

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.words[0].top + self.words[-1].bottom) / 2

    @property
    def size(self) -> float:
        """The size of its type."""
        return max(word.size for word in self.words)

    @property
    def centre(self) -> float:
        """The middle between its left and right edge."""
        return (min(word.x0 for word in self.words) + max(word.x1 for word in self.words)) / 2

    def meets(self, first: int, last: int) -> bool:
        """Whether it covers any of these columns."""
        return self.first <= last and first <= self.last


def read_heads(lines: Sequence[Line], columns: Columns, stubs: int = 0, pitch: float = 0.0) -> list[Head]:
    """Heads with their columns and levels, from the lines over the first row.

    The first ``stubs`` columns name the rows; lines of one head are nearer than ``pitch``.

    >>> def line(y, *words):
    ...     return Line(tuple(Segment(text, x, y, x + 10 * len(text), y + 10, 10) for text, x in words))
    >>> lines = [line(0, ("单位", 0), ("处罚", 75)), line(18, ("件数", 60), ("金额", 90))]
    >>> columns = Columns([[word for word in line.words] for line in lines[1:]] + [list(lines[0].words[:1])])
    >>> [(head.words[0].text, head.first, head.last, head.level) for head in read_heads(lines, columns, 1, 16)]
    [('单位', 0, 0, 0), ('处罚', 1, 2, 0), ('件数', 1, 1, 1), ('金额', 2, 2, 1)]
    """
    heads = _joined(lines, columns, stubs, pitch)
    _line_up(heads)
    for row in reversed(_by_height(heads)):
        _widen([head for head in row if head.first >= stubs], heads, columns, stubs)
    for head in sorted(heads, key=lambda one: one.height):
        above = [other.level for other in heads if other.height < head.height and other.meets(head.first, head.last)]
        head.level = 1 + max(above, default=-1)
    return heads


def _joined(lines: Sequence[Line], columns: Columns, stubs: int, pitch: float) -> list[Head]:
    """Heads with all their lines, on the columns over which their words stand."""
    heads: list[Head] = []
    for line in lines:
        for word in line.words:
            first, last = columns.place(word)
            over = [head for head in heads if _continues(head, word, pitch) and _same(head, first, last, stubs)]
            if over:
                over[-1].words.append(word)
                over[-1].first, over[-1].last = min(over[-1].first, first), max(over[-1].last, last)
            else:
                heads.append(Head([word], first, last))
    return heads


def _same(head: Head, first: int, last: int, stubs: int) -> bool:
    """Whether words over these columns can be those of a head; over the names of rows a head may be any one of them."""
    if last < stubs:
        return head.last < stubs and head.meets(first, last)
    return (head.first, head.last) == (first, last) or (head.first <= first and last <= head.last and first == last)


def _continues(head: Head, word: Segment, pitch: float) -> bool:
    """Whether a word stands right below the last line of a head."""
    before = head.words[-1]
    step = (word.top + word.bottom - before.top - before.bottom) / 2
    reach = min(word.x1, before.x1) - max(word.x0, before.x0)
    size = max(word.size, before.size)
    near = step < (_UNIT_LINE * size if word.text[0] in _OPENING else min(pitch, _UNIT_LINE * size))
    return 0.5 * size < step and near and reach > 0.5 * min(word.x1 - word.x0, before.x1 - before.x0)


def _by_height(heads: Sequence[Head]) -> list[list[Head]]:
    """Heads whose middles are at one height, from above."""
    rows: list[list[Head]] = []
    for head in sorted(heads, key=lambda one: one.height):
        if rows and head.height - rows[-1][0].height < _ROW * head.size:
            rows[-1].append(head)
        else:
            rows.append([head])
    return [sorted(row, key=lambda one: one.first) for row in rows]


def _widen(row: Sequence[Head], heads: Sequence[Head], columns: Columns, stubs: int) -> None:
    """Let the heads of a row cover the columns of those below them that have nothing else over them."""
    covered = {column for head in row for column in range(head.first, head.last + 1)}
    free: set[int] = set()
    claims: list[Head] = []
    for head in row:
        below = [other for other in heads if other.height > head.height + head.size / 2 and other.first >= stubs]
        under = min((other for other in below if other.meets(head.first, head.last)), key=_height, default=None)
        if under is None:
            continue
        siblings = [other for other in below if abs(other.height - under.height) < _ROW * other.size]
        free |= {column for other in siblings for column in range(other.first, other.last + 1)} - covered
        claims.append(head)
    if not claims or not free:
        return
    for head, (first, last) in zip(claims, _shared(claims, columns, free), strict=True):
        head.first, head.last = first, last


def _line_up(heads: Sequence[Head]) -> None:
    """Set the heights of heads: the middles, unless more of those with several lines have heads of one line beside
    their first line and none beside their middle.
    """
    single = [head for head in heads if head.middle - head.begin < head.size / 2]
    several = [head for head in heads if head not in single]
    near = _ROW * max((head.size for head in heads), default=0.0)
    centred = [other for other in several if any(abs(one.middle - other.middle) < near for one in single)]
    top = [other for other in several if any(abs(one.middle - other.begin) < near for one in single)]
    by_first_line = sum(other not in centred for other in top) > len(centred)
    for head in heads:
        head.height = head.begin if by_first_line else head.middle


def _height(head: Head) -> float:
    return head.height


def _shared(claims: Sequence[Head], columns: Columns, free: set[int]) -> list[tuple[int, int]]:
    """The columns of each head: those around its middle, unless all stand at the left edge of columns instead."""
    open_to = [column in free for column in range(len(columns.extents))]
    middles = columns.middles
    spans = shares([Claim(head.first, head.last, head.centre) for head in claims], middles, open_to)
    off = max(
        abs((middles[first] + middles[last]) / 2 - head.centre)
        for head, (first, last) in zip(claims, spans, strict=True)
    )
    size = claims[0].size
    left = {column for column in free if column > claims[0].first} - {
        column for first, last in spans for column in range(first, last + 1)
    }
    edges = [(head.words[0].x0, columns.extents[head.first][0]) for head in claims]
    if any(abs(x0 - edge) > _ALIGNED * size for x0, edge in edges) or (off < _CENTRED * size and not left):
        return spans
    spans = []
    for number, head in enumerate(claims):
        stop = claims[number + 1].first if number + 1 < len(claims) else len(open_to)
        last = head.last
        while last + 1 < stop and open_to[last + 1]:
            last += 1
        spans.append((head.first, last))
    return spans
