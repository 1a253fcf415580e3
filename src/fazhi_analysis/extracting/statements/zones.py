"""Where a report speaks of its problems and of what comes next: by heading, or by the sentence that opens the list.

No zone, no statement: that a report solved problems, or found those of others, opens none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple, TypeVar

from fazhi_analysis.catalogue.words import pattern
from fazhi_analysis.extracting.marks import find_marks, opens_list, top_level
from fazhi_analysis.extracting.plan_parts import Part, PlanPart, body_end, plan_parts, sections_of
from fazhi_analysis.extracting.statements.openings import GAP
from fazhi_analysis.model import Report
from fazhi_analysis.reading.characters import full_width

_PROBLEM_HEADING = pattern(
    r"(?:存在|面临|自身).{0,8}<lack nouns>"
    r"|^(?:主要|突出|当前|目前|有关|工作)?的?<lack nouns>+(?:$|[与和及以、（(，]|原因)"
    r"|^.{0,14}(?:中|上|方面)的?(?:主要|突出)?<lack nouns>+(?:$|[与和及以、（(，])"
    r"|<lack nouns>(?:和|与|及|以及)(?:原因|差距|下一步|下步|今后)"
)
_RECTIFIED = pattern("<rectified>")
_SOLVED = pattern("<solving>")
_MEASURES_TOO = pattern(r"<lack nouns>.*(?:改进|整改|措施|对策|<improvement headings>)")
_CAUSE_HEADING = re.compile(r"^(?:产生|存在|主要|形成)?.{0,6}原因(?:分析|剖析)?$")
_DONE = pattern("<results>|情况|开展|完成|落实|举措和")

# A sentence that admits problems: 在看到成绩的同时，我们也清醒认识到，…还面临不少困难和挑战，必须下大力气解决。
_PROBLEM_CUE = pattern(
    r"(?:<turns>)[^。；\n]{0,80}?(?:存在|面临|面对|有|是|初显|查找)[^。；\n：:]{0,36}?(?:<lack nouns>|<difficulties>)"
    r"(?:(?:和|与|、|及|以及)?(?:<lack nouns>|<difficulties>))*(?:[、，]面临[^。；：\n]{0,8}<difficulties>)?"
    r"(?:(?:还|仍然?|依然|也)?(?:不少|较多|很多|突出))?(?:主要|具体|突出)?(?:表现(?:在|为|有)|体现(?:在|为)|有|是|如下|为)?"
    r"(?=[：:，,。\n]|亟待|亟需|需要)"
    # 更要看到前进中的困难和挑战。也认识到，工作中的困难和问题还不少。
    r"|(?:看到|认识到|意识到|正视)[，,]?[^。；，\n：:]{0,24}?(?:<lack nouns>|<difficulties>)"
    r"(?:(?:和|与|、|及|以及)(?:<lack nouns>|<difficulties>))*(?:还|仍然?|依然|也)?(?:不少|较多|很多|突出)?(?=[：:。])"
    # 但困难和问题依然较多，压力仍然很大。一是…
    r"|(?:但|但是|然而|不过)[，,]?[^。；，：:\n]{0,12}?(?:<lack nouns>|<difficulties>)(?:还|仍然?|依然|依旧|也)"
    r"(?:不少|较多|很多|不小|较大|突出|存在)(?:[，,][^。；：:\n]{0,30})?(?=[：:。])"
)
# 存在的主要问题有：1.… — the name of a list that follows at once.
_LIST_CUE = pattern(
    r"(?:<lack nouns>)(?:主要|具体|突出)?(?:表现|体现)?(?:有|是|为|在|如下)?(?:以下[^。：:\n]{0,10})?[：:]\s*"
)
# 我们也清醒认识到，发展不平衡问题仍然突出；… — the complaints themselves follow.
_ADMITTED = re.compile(r"清醒[地的]?(?:认识|看|意识)到[，,：:]")
# …与要求还有不小差距，…: no announcement of many, but the first complaints themselves.
ANNOUNCES = pattern(
    r"(?:<some>|有所)[^，。；]*$|[。：:]|[，,](?:主要|突出|具体|集中|如|例如|比如|譬如|表现|体现|[一1]是)"
)
# 我们清醒认识到，工作与群众期待不尽适应。一是…
_ADMITTED_LIST = re.compile(r"清醒[地的]?(?:认识|看|意识)到[^。；\n]{2,80}[。：:]\s*")
# What may stand between that sentence and the first mark of its list.
_BEFORE_LIST = re.compile(r"(?:[^。；：:\n]{0,60}[。：:，,]?)(?:[^。；：:\n]{0,70}[：:])?\s*")
_HALF_CUE = pattern(
    r"(?:(?:但|但是|然而|仍然?|仍旧|依然|还)(?:也|还|仍|仍然|依然|是|，){0,3}|(?:目前|当前|主要)[^。；，\n]{0,16}?)"
    r"(?:存在|面临)(?:着)?(?:一些|一定的?|诸如)?"
    r"(?P<body>[^。；\n：:]{4,120}?)等(?:一些|方面的?|突出|主要)?<lack nouns>"
)
_CAUSE_CUE = re.compile(
    r"(?:产生|造成|存在|导致|形成)?(?:以上|上述|这些|存在)?.{0,6}(?:问题|不足)?的?(?:主要|根本)?原因(?:主要)?(?:是|有|在于|分析)?(?:以下.{0,6})?[：:，]"
)
# 但也要看到，甲与乙不相适应的问题依然存在: one problem in half a sentence.
_STILL_THERE = pattern(
    r"(?:但|但是|然而|(?:看到|认识到|意识到))[，,]?(?P<body>[^。；\n：:，]{6,60}?)(?:的)?(?:<lack nouns>|现象|情况)"
    r"(?:依然|仍然|仍旧|仍|还|依旧|一定程度上?|不同程度)存在"
)
_SEEN_FROM = re.compile(r"[。：:\n]\s*从[^。；，\n]{2,16}看，")
_LACKING_HEAD = pattern(
    r"(?!<measures begin>)[^。；\n]{2,24}(?:<lacking ends>|(?:仍然?|依然|依旧|还|较|不够?)[^，。]{1,4}|未[^，。]{1,4})"
)
_BUT = re.compile("(?:但是?|然而|不过)(?:也|还|仍)?")
_COMPLAINT = pattern("<complaints>")
_PROMISED = pattern("[，,]<should be done>")
_THEIRS = pattern("<problems of others>")
_ADMITS = re.compile("清醒|[也还更][要应]?(?:必须)?看到")
_OWN = re.compile("工作中|自身|我们|政府工作|我[省市区县旗州盟局镇乡]")
_NEAR = 60
_Placed = TypeVar("_Placed", PlanPart, "Zone")
_OPENING = ("：", ":", "，", ",")


class Zone(NamedTuple):
    """A range of the clean text that holds problems or next steps; ``half`` when it is a part of a sentence,
    ``opened`` when the words that announce it stand before it, ``mixed`` when its heading announces measures too."""

    kind: str
    start: int
    end: int
    half: bool = False
    opened: bool = False
    mixed: bool = False


def problem_heading(heading: str) -> bool:
    """Whether a heading announces the report's own problems.

    >>> [problem_heading(h) for h in ("存在问题", "问题与不足", "着力解决突出问题", "存在的不足和原因")]
    [True, True, False, True]
    """
    if _PROBLEM_HEADING.search(heading) is None or _RECTIFIED.search(heading):
        return False
    return not _SOLVED.search(heading.split("存在")[0])


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
    sections = [part for part in sections_of(report) if part.level <= 2]
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
        problems += _in_running_text(text, sections, plans, body_end(report)) or _before_plan(text, plans)
    if not problems:
        problems = _complaining(text, plans, body_end(report))
    return sorted([*problems, *_next_steps(text, problems, plans)], key=lambda zone: zone.start)


def _before_plan(text: str, plans: list[PlanPart]) -> list[Zone]:
    """Problems that the introduction of a plan admits (虽有成效，但仍存在…。2024年，将抓好以下工作：)."""
    for plan in plans:
        marks = find_marks(text, plan.body, plan.end)
        if plan.headed and (found := _in_range(text, plan.body, marks[0].start if marks else plan.end)):
            return found
    return []


def _complaining(text: str, plans: list[PlanPart], stop: int) -> list[Zone]:
    """A list that nothing announces, as where a page begins within it: every entry's heading says what is lacking."""
    for low, high in _gaps(0, stop, plans):
        marks = top_level([mark for mark in find_marks(text, low, high) if mark.style in ("han", "bracket")])
        heads = [(mark.end, _sentence_end(text, mark.end, high)) for mark in marks]
        if len(heads) > 1 and all(_LACKING_HEAD.fullmatch(text, *head) for head in heads):
            return [Zone("problem", marks[0].start, high)]
    return []


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
        return _in_range(text, part.body, end)
    zones = _problem_zones(text, part.body, end)
    return [zone._replace(mixed=True) for zone in zones] if _MEASURES_TOO.search(part.heading) else zones


def _kind_of(heading: str) -> str:
    """What a heading of the second level announces; empty for anything else."""
    return "cause" if _CAUSE_HEADING.search(heading) else "problem" if problem_heading(heading) else ""


def _problem_zones(text: str, start: int, end: int) -> list[Zone]:
    """The list of problems; a list of causes after it is another zone."""
    for match in _CAUSE_CUE.finditer(text, start, end):
        opens = match.start() == start or text[match.start() - 1] in "\n。）"
        if opens and find_marks(text, match.end(), end) and match.start() > start + 12:
            return [Zone("problem", start, match.start()), Zone("cause", match.end(), end)]
    half = _HALF_CUE.search(text, start, end)
    if half and not text[half.end() : end].strip("。\n ") and not find_marks(text, start, end):
        return [Zone("problem", half.start("body"), half.end("body"), True)]
    return [Zone("problem", start, end)]


def _in_running_text(text: str, sections: list[Part], plans: list[PlanPart], stop: int) -> list[Zone]:
    """Problems that no heading announces: a sentence in the later part of the body says so, the last one first."""
    outer = [part for part in sections if part.level == 1 and part.start < stop]
    ranges = [(part.start, min(part.end, stop)) for part in outer]
    if outer and outer[0].start > 0:
        ranges.insert(0, (0, outer[0].start))
    for start, end in reversed(ranges or [(0, stop)]):
        for low, high in reversed(_gaps(start, end, plans)):
            if found := _in_range(text, low, high):
                return found
    return _in_sections_after(text, ranges, plans, stop)


def _in_sections_after(text: str, ranges: list[tuple[int, int]], plans: list[PlanPart], stop: int) -> list[Zone]:
    """A list whose entries are sections of their own: 这几大问题是： at the end of the part before them."""
    if len(ranges) < 2:
        return []
    start, end = ranges[0]
    for cue in _LIST_CUE.finditer(text, start, min(end + 1, stop)):
        if cue.end() >= end and not _theirs_or_solved(text, cue.start()):
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


def _speaks_of_problems(cue: str) -> bool:
    """Whether a cue announces problems of one's own that are still there."""
    solved = _SOLVED.search(cue[-24:]) and not _ADMITS.search(cue)
    theirs = _THEIRS.search(cue[-30:]) and not _OWN.search(cue[-16:])
    return not (solved or theirs)


def _theirs_or_solved(text: str, at: int) -> bool:
    """Whether the words before the name of a list say that the problems were solved, or are those of others."""
    before = text[max(0, at - 20) : at]
    return bool(_SOLVED.search(before) or _THEIRS.search(before))


def _after_cue(text: str, cue: re.Match[str], end: int) -> Zone | None:
    """Where the problems stand that a cue announces: in its half sentence, in a list, or in the rest of its line."""
    if half := _HALF_CUE.search(text, cue.start(), min(cue.end() + 1, end)):
        return Zone("problem", half.start("body"), half.end("body"), True)
    after = _BEFORE_LIST.match(text, cue.end(), end)
    marks = find_marks(text, cue.end(), end)
    if after and marks and marks[0].start <= after.end() + 1:
        return Zone("problem", marks[0].start, end)
    if _PROMISED.match(text, cue.end()):
        return None
    line_end = _line_end(text, cue.end(), end)
    if text[cue.end() : cue.end() + 2] in ("。\n", "：\n"):  # the complaints are the next paragraph
        line_end = _line_end(text, cue.end() + 2, end)
        if not _COMPLAINT.search(text, cue.end() + 2, _sentence_end(text, cue.end() + 2, line_end)):
            return None
        return Zone("problem", cue.end() + 2, line_end, opened=_SEEN_FROM.match(text, cue.end(), line_end) is not None)
    if not _COMPLAINT.search(text, cue.end() + 1, _sentence_end(text, cue.end() + 1, line_end)):
        return None
    if (
        text[cue.end() : cue.end() + 1] in _OPENING
        and GAP.search(cue.group())
        and ANNOUNCES.match(text, cue.end()) is None
    ):
        return Zone("problem", _clause_start(text, cue), line_end, opened=True)
    if text[cue.end() : cue.end() + 1] in _OPENING and cue.end() + 8 < line_end:
        return Zone("problem", cue.end(), line_end, opened=True)
    if _SEEN_FROM.match(text, cue.end(), line_end) or (
        _ADMITS.search(text, max(0, cue.start() - 6), cue.end()) and text[cue.end() : cue.end() + 1] == "。"
    ):
        return Zone("problem", cue.end() + 1, line_end, opened=True)
    return None


def _clause_start(text: str, cue: re.Match[str]) -> int:
    """Where the last clause of a cue begins, behind its turn."""
    start = max(text.rfind(mark, 0, cue.end()) for mark in "，,。；\n") + 1
    turn = _BUT.match(text, start, cue.end())
    return turn.end() if turn else start


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


def _sentence_end(text: str, start: int, end: int) -> int:
    found = text.find("。", start, end)
    return end if found < 0 else found


def _is_complaint(text: str, cue: re.Match[str], start: int, end: int) -> bool:
    """Whether what looks like an announcement is one of the complaints that an admission opened before it."""
    sentence = max(start, text.rfind("。", start, cue.end() - 1), text.rfind("\n", start, cue.end() - 1))
    if _ADMITTED.search(text, sentence, cue.end()) is None:
        return False
    listed = _ADMITTED_LIST.search(text, sentence, end)
    if listed and opens_list(text, listed.end()):
        return False
    last = max(text.rfind(mark, sentence, cue.end()) for mark in "，,：:") + 1
    return ANNOUNCES.search(text[last : cue.end()]) is None and ANNOUNCES.match(text, cue.end(), end) is None


def _in_range(text: str, start: int, end: int) -> list[Zone]:
    """Problems that a sentence of running text opens in this range."""
    for cue in _PROBLEM_CUE.finditer(text, start, end):
        if _is_complaint(text, cue, start, end):
            break
        if _speaks_of_problems(cue.group()) and (zone := _after_cue(text, cue, end)) is not None:
            return [zone]
    for cue in _ADMITTED.finditer(text, start, end):
        line_end = _line_end(text, cue.end(), end)
        if _COMPLAINT.search(text, cue.end(), _sentence_end(text, cue.end(), line_end)):
            return [Zone("problem", cue.end(), line_end, opened=True)]
    for cue in (*_LIST_CUE.finditer(text, start, end), *_ADMITTED_LIST.finditer(text, start, end)):
        marks = find_marks(text, cue.end(), end)
        if marks and marks[0].start == cue.end() and not _theirs_or_solved(text, cue.start()):
            return [Zone("problem", cue.end(), end)]
    for half in _HALF_CUE.finditer(text, start, end):
        if not _SOLVED.search(half["body"]):
            return [Zone("problem", half.start("body"), half.end("body"), True)]
    still = _STILL_THERE.search(text, start, end)
    return [Zone("problem", *still.span("body"), True)] if still else []
