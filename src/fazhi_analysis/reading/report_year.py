"""Which year a text reports on: what its title, headings, signature and opening say of time, each for what it is worth.

A year is named for many reasons: the start of a plan, an honour of former years, what is to be done next. Only a year
that says when the reported work was done decides; the date of signing is reckoned back from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.model import DocumentKind, Means

_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ANY = r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})"
_SPAN = re.compile(rf"(?<!\d)(?P<first>{_ANY})年?(?:[-—–~～至到]{{1,2}}|[、和及与])(?P<last>{_ANY})(?=年)")
_TITLE_YEAR = re.compile(rf"(?<!\d)(?P<year>{_ANY})年(?!以来|\d{{1,2}}月|[一二三四五六七八九十]{{1,2}}月)")
_BARE = re.compile(r"(?<![\d〔\[［-])(?P<year>20\d\d)(?![\d年〕\]］/.-])")
_HEADING_YEAR = re.compile(rf"(?<!\d)(?P<year>{_ANY})年")
# 2019年工作回顾 on a line of its own: a heading, numbered or not.
_REVIEW_LINE = re.compile(
    rf"\n[ \t\u3000]*(?P<year>{_ANY})年度?(?:政府)?(?:主要)?工作的?(?:回顾|总结)[ \t\u3000]*$", re.MULTILINE
)
_PLANNED = pattern(r"打算|计划|安排|思路|重点|任务|要点|目标|规划|展望|<next step>|(?:将|要)(?:重点|着力|继续)")
_DONE = re.compile("情况|回顾|总结|完成|落实|成效|成绩|做法|进展")
_STATED = re.compile(
    rf"现[将就].{{0,24}}?(?P<year>{_ANY})年(?!以来)(?:度)?.{{0,40}}?(?:报告|汇报|总结|公布|公开|通报|予以)"
    rf"|(?:期限|时限|时间|时段|数据)[^。]{{0,12}}?(?P<span>{_ANY})年1月1日"
    rf"|(?:汇报|报告)(?:我|本)[^。，,]{{0,8}}?(?P<reported>{_ANY})年"
    rf"|(?:公布|编制|发布)[^。]{{0,40}}?(?P<issue>{_ANY})年(?:度)?[^。]{{0,16}}报告"
)
_TIMED = re.compile(
    rf"(?:^|[。；！\n])[（(]?(?:在|截[至止]|刚刚?过去的)?(?P<year>{_ANY})(?:年度?(?P<since>以来)?)(?!\d|[一二三四五六七八九十]{{1,2}}月|[-—–~～至到])"
    rf"(?=[，,、]|是|全|我|本|各|[\u3400-\u9fff]{{2,12}}?(?:人民政府|政府|[省市州盟县旗区局厅委镇乡]))"
)
# ——2025年1月8日在县第十八届人民代表大会第五次会议上: when and where a work report is given.
_GIVEN = re.compile(
    rf"^[—－\-（( 　]*(?P<year>{_ANY})年(?P<month>\d{{1,2}})月\d{{1,2}}日?[^。\n]{{0,4}}"
    r"在[^。\n]{4,60}会议?[^。\n]{0,16}上",
    re.MULTILINE,
)
_RUNNING = re.compile("今年以来|今年|上半年|截至目前|前三季度|前[一二三]季度")
_PLAN = re.compile(
    rf"(?:^|[。；\n、．.])[^。；\n]{{0,6}}?(?P<year>{_ANY})年(?:度)?[^。；，\n]{{0,10}}(?:打算|计划|安排|思路|要点|目标|将|要)"
)
_FILE_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d|[-_.年]?\d\d?[-_.月])")
# 4月份热线办理情况通报: signed in the year that it is on.
_OF_MONTHS = re.compile(r"(?<![\d年])(?:1[0-2]|[1-9])月份?(?!\d)|上半年|[前第]?[一二三]季度")
_OPENING = 400


class ReportYear(NamedTuple):
    """The year that is reported on (the last one of several), and how it was found."""

    year: int | None = None
    means: Means = ""


class Dated(NamedTuple):
    """What a text says of its time: title, headings of the first levels, opening, clean text, dates, file name."""

    title: str
    headings: Sequence[str] = ()
    opening: str = ""
    text: str = ""
    signed: str = ""
    published: str = ""
    file_name: str = ""


def report_year(dated: Dated, kind: DocumentKind = "annual_report") -> ReportYear:
    """The year reported on.

    >>> report_year(Dated("砚桥县2024年法治政府建设情况和2025年工作安排报告"))
    ReportYear(year=2024, means='title')
    >>> report_year(Dated("", opening="自2019年获评示范县以来，砚桥县持续巩固。", signed="2024-01-18"))
    ReportYear(year=2023, means='signature')
    >>> report_year(Dated("", opening="2022年以来，砚桥县司法局聚焦主业。", signed="2022-12-30")).year
    2022
    >>> report_year(Dated("热线4月份办理情况通报", signed="2022-05-18")).year
    2022
    >>> report_year(Dated("砚桥县2022—2023年度法治政府建设情况报告")).year, report_year(Dated("", text="全年办案。"))
    (2023, ReportYear(year=None, means=''))
    >>> report_year(Dated("", text="2019年工作回顾\\n过去一年，成效明显。", file_name="2020"), "work_report")
    ReportYear(year=2019, means='heading')
    >>> report_year(Dated("", text="政府工作报告\\n——2025年1月8日在县第五次会议上"), "work_report").year
    2024
    """
    for found in _candidates(dated, kind):
        if found.year is not None:
            return found
    return ReportYear()


def _candidates(dated: Dated, kind: DocumentKind) -> Iterator[ReportYear]:
    reviewed = _REVIEW_LINE.search(f"\n{dated.text}")
    headings = (
        year for heading in (*dated.headings, reviewed[0] if reviewed else "") if (year := _of_heading(heading))
    )
    if kind == "work_report":
        # A work report is called by the year in which it is given, and reports on the year before.
        yield ReportYear(next(headings, None), "heading")
        titled = _of_title(dated.title)
        yield titled._replace(year=titled.year - 1 if titled.year else None)
        yield ReportYear(_before_meeting(dated.text[:_OPENING]), "opening")
    else:
        yield _of_title(dated.title)
    opening = dated.opening[:_OPENING]
    stated = _STATED.search(opening)
    stated_year = next((number_of(year) for year in stated.groups() if year), None) if stated else None
    yield ReportYear(stated_year, "opening")
    yield ReportYear(next(headings, None), "heading")
    timed = [number_of(match["year"]) for match in _TIMED.finditer(opening)]
    within = _OF_MONTHS.search(dated.title or dated.file_name) is not None
    yield ReportYear(_before_signing(dated.signed, timed, opening, within), "signature")
    recent = [number_of(match["year"]) for match in _TIMED.finditer(opening) if not match["since"]] or timed
    yield ReportYear(recent[0] if recent else None, "opening")
    named = _FILE_YEAR.search(dated.file_name)
    yield ReportYear(int(named["year"]) if named else None, "file_name")
    planned = _PLAN.search(dated.text)
    yield ReportYear(number_of(planned["year"]) - 1 if planned else None, "plan")
    yield ReportYear(_before_signing(dated.published, timed, opening, within), "masthead")


def _of_title(title: str) -> ReportYear:
    if span := _SPAN.search(title):
        last = number_of(span["last"])
        if last - number_of(span["first"]) == 1:
            return ReportYear(last, "title")
        title = title.replace(span.group(), "")
    found = _TITLE_YEAR.search(title) or _BARE.search(title)
    return ReportYear(number_of(found["year"]) if found else None, "title")


def _of_heading(heading: str) -> int | None:
    """The year of a heading that tells of what was done, None for that of a plan."""
    found = _HEADING_YEAR.search(_SPAN.sub("", heading))
    if found is None or (_PLANNED.search(heading) and not _DONE.search(heading)):
        return None
    return number_of(found["year"])


def _before_meeting(opening: str) -> int | None:
    """The year before the meeting at which a work report is given; a meeting of the last two months is in its year."""
    given = _GIVEN.search(opening)
    if given is None:
        return None
    return number_of(given["year"]) - (int(given["month"]) < 11)


def _before_signing(date: str, timed: Sequence[int], opening: str, within: bool) -> int | None:
    """The year of a text that was signed on a day (ISO): in December that year, else the year before.

    What the opening calls the time of its report decides between the two; one ``within`` a year, on a month or a
    quarter, is of the year of signing.
    """
    if not date:
        return None
    year, month = int(date[:4]), int(date[5:7])
    for stated_year in timed:
        if stated_year in (year - 1, year):
            return stated_year
    running = month >= 7 and _RUNNING.search(opening) is not None
    within = within and month > 1
    return year if month == 12 or running or within else year - 1


def number_of(text: str) -> int:
    """A year in digits of either script.

    >>> number_of("2024"), number_of("二〇二四")
    (2024, 2024)
    """
    if text.isascii():
        return int(text)
    return int("".join(str(_DIGITS[char]) for char in text))
