"""HTML tables that fit a phone, print cleanly, and read well in a terminal.

A table is a list of columns and a list of rows of cells; a cell is text or a :class:`Fragment`. On a narrow screen each
row becomes a card whose lines carry the column's name (``data-label``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fazhi_analysis.presenting.html.markup import Fragment, escape, plain_text, tag

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading; whether its cells are figures (aligned right), name the row, or are short (never wrap)."""

    heading: str
    number: bool = False
    main: bool = False
    short: bool = False


def headed(words: Callable[[str], str], *columns: str | Column) -> tuple[Column, ...]:
    """Columns by the keys of their headings (``column.`` before them goes without saying), each with what it is.

    >>> year, status = headed({"column.year": "年度", "batch.status": "状态"}.get, "year number", "batch.status")
    >>> year.heading, year.number, status.heading, status.number
    ('年度', True, '状态', False)
    """
    made = []
    for column in columns:
        if isinstance(column, str):
            key, *kinds = column.split()
            column = Column(words(key if "." in key else f"column.{key}"), **dict.fromkeys(kinds, True))
        made.append(column)
    return tuple(made)


@dataclass(frozen=True)
class Table:
    """An immutable table that shows itself in Jupyter and in a terminal.

    ``caption`` says what the table holds; ``row_ids`` give element ids to rows, for links. With a ``summary`` the table
    is one click away on a page, below that line; print shows it.

    >>> table = Table("示例", (Column("指标", main=True), Column("数值", number=True)), (("复议 <b>", "3件"),))
    >>> table
    示例
    指标      数值
    复议 <b>  3件
    >>> "复议 &lt;b&gt;" in table._repr_html_()
    True
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    row_ids: tuple[str, ...] = ()
    classes: str = ""
    summary: str = ""

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col"{_class("num" if column.number else "")}>{escape(column.heading)}</th>'
            for column in self.columns
        )
        body = []
        for index, row in enumerate(self.rows):
            cells = []
            for column, cell in zip(self.columns, row, strict=True):
                kind = " ".join(
                    name for name, on in (("num", column.number), ("main", column.main), ("short", column.short)) if on
                )
                opening, closing = ('<th scope="row"', "</th>") if column.main else ("<td", "</td>")
                label = f' data-label="{escape(column.heading)}"' if column.heading else ""
                cells.append(f"{opening}{_class(kind)}{label}>{escape(cell)}{closing}")
            identity = f' id="{escape(self.row_ids[index])}"' if self.row_ids and self.row_ids[index] else ""
            body.append(f"<tr{identity}>{''.join(cells)}</tr>")
        table = (
            f"<table{_class(('fz-table ' + self.classes).strip())}><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        )
        if not self.summary:
            return table
        return f'<details class="fz-fold"><summary>{escape(self.summary)}</summary>{table}</details>'

    def fragment(self) -> Fragment:
        """The table as a fragment, to be put into something larger."""
        return Fragment(self._repr_html_(), repr(self))

    def frame(self) -> pd.DataFrame:
        """The table as a DataFrame of text, as it is read: one column a heading, in front of them the caption.

        >>> Table("示例", (Column("指标"), Column("数值")), (("复议", "3件"),)).frame().values.tolist()
        [['示例', '复议', '3件']]
        """
        import pandas as pd

        rows = [[self.caption, *(" ".join(_plain(cell).split()) for cell in row)] for row in self.rows]
        return pd.DataFrame(rows, columns=["", *(column.heading for column in self.columns)])

    def __repr__(self) -> str:
        grid = [[column.heading for column in self.columns]]
        grid += [[" ".join(_plain(cell).split("\n")) for cell in row] for row in self.rows]
        widths = [max(_width(line[index]) for line in grid) for index in range(len(self.columns))]
        lines = [
            "  ".join(_pad(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in grid
        ]
        return "\n".join([self.caption, *lines])


def _plain(cell: Any) -> str:
    """A cell as it is read: a fragment that has a text of its own says that."""
    return repr(cell) if isinstance(cell, Fragment) else plain_text(escape(cell))


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def facts(pairs: Sequence[tuple[str, Any]]) -> Fragment:
    """A list of names and values.

    >>> facts([("地方", "霁原旗")])
    地方
    霁原旗
    """
    items = Fragment("".join(str(tag("dt", name) + tag("dd", value)) for name, value in pairs))
    return tag("dl", items, cls="fz-facts")
