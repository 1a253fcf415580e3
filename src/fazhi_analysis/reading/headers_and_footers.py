"""Headers, footers and page numbers: what stands at the edge of pages and repeats, or counts with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fazhi_analysis.reading.segment import Page, Segment

_EDGE = 0.12  # share of a page's height in which headers and footers stand
_DECORATED = re.compile(
    r"[-—–－‐─·.\s]*\d{1,4}[-—–－‐─·.\s]*|第\s*\d{1,4}\s*页(?:\s*[/／,，、]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*[/／]\s*\d{1,4}\s*页?"
)


def without_margins(pages: Sequence[Page]) -> list[list[Segment]]:
    """For each page, its segments that have text and belong to the body.

    A text at the edge goes when it stands on several pages, numbers aside; a number when it is marked as that of a page
    (``- 3 -``, 第3页) or grows with the pages.

    >>> def sheet(number, text):
    ...     return Page([Segment(text, 80, 60, 500, 76, 16), Segment(number, 290, 800, 300, 812, 12)], 595, 842, number)
    >>> [[segment.text for segment in kept] for kept in without_margins([sheet("5", "甲"), sheet("6", "7")])]
    [['甲'], ['7']]
    """
    edges = [[segment for segment in page.segments if _at_edge(segment, page)] for page in pages]
    running, step = _running_texts(edges), _page_step(edges)
    result: list[list[Segment]] = []
    for index, (page, members) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            id(segment)
            for segment in members
            if _key(segment.text) in running or _is_page_number(segment, page, index, step, single=len(pages) == 1)
        }
        result.append([item for item in page.segments if item.text.strip() and id(item) not in dropped])
    return result


def _running_texts(edges: Sequence[Sequence[Segment]]) -> set[str]:
    """What stands at the edge of two pages of five or more, numbers aside."""
    counts: Counter[str] = Counter()
    for members in edges:
        counts.update({_key(segment.text) for segment in members} - {"#"})
    return {key for key, count in counts.items() if count >= 2 and count * 5 >= len(edges) * 2}


def _page_step(edges: Sequence[Sequence[Segment]]) -> int | None:
    """By how much the numbers at the edges run ahead of the pages, where at least two agree."""
    steps = Counter(
        int(segment.text) - index
        for index, members in enumerate(edges)
        for segment in members
        if _is_bare_number(segment.text)
    )
    step, count = steps.most_common(1)[0] if steps else (0, 0)
    return step if count >= 2 else None


def _at_edge(segment: Segment, page: Page) -> bool:
    return segment.bottom < page.height * _EDGE or segment.top > page.height * (1 - _EDGE)


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text))


def _is_bare_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _is_page_number(segment: Segment, page: Page, index: int, step: int | None, *, single: bool) -> bool:
    """Whether a piece at the edge is a page number; ``step`` is by how much numbers run ahead of pages, if they do."""
    text = segment.text.strip()
    if _is_bare_number(text):
        if step is None:
            return single and segment.top > page.height / 2 and int(text) < 100
        return int(text) - index == step
    return _DECORATED.fullmatch(text) is not None
