"""Figures in tables: a cell has its measure word, its time and what it counts from the heads over it and beside it.

The heads come from the grid of the table (``table_heads``); this module says what they mean for one figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.amounts import Amount, measure, read_number, unit_class
from fazhi_analysis.extracting.figures.grammar import expression
from fazhi_analysis.extracting.figures.numerals import ARABIC
from fazhi_analysis.extracting.figures.table_blocks import Seen
from fazhi_analysis.extracting.figures.table_heads import Frame, Heads
from fazhi_analysis.extracting.figures.table_units import unit_of
from fazhi_analysis.extracting.figures.units import unit_classes
from fazhi_analysis.model import Change, Grid, GridCell, Report
from fazhi_analysis.reading.characters import common_form
from fazhi_analysis.reading.section_numbers import read_marker
from fazhi_analysis.reading.visibility import as_seen

_BRACKETED = re.compile(r"[（(\[［]([^（）()\[\]［］]{1,16})[）)\]］]")
_NEAR_ABOVE = 80
_SIGN = re.compile(r"[±+\-−－–]")
_PRINTED = re.compile(rf"({ARABIC})(\D*)")
_LONGEST_NUMBER = 11
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?|$)")
_SPAN = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]+((?:19|20)\d\d)年?")
_TAIL = "(?:<head fillers>|数)?"
_LAST_YEAR = pattern(f"(?:<head last year>){_TAIL}")
_THIS_YEAR = pattern(f"(?:<head this year>){_TAIL}")
_CHANGE = pattern("<head changes>")
_FILLER = pattern("(?:<head fillers>|数)?")
_MEASURE = pattern("<head measures>")
_TOTAL = pattern("<head totals>")
_NO_AMOUNT = pattern("<head names>")
_AREA_HEAD = pattern("<head areas>")
_AREA = pattern(".{1,14}(?:<area ends>)")
_TITLE = re.compile(
    r"(?:附?表\s*[\d一二三四五六七八九十]*[-—\d]*[\s:：、.]*)?(?:(?:19|20)\d\d年度?)?([^\n。；\t|]{2,30}?)"
    r"(?:情况)?(?:统计|一览|汇总|明细)?表?(?:[（(][^（）()]*[)）])?[:：]?"
)
_OF_TABLE = re.compile("情况|统计|一览|汇总|明细|表")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|其中[:：]?)"
)


class Cell(NamedTuple):
    """A figure that fills a cell: its number with unit, its time, what change it is, and what names it.

    ``period`` is empty for the report's own year; ``name`` is the place (in the original) of the cell that says what
    is counted, ``part`` what the other heads say of it; ``counts`` is false for numbers that report no amount.
    """

    amount: Amount
    change: Change
    period: str
    counts: bool
    name: tuple[int, int] | None
    part: str


class Tables:
    """Tables of a report.

    >>> from fazhi_analysis.reading import read_text
    >>> report = read_text("项目\\t2022年\\t2023年\\n罚没金额（万元）\\t331.7\\t318.4", name="a.txt")
    >>> [(int(cell.amount.numeral.value), cell.amount.unit, cell.period) for cell in Tables(report).cells]
    [(3317000, '元', '2022'), (3184000, '元', '2023')]
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._plain = as_seen(common_form(report.text)) if report.grids else ""
        self._offsets = report.clean.offsets

    @cached_property
    def cells(self) -> list[Cell]:
        """Figures that fill a cell, in text order."""
        return [cell for cells, _ in self._read for cell in cells]

    @cached_property
    def _read(self) -> list[tuple[list[Cell], list[tuple[int, int]]]]:
        """For each table its figures, and the places (in the clean text) of cells that are heads."""
        return [self._table(grid) for grid in self._report.grids]

    @cached_property
    def _names(self) -> list[tuple[int, int]]:
        return sorted(span for _, spans in self._read for span in spans)

    @cached_property
    def by_place(self) -> dict[int, Cell]:
        """The figures by the place in the original where each begins."""
        return {self._offsets[cell.amount.start]: cell for cell in self.cells}

    def is_name(self, start: int) -> bool:
        """Whether a place of the clean text stands in a head of a table of figures, or in a cell that is one."""
        if not self._names:
            return False
        index = bisect_right(self._names, (start, 1 << 60)) - 1
        return index >= 0 and start < self._names[index][1]

    def _table(self, grid: Grid) -> tuple[list[Cell], list[tuple[int, int]]]:
        amounts = {cell: amount for cell in grid.cells if (amount := self._amount(cell))}
        if not amounts:
            return [], []
        frame = Frame(grid, self._plain, set(amounts), _unit_words())
        figures = frame.figures()
        above, heads = self._above(grid), [frame.heads(seen) for seen in figures]
        measures = {word for one in heads for head in one.column if (word := _measure(head.text))}
        unplaced = any(not cell.column_span for cell in grid.cells) and any(not one.column for one in heads)
        title = None if len(measures) > 1 or unplaced else self._title(grid)  # of several columns, a title names none
        cells = [
            self._cell(seen, amounts[seen.cell], one, above, title) for seen, one in zip(figures, heads, strict=True)
        ]
        spans = [(cell.amount.start, cell.amount.end) for cell in cells]
        spans += [span for seen in frame.names() if figures and (span := self._clean_span(seen.cell))]
        return sorted(cells, key=lambda cell: cell.amount.start), spans

    def _clean_span(self, cell: GridCell) -> tuple[int, int] | None:
        start, end = bisect_left(self._offsets, cell.start), bisect_left(self._offsets, cell.end)
        return (start, end) if start < end else None

    def _amount(self, cell: GridCell) -> Amount | None:
        """The number that fills a cell, at its place in the clean text."""
        span = self._clean_span(cell)
        if span is None or span[1] - span[0] > 24:
            return None
        amount = read_cell(self._report.clean.text[span[0] : span[1]])
        return amount and amount._replace(start=span[0] + amount.start, end=span[0] + amount.end)

    def _above(self, grid: Grid) -> str:
        """The lines right above a table."""
        lead = self._plain[max(0, grid.start - _NEAR_ABOVE) : grid.start].rstrip(" \t|\n")
        lines = [line for line in lead.split("\n") if line.strip()]
        return "\n".join(lines[-2:])

    def _title(self, grid: Grid) -> tuple[int, int] | None:
        """The place of what the title of a table says that it counts; None where the line above is no title."""
        end = len(self._plain[: grid.start].rstrip(" \t|\n"))
        start = self._plain.rfind("\n", 0, end) + 1
        if marker := read_marker(self._plain, start):
            if _OF_TABLE.search(self._plain, start, end) is None:
                return None  # 一、主要工作: a heading of the text
            start += len(marker.printed)
        found = _TITLE.fullmatch(self._plain, start, end)
        return found.span(1) if found else None

    def _cell(self, seen: Seen, amount: Amount, heads: Heads, above: str, title: tuple[int, int] | None) -> Cell:
        texts = [*(head.text for head in heads.column), *(head.text for head in heads.row)]
        caption = "\n".join((above, *(group.text for group in heads.groups)))
        change = any(_CHANGE.search(text) for text in texts)
        scale, unit = unit_of(heads, amount, caption, change=change)
        amount = _scaled(amount, scale, unit)
        change = change or (amount.unit_class == "rate" and amount.numeral.value < 0)
        name, part = _naming(heads, title)
        return Cell(
            amount,
            _change(amount) if change else "level",
            "" if change else self._period(heads, caption),
            not any(_NO_AMOUNT.search(text) for text in texts),
            name,
            part,
        )

    def _period(self, heads: Heads, caption: str) -> str:
        """The time that the heads name, else a year in the caption."""
        year = self._report.metadata.year
        for head in (*heads.column[::-1], *heads.row[::-1], *heads.groups[::-1]):
            bare = _BRACKETED.sub("", head.text)
            if span := _SPAN.search(bare):
                return f"{span[1]}-{span[2]}"
            if found := _YEAR.search(bare):
                return found[1]
            if _LAST_YEAR.fullmatch(bare):
                return str(year - 1) if year else ""
            if _THIS_YEAR.fullmatch(bare):
                return ""
        lines = [line for line in caption.split("\n") if not line.strip().startswith("单位")]
        last = lines[-1] if lines else ""
        found = _YEAR.search(last) if "表" in last else None
        return found[1] if found else ""


def _unit_words() -> set[str]:
    """Measure words, those after 万 and the like included, as a column of units prints them."""
    words = set(unit_classes())
    return words | {f"{scale}{word}" for scale in "百千万亿" for word in words}


def read_cell(text: str) -> Amount | None:
    """The amount that the text of a cell is, with its sign, or None.

    >>> read_cell("−7.5").numeral.value, read_cell("1,203").numeral.value, read_cell("—"), read_cell("2024年")
    (Decimal('-7.5'), Decimal('1203'), None, None)
    """
    sign = _SIGN.match(text)
    lead = sign.end() if sign else 0
    rest = text[lead:]
    match = expression().match(rest)
    amount = None
    if match and match.end() == len(rest) and match.lastgroup == "amount":
        amount = measure(match)
    if amount is None and (printed := _PRINTED.fullmatch(rest)):
        amount = _plain(printed)
    if amount is None or (len(amount.digits) > _LONGEST_NUMBER and "," not in amount.digits):
        return None
    amount = amount._replace(start=0, end=len(text))
    if sign and sign.group() not in "+±":
        numeral = amount.numeral
        return amount._replace(numeral=numeral._replace(value=-numeral.value), high=None)
    return amount


def _plain(printed: re.Match[str]) -> Amount | None:
    """A number with or without a measure word, whatever it means elsewhere (12345, 110)."""
    numeral, unit = read_number(printed[1]), printed[2]
    if numeral is None or (unit and (unit not in unit_classes() or unit_classes()[unit] == "time")):
        return None
    return Amount(0, 0, numeral, None, unit, unit_class(unit), "exact", False, printed[1], "")


def _scaled(amount: Amount, scale: str, unit: str) -> Amount:
    """The amount in the unit of its cell; a scale alone (亿) counts as well."""
    if not amount.numeral.value:
        scale = ""  # 0 万元 is nothing, not less than half of 10,000
    if unit or not scale or amount.unit:
        return amount.in_cell(scale, unit)
    return amount.in_cell(scale, "元")._replace(unit="", unit_class="")


def _change(amount: Amount) -> Change:
    """Which change a figure of such a column is."""
    if amount.unit == "百分点":
        return "points"
    return "yoy_pct" if amount.unit_class == "rate" else "yoy_abs"


def _core(text: str) -> str:
    """What a head says beside time, unit, change and number; empty for 合计 and 2023年."""
    text = _BRACKETED.sub("", _LEAD.sub("", text))
    text = _LEAD.sub("", re.sub(r"(?:19|20)\d\d年?度?", "", text))
    if _LAST_YEAR.fullmatch(text) or _THIS_YEAR.fullmatch(text) or _TOTAL.fullmatch(text) or _CHANGE.search(text):
        return ""
    return "" if _FILLER.fullmatch(text) else text


def _measure(text: str) -> str:
    """The head, where it says no more than in what is counted (数量, 次数), without time and unit."""
    text = re.sub(r"(?:19|20)\d\d年?度?", "", _BRACKETED.sub("", text))
    return text if _MEASURE.fullmatch(text) else ""


def _naming(heads: Heads, title: tuple[int, int] | None = None) -> tuple[tuple[int, int] | None, str]:
    """The place of the head that says what is counted, and what the other heads add to it.

    A row of a place or a body says whose figure it is; where no column names what is counted, the title does.
    """
    rows = [(head, core) for head in heads.row if (core := _core(head.text))]
    measures = [(head, core) for head in heads.column if (core := _measure(head.text))]
    columns = [(head, core) for head in heads.column if not _measure(head.text) and (core := _core(head.text))]
    by_area = rows and (_AREA_HEAD.search(heads.corner) or _AREA.fullmatch(rows[-1][1]))
    if (by_area or not rows) and not columns:
        if title:
            return title, "·".join(core for _, core in rows)
        columns = measures
    if columns and (not rows or by_area):
        first, others = columns[-1], [*rows, *columns[:-1]]
    elif rows:
        first, others = rows[-1], [*rows[:-1], *columns]
    else:
        totals = [head.cell for head in heads.row if _TOTAL.fullmatch(_LEAD.sub("", head.text))]
        if not totals and any(_TOTAL.fullmatch(_BRACKETED.sub("", head.text)) for head in heads.column):
            totals = [group.cell for group in heads.groups]  # 合计 under 行政处罚实施数量（宗）
        return ((totals[-1].start, totals[-1].end) if totals else None), ""
    cell, lead = first[0].cell, _LEAD.match(first[0].text)
    start = cell.start + (len(lead.group()) if lead else 0)  # 1.属于国家秘密: its number says nothing of it
    return (min(start, cell.end), cell.end), "·".join(core for _, core in others)
