"""Which time a figure is of: a span of time that its sentence names, seen from the year of its report.

Written ``2021`` (a year), ``2023-01/2023-10`` (months), ``2019-2023`` (years), ``2021以来``, ``累计至2023`` (a running
total).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from fazhi_analysis.catalogue.words import pattern

RUNNING = "累计至"  # before the year at whose end a running total stands
_Y = r"(?:19|20)\d\d"
_TO = "(?:[-—–~～至到]{1,2})"
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CONGRESS = {"十八": "2012", "十九": "2017", "二十": "2022"}
_TIME_CUE = re.compile("[年月季累由从来五]")  # a cheap first look: most sentences name no time

_TERM = r"|(?P<term>(?!<this year>|<no time at all>)[\u4e00-\u9fff”]{2,14}(?<!今年)(?<!长期)(?<!一直)以来(?!首|最))"
# Every wording of a time, the longer ones first; the last one in a sentence that holds for a figure decides.
_WORDINGS = (
    r"(?P<past>(?:<last year>)(?P<on>以来)?(?![年度底末初同期]))"
    rf"|(?P<since>(?P<sy>{_Y})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[^，。；\d]{{0,24}}以来(?!首|最)|至今|迄今))"
    rf"|(?P<months>(?:(?P<my>{_Y})年)?(?P<m1>\d{{1,2}})月?{_TO}(?:(?P<my2>{_Y})年)?(?P<m2>\d{{1,2}})月(?:份|底|末)?)"
    rf"|(?P<years>(?P<y1>{_Y})年?(?:度)?{_TO}(?P<y2>{_Y})(?:年度?|(?=[，,]))(?![^，。；]{{0,3}}(?:<names of plans>)))"
    rf"|(?P<until>截[至止]到?(?:(?P<uy>{_Y})年)?(?P<um>\d{{1,2}})月(?:份|底|末|中旬|\d{{1,2}}日)?)"
    rf"|(?P<end>截[至止]到?(?P<ey>{_Y})年(?:底|末)?)"
    r"|(?P<five>“?十(?P<plan>[一二三四五六])五”?(?:规划)?(?P<how>以来|期间|时期|五年))"
    r"|(?P<spell>(?<!连续)(?:近|过去|这|最近)?(?P<n>[一二两三四五六七八九十]|\d{1,2})(?:个?年)(?:多来|多以来|来|以来|间)"
    r"|(?:近|过去的?|最近)(?P<n2>[二两三四五六七八九十]|\d)年)"
    r"|党的(?P<congress>十八|十九|二十)大以来"
    "<>"
    r"|(?P<half>(?P<which>[上下])半年)"
    r"|(?P<quarter>(?<!每)(?<!各)(?:(?P<first>前)|第)?(?P<q>[一二三四])(?:个)?季度)"
    rf"|(?P<dated>(?P<dy>{_Y})年(?P<dm>\d{{1,2}})月(?:\d{{1,2}}日|份|底|末|[上中下]旬)?)"
    rf"|(?P<named>(?P<year>{_Y})年(?:度|底|末|全年|内)?)"
    r"|(?P<own><this year>|年内|一年来|这一年|过去的?一年)"
    r"|(?P<whole>全年)"
    r"|(?P<next>明年|来年|下一?年度?|新的?一年)"
)
_TIMES = pattern(_WORDINGS.replace("<>", _TERM))
# Most sentences have no 以来, and looking for what may stand before it costs more than all the rest.
_TIMES_BUT_TERMS = pattern(
    rf"(?=[\d截“十近过这最一二两三四五六七八九党上下前第去今本当年全明来新])(?:{_WORDINGS.replace('<>', '')})"
)
_TITLES = re.compile(r"《[^》]*》?")
# 2020年组建的…, 自2021年建成启用后: the year says when something came about, not of which time a figure is.
_CAME_ABOUT = pattern(r"[^，。；\d]{0,16}?(?:<came about>)[^，。；\d]{0,14}?(?:的|后|起|以来|时)")
_STARTING = re.compile("[自从于]$")
_SINCE_THEN = re.compile(r"[自从]$")
_NOT_OVER = re.compile("[到至]$")
_COMPARED_WITH = re.compile("[较比同与和由从]$")
_IN_NAME = re.compile(r"度[^，。；]{0,16}(?:考核|考评|评估|报告|要点|计划|方案)")
_YEAR_AT_END = re.compile(rf"({_Y})年度?(?:同期)?(?:的|为|是|达|共)?$")
_LAST_YEAR = pattern(r"(?<![是为达到])(?:<last year>|上一年)(?:同期)?(?:的|为|是|达|共|只有|仅有?)?[^，。；\d]{0,6}$")
_COMPARED_OR_LEFT = re.compile("(?<!占)比|较|同去年|与去年|结转")
_SAME_TIME = pattern(r"(?:较|比|由|从|[与同和])(?:<last year>|上一年)(?:同期)?的?$")
_WITHIN_YEAR = pattern("<this year>|全年|年内")
_RUNNING = pattern(r"累计(?:已|共)?(?:[^，。；、\d]{0,2}(?:<built up>)|$|[近约超逾])")
# 由412名增加到436名: what a figure grew or fell from is of the year before; time limits and papers were cut by reform.
_FROM = re.compile(r"[由从](?!原|法定|最初|平均)[^，。；、\d]{0,8}$")
_TO_LEVEL = pattern(r"[\d.,]+(?:余|多)?(?P<unit>[^，。；\d]{0,6}?)(?:<moves between years>)了?[到至为]")
_CUT_BY_REFORM = re.compile("材料|时限|时间|环节|流程|手续|周期|期限|跑动|证明")
# What a part on several years says that stands at their end.
_AT_THE_END = re.compile(
    r"(?:达到?|[升增降提减高加长少降]到|[升增降提减]至|保持在?|稳定在|目前|现有|共有|年末|年底)[^，。；\d]{0,6}$|目前|现有|截[至止]"
)
_TURNED_OVER = re.compile("(?:结转|转)(?:[到至入]|至)?$")
_SPENT = re.compile(r"日|天|小时|分钟|个月|周")
_LISTED = re.compile(
    rf"(?P<years>(?:{_Y}年?度?[、，和及]{{1,2}})+{_Y}年度?)[^。；]*?分别(?:为|是|达到?|有)?(?P<gone>[^。；]*)$"
)
_COUNTED = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(_Y)
_TITLE_MONTHS = re.compile(rf"({_Y})年(\d{{1,2}})月(?:{_TO}(?:({_Y})年)?(\d{{1,2}})月)?")
_TITLE_YEARS = re.compile(rf"({_Y})年?度?{_TO}({_Y})年度?")
_TITLE_PART = re.compile(rf"({_Y})年(?:度)?(?:([上下])半年|(前)?第?([一二三四])季度)")
_TITLE_MONTH = re.compile(r"(?<![\d年至到\-—~])(\d{1,2})月份(?=[^\d]{0,12}(?:情况|通报|统计|数据|分析))")
_STANDING = re.compile("完成情况|进展情况|落实情况")  # of the year so far, not of the quarter
_PLAN_NAME = pattern("<names of plans>")


class Frame(NamedTuple):
    """What is known before the sentence: the report's year, the time where nothing else is said, and that of plans.

    ``carried`` is the time of the part around it, where that is another one.
    """

    year: int | None
    own: str
    planned: str
    carried: str = ""


def find_period(sentence: str, clause: str, frame: Frame, after: str = "", planned: bool = False) -> str:
    """Which time a figure is of, from its sentence and clause up to it and from what follows it.

    >>> frame = Frame(2023, "2023", "2024")
    >>> [find_period(words, words, frame) for words in ("全年办理", "上半年办理", "五年来办理", "2021年以来")]
    ['2023', '2023-01/2023-06', '2019-2023', '2021以来']
    >>> find_period("2020年组建的委员会召开会议", "2020年组建的委员会召开会议", frame)
    '2023'
    >>> find_period("由", "由", frame, "412名增加到436名"), find_period("再建", "再建", frame, planned=True)
    ('2022', '2024')
    """
    if _TIME_CUE.search(sentence) is None:
        return frame.planned if planned else _unsaid(clause, frame)
    if "《" in sentence:
        sentence = _TITLES.sub("", sentence)
    for rule in _AT_THE_FIGURE:
        if period := rule(sentence, clause, frame, after):
            return period
    said = _said(sentence, frame)
    if said is not None and said != frame.own:
        return said
    if planned:
        return frame.planned if said is None else frame.own
    return _running_total(clause, sentence, frame) or (frame.own if said else _unsaid(clause, frame))


def _unsaid(clause: str, frame: Frame) -> str:
    """The time of the part around a figure, but for what stands at its end (达到96个)."""
    return frame.own if not frame.carried or _AT_THE_END.search(clause) else frame.carried


def named_time(words: str, frame: Frame) -> str:
    """The time that a heading or an opening names, empty where it names none.

    >>> named_time("过去四年工作回顾", Frame(2021, "2021", "2022")), named_time("主要工作", Frame(2021, "2021", "2022"))
    ('2018-2021', '')
    """
    return _said(words, frame) or ""


def title_period(title: str, year: int | None) -> str:
    """The time that a whole report is of, where its title says something else than one year; else the year.

    >>> title_period("云汀县2022—2023年度法治政府建设情况报告", 2023), title_period("2022年4月热线受理情况", 2022)
    ('2022-2023', '2022-04')
    """
    own = str(year) if year else ""
    title = title if not _PLAN_NAME.search(title) else ""
    if found := _TITLE_MONTHS.search(title):
        if year and int(found[1]) != year and not found[4]:
            return own  # the month in which it was given
        first = _month(found[1], found[2])
        return _span(first, _month(found[3] or found[1], found[4])) if found[4] else first
    if (found := _TITLE_PART.search(title)) and not _STANDING.search(title):
        if year and int(found[1]) != year:
            return own
        return _half(found[1], found[2]) if found[2] else _quarter(found[1], found[4], bool(found[3]))
    if year and (found := _TITLE_MONTH.search(title)):
        return _month(own, found[1])
    if (found := _TITLE_YEARS.search(title)) and (year is None or int(found[2]) == year) and found[1] < found[2]:
        return f"{found[1]}-{found[2]}"
    return own


def _compared_base(_sentence: str, clause: str, frame: Frame, _after: str) -> str:
    return str(frame.year - 1) if frame.year and _SAME_TIME.search(clause) else ""


def _year_before_figure(_sentence: str, clause: str, frame: Frame, _after: str) -> str:
    ended = _YEAR_AT_END.search(clause) if frame.year else None
    return ended[1] if ended and not clause[: ended.start()].endswith(("至", "到", "-", "—")) else ""


def _last_year(_sentence: str, clause: str, frame: Frame, _after: str) -> str:
    told = frame.year and _LAST_YEAR.search(clause) and not _COMPARED_OR_LEFT.search(clause)
    return str(frame.year - 1) if frame.year and told else ""


def _grown_from(sentence: str, clause: str, frame: Frame, after: str) -> str:
    """由85%提高到92%: the first is the earlier year's."""
    if not frame.year or frame.own != str(frame.year) or _FROM.search(clause) is None:
        return ""
    moved = _TO_LEVEL.match(after)
    reformed = moved is None or _SPENT.match(moved["unit"]) or _CUT_BY_REFORM.search(clause)
    first = int(frame.carried[:4]) if frame.carried else frame.year
    return "" if reformed else str(first - 1)


def _listed_year(sentence: str, _clause: str, _frame: Frame, _after: str) -> str:
    """2021年、2022年、2023年分别为14.6%、11.2%、8.3%: each figure has its year."""
    listed = _LISTED.search(sentence)
    if listed is None:
        return ""
    years, gone = _YEAR.findall(listed["years"]), len(_COUNTED.findall(listed["gone"]))
    return str(years[gone]) if gone < len(years) else ""


# What is said right at the figure, the surest first.
_AT_THE_FIGURE: tuple[Callable[[str, str, Frame, str], str], ...] = (
    _compared_base,
    _listed_year,
    _year_before_figure,
    _last_year,
    _grown_from,
)


def _said(sentence: str, frame: Frame) -> str | None:
    """The time that holds where a sentence ends, or None where it names none."""
    said: str | None = None
    for match in (_TIMES if "以来" in sentence else _TIMES_BUT_TERMS).finditer(sentence):
        kind = match.lastgroup or ""
        if kind not in _READ:
            kind = next(name for name in _READ if match[name])
        period = _READ[kind](match, sentence, frame)
        if kind == "whole" and said is not None and _YEAR.fullmatch(said):
            continue
        if period is not None:
            said = period
    return said


def _since(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    return frame.own if match["sy"] == str(frame.year) else f"{match['sy']}以来"


def _months(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    year = match["my"] or str(frame.year or "")
    if not year:
        return None
    last = match["my2"] or year
    if match["m1"].lstrip("0") == "1" and match["m2"] == "12" and last == year:
        return year
    return _span(_month(year, match["m1"]), _month(last, match["m2"]))


def _until(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    year = match["uy"] or str(frame.year or "")
    if not year:
        return None
    if match["um"] == "12":
        return year
    return _span(_month(year, "1"), _month(year, match["um"])) if match["um"] != "1" else _month(year, "1")


def _years(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if _CAME_ABOUT.match(sentence, match.end()):
        return None
    return f"{match['y1']}-{match['y2']}"


def _five_years(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    first = 2001 + 5 * _DIGITS[match["plan"]]
    last = first + 4
    if match["how"] == "以来" or (frame.year is not None and first < frame.year < last):
        return f"{first}以来"
    return f"{first}-{last}"


def _spell(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    printed = match["n"] or match["n2"]
    count = _DIGITS.get(printed) or int(printed)
    if frame.year is None or count < 1:
        return None
    return frame.own if count == 1 else f"{frame.year - count + 1}-{frame.year}"


def _term(_match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    return f"{RUNNING}{frame.year}" if frame.year else "累计"


def _half_year(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    return _half(str(frame.year), match["which"]) if frame.year else None


def _quarter_of(match: re.Match[str], _sentence: str, frame: Frame) -> str | None:
    return _quarter(str(frame.year), match["q"], bool(match["first"])) if frame.year else None


def _dated(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if match["dy"] == str(frame.year):
        return frame.own if _starts_clause(match, sentence) else None
    if _names_only(match, sentence):
        return None
    return match["dy"] if sentence.startswith("前", match.end()) else _month(match["dy"], match["dm"])


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
        return None
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
    """去年，全县查办…: at the beginning of a clause, and not what something is compared with or carried over from."""
    if frame.year is None or not _starts_clause(match, sentence):
        return None
    if match["on"]:
        return f"{frame.year - 1}以来"
    return str(frame.year - 1) if sentence.startswith(("，", ",", "全"), match.end()) else None


def _next(match: re.Match[str], sentence: str, frame: Frame) -> str | None:
    if _TURNED_OVER.search(sentence[: match.start()]):
        return frame.own  # 结转下年度5件: left over at the end of the year
    return str(frame.year + 1) if frame.year and frame.own != frame.planned else frame.planned or None


_READ: dict[str, Callable[[re.Match[str], str, Frame], str | None]] = {
    "since": _since,
    "months": _months,
    "years": _years,
    "until": _until,
    "end": lambda match, _sentence, _frame: match["ey"],
    "five": _five_years,
    "spell": _spell,
    "congress": lambda match, _sentence, _frame: f"{_CONGRESS[match['congress']]}以来",
    "term": _term,
    "half": _half_year,
    "quarter": _quarter_of,
    "dated": _dated,
    "named": _named,
    "own": _own,
    "whole": _own,
    "past": _past,
    "next": _next,
}


def _running_total(clause: str, sentence: str, frame: Frame) -> str:
    """累计, with nothing that says of this year only."""
    year = frame.year
    if _RUNNING.search(clause) is None or _WITHIN_YEAR.search(sentence) or f"{year}年" in sentence:
        return ""
    return f"{RUNNING}{year}" if year else "累计"


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02}"


def _span(first: str, last: str) -> str:
    return f"{first}/{last}"


def _half(year: str, which: str) -> str:
    return f"{year}-01/{year}-06" if which == "上" else f"{year}-07/{year}-12"


def _quarter(year: str, number: str, to_date: bool) -> str:
    last = _DIGITS[number] * 3
    if to_date and last == 12:
        return year
    return _span(_month(year, "1" if to_date else str(last - 2)), _month(year, str(last)))
