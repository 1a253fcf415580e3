"""Where a report speaks of its problems and of what comes next: by heading, or by the sentence that opens the list.

No zone, no statement: that a report solved problems, or found those of others, opens none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TypeVar

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.body_sections import Part, body_end, sections_of
from fazhi_analysis.extracting.list_markers import Mark, clauses, find_marks, opens_list, top_level
from fazhi_analysis.extracting.plan_parts import PlanPart, plan_parts
from fazhi_analysis.extracting.problem_headings import problem_heading
from fazhi_analysis.extracting.statements.admissions import (
    HALF_CUE,
    LIST_CUE,
    admitted_in,
    sentence_end,
    theirs_or_solved,
)
from fazhi_analysis.extracting.statements.unnumbered_headings import label_parts
from fazhi_analysis.extracting.statements.zone import Zone
from fazhi_analysis.model import Report
from fazhi_analysis.reading.characters import full_width

_MEASURES_TOO = pattern(r"<lack nouns>.*(?:改进|整改|措施|对策|<improvement headings>)")
_CAUSE_HEADING = re.compile(r"^(?:产生|存在|主要|形成)?.{0,6}原因(?:分析|剖析)?$")
_DONE = pattern("<results>|情况|开展|完成|落实|举措和")
_CAUSE_CUE = re.compile(
    r"(?:产生|造成|存在|导致|形成)?(?:以上|上述|这些|存在)?[^。；\n]{0,6}(?:问题|不足)?的?(?:主要|根本)?原因(?:主要)?(?:是|有|在于|分析)?(?:以下.{0,6})?[：:，]"
)
_LACKING_HEAD = pattern(
    r"(?!<measures begin>)[^。；\n]{2,24}(?:<lacking ends>|(?:仍然?|依然|依旧|还|较|不够?)[^，。]{1,4}|未[^，。]{1,4})"
)
_NEAR = 60
_Placed = TypeVar("_Placed", PlanPart, Zone)


def find_zones(report: Report) -> list[Zone]:
    """Zones in text order.

    >>> from fazhi_analysis.reading import read_text
    >>> text = "一、成效\\n办案12件。\\n二、存在问题\\n一是人少。\\n三、下一步打算\\n一是加人。"
    >>> report = read_text(text, name="a.txt")
    >>> [zone.kind for zone in find_zones(report)]
    ['problem', 'next_step']
    """
    text = full_width(report.clean.text)
    plans = plan_parts(report)
    stop = body_end(report)
    sections = [part for part in sections_of(report) if part.level <= 2]
    sections = sorted([*sections, *label_parts(text, stop)], key=_start)
    problems: list[Zone] = []
    covered = 0
    for part in sections:
        around = _last_from(plans, part.start + 1)
        if part.start < covered or (around and around.headed and part.start < around.end):
            continue
        if problem_heading(part.heading):
            problems += _under_heading(text, part, plans, sections)
            covered = part.end
    if not any(zone.kind == "problem" for zone in problems):
        problems += _in_running_text(text, sections, plans, stop) or _before_plan(text, plans)
    if not problems:
        problems = _complaining(text, plans, stop)
    return sorted([*problems, *_next_steps(text, problems, plans)], key=lambda zone: zone.start)


def _before_plan(text: str, plans: list[PlanPart]) -> list[Zone]:
    """Problems that the introduction of a plan admits (虽有成效，但仍存在…。2024年，将抓好以下工作：)."""
    for plan in plans:
        marks = find_marks(text, plan.body, plan.end)
        if plan.headed and (found := admitted_in(text, plan.body, marks[0].start if marks else plan.end)):
            return found
    return []


def _complaining(text: str, plans: list[PlanPart], stop: int) -> list[Zone]:
    """A list that nothing announces, as where a page begins within it: every entry's heading says what is lacking."""
    for low, high in _gaps(0, stop, plans):
        found = find_marks(text, low, high)
        marks = top_level([mark for mark in found if mark.style in ("han", "bracket")])
        heads = [(mark.end, sentence_end(text, mark.end, high)) for mark in marks]
        if len(heads) > 1 and all(_LACKING_HEAD.fullmatch(text, *head) for head in heads):
            return [Zone("problem", marks[0].start, high)]
        if zones := _complaining_items(text, [mark for mark in found if mark.style == "item"], high):
            return zones
    return []


def _complaining_items(text: str, items: list[Mark], stop: int) -> list[Zone]:
    """The same within a paragraph: a list of 一是… each entry of which begins with what is lacking."""
    firsts = [number for number, mark in enumerate(items) if mark.number == 1]
    for first, beyond in pairwise([*firsts, len(items)]):
        marks = items[first:beyond]
        heads = [head for mark in marks for head in clauses(text, mark.end, sentence_end(text, mark.end, stop))[:1]]
        lacking = len(heads) == len(marks) > 1 and all(_LACKING_HEAD.fullmatch(text, *head) for head in heads)
        if lacking and not _told_of_others(text, marks[0].start):
            line = text.find("\n", marks[-1].end, stop)
            return [Zone("problem", marks[0].start, stop if line < 0 else line)]
    return []


def _told_of_others(text: str, start: int) -> bool:
    """Whether the sentence that a list stands in says that an inspection found it, or that it was put right."""
    sentence = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    return theirs_or_solved(text, start, start - sentence)


def _next_steps(text: str, problems: list[Zone], plans: list[PlanPart]) -> list[Zone]:
    """Plans with a heading, and those that a sentence opens after the problems; without either, those near the end."""
    last = max((zone.end for zone in problems), default=0)
    first = min((zone.start for zone in problems), default=len(text))
    headed = [plan for plan in plans if plan.headed]
    following = [plan for plan in plans if not plan.headed and first <= plan.start]
    chosen = headed + [plan for plan in following if plan.start <= last + _NEAR or not headed]
    if not chosen:
        chosen = [plan for plan in plans if plan.start > len(text) // 3]
    dated = [plan.start for plan in headed if plan.dated]
    return [
        Zone("next_step", _after_problems(plan, problems), plan.end)
        for plan in sorted(chosen, key=lambda plan: plan.start)
        # The next five years before the next year: the year's own tasks are the next steps.
        if not _inside(plan, problems) and (plan.dated or not dated or plan.start > dated[0])
    ]


def _after_problems(plan: PlanPart, problems: list[Zone]) -> int:
    first, last = (bisect_left(problems, place, key=_start) for place in (plan.body, plan.end))
    return max([plan.body, *(zone.end for zone in problems[first:last])])


def _inside(plan: PlanPart, problems: list[Zone]) -> bool:
    """Whether a plan is the measure within one entry of a list of problems that goes on after it."""
    around = _last_from(problems, plan.start + 1)
    return around is not None and plan.end < around.end


def _turn(start: int, end: int, plans: list[PlanPart]) -> int:
    """Where a part that begins with problems turns to a plan; a plan inside an entry is none."""
    last = _last_from(plans, end)
    return last.start if last and start < last.start and last.end >= end else end


def _last_from(placed: list[_Placed], end: int) -> _Placed | None:
    """The last of some parts in text order, none inside another, that begins before a place."""
    number = bisect_left(placed, end, key=_start)
    return placed[number - 1] if number else None


def _start(placed: Part | PlanPart | Zone) -> int:
    return placed.start


def _under_heading(text: str, part: Part, plans: list[PlanPart], sections: list[Part]) -> list[Zone]:
    """Zones of problems of a section whose heading announces them."""
    first, last = (bisect_left(sections, place, key=_start) for place in (part.body, part.end))
    inner = [one for one in sections[first:last] if one.level > part.level]
    split = [(one, kind) for one in inner if (kind := _kind_of(one.heading))]
    if split and split[0][1] == "problem":
        return [Zone(kind, one.body, _turn(one.body, one.end, plans)) for one, kind in split]
    end = _turn(part.body, part.end, plans)
    if _DONE.search(part.heading.split("存在")[0]):
        return admitted_in(text, part.body, end)
    zones = _problem_zones(text, part.body, end)
    return [zone._replace(mixed=True) for zone in zones] if _MEASURES_TOO.search(part.heading) else zones


def _kind_of(heading: str) -> str:
    """What a heading of the second level announces; empty for anything else."""
    return "cause" if _CAUSE_HEADING.search(heading) else "problem" if problem_heading(heading) else ""


def _problem_zones(text: str, start: int, end: int) -> list[Zone]:
    """The list of problems; a list of causes after it is another zone."""
    for match in _CAUSE_CUE.finditer(text, start, end):
        opens = match.start() == start or text[match.start() - 1] in "\n。）"
        if opens and match.start() > start + 12 and _lists_causes(text, start, match, end):
            return [Zone("problem", start, match.start()), Zone("cause", match.end(), end)]
    half = HALF_CUE.search(text, start, end)
    if half and not text[half.end() : end].strip("。\n ") and not find_marks(text, start, end):
        return [Zone("problem", half.start("body"), half.end("body"), True)]
    return [Zone("problem", start, end)]


def _lists_causes(text: str, start: int, cue: re.Match[str], end: int) -> bool:
    """Whether what follows a cue of causes lists those of all problems from ``start`` on.

    Within a line they must be counted as the problems are (一是甲。二是乙。原因：一是丙；二是丁); a list of another
    style belongs to the last problem alone ((二)乙。原因：一是丙；二是丁).
    """
    if text[cue.start() - 1] == "\n":
        return bool(find_marks(text, cue.end(), end))
    if not opens_list(text, cue.end()):
        return False
    marks = find_marks(text, cue.end(), end)
    before = find_marks(text, start, cue.start())
    style = before[-1].style if before else marks[0].style
    counted = [(mark.style, mark.number) for mark in marks]
    return counted == [(style, number + 1) for number in range(len(marks))]


def _in_running_text(text: str, sections: list[Part], plans: list[PlanPart], stop: int) -> list[Zone]:
    """Problems that no heading announces: a sentence in the later part of the body says so, the last one first."""
    outer = [part for part in sections if part.level == 1 and part.start < stop]
    ranges = [(part.start, min(part.end, stop)) for part in outer]
    if outer and outer[0].start > 0:
        ranges.insert(0, (0, outer[0].start))
    for start, end in reversed(ranges or [(0, stop)]):
        for low, high in reversed(_gaps(start, end, plans)):
            if found := admitted_in(text, low, high):
                return found
    return _in_sections_after(text, ranges, plans, stop)


def _in_sections_after(text: str, ranges: list[tuple[int, int]], plans: list[PlanPart], stop: int) -> list[Zone]:
    """A list whose entries are sections of their own: 这几大问题是： at the end of the part before them."""
    if len(ranges) < 2:
        return []
    start, end = ranges[0]
    for cue in LIST_CUE.finditer(text, start, min(end + 1, stop)):
        if cue.end() >= end and not theirs_or_solved(text, cue.start()):
            return [Zone("problem", end, min([plan.start for plan in plans if plan.start > end] + [stop]))]
    return []


def _gaps(start: int, end: int, plans: list[PlanPart]) -> list[tuple[int, int]]:
    """What of a range no plan covers."""
    gaps = []
    at = start
    for plan in plans:
        if plan.end <= at or plan.start >= end:
            continue
        gaps.append((at, plan.start))
        at = plan.end
    gaps.append((at, end))
    return [(low, high) for low, high in gaps if high > low]
