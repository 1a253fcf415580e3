"""The time that a whole report is of, where its title names months, a half, a quarter or several years."""

from __future__ import annotations

import re

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.period_notation import half_of, month_of, quarter_of, span_of
from fazhi_analysis.extracting.figures.times.time_grammar import TO
from fazhi_analysis.extracting.figures.times.time_readings import MONTH, YEAR

# 2024年1—10月, 4月1日至4月30日, 4月1日—30日: a span of time in a title.
_TITLE_SPAN = re.compile(
    rf"(?:(?P<from>{YEAR})年)?(?<!\d)(?P<first>{MONTH})(?:月(?:\d{{1,2}}日|份)?{TO}(?:(?P<to>{YEAR})年)?"
    rf"(?:(?P<last>{MONTH})月(?:\d{{1,2}}日|份)?|\d{{1,2}}日)|{TO}(?P<end>{MONTH})月份?)"
)
_TITLE_MONTH = re.compile(
    rf"(?:({YEAR})年({MONTH})月|(?<![年至到\d\-—~])({MONTH})月份(?=[^\d]{{0,12}}(?:情况|通报|统计|数据|分析)))"
)
_TITLE_YEARS = re.compile(rf"({YEAR})年?度?{TO}({YEAR})年度?")
_TITLE_PART = re.compile(rf"({YEAR})年(?:度)?(?:([上下])半年|(前)?第?([一二三四1-4])季度)")
_STANDING = re.compile("完成情况|进展情况|落实情况")  # of the year so far, not of the quarter
_PLAN_NAME = pattern("<names of plans>")


def title_period(title: str, year: int | None) -> str:
    """The time that a whole report is of, where its title says something else than one year; else the year.

    >>> title_period("云汀县2022—2023年度法治政府建设情况报告", 2023), title_period("2022年4月热线受理情况", 2022)
    ('2022-2023', '2022-04')
    >>> title_period("云汀县2024年度法治政府建设报告（2024年12月）", 2024), title_period("2024年1—9月执法统计", 2024)
    ('2024', '2024-01/2024-09')
    """
    own = str(year) if year else ""
    title = title if not _PLAN_NAME.search(title) else ""
    for read in (_title_span, _title_part, _title_month):
        if found := read(title, year):
            return found
    if (found_years := _TITLE_YEARS.search(title)) and (year is None or int(found_years[2]) == year):
        return f"{found_years[1]}-{found_years[2]}" if found_years[1] < found_years[2] else own
    return own


def _title_span(title: str, year: int | None) -> str:
    """From one month to another; a whole year is no part of one."""
    found = _TITLE_SPAN.search(title)
    named = re.search(YEAR, title)
    start = (found["from"] or (named[0] if named else str(year or ""))) if found else ""
    if found is None or not start:
        return ""
    last = found["last"] or found["end"] or found["first"]
    begins, ends = month_of(start, found["first"]), month_of(found["to"] or start, last)
    if ends < begins:
        return ""
    if (begins[5:], ends) == ("01", f"{start}-12"):
        return start
    return begins if begins == ends else span_of(begins, ends)


def _title_part(title: str, year: int | None) -> str:
    """A half or a quarter of the report's year."""
    found = _TITLE_PART.search(title)
    if found is None or _STANDING.search(title) or (year and int(found[1]) != year):
        return ""
    return half_of(found[1], found[2]) if found[2] else quarter_of(found[1], found[4], bool(found[3]))


def _title_month(title: str, year: int | None) -> str:
    """A month; one beside another year or part of a year is that in which the report was given."""
    found = _TITLE_MONTH.search(title)
    if found is None or re.search(YEAR, title[: found.start()] + title[found.end() :]):
        return ""
    named = found[1] or str(year or "")
    if not named or (year and int(named) != year):
        return ""
    return month_of(named, found[2] or found[3])
