"""Characters of a PDF page with their boxes, gathered into pieces of lines."""

from __future__ import annotations

import ctypes
import itertools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from fazhi_analysis.reading.formats._pdf_ruling_lines import page_rules, struck_places
from fazhi_analysis.reading.formats._pdf_visibility import Sight
from fazhi_analysis.reading.segment import Rule, Segment
from fazhi_analysis.reading.visibility import raised

_STRIKE = (0.28, 0.64)  # heights of a character, from its foot, between which a line strikes it out
_WIDE_GAP = 0.12  # sizes of the type between two characters that may stand in two cells
_MIXED_GAP = 0.27  # the same where Latin follows Chinese, which programs set apart
_CELL_GAP = 2.2  # heights of a character between two pieces that are cells or columns


class _Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool
    base: float  # the line that it stands on


class PageText(NamedTuple):
    """Pieces of lines on a page, its size as it is read, by how many degrees its text is turned, the lines drawn; what
    no reader sees with its cause, and what is drawn besides.
    """

    segments: list[Segment]
    width: float
    height: float
    turn: int
    rules: list[Rule]
    hidden: list[tuple[str, str]]
    sight: Sight


def read_page_text(page: Any) -> PageText:
    """Pieces of lines on a page: characters in the order of the file that follow each other on one line.

    The way most characters run is taken as level, whatever way the page is shown; text at other angles (watermarks,
    stamps), control characters and characters without extent are left out. A line drawn between two characters parts
    them, however near they are.
    """
    rotation = page.get_rotation()
    shown = page.get_size()
    width, height = shown if rotation in (0, 180) else shown[::-1]
    sight = Sight(page)
    raw_characters = list(_characters(page, sight))
    turns = Counter(char.turn for char in raw_characters if char.turn >= 0 and not char.cause)
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn != rotation:  # PDFium orders the characters of a line as the page is shown
        page.set_rotation(turn)
        raw_characters = list(_characters(page, sight))
    rules = [] if turn else page_rules(page)
    raw_characters = _struck_out(raw_characters, [] if turn else [*rules, *struck_places(page)], page.get_height())
    hidden = [
        (cause, "".join(char.text for char in run))
        for cause, run in itertools.groupby(raw_characters, key=lambda char: char.cause)
        if cause
    ]
    uprights = sorted((rule for rule in rules if rule.bottom - rule.top > rule.x1 - rule.x0), key=lambda rule: rule.x0)
    segments: list[Segment] = []
    current: list[_Char] = []
    for raw_char in raw_characters:
        if raw_char.turn != turn:
            continue
        char = _Char(raw_char.text, *_turned(raw_char.box, turn, width, height), raw_char.spaced, 0.0)
        char = char._replace(base=_turned((*raw_char.origin, *raw_char.origin), turn, width, height)[1])
        if raw_char.cause:
            if current and _follows(current[-1], char):  # what it leaves is no gap between cells
                current[-1] = current[-1]._replace(x1=char.x1)
            continue
        if current and (not _follows(current[-1], char) or _parted(current[-1], char, uprights)):
            segments.append(_segment(current))
            current = []
        current.append(char)
    if current:
        segments.append(_segment(current))
    upright = turn in (0, 180)
    return PageText(segments, width if upright else height, height if upright else width, turn, rules, hidden, sight)


class _RawChar(NamedTuple):
    text: str
    box: tuple[float, float, float, float]  # left, bottom, right, top in page space
    origin: tuple[float, float]
    spaced: bool
    turn: int  # 0, 90, 180, 270 degrees against the clock, or -1 for anything between
    cause: str  # why no reader sees it


def _characters(page: Any, sight: Sight) -> Iterator[_RawChar]:
    from pypdfium2 import raw

    textpage = page.get_textpage()
    rectangle = raw.FS_RECTF()
    place = ctypes.byref(rectangle)
    x, y = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.byref(x), ctypes.byref(y)
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
        box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if box[2] > box[0] and box[3] > box[1]:
            cause = sight.cause(raw.FPDFText_GetTextObject(textpage, index), box)
            raw.FPDFText_GetCharOrigin(textpage, index, *origin)
            stands = x.value, y.value
            yield _RawChar(char, box, stands, spaced, _quarter(raw.FPDFText_GetCharAngle(textpage, index)), cause)
            spaced = False


def _struck_out(characters: list[_RawChar], rules: list[Rule], height: float) -> list[_RawChar]:
    """The characters, those marked through whose middle a level line runs."""
    level = sorted((height - (rule.top + rule.bottom) / 2, rule.x0, rule.x1) for rule in rules if rule.x1 - rule.x0 > 2)
    if not level:
        return characters
    result = []
    for char in characters:
        left, bottom, right, top = char.box
        low, high = (bottom + (top - bottom) * share for share in _STRIKE)
        middle = (left + right) / 2
        near = level[bisect_left(level, (low,)) : bisect_left(level, (high,))]
        struck = not char.cause and top - bottom > 4 and any(x0 <= middle <= x1 for _, x0, x1 in near)
        result.append(char._replace(cause="struck") if struck else char)
    return result


def _quarter(angle: float) -> int:
    """Degrees against the clock of the quarter turn near an angle in radians (PDFium: with the clock), or -1.

    >>> _quarter(0.01), _quarter(1.5708), _quarter(6.28), _quarter(0.78)
    (0, 270, 0, -1)
    """
    degrees = -math.degrees(angle) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 8 else -1


def _turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """(x0, top, x1, bottom) with the text level and heights downwards, from a box on a page of this size.

    >>> _turned((10, 700, 20, 712), 0, 595, 842)
    (10, 130, 20, 142)
    """
    left, bottom, right, top = box
    if turn == 90:
        return bottom, left, top, right
    if turn == 180:
        return width - right, bottom, width - left, top
    if turn == 270:
        return height - top, width - right, height - bottom, width - left
    return left, height - top, right, height - bottom


def _follows(before: _Char, char: _Char) -> bool:
    """Whether a character goes on with the piece of line that the one before ends."""
    size = max(before.bottom - before.top, char.bottom - char.top)
    middle = (char.top + char.bottom) / 2
    if not before.top - size * 0.25 <= middle <= before.bottom + size * 0.25:
        return False
    if (char.x0, char.x1) == (before.x0, before.x1):
        return True  # the two characters of a ligature (——) share a box
    gap = char.x0 - before.x1
    return char.x0 > before.x0 and -size / 2 < gap < _CELL_GAP * size


def _parted(before: _Char, char: _Char, uprights: list[Rule]) -> bool:
    """Whether an upright line stands between the middles of two characters of a line."""
    left, right = (before.x0 + before.x1) / 2, (char.x0 + char.x1) / 2
    middle = (char.top + char.bottom) / 2
    first = bisect_left(uprights, left, key=lambda rule: rule.x0)
    return any(rule.x1 <= right and rule.top <= middle <= rule.bottom for rule in _until(uprights, first, right))


def _until(uprights: list[Rule], first: int, right: float) -> Iterator[Rule]:
    """Upright lines from one on, as far as a place."""
    return itertools.takewhile(lambda rule: rule.x0 <= right, itertools.islice(uprights, first, None))


def _segment(chars: list[_Char]) -> Segment:
    height = median(char.bottom - char.top for char in chars)
    base = median(char.base for char in chars)
    size = _size(chars)
    gaps: list[tuple[int, float, float]] = []
    length = 0
    pieces: list[str] = []
    before = chars[0]
    for high, run in itertools.groupby(chars, key=lambda char: base - char.base > 0.15 * height):
        text = ""
        for char in run:
            if char.spaced and before.text.isascii() and char.text.isascii() and char is not chars[0]:
                text += " "
            if char.x0 - before.x1 > _least_gap(before.text, char.text) * size:
                gaps.append((length + len(text), before.x1, char.x0))
            text += char.text
            before = char
        pieces.append(raised(text) if high else text)
        length += len(pieces[-1])
    return Segment(
        "".join(pieces),
        min(char.x0 for char in chars),
        min(char.top for char in chars),
        max(char.x1 for char in chars),
        max(char.bottom for char in chars),
        size,
        gaps=tuple(gaps),
    )


def _least_gap(before: str, char: str) -> float:
    return _WIDE_GAP if before.isascii() == char.isascii() else _MIXED_GAP


def _size(chars: list[_Char]) -> float:
    """Size of the type: the advance of a Chinese character; of Latin text alone, from its height.

    Heights alone mislead, since the box of a character is as high as its font wants lines to be apart.
    """
    advances = sorted(char.x1 - char.x0 for char in chars if char.text >= "\u3000")
    if advances:
        return advances[len(advances) // 2]
    heights = sorted(char.bottom - char.top for char in chars)
    return heights[len(heights) // 2] / 1.4
