"""Text of an element as a reader sees it: blocks on lines of their own, cells with tabs, no scripts, no menus."""

from __future__ import annotations

import re
from typing import Any

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


def text_of(element: Any) -> str:
    """Visible text below an lxml element; never recursive, however deep the markup.

    >>> from lxml import html
    >>> page = "<div><p>一、<b>总体</b></p><script>x()</script><table><tr><td>案件</td><td>7件</td></tr></table></div>"
    >>> text_of(html.fromstring(page))
    '一、总体\\n案件\\t7件\\n'
    """
    pieces: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, False)]
    cells = 0
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if tag in _BLOCKS and not (cells and tag != "tr"):
                pieces.append("\n")
            if tag in ("td", "th") and cells:
                cells -= 1
            if node is not element and node.tail:
                pieces.append(_inline(node.tail))
            continue
        if not isinstance(tag, str) or _is_dropped(node, tag, node is element):
            if node is not element and node.tail:
                pieces.append(_inline(node.tail))
            continue
        if tag == "br":
            pieces.append(" " if cells else "\n")
        elif tag in ("td", "th"):
            if cells or (node is not element and _holds_data(node)):
                cells += 1
                pieces.append("\t" if node.getprevious() is not None else "")
            else:
                pieces.append("\n")
        elif tag in _BLOCKS:
            pieces.append("\n" if not cells else " ")
        if node.text:
            pieces.append(_inline(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    lines = (re.sub(r" *\t *", "\t", line).strip(" \t\r") for line in "".join(pieces).split("\n"))
    return "".join(f"{line}\n" for line in lines if line.strip())


def _holds_data(cell: Any) -> bool:
    """Whether a table cell holds one value or phrase; old pages put whole articles into cells to place them."""
    blocks = sum(1 for _ in cell.iter("p", "div", "br", "table", "ul", "h1", "h2", "h3"))
    return blocks <= 3 and next(cell.iter("table"), None) is None and len("".join(cell.itertext()).strip()) <= 200


def _inline(text: str) -> str:
    """White space of the source as a browser shows it: one space, but ideographic indents stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)


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
