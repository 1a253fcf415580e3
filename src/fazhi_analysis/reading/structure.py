"""The section tree of a report, from the wording: numbers, headings, items, and the parts before and after the body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fazhi_analysis.model import CleanText, Finding, Grid, Item, Metadata, Section
from fazhi_analysis.reading.defects import find_defects
from fazhi_analysis.reading.front_and_end_matter import Parts, find_parts
from fazhi_analysis.reading.grids import holds_values
from fazhi_analysis.reading.headings import Head, Paragraph, find_heads, split_paragraphs
from fazhi_analysis.reading.metadata import NOTHING_OUTSIDE, Outside, read_metadata
from fazhi_analysis.reading.section_numbers import HAN, han_value

_ITEM = re.compile(rf"[{HAN}][{HAN}]{{0,2}}是")
_BEFORE_ITEM = frozenset("\n。；;，,：:、？！）)”—\t ")


class Structure(NamedTuple):
    """What the wording of a report gives: sections in text order, parents first; metadata; defects."""

    sections: tuple[Section, ...]
    metadata: Metadata
    defects: tuple[Finding, ...]


@dataclass
class _Node:
    """A section while its end and items are still open; offsets count the clean text."""

    key: str
    head: Head | None
    level: int
    start: int
    end: int
    heading: tuple[int, int]
    items: list[tuple[int, int]] = field(default_factory=list)


def read_structure(
    text: str, clean: CleanText, outside: Outside = NOTHING_OUTSIDE, grids: Sequence[Grid] = ()
) -> Structure:
    """Sections, metadata and structural defects of a text and its clean copy; cells of ``grids`` head no section.

    >>> from fazhi_analysis.reading.cleaning import clean
    >>> text = "甲县2024年法治政府建设报告\\n一、总体\\n（一）学习。一是学法5次。二是考试。\\n三、问题"
    >>> structure = read_structure(text, clean(text))
    >>> [section.key for section in structure.sections]
    ['title', '一', '一/（一）', '三']
    >>> [item.marker for item in structure.sections[2].items]
    ['一是', '二是']
    >>> [finding.rule for finding in structure.defects]
    ['section_number']
    """
    if not clean.text:
        return Structure((), Metadata(published_date=outside.published_date), ())
    paragraphs = split_paragraphs(clean.text)
    heads = _outside_tables(find_heads(paragraphs), text, clean, grids)
    parts = find_parts(paragraphs, heads)
    body = [head for head in heads if parts.body_start <= head.paragraph < parts.body_end]
    nodes = _part_nodes(paragraphs, parts) + _body_nodes(paragraphs, body, parts)
    nodes.sort(key=lambda node: (node.start, node.level))
    _add_items(clean.text, nodes)
    sections = tuple(_section(clean, node) for node in nodes)
    metadata = read_metadata(paragraphs, parts, body, outside)
    numbered = [(section, node.head) for section, node in zip(sections, nodes, strict=True) if node.head is not None]
    defects = find_defects(text, clean, sections, numbered, metadata)
    return Structure(sections, metadata, defects)


def _outside_tables(heads: list[Head], text: str, clean: CleanText, grids: Sequence[Grid]) -> list[Head]:
    """The heads that are no cells of a table of figures."""
    spans = [(cell.start, cell.end) for grid in grids if holds_values(grid, text) for cell in grid.cells]
    cells = sorted(span for span in spans if span[0] < span[1])
    starts = [start for start, _ in cells]

    def inside(head: Head) -> bool:
        at = clean.offsets[head.start]
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < cells[index][1]

    return [head for head in heads if not inside(head)] if cells else heads


def _part_nodes(paragraphs: list[Paragraph], parts: Parts) -> list[_Node]:
    """Letter, title, preamble, colophon and appendix, where they exist."""
    nodes: list[_Node] = []
    for key, first, stop in parts.named():
        if first < stop:
            start, end = paragraphs[first].start, paragraphs[stop - 1].end
            heading = (start, end) if key == "title" else (start, start)
            nodes.append(_Node(key, None, 1, start, end, heading))
    return nodes


def _body_nodes(paragraphs: list[Paragraph], heads: list[Head], parts: Parts) -> list[_Node]:
    """Numbered sections as a flat list in which parents stand before their children."""
    nodes: list[_Node] = []
    stack: list[_Node] = []
    body_end = paragraphs[parts.body_end - 1].end if parts.body_end else 0
    for head in heads:
        while stack and stack[-1].head is not None and stack[-1].head.marker.rank >= head.marker.rank:
            stack.pop().end = head.start
        level = len(stack) + 1
        own = head.marker.key
        key = own if level == 1 else f"{stack[0].key}/{own}" if level == 2 else stack[1].key
        node = _Node(key, head, level, head.start, body_end, (head.heading_start, head.heading_end))
        nodes.append(node)
        stack.append(node)
    return nodes


def _add_items(text: str, nodes: list[_Node]) -> None:
    """Give each 一是/二是 item to the innermost section that holds it."""
    starts = [
        match.span()
        for match in _ITEM.finditer(text)
        if (match.start() == 0 or text[match.start() - 1] in _BEFORE_ITEM) and han_value(match.group()[:-1])
    ]
    position = 0
    for index, node in enumerate(nodes):
        limit = nodes[index + 1].start if index + 1 < len(nodes) else len(text)
        while position < len(starts) and starts[position][0] < limit:
            start, _ = starts[position]
            position += 1
            if start < node.start:
                continue
            stop = text.find("\n", start)
            stop = len(text) if stop < 0 else stop
            if position < len(starts):
                stop = min(stop, starts[position][0])
            node.items.append((start, min(stop, limit)))


def _section(clean: CleanText, node: _Node) -> Section:
    """The section in offsets of the original, without the break at its end."""
    text = clean.text
    end = node.end
    while end > node.start + 1 and text[end - 1] == "\n":
        end -= 1
    start, stop = clean.original(node.start, end)
    heading_start, heading_end = node.heading
    if heading_start < heading_end:
        first, last = clean.original(heading_start, heading_end)
    else:
        first = last = clean.offsets[heading_start] if heading_start < len(clean.offsets) else stop
    items = tuple(Item(text[a : text.index("是", a) + 1], *clean.original(a, b)) for a, b in node.items)
    number = node.head.marker.printed if node.head else ""
    return Section(node.key, number, text[heading_start:heading_end], node.level, start, stop, first, last, items)
