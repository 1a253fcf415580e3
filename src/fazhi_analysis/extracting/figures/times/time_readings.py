"""What each wording of a time is written as: the year, the months or the span of years that it means in its frame."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.period_notation import DIGITS, half_of, month_of, quarter_of, span_of

RUNNING = "累计至"  # before the year at whose end a running total stands
YEAR = r"(?:19|20)\d\d"
MONTH = "(?:1[0-2]|0?[1-9])"
_CONGRESS = {"十八": "2012", "十九": "2017", "二十": "2022"}
_YEAR_BEFORE = pattern(rf"(?:(?P<year>{YEAR})年度?|(?P<ago><years before>)|明年|来年)的?$")
_TWO_AGO = ("前年", "上上")
_THREE_AGO = pattern("<three years before>")
# 2020年组建的…, 自2021年建成启用后: the year says when something came about, not of which time a figure is.
_CAME_ABOUT = pattern(r"[^，。；\d]{0,16}?(?:<came about>)[^，。；\d]{0,14}?(?:的|后|起|以来|时)")
# 去年反馈的问题，整改18个: what was there then is dealt with now. 去年一季度, 去年5月: another rule reads them.
_OLDER_WORK = re.compile(r"的|[^，。；,;\d]{1,16}的|[^，。；,;\d]{0,4}(?:结转|遗留)|\d|第?[一二三四]季度|[上下]半年|前")
_STARTING = re.compile("[自从于]$")
_SINCE_THEN = re.compile(r"[自从]$")
_NOT_OVER = re.compile("[到至]$")
_COMPARED_WITH = re.compile("[较比同与和由从]$")
_IN_NAME = re.compile(r"度[^，。；]{0,16}(?:考核|考评|评估|报告|要点|计划|方案)")
_PLAN_BEFORE = pattern("(?:<names of plans>|<names of rules>)$")
_GONE_THROUGH = re.compile("(?:清理|评估|梳理|复核|抽取|抽查|选取|调取|评查|核查|排查|回访)了?$")
_PAPERS = re.compile(r"[^，。；\d]{0,14}(?:文件|规章|法规|档案|案卷|卷宗|合同|协议|案件)(?![\u4e00-\u9fff]{0,2}情况)")
_TO_GO_THROUGH = re.compile(
    r"[^，。；]{0,20}?(?:(?:文件|规章|法规|档案|案卷)[^，。；\d]{0,8}|的[^，。；]{0,14}(?:开展|进行|逐[一件项]|全面))"
    r"(?:后?评估|清理|梳理|复核|评查|抽查|核查|排查|回头看|回访)"
)
_DONE_TO = re.compile(r"(?<![面应相比核])对(?:[^，。；\d]{0,10}以来[至到])?$")  # 对建县以来至2015年底的文件
_FROM_THE_START = 16
_WILL_DO = pattern("[，,]?[^，。；\\d]{0,8}?(?:<will do>)")
_PLAN_AFTER = pattern(r"[^，。；\d]{0,8}?(?:<names of plans>)")
_ENTERED = re.compile("(?:列入|纳入|写入)了?$")  # 另有2件列入明年计划，审查508件: next year's are the 2 alone
_TURNED_OVER = re.compile("(?:结转|转)(?:[到至入]|至)?$")


class Stretch(NamedTuple):
    """A time and the part of the clean text that it holds for."""

    start: int
    end: int
    period: str


class Frame(NamedTuple):
    """What is known before the sentence: the report's year, the time where nothing else is stated, and that of plans.

    ``carried`` is the time of the part around it, where that is another one.
    """

    year: int | None
    own: str
    planned: str
    carried: str = ""


def is_of_things_gone_through(match: re.Match[str], sentence: str) -> bool:
    """Whether a time says of which years the papers are that are gone through now.

    So do 对2017年至2020年的文件进行清理, 对2020年以来实施的3项决策开展后评估 and 抽取2020年以来的案卷120卷.

    >>> sentence = "对2017年至2020年印发的文件进行清理，废止"
    >>> is_of_things_gone_through(re.search("2017年至2020年", sentence), sentence)
    True
    """
    before = sentence[max(0, match.start() - _FROM_THE_START) : match.start()]
    done_to = match.group().startswith("对") or _DONE_TO.search(before) is not None
    if done_to and _TO_GO_THROUGH.match(sentence, match.end()):
        return True
    return _GONE_THROUGH.search(before) is not None and _PAPERS.match(sentence, match.end()) is not None


def _since(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    if match["sy"] != str(frame.year):
        return f"{match['sy']}以来"
    return (_rest_of_year(match["sm"], frame) if match["sm"] else None) or frame.own


def _months(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    year = match["my"] or str(frame.year or "")
    if not year:
        return None
    last = match["my2"] or year
    if match["m1"].lstrip("0") == "1" and match["m2"] == "12" and last == year:
        return year
    return span_of(month_of(year, match["m1"]), month_of(last, match["m2"]))


def _until(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    year = match["uy"] or str(frame.year or "")
    if not year:
        return None
    if match["um"] == "12":
        return year
    return span_of(month_of(year, "1"), month_of(year, match["um"])) if match["um"] != "1" else month_of(year, "1")


def _up_to(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    """今年以来至6月20日: from January on."""
    year, month = match["toy"] or str(frame.year or ""), match["tom"]
    if not year:
        return None
    return span_of(month_of(year, "1"), month_of(year, month)) if int(month) not in (1, 12) else month_of(year, month)


def _month(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    """11月份，受理32件: of that month, where it opens a clause; 11月 alone says when something took place."""
    year = match["mny"] or str(frame.year or "")
    if match["mon"]:
        return frame.own if year == str(frame.year) else f"{year}以来"
    if not year or not _starts_clause(match, sentence) or _CAME_ABOUT.match(sentence, match.end()):
        return None
    return month_of(year, match["mn"])


def _from_month(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    """自3月以来, 自5月挂牌以来: the rest of the report's own year."""
    return _rest_of_year(match["fmo"], frame)


def _rest_of_year(month: str, frame: Frame) -> str | None:
    """The report's own year from a month on, where its figures are of that year."""
    if frame.own != str(frame.year):
        return None
    if int(month) in (1, 12):
        return frame.own if int(month) == 1 else month_of(frame.own, "12")
    return span_of(month_of(frame.own, month), month_of(frame.own, "12"))


def _years(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if _CAME_ABOUT.match(sentence, match.end()) or _of_a_plan(match, sentence):
        return None
    return f"{match['y1']}-{match['y2']}"


def _of_a_plan(match: re.Match[str], sentence: str) -> bool:
    """Whether years in brackets belong to the name of a plan: 实施方案（2023—2027年）, （2023—2027年）任务分工方案."""
    if not sentence[: match.start()].endswith(("（", "(")) or not sentence.startswith(("）", ")"), match.end()):
        return False
    around = _PLAN_BEFORE.search(sentence, 0, match.start() - 1), _PLAN_AFTER.match(sentence, match.end() + 1)
    return any(around)


def _five_years(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    first = 2001 + 5 * DIGITS[match["plan"]]
    last = first + 4
    if match["how"].endswith("末"):
        return str(last) if str(last) != str(frame.year) else frame.own
    if match["how"] == "以来" or (frame.year is not None and first < frame.year < last):
        return f"{first}以来"
    return f"{first}-{last}"


def _spell(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    printed = match["n"] or match["n2"] or match["n4"]
    count = DIGITS.get(printed) or int(printed)
    if frame.year is None or count < 1:
        return None
    return frame.own if count == 1 else f"{frame.year - count + 1}-{frame.year}"


def _term(_match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    return f"{RUNNING}{frame.year}" if frame.year else "累计"


def _halves(match: re.Match[str], _sentence: str, _frame: Frame) -> str | None:
    last = match["h2"] or match["h1"]
    first_half, last_half = half_of(match["h1"], match["w1"]), half_of(last, match["w2"])
    return span_of(first_half.split("/")[0], last_half.split("/")[1])


def _past_month(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if frame.year is None or not _starts_clause(match, sentence):
        return None
    year = frame.year - years_ago(match["pmy"])
    return f"{year}以来" if match["pon"] else month_of(str(year), match["pm"])


def _year_parted(match: re.Match[str], sentence: str, frame: Frame) -> str:
    """The year of a half, a quarter or first months: the one printed before it (2025年上半年), else the frame's."""
    before = _YEAR_BEFORE.search(sentence, max(0, match.start() - 8), match.start())
    if before is None:
        return str(frame.year or "")
    if before["year"]:
        return before["year"]
    if before["ago"]:
        return str(frame.year - years_ago(before["ago"])) if frame.year else ""
    return frame.planned if frame.planned.isdecimal() else ""


def _first_months(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    printed, year = match["fm"], _year_parted(match, sentence, frame)
    last = 11 if printed == "十一" else DIGITS.get(printed) or int(printed)
    return span_of(month_of(year, "1"), month_of(year, str(last))) if year else None


def _quarters(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    first, last = DIGITS[match["q1"]], DIGITS[match["q2"]]
    year = _year_parted(match, sentence, frame)
    if not year or first >= last:
        return None
    if (first, last) == (1, 4):
        return frame.own if year == str(frame.year) else year
    return span_of(month_of(year, str(first * 3 - 2)), month_of(year, str(last * 3)))


def _half_year(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    year = _year_parted(match, sentence, frame)
    return half_of(year, match["which"]) if year else None


def _quarter_of(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    year = _year_parted(match, sentence, frame)
    return quarter_of(year, match["q"], bool(match["first"])) if year else None


def _dated(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if match["dy"] == str(frame.year):
        return frame.own if _starts_clause(match, sentence) else None
    if _names_only(match, sentence):
        return None
    return match["dy"] if sentence.startswith("前", match.end()) else month_of(match["dy"], match["dm"])


def _named(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    year = match["year"]
    before = sentence[: match.start()]
    if _SINCE_THEN.search(before) and sentence.startswith("起", match.end()) and year != str(frame.year):
        return f"{year}以来"
    if _names_only(match, sentence):
        return None
    if year == str(frame.year):
        return frame.own
    if _COMPARED_WITH.search(before):
        return None
    if _NOT_OVER.search(before) and frame.year and int(year) <= frame.year:
        ends = before[:-1] == "" or before[-2] in "，；"  # 到2022年底，建成9个
        return year if ends and match.group().endswith(("底", "末")) else None
    goes_on = sentence[match.end() :]
    stop = re.search("[，；：,;]", goes_on)
    if stop is None or not goes_on[: stop.start()]:
        return year
    return year if _starts_clause(match, sentence) and re.search(r"\d", goes_on[: stop.start()]) else None


def _starts_clause(match: re.Match[str], sentence: str) -> bool:
    return match.start() == 0 or sentence[match.start() - 1] in "，；：,;（( "


def _names_only(match: re.Match[str], sentence: str) -> bool:
    """Whether a year only says when something came about, or stands in a name."""
    if _CAME_ABOUT.match(sentence, match.end()):
        return True
    if _STARTING.search(sentence[: match.start()]) and re.match(r"[^，。；]{0,20}[后起]", sentence[match.end() :]):
        return True
    return match.group().endswith("度") and _IN_NAME.match(sentence, match.end() - 1) is not None


def _own(_match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    return frame.own


def _past(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    """去年全县查办…: at the beginning of a clause, and not what something is compared with or carried over from."""
    if frame.year is None or not _starts_clause(match, sentence):
        return None
    year = frame.year - years_ago(match["py"])
    if match["on"]:
        return f"{year}以来"
    if _CAME_ABOUT.match(sentence, match.end()) or _OLDER_WORK.match(sentence, match.end()):
        return None
    return str(year)


def _ahead(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    """今明两年, 未来三年, in what a text plans or says will be done: the years from the planned one on."""
    printed = match["n3"]
    if frame.own != frame.planned and frame.planned.isdecimal() and printed and _WILL_DO.match(sentence, match.end()):
        count = DIGITS.get(printed) or int(printed)
        return f"{frame.planned}-{int(frame.planned) + count - 1}"  # 印发方案，今后五年要建成
    if not frame.own.isdecimal() or frame.own != frame.planned:
        return None
    named = len(match.group().removesuffix("年")) - 1  # 今明两: of two years, 今明后三: of three
    count = (DIGITS.get(printed) or int(printed)) if printed else named
    return f"{frame.own}-{int(frame.own) + count - 1}"


def _next(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if _ENTERED.search(sentence, 0, match.start()):
        return None
    if _TURNED_OVER.search(sentence[: match.start()]):
        return frame.own  # 结转下年度5件: left over at the end of the year
    return str(frame.year + 1) if frame.year and frame.own != frame.planned else frame.planned or None


READ: dict[str, Callable[[re.Match[str], str, Frame], str | None]] = {
    "since": _since,
    "months": _months,
    "upto": _up_to,
    "frommonth": _from_month,
    "month": _month,
    "years": _years,
    "until": _until,
    "end": lambda match, _sentence, _frame: match["ey"],
    "five": _five_years,
    "spell": _spell,
    "congress": lambda match, _sentence, _frame: f"{_CONGRESS[match['congress']]}以来",
    "term": _term,
    "ahead": _ahead,
    "halves": _halves,
    "pastmonth": _past_month,
    "firsts": _first_months,
    "quarters": _quarters,
    "half": _half_year,
    "quarter": _quarter_of,
    "dated": _dated,
    "named": _named,
    "own": _own,
    "whole": _own,
    "past": _past,
    "next": _next,
}


def years_ago(printed: str) -> int:
    """How many years before the report's a relative year is.

    >>> years_ago("去年"), years_ago("前年"), years_ago("大前年")
    (1, 2, 3)
    """
    if _THREE_AGO.fullmatch(printed):
        return 3
    return 2 if printed.startswith(_TWO_AGO) else 1
