"""Which parts of a report say what comes next: asked by figures (a plan or a result) and by statements (next steps).

A plan opens with a heading (三、2024年工作要点), with a line or label of its own (下一步打算：), or with a sentence of
running text (下一步，我县将…). What follows inherits it until something ends it: the section, a list begun before that
goes on counting, a heading on results or problems, the annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.body_sections import Part, body_end, sections_of
from fazhi_analysis.extracting.collected_texts import next_text
from fazhi_analysis.extracting.list_markers import find_marks, opens_list
from fazhi_analysis.extracting.plan_aims import announced_aims, lists_plans
from fazhi_analysis.extracting.plan_headings import (
    after_results,
    announces_plan,
    ends_plan,
    is_double,
    names_report,
    opens_plan,
    plan_year,
)
from fazhi_analysis.model import Report
from fazhi_analysis.reading.characters import full_width

_YEAR = re.compile(r"20\d\d")
_ADMITS = pattern("<seen clearly>")
_LONGEST_TITLE = 50
_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*")

_SENTENCE_BEGINS = r"[\n。；！]"
# 我们将从以下三个方面改进：
_IN_WAYS = (
    r"(?=[^。；：:\n将拟考准要]{0,40}+[将拟考准要])[^。；：:\n]{0,40}?(?=[将拟考准要])(?:将|拟|考虑|准备|要)[^。；：:\n]{0,12}?(?:从|采取|抓好|做好|通过)"
    r"(?:以下|如下|下列|这|[一二两三四五六七八九十几])个?[^。；：:\n]{0,6}?(?:方面|措施|工作|举措)[^。；：:\n]{0,12}(?=[：:。])"
)
_WAYS = re.compile(_IN_WAYS)
# 县法院负责人表示，将…；他说，今后五年要…: what those who report promise in a news item.
_SPOKEN = (
    r"(?=[^。；：:\n表承目设打思]{0,40}+[表承目设打思])[^。；：:\n]{0,40}?(?:表示|承诺|表态(?:发言)?(?:[，,]?[他她并]?(?:要求|说|提出|表示))|(?:目标|设想|打算|思路)[，,][他她]说)[，,：:]"
    r"(?=[^。；\n]{0,24}?(?:将|要(?!求))|一是)"
)
_LEAD = pattern(
    r"(?P<lead>(?:各位代表[，！：,!:]\s*|同志们[，！：,!:]\s*)?(?:"
    r"(?=[在下后今接以往明来新我做对2根按综针围结面为])(?:"  # what the next ones begin with, few sentences do
    r"(?P<ahead>(?:在)?(?:<next step>|<from now on>(?:<some years>)?|<next year>)(?:的)?(?:工作)?中?"
    r"|(?:我们|我[省市区县旗局镇乡])?在(?:今年|今后|下一?年)的工作中)"
    r"(?=，|,|：|:|里|的?工作|我[省市区县旗州盟局镇乡院委们]|全[省市区县旗州盟局镇]|[\u4e00-\u9fff]{0,10}?(?:将|要(?!求)|政府))"
    r"|(?:在|做好|对于)?(?P<year>20\d\d)年度?(?=[，,的]|工作|是[^。\n]{0,90}?(?:之年|一年|周年)"
    r"|[\u4e00-\u9fff]{0,12}?(?:将|要(?!求)|政府|<plan openings>))"
    r"|(?:(?:根据|按照|综合)[^。\n]{2,60}?[，,])?(?:做好)?今年"
    r"(?=[^。：:\n，,]{0,16}<plan openings>|[^。：:\n]{0,16}?(?:将|要)(?:继续|重点|抓|做))"
    r"|(?P<answer>(?:针对|对照|围绕|结合|对于?|面对)(?:上述|以上|存在|这些|上面|工作中存在)[^。；\n]{0,20}?|[为对]此)(?=[，,]))"
    rf"|(?P<ways>{_IN_WAYS})"
    rf"|(?P<spoken>{_SPOKEN})"
    r"))"
)
# …分析了三个方面的问题，并提出了下一步打算：一是…: the last words before a list say what it lists.
_BEFORE_LIST = pattern(
    r"[，,；;](?=[^，,；;。：:\n]*+[：:])"
    r"(?P<lead>[^，,；;。：:\n]{0,16}?(?:<next step>|<next year>|<from now on>)[^，,；;。：:\n]{0,16}?"
    r"(?:<plan nouns>|措施|举措|将|要|抓好|做好)[^，,；;。：:\n]{0,16}[：:])"
)
# …等问题，下一步将从三个方面发力: behind the problems of the same sentence.
_WILL_NEXT = pattern("[，,](?P<lead>(?:在)?(?:<next step>|<from now on>)[^，,。；：:\n]{0,10}?(?:将|要(?!求)))")
_PROBLEMS_BEFORE = pattern(r"(?:<lack nouns>)\Z")
_LONGEST_PROBLEM = 24  # characters of the word for problems
_ASKED = re.compile("(?:要求|建议|希望|强调|指出|部署|督促)[^。\n]{0,24}$")
_LABEL = re.compile(r"(?P<lead>[^\n。，；：:！]{2,24}+(?:[：:]|(?=\n|$)))")
# The same behind the end of a sentence: searched for by that, which is one character.
_LEADS, _LABELS = (re.compile(f"{_SENTENCE_BEGINS}(?={one.pattern})") for one in (_LEAD, _LABEL))
# A paragraph or line of its own that turns back to what was done ends a plan that no heading of a section opened.
_LOOKS_BACK = pattern(
    r"\n(?:(?:<last year>|过去的?一年|这?一年来|回顾)|(?P<year>20\d\d)年(?:度?工作)?(?:，|,|<results>))"
)
# After a plan that a sentence of running text opened, also a paragraph on the year itself.
_ON_THE_YEAR = re.compile(r"\n(?:全年(?!力争|计划|确保|争取|要|将)|今年以来|本年度?|截[至止]|目前，?已)")
# A heading that looks back on what is over; after it 今年重点工作 is still to come.
_PAST = pattern(r"<last year>|过去的?[一二两三四五几]年|(?:这|近)[一三五]年来|^(?!今年|本年)[^，。]{0,12}回顾")
_THIS_YEAR = re.compile("^(?:做好)?今年(?=(?:的|政府)?(?:主要|重点)?(?:工作|任务|目标|要求|安排|举措|预期))")
_WILL = pattern("<will do>|考虑|准备")
_INTENDED_ANSWER = re.compile("针对|对照|围绕|为此")
_INTENDS = pattern(r"<will do>|<plan openings>|重点(?!领域|环节)|抓好|做好|着力|着重|奋力")
_FORMULA = pattern(
    r"[^，。：\n]{0,20}[，,](?:(?:<says nothing yet>)*|[^。；：\n]{0,24}[，,])(?:<promise to mend>)[。！；]?\s*(?:$|\n)"
)


class PlanPart(NamedTuple):
    """A part on what comes next, in offsets of the clean text: ``start`` at its heading or lead, ``body`` after the
    heading; ``year`` is what it plans for; ``headed`` when it has a heading or a label of its own, ``dated`` when that
    names the year."""

    start: int
    body: int
    end: int
    year: int | None
    headed: bool
    dated: bool = False


def plan_parts(report: Report) -> list[PlanPart]:
    """Parts on what comes next, in text order, those inside another left out.

    >>> from fazhi_analysis.reading import read_text
    >>> text = "云汀县2023年法治政府建设报告\\n一、主要工作\\n办案12件。\\n二、存在不足\\n人手少。下一步，将增加人手。"
    >>> report = read_text(text, name="a.txt")
    >>> [report.clean.text[part.start : part.end] for part in plan_parts(report)]
    ['下一步，将增加人手。']
    """
    text = full_width(report.clean.text)
    parts = sections_of(report, bare=True)
    stop = body_end(report)
    year = report.metadata.year or _year_before_tasks(text, parts)
    found = _headed(text, parts, stop, year)
    halves = [after_results(part.heading) for part in parts if is_double(part.heading)]
    halves = [half for half in halves if opens_plan(half, year)]
    taken = bytearray(len(text))  # one look however many parts there are
    for part in found:
        taken[part.start : part.end] = b"\x01" * (part.end - part.start)
    for start, body, words, alone in _leads(text, stop, year, halves):
        if taken[start]:
            continue
        end = _end_of_lead(text, parts, start, stop, year, alone)
        end = _end_of_speech(text, body, end) if start < body and not alone else end
        coming = plan_year(words, year)
        found.append(PlanPart(start, body, end, coming, alone, alone and str(coming) in words))
        taken[start:end] = b"\x01" * (end - start)
    found += _unheaded(text, parts, stop, year, report.metadata.title or _first_line(text))
    kept: list[PlanPart] = []
    for part in sorted(found, key=lambda part: (part.start, -part.end)):
        if not kept or part.start >= kept[-1].end:
            kept.append(part._replace(end=next_text(text, part.body, part.end)))
    return kept


def _unheaded(text: str, parts: list[Part], stop: int, year: int | None, title: str) -> list[PlanPart]:
    """The whole of a document whose title says that it lists plans, and sentences that announce aims."""
    found = []
    if lists_plans(title, year):
        end = _end_of_lead(text, parts, 0, stop, year, True)
        found.append(PlanPart(0, 0, end, plan_year(title, year), True, _YEAR.search(title) is not None))
    for aims in announced_aims(text, stop, year):
        found.append(PlanPart(aims.start, aims.start, aims.end, plan_year(aims.words, year), False))
    return found


def _first_line(text: str) -> str:
    """The first line, where it may be a title that was not taken for one."""
    line = text[: text.find("\n")] if "\n" in text else ""
    return line if len(line) <= _LONGEST_TITLE and not line.endswith("。") else ""


def _year_before_tasks(text: str, parts: list[Part]) -> int | None:
    """The year of a report that does not say it: the one before that of the tasks which follow its admissions."""
    admitted = _ADMITS.search(text)
    if admitted is None:
        return None
    for part in parts:
        named = _YEAR.search(part.heading)
        if part.start > admitted.start() and named and opens_plan(part.heading, int(named.group()) - 1):
            return int(named.group()) - 1
    return None


def _headed(text: str, parts: list[Part], stop: int, year: int | None) -> list[PlanPart]:
    """Sections whose heading opens a plan, and those after them that inherit it."""
    found: list[PlanPart] = []
    inherited: int | None = None
    looked_back = False
    for part in parts:
        looked_back = looked_back or (part.level == 1 and _PAST.search(part.heading) is not None)
        if part.start >= stop or (found and part.start < found[-1].end):
            continue
        # 一、过去一年工作 二、今年重点工作: behind a year that is over, this one is still to come.
        heading = _THIS_YEAR.sub("新的一年", part.heading) if looked_back else part.heading
        if announces_plan(text, heading, part.body, min(part.end, stop), year):
            inherited = plan_year(part.heading, year)
            dated = str(inherited) in part.heading
            found.append(PlanPart(part.start, part.body, min(part.end, stop), inherited, True, dated))
            if part.level > 1:
                inherited = None
        elif inherited is not None and part.level == 1 and _goes_on(found[-1], part, text, year):
            found.append(PlanPart(part.start, part.start, min(part.end, stop), inherited, True))
        elif part.level == 1:
            inherited = None
    return found


def _goes_on(plan: PlanPart, part: Part, text: str, year: int | None) -> bool:
    """Whether a section of the first level belongs to the plan before it, and to no other text on the page."""
    return not ends_plan(part.heading, year) and next_text(text, plan.body, part.body) == part.body


def _leads(text: str, stop: int, year: int | None, halves: list[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Where a plan opens without a heading of the section tree: start, body, its words, whether a line of its own.

    ``halves`` are what headings of two halves (存在问题和2024年重点任务) say of a plan: a label that says it again
    (重点任务：) opens it.
    """
    for match in filter(None, (_LABEL.match(text, 0, stop), *_LABELS.finditer(text, 0, stop))):
        start, end = match.span("lead")
        if start and text[start - 1] != "\n" and not opens_list(text, end):  # 改进措施：1.…
            continue
        label = _NUMBER.sub("", match["lead"].rstrip("：:"))
        again = next((half for half in halves if half.endswith(label)), label)
        line = text.find("\n", end + text.startswith("\n", end), stop)
        if announces_plan(text, again, end, line if line > 0 else stop, year):
            yield start, end, label, True
    yield from ((*span, "", False) for span in _within_sentences(text, stop))
    for match in filter(None, (_LEAD.match(text, 0, stop), *_LEADS.finditer(text, 0, stop))):
        named, start = match["year"] or "", match.start("lead")
        if named and (year is None or int(named) <= year):
            if _WAYS.match(text, start, stop) is None:
                continue
            named = ""  # 2021年将从以下方面改进, in a report on 2021: what it says it will do is still to come
        if _is_lead(text, match, stop):
            yield start, match.end("lead") if match["spoken"] else start, named, False


def _within_sentences(text: str, stop: int) -> Iterator[tuple[int, int]]:
    """Where a plan opens within a sentence: before a list, or behind the problems that it names."""
    for match in _WILL_NEXT.finditer(text, 0, stop):
        if _PROBLEMS_BEFORE.search(text, max(0, match.start() - _LONGEST_PROBLEM), match.start()):
            yield match.span("lead")
    for match in _BEFORE_LIST.finditer(text, 0, stop):
        if opens_list(text, match.end()) and not _ASKED.search(text, max(0, match.start() - 40), match.start()):
            yield match.span("lead")


def _is_lead(text: str, match: re.Match[str], stop: int) -> bool:
    """Whether the sentence that begins so announces something to be done, and not only that problems will be mended."""
    start, reach = match.span("lead")
    line = text.find("\n", start, stop)
    if match["year"] and names_report(text[start : line if line > 0 else stop]):
        return False  # the title: 2024年砚桥县政府工作报告, on what was done in 2023
    end = text.find("。", reach, stop)
    sentence = text[start : end if end > 0 else stop]
    answers = bool(match["answer"]) and not _INTENDED_ANSWER.match(sentence)
    if answers and _WILL.search(sentence) is None:
        return False
    intends = answers or (match["ahead"] and "：" in sentence[:40]) or _INTENDS.search(sentence[reach - start :])
    if match["ways"] or match["spoken"] or intends or _WAYS.match(sentence + "。"):
        return _FORMULA.match(text, start) is None
    return bool(match["ahead"])


def _end_of_lead(text: str, parts: list[Part], start: int, stop: int, year: int | None, alone: bool) -> int:
    """Where a plan that a line or a sentence opened ends."""
    end = _end_of_part(text, parts, start, stop, year, alone)
    begin = max(start - 1, 0)
    for match in _LOOKS_BACK.finditer(text, begin, end):
        if not match["year"] or (year is not None and int(match["year"]) <= year):
            end = match.start() + 1
            break
    turned = None if alone else _ON_THE_YEAR.search(text, begin, end)
    return turned.start() + 1 if turned else end


def _end_of_speech(text: str, body: int, end: int) -> int:
    """Where what somebody says ends: with its sentence, or with the line where it is a list."""
    stop = text.find("\n" if opens_list(text, body) else "。", body, end)
    return end if stop < 0 else stop + 1


_marks_of_part = lru_cache(maxsize=8)(find_marks)  # several leads in turn ask for the same part


def _end_of_part(text: str, parts: list[Part], start: int, stop: int, year: int | None, alone: bool) -> int:
    """Where the section, list or run of sections ends that a plan opens in."""
    around = [part for part in parts if part.level == 1 and part.start <= start < part.end]
    low, high = (around[-1].start, min(around[-1].end, stop)) if around else (0, stop)
    following = [part for part in parts if part.level == 1 and part.start > start]
    if not around and following:
        high = min(following[0].start, stop)
    before: dict[str, int] = {}
    for mark in _marks_of_part(text, low, high):
        if mark.start < start:
            before[mark.style] = mark.number
        elif mark.start > start and (last := before.pop(mark.style, 0)) and mark.number == last + 1:
            return mark.start
    # 一、 counts anew right after the lead, or the lead stands on a line of its own: what follows is the plan.
    for part in following:
        if part.start > high + 1 or part.start >= stop:
            break
        restarts = part.number.strip("（）()、.") in ("一", "1")
        if not (alone or restarts) or ends_plan(part.heading, year):
            break
        alone, high = True, min(part.end, stop)
    return high
