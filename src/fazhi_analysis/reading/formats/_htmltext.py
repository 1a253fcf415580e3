"""Text of an element as a reader sees it: blocks on lines of their own, cells with tabs, no scripts, no menus."""

from __future__ import annotations

import re
from typing import Any

from fazhi_analysis.model import Grid
from fazhi_analysis.reading.cell_marks import CELL, END, MARKS, ROW, TABLE, without_marks

_BLOCK_NAMES = """address article aside blockquote body center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4
h5 h6 header hr li main ol p pre section table tbody thead tfoot tr ul"""
_DROPPED_NAMES = """script style noscript template head iframe object svg math select option button input textarea nav
footer audio video canvas"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED = frozenset(_DROPPED_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumb|crumbs?|share|bdshare|footer|sidebar|print|qrcode)(?:$|[\s_-])",
    re.IGNORECASE,
)


def laid_text(element: Any) -> tuple[str, tuple[Grid, ...]]:
    """Visible text below an lxml element and its tables; never recursive, however deep the markup.

    >>> from lxml import html
    >>> page = "<div><p>一、<b>总体</b></p><script>x()</script><table><tr><td>案件</td><td>7件</td></tr></table></div>"
    >>> laid_text(html.fromstring(page))[0]
    '一、总体\\n案件\\t7件\\n'
    """
    walk = _Walk(element)
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            walk.leave(node)
        elif walk.enter(node):
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
    lines = (re.sub(r" *\t *", "\t", line).strip(" \t\r") for line in "".join(walk.pieces).split("\n"))
    # A line without text leaves only its marks: the row is there, and empty.
    kept = (f"{line}\n" if MARKS.sub("", line).strip() else "".join(MARKS.findall(line)) for line in lines)
    return without_marks("".join(kept), walk.spans)


class _Walk:
    """Collects text on the way through the elements below ``top``; ``cells`` counts the open cells of tables."""

    def __init__(self, top: Any) -> None:
        self.top = top
        self.pieces: list[str] = []
        self.cells = 0
        self.spans: list[tuple[int, int]] = []

    def enter(self, node: Any) -> bool:
        """Write what stands before and at the beginning of an element; false where nothing in it is read."""
        tag = node.tag
        if not isinstance(tag, str) or _is_dropped(node, tag, node is self.top):
            self._write_tail(node)
            return False
        if tag == "br":
            self.pieces.append(" " if self.cells else "\n")
        elif tag in ("td", "th"):
            self._open_cell(node)
        elif tag in ("table", "tr") and not self.cells:
            self.pieces.append(f"\n{TABLE if tag == 'table' else ROW}")
        elif tag in _BLOCKS:
            self.pieces.append(" " if self.cells else "\n")
        if node.text:
            self.pieces.append(_inline(node.text))
        return True

    def _open_cell(self, node: Any) -> None:
        if not self.cells and (node is self.top or not _holds_data(node)):
            self._mark_cell(node, END + "\n")  # its text is no cell, but its place in the row is taken
            return
        self.cells += 1
        if node.getprevious() is not None:
            self.pieces.append("\t")
        if self.cells == 1:
            self._mark_cell(node, "")

    def _mark_cell(self, node: Any, after: str) -> None:
        self.spans.append((_number(node.get("rowspan")), _number(node.get("colspan"))))
        self.pieces.append(CELL + after)

    def leave(self, node: Any) -> None:
        """Write what stands at the end of an element and after it."""
        if node.tag in _BLOCKS and not (self.cells and node.tag != "tr"):
            self.pieces.append("\n")
        if node.tag in ("td", "th") and self.cells:
            if self.cells == 1:
                self.pieces.append(END)
            self.cells -= 1
        self._write_tail(node)

    def _write_tail(self, node: Any) -> None:
        if node is not self.top and node.tail:
            self.pieces.append(_inline(node.tail))


def _number(text: str | None) -> int:
    """The number of an attribute, 1 when it is none."""
    return int(text) if text and text.strip().isdecimal() else 1


def _holds_data(cell: Any) -> bool:
    """Whether a table cell holds one value or phrase; old pages put whole articles into cells to place them."""
    blocks = sum(1 for _ in cell.iter("p", "div", "br", "table", "ul", "h1", "h2", "h3"))
    return blocks <= 3 and next(cell.iter("table"), None) is None and len("".join(cell.itertext()).strip()) <= 200


def _inline(text: str) -> str:
    """White space of the source as a browser shows it: one space, but ideographic indents stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", MARKS.sub("", text))


def _is_dropped(node: Any, tag: str, top: bool) -> bool:
    """Whether an element is no part of what is read: script, form, menu, hidden."""
    if tag in _DROPPED:
        return True
    if top:
        return False
    if node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return True
    if node.get("title") in ("header", "footer"):  # as LibreOffice saves them
        return True
    return tag in ("div", "ul", "span", "section", "aside") and bool(
        _MENU.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    )
