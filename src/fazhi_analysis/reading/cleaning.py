"""A readable copy of a text, and the way back from each of its characters to the original.

Whole-text patterns find what layout put there (spaces between Chinese characters, markup, line and page breaks inside
a sentence); everything between the finds is copied in one piece, so that the cost grows with the finds and not with
the characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from fazhi_analysis.model import CleanText, Grid
from fazhi_analysis.reading.characters import INVISIBLE, common_form
from fazhi_analysis.reading.line_breaks import Line, find_breaks, find_lines
from fazhi_analysis.reading.section_numbers import HAN, read_marker
from fazhi_analysis.reading.stretches import Stretches
from fazhi_analysis.reading.visibility import as_seen

SPACE = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

# How a character is read, in brackets behind it: 复(fù)议, as some copies of pages print.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_READING = (
    rf"(?<=[\u4e00-\u9fff])[(（] ?(?=[a-zü]{{0,3}}[{_TONES}\u0300\u0301\u0304\u030c])(?!.[)）])"
    rf"[a-zü{_TONES}\u0300-\u036f]{{2,8}} ?[)）]"
)
# What may be dropped or shortened inside a line: spaces, Markdown marks, backslashes before punctuation, dollar signs
# around a figure, and the table tags that recognition programs write into Markdown.
_LAYOUT = re.compile(
    rf"(?:[{SPACE}{INVISIBLE}]|&nbsp;|&[ae]?n?m?sp;)+|\*{{2,}}|_{{2,}}|~~|\\(?=[!-/:-@\[-`{{-~])|!\[[^\]\n]*\]\([^)\n]*\)|\|"
    r"|\$(?=[ \d.,+~\\%-]{1,20}\$)|(?<=[\d% ])\$(?![A-Za-z\d])"
    rf"|{_READING}"
    r"|</?(?:table|thead|tbody|tr|td|th|br|p|div|span|b|strong|center|sup|sub|u)\b[^<>\n]{0,200}>",
    re.IGNORECASE,
)
# A cheap first look: the engine skips to the characters of one class at a tenth of the cost of trying the pattern
# everywhere, and of the cost of trying two alternatives.
_CANDIDATE = re.compile(rf"[{SPACE}{INVISIBLE}&*_~\\!|$<(（]")
_WIDTHLESS = re.compile(f"[{INVISIBLE}]+")
_SPACED_NUMBER = re.compile(r"\d{1,3}(?:[^\S\n]\d{3})+(?!\d)|\d(?:[^\S\n]\d)+(?!\d)")
# A heading whose number is set off by a space alone ("一　组织领导").
_SPACED_NUMERAL = re.compile(rf"[{HAN}]{{1,3}}[{SPACE}]+[^{HAN}是个项次年月日{SPACE}][^。，\d]{{1,40}}")
_BREAKING = ("tr", "br", "p", "p>", "p ", "di")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_USUAL = 100_000  # characters; nine reports of ten are shorter


def clean(text: str, grids: Sequence[Grid] = ()) -> CleanText:
    """Readable copy of ``text`` with offsets into it; never fails, and is empty for a text of layout alone.

    Dropped: spaces beside Chinese characters, indents, Markdown marks (``#``, ``**``, ``---``), page numbers on lines
    of their own, breaks inside a sentence, marks without width, what markup strikes out, marks of notes, how characters
    are read (``复(fù)议``). Characters have their common form, traditional ones the simplified (see ``common_form``). A
    paragraph break is one ``"\\n"``, a border between table cells one tab.
    Lines of a table (``grids``) stay apart.

    >>> copy = clean("## 一、总体\\n\\n2023 年，集中学\\n\\n法 ５ 次，办结率 97.06％。")
    >>> copy.text
    '一、总体\\n2023年，集中学法5次，办结率97.06%。'
    >>> start = copy.text.index("学法")
    >>> copy.original(start, start + 2)
    (18, 22)
    """
    plain = as_seen(common_form(text))
    lines = find_lines(plain)
    if grids:
        tables = Stretches((grid.start, grid.end) for grid in grids)
        lines = [
            line._replace(marked=True, table=True) if tables.meet(line.start, line.end) else line for line in lines
        ]
    pieces: list[str] = []
    spans: list[slice] = []
    candidates = [found.start() for found in _CANDIDATE.finditer(plain)]
    for line, keeps_break in zip(lines, find_breaks(plain, lines), strict=True):
        if keeps_break and pieces and pieces[-1] != "\n":
            pieces.append("\n")
            spans.append(slice(line.gap_start, line.gap_start + 1))
        within = candidates[bisect_left(candidates, line.start) : bisect_left(candidates, line.end)]
        _copy_line(plain, line, within, pieces, spans)
    while pieces and pieces[-1] in ("\n", "\t"):
        pieces.pop()
        spans.pop()
    places = _first_places() if len(text) <= _USUAL else tuple(range(len(text)))
    offsets: list[int] = []
    for span in spans:
        offsets += places[span]
    return CleanText("".join(pieces), tuple(offsets))


@cache
def _first_places() -> tuple[int, ...]:
    """The places of a text of usual length: copying them costs a tenth of counting anew."""
    return tuple(range(_USUAL))


def _copy_line(text: str, line: Line, candidates: list[int], pieces: list[str], spans: list[slice]) -> None:
    """Append the kept pieces of one line and where they came from; ``candidates`` are where layout may begin."""
    at = line.start
    for candidate in candidates:
        if candidate < at or (match := _LAYOUT.match(text, candidate, line.end)) is None:
            continue
        start, end = match.span()
        if start > at:
            pieces.append(text[at:start])
            spans.append(slice(at, start))
        at = end
        kept = _kept(text, line, start, end)
        if kept and pieces and pieces[-1] not in ("\t", "\n"):
            pieces.append(kept)
            spans.append(slice(start, start + 1))
    if at < line.end:
        pieces.append(text[at : line.end])
        spans.append(slice(at, line.end))


def _kept(text: str, line: Line, start: int, end: int) -> str:
    """What stays of a find inside a line: nothing, one space, or one tab between cells."""
    found = text[start:end]
    if found[0] == "<":
        return _of_tag(found)
    if found[0] in "(（":
        return ""
    if start == line.start or end == line.end:
        return "" if found != "|" or line.table else found
    if found == "|":
        return "\t" if line.table else "|"
    if found[0] in "*_~\\!$":
        return "_" if found == "__" and text[start - 1].isascii() and text[end].isascii() else ""
    if "\t" in found:
        marker = read_marker(text, line.start)
        return "" if marker and line.start + len(marker.printed) == start else "\t"
    return _of_space(text, line, start, end)


def _of_tag(tag: str) -> str:
    """A tab where a cell begins, a break where a row or paragraph does."""
    name = tag.strip("</ ").lower()
    if name.startswith(("td", "th")) and tag[1] != "/":
        return "\t"
    return "\n" if name[:2] in _BREAKING else ""


def _of_space(text: str, line: Line, start: int, end: int) -> str:
    """A space between two Latin words or two numbers stays, one that only spreads out Chinese characters does not."""
    before, after = text[start - 1], text[end]
    if before in HAN and _SPACED_NUMERAL.fullmatch(text, line.start, line.end):
        return " " if start - line.start <= 3 else ""
    if not (before.isascii() and after.isascii()) or _WIDTHLESS.fullmatch(text, start, end):
        return ""
    if before.isdigit() and after.isdigit():
        return "" if _one_number(text, line, start, end) else " "
    if before.isalpha() or after.isalpha():
        return " "
    return "" if before in "0123456789.,(+-%" or after in "0123456789.,)+-%" else " "


def _one_number(text: str, line: Line, start: int, end: int) -> bool:
    """Whether the digits on both sides of a space are one number that layout pulled apart ("3 502 件")."""
    if end - start > 1:
        return False
    left = start
    while left > line.start and (text[left - 1].isdigit() or text[left - 1] in " \u00a0\u3000"):
        left -= 1
    while not text[left].isdigit():
        left += 1
    if (match := _SPACED_NUMBER.match(text, left, line.end)) and match.end() > end:
        return True
    right = end
    while right < line.end and text[right].isdigit():
        right += 1
    ahead = text[line.start : left].rstrip()
    alone = text[left:start].isdigit() and (not ahead or not ahead[-1].isascii())
    rest = text[right : line.end].lstrip()
    followed = rest != "" and (not rest[0].isascii() or rest[0] == "%")
    return alone and followed and not _YEAR.match(text, end)
