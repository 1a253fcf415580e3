"""Characters of a PDF page with their boxes, gathered into pieces of lines."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from fazhi_analysis.reading.segment import Segment

_CELL_GAP = 2.2  # heights of a character between two pieces that are cells or columns


class _Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool


def page_segments(page: Any) -> list[Segment]:
    """Pieces of lines on a page: characters in the order of the file that follow each other on one line.

    Hyphens that PDFium inserts, control characters and rotated or invisible boxes without extent are left out.
    """
    segments: list[Segment] = []
    current: list[_Char] = []
    for char in _characters(page):
        if current and not _follows(current[-1], char):
            segments.append(_segment(current))
            current = []
        current.append(char)
    if current:
        segments.append(_segment(current))
    return segments


def _characters(page: Any) -> Iterator[_Char]:
    from pypdfium2 import raw

    textpage = page.get_textpage()
    rectangle = raw.FS_RECTF()
    place = ctypes.byref(rectangle)
    turn = page.get_rotation()
    width, height = page.get_size()
    spaced = False
    high = 0
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        char = chr(code)
        if char.isspace() or code < 32 or code in (0xFFFE, 0xFEFF, 0xAD):
            spaced = True
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, index, place):
            continue
        box = _turned(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, turn, width, height)
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        yield _Char(char, *box, spaced)
        spaced = False


def _turned(
    left: float, bottom: float, right: float, top: float, turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """(x0, top, x1, bottom) on the page as it is shown, downwards, from a box in page space.

    >>> _turned(10, 700, 20, 712, 0, 595, 842)
    (10, 130, 20, 142)
    """
    if turn == 90:
        return bottom, left, top, right
    if turn == 180:
        return width - right, bottom, width - left, top
    if turn == 270:
        return width - top, height - right, width - bottom, height - left
    return left, height - top, right, height - bottom


def _follows(before: _Char, char: _Char) -> bool:
    """Whether a character goes on with the piece of line that the one before ends."""
    size = max(before.bottom - before.top, char.bottom - char.top)
    middle = (char.top + char.bottom) / 2
    if not before.top - size * 0.25 <= middle <= before.bottom + size * 0.25:
        return False
    gap = char.x0 - before.x1
    return -size < gap < _CELL_GAP * size


def _segment(chars: list[_Char]) -> Segment:
    pieces = [chars[0].text]
    for before, char in itertools.pairwise(chars):
        if char.spaced and before.text.isascii() and char.text.isascii():
            pieces.append(" ")
        pieces.append(char.text)
    return Segment(
        "".join(pieces),
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
        _size(chars),
    )


def _size(chars: list[_Char]) -> float:
    """Size of the type: the advance of a Chinese character; of Latin text alone, from its height.

    Heights alone mislead, since the box of a character is as high as its font wants lines to be apart.
    """
    advances = sorted(char.x1 - char.x0 for char in chars if char.text >= "\u3000")
    if advances:
        return advances[len(advances) // 2]
    heights = sorted(char.bottom - char.top for char in chars)
    return heights[len(heights) // 2] / 1.4
