"""Lines of a page as words with gaps between them, and which of them can be rows of a table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.reading.grids.cells import is_value
from fazhi_analysis.reading.segment import Rule, Segment

_SAME_LINE = 0.45  # sizes of the type between the middles of words on one line
_WIDE_GAP = 0.45  # sizes of the type that part two cells, whatever stands above and below
_SPACED = 2.6  # sizes between the two characters of 合　计
_FIGURE = re.compile(r"[±+\-−－–]?\s*\d+(?:[,，]\d{3})*(?:[.．]\d+)?\s*[%％‰]?(?![年月日])[\u4e00-\u9fff]{0,3}")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_SENTENCE = re.compile(r"[。；！？]|[，,][^，,\d].*[，,]")
_CAPTION = pattern("<table captions>|[:：]$")
_LONGEST = 40


class Line(NamedTuple):
    """Words of one line from left to right."""

    words: tuple[Segment, ...]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return sum(word.top + word.bottom for word in self.words) / 2 / len(self.words)

    @property
    def size(self) -> float:
        """The largest type on it."""
        return max(word.size for word in self.words)

    @property
    def is_prose(self) -> bool:
        """Whether it is part of a sentence, or too long for a cell."""
        return any(_SENTENCE.search(word.text) or len(word.text) > _LONGEST for word in self.words)

    @property
    def is_caption(self) -> bool:
        """Whether it is what stands over a table: its title, or the unit of its numbers."""
        return len(self.words) == 1 and _CAPTION.search(self.words[0].text) is not None

    @property
    def has_figures(self) -> bool:
        """Whether it is a row of a table with at least one figure besides years."""
        if len(self.words) < 2 or self.is_prose:
            return False
        values = [word for word in self.words if is_figure(word.text)]
        return bool(values) and not (len(values) > 1 and all(_YEAR.fullmatch(word.text) for word in values))


def is_figure(text: str) -> bool:
    """Whether a word is a number, with or without its measure word, or a dash in its place.

    >>> [is_figure(text) for text in ("1,203", "98.6%", "12件", "—", "2023年", "1.其他")]
    [True, True, True, True, False, False]
    """
    return is_value(text.strip()) or _FIGURE.fullmatch(text.strip()) is not None


def lines_of(segments: Sequence[Segment]) -> list[Line]:
    """Lines from top to bottom, segments parted into words at their wide gaps.

    >>> piece = Segment("复议61", 10, 10, 80, 20, 10, gaps=((2, 30, 60),))
    >>> [[word.text for word in line.words] for line in lines_of([piece])]
    [['复议', '61']]
    """
    words = [word for segment in segments for word in _words(segment)]
    lines: list[list[Segment]] = []
    for word in sorted(words, key=lambda item: (item.top + item.bottom, item.x0)):
        if lines:
            first = lines[-1][0]
            apart = abs((word.top + word.bottom) - (first.top + first.bottom)) / 2
            if apart <= _SAME_LINE * max(word.size, first.size):
                lines[-1].append(word)
                continue
        lines.append([word])
    return [Line(tuple(_unspaced(sorted(line, key=lambda item: item.x0)))) for line in lines]


def _words(segment: Segment) -> Iterator[Segment]:
    """The pieces between the wide gaps of a segment, each with its lesser gaps."""
    start, left = 0, segment.x0
    lesser: list[tuple[int, float, float]] = []
    for place, before, after in (*segment.gaps, (len(segment.text), segment.x1, segment.x1 + segment.size)):
        if after - before < _WIDE_GAP * segment.size:
            lesser.append((place - start, before, after))
            continue
        text = segment.text[start:place].rstrip()
        if text.strip():
            yield segment._replace(text=text, x0=left, x1=before, gaps=tuple(lesser))
        start, left, lesser = place, after, []


def _unspaced(line: list[Segment]) -> Iterator[Segment]:
    """Words of a line, single Chinese characters not far apart as one (合　计)."""
    for alone, run in itertools.groupby(line, key=lambda word: len(word.text) == 1 and word.text >= "\u3400"):
        current: Segment | None = None
        for word in run:
            if alone and current is not None and word.x0 - current.x1 < _SPACED * word.size:
                gaps = (*current.gaps, (len(current.text), current.x1, word.x0))
                current = current._replace(text=current.text + word.text, x1=word.x1, gaps=gaps)
                continue
            if current is not None:
                yield current
            current = word
        if current is not None:
            yield current


def parting_rules(lines: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Heights of the level lines that run over most of the width of some lines."""
    left = min(line.words[0].x0 for line in lines)
    right = max(line.words[-1].x1 for line in lines)
    wide = [rule for rule in rules if min(rule.x1, right) - max(rule.x0, left) > 0.6 * (right - left)]
    return sorted((rule.top + rule.bottom) / 2 for rule in wide)
