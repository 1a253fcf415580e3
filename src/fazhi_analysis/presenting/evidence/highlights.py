"""Marks on a text: stretches that may nest, touch or cross, rendered as nested elements with one id each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fazhi_analysis.presenting.html.markup import Fragment, join, tag

MarkKind = Literal["figure", "problem", "promise", "finding", "passage", "paragraph"]

_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text with what it is: ``id`` of its element (empty for none), ``title`` shown when pointed at."""

    start: int
    end: int
    kind: MarkKind
    id: str = ""
    title: str = ""


def marked(text: str, marks: Iterable[Mark]) -> Fragment:
    """The text in paragraphs with its marks; a mark that crosses another, or a line end, is split and keeps one id.

    >>> str(marked("甲乙丙", [Mark(0, 2, "problem", "p", "问题"), Mark(1, 3, "figure", "f", "数字")]))
    ... # doctest: +NORMALIZE_WHITESPACE
    '<p data-at="0"><mark class="fz-ev-problem" id="p" title="问题">甲<mark class="fz-ev-figure" id="f"
    title="数字">乙</mark></mark><mark class="fz-ev-figure" title="数字">丙</mark></p>'
    """
    lines = [Mark(match.start(), match.end(), "paragraph") for match in _LINE.finditer(text)]
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    return _render(text, 0, len(text), nested([*lines, *inside]))


def nested(marks: Iterable[Mark]) -> list[Mark]:
    """Marks split so that any two are apart or one holds the other; outer ones first. Only first pieces keep ids.

    >>> [(mark.start, mark.end, mark.id) for mark in nested([Mark(0, 2, "problem", "p"), Mark(1, 3, "figure", "f")])]
    [(0, 2, 'p'), (1, 2, 'f'), (2, 3, '')]
    """
    waiting = sorted(marks, key=_order)
    found: list[Mark] = []
    open_ends: list[int] = []
    while waiting:
        mark = waiting.pop(0)
        while open_ends and open_ends[-1] <= mark.start:
            open_ends.pop()
        if open_ends and mark.end > open_ends[-1]:
            cut = open_ends[-1]
            rest = replace(mark, start=cut, id="")
            mark = replace(mark, end=cut)
            place = next((at for at, other in enumerate(waiting) if _order(other) > _order(rest)), len(waiting))
            waiting.insert(place, rest)
        found.append(mark)
        open_ends.append(mark.end)
    return found


def _order(mark: Mark) -> tuple[int, bool, int]:
    return mark.start, mark.kind != "paragraph", -mark.end


def _render(text: str, start: int, end: int, marks: Sequence[Mark]) -> Fragment:
    """The stretch of the text with the marks that lie in it (nested, outer first)."""
    pieces: list[Fragment | str] = []
    at, number = start, 0
    while number < len(marks):
        mark = marks[number]
        last = number + 1
        while last < len(marks) and marks[last].start < mark.end:
            last += 1
        between = text[at : mark.start]
        if between.strip() or (between and mark.kind != "paragraph"):
            pieces.append(between)
        pieces.append(_element(mark, _render(text, mark.start, mark.end, marks[number + 1 : last])))
        at, number = mark.end, last
    if text[at:end].strip("\r\n"):
        pieces.append(text[at:end])
    return join(pieces)


def _element(mark: Mark, content: Fragment) -> Fragment:
    if mark.kind == "paragraph":
        return tag("p", content, data_at=mark.start)
    return tag("mark", content, cls=f"fz-ev-{mark.kind}", id=mark.id or None, title=mark.title or None)
