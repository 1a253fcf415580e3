"""Which time a figure is of: a span of time that its sentence names, seen from the year of its report.

Written ``2021`` (a year), ``2023-01/2023-10`` (months), ``2019-2023`` (years), ``2021以来``, ``累计至2023`` (a running
total).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fazhi_analysis.catalogue.word_lists import pattern
from fazhi_analysis.extracting.figures.times.moved_levels import moved_from, moved_to, without_then
from fazhi_analysis.extracting.figures.times.time_grammar import stated_time
from fazhi_analysis.extracting.figures.times.time_readings import RUNNING, YEAR, Frame, years_ago

_TIME_CUE = re.compile("[年月季累由从来五]")  # a cheap first look: most sentences name no time
_TITLES = re.compile(r"《[^》]*》?")
# Over before the figure: 收到申请52件（2023年34件），办结47件. A year in brackets alone is that of what follows.
_ASIDE = re.compile("[（(][^（）()]*[）)]")
# 结转2025年度3件: what is left of this year, whatever year takes it over.
_CARRIED_INTO = re.compile(rf"(?<=转)(?:至|到|入)?({YEAR})年度?(?![^，。；]{{0,4}}(?:申请|案件|事项))")
_OF_A_DATE = re.compile(r"\d{1,4}个?(?=[年月日季至到—-])")
_YEAR_AT_END = re.compile(rf"({YEAR})年(?:度|底|末)?(?:同期)?(?:的|为|是|达|共)?$")
_LAST_YEAR = pattern(r"(?<![是为达到])(?P<ago><years before>)(?:同期)?(?:的|为|是|达|共|只有|仅有?)?[^，。；\d]{0,6}$")
_THIS_YEAR_AT_END = pattern("(?:<this year>)(?:同期)?(?:的|为|是|达|共)?$")
_OPENED = re.compile("[（(][^（）()]*$")
_COMPARED_OR_LEFT = re.compile("(?<!占)比|较|同去年|与去年|结转")
_SAME_TIME = pattern(r"(?:较|比|由|从|[与同和])(?P<ago><years before>)(?:同期)?的?$")
_IS_A_CHANGE = re.compile(r"[超近约]?翻|[\d.]+[%‰倍]的?(?:增|涨|升|降|减)")  # 比上年翻一番 is a change of this year
_WITHIN_YEAR = pattern("<this year>|全年|年内")
_RUNNING = pattern(r"累计(?:已|共)?(?:[^，。；、\d]{0,2}(?:<built up>)|$|[近约超逾])")
# What a part on several years says that stands at their end.
_AT_THE_END = re.compile(
    r"(?:达到?|[升增降提减高加长少降]到|[升增降提减]至|保持在?|稳定在|目前|现有|共有|年末|年底)[^，。；\d]{0,6}$|目前|现有|截[至止]"
)
_STANDS = re.compile("目前|已|现有|实际")  # 到2025年建成30个，目前已建成12个
_NOW = re.compile("目前")
# 截至12月底有217名，下一步计划增加到300名: what is planned is not of the time that the sentence began with.
_NEXT_YEARS = pattern(r"[\d.,]+[^，。；\d]{0,12}(?:<next year>)")  # 另有12处列入明年计划
_LEADS_ON = pattern("<next step>|<from now on>")
# 8月组成督导组，发现问题93个，截至年底整改86个.
_BY_YEAR_END = re.compile(r"(?<![去上前明来\d])年[底末]")
_LISTED = re.compile(
    rf"(?P<years>(?:{YEAR}年?度?[、，和及]{{1,2}})+{YEAR}年度?)[^。；]*?分别(?:为|是|达到?|有)?(?P<gone>[^。；]*)$"
)
_EACH_YEAR = re.compile("依次|分别|逐年")
_SPELL_LISTED = re.compile(
    rf"(?:(?:近|过去|最近|这)(?P<n>[二两三四五]|[2-5])年(?:来|间)?|(?P<since>{YEAR})年(?:以来|至今|起)[，,]?)"
    r"(?:(?![两三四五六]个)[^，。；、和与\d]){0,20}(?:依次|分别|逐年)(?:为|是|达到?|有)?"
    r"(?P<gone>(?:\d[\d.,]*[^\d，。；、]{0,4}[、，和及]{1,2})*)$"
)
# 2019年以来败诉率分别为16%、11%、9%: one figure a year, up to the report's year or the one before it.
_SINCE_LISTED = re.compile(
    rf"(?P<first>{YEAR})年以来[，,]?[^，。；\d]{{0,20}}(?:依次|分别|逐年)(?:为|是|达到?|有)?"
    r"(?P<gone>(?:\d[\d.,]*[^\d，。；、]{0,4}[、，和及]{1,2})*)$"
)
_REST_OF_LIST = re.compile(r"\d[\d.,]*[^\d，。；、和]{0,4}(?:[、，和及]{1,2}\d[\d.,]*[^\d，。；、和]{0,4})*")
_NUMBERS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_COUNTED = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(YEAR)


def find_period(sentence: str, clause: str, frame: Frame, after: str = "", planned: bool = False) -> str:
    """Which time a figure is of, from its sentence and clause up to it and from what follows it.

    >>> frame = Frame(2023, "2023", "2024")
    >>> [find_period(words, words, frame) for words in ("全年办理", "上半年办理", "五年来办理", "2021年以来")]
    ['2023', '2023-01/2023-06', '2019-2023', '2021以来']
    >>> find_period("2020年组建的委员会召开会议", "2020年组建的委员会召开会议", frame)
    '2023'
    >>> find_period("由", "由", frame, "412名增加到436名"), find_period("再建", "再建", frame, planned=True)
    ('2022', '2024')
    >>> find_period("同比下降21%（去年同期", "同比下降21%（去年同期", frame)
    '2022'
    """
    if _TIME_CUE.search(sentence) is None:
        return frame.planned if planned else moved_from(sentence, clause, frame, after) or _unstated(clause, frame)
    if planned and _NEXT_YEARS.match(after):
        return frame.planned
    sentence = _words_of_time(sentence, planned)
    if "转" in clause and frame.year:
        sentence, clause = (_CARRIED_INTO.sub(_taken_over(frame.year), words) for words in (sentence, clause))
    for rule in _AT_THE_FIGURE if "年" in clause else _AT_A_FIGURE_ALONE:
        if period := rule(sentence, clause, frame, after):
            return period
    stated = stated_time(without_then(sentence), frame, after)
    if stated is not None and stated != frame.own:
        return frame.own if _stands_at_end(stated, clause, frame, planned) else moved_to(clause, stated, frame)
    if planned:
        return frame.planned if stated is None else frame.own
    return _running_total(clause, sentence, frame) or (frame.own if stated else _unstated(clause, frame))


def _words_of_time(sentence: str, planned: bool) -> str:
    """A sentence without names and remarks that have times of their own, and of a plan what leads on to it."""
    if "《" in sentence:
        sentence = _TITLES.sub("", sentence)
    if "（" in sentence or "(" in sentence:
        sentence = _ASIDE.sub(_without_figure, sentence)
    leads = list(_LEADS_ON.finditer(sentence)) if planned else ()
    return sentence[leads[-1].start() :] if leads else sentence


def _stands_at_end(stated: str, clause: str, frame: Frame, planned: bool) -> bool:
    """Whether a figure is of the end of the year, whatever time its sentence names: 年底前销号46个, 目前已建成12个."""
    if stated.startswith(f"{frame.own}-") and _BY_YEAR_END.search(clause):
        return True
    if planned or _STANDS.search(clause) is None:
        return False
    return _is_to_come(stated, frame) or (_NOW.search(clause) is not None and stated < frame.own)


def _taken_over(year: int) -> Callable[[re.Match[str]], str]:
    """Next year in other words for a later year that takes cases over."""
    return lambda into: "下年度" if int(into[1]) > year else into[0]


def _without_figure(aside: re.Match[str]) -> str:
    """Nothing of a remark that has a figure of its own, all of one that only names a time."""
    return "" if re.search(r"\d", _OF_A_DATE.sub("", aside[0])) else aside[0]


def _is_to_come(period: str, frame: Frame) -> bool:
    """Whether a period is a year after the report's."""
    return frame.year is not None and period.isdecimal() and int(period) > frame.year


def _unstated(clause: str, frame: Frame) -> str:
    """The time of the part around a figure, but for what stands at its end (达到96个)."""
    return frame.own if not frame.carried or _AT_THE_END.search(clause) else frame.carried


def named_time(words: str, frame: Frame) -> str:
    """The time that a heading or an opening names, empty where it names none.

    >>> named_time("过去四年工作回顾", Frame(2021, "2021", "2022")), named_time("主要工作", Frame(2021, "2021", "2022"))
    ('2018-2021', '')
    """
    return stated_time(words, frame) or ""


def _compared_base(sentence: str, clause: str, frame: Frame, after: str) -> str:
    based = _SAME_TIME.search(clause) if frame.year and not _IS_A_CHANGE.match(after) else None
    return _years_back(based["ago"], based[0], sentence, frame) if based else ""


def _year_before_figure(_sentence: str, clause: str, frame: Frame, _after: str) -> str:
    ended = _YEAR_AT_END.search(clause) if frame.year else None
    return ended[1] if ended and not clause[: ended.start()].endswith(("至", "到", "-", "—")) else ""


def _last_year(sentence: str, clause: str, frame: Frame, _after: str) -> str:
    remark = _OPENED.search(clause)  # 同比下降21%（去年同期318件: the comparison stands before the remark
    words = remark[0] if remark else clause
    ago = _LAST_YEAR.search(words) if frame.year and not _COMPARED_OR_LEFT.search(words) else None
    return _years_back(ago["ago"], ago[0], sentence, frame) if ago else ""


def _years_back(ago: str, words: str, sentence: str, frame: Frame) -> str:
    """A relative year; 去年同期 beside a part of this year (上半年32件，去年同期41件) is the same part of that one."""
    if frame.year is None:
        return ""
    year = frame.year - years_ago(ago)
    part = (stated_time(sentence, frame) or frame.own) if "同期" in words else ""
    return part.replace(str(frame.year), str(year)) if part.startswith(f"{frame.year}-") and "/" in part else str(year)


def _of_same_remark(sentence: str, _clause: str, frame: Frame, _after: str) -> str:
    """今年 beside 去年同期 in a remark (上半年下降38%（去年同期72次，今年46次）): the part of the year before it."""
    remark = _OPENED.search(sentence)
    if remark is None or "同期" not in remark[0] or _THIS_YEAR_AT_END.search(remark[0]) is None:
        return ""
    stated = stated_time(sentence[: remark.start()], frame) or ""
    return stated if stated.startswith(f"{frame.year}-") and "/" in stated else ""


def _listed_year(sentence: str, _clause: str, _frame: Frame, _after: str) -> str:
    """2021年、2022年、2023年分别为14.6%、11.2%、8.3%: each figure has its year."""
    listed = _LISTED.search(sentence) if "分别" in sentence else None
    if listed is None or sentence[: listed.start()].endswith(("与", "较", "比", "同", "和")):
        return ""
    years, gone = _YEAR.findall(listed["years"]), len(_COUNTED.findall(listed["gone"]))
    return str(years[gone]) if gone < len(years) else ""


def _listed_of_spell(sentence: str, _clause: str, frame: Frame, after: str) -> str:
    """近三年败诉率依次为12.4%、9.8%、7.1%: as many figures as years, the last is the report's.

    Since a year (2021年以来分别为…) the first is that year's, the last the report's or that of the year before.
    """
    listed = _SPELL_LISTED.search(sentence) if frame.year and _EACH_YEAR.search(sentence) else None
    if listed is None or not frame.year:
        return ""
    gone = len(_COUNTED.findall(listed["gone"]))
    rest = _REST_OF_LIST.match(after)
    figures = gone + (len(_COUNTED.findall(rest[0])) if rest else 0)
    if since := listed["since"]:
        last = int(since) + figures - 1
        return str(int(since) + gone) if figures > 1 and frame.year - 1 <= last <= frame.year else ""
    years = _NUMBERS.get(listed["n"]) or int(listed["n"])
    return str(frame.year - years + 1 + gone) if figures == years else ""


def _listed_since(sentence: str, _clause: str, frame: Frame, after: str) -> str:
    """2019年以来败诉率分别为16%、11%、9%: as many figures as years."""
    listed = _SINCE_LISTED.search(sentence) if frame.year and "以来" in sentence else None
    if listed is None or not frame.year:
        return ""
    gone, first = len(_COUNTED.findall(listed["gone"])), int(listed["first"])
    rest = _REST_OF_LIST.match(after)
    figures = gone + (len(_COUNTED.findall(rest[0])) if rest else 0)
    return str(first + gone) if 0 <= frame.year - (first + figures - 1) <= 1 < figures else ""


def _yearly_average(sentence: str, clause: str, frame: Frame, _after: str) -> str:
    """由2016年的90亿元增加到2021年的151亿元，年均增长6.2%: of the years between."""
    if "年均" not in clause[-12:]:
        return ""
    years = sorted(_YEAR.findall(sentence))
    return f"{years[0]}-{years[-1]}" if years and years[0] != years[-1] else frame.carried


# What stands right at the figure, the surest first.
_AT_THE_FIGURE: tuple[Callable[[str, str, Frame, str], str], ...] = (
    _compared_base,
    _listed_year,
    _listed_of_spell,
    _listed_since,
    _yearly_average,
    _year_before_figure,
    _last_year,
    _of_same_remark,
    moved_from,
)
# The rules that need no 年 in the clause.
_AT_A_FIGURE_ALONE = (_listed_year, _listed_of_spell, _listed_since, moved_from)


def _running_total(clause: str, sentence: str, frame: Frame) -> str:
    """累计, with nothing that says of this year only."""
    year = frame.year
    if _RUNNING.search(clause) is None or _WITHIN_YEAR.search(sentence) or f"{year}年" in sentence:
        return ""
    return f"{RUNNING}{year}" if year else "累计"
