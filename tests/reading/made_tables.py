"""Tables of our own with invented figures, in every way that a document prints them.

A table is rows of cells from left to right; a cell is its text, or (text, rows, columns) where it spans several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from tests.reading.made_files import at

Cell = str | tuple[str, int, int]
Table = Sequence[Sequence[Cell]]


class Placed(NamedTuple):
    """A cell with its place in the grid."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def placed(table: Table) -> list[Placed]:
    """Every cell with the place that it takes around those that reach down from above."""
    taken: set[tuple[int, int]] = set()
    result = []
    for number, row in enumerate(table):
        column = 0
        for cell in row:
            text, rows, columns = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (number, column) in taken:
                column += 1
            taken |= {(number + y, column + x) for y in range(rows) for x in range(columns)}
            result.append(Placed(text, number, column, rows, columns))
            column += columns
    return result


def html(table: Table) -> str:
    rows = []
    for row in table:
        cells = ""
        for cell in row:
            text, down, across = cell if isinstance(cell, tuple) else (cell, 1, 1)
            cells += f'<td rowspan="{down}" colspan="{across}">{escape(text)}</td>'
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>"


def word(table: Table) -> str:
    cells = placed(table)
    width = max(cell.column + cell.columns for cell in cells)
    rows = ""
    for number in range(len(table)):
        inner, column = "", 0
        while column < width:
            owner = next(c for c in cells if c.row <= number < c.row + c.rows and c.column == column)
            down = "" if owner.rows == 1 else '<w:vMerge w:val="restart"/>' if owner.row == number else "<w:vMerge/>"
            text = escape(owner.text) if owner.row == number else ""
            looks = f'<w:tcPr><w:gridSpan w:val="{owner.columns}"/>{down}</w:tcPr>'
            inner += f"<w:tc>{looks}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            column += owner.columns
        rows += f"<w:tr>{inner}</w:tr>"
    return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"


def markdown(table: Table) -> str:
    """With a rule under the first row; spans are lost, as a converter loses them: what is spanned is empty."""
    grid = _spread(table)
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([lines[0], "|" + "---|" * len(grid[0]), *lines[1:]])


def tabbed(table: Table) -> str:
    return "\n".join("\t".join(row) for row in _spread(table))


def cell_a_line(table: Table) -> str:
    """As the text of a page is copied: one cell a line, nothing for what is spanned."""
    return "\n".join(cell.text for cell in placed(table))


def drawn(table: Table, *, ruled: bool, top: float = 660, left: float = 60, width: float = 480) -> str:
    """Orders of a PDF page that print the table, with or without its lines; long texts wrap in their cells."""
    cells = placed(table)
    step, size = width / max(cell.column + cell.columns for cell in cells), 9.0
    lines = {cell: _wrapped(cell.text, int((cell.columns * step - 6) // size)) for cell in cells}
    tall = [max(len(lines[cell]) for cell in cells if cell.row == row and cell.rows == 1) for row in range(len(table))]
    starts = [top - sum(tall[:row]) * 12 - 8 * row for row in range(len(table) + 1)]
    orders = ""
    for cell in cells:
        x, y, end = left + cell.column * step, starts[cell.row], starts[cell.row + cell.rows]
        orders += "".join(at(line, x + 3, y - 13 - 12 * n, size) for n, line in enumerate(lines[cell]) if line)
        if ruled:
            orders += f"{x} {end} {cell.columns * step} {y - end} re S\n"
    return orders


def _wrapped(text: str, width: int) -> list[str]:
    if text.isascii():
        return [text]
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def _spread(table: Table) -> list[list[str]]:
    cells = placed(table)
    width = max(cell.column + cell.columns for cell in cells)
    grid = [[""] * width for _ in table]
    for cell in cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def numbers(cells: Iterable[Placed]) -> list[Placed]:
    return [cell for cell in cells if cell.text.replace(",", "").replace(".", "").isdecimal()]


_WHO = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

# The prescribed tables of a report on the disclosure of government information, since 2021.
DISCLOSED: Table = (
    (("第二十条第（一）项", 1, 4),),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "0"),
    ("行政规范性文件", "7", "3", "58"),
    (("第二十条第（五）项", 1, 4),),
    ("信息内容", ("本年处理决定数量", 1, 3)),
    ("行政许可", ("20413", 1, 3)),
    (("第二十条第（六）项", 1, 4),),
    ("信息内容", ("本年处理决定数量", 1, 3)),
    ("行政处罚", ("3127", 1, 3)),
    ("行政强制", ("241", 1, 3)),
    (("第二十条第（八）项", 1, 4),),
    ("信息内容", ("本年收费金额（单位：万元）", 1, 3)),
    ("行政事业性收费", ("1836.52", 1, 3)),
)
_TIES = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _request(stubs: tuple[Cell, ...], *values: int) -> tuple[Cell, ...]:
    return (*stubs, *map(str, values))


REQUESTS: Table = (
    ((_TIES, 3, 3), ("申请人情况", 1, 7)),
    (("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)),
    _WHO,
    _request((("一、本年新收政府信息公开申请数量", 1, 3),), 61, 4, 0, 1, 2, 0, 68),
    _request((("二、上年结转政府信息公开申请数量", 1, 3),), 5, 1, 0, 0, 0, 0, 6),
    _request((("三、本年度办理结果", 7, 1), ("（一）予以公开", 1, 2)), 21, 1, 0, 0, 1, 0, 23),
    _request((("（二）部分公开", 1, 2),), 9, 0, 0, 0, 0, 0, 9),
    _request((("（三）不予公开", 2, 1), "1.属于国家秘密"), 0, 0, 0, 0, 0, 0, 0),
    _request(("2.其他法律行政法规禁止公开",), 2, 1, 0, 0, 0, 0, 3),
    _request((("（四）无法提供", 2, 1), "1.本机关不掌握相关政府信息"), 25, 2, 0, 0, 1, 0, 28),
    _request(("2.没有现成信息需要另行制作",), 3, 0, 0, 1, 0, 0, 4),
    _request((("（七）总计", 1, 2),), 60, 4, 0, 1, 2, 0, 67),
    _request((("四、结转下年度继续办理", 1, 3),), 6, 1, 0, 0, 0, 0, 7),
)
DISPUTES: Table = (
    (("行政复议", 1, 5), ("行政诉讼", 1, 10)),
    (*((name, 2, 1) for name in _RESULTS), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)),
    (*_RESULTS, *_RESULTS),
    ("8", "2", "1", "3", "14", "5", "1", "0", "2", "9", "4", "0", "0", "1", "6"),
)
# Statistics of enforcement: kinds of acts over columns, bodies down the side.
ENFORCEMENT: Table = (
    (("序号", 2, 1), ("单位", 2, 1), ("行政处罚", 1, 3), ("行政许可（件）", 2, 1), ("行政检查（次）", 2, 1)),
    ("警告（件）", "罚款（件）", "罚没金额（万元）"),
    ("1", "县市场监管局", "36", "412", "186.40", "5021", "1630"),
    ("2", "县交通运输局", "18", "207", "92.75", "1184", "905"),
    (("合计", 1, 2), "54", "619", "279.15", "6205", "2535"),
)
# Statistics of reconsideration: what was asked and how it ended.
RECONSIDERATION: Table = (
    (("项目", 2, 1), ("申请（件）", 1, 2), ("审结（件）", 1, 4)),
    ("新收", "受理", "维持", "撤销", "调解", "驳回"),
    ("公安", "24", "22", "11", "2", "5", "1"),
    ("自然资源", "17", "15", "6", "3", "4", ""),
    ("合计", "41", "37", "17", "5", "9", "1"),
)
