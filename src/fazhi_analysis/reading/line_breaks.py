"""Lines of a text as it stands, and which of the breaks between them are real.

A file may hold one paragraph a line, paragraphs between blank lines, or lines cut at a fixed width; page breaks may
fall inside a sentence. The wording decides: a sentence that has not ended goes on, a heading or a signature does not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from fazhi_analysis.catalogue.units import measure_words
from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.reading.characters import INVISIBLE
from fazhi_analysis.reading.section_numbers import starts_block

# Two wide blanks behind the end of a sentence: a paragraph of a page that has lost its line breaks.
_INDENT_AFTER_SENTENCE = re.compile("(?<=[。！？：；”）])\u3000{2,}(?=[^\\s])")
_INDENT_WITHIN = re.compile("\u3000{2,}(?=[^\\s])")
_BLANK = rf" \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000{INVISIBLE}"
_PREFIX = re.compile(rf"[{_BLANK}]*(?:(?:#{{1,6}}|>+)[{_BLANK}]*)*(?:[-*+•●○■◆▪·][{_BLANK}]+)?(?:\*\*|__)?[{_BLANK}]*")
_RULE = re.compile(rf"[{_BLANK}]*([-*_=—])(?:[{_BLANK}]*\1){{2,}}[{_BLANK}]*")
_TABLE_RULE = re.compile(r"[\s|:+-]+")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－‐─][\s]*\d{1,4}[\s]*[-—–－‐─]|第\s*\d{1,4}\s*页(?:[\s，,/、]*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*"
)
_ENDS = frozenset("。！？；：…!?;:")
_CLOSERS = "”’」』）)]】》\"'"
_OPEN = tuple("，、,（(“‘《〈【[—")
_SENTENCE_START = re.compile(r"(?:19|20)\d\d\s*年(?:以来|度)?[，,]")
_NUMBER_END = re.compile(r"[\u4e00-\u9fff]\d+\.?$")
_NUMBER_REST = re.compile(r"\d+(?:\.\d+)?(?:%|余?[\u4e00-\u9fff])")
_NUMBER_LAST = re.compile(r"(?<![\d.,年第])\d[\d.,]*$")
_NUMBER_ALONE = re.compile(r"\d[\d.,]*")
_PROSE_MARK = re.compile("[，。；、]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\s*[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月")
# What never begins a paragraph: 奋力争先 / 的紧迫感.
_NEVER_FIRST = re.compile("[的了着们]|等(?![级待同])")
_BODY = pattern("<line bodies>$")


class Line(NamedTuple):
    """One line with content: ``start``..``end`` without indent and markup, ``gap_start`` where the break before begins.

    ``breaks`` counts the line breaks before it, ``indent`` the blank characters; ``marked`` is true for a line that
    markup, a rule or a table sets apart; ``table`` for a row of a Markdown table.
    """

    start: int
    end: int
    gap_start: int
    breaks: int
    indent: int
    marked: bool
    table: bool


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """What stands between breaks: of lines, and of paragraphs that only an indent within a line sets apart."""
    reach = 0
    for line, bare in zip(text.splitlines(keepends=True), text.splitlines(), strict=True):
        start, end, reach = reach, reach + len(bare), reach + len(line)
        if not bare:
            continue
        if text.find("\u3000\u3000", start + 2, end) >= 0:
            several = len(_INDENT_AFTER_SENTENCE.findall(text, start + 2, end)) > 1
            indents = _INDENT_WITHIN if several else _INDENT_AFTER_SENTENCE  # headings end no sentence
            for indent in indents.finditer(text, start + 2, end):
                yield start, indent.start()
                start = indent.end()
        yield start, end


def find_lines(text: str) -> list[Line]:
    """Lines that hold more than layout, in order; rules and lone page numbers are left out.

    >>> [text[line.start : line.end] for text in ["# 标题\\n\\n- 3 -\\n　　正文 "] for line in find_lines(text)]
    ['标题', '正文']
    """
    lines: list[Line] = []
    after_rule = False
    gap_start, last = 0, 0
    breaks = 0
    for start, end in _runs(text):
        breaks += text.count("\n", last, start) or (text.count("\r", last, start) or start > last)
        last = end
        prefix = _PREFIX.match(text, start, end)
        body = prefix.end() if prefix else start
        tail = text[body:end].rstrip()
        if tail.endswith("**") and tail.count("**") == 1:
            tail = tail[:-2].rstrip()
        if "#" in text[start:body]:
            tail = tail.rstrip("#").rstrip()
        if not tail:
            continue
        if (tail[0] in "-—–－‐─=*_第0123456789" and len(tail) < 40) or text[start] in "-*_=":
            if _RULE.fullmatch(text, start, end):
                after_rule = True
                continue
            if _PAGE_NUMBER.fullmatch(text, start, end):
                continue
        table = tail[0] == "|" or "\t" in tail[6:] or tail.startswith(("<t", "</t"))
        if tail[0] == "|" and _TABLE_RULE.fullmatch(tail):
            continue
        lead = text[start:body]
        marked = after_rule or table or lead.strip() != ""
        stop = body + len(tail)
        lines.append(Line(body, stop, gap_start, breaks, len(lead) - len(lead.lstrip()), marked, table))
        gap_start, breaks, after_rule = stop, 0, False
    return lines


def find_breaks(text: str, lines: list[Line]) -> list[bool]:
    """For each line, whether a paragraph begins with it (false: it goes on with the sentence of the line before).

    >>> text = "（三）抓学习。年度集中学\\n\\n法5次。\\n二、问题\\n还有不足。"
    >>> find_breaks(text, find_lines(text))
    [True, False, True, True]
    >>> title = "望溪市砚桥县人民政府关于2024年度法治政府建设情况的报告"
    >>> text = f"{title}\\n2024年，县政府推进。\\n\\n一、成效\\n\\n无。\\n\\n二、问题\\n\\n无。"
    >>> find_breaks(text, find_lines(text))[:2]
    [True, True]
    >>> text = "办结信访事项\\n405\\n件，化解积案 17\\n件。"
    >>> find_breaks(text, find_lines(text))
    [True, False, False, False]
    """
    if not lines:
        return []
    width = _wrap_width(lines)
    blank_lines = sum(line.breaks > 1 for line in lines[1:]) * 10 >= 7 * (len(lines) - 1)
    margin = min(line.indent for line in lines)
    result = [True]
    for before, line in itertools.pairwise(lines):
        within = not result[-1]  # a piece of a sentence that was cut before it, too
        result.append(not _continues(text, before, line, width, blank_lines, margin, within=within))
    _join_figures(text, lines, result)
    return result


def _join_figures(text: str, lines: list[Line], breaks: list[bool]) -> None:
    """Take back the breaks between a number and its measure word, and around a number on a line of its own."""
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        if not (breaks[at] and text[before.end - 1].isdigit()) or line.marked or before.table:
            continue
        if _NUMBER_LAST.search(text, max(before.start, before.end - 24), before.end) is None:
            continue
        unit = _unit_first().match(text, line.start, line.end)
        if unit is None:
            continue
        if not _NUMBER_ALONE.fullmatch(text, before.start, before.end):
            breaks[at] = line.breaks > 1
        elif at > 1 and _PROSE_MARK.search(text, unit.end(), line.end) and _is_open(text, lines[at - 2]):
            breaks[at] = breaks[at - 1] = False


def _is_open(text: str, line: Line) -> bool:
    """Whether the sentence of a line goes on after it."""
    return not line.table and not _has_ended(text[line.start : line.end])


def _has_ended(line: str) -> bool:
    """Whether a line ends its sentence, quotation marks and brackets aside."""
    return line.rstrip(_CLOSERS)[-1:] in _ENDS


@cache
def _unit_first() -> re.Pattern[str]:
    """A line that begins with what belongs behind a number: 余, a scale, a measure word."""
    units = "|".join(
        re.escape(entry.word) + (f"(?!{entry.not_before})" if entry.not_before else "")
        for entry in sorted(measure_words(), key=lambda entry: -len(entry.word))
        if entry.class_ in ("count", "money", "rate", "time") and entry.word[0] not in "年月日周"
    )
    return re.compile(rf"[余多]?[百千万亿]*(?:{units})(?![数均率别型名量值单次]|$)")


def _wrap_width(lines: list[Line]) -> int:
    """Width at which lines were cut, or 0 when each line is a paragraph."""
    lengths = [line.end - line.start for line in lines]
    widest = max(lengths)
    if len(lines) < 5 or widest > 64:
        return 0
    full = sum(length >= widest - 4 for length in lengths)
    return widest if widest >= 16 and full * 5 >= len(lines) * 2 else 0


def _cut_number(tail: str, head: str) -> bool:
    """Whether the break falls inside a number: 99. and 04%, 3 and 502件."""
    inside = _NUMBER_END.search(tail) and _NUMBER_REST.match(head)
    return bool(inside) and not _YEAR.match(head) and len(tail) >= 6


def _continues(
    text: str, before: Line, line: Line, width: int, blank_lines: bool, margin: int, *, within: bool = False
) -> bool:
    """Whether ``line`` goes on with the sentence of the line before it."""
    if line.marked or before.table or line.indent - margin >= 2:
        return False
    head = text[line.start : line.end]
    tail = text[before.start : before.end]
    if _has_ended(tail) or starts_block(head):
        return False
    if tail.endswith(_OPEN) or head[0] in "、，；。：" or (line.breaks == 1 and _cut_number(tail, head)):
        return True
    if (_DATE.fullmatch(head[:14]) and len(head) < 16) or (_SENTENCE_START.match(head) and line.breaks > 1):
        return False
    if width:
        return len(tail) >= width - 4
    if _SENTENCE_START.match(head) and not _PROSE_MARK.search(tail):
        return False  # 2021年，县政府…: below a title the text begins so
    if starts_block(tail) and "。" not in tail:
        return False
    prose = within or _is_prose(tail, before.marked, blank_lines)
    return prose and (_NEVER_FIRST.match(head) is not None or _goes_on(head, line.breaks == 1 and blank_lines))


def _is_prose(tail: str, marked: bool, blank_lines: bool) -> bool:
    """Whether a line that has not ended is part of running text rather than a heading or a signature."""
    long = len(tail) >= 25
    if not long and _BODY.search(tail):
        return False
    if "。" in tail or (long and ("，" in tail or blank_lines) and not marked):
        return True
    return "，" in tail and _DIGIT.search(tail) is not None and not marked


def _goes_on(head: str, wrapped: bool) -> bool:
    """Whether a line reads like the rest of a sentence; any does where lines are cut inside paragraphs."""
    return wrapped or any(mark in head for mark in "，。；")
