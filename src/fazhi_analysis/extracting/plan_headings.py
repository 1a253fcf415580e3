"""What headings say of plans: that one opens, for which year, together with results or problems, or that it ends."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.list_markers import find_marks
from fazhi_analysis.extracting.problem_headings import problem_heading

_YEAR = re.compile(r"20\d\d")
_AHEAD = pattern(r"<next step>|<next year>|<from now on>|努力方向|(?:^|[与和及、])<improvement headings>")
_UNDATED = pattern(
    r"(?:工作|年度?|初步|主要)的?<plan nouns>(?:$|[和与及、（(])"
    r"|(?:^|[的和与及、作年期”])<plan openings>(?:$|[和与及、（(])"
)
_DATED = pattern("<plan nouns>|<plan openings>|<year work nouns>|实事|项目清单|任务清单")
_INTENDED = pattern("<plan nouns>|努力方向")
_DONE = pattern("<results>|情况|开展|完成|落实|举措和|推进")
_REPORTS = pattern("<results>|情况|举措和")
_REPORTED = pattern("<carried out>情况|(?<!主要)成效|回顾|总结")
_NAMES_REPORT = re.compile("报告(?:摘要|全文|解读)?(?:[（(][^）)]*[）)]?)?$")
_JOINED = re.compile("[和与及、]")
_LACKS = pattern("<lack nouns>")
_OTHER_MATTER = pattern("<other matters>|<results>")
# 打造特色品牌 and 着力提升治理成效 are tasks, 特色亮点 and 工作成效 are not.
_TASK = pattern("<measures begin>|<solving>|<task verbs>")
_TAKEN = pattern("[^。：:\n]{0,40}<already taken>")
_IMPROVED = pattern("^(?:存在问题的?|问题)?<improvement reports>$")
_DONE_MARKS = pattern("<done marks>")
_TO_COME = pattern("<next step>|<from now on>|<next year>|<will do>")
_MEASURE = pattern("<measures begin>")


def opens_plan(heading: str, year: int | None) -> bool:
    """Whether a heading announces what comes next; ``year`` is the year of the report.

    >>> [opens_plan(words, 2023) for words in ("下一步打算", "2024年工作要点", "工作目标", "2023年主要工作")]
    [True, True, True, False]
    >>> [opens_plan(words, 2023) for words in ("2023年重点任务完成情况", "2023年工作目标落实情况", "突出重点任务")]
    [False, False, False]
    >>> opens_plan("政府工作报告（2024年）", 2023)
    False
    """
    if names_report(heading):
        return False
    if _AHEAD.search(heading):
        return _REPORTED.search(after_results(heading)) is None
    years = [int(found) for found in _YEAR.findall(heading)]
    if years:
        later = year is not None and max(years) > year and _DATED.search(heading) is not None
        intended = _INTENDED.search(heading) is not None and (year is None or max(years) >= year)
        # 2025年推进法治政府建设的安排, in a report on 2024: of a year to come nothing was carried out.
        done = _DONE if not later else _REPORTS
        return (later or intended) and done.search(after_results(heading)) is None
    return _UNDATED.search(heading) is not None and _REPORTED.search(after_results(heading)) is None


def names_report(title: str) -> bool:
    """Whether a title is that of a report, whatever year it names.

    >>> names_report("2024年政府工作报告"), names_report("2024年政府工作报告重点工作分解")
    (True, False)
    """
    return _NAMES_REPORT.search(title) is not None


def after_results(heading: str) -> str:
    """What a heading of two halves (工作情况及下一步打算) says last."""
    return re.split(r"[和与及、]", heading)[-1]


def plan_year(words: str, year: int | None) -> int | None:
    """The year that a plan is for: the latest one that its opening names, else the one after the report's.

    >>> plan_year("2025年工作安排", 2024), plan_year("下一步打算", 2024), plan_year("下一步打算", None)
    (2025, 2025, None)
    """
    named = max((int(found) for found in _YEAR.findall(words)), default=0)
    if named and (year is None or named >= year):
        return named
    return None if year is None else year + 1


def already_taken(text: str, heading: str, body: int) -> bool:
    """Whether what follows a heading on measures (整改措施) begins with those that were taken already."""
    return heading.endswith("措施") and _TAKEN.match(text, body + text.startswith("\n", body)) is not None


def to_come(text: str, start: int, end: int) -> bool:
    """Whether measures are still to be taken: the words say so, or name the acts and no effect of them.

    >>> [to_come(words, 0, len(words)) for words in ("将丰富形式", "丰富形式", "已丰富形式", "开展培训，质量明显提升")]
    [True, True, False, False]
    """
    period = text.find("。", start, end)
    if _TO_COME.search(text, start, end if period < 0 else period):
        return True
    begin = next((mark.end for mark in find_marks(text, start, end)), start)
    return _MEASURE.match(text, begin, end) is not None and _DONE_MARKS.search(text, start, end) is None


def announces_plan(text: str, heading: str, body: int, end: int, year: int | None) -> bool:
    """Whether a part with this heading is one on what comes next: by the heading alone, or (改进情况) by its words."""
    if is_double(heading):
        return False
    if opens_plan(heading, year):
        return not already_taken(text, heading, body)
    return _IMPROVED.search(heading) is not None and to_come(text, body + text.startswith("\n", body), end)


def is_double(heading: str) -> bool:
    """Whether a heading announces problems or results as well: then the plan opens inside."""
    if problem_heading(heading):
        return True
    joined = _JOINED.search(heading) is not None
    return joined and (_LACKS.search(heading) is not None or _DONE.search(heading) is not None)


def ends_plan(heading: str, year: int | None) -> bool:
    """Whether a heading after a plan turns to something else."""
    years = [int(found) for found in _YEAR.findall(heading)]
    past = bool(years) and year is not None and max(years) <= year
    # 着力补齐短板 goes on with the plan; 存在的短板 announces what is lacking.
    if past or problem_heading(heading) or "情况" in heading:
        return True
    return _OTHER_MATTER.search(heading) is not None and _TASK.match(heading) is None
