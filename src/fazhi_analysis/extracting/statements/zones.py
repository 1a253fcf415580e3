"""Where a report speaks of its problems and of what comes next: by heading, or by the sentence that opens the list.

No zone, no statement: that a report solved problems, or found those of others, opens none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.extracting.statements.marks import find_marks, top_level
from fazhi_analysis.model import Report

_PROBLEM_HEADING = pattern(
    r"(?:存在|面临|自身).{0,8}<lack nouns>"
    r"|^(?:主要|突出|当前|目前|有关|工作)?的?<lack nouns>+(?:$|[与和及以、（(，]|原因)"
    r"|^.{0,14}(?:中|上|方面)的?(?:主要|突出)?<lack nouns>+(?:$|[与和及以、（(，])"
    r"|<lack nouns>(?:和|与|及|以及)(?:原因|差距|下一步|下步|今后)"
)
_RECTIFIED = pattern("<rectified>")
_SOLVED = pattern("<solving>")
_NEXT_HEADING = pattern(
    r"(?:<next step>|下一?年|<next year>|今后)|(?:工作|年度?|初步|主要)(?:的)?<plan nouns>(?:$|[和与及、（(])"
    r"|努力方向|(?:^|[与和及、])<improvement headings>"
)
_YEAR_HEADING = pattern(r"(20\d\d)年(?:度|全年)?(?:的)?.{0,14}<year work nouns>")
_PLANNED = pattern("<plan nouns>|努力方向")
_CAUSE_HEADING = re.compile(r"^(?:产生|存在|主要|形成)?.{0,6}原因(?:分析|剖析)?$")
_DONE = pattern("<results>|情况|开展|完成|落实|举措和")
_REPORTED = re.compile("完成情况|落实情况|(?<!主要)成效")

_PROBLEM_CUE = pattern(
    r"<turns>[^。；\n]{0,80}?(?:存在|面临|有|是)[^。；\n：:]{0,36}?<lack nouns>"
    r"(?:(?:和|与|、|及|以及)?(?:<lack nouns>|挑战))*(?:[、，]面临[^。；：\n]{0,8}挑战)?"
    r"(?:主要|具体|突出)?(?:表现(?:在|为)|体现(?:在|为)|有|是|如下|为)?(?=[：:，,。\n])"
)
_HALF_CUE = pattern(
    r"(?:但|但是|然而|仍然?|仍旧|依然|还)(?:也|还|仍|仍然|依然|是|，){0,3}(?:存在|面临)(?:着)?(?:一些|一定的?|诸如)?"
    r"(?P<body>[^。；\n：:]{4,120}?)等(?:一些|方面的?|突出|主要)?<lack nouns>"
)
_CAUSE_CUE = re.compile(
    r"(?:产生|造成|存在|导致|形成)?(?:以上|上述|这些|存在)?.{0,6}(?:问题|不足)?的?(?:主要|根本)?原因(?:主要)?(?:是|有|在于|分析)?(?:以下.{0,6})?[：:，]"
)
_NEXT_CUE = pattern(
    r"(?:^|(?<=[\n。]))(?:(?:针对|对照|围绕)(?:上述|以上|存在|这些)[^。；]{0,20}|为此|<from now on>"
    r"|下一?步(?:工作)?(?:中)?|下一?阶段|<next year>|(?:在)?(?P<year>20\d\d)年(?:度)?)"
    r"(?:，|,|里|的?工作|我[省市区县旗州盟镇]|全[省市区县旗州盟]|[\u4e00-\u9fff]{1,10}(?:将|要|政府))"
)
_PROMISED = pattern("[，,]<should be done>")
_THEIRS = pattern("<problems of others>")
_WILL_DO = pattern("<will do>")
_NEAR = 44
_OPENING = ("：", ":", "，", ",")


class Zone(NamedTuple):
    """A range of the clean text that holds problems or next steps; ``whole`` when it came from a heading."""

    kind: str
    start: int
    end: int
    half: bool = False


class _Part(NamedTuple):
    heading: str
    start: int
    body: int
    end: int
    level: int


def problem_heading(heading: str) -> bool:
    """Whether a heading announces the report's own problems.

    >>> [problem_heading(h) for h in ("存在问题", "问题与不足", "着力解决突出问题", "存在的不足和原因")]
    [True, True, False, True]
    """
    if _PROBLEM_HEADING.search(heading) is None or _RECTIFIED.search(heading):
        return False
    return not _SOLVED.search(heading.split("存在")[0])


def next_heading(heading: str, year: int | None) -> bool:
    """Whether a heading announces what comes next; ``year`` is the year of the report.

    >>> [next_heading(h, 2023) for h in ("下一步工作打算", "2024年工作思路", "2023年主要工作", "四、下一年度主要安排")]
    [True, True, False, True]
    """
    if match := _YEAR_HEADING.search(heading):
        later = year is not None and int(match[1]) > year
        planned = _PLANNED.search(heading) is not None and (year is None or int(match[1]) >= year)
        return (later or planned) and not _DONE.search(heading)
    return _NEXT_HEADING.search(heading) is not None and not _REPORTED.search(heading)


def find_zones(report: Report) -> list[Zone]:
    """Zones in text order.

    >>> from fazhi_analysis.reading import read_text
    >>> text = "一、成效\\n办案12件。\\n二、存在问题\\n一是人少。\\n三、下一步打算\\n一是加人。"
    >>> report = read_text(text, name="a.txt")
    >>> [zone.kind for zone in find_zones(report)]
    ['problem', 'next_step']
    """
    text = report.clean.text
    year = report.metadata.year
    zones: list[Zone] = []
    covered = 0
    for part in _parts(report):
        if part.start < covered:
            continue
        problem, following = problem_heading(part.heading), next_heading(part.heading, year)
        if problem or following:
            zones += _heading_zones(text, part, problem, following, _children(report, part), year)
            covered = part.end
    kinds = {zone.kind for zone in zones}
    if "problem" not in kinds:
        zones += _run_in(report, zones, year)
    elif "next_step" not in kinds:
        zones += _closing(text, max(zone.end for zone in zones), _body_end(report), year)
    return sorted(zones, key=lambda zone: zone.start)


def _parts(report: Report) -> Iterator[_Part]:
    offsets = report.clean.offsets
    for section in report.sections:
        if section.level > 2 or section.heading_end <= section.heading_start:
            continue
        if section.key.split("/")[0] in ("letter", "title", "preamble", "colophon"):
            continue
        yield _Part(
            section.heading,
            bisect_left(offsets, section.start),
            bisect_left(offsets, section.heading_end),
            bisect_left(offsets, section.end),
            section.level,
        )


def _children(report: Report, parent: _Part) -> list[_Part]:
    return [part for part in _parts(report) if parent.level < part.level and parent.body <= part.start < parent.end]


def _body_end(report: Report) -> int:
    """Where the body ends: before signature, print note and appendices."""
    ends = [section.start for section in report.sections if section.key == "colophon"]
    return bisect_left(report.clean.offsets, ends[0]) if ends else len(report.clean.text)


def _heading_zones(
    text: str, part: _Part, problem: bool, following: bool, children: list[_Part], year: int | None
) -> list[Zone]:
    """Zones of a section whose heading announces problems, next steps, or both."""
    body = part.body
    split = [(child, kind) for child in children if (kind := _kind_of(child.heading, year))]
    if split and split[0][1] == "problem" and (following or len(split) > 1):
        return [Zone(kind, child.body, child.end) for child, kind in split]
    if problem and _DONE.search(part.heading.split("存在")[0]):
        return _run_in_range(text, body, part.end, year)
    if problem:
        turn = _turn(text, body, part.end, year)
        if turn is not None:
            return [*_problem_zones(text, body, turn), Zone("next_step", turn, part.end)]
        if following and not find_marks(text, body, part.end):
            return _run_in_range(text, body, part.end, year) or _problem_zones(text, body, part.end)
        return _problem_zones(text, body, part.end)
    zones = []
    first = top_level(find_marks(text, body, part.end))
    if _PROBLEM_CUE.search(text, body, first[0].start if first else part.end) or _HALF_CUE.search(text, body, part.end):
        zones = _run_in_range(text, body, part.end, year)
    return zones or [Zone("next_step", body, part.end)]


def _kind_of(heading: str, year: int | None) -> str:
    """What a heading of the second level announces; empty for both at once and for anything else."""
    if _CAUSE_HEADING.search(heading):
        return "cause"
    problem, following = problem_heading(heading), next_heading(heading, year)
    return "" if problem == following else "problem" if problem else "next_step"


def _problem_zones(text: str, start: int, end: int) -> list[Zone]:
    """The list of problems; a list of causes after it is another zone."""
    for match in _CAUSE_CUE.finditer(text, start, end):
        opens = match.start() == start or text[match.start() - 1] in "\n。）"
        if opens and find_marks(text, match.end(), end) and match.start() > start + 20:
            return [Zone("problem", start, match.start()), Zone("cause", match.end(), end)]
    return [Zone("problem", start, end)]


def _turn(text: str, start: int, end: int, year: int | None) -> int | None:
    """Where a section that begins with problems turns to next steps.

    A plan inside an entry (（一）…。下一步，将…。（二）…) is none: the list of problems goes on counting after it.
    """
    marks = find_marks(text, start, end)
    for match in _NEXT_CUE.finditer(text, start, end):
        if match["year"] and (year is not None and int(match["year"]) <= year):
            continue
        if match.start() <= start:
            continue
        before = [mark for mark in marks if mark.start < match.start()]
        after = [mark for mark in marks if mark.start > match.start()]
        goes_on = [mark for mark in after if before and mark.style == before[0].style]
        if goes_on and goes_on[0].number > 1:
            continue
        return match.start()
    return None


def _run_in(report: Report, zones: list[Zone], year: int | None) -> list[Zone]:
    """Problems that no heading announces: a sentence in the later part of the body says so, the last one first."""
    text = report.clean.text
    end = min((zone.start for zone in zones), default=_body_end(report))
    ranges = [(part.start, min(part.end, end)) for part in _parts(report) if part.level == 1 and part.start < end]
    ranges = [span for span in ranges if span[1] > len(text) // 3] or [(len(text) // 3, end)]
    for start, stop in reversed(ranges):
        found = _run_in_range(text, start, stop, year)
        if found:
            return [zone for zone in found if zone.kind == "problem" or not zones]
    return [] if zones else _closing(text, *ranges[-1], year)


def _run_in_range(text: str, start: int, end: int, year: int | None) -> list[Zone]:
    """Problems opened by a sentence in this range, and the next steps that follow them."""
    for cue in _PROBLEM_CUE.finditer(text, start, end):
        if _SOLVED.search(cue.group()[-24:]) or _THEIRS.search(cue.group()[-30:]):
            continue
        if _PROMISED.match(text, cue.end()):
            continue
        if half := _HALF_CUE.search(text, cue.start(), min(cue.end() + 1, end)):
            return _half_zones(text, half, end, year)
        line_end = text.find("\n", cue.end(), end)
        line_end = end if line_end < 0 else line_end
        marks = find_marks(text, cue.end(), min(end, cue.end() + _NEAR))
        listed = text[cue.end() : cue.end() + 1] in _OPENING and cue.end() + 8 < line_end
        stop = _turn(text, cue.end(), end, year) if marks or listed else None
        if marks and (stop is None or marks[0].start < stop):
            stop = stop if stop is not None else end
            return [Zone("problem", cue.end(), stop), *_closing(text, stop, end, year)]
        if listed:
            stop = min(line_end, stop if stop is not None else line_end)
            return [Zone("problem", cue.end(), stop), *_closing(text, stop, end, year)]
    half = _HALF_CUE.search(text, start, end)
    return _half_zones(text, half, end, year) if half and not _SOLVED.search(half["body"]) else []


def _half_zones(text: str, half: re.Match[str], end: int, year: int | None) -> list[Zone]:
    """Problems named in half a sentence, and the next steps after it."""
    return [Zone("problem", half.start("body"), half.end("body"), True), *_closing(text, half.end(), end, year)]


def _closing(text: str, start: int, end: int, year: int | None) -> list[Zone]:
    """Next steps that no heading announces: a passage that opens with 下一步, 今后, or the year after."""
    for match in _NEXT_CUE.finditer(text, start, end):
        if match["year"] and (year is None or int(match["year"]) <= year):
            continue
        if match["year"] is None or _plans(text, match.end(), end):
            return [Zone("next_step", match.start(), end)]
    return []


def _plans(text: str, start: int, end: int) -> bool:
    stop = text.find("。", start, end)
    return _WILL_DO.search(text, start, stop if stop > 0 else end) is not None
