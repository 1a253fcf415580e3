"""Figures in tables: the measure word and the year stand in the row's label, in the column's head or above the table.

In the clean text a row is a line and a border between cells is a tab.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from fazhi_analysis.extracting.figures.amounts import unit_class
from fazhi_analysis.extracting.figures.units import unit_classes

_ROW = re.compile(r"[^\n]*\t[^\n]*")
_BRACKETED = re.compile(r"[（(]([^（）()]{1,12})[）)]")
_CAPTION = re.compile(r"单位[:：]([^\s，。、；)）]{1,6})")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_SCALED = re.compile(r"([百千万亿]+)(.+)")
_INDEX_HEAD = re.compile(r"^(?:序号|编号|年份|年度|时间|日期|电话|联系电话|文号|备注)$")


class Cell(NamedTuple):
    """What a table says of a cell: scale (万) and unit, the year in its head, whether it is a head itself."""

    scale: str
    unit: str
    year: str
    is_head: bool
    row_start: int
    row_end: int


class Tables:
    """Tables of a clean text.

    >>> text = "情况见下表。\\n项目\\t2022年\\t2023年\\n罚没金额（万元）\\t331.7\\t318.4"
    >>> cell = Tables(text).cell(text.index("331.7"), text.index("331.7") + 5)
    >>> cell.scale, cell.unit, cell.year
    ('万', '元', '2022')
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows: list[tuple[int, int, int]] = []
        self._head: tuple[int, list[str]] = (-1, [])
        if "\t" not in text:
            return
        head = end = -2
        for match in _ROW.finditer(text):
            if match.start() != end + 1:
                head = match.start()
            end = match.end()
            self._rows.append((match.start(), end, head))

    def cell(self, start: int, end: int) -> Cell | None:
        """The cell that ``start:end`` fills, or None when the place is not a whole cell of a table."""
        index = bisect_right(self._rows, (start, 1 << 60, 0)) - 1
        if index < 0 or self._rows[index][1] < end:
            return None
        text = self._text
        row_start, row_end, head_start = self._rows[index]
        left = max(text.rfind("\t", row_start, start), row_start - 1) + 1
        right = text.find("\t", end, row_end)
        right = row_end if right < 0 else right
        if text[left:start].strip() or text[end:right].strip():
            return None
        column = text.count("\t", row_start, start)
        heads = self._heads(head_start)
        head = heads[column] if column < len(heads) else ""
        label = text[row_start:row_end].split("\t", 1)[0] if column else ""
        is_head = head_start == row_start or _INDEX_HEAD.match(head.strip()) is not None or column == 0
        scale, unit = self._unit(label, head, head_start)
        year = _YEAR.search(head) or _YEAR.search(label)
        return Cell(scale, unit, year[1] if year else "", is_head, row_start, row_end)

    def _heads(self, head_start: int) -> list[str]:
        """Cells of the first row of the table that starts there."""
        if head_start != self._head[0]:
            end = self._text.find("\n", head_start)
            self._head = head_start, self._text[head_start : end if end >= 0 else len(self._text)].split("\t")
        return self._head[1]

    def _unit(self, label: str, head: str, head_start: int) -> tuple[str, str]:
        """Scale and unit that the label, the head, a 单位 column or the line above the table name; the nearest wins."""
        before = self._text[max(0, head_start - 40) : head_start]
        named = [*_BRACKETED.findall(label)[::-1], *_BRACKETED.findall(head)[::-1], *_CAPTION.findall(before)]
        for words in named:
            for word in re.split(r"[/／:：]", words.replace("单位", "")):
                scaled = _SCALED.fullmatch(word)
                if word in unit_classes():
                    return "", word
                if scaled and unit_class(scaled[2]):
                    return scaled[1], scaled[2]
        return "", ""
