"""Sections on problems and improvements together: the lead says what is lacking, the list what is done about it."""

from __future__ import annotations

import re
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import clauses, find_marks, periods, sentences, top_level
from fazhi_analysis.extracting.statements.admissions import ANNOUNCES
from fazhi_analysis.extracting.statements.announcing import OPENED, introduces
from fazhi_analysis.extracting.statements.entry import Entry, made_entry
from fazhi_analysis.extracting.statements.splitting import ON_ALL, entries_of
from fazhi_analysis.extracting.statements.zone import Zone

_MEASURE = pattern(r"(?:是|要|将|应)?(?:(?:结合|按照|根据|围绕|通过|针对)[^，。；]{1,20}[，,])?(?:<measures begin>)")
_LACKING = pattern(r"(?:<lacking ends>|(?<![降减])[低弱差少难慢小窄浅散旧])$")
_GOAL = re.compile("短板|差距")  # 补齐短板, 缩小差距
_COMPLAINT = pattern("<complaints>")
# 存在公开不及时的问题; 存在甲、乙等问题 (without the words that sum up).
_NAMED = pattern(
    r"(?:存在|面临)(?:着)?(?:<some>|一定的?|诸如)?(?P<body>[^。；：:，,]{2}[^。；：:]{0,78}?"
    r"(?=(?:等(?:一些|方面的?|突出|主要)?|的)<lack nouns>))"
)
_TURN = re.compile(r".*(?:但是?|然而|不过)(?:也|还|仍然?|同时|是|在){0,2}[，,]?", re.DOTALL)


class Mixed(NamedTuple):
    """What a section on both says: problems and next steps."""

    problems: list[Entry]
    steps: list[Entry]


def mixed_entries(text: str, zone: Zone) -> Mixed | None:
    """Problems and measures of a section whose heading announces both; none where its list holds no measure.

    >>> text = "公开工作还存在更新不及时的问题。一是明确专人。二是加强培训。"
    >>> found = mixed_entries(text, Zone("problem", 0, len(text), mixed=True))
    >>> [text[e.body : e.end] for e in found.problems], [text[e.body : e.end] for e in found.steps]
    (['更新不及时'], ['明确专人。', '加强培训。'])
    """
    marks = top_level(find_marks(text, zone.start, zone.end)) if zone.mixed else []
    if not marks:
        return None
    listed = entries_of(text, zone._replace(kind="next_step"))
    if not any(_is_measure(text, entry) for entry in listed):
        return None
    lead = _lead(text, zone.start, marks[0].start)
    # Behind a lead that names the lack, what names none is a measure, however it begins.
    steps = [one for one in listed if _is_measure(text, one) or (lead and not _COMPLAINT.search(*_first(text, one)))]
    lacks = [made_entry(text, "problem", one.start, one.body, one.end) for one in listed if one not in steps]
    return Mixed([*lead, *lacks], steps)


def _first(text: str, entry: Entry) -> tuple[str, int, int]:
    """The first clause of an entry."""
    return text, *clauses(text, entry.body, entry.end)[0]


def _is_measure(text: str, entry: Entry) -> bool:
    """Whether an entry says what is to be done: it begins with the act, and its first clause names no lack."""
    if _MEASURE.match(text, entry.body, entry.end) is None:
        return False
    lack = _LACKING.search(*_first(text, entry))
    return lack is None or _GOAL.fullmatch(lack.group()) is not None


def _lead(text: str, start: int, end: int) -> list[Entry]:
    """The problems that the words before the list name."""
    spans = [span for sentence in periods(text, start, end) for span in _named(text, *sentence)]
    return [made_entry(text, "problem", at, at, stop) for at, stop in spans]


def _named(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Problems of one sentence: behind the words that announce them, or behind its turn."""
    if ON_ALL.match(text, start, end):
        return []
    opened = OPENED.match(text, start, end)
    if opened and end - opened.end() > 5 and ANNOUNCES.search(opened.group().rstrip("，,")):
        return sentences(text, opened.end(), end)
    if named := _NAMED.search(text, start, end):
        return [named.span("body")]
    if introduces(text, start, end):
        return []
    if turn := _TURN.match(text, start, end):
        start = turn.end()
    return [span for span in sentences(text, start, end) if _COMPLAINT.search(text, *span)]
