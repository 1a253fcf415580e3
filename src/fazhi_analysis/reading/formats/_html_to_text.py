"""Text of an element as a reader sees it: blocks on lines of their own, cells with tabs, no scripts, no menus."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from fazhi_analysis.model import Grid
from fazhi_analysis.reading.formats._html_visibility import Look, Looks
from fazhi_analysis.reading.grids.cell_marks import CELL, END, MARKS, PLACE, ROW, TABLE, without_marks
from fazhi_analysis.reading.omissions import Omission
from fazhi_analysis.reading.visibility import raised

_BLOCK_NAMES = """address article aside blockquote body center dd div dl dt fieldset figcaption figure form h1 h2 h3 h4
h5 h6 header hr li main ol p pre section table tbody thead tfoot tr ul"""
_DROPPED_NAMES = """script style noscript template head iframe object svg math select option button input textarea nav
footer audio video canvas rt rp"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_DROPPED = frozenset(_DROPPED_NAMES.split())
_PLAIN_MATH = frozenset(("math", "mrow", "mn", "mi", "mo", "mtext", "semantics", "mstyle", "mspace"))
_FRAMES = ("iframe", "object", "embed")
# Pictures that hold no text of the report: marks, buttons, codes to scan.
_ORNAMENT = re.compile(
    r"icon|logo|qr_?code|ewm|share|button|btn|arrow|\bbg\b|blank|spacer|dot\.|\.svg|filetype", re.IGNORECASE
)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumb|crumbs?|share|bdshare|footer|sidebar|print|qrcode)(?:$|[\s_-])",
    re.IGNORECASE,
)


class LaidText(NamedTuple):
    """Text of an element, its tables, and what was left out."""

    text: str
    grids: tuple[Grid, ...] = ()
    omissions: tuple[Omission, ...] = ()


def laid_text(element: Any, looks: Looks) -> LaidText:
    """Visible text below an lxml element and its tables; never recursive, however deep the markup.

    >>> from lxml import html
    >>> page = html.fromstring(
    ...     "<div><p>一、<b>总体</b><s>9</s></p><hr><table><tr><td>案件</td><td>7件</td></tr></table></div>"
    ... )
    >>> laid = laid_text(page, Looks(page))
    >>> laid.text, laid.omissions
    ('一、总体\\n案件\\t7件\\n', (Omission(cause='struck', at=4, text='9', page=''),))
    """
    walk = _Walk(element, looks)
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
    text, grids, places = without_marks("".join(kept), walk.spans)
    omissions = (Omission(cause, at, left) for at, (cause, left) in zip(places, walk.left_out, strict=True))
    return LaidText(text, grids, tuple(omissions))


class _Walk:
    """Collects text on the way through the elements below ``top``; ``cells`` counts the open cells of tables."""

    def __init__(self, top: Any, looks: Looks) -> None:
        self.top = top
        self.looks = looks
        self.pieces: list[str] = []
        self.cells = 0
        self.spans: list[tuple[int, int]] = []
        self.left_out: list[tuple[str, str]] = []
        self._open = [Look()]

    def enter(self, node: Any) -> bool:
        """Write what stands before and at the beginning of an element; false where nothing in it is read."""
        tag = node.tag
        if not isinstance(tag, str) or self._is_left_out(node, tag):
            self._write_tail(node)
            return False
        self._open.append(Look() if node is self.top else self.looks.of(node, self._open[-1]))
        if tag == "br":
            self.pieces.append(" " if self.cells else "\n")
        elif tag in ("td", "th"):
            self._open_cell(node)
        elif tag in ("table", "tr") and not self.cells:
            self.pieces.append(f"\n{TABLE if tag == 'table' else ROW}")
        elif tag in _BLOCKS:
            self.pieces.append(" " if self.cells else "\n")
        self._write(node.text)
        return True

    def _is_left_out(self, node: Any, tag: str) -> bool:
        """Whether nothing in an element is read; what a reader sees of it, or might be meant to see, is noted."""
        if node is self.top:
            return tag in _DROPPED
        if tag == "math" and all(part.tag in _PLAIN_MATH for part in node.iter("*")):
            return False
        if tag in _DROPPED or tag in ("img", "embed"):
            if cause := _unread(node, tag):
                self._note(cause)
            return True
        if _is_menu(node, tag):
            return True
        look = self.looks.of(node, self._open[-1])
        if look.gone:
            self._note(look.cause, _seen_text(node))
        return look.gone

    def _note(self, cause: str, text: str = "") -> None:
        self.left_out.append((cause, text))
        self.pieces.append(PLACE)

    def _write(self, text: str | None) -> None:
        """Text of the innermost open element, unless no reader sees it."""
        if not text:
            return
        look = self._open[-1]
        if look.cause:
            self._note(look.cause, text)
            return
        text = raised(text) if look.raised else text
        self.pieces.append(_inline(text))

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
        self._open.pop()
        self._write_tail(node)

    def _write_tail(self, node: Any) -> None:
        if node is not self.top:
            self._write(node.tail)


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


def _is_menu(node: Any, tag: str) -> bool:
    """Whether an element is a menu or a part of the page that is not of the article."""
    if node.get("title") in ("header", "footer"):  # as LibreOffice saves them
        return True
    return tag in ("div", "ul", "span", "section", "aside") and bool(
        _MENU.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    )


def _unread(node: Any, tag: str) -> str:
    """What readers see of an element that is no text, or an empty string."""
    if tag == "img":
        return "" if _is_ornament(node) else "picture"
    if tag in _FRAMES:
        return "frame" if (node.get("src") or node.get("data")) and not _is_ornament(node) else ""
    if tag == "math":
        return "equation"
    return "chart" if tag == "canvas" or (tag == "svg" and next(node.iter("{*}text", "text"), None) is not None) else ""


def _is_ornament(node: Any) -> bool:
    """Whether a picture or frame is too small to hold text of a report, or is named as a mark or button."""
    style = node.get("style") or ""
    for name, least in (("width", 120), ("height", 50)):
        styled = re.search(rf"(?<![-\w]){name}\s*:\s*(\d+)(?:\.\d+)?px", style)
        size = styled[1] if styled else (node.get(name) or "").strip().removesuffix("px")
        if size.isdecimal() and int(size) < least:
            return True
    return _ORNAMENT.search(node.get("src") or "") is not None


def _seen_text(node: Any) -> str:
    """All text below an element without scripts and sheets."""
    inside = node.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return re.sub(r"\s+", " ", "".join(inside)).strip()
