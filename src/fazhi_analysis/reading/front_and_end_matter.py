"""Where the body begins and ends, and what stands before and after it: letter, title, preamble, colophon, appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern, words
from fazhi_analysis.reading.headings import Head, Paragraph

_NUMERAL = "〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"(?P<year>20\d\d|[{_NUMERAL}]{{4}})年(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
_SIGNATURE = pattern(r"[^，。；：:、《》>|]{2,40}<organs>(?:[（(](?:盖章|印章|章|代章)[）)])?")
_SIGNED_LINE = pattern(rf"(?P<organ>[^，。；：:、《》>|\d]{{2,40}}<organs>)[ \t]?{DATE.pattern}(?:印发)?")
# A date of signing may lack its day and month: 二0一七年.
_DATE_LINE = re.compile(
    rf"[（(]?(?:{DATE.pattern}(?:印发|印)?|(?:20\d\d|[0{_NUMERAL}]{{4}})年(?:[\d{_NUMERAL}]{{1,2}}月)?)[）)]?"
)
_CLOSING = pattern("<closing formulas>")
_OFFICE = pattern("<office notes>")
_FURNITURE = pattern("<page furniture>")
_APPENDIX = pattern("<appendix titles>")
_TITLE_END = pattern(r"<title ends>[”》]?(?:[（(].{1,14}[）)])?$")
_TITLE_SUBJECT = pattern("<title subjects>")
_SECOND_LINES = words("second title lines")
_ADDRESSEE = re.compile(r"[^，。；]{2,60}[：:]")
_OPENING = pattern("<opening words>")
_HEAD_LINE = pattern(".{0,30}<head lines>$")
_NAVIGATION = pattern("<navigation>")
_SENT_ALONG = pattern(r"(?:印发|公布|报送|转发)《[^》]*<title ends>》的(?:通知|函|公告|请示|报告)$")


class Parts(NamedTuple):
    """Indexes of paragraphs, half-open: the letter is ``[0, title)``, the body ``[body_start, body_end)``, and so on.

    ``title_end`` equals ``title`` when the text has no title; ``letter_end`` is where a covering letter or the lines
    above a title end.
    """

    letter_end: int
    title: int
    title_end: int
    body_start: int
    body_end: int
    colophon_end: int
    total: int

    def named(self) -> Iterator[tuple[str, int, int]]:
        """(key, first paragraph, end) of each part that is not the body."""
        yield "letter", 0, self.letter_end
        yield "title", self.title, self.title_end
        yield "preamble", self.title_end, self.body_start
        yield "colophon", self.body_end, self.colophon_end
        yield "appendix", self.colophon_end, self.total


def find_parts(paragraphs: list[Paragraph], heads: list[Head]) -> Parts:
    """The parts of a report.

    >>> from fazhi_analysis.reading.headings import find_heads, split_paragraphs
    >>> body = "2024年，全县有力推进。\\n一、成效\\n无。"
    >>> text = f"砚桥县2024年法治政府建设年度报告\\n{body}\\n砚桥县人民政府\\n2025年1月8日"
    >>> paragraphs = split_paragraphs(text)
    >>> find_parts(paragraphs, find_heads(paragraphs))
    Parts(letter_end=0, title=0, title_end=1, body_start=2, body_end=4, colophon_end=6, total=6)
    """
    count = len(paragraphs)
    strong = [head for head in heads if head.marker.rank <= 2] or heads
    first = strong[0].paragraph if strong else count
    appendix = _appendix_start(paragraphs, first)
    body_end = _colophon_start(paragraphs, first if strong else 1, appendix)
    body_start = min(first, body_end)
    title, title_end = _find_title(paragraphs, body_start)
    letter_end = title
    if title == title_end:
        letter_end = title = title_end = 0
    return Parts(letter_end, title, title_end, body_start, body_end, appendix, count)


def signature_of(text: str) -> str:
    """The organ that signs, when a line is a signature (with or without the date behind it), or an empty string.

    >>> signature_of("砚桥县人民政府"), signature_of("砚桥县人民政府2025年1月8日"), signature_of("健全机制。")
    ('砚桥县人民政府', '砚桥县人民政府', '')
    """
    if match := _SIGNED_LINE.fullmatch(text):
        return match["organ"]
    if len(text) <= 40 and _SIGNATURE.fullmatch(text) and not _DATE_LINE.search(text):
        return re.sub(r"[（(].*$", "", text)
    return ""


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else (印发 aside).

    >>> is_date_line("2024年3月6日印发"), is_date_line("二〇二四年三月六日"), is_date_line("2024年，")
    (True, True, False)
    """
    return len(text) <= 24 and _DATE_LINE.fullmatch(text) is not None


def is_addressee(text: str) -> bool:
    """Whether a line names those whom the report is for.

    >>> is_addressee("县人大常委会："), is_addressee("现将有关情况报告如下：")
    (True, False)
    """
    return _ADDRESSEE.fullmatch(text) is not None and _OPENING.search(text) is None


def _appendix_start(paragraphs: list[Paragraph], first: int) -> int:
    """Index of the paragraph that opens an appendix behind the body, or the number of paragraphs."""
    for index in range(first + 1, len(paragraphs) - 1):
        text = paragraphs[index].text
        if len(text) <= 40 and text[:1] in "附有相名政" and _APPENDIX.fullmatch(text):
            return index
    end = len(paragraphs)
    while end > first + 1 and "\t" in paragraphs[end - 1].text:
        end -= 1
    signed = end > first + 1 and (is_date_line(paragraphs[end - 1].text) or signature_of(paragraphs[end - 1].text))
    return end if signed else len(paragraphs)


def _colophon_start(paragraphs: list[Paragraph], first: int, end: int) -> int:
    """Index at which closing formula, signature, date and printing notes begin, or ``end``."""
    start, signed = end, False
    for index in range(end - 1, first, -1):
        text = paragraphs[index].text
        sure = bool(signature_of(text)) or is_date_line(text) or (len(text) <= 20 and _CLOSING.match(text) is not None)
        sure = sure or (len(text) <= 120 and "。" not in text and _FURNITURE.match(text) is not None)
        if not sure and not (len(text) <= 80 and _OFFICE.match(text)):
            break
        start, signed = index, signed or sure
    return start if signed else end


def _find_title(paragraphs: list[Paragraph], front: int) -> tuple[int, int]:
    """Half-open range of the title's paragraphs among the first ``front`` ones; empty when there is none."""
    letter = max((i for i in range(front - 1) if is_date_line(paragraphs[i].text) and i > 0), default=-1)
    for low in (letter + 1, 0):
        for index in range(low, min(front, low + 12)):
            text = paragraphs[index].text
            following = paragraphs[index + 1].text if index + 1 < front else ""
            if not _is_title(text) and len(text) <= 60 and len(following) <= 40 and _is_broken_title(text, following):
                return index, index + 2
            if _is_title(text):
                start = index
                while start > low and _is_title_head(paragraphs[start - 1].text, paragraphs[index].text):
                    start -= 1
                return start, index + 2 if len(following) <= 8 and _is_broken_title(text, following) else index + 1
            if "。" in paragraphs[index].text and is_addressee(paragraphs[max(0, index - 1)].text):
                break
    return 0, 0


def _is_title(text: str) -> bool:
    if len(text) > 80 or not text or text[-1] in "。；：:，" or "。" in text or not _is_printed(text):
        return False
    ends = _TITLE_END.search(text) or _SENT_ALONG.search(text)
    return ends is not None and _TITLE_SUBJECT.search(text) is not None


def _is_printed(text: str) -> bool:
    """Whether a line may be part of a title: not what stands above one, in a letterhead or on a web page."""
    return not (_HEAD_LINE.fullmatch(text) or _NAVIGATION.search(text))


def _is_broken_title(text: str, following: str) -> bool:
    """Whether two lines are one title that was cut at the edge of the page."""
    if not text or not following or text[-1] in "。；：:，》" or _is_title(following) or not _is_printed(text):
        return False
    return not signature_of(following) and not is_date_line(text) and _is_title(text + following)


def _is_title_head(text: str, title: str) -> bool:
    """Whether a line is the first half of a title that was printed in two lines."""
    if len(text) > 40 or not text or text[-1] in "。；：:，" or not _is_printed(text) or is_date_line(text):
        return False
    second_half = title.startswith(_SECOND_LINES)
    return (second_half or "关于" in text) and not _is_title(text)
