"""Structural defects of a report as findings: numbers of sections and items, sentences cut by a page break, style.

An ordinary report yields none or few: only what breaks the order that the report itself sets up.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fazhi_analysis.model import CleanText, Evidence, Finding, Metadata, Section, Severity
from fazhi_analysis.reading.section_numbers import arabic, han, han_value

if TYPE_CHECKING:
    from fazhi_analysis.reading.headings import Head

# Begun with one class of characters, which the engine skips to.
_PAGE_BREAK = re.compile(r"[\r\n](?:(?<=\n)|\n)(?:[^\S\n]*(?:[-—–－]\s?\d{1,4}\s?[-—–－])?[^\S\n]*\r?\n)+")
_MARKUP = re.compile(r"[#*]+")
_NUMBER = (
    "若只是编号有误，内容并未缺失，则可能无误，请对照原件。",
    "It may be right if only the numbering slipped and nothing is lost: compare with the original.",
)
_ITEMS = (
    "若其余各项印在别处则可能无误，请核对有无漏段、错段。",
    "It may be right if the other items stand elsewhere: check whether a paragraph was lost or misplaced.",
)
_BOOK_TITLE = re.compile(r"《([^》]{6,60})》")


def find_defects(
    text: str,
    clean: CleanText,
    sections: Sequence[Section],
    numbered: Sequence[tuple[Section, Head]],
    metadata: Metadata,
) -> tuple[Finding, ...]:
    """All structural findings of a report, in text order.

    >>> from fazhi_analysis.reading import read_text
    >>> [finding.rule for finding in read_text("甲县2024年法治政府建设报告\\n一、成效\\n二是学法。\\n三、问题").defects]
    ['list_marker', 'section_number']
    """
    findings = [
        *_section_numbers(text, numbered),
        *_list_markers(text, sections),
        *_split_sentences(text, clean),
        *_styles(text, numbered),
        *_missing_headings(text, numbered),
        *_titles(text, sections, numbered, metadata),
    ]
    return in_text_order(findings)


def in_text_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by the place of their first evidence, then by rule."""
    return tuple(sorted(findings, key=lambda finding: (finding.evidence[0].start or 0, finding.rule)))


def make_finding(
    rule: str, severity: Severity, message_zh: str, message_en: str, text: str, spans: Iterable[tuple[int, int]]
) -> Finding:
    """A finding whose id depends on its rule and places only.

    >>> make_finding("list_marker", "note", "甲", "a", "三是", [(0, 2)]).id
    'list_marker-d7cc0eb9'
    """
    places = list(spans)
    digest = hashlib.sha1(f"{rule}:{places}".encode(), usedforsecurity=False).hexdigest()[:8]
    evidence = tuple(Evidence(start, end, text[start:end]) for start, end in places)
    return Finding(f"{rule}-{digest}", rule, severity, message_zh, message_en, evidence)


def _section_numbers(text: str, numbered: Sequence[tuple[Section, Head]]) -> list[Finding]:
    """Numbers that are missing, repeated or out of order among the sections of one parent."""
    groups: dict[tuple[int, int], list[tuple[Section, Head]]] = {}
    parents: list[tuple[Section, Head]] = []
    for section, head in numbered:
        while parents and parents[-1][0].level >= section.level:
            parents.pop()
        parent = parents[-1][0].start if parents else -1
        groups.setdefault((parent, head.marker.rank), []).append((section, head))
        parents.append((section, head))
    findings: list[Finding] = []
    reached: dict[int, int] = {}
    for (_, rank), members in groups.items():
        findings += _one_sequence(text, rank, members, reached.get(rank, 0))
        reached[rank] = members[-1][1].marker.value
    return findings


def _one_sequence(text: str, rank: int, members: list[tuple[Section, Head]], reached: int) -> list[Finding]:
    """Findings of one run of siblings; a run may go on counting from where its cousins stopped (``reached``)."""
    values = {head.marker.value for _, head in members}
    severity: Severity = "warning" if members[0][0].level <= 2 else "note"
    findings: list[Finding] = []
    last = reached if members[0][1].marker.value == reached + 1 else 0
    for section, head in members:
        value = head.marker.value
        span = [(section.start, section.heading_end if section.heading else section.start + len(section.number))]
        printed = section.number.strip("、. ")
        if value == last:
            zh, en = f"序号“{printed}”重复出现", f"Section number {arabic(printed)} appears twice"
        elif value == 1 and last > 1:
            zh, en, last = f"序号又从“{printed}”开始", f"Numbering starts again at {arabic(printed)}", 0
            if rank > 2:
                zh = ""
        elif value < last:
            zh, en = f"序号“{printed}”顺序颠倒", f"Section number {arabic(printed)} is out of order"
        else:
            lost = [number for number in range(last + 1, value) if number not in values]
            names = "、".join(han(number) if rank <= 2 else str(number) for number in lost[:5])
            zh = f"缺少序号“{names}”，直接到“{printed}”" if lost else ""
            names_en = ", ".join(map(str, lost[:5]))
            en = f"Section number {names_en} is missing before {arabic(printed)}"
        if zh:
            zh, en = f"{zh}。{_NUMBER[0]}", f"{en}. {_NUMBER[1]}"
            findings.append(make_finding("section_number", severity, zh, en, text, span))
        last = max(last, value)
    return findings


def _list_markers(text: str, sections: Sequence[Section]) -> list[Finding]:
    """Items that do not follow the one before: 三是 without 一是 and 二是, or the same marker twice."""
    findings: list[Finding] = []
    for section in sections:
        last = 0
        for item in section.items:
            value = han_value(item.marker[:-1])
            if value not in (1, last + 1):
                wanted = han(last + 1) + "是"
                repeated = value == last
                zh = f"“{item.marker}”重复出现" if repeated else f"“{item.marker}”之前缺少“{wanted}”"
                point = f"Point {arabic(item.marker)}"
                en = f"{point} appears twice" if repeated else f"{point} without point {arabic(wanted)} before it"
                zh, en = f"{zh}。{_ITEMS[0]}", f"{en}. {_ITEMS[1]}"
                span = (item.start, _marker_end(text, item.start, item.marker))
                findings.append(make_finding("list_marker", "warning", zh, en, text, [span]))
            last = value
    return findings


def _marker_end(text: str, start: int, marker: str) -> int:
    end = text.find("是", start)
    return start + len(marker) if end < 0 else end + 1


def _split_sentences(text: str, clean: CleanText) -> list[Finding]:
    """Blank lines that cut a sentence, as page breaks do."""
    findings: list[Finding] = []
    for match in _PAGE_BREAK.finditer(text):
        place = bisect_left(clean.offsets, match.start())
        if not 0 < place < len(clean.text) or "\n" in clean.text[place - 1 : place + 1]:
            continue
        before, after = clean.text[max(0, place - 6) : place], clean.text[place : place + 6]
        zh = f"句子被换页或空行断开：“{before}／{after}”。请对照原件，看有无缺字。"
        en = "A page break or blank line cuts a sentence. Compare with the original: are words lost?"
        findings.append(make_finding("split_sentence", "note", zh, en, text, [match.span()]))
    return findings


def _styles(text: str, numbered: Sequence[tuple[Section, Head]]) -> list[Finding]:
    """One note each for mixed brackets, mixed heading marks, and first-level headings of which only some run in."""
    findings: list[Finding] = []
    brackets = [(section, section.number[:1] == "（") for section, head in numbered if head.marker.rank in (2, 4)]
    if odd := _minority(brackets):
        zh = "序号括号全角、半角混用，请统一。"
        en = "Full-width and half-width brackets are mixed in section numbers. Use one kind."
        findings.append(make_finding("heading_style", "note", zh, en, text, odd))
    top = [(section, head) for section, head in numbered if section.level == 1]
    marks = {
        section.start: _MARKUP.findall(text[text.rfind("\n", 0, section.start) + 1 : section.start])
        for section, _ in top
    }
    kinds = {tuple(mark) for mark in marks.values()}
    if len(kinds) > 1:
        common = max(kinds, key=lambda kind: sum(tuple(mark) == kind for mark in marks.values()))
        spans = [(s.start, s.heading_end) for s, _ in top if tuple(marks[s.start]) != common]
        zh, en = "同级标题的标记不一致，请统一。", "Headings of one level carry different marks. Use one kind."
        findings.append(make_finding("heading_style", "note", zh, en, text, spans))
    runs = [(section, head.run_in) for section, head in top if section.heading]
    if odd := _minority(runs):
        zh, en = (
            "同级标题有的独立成段，有的与正文同段，请统一。",
            "Some headings of the first level stand alone, some run into the text. Use one form.",
        )
        findings.append(make_finding("heading_style", "note", zh, en, text, odd))
    return findings


def _minority(marked: list[tuple[Section, bool]]) -> list[tuple[int, int]]:
    """Places of the sections on the smaller side, when there are two sides."""
    yes = [section for section, flag in marked if flag]
    no = [section for section, flag in marked if not flag]
    return [(section.start, section.heading_end) for section in min(yes, no, key=len)]


def _missing_headings(text: str, numbered: Sequence[tuple[Section, Head]]) -> list[Finding]:
    """Second-level sections without a heading whose siblings mostly have one."""
    findings: list[Finding] = []
    groups: dict[str, list[Section]] = {}
    for section, _ in numbered:
        if section.level == 2:
            groups.setdefault(section.key.partition("/")[0], []).append(section)
    for members in groups.values():
        bare = [section for section in members if not section.heading]
        if bare and len(bare) * 2 < len(members):
            for section in bare:
                span = (section.start, section.start + len(section.number))
                zh = f"{section.key}没有标题，同级各节都有。请核对标题是否漏印。"
                en = f"Section {arabic(section.key)} has no heading, the others have. Check whether it was left out."
                findings.append(make_finding("missing_heading", "note", zh, en, text, [span]))
    return findings


def _titles(
    text: str, sections: Sequence[Section], numbered: Sequence[tuple[Section, Head]], metadata: Metadata
) -> list[Finding]:
    """A body without a title; a covering letter that names another title."""
    if not metadata.title:
        if len(numbered) < 2:
            return []
        zh = "正文之前没有标题，地方和年度只能推断。请核对标题是否另存。"
        en = "There is no title before the body, so place and year are inferred. Check whether it is kept elsewhere."
        first = sections[0]
        return [make_finding("missing_title", "note", zh, en, text, [(first.start, first.start + 1)])]
    letter = next((section for section in sections if section.key == "letter"), None)
    title = next((section for section in sections if section.key == "title"), None)
    if letter is None or title is None:
        return []
    for match in _BOOK_TITLE.finditer(text, letter.start, letter.end):
        if re.sub(r"\s", "", match[1]) != metadata.title:
            zh = "函件所报文件名与正文标题不一致。请核对报送的是否本件。"
            en = "The covering letter names another title than the report bears. Check that it is this report."
            return [make_finding("title_mismatch", "note", zh, en, text, [match.span(), (title.start, title.end)])]
    return []
