"""Where a time that was named once goes on: a part of a report on several years, or on a year before its own.

A heading names it (过去五年工作回顾, 2023年工作情况), or a sentence that opens a paragraph and reports no figure itself
(“十四五”以来，我县坚持依法行政。). It holds to the end of the section or of the paragraph, or until a sentence turns to
the report's own year. A sentence that only goes on adding up has the time of the one before it
(三年来，援助320件。累计挽回损失80万元。).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.body_sections import Part, sections_of
from fazhi_analysis.extracting.figures.times.laws_in_force import with_years_of_laws
from fazhi_analysis.extracting.figures.times.monthly_parts import month_of_heading, parts_of_bulletin, parts_of_sentence
from fazhi_analysis.extracting.figures.times.periods import named_time
from fazhi_analysis.extracting.figures.times.time_readings import Frame, Stretch
from fazhi_analysis.extracting.plan_headings import opens_plan
from fazhi_analysis.model import Report

_NUMERAL = "[二两三四五六七八九十2-9]"
_TIME_CUE = re.compile(rf"\d年|{_NUMERAL}年|十.五|时期|[施实][行施]以来|\d月份?[\u4e00-\u9fff]{{0,8}}情况")
_REVIEW = pattern("<reviews>")
_NAMED_PLAN = pattern("<names of plans>")
_ONE_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENING = re.compile(
    r"(?:回顾)?(?:自|从|在)?(?P<time>(?:过去|近|这|最近)的?"
    rf"{_NUMERAL}年(?:间|多?来|以来)?|{_NUMERAL}年(?:间|多?来|以来)"
    r"|20\d\d年(?:\d{1,2}月)?以来|“?十[一二三四五六]五”?(?:以来|期间|时期))"
    r"(?P<rest>[^。；;！\n]*)[。；;！]"
)
# 这是绿色发展成效显著的五年。
_CALLED_SPELL = re.compile(rf"这是[^。；！\n\d]{{0,40}}的(?P<time>{_NUMERAL}年)[。；！]")
_SPELL_TITLE = re.compile(f"({_NUMERAL})年(?:来|间)?(?:工作|建设)?(?:综述|回顾|总结|巡礼|成就)")
# A paragraph that a list of achievements (——综合实力大幅提升。) follows: the last time that it turns to is the list's.
_DASH = ("——", "－－", "--")
_OWN_CUE = pattern("<this year>|一年来|过去的?一年|这一年")
_SPAN_CUE = re.compile(
    rf"(?P<time>(?:过去|近|这|最近)的?{_NUMERAL}年(?:间|多?来|以来)?|{_NUMERAL}年(?:间|多?来|以来)"
    r"|“?十[一二三四五六]五”?(?:以来|期间|时期))"
    r"|(?P<plan>“?十[一二三四五六]五”?)[^，。；\d]{0,8}(?:任务|目标|规划)[^，。；\d]{0,10}(?:完成|实现|收官)(?!之年)"
)
_LED_BY_TIME = re.compile(
    r"[ \u3000]*(?:自|从)?(?P<time>(?:(?:过去|近|这|最近)的?"
    rf"{_NUMERAL}年(?:间|多?来|以来)|{_NUMERAL}年(?:间|多?来|以来)|20\d\d年(?:\d{{1,2}}月)?以来"
    r"|[^，。；;\n\d]{2,30}(?:施行|实施)以来|“?十[一二三四五六]五”?(?:以来|期间|时期)))"
)
_GOES_ON = re.compile(r"[。；;](?=[其期，,累总共])(?:其间|期间)?[，,]?(?:累计|总计|共计|总共)[^。；;\n]*")
_SENTENCE_ENDS = "。；;\n"
_LINE_END = re.compile("\n")
_LONGEST_HEADING = 30


def find_stretches(report: Report, frame: Frame, told: Mapping[str, int] | None = None) -> list[Stretch]:
    """Stretches of a text in text order, the outer before the inner; none for a text of no year.

    ``told`` are laws of whose anniversary the text tells, with the year since which they are in force.

    >>> from fazhi_analysis.reading import read_text
    >>> text = "过去三年工作回顾\\n新建站点12个。\\n今年，新建站点3个。"
    >>> find_stretches(read_text(text, name="a.txt"), Frame(2024, "2024", "2025"))
    [Stretch(start=8, end=18, period='2022-2024')]
    """
    text = report.clean.text
    if frame.year is None:
        return []
    if _TIME_CUE.search(text) is None:
        return _monthly(report, text, frame)
    parts = sections_of(report)
    title = report.metadata.title or report.source.name
    found = [*_titled(title, text, frame), *_headed(text, parts, frame), *_opened(text, parts, frame)]
    found += _listed(text, frame)
    found += _added_up(text, frame, told or {})
    found += _monthly(report, text, frame)
    return sorted(found, key=lambda stretch: (stretch.start, -stretch.end))


def _monthly(report: Report, text: str, frame: Frame) -> list[Stretch]:
    """Parts on one month of the year; a report on the year tells by months what took place, not what was counted."""
    paragraphs = parts_of_bulletin(text, frame) if report.metadata.doc_kind == "other" and "月" in text else ()
    return [*paragraphs, *parts_of_sentence(text, frame)]


def _titled(title: str, text: str, frame: Frame) -> Iterator[Stretch]:
    """The whole text, where its title looks back on several years (法治政府建设五年综述, “十四五”时期工作总结)."""
    spell = _SPELL_TITLE.search(title)
    period = named_time(f"近{spell[1]}年", frame) if spell else ""
    if period or (re.search("十.五", title) and (period := _of_heading(title, frame))):
        yield _until_own_year(text, 0, len(text), period, frame, whole=True)


def _headed(text: str, parts: list[Part], frame: Frame) -> Iterator[Stretch]:
    """Sections, and what follows a line of its own, whose heading names a time that is past."""
    for part in parts:
        if period := _of_heading(part.heading, frame):
            yield _until_own_year(text, part.body, part.end, period, frame, whole=True)
    numbered = {part.start for part in parts}
    at = 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST_HEADING and at not in numbered and (period := _of_heading(line, frame)):
            yield _until_own_year(text, at + len(line), _next_part(parts, at, len(text)), period, frame, whole=True)
        at += len(line) + 1


def _of_heading(heading: str, frame: Frame) -> str:
    """The time before the report's own year that a heading on what was done names, if it names nothing else."""
    if not _TIME_CUE.search(heading) or not _REVIEW.search(heading) or re.search("[，。；：,;:]", heading):
        return ""
    if _NAMED_PLAN.search(heading) or opens_plan(heading, frame.year):
        return ""
    years = [int(year) for year in _ONE_YEAR.findall(heading)]
    if frame.year is not None and years and min(years) > frame.year:
        return ""  # 政府工作报告（2024年1月30日）, in a report on 2023: when it was given
    several = len(years) > 1 or "期间" in heading or "时期" in heading
    if frame.year in years and (len(years) == 1 or not several):
        return ""
    period = named_time(heading, frame) or month_of_heading(heading, frame)
    return period if period != frame.own and not period.startswith("累计") else ""


def _opened(text: str, parts: list[Part], frame: Frame) -> Iterator[Stretch]:
    """What follows a sentence that opens a paragraph with a span of years and holds no figure."""
    lines = (0, *(match.end() for match in _LINE_END.finditer(text)))
    for match in filter(None, (_OPENING.match(text, start) or _CALLED_SPELL.match(text, start) for start in lines)):
        if re.search(r"\d", match.group().removeprefix(match["time"])) is not None:
            continue
        called = match.re is _CALLED_SPELL
        period = named_time(f"近{match['time']}" if called else match["time"], frame)
        if not period or period == frame.own:
            continue
        before = text.rfind("\n", 0, max(match.start() - 1, 0)) + 1
        heading = text[before : max(match.start() - 1, 0)]
        if not called and len(heading) <= _LONGEST_HEADING and _REVIEW.search(heading):
            end, whole = _next_part(parts, match.start(), len(text)), True
        else:
            stop = text.find("\n", match.end())
            end, whole = (stop if stop >= 0 else len(text)), False
        yield _until_own_year(text, match.end(), end, period, frame, whole=whole)


def _listed(text: str, frame: Frame) -> Iterator[Stretch]:
    """The members of a list (—— at the line's head) below a paragraph whose last time is a span of years."""
    start, before = -1, ""
    at = 0
    for line in [*text.split("\n"), ""]:
        listed = line.lstrip().startswith(_DASH)
        if listed and start < 0:
            start = at
        elif not listed:
            if start >= 0 and (period := _last_span(before, frame)):
                yield Stretch(start, at, period)
            start, before = -1, line or before
        at += len(line) + 1


def _added_up(text: str, frame: Frame, told: Mapping[str, int]) -> Iterator[Stretch]:
    """Sentences that go on with 累计 after one that is led by a span of years, in its paragraph."""
    last, period = -1, ""
    for goes_on in _GOES_ON.finditer(text):
        start = goes_on.start() + 1
        if start - 1 != last:
            before = max(text.rfind(mark, 0, start - 1) for mark in _SENTENCE_ENDS) + 1
            led = _LED_BY_TIME.match(text, before, start)
            period = named_time(with_years_of_laws(led["time"], told, frame.year), frame) if led else ""
        last = goes_on.end()
        if period and period != frame.own and not period.startswith("累计"):
            yield Stretch(start, last, period)


def _last_span(paragraph: str, frame: Frame) -> str:
    """The span of years that a paragraph turns to last; empty where it turns to the report's own year after that."""
    cues = list(_SPAN_CUE.finditer(paragraph))
    if not cues or _OWN_CUE.search(paragraph, cues[-1].end()):
        return ""
    period = named_time(cues[-1]["time"] or f"{cues[-1]['plan']}期间", frame)
    return period if period != frame.own and not period.startswith("累计") else ""


def _next_part(parts: list[Part], at: int, stop: int) -> int:
    """Where the next section of the first level begins after a place."""
    return min((part.start for part in parts if part.level == 1 and part.start > at), default=stop)


def _until_own_year(text: str, start: int, end: int, period: str, frame: Frame, *, whole: bool) -> Stretch:
    """The stretch up to the sentence that turns to the report's own year; of a ``whole`` part, the paragraph."""
    before = "" if whole else "。；;"
    turn = re.compile(
        rf"(?<=[\n{before}])(?:今年|本年|一年来|过去的?一年|这一年|{frame.year}年(?![^，。,]*(?:以来|[-—至到])))"
    )
    found = turn.search(text, start, end)
    return Stretch(start, found.start() if found else end, period)
