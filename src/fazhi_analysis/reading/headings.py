"""Paragraphs of a clean text, the section numbers that open them, and the headings behind the numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.reading.section_numbers import HAN, Marker, read_marker

_OPENERS = frozenset("第一二三四五六七八九十（(〔0123456789") | {chr(code) for code in range(0x2460, 0x2474)}
_INLINE = re.compile(rf"[。；;](?=[（(]?[{HAN}]{{1,3}}[）)、])")
_STOP = re.compile(r"[。！？]")
_CLAUSE = re.compile(r"[，：；:;]")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?!\d)(?!年|[.\d]|·|\+)")
_CONTENTS = re.compile(r"(?:[.．…·]{2,}|\t)\s*\d{1,3}$")
_CONTENTS_TITLE = re.compile(r"目[ \t]?录|目[ \t]?次")

MAX_ALONE = 60
MAX_SENTENCE = 45
MAX_CLAUSE = 25


class Paragraph(NamedTuple):
    """A paragraph of the clean text; offsets count its characters."""

    start: int
    end: int
    text: str


class Head(NamedTuple):
    """A section number with its heading, in offsets of the clean text.

    ``heading_start == heading_end`` where no heading stands apart from the text; ``run_in`` when text follows the
    heading in the same paragraph.
    """

    marker: Marker
    start: int
    heading_start: int
    heading_end: int
    run_in: bool
    paragraph: int


def split_paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a clean text.

    >>> split_paragraphs("一、总体\\n正文。")[1]
    Paragraph(start=5, end=8, text='正文。')
    """
    paragraphs: list[Paragraph] = []
    start = 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start, start + len(line), line))
        start += len(line) + 1
    return paragraphs


def find_heads(paragraphs: list[Paragraph]) -> list[Head]:
    """Section numbers in order: those that open a paragraph, and those that go on counting inside one.

    >>> heads = find_heads(split_paragraphs("一、总体情况。（一）学习。学法5次。（二）决策。\\n三、问题"))
    >>> [head.marker.key for head in heads]
    ['一', '（一）', '（二）', '三']
    """
    heads: list[Head] = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if not text or text[0] not in _OPENERS:
            continue
        marker = read_marker(text)
        if marker is None or (text[-1].isdecimal() and _CONTENTS.search(text)):
            continue
        if marker.rank == 3 and "\t" in text[:40]:
            continue  # a numbered row of a table
        starts = [(0, marker)]
        for match in _INLINE.finditer(text):
            inner = read_marker(text, match.end())
            if inner and _goes_on(starts, inner):
                starts.append((match.end(), inner))
        ends = [at for at, _ in starts[1:]] + [len(text)]
        for (at, found), end in zip(starts, ends, strict=True):
            heads.append(_head(paragraph, index, at, end, found))
    return _without_contents(paragraphs, heads)


def _without_contents(paragraphs: list[Paragraph], heads: list[Head]) -> list[Head]:
    """Heads without those of a table of contents (目录), which come again where the sections begin."""
    place = next((index for index, item in enumerate(paragraphs[:40]) if _CONTENTS_TITLE.fullmatch(item.text)), None)
    if place is None:
        return heads
    listed = [head for head in heads if head.paragraph > place]
    names = [_name(paragraphs, head) for head in listed]
    again = names.index(names[0], 1) if names and names[0] in names[1:] else 0
    return [head for head in heads if head.paragraph < place] + listed[again:]


def _name(paragraphs: list[Paragraph], head: Head) -> str:
    paragraph = paragraphs[head.paragraph]
    return head.marker.key + paragraph.text[head.heading_start - paragraph.start : head.heading_end - paragraph.start]


def _goes_on(starts: list[tuple[int, Marker]], inner: Marker) -> bool:
    """Whether a number inside a paragraph continues the count, or begins one a level below."""
    for _, marker in reversed(starts):
        if marker.rank == inner.rank:
            return inner.value == marker.value + 1
        if marker.rank < inner.rank:
            return inner.value == 1
    return False


def _head(paragraph: Paragraph, index: int, at: int, end: int, marker: Marker) -> Head:
    text = paragraph.text
    begin = at + len(marker.printed)
    while begin < end and text[begin] in " \t、.":
        begin += 1
    stop = heading_end(text[begin:end])
    start = paragraph.start + at
    heading = paragraph.start + begin
    rest = text[begin + stop : end].strip("。：:！ ")
    return Head(marker, start, heading, heading + stop, bool(stop) and bool(rest), index)


def heading_end(text: str) -> int:
    """Length of the heading at the start of what follows a section number; 0 when the text begins at once.

    A heading is the whole paragraph, or its first sentence, or its first clause, as long as it is short and counts
    nothing.

    >>> text = "强化典型引领。着力打造案例。"
    >>> text[: heading_end(text)]
    '强化典型引领'
    >>> text = "推行顾问制度，把工作列入要点，纳入年度考核，推动各项部署在基层落地见效。"
    >>> text[: heading_end(text)]
    '推行顾问制度'
    >>> heading_end("开展专项清理3次、综合评估2次，加强管理。")
    0
    """
    match = _STOP.search(text)
    sentence = text[: match.start()] if match else text
    alone = match is None or not text[match.end() :].strip()
    short = len(sentence) <= MAX_ALONE if match is None else len(sentence) <= MAX_SENTENCE and sentence.count("，") <= 1
    if alone and short and "；" not in sentence:
        return 0 if match and _AMOUNT.search(sentence) else len(sentence.rstrip("：: "))
    if not alone and len(sentence) <= MAX_SENTENCE and _AMOUNT.search(sentence) is None:
        return len(sentence)
    cut = _CLAUSE.search(sentence)
    if cut and 2 <= cut.start() <= MAX_CLAUSE and _AMOUNT.search(sentence[: cut.start()]) is None:
        return cut.start()
    return 0
