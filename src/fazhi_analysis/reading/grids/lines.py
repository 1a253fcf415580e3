"""Lines of a text that may belong to a table: rows of cells, and one short cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from fazhi_analysis.catalogue.units import measure_words
from fazhi_analysis.reading.grids.cells import SPACE, Piece, is_value, piece_of

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_SENTENCE = re.compile(r"[。；！？]|[，,].*[，,]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")  # （区分处理的，只计这一情形，不计其他情形）
_AROUND = SPACE + "|"
_FEWEST_SPACED = 5
_LONGEST_CELL = 40
_BORDER = re.compile(r"[|\t]")


class Line(NamedTuple):
    """One line of a text with its place."""

    start: int
    end: int
    text: str

    @property
    def cells(self) -> list[Piece]:
        """Pieces between the borders of a line; the outer pipes are no borders."""
        text, start = self.text, self.start
        lead = len(text) - len(text.lstrip(" \u3000\u00a0"))
        begin = lead + 1 if text[lead : lead + 1] == "|" else 0
        body = text.rstrip(SPACE) if "|" in text else text
        stop = len(body) - 1 if body.endswith("|") and len(body) > begin else len(body)
        pieces = []
        while begin <= stop:
            border = _BORDER.search(text, begin, stop)
            at = border.start() if border else stop
            pieces.append(piece_of(text[begin:at], start + begin))
            begin = at + 1
        return pieces

    @property
    def is_row(self) -> bool:
        """Whether the line holds several cells."""
        return _BORDER.search(self.text) is not None and sum(bool(cell.text) for cell in self.cells) > 1


def spaced_cells(text: str) -> list[str]:
    """The cells of a row whose numbers stand with spaces between them, as the text of a PDF is copied; else empty.

    >>> spaced_cells("四、结转下年度继续办理 6 1 0 0 0 0 7")
    ['四、结转下年度继续办理', '6', '1', '0', '0', '0', '0', '7']
    >>> spaced_cells("1 2 3 4 5 6 7"), spaced_cells("0577 6123 4567 89")
    ([], [])
    """
    words = text.split()
    begin = next((at for at, word in enumerate(words) if is_value(word)), len(words))
    numbers = words[begin:]
    if len(numbers) < _FEWEST_SPACED or not all(map(is_value, numbers)) or begin > 1:
        return []
    if any(len(word) > 1 and word[0] == "0" and "." not in word for word in numbers):
        return []
    counting = all(
        word.isdecimal() and int(word) == at + int(numbers[0])
        for at, word in enumerate(numbers)
        if numbers[0].isdecimal()
    )
    return [] if counting and numbers[0] != "0" and numbers[0].isdecimal() else words


def runs(text: str, lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Runs of lines that may be a table: rows of cells, or one short cell a line (then ``False``)."""
    index = 0
    while index < len(lines):
        if not _bordered(lines[index]) and not _is_short(lines[index]):  # prose, as most lines are
            index += 1
            continue
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
        if index < stop < len(lines) and _goes_on(lines[stop]):  # 信访事项 / 405 / 件，化解: broken at its figure
            while end > index and is_value(lines[end - 1].text.strip(SPACE)):
                end -= 1
            end -= 1
        if end - index > 3 or any(spaced_cells(line.text) for line in lines[index:end]):
            yield list(lines[index:end]), False
        index = max(stop, index + 1)


def _touch(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether no blank line stands before a line."""
    return text.count("\n", lines[at - 1].end, lines[at].start) < 2


def _bordered(line: Line) -> bool:
    return "|" in line.text or "\t" in line.text


def _is_short(line: Line) -> bool:
    """Whether a line can be one cell: a phrase or a number."""
    inner = line.text.strip(_AROUND)
    inner = _ASIDE.sub("", inner) if "（" in inner or "(" in inner else inner
    return len(inner) <= _LONGEST_CELL and not _SENTENCE.search(inner) and not line.is_row and not _goes_on(line)


def _goes_on(line: Line) -> bool:
    """Whether a line is what follows a figure in a sentence: its measure word, and more up to a mark."""
    return _rest().match(line.text.strip(SPACE)) is not None


@cache
def _rest() -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(entry.word) for entry in measure_words()), key=len, reverse=True))
    return re.compile(rf"[余多]?[十百千万亿]*[余多]?(?:{units})[^，。；;！？]*[，。；;！？]")
